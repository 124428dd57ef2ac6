//! Segmentation of the book.
use crate::api::books::Nothing;
use crate::api::customers::{SegmentTag, TimelineEntry};
use crate::api::segmentation::{SegmentRunInput, SegmentRunView, SegmentView, SegmentationView};
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::messages::Language;
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
/// Get.
pub fn get(_: &App, _: Nothing) -> Result<SegmentationView> {
    Err(ApiError::internal("segmentation"))
}
/// Run.
pub fn run(_: &App, _: SegmentRunInput) -> Result<SegmentRunView> {
    Err(ApiError::internal("segmentation"))
}
/// What a new book starts with.
pub(crate) fn seed(_: &Transaction, _: Timestamp) -> Result<()> {
    Ok(())
}
/// A customer without a purchase gets the class of those, right away.
pub(crate) fn place_new(_: &Transaction, _: CustomerId, _: &Moment) -> Result<()> {
    Ok(())
}
/// After a sale or refund: class against the stored cut points, constant work.
pub(crate) fn after_sale(_: &Transaction, _: &Moment, _: CustomerId) -> Result<()> {
    Ok(())
}
/// Tags of the primary scheme's classes by key.
pub(crate) fn tags(_: &Connection, _: Language) -> Result<BTreeMap<String, SegmentTag>> {
    Ok(BTreeMap::new())
}
/// Class of a customer with its reason.
pub(crate) fn segment_of(_: &Connection, _: &Moment, _: CustomerId) -> Result<Option<SegmentView>> {
    Ok(None)
}
/// Class changes on the timeline.
pub(crate) fn timeline(_: &Connection, _: &Moment, _: CustomerId) -> Result<Vec<TimelineEntry>> {
    Ok(vec![])
}
