//! What the next review would do: who falls, who comes into a grace. Whoever keeps the tier by the figures of the review
//! day is not walked through; only the others' histories are replayed. Kept in memory until something is written.

use super::{current, events, people};
use crate::app::App;
use crate::error::Result;
use crate::kept::Last;
use crate::store;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{Ladder, LadderVersion, standing_with_versions, would_be};
use std::sync::Arc;

/// So many histories are replayed at once, so that the counter never waits for all of them.
const REPLAYED: usize = 100;

/// What the review would do with somebody.
pub(super) struct Outcome {
    pub customer: CustomerId,
    /// The tier held today.
    pub rank: usize,
    pub falls: bool,
    pub grace_until: Option<NaiveDate>,
}

/// After which operation, and on which day.
type State = (i64, NaiveDate);

/// The outcomes that were found last, with the state of the book that they are about.
type KeptOutcomes = Last<State, Vec<Outcome>>;

/// Whom the review of a day concerns; from memory as long as nothing has been written since.
pub(super) fn of(app: &App, versions: &Arc<Vec<LadderVersion>>, next_on: NaiveDate) -> Result<Arc<Vec<Outcome>>> {
    let key = app.read(|connection, moment| Ok((store::book::last_operation(connection)?, moment.today)))?;
    app.book()?.kept.of::<KeptOutcomes>().of(key, || find(app, versions, key.1, next_on))
}

fn find(app: &App, versions: &Arc<Vec<LadderVersion>>, today: NaiveDate, next_on: NaiveDate) -> Result<Vec<Outcome>> {
    let ladder = Arc::new(current(versions, today)?);
    let mut found = vec![];
    for piece in short(app, &ladder, next_on)?.chunks(REPLAYED) {
        let (piece, versions, ladder) = (piece.to_vec(), Arc::clone(versions), Arc::clone(&ladder));
        found.extend(app.read_in_background(move |connection, _| {
            let outcomes = piece.iter().map(|id| outcome(connection, &versions, &ladder, *id, (today, next_on)));
            Ok(outcomes.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect::<Vec<_>>())
        })?);
    }
    Ok(found)
}

/// Who does not keep the tier by the figures of a day, by id.
fn short(app: &App, ladder: &Ladder, on: NaiveDate) -> Result<Vec<CustomerId>> {
    let everybody = people::on(app, ladder, on)?;
    let is_short = |person: &&people::Person| would_be(ladder, &person.aggregate) < person.aggregate.tier;
    Ok(everybody.iter().filter(is_short).map(|person| person.id).collect())
}

/// What the review does with one customer; nothing where it changes nothing.
fn outcome(
    connection: &Connection,
    versions: &[LadderVersion],
    ladder: &Ladder,
    customer: CustomerId,
    (today, next_on): (NaiveDate, NaiveDate),
) -> Result<Option<Outcome>> {
    let history = events(connection, versions, customer)?;
    let then = standing_with_versions(versions, &history, next_on)?;
    let held = then.history.iter().rev().find(|change| change.on <= today).map(|change| &change.to);
    let held = held.or(then.history.first().map(|change| &change.from)).unwrap_or(&then.tier);
    let rank = ladder.rank_of(held).unwrap_or(0);
    let falls = ladder.rank_of(&then.tier).unwrap_or(0) < rank;
    let grace_until = match then.grace_until {
        None if falls => standing_with_versions(versions, &history, today)?.grace_until,
        until => until,
    };
    Ok((falls || grace_until.is_some()).then_some(Outcome { customer, rank, falls, grace_until }))
}
