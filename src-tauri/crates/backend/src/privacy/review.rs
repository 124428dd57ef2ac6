//! Who is to be looked after: profiles that lack something, and people who have not been here for long.

use crate::api::privacy::{IncompleteInput, RetentionInput, ReviewPage, ReviewRow};
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::{Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::time::day_start;

/// Rows of one page.
const PAGE: i64 = 50;
/// Months without purchase and contact after which a person is reviewed, unless asked otherwise.
const MONTHS: u32 = 36;

/// 资料不全: whose profile lacks something, those who spend most first.
///
/// # Errors
/// A key that is none of the known ones.
pub fn incomplete(app: &App, input: IncompleteInput) -> Result<ReviewPage> {
    if let Some(key) = &input.lacking
        && !store::lacking::LACKS.iter().any(|(known, _)| known == key)
    {
        return Err(ApiError::field("lacking", "lacking.unknown").with("key", key));
    }
    app.read_in_background(move |connection, moment| {
        let page = (input.offset.max(0), PAGE);
        let (ids, total) = store::lacking::incomplete(connection, input.lacking.as_deref(), page)?;
        let ids: Vec<(CustomerId, Option<NaiveDate>)> = ids.into_iter().map(|id| (id, None)).collect();
        Ok(ReviewPage { rows: rows(connection, moment, &ids)?, total, left_out: 0 })
    })
}

/// Who neither bought nor was in contact for so many months, longest away first. Whoever has an open case is counted
/// beside them: nobody is erased before his case is over.
///
/// # Errors
/// Less than a month or more than fifty years.
pub fn retention(app: &App, input: RetentionInput) -> Result<ReviewPage> {
    let months = input.months.unwrap_or(MONTHS);
    if !(1..=600).contains(&months) {
        return Err(ApiError::field("months", "months.out_of_range"));
    }
    app.read_in_background(move |connection, moment| {
        let day = moment.today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
        let page = (input.offset.max(0), PAGE);
        let unseen = store::privacy::unseen_since(connection, day, day_start(moment.zone, day), page)?;
        let found: Vec<(CustomerId, Option<NaiveDate>)> =
            unseen.page.into_iter().map(|(id, last)| (id, Some(last))).collect();
        Ok(ReviewPage { rows: rows(connection, moment, &found)?, total: unseen.total, left_out: unseen.with_open_case })
    })
}

fn rows(connection: &Connection, moment: &Moment, found: &[(CustomerId, Option<NaiveDate>)]) -> Result<Vec<ReviewRow>> {
    let ids: Vec<CustomerId> = found.iter().map(|(id, _)| *id).collect();
    let customers = crate::rows::customers(connection, moment, &ids)?;
    customers
        .into_iter()
        .zip(found)
        .map(|(customer, (id, last_on))| {
            let missing = store::lacking::of_customer(connection, *id)?.lacks;
            Ok(ReviewRow { last_on: last_on.or(customer.last_on), customer, missing })
        })
        .collect()
}
