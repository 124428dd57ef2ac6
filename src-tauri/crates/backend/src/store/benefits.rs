//! The ledger of benefits.

use super::points::GROUP;
use crate::api::benefits::{BenefitEntry, BenefitEntryOf};
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A row to be stored.
pub(crate) struct EntryToStore<'a> {
    pub customer: CustomerId,
    pub on: NaiveDate,
    pub at: Timestamp,
    pub staff: StaffId,
    pub kind: &'static str,
    pub benefit: &'a str,
    pub tier: &'a str,
    pub words: &'a str,
    pub quantity: i64,
    pub period_from: NaiveDate,
    pub period_until: Option<NaiveDate>,
    pub note: Option<&'a str>,
    /// What a use cost the shop, as it was on its day.
    pub cost: Option<Money>,
}

/// Adds a row.
pub(crate) fn insert(tx: &Transaction, entry: &EntryToStore) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO benefit_entries (customer_id, on_day, at, staff_id, kind, benefit, tier, words, quantity,
                                      period_from, period_until, note, cost_minor)
         VALUES (:customer, :on, :at, :staff, :kind, :benefit, :tier, :words, :quantity, :from, :until, :note, :cost)",
    )?
    .execute(named_params! {
        ":customer": entry.customer.0, ":on": entry.on.to_string(), ":at": entry.at.millis(), ":staff": entry.staff.0,
        ":kind": entry.kind, ":benefit": entry.benefit, ":tier": entry.tier, ":words": entry.words,
        ":quantity": entry.quantity, ":from": entry.period_from.to_string(),
        ":until": entry.period_until.map(|day| day.to_string()), ":note": entry.note,
        ":cost": entry.cost.map(Money::minor),
    })?;
    Ok(())
}

/// What was granted, used and written off of a benefit.
pub(crate) struct Sums {
    pub granted: i64,
    pub used: i64,
    pub expired: i64,
}

/// The sums of a customer, in one period or in a life.
pub(crate) fn sums(
    connection: &Connection,
    id: CustomerId,
    benefit: &str,
    period_from: Option<NaiveDate>,
) -> Result<Sums> {
    let sql = format!(
        "SELECT coalesce(sum(quantity) FILTER (WHERE kind = 'grant'), 0) AS granted,
                coalesce(sum(quantity) FILTER (WHERE kind = 'use'), 0) AS used,
                coalesce(sum(quantity) FILTER (WHERE kind = 'expire'), 0) AS expired
         FROM benefit_entries
         WHERE customer_id IN {GROUP} AND benefit = :benefit AND (:from IS NULL OR period_from = :from)"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(
        named_params! { ":customer": id.0, ":benefit": benefit, ":from": period_from.map(|day| day.to_string()) },
        |row| Ok(Sums { granted: row.get("granted")?, used: row.get("used")?, expired: row.get("expired")? }),
    )?)
}

const ENTRY_COLUMNS: &str = "benefit_entries.customer_id, benefit_entries.on_day, benefit_entries.at,
        benefit_entries.kind, benefit_entries.words, benefit_entries.tier, benefit_entries.quantity,
        benefit_entries.note, benefit_entries.cost_minor, staff.name AS staff_name";

fn read(row: &Row) -> rusqlite::Result<BenefitEntry> {
    Ok(BenefitEntry {
        on: store::day(row, "on_day")?,
        at: store::instant(row, "at")?,
        kind: row.get("kind")?,
        words: row.get("words")?,
        tier: row.get("tier")?,
        quantity: row.get("quantity")?,
        staff: row.get("staff_name")?,
        note: row.get("note")?,
        cost_minor: row.get::<_, Option<i64>>("cost_minor")?.map(Money::from_minor),
    })
}

/// The newest rows of a customer.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<BenefitEntry>> {
    let sql = format!(
        "SELECT {ENTRY_COLUMNS}
         FROM benefit_entries
         JOIN staff ON staff.id = benefit_entries.staff_id
         WHERE benefit_entries.customer_id IN {GROUP}
         ORDER BY benefit_entries.id DESC
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0, ":limit": limit }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest rows of everybody.
pub(crate) fn newest(connection: &Connection, limit: i64) -> Result<Vec<BenefitEntryOf>> {
    let sql = format!(
        "SELECT {ENTRY_COLUMNS}, customers.name
         FROM benefit_entries
         JOIN staff ON staff.id = benefit_entries.staff_id
         JOIN customers ON customers.id = benefit_entries.customer_id
         ORDER BY benefit_entries.id DESC
         LIMIT :limit"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":limit": limit }, |row| {
        Ok(BenefitEntryOf {
            customer_id: CustomerId(row.get("customer_id")?),
            name: row.get("name")?,
            entry: read(row)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Uses of a benefit: how often, by how many people, what they cost, and of how many nobody knew what they cost.
pub(crate) struct Uses {
    pub used: i64,
    pub people: i64,
    pub cost: Money,
    pub uncosted: i64,
}

/// Uses since a day: of one benefit of a tier, or of all of them, those beside the tiers too.
pub(crate) fn usage(connection: &Connection, of: Option<(&str, &str)>, since: NaiveDate) -> Result<Uses> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(quantity), 0) AS used, count(DISTINCT customer_id) AS people,
                coalesce(sum(cost_minor), 0) AS cost_minor,
                coalesce(sum(quantity) FILTER (WHERE cost_minor IS NULL), 0) AS uncosted
         FROM benefit_entries
         WHERE kind = 'use' AND on_day > :since AND (:benefit IS NULL OR (benefit = :benefit AND tier = :tier))",
    )?;
    let values = named_params! {
        ":benefit": of.map(|(benefit, _)| benefit), ":tier": of.map(|(_, tier)| tier), ":since": since.to_string(),
    };
    Ok(statement.query_row(values, |row| {
        Ok(Uses {
            used: row.get("used")?,
            people: row.get("people")?,
            cost: store::money(row, "cost_minor")?,
            uncosted: row.get("uncosted")?,
        })
    })?)
}

/// A period that is over with something left of what it granted.
pub(crate) struct LeftOver {
    customer: CustomerId,
    benefit: String,
    tier: String,
    words: String,
    left: i64,
    from: NaiveDate,
    until: NaiveDate,
}

/// Periods that are over with something left.
pub(crate) fn left_over(connection: &Connection, today: NaiveDate) -> Result<Vec<LeftOver>> {
    let mut statement = connection.prepare_cached(
        "SELECT granted.customer_id, granted.benefit, granted.tier, granted.words, granted.period_from,
                granted.period_until,
                granted.quantity - (SELECT coalesce(sum(quantity), 0)
                                    FROM benefit_entries AS gone
                                    WHERE gone.customer_id = granted.customer_id AND gone.benefit = granted.benefit
                                      AND gone.period_from = granted.period_from AND gone.kind IN ('use', 'expire')) AS left
         FROM benefit_entries AS granted
         WHERE granted.kind = 'grant' AND granted.period_until IS NOT NULL AND granted.period_until < :today
         ORDER BY granted.id",
    )?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| {
        Ok(LeftOver {
            customer: CustomerId(row.get("customer_id")?),
            benefit: row.get("benefit")?,
            tier: row.get("tier")?,
            words: row.get("words")?,
            left: row.get("left")?,
            from: store::day(row, "period_from")?,
            until: store::day(row, "period_until")?,
        })
    })?;
    let rows: Vec<LeftOver> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter(|row| row.left > 0).collect())
}

/// Writes off what a period has left; it counts on the day after its last day.
pub(crate) fn write_off(tx: &Transaction, left: &LeftOver, at: Timestamp, staff: StaffId) -> Result<()> {
    insert(
        tx,
        &EntryToStore {
            customer: left.customer,
            on: left.until.succ_opt().unwrap_or(left.until),
            at,
            staff,
            kind: "expire",
            benefit: &left.benefit,
            tier: &left.tier,
            words: &left.words,
            quantity: left.left,
            period_from: left.from,
            period_until: Some(left.until),
            note: None,
            cost: None,
        },
    )
}

/// A benefit that a customer was given beside those of the tier.
pub(crate) struct Granted {
    pub key: String,
    pub words: String,
    pub quantity: i64,
    pub left: i64,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Benefits whose key begins like this and of which something is left on a day.
pub(crate) fn granted(connection: &Connection, id: CustomerId, prefix: &str, on: NaiveDate) -> Result<Vec<Granted>> {
    let sql = format!(
        "SELECT granted.benefit, granted.words, granted.quantity, granted.period_from, granted.period_until,
                granted.quantity - (SELECT coalesce(sum(gone.quantity), 0)
                                    FROM benefit_entries AS gone
                                    WHERE gone.customer_id IN {GROUP} AND gone.benefit = granted.benefit
                                      AND gone.kind IN ('use', 'expire')) AS left
         FROM benefit_entries AS granted
         WHERE granted.customer_id IN {GROUP} AND granted.kind = 'grant'
           AND substr(granted.benefit, 1, length(:prefix)) = :prefix
           AND (granted.period_until IS NULL OR granted.period_until >= :on)
         ORDER BY granted.period_until ASC NULLS LAST, granted.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = named_params! { ":customer": id.0, ":prefix": prefix, ":on": on.to_string() };
    let rows = statement.query_map(values, |row| {
        Ok(Granted {
            key: row.get("benefit")?,
            words: row.get("words")?,
            quantity: row.get("quantity")?,
            left: row.get("left")?,
            from: store::day(row, "period_from")?,
            until: store::day_or_none(row, "period_until")?,
        })
    })?;
    let rows: Vec<Granted> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter(|granted| granted.left > 0).collect())
}
