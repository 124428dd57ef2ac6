//! Everybody with the figures that a ladder looks at, ready in memory: while a threshold is dragged the whole book is
//! counted again at every step, and nothing is read from the file until it has changed.

use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use chrono::{Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{Aggregate, Figures, Ladder, ManualMode, Position, Window, window_start};
use shukebu_domain::money::Money;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody with the figures of a window.
pub(crate) struct Person {
    pub id: CustomerId,
    /// The tier held, by rank in the ladder that holds today; by hand, by rank there too.
    pub aggregate: Aggregate,
    /// Net spend of the last twelve months, for what a benefit costs a year.
    pub year: Money,
}

/// What the people in memory were counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    operation: i64,
    today: NaiveDate,
    window: Window,
    visit_minimum: Money,
    uses_points: bool,
}

/// The people that were counted last.
pub(crate) type Kept = Option<(Key, Arc<Vec<Person>>)>;

/// Everybody by the window of a ladder; from memory as long as nothing has been written since.
pub(super) fn of(app: &App, ladder: &Ladder) -> Result<Arc<Vec<Person>>> {
    let book = app.book()?;
    let (operation, today) =
        app.read(|connection, moment| Ok((store::book::last_operation(connection)?, moment.today)))?;
    let (window, visit_minimum) = (ladder.window, ladder.visit_minimum_minor);
    let key = Key { operation, today, window, visit_minimum, uses_points: ladder.uses_points() };
    if let Ok(kept) = book.ladder_people.lock()
        && let Some((of, people)) = kept.as_ref()
        && *of == key
    {
        return Ok(Arc::clone(people));
    }
    let ladder = ladder.clone();
    let people = app.read_in_background(move |connection, moment| count(connection, moment, today, &ladder))?;
    let people = Arc::new(people);
    if let Ok(mut kept) = book.ladder_people.lock() {
        *kept = Some((key, Arc::clone(&people)));
    }
    Ok(people)
}

/// Everybody by the window of a ladder that ends on a day, counted now.
pub(super) fn count(connection: &Connection, moment: &Moment, on: NaiveDate, ladder: &Ladder) -> Result<Vec<Person>> {
    let after = match ladder.window {
        Window::SincePromotion { .. } => None,
        window => window_start(window, &Position::default(), on),
    };
    let year_ago = on.checked_sub_months(Months::new(12));
    let rows = store::ladder::window_figures(connection, after, ladder.visit_minimum_minor)?;
    let years: BTreeMap<CustomerId, Money> = if after == year_ago {
        rows.iter().map(|row| (row.customer, row.spend)).collect()
    } else {
        let year = store::ladder::window_figures(connection, year_ago, ladder.visit_minimum_minor)?;
        year.into_iter().map(|row| (row.customer, row.spend)).collect()
    };
    let points = if ladder.uses_points() { store::ladder::points_earned(connection, after)? } else { BTreeMap::new() };
    let held = super::current(&store::ladder::versions(connection)?, moment.today)?;
    let hands = hands(connection, moment, &held)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (floor, pin) = hands.get(&row.customer).copied().unwrap_or_default();
            let points_earned = points.get(&row.customer).copied().unwrap_or(0);
            Person {
                id: row.customer,
                aggregate: Aggregate {
                    tier: usize::try_from(row.rank).unwrap_or(0),
                    figures: Figures { spend_minor: row.spend, visits: row.visits, points_earned },
                    floor,
                    pin,
                },
                year: years.get(&row.customer).copied().unwrap_or(Money::ZERO),
            }
        })
        .collect())
}

type Hand = (Option<usize>, Option<usize>);

fn hands(connection: &Connection, moment: &Moment, ladder: &Ladder) -> Result<BTreeMap<CustomerId, Hand>> {
    let given = store::ladder::all_by_hand(connection, moment.today)?;
    let hand = |mode: ManualMode, rank: Option<usize>| match mode {
        ManualMode::Floor => (rank, None),
        ManualMode::Pin => (None, rank),
        ManualMode::Clear => (None, None),
    };
    Ok(given
        .into_iter()
        .map(|(id, given)| (id, hand(given.mode, given.tier.as_deref().and_then(|tier| ladder.rank_of(tier)))))
        .collect())
}
