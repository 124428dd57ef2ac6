//! 低频原因: how many customers come seldom for which reason, and of whom nobody wrote it down yet.

use super::placed::Placed;
use super::ready;
use crate::api::books::Nothing;
use crate::api::seldom::{SeldomCount, SeldomReasons};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::segmentation::{MeasureTable, Scheme, SeldomReason, presets};

/// The scheme that tells who comes seldom, and its classes of those.
const SCHEME: &str = "frequency_thirds";
const CLASSES: [&str; 2] = ["low_frequency", "dormant"];

/// Thirds of frequency, as the shop has them or as they came.
pub(super) fn scheme(connection: &Connection) -> Scheme {
    let known = classes::scheme(connection, SCHEME).ok();
    known.filter(|scheme| scheme.face(CLASSES[0]).is_some()).unwrap_or_else(presets::frequency_thirds)
}

/// Whether a class of a scheme is one of those who come seldom.
pub(super) fn is_seldom(scheme: &str, class: &str) -> bool {
    scheme == SCHEME && CLASSES.contains(&class)
}

/// How many customers come seldom for which reason.
///
/// # Errors
/// `Locked` while no book is open.
pub fn seldom_reasons(app: &App, _: Nothing) -> Result<SeldomReasons> {
    app.read(|connection, moment| {
        let scheme = scheme(connection);
        ready::with(connection, moment, &scheme.needs(), |ready| {
            let mut reasons = vec![];
            for why in SeldomReason::ALL {
                reasons.push(SeldomCount { why, people: of_reason(connection, &ready.table, why)?.len() as i64 });
            }
            reasons.sort_by_key(|count| (std::cmp::Reverse(count.people), count.why));
            Ok(SeldomReasons {
                people: reasons.iter().map(|count| count.people).sum(),
                unasked: unasked(connection, moment, &ready.table)?.len() as i64,
                reasons,
            })
        })
    })
}

/// Rows of everybody whose newest reason it is.
pub(super) fn of_reason(connection: &Connection, table: &MeasureTable, why: SeldomReason) -> Result<Vec<usize>> {
    let newest = store::seldom::newest(connection)?;
    Ok(newest.into_iter().filter(|(_, reason)| *reason == why).filter_map(|(id, _)| table.row_of(id)).collect())
}

/// Rows of those of low frequency without any reason.
pub(super) fn unasked(connection: &Connection, moment: &Moment, table: &MeasureTable) -> Result<Vec<usize>> {
    let newest = store::seldom::newest(connection)?;
    let placed = Placed::of(connection, moment, scheme(connection), table)?;
    let rows = CLASSES.iter().flat_map(|class| placed.run.rows_of(class));
    Ok(rows.filter(|row| table.customers().get(*row).is_some_and(|id| !newest.contains_key(id))).collect())
}
