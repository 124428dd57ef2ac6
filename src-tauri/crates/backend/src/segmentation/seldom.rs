//! 低频原因: why somebody comes seldom, written down with a person and a day; how many customers for which reason, and
//! of whom nobody wrote it down yet.

use super::placed::Placed;
use super::{by_hand, ready};
use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::api::seldom::{NewSeldomReason, SeldomCount, SeldomReasons};
use crate::api::value::SegmentCard;
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::Result;
use crate::store;
use crate::store::seldom::NewReason;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
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

/// Writes down why somebody comes seldom.
///
/// # Errors
/// A far too long text; a customer that is not there.
pub fn seldom_reason_add(app: &App, input: NewSeldomReason) -> Result<SegmentCard> {
    let note = input.note.as_deref().map(clean_text).filter(|note| !note.is_empty());
    if let Some(note) = &note {
        check_length("note", note, MAX_TEXT)?;
    }
    let id = input.customer_id;
    app.write(Op::new("customer.note").keyed(input.client_key), move |tx, moment| {
        let customer = store::customers::must_be_there(tx, id)?;
        let reason = NewReason {
            customer,
            why: input.why,
            note: note.as_deref(),
            on: moment.today,
            at: moment.now,
            by: moment.session.staff,
        };
        let row = store::seldom::insert(tx, &reason)?;
        Ok(Written::one("seldom_reason", row).detail(json!({ "customer": customer.0, "why": input.why })))
    })?;
    by_hand::card(app, CustomerRef { id })
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
