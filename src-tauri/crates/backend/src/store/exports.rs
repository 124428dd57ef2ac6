//! What exports read: whole tables in a stable order, row by row.

pub(crate) mod records;
mod sales;

pub(crate) use sales::{products, refunds, sale_lines};

use crate::error::Result;
use crate::store;
use rusqlite::{Connection, named_params};
use shukebu_domain::complaint::EventKind;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// Everybody's member number, sorted by it.
pub(crate) fn member_numbers(connection: &Connection) -> Result<Vec<(CustomerId, String)>> {
    let mut statement = connection
        .prepare_cached("SELECT id, member_no FROM customers WHERE merged_into IS NULL ORDER BY member_no")?;
    let rows = statement.query_map([], |row| Ok((CustomerId(row.get("id")?), row.get("member_no")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A customer with what is cached.
pub(crate) struct CustomerToExport {
    pub id: CustomerId,
    pub member_no: String,
    pub reference: Option<String>,
    pub name: String,
    pub salutation: Option<String>,
    pub kind: String,
    pub company: Option<String>,
    pub gender: Option<String>,
    pub birthday_calendar: Option<String>,
    pub birth_year: Option<i64>,
    pub birth_month: Option<i64>,
    pub birth_day: Option<i64>,
    pub birth_is_leap: bool,
    pub address: Option<String>,
    pub source: Option<String>,
    pub note: Option<String>,
    pub habits: Option<String>,
    pub joined_on: String,
    pub opening_spend_minor: i64,
    pub opening_visits: i64,
    pub opening_points: i64,
    pub opening_on: Option<String>,
    pub tier_rank: u32,
    pub class_key: Option<String>,
    pub class_since: Option<String>,
    pub open_complaints: i64,
}

/// All customers, by member number.
pub(crate) fn customers(connection: &Connection, mut each: impl FnMut(CustomerToExport) -> Result<()>) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT customers.id, customers.member_no, customers.ref, customers.name, customers.salutation, customers.kind,
                customers.company, customers.gender, customers.birthday_calendar, customers.birth_year,
                customers.birth_month, customers.birth_day, customers.birth_is_leap, customers.address,
                customers.source, customers.note, customers.habits, customers.joined_on,
                customers.opening_spend_minor, customers.opening_visits, customers.opening_points,
                customers.opening_on, figures.tier_rank, figures.class_key, figures.class_since,
                figures.open_complaints
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         ORDER BY customers.member_no",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(CustomerToExport {
            id: CustomerId(row.get("id")?),
            member_no: row.get("member_no")?,
            reference: row.get("ref")?,
            name: row.get("name")?,
            salutation: row.get("salutation")?,
            kind: row.get("kind")?,
            company: row.get("company")?,
            gender: row.get("gender")?,
            birthday_calendar: row.get("birthday_calendar")?,
            birth_year: row.get("birth_year")?,
            birth_month: row.get("birth_month")?,
            birth_day: row.get("birth_day")?,
            birth_is_leap: row.get("birth_is_leap")?,
            address: row.get("address")?,
            source: row.get("source")?,
            note: row.get("note")?,
            habits: row.get("habits")?,
            joined_on: row.get("joined_on")?,
            opening_spend_minor: row.get("opening_spend_minor")?,
            opening_visits: row.get("opening_visits")?,
            opening_points: row.get("opening_points")?,
            opening_on: row.get("opening_on")?,
            tier_rank: row.get("tier_rank")?,
            class_key: row.get("class_key")?,
            class_since: row.get("class_since")?,
            open_complaints: row.get("open_complaints")?,
        })?;
    }
    Ok(())
}

/// Kind and value of the handles in use, in each customer's own order.
pub(crate) fn contacts(connection: &Connection) -> Result<BTreeMap<CustomerId, Vec<(String, String)>>> {
    let mut statement = connection.prepare(
        "SELECT customer_id, kind, value
         FROM contacts
         WHERE retired_at IS NULL
         ORDER BY customer_id, position, id",
    )?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<CustomerId, Vec<(String, String)>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let handle = (row.get("kind")?, row.get("value")?);
        found.entry(CustomerId(row.get("customer_id")?)).or_default().push(handle);
    }
    Ok(found)
}

/// Tags by customer, by name.
pub(crate) fn tags(connection: &Connection) -> Result<BTreeMap<CustomerId, Vec<String>>> {
    let mut statement = connection.prepare(
        "SELECT customer_tags.customer_id, tags.name
         FROM customer_tags
         JOIN tags ON tags.id = customer_tags.tag_id
         ORDER BY customer_tags.customer_id, tags.name",
    )?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(CustomerId(row.get("customer_id")?)).or_default().push(row.get("name")?);
    }
    Ok(found)
}

/// A complaint with its newest verdicts and resolution.
pub(crate) struct ComplaintToExport {
    pub id: i64,
    pub reference: Option<String>,
    pub case_no: String,
    pub member_no: Option<String>,
    pub customer: Option<String>,
    pub sale_no: Option<String>,
    pub received_at: Timestamp,
    pub recorded_at: Timestamp,
    pub channel: Option<String>,
    pub category: Option<String>,
    pub severity: String,
    pub description: String,
    pub remedy_sought: Option<String>,
    pub owner: String,
    pub status: String,
    pub response_met: Option<i64>,
    pub resolution_met: Option<i64>,
    pub follow_up_met: Option<i64>,
    pub compensation_kind: Option<String>,
    pub compensation_minor: Option<i64>,
    pub root_cause: Option<String>,
    pub improvement: Option<String>,
    pub improvement_due_on: Option<String>,
}

/// All complaints, by the time they came in.
pub(crate) fn complaints(connection: &Connection) -> Result<Vec<ComplaintToExport>> {
    let mut statement = connection.prepare(
        "WITH verdicts AS (
           SELECT complaint_id, promise, is_met, max(cycle) AS cycle
           FROM complaint_verdicts
           GROUP BY complaint_id, promise
         ),
         given AS (
           SELECT id AS resolution_id, 0 AS position, compensation_kind AS kind, compensation_minor AS cost_minor
           FROM complaint_resolutions
           UNION ALL
           SELECT resolution_id, row_number() OVER (PARTITION BY resolution_id ORDER BY id), kind, cost_minor
           FROM complaint_compensations
         ),
         -- The first of what was given and not taken back, and what all of it cost.
         kept AS (
           SELECT resolution_id, kind, min(position) AS position, sum(cost_minor) AS cost_minor
           FROM given
           WHERE (resolution_id, position) NOT IN (
                   SELECT postings.resolution_id, postings.position
                   FROM compensation_returns
                   JOIN compensation_postings AS postings ON postings.id = compensation_returns.posting_id
                   UNION ALL
                   SELECT resolution_id, position FROM compensation_reversals
                 )
           GROUP BY resolution_id
         )
         SELECT complaints.id, complaints.ref, complaints.case_no, customers.member_no,
                coalesce(customers.name, complaints.customer_text) AS customer, sales.sale_no,
                complaints.received_at, complaints.recorded_at, complaints.channel, complaints.category,
                complaints.severity, complaints.description, complaints.remedy_sought, staff.name AS owner,
                complaints.status,
                (SELECT is_met FROM verdicts WHERE complaint_id = complaints.id AND promise = 'response')
                  AS response_met,
                (SELECT is_met FROM verdicts WHERE complaint_id = complaints.id AND promise = 'resolution')
                  AS resolution_met,
                (SELECT is_met FROM verdicts WHERE complaint_id = complaints.id AND promise = 'follow_up')
                  AS follow_up_met,
                iif(ended.id IS NULL, NULL, coalesce(kept.kind, 'none')) AS compensation_kind,
                iif(ended.id IS NULL, NULL, coalesce(kept.cost_minor, 0)) AS compensation_minor,
                ended.root_cause, ended.improvement,
                ended.improvement_due_on
         FROM complaints
         JOIN staff ON staff.id = complaints.owner_id
         LEFT JOIN customers AS own ON own.id = complaints.customer_id
         LEFT JOIN customers ON customers.id = coalesce(own.merged_into, own.id)
         LEFT JOIN sales ON sales.id = complaints.sale_id
         LEFT JOIN complaint_resolutions AS ended
           ON ended.id = (SELECT max(id) FROM complaint_resolutions WHERE complaint_id = complaints.id)
         LEFT JOIN kept ON kept.resolution_id = ended.id
         ORDER BY complaints.received_at, complaints.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ComplaintToExport {
            id: row.get("id")?,
            reference: row.get("ref")?,
            case_no: row.get("case_no")?,
            member_no: row.get("member_no")?,
            customer: row.get("customer")?,
            sale_no: row.get("sale_no")?,
            received_at: store::instant(row, "received_at")?,
            recorded_at: store::instant(row, "recorded_at")?,
            channel: row.get("channel")?,
            category: row.get("category")?,
            severity: row.get("severity")?,
            description: row.get("description")?,
            remedy_sought: row.get("remedy_sought")?,
            owner: row.get("owner")?,
            status: row.get("status")?,
            response_met: row.get("response_met")?,
            resolution_met: row.get("resolution_met")?,
            follow_up_met: row.get("follow_up_met")?,
            compensation_kind: row.get("compensation_kind")?,
            compensation_minor: row.get("compensation_minor")?,
            root_cause: row.get("root_cause")?,
            improvement: row.get("improvement")?,
            improvement_due_on: row.get("improvement_due_on")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The entries of a case in their order.
pub(crate) fn complaint_events(connection: &Connection, complaint: i64) -> Result<Vec<(Timestamp, EventKind)>> {
    let mut statement = connection
        .prepare_cached("SELECT at, event FROM complaint_events WHERE complaint_id = :complaint ORDER BY id")?;
    let mut rows = statement.query(named_params! { ":complaint": complaint })?;
    let mut events = vec![];
    while let Some(row) = rows.next()? {
        let event: String = row.get("event")?;
        events.push((store::instant(row, "at")?, serde_json::from_str(&event)?));
    }
    Ok(events)
}

/// What the book has of a customer's points.
pub(crate) struct PointsToExport {
    pub member_no: String,
    pub name: String,
    pub opening: i64,
    pub opening_on: Option<String>,
    pub logged: i64,
    pub earned: i64,
    pub redeemed: i64,
    pub expired: i64,
    pub balance: i64,
    pub debt: i64,
}

/// Everybody's points, by member number.
pub(crate) fn points(connection: &Connection, mut each: impl FnMut(PointsToExport) -> Result<()>) -> Result<()> {
    let mut statement = connection.prepare(
        "WITH logged AS (
           SELECT customer_id, sum(points_claimed) AS points
           FROM sales
           WHERE points_claimed IS NOT NULL
           GROUP BY customer_id
         ), booked AS (
           SELECT customer_id, sum(points) AS balance,
                  -coalesce(sum(points) FILTER (WHERE kind IN ('redeem', 'return')), 0) AS redeemed,
                  -coalesce(sum(points) FILTER (WHERE kind = 'expire'), 0) AS expired
           FROM (SELECT customer_id, kind, points FROM points_ledger
                 UNION ALL
                 SELECT customer_id, 'earn', points_booked FROM sales WHERE points_booked IS NOT NULL)
           GROUP BY customer_id
         ), owed AS (
           SELECT customer_id, points FROM points_debts
         )
         SELECT customers.member_no, customers.name, customers.opening_points, customers.opening_on,
                coalesce(logged.points, 0) AS logged,
                coalesce(booked.balance + booked.redeemed + booked.expired, 0) AS earned,
                coalesce(booked.redeemed, 0) AS redeemed, coalesce(booked.expired, 0) AS expired,
                coalesce(booked.balance, 0) AS balance, coalesce(owed.points, 0) AS debt
         FROM customers
         LEFT JOIN logged ON logged.customer_id = customers.id
         LEFT JOIN booked ON booked.customer_id = customers.id
         LEFT JOIN owed ON owed.customer_id = customers.id
         ORDER BY customers.member_no",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(PointsToExport {
            member_no: row.get("member_no")?,
            name: row.get("name")?,
            opening: row.get("opening_points")?,
            opening_on: row.get("opening_on")?,
            logged: row.get("logged")?,
            earned: row.get("earned")?,
            redeemed: row.get("redeemed")?,
            expired: row.get("expired")?,
            balance: row.get("balance")?,
            debt: row.get("debt")?,
        })?;
    }
    Ok(())
}
