//! Complaints of the book.
use crate::api::books::Nothing;
use crate::api::complaints::*;
use crate::api::customers::TimelineEntry;
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::open_book::BookFacts;
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
macro_rules! stubs { ($($name:ident($input:ty) -> $output:ty;)*) => {$(
    /// Stub.
    pub fn $name(_: &App, _: $input) -> Result<$output> { Err(ApiError::internal("complaints")) })*} }
stubs! {
    open(NewComplaint) -> ComplaintView; inbox(ComplaintFilter) -> ComplaintInbox; get(ComplaintRef) -> ComplaintView;
    respond(ComplaintResponse) -> ComplaintView; wait(ComplaintStep) -> ComplaintView; resume(ComplaintStep) -> ComplaintView;
    note(ComplaintStep) -> ComplaintView; customer_wrote(ComplaintStep) -> ComplaintView; resolve(ComplaintResolution) -> ComplaintView;
    follow_up(ComplaintFollowUp) -> ComplaintView; reopen(ComplaintStep) -> ComplaintView; close(ComplaintStep) -> ComplaintView;
    withdraw(ComplaintStep) -> ComplaintView; hand_over(ComplaintHandOver) -> ComplaintView; tick(Nothing) -> TickView;
}
/// What a new book starts with: opening hours and promises.
pub(crate) fn seed(_: &Transaction, _: &BookFacts, _: StaffId, _: Timestamp) -> Result<()> {
    Ok(())
}
/// Open complaints of a customer, for the profile.
pub(crate) fn open_of_customer(_: &Connection, _: &Moment, _: CustomerId) -> Result<Vec<ComplaintRow>> {
    Ok(vec![])
}
/// Steps of a customer's complaints on the timeline.
pub(crate) fn timeline(_: &Connection, _: &Moment, _: CustomerId) -> Result<Vec<TimelineEntry>> {
    Ok(vec![])
}
/// Open complaints, and how many of them are late.
pub(crate) fn open_and_late(_: &Connection, _: &Moment) -> Result<(i64, i64)> {
    Ok((0, 0))
}
/// The clock of the top bar.
pub(crate) fn most_urgent(_: &Connection, _: &Moment) -> Result<Option<UrgentClock>> {
    Ok(None)
}
