//! What was agreed with single customers.

use crate::api::offers::terms::TermView;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId, TermId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

pub(crate) struct TermToStore<'a> {
    pub customer: CustomerId,
    pub text: &'a str,
    pub discount_bp: Option<i64>,
    pub agreed_by: &'a str,
    pub approver: StaffId,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub cost: Option<Money>,
    pub review_on: Option<NaiveDate>,
    pub criteria: Option<&'a str>,
    pub at: Timestamp,
}

pub(crate) fn insert(tx: &Transaction, term: &TermToStore) -> Result<TermId> {
    tx.prepare_cached(
        "INSERT INTO special_terms (customer_id, text, discount_bp, agreed_by, approver_id, from_on, until_on, cost_minor,
                                    review_on, criteria, created_at)
         VALUES (:customer, :text, :discount, :agreed_by, :approver, :from_on, :until_on, :cost, :review_on, :criteria, :at)",
    )?
    .execute(named_params! {
        ":customer": term.customer.0, ":text": term.text, ":discount": term.discount_bp,
        ":agreed_by": term.agreed_by, ":approver": term.approver.0, ":from_on": term.from_on.to_string(),
        ":until_on": term.until_on.to_string(), ":cost": term.cost.map(Money::minor),
        ":review_on": term.review_on.map(|day| day.to_string()), ":criteria": term.criteria, ":at": term.at.millis(),
    })?;
    Ok(TermId(tx.last_insert_rowid()))
}

pub(crate) fn end(tx: &Transaction, id: TermId, at: Timestamp) -> Result<()> {
    let ended = tx
        .prepare_cached("UPDATE special_terms SET ended_at = :at WHERE id = :id AND ended_at IS NULL")?
        .execute(named_params! { ":at": at.millis(), ":id": id.0 })?;
    if ended == 0 { Err(ApiError::not_found("term")) } else { Ok(()) }
}

const TERM: &str = "SELECT special_terms.*, customers.name AS customer_name, staff.name AS approver
                    FROM special_terms
                    JOIN customers ON customers.id = special_terms.customer_id
                    JOIN staff ON staff.id = special_terms.approver_id
                    WHERE special_terms.ended_at IS NULL AND special_terms.until_on >= :today";

/// Agreements that were not ended and whose last day is not over.
pub(crate) fn open(connection: &Connection, today: NaiveDate) -> Result<Vec<TermView>> {
    let sql = format!("{TERM} ORDER BY special_terms.until_on, special_terms.id LIMIT 1000");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| read(row, today))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The same of one customer.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, today: NaiveDate) -> Result<Vec<TermView>> {
    let sql = format!(
        "{TERM} AND special_terms.customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY special_terms.until_on, special_terms.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = named_params! { ":today": today.to_string(), ":id": id.0 };
    let rows = statement.query_map(values, |row| read(row, today))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row, today: NaiveDate) -> rusqlite::Result<TermView> {
    const SOON_DAYS: i64 = 30;
    let (from_on, until_on) = (store::day(row, "from_on")?, store::day(row, "until_on")?);
    let review_on = store::day_or_none(row, "review_on")?;
    Ok(TermView {
        id: TermId(row.get("id")?),
        customer_id: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        text: row.get("text")?,
        discount_bp: row.get("discount_bp")?,
        agreed_by: row.get("agreed_by")?,
        approver: row.get("approver")?,
        from_on,
        until_on,
        cost_minor: row.get::<_, Option<i64>>("cost_minor")?.map(Money::from_minor),
        review_on,
        criteria: row.get("criteria")?,
        holds: from_on <= today && today <= until_on,
        is_due: (until_on - today).num_days() <= SOON_DAYS || review_on.is_some_and(|day| day <= today),
    })
}
