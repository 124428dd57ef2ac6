//! What the next review would do, for everybody above the lowest tier: who falls, who comes into a grace. Whoever keeps the
//! tier is found by the newest purchases alone, walked backwards until they are enough; only the others' histories are
//! replayed. Kept in memory until something is written.

use super::{current, events, people};
use crate::app::App;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{
    Figures, Ladder, LadderVersion, Position, Window, keeps, standing_with_versions, window_start, would_be,
};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// So many customers are looked at at once: some hundredths of a second.
const PIECE: i64 = 5_000;
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
#[derive(Default)]
struct KeptOutcomes(Mutex<Option<(State, Arc<Vec<Outcome>>)>>);

/// Whom the review of a day concerns; from memory as long as nothing has been written since.
pub(super) fn of(app: &App, versions: &Arc<Vec<LadderVersion>>, next_on: NaiveDate) -> Result<Arc<Vec<Outcome>>> {
    let key = app.read(|connection, moment| Ok((store::book::last_operation(connection)?, moment.today)))?;
    let kept_outcomes = app.book()?.kept.of::<KeptOutcomes>();
    let kept = kept_outcomes.0.lock().ok().and_then(|kept| kept.clone());
    if let Some((_, found)) = kept.filter(|(of, _)| *of == key) {
        return Ok(found);
    }
    let today = key.1;
    let ladder = Arc::new(current(versions, today)?);
    let mut found = vec![];
    for piece in short(app, &ladder, next_on)?.chunks(REPLAYED) {
        let (piece, versions, ladder) = (piece.to_vec(), Arc::clone(versions), Arc::clone(&ladder));
        found.extend(app.read_in_background(move |connection, _| {
            let outcomes = piece.iter().map(|id| outcome(connection, &versions, &ladder, *id, (today, next_on)));
            Ok(outcomes.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect::<Vec<_>>())
        })?);
    }
    let found = Arc::new(found);
    if let Ok(mut kept) = kept_outcomes.0.lock() {
        *kept = Some((key, Arc::clone(&found)));
    }
    Ok(found)
}

/// Who may not keep the tier by the figures of a day, by id.
fn short(app: &App, ladder: &Arc<Ladder>, on: NaiveDate) -> Result<Vec<CustomerId>> {
    // A year of one's own and earned points are not told by the purchases before a day alone.
    if ladder.uses_points() || matches!(ladder.window, Window::SincePromotion { .. }) {
        let everybody = people::on(app, ladder, on)?;
        let is_short = |person: &&people::Person| would_be(ladder, &person.aggregate) < person.aggregate.tier;
        return Ok(everybody.iter().filter(is_short).map(|person| person.id).collect());
    }
    let after = window_start(ladder.window, &Position::default(), on);
    let (last, merged) = app.read_in_background(|connection, _| {
        let links = store::merges::links(connection, store::measures::Whose::Everyone)?;
        Ok((store::customers::last_id(connection)?.0, links.into_values().collect::<BTreeSet<_>>()))
    })?;
    let merged = Arc::new(merged);
    let (mut found, mut from) = (vec![], 0);
    while from <= last {
        let (ids, ladder, merged) = (from..=from + PIECE - 1, Arc::clone(ladder), Arc::clone(&merged));
        found.extend(app.read_in_background(move |connection, _| {
            let mut short = vec![];
            for held in store::ladder::held(connection, &ids)? {
                // Records that were merged are few: their history is replayed as one.
                if merged.contains(&held.customer) || !has_enough(connection, &ladder, &held, after)? {
                    short.push(held.customer);
                }
            }
            Ok(short)
        })?);
        from += PIECE;
    }
    Ok(found)
}

/// Whether somebody's purchases after a day keep the tier.
fn has_enough(
    connection: &Connection,
    ladder: &Ladder,
    held: &store::ladder::Held,
    after: Option<NaiveDate>,
) -> Result<bool> {
    let rank = usize::try_from(held.rank).unwrap_or(0);
    let mut figures = Figures::default();
    if let Some(opening) = held.opening.filter(|opening| after.is_none_or(|after| opening.on > after)) {
        figures.spend_minor = opening.spend;
        figures.visits = opening.visits;
    }
    let mut is_enough = keeps(ladder, rank, &figures);
    if !is_enough {
        store::ladder::days_back(connection, held, after, |net| {
            figures.spend_minor = figures.spend_minor.checked_add(net).unwrap_or(figures.spend_minor);
            figures.visits += i64::from(net >= ladder.visit_minimum_minor);
            is_enough = keeps(ladder, rank, &figures);
            is_enough
        })?;
    }
    Ok(is_enough)
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
