//! Everybody with the figures that a ladder looks at, ready in memory: while a threshold is dragged the whole book is
//! counted again at every step, and nothing is read from the file until it has changed. The walk over the sales goes in
//! pieces, so that the counter never waits for all of it.

use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use crate::store::ladder::WindowRow;
use chrono::{Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{Aggregate, Figures, Ladder, ManualMode, Position, Window, window_start};
use shukebu_domain::money::Money;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// So many customers' sales are walked at once: some hundredths of a second.
const PIECE: i64 = 5_000;
/// A walk that sales interrupt begins anew so often; after that it is taken as it is.
const TRIES: usize = 3;
/// The people of today under the ladder that is looked at, and those of the next review.
const MOST_KEPT: usize = 2;

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
    on: NaiveDate,
    window: Window,
    visit_minimum: Money,
    uses_points: bool,
}

/// The people that were counted last, the newest at the end.
#[derive(Default)]
struct KeptPeople(Mutex<Vec<(Key, Arc<Vec<Person>>)>>);

/// Everybody by the window of a ladder that ends today.
pub(super) fn of(app: &App, ladder: &Ladder) -> Result<Arc<Vec<Person>>> {
    on(app, ladder, app.moment()?.today)
}

/// Everybody by the window of a ladder that ends on a day; from memory as long as nothing has been written since.
pub(super) fn on(app: &App, ladder: &Ladder, on: NaiveDate) -> Result<Arc<Vec<Person>>> {
    let kept_people = app.book()?.kept.of::<KeptPeople>();
    let mut people = Arc::new(vec![]);
    for _ in 0..TRIES {
        let (operation, today) = operation(app)?;
        let (window, visit_minimum) = (ladder.window, ladder.visit_minimum_minor);
        let key = Key { operation, today, on, window, visit_minimum, uses_points: ladder.uses_points() };
        let kept = kept_people.0.lock().ok();
        if let Some((_, found)) = kept.and_then(|kept| kept.iter().find(|(of, _)| *of == key).cloned()) {
            return Ok(found);
        }
        people = Arc::new(count(app, on, ladder)?);
        if self::operation(app)? == (operation, today) {
            if let Ok(mut kept) = kept_people.0.lock() {
                kept.retain(|(of, _)| of.operation == operation);
                kept.push((key, Arc::clone(&people)));
                let over = kept.len().saturating_sub(MOST_KEPT);
                kept.drain(..over);
            }
            break;
        }
    }
    Ok(people)
}

fn operation(app: &App) -> Result<(i64, NaiveDate)> {
    app.read(|connection, moment| Ok((store::book::last_operation(connection)?, moment.today)))
}

/// What a piece of the walk found.
struct Piece {
    rows: Vec<WindowRow>,
    /// Spend of the last twelve months; none where that is the window itself.
    years: Option<Vec<WindowRow>>,
    points: Vec<(CustomerId, i64)>,
}

fn count(app: &App, on: NaiveDate, ladder: &Ladder) -> Result<Vec<Person>> {
    let after = match ladder.window {
        Window::SincePromotion { .. } => None,
        window => window_start(window, &Position::default(), on),
    };
    let year_ago = on.checked_sub_months(Months::new(12));
    let (minimum, uses_points) = (ladder.visit_minimum_minor, ladder.uses_points());
    let (last, hands) = app.read_in_background(|connection, moment| {
        let held = super::current(&store::ladder::versions(connection)?, moment.today)?;
        Ok((store::customers::last_id(connection)?.0, hands(connection, moment, &held)?))
    })?;
    let (mut rows, mut years, mut points) = (vec![], BTreeMap::new(), BTreeMap::<CustomerId, i64>::new());
    let mut from = 0;
    while from <= last {
        let ids = from..=from + PIECE - 1;
        let piece = app.read_in_background(move |connection, _| {
            let is_year = after == year_ago;
            Ok(Piece {
                rows: store::ladder::window_figures(connection, after, minimum, &ids)?,
                years: (!is_year)
                    .then(|| store::ladder::window_figures(connection, year_ago, minimum, &ids))
                    .transpose()?,
                points: if uses_points { store::ladder::points_earned(connection, after, &ids)? } else { vec![] },
            })
        })?;
        years.extend(piece.years.as_ref().unwrap_or(&piece.rows).iter().map(|row| (row.customer, row.spend)));
        rows.extend(piece.rows);
        for (person, earned) in piece.points {
            *points.entry(person).or_default() += earned;
        }
        from += PIECE;
    }
    let person = |row: WindowRow| {
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
    };
    Ok(rows.into_iter().map(person).collect())
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
