//! Versions of the ladder, announced steps, and the figures of a window for everybody at once.

use super::few::{Few, may_have};
use super::parsed::parsed;
use super::points::GROUP;
use super::remembered::remembered;
use crate::api::benefits::TierByHandView;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::benefit::ByTier;
use shukebu_domain::ids::{CustomerId, SaleId, StaffId};
use shukebu_domain::ladder::{LadderVersion, Summary};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Adds a version; one of the same day replaces nothing, the newest of a day holds.
pub(crate) fn insert_version(
    tx: &Transaction,
    version: &LadderVersion,
    benefits: &ByTier,
    staff: StaffId,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO ladder_versions (effective_on, definition, benefits, created_at, staff_id)
         VALUES (:on, :definition, :benefits, :at, :staff)",
        named_params! {
            ":on": version.effective_on.to_string(), ":definition": serde_json::to_string(&version.ladder)?,
            ":benefits": serde_json::to_string(benefits)?, ":at": at.millis(), ":staff": staff.0,
        },
    )?;
    Ok(())
}

/// The versions that hold, oldest first: the newest of each day.
pub(crate) fn versions(connection: &Connection) -> Result<Vec<LadderVersion>> {
    remembered(|| {
        let mut statement = connection.prepare_cached(
            "SELECT effective_on, definition
             FROM ladder_versions
             WHERE id IN (SELECT max(id) FROM ladder_versions GROUP BY effective_on)
             ORDER BY effective_on",
        )?;
        let mut rows = statement.query([])?;
        let mut versions = vec![];
        while let Some(row) = rows.next()? {
            let definition: String = row.get("definition")?;
            versions
                .push(LadderVersion { effective_on: store::day(row, "effective_on")?, ladder: parsed(&definition)? });
        }
        Ok(versions)
    })
}

/// The benefits of the version that holds on a day; before the first version's day those of the first one.
pub(crate) fn benefits_on(connection: &Connection, day: NaiveDate) -> Result<ByTier> {
    let Benefits(versions) = remembered(|| benefits_of_versions(connection))?;
    let begun = versions.partition_point(|(effective_on, _)| *effective_on <= day);
    Ok(versions.get(begun.saturating_sub(1)).map(|(_, benefits)| benefits.clone()).unwrap_or_default())
}

/// What each version gives, by the day on which it begins; the newest of a day.
#[derive(Clone)]
struct Benefits(Rc<[(NaiveDate, ByTier)]>);

fn benefits_of_versions(connection: &Connection) -> Result<Benefits> {
    let mut statement = connection.prepare_cached(
        "SELECT effective_on, benefits
         FROM ladder_versions
         WHERE id IN (SELECT max(id) FROM ladder_versions GROUP BY effective_on)
         ORDER BY effective_on",
    )?;
    let mut rows = statement.query([])?;
    let mut versions = vec![];
    while let Some(row) = rows.next()? {
        let benefits: String = row.get("benefits")?;
        versions.push((store::day(row, "effective_on")?, parsed(&benefits)?));
    }
    Ok(Benefits(versions.into()))
}

/// The version of the ladder that was written last.
pub(crate) fn newest_version(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT max(id) AS id FROM ladder_versions")?;
    Ok(statement.query_row([], |row| row.get("id"))?)
}

/// A long history folded up, with what it must fit to be believed.
pub(crate) struct StoredSummary {
    pub version_id: i64,
    pub orders: i64,
    pub net: Money,
    pub summary: Summary,
}

/// The summary of a customer, if one is kept.
pub(crate) fn summary(connection: &Connection, id: CustomerId) -> Result<Option<StoredSummary>> {
    let mut statement = connection.prepare_cached(
        "SELECT version_id, orders, net_minor, summary FROM ladder_summaries WHERE customer_id = :id",
    )?;
    let mut rows = statement.query(named_params! { ":id": id.0 })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let text = row.get_ref("summary")?.as_str().map_err(crate::error::ApiError::internal)?;
    // A form that this program does not know is as good as none.
    let Ok(summary) = serde_json::from_str(text) else { return Ok(None) };
    let (version_id, orders, net) = (row.get("version_id")?, row.get("orders")?, store::money(row, "net_minor")?);
    Ok(Some(StoredSummary { version_id, orders, net, summary }))
}

/// Keeps a summary in place of the one before.
pub(crate) fn set_summary(tx: &Transaction, id: CustomerId, kept: &StoredSummary) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO ladder_summaries (customer_id, version_id, orders, net_minor, summary)
         VALUES (:id, :version, :orders, :net, :summary)
         ON CONFLICT (customer_id) DO UPDATE
         SET version_id = excluded.version_id, orders = excluded.orders, net_minor = excluded.net_minor,
             summary = excluded.summary",
    )?
    .execute(named_params! {
        ":id": id.0, ":version": kept.version_id, ":orders": kept.orders, ":net": kept.net.minor(),
        ":summary": serde_json::to_string(&kept.summary)?,
    })?;
    Ok(())
}

/// Keeps no summary of a customer any more.
pub(crate) fn forget_summary(tx: &Transaction, id: CustomerId) -> Result<()> {
    tx.prepare_cached("DELETE FROM ladder_summaries WHERE customer_id = :id")?
        .execute(named_params! { ":id": id.0 })?;
    Ok(())
}

/// What is left of the sales of each day after `after` through `through`, from the covering index.
pub(crate) fn day_nets(
    connection: &Connection,
    id: CustomerId,
    after: NaiveDate,
    through: NaiveDate,
) -> Result<Vec<(NaiveDate, Money)>> {
    let mut statement = connection.prepare_cached(
        "SELECT sold_on, sum(net_minor - refunded_minor) AS net
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id = :id AND sold_on > :after AND sold_on <= :through AND net_minor > refunded_minor
         GROUP BY sold_on
         ORDER BY sold_on",
    )?;
    let days = named_params! { ":id": id.0, ":after": after.to_string(), ":through": through.to_string() };
    let rows = statement.query_map(days, |row| Ok((store::day(row, "sold_on")?, store::money(row, "net")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds a tier given by hand.
pub(crate) fn insert_by_hand(
    tx: &Transaction,
    id: CustomerId,
    given: &TierByHandView,
    staff: StaffId,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO tier_by_hand (customer_id, on_day, at, staff_id, mode, tier, until_on, reason)
         VALUES (:customer, :on, :at, :staff, :mode, :tier, :until, :reason)",
        named_params! {
            ":customer": id.0, ":on": given.on.to_string(), ":at": at.millis(), ":staff": staff.0,
            ":mode": store::as_word(given.mode)?, ":tier": given.tier,
            ":until": given.until_on.map(|day| day.to_string()), ":reason": given.reason,
        },
    )?;
    Ok(())
}

/// Tiers given to a customer by hand, in order.
pub(crate) fn by_hand(connection: &Connection, id: CustomerId) -> Result<Vec<TierByHandView>> {
    if !may_have(connection, Few::TierByHand, id)? {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT tier_by_hand.on_day, tier_by_hand.mode, tier_by_hand.tier, tier_by_hand.until_on,
                tier_by_hand.reason, staff.name AS staff_name
         FROM tier_by_hand
         JOIN staff ON staff.id = tier_by_hand.staff_id
         WHERE tier_by_hand.customer_id IN {GROUP}
         ORDER BY tier_by_hand.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, read_by_hand)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Tiers given to one record by hand, those of merged ones left out.
pub(crate) fn by_hand_of_record(connection: &Connection, id: CustomerId) -> Result<Vec<TierByHandView>> {
    if !may_have(connection, Few::TierByHand, id)? {
        return Ok(vec![]);
    }
    let mut statement = connection.prepare_cached(
        "SELECT tier_by_hand.on_day, tier_by_hand.mode, tier_by_hand.tier, tier_by_hand.until_on,
                tier_by_hand.reason, staff.name AS staff_name
         FROM tier_by_hand
         JOIN staff ON staff.id = tier_by_hand.staff_id
         WHERE tier_by_hand.customer_id = :customer
         ORDER BY tier_by_hand.id",
    )?;
    let rows = statement.query_map(named_params! { ":customer": id.0 }, read_by_hand)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_by_hand(row: &Row) -> rusqlite::Result<TierByHandView> {
    Ok(TierByHandView {
        on: store::day(row, "on_day")?,
        mode: store::word(row, "mode")?,
        tier: row.get("tier")?,
        until_on: store::day_or_none(row, "until_on")?,
        reason: row.get("reason")?,
        staff: row.get("staff_name")?,
    })
}

/// The tier given by hand that holds for each customer who has one on a day.
pub(crate) fn all_by_hand(connection: &Connection, today: NaiveDate) -> Result<Vec<(CustomerId, TierByHandView)>> {
    let mut statement = connection.prepare_cached(
        "SELECT tier_by_hand.customer_id, tier_by_hand.on_day, tier_by_hand.mode, tier_by_hand.tier,
                tier_by_hand.until_on, tier_by_hand.reason, staff.name AS staff_name
         FROM tier_by_hand
         JOIN staff ON staff.id = tier_by_hand.staff_id
         WHERE tier_by_hand.id IN (SELECT max(id) FROM tier_by_hand GROUP BY customer_id)
           AND tier_by_hand.mode <> 'clear' AND (tier_by_hand.until_on IS NULL OR tier_by_hand.until_on >= :today)
         ORDER BY tier_by_hand.customer_id",
    )?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| {
        Ok((CustomerId(row.get("customer_id")?), read_by_hand(row)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A step up or down as it was announced.
pub(crate) struct TierChange {
    pub customer: CustomerId,
    pub on: NaiveDate,
    pub at: Timestamp,
    pub from_rank: u32,
    pub from_name: String,
    pub to_rank: u32,
    pub to_name: String,
    pub why: String,
    pub sale: Option<SaleId>,
}

/// Remembers a step.
pub(crate) fn insert_change(tx: &Transaction, change: &TierChange) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO tier_changes (customer_id, on_day, at, from_rank, from_name, to_rank, to_name, why, sale_id)
         VALUES (:customer, :on, :at, :from_rank, :from_name, :to_rank, :to_name, :why, :sale)",
    )?
    .execute(named_params! {
        ":customer": change.customer.0, ":on": change.on.to_string(), ":at": change.at.millis(),
        ":from_rank": change.from_rank, ":from_name": change.from_name, ":to_rank": change.to_rank,
        ":to_name": change.to_name, ":why": change.why, ":sale": change.sale.map(|sale| sale.0),
    })?;
    Ok(())
}

const CHANGE_COLUMNS: &str = "customer_id, on_day, at, from_rank, from_name, to_rank, to_name, why, sale_id";

fn read_change(row: &Row) -> rusqlite::Result<TierChange> {
    let sale: Option<i64> = row.get("sale_id")?;
    Ok(TierChange {
        customer: CustomerId(row.get("customer_id")?),
        on: store::day(row, "on_day")?,
        at: store::instant(row, "at")?,
        from_rank: row.get("from_rank")?,
        from_name: row.get("from_name")?,
        to_rank: row.get("to_rank")?,
        to_name: row.get("to_name")?,
        why: row.get("why")?,
        sale: sale.map(SaleId),
    })
}

/// The steps of a customer, oldest first.
pub(crate) fn changes_of(connection: &Connection, id: CustomerId) -> Result<Vec<TierChange>> {
    let sql = format!(
        "SELECT {CHANGE_COLUMNS}
         FROM tier_changes
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read_change)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest step that a sale caused.
pub(crate) fn change_by_sale(connection: &Connection, sale: SaleId) -> Result<Option<TierChange>> {
    let sql = format!(
        "SELECT {CHANGE_COLUMNS}
         FROM tier_changes
         WHERE sale_id = :sale
           AND customer_id = (SELECT coalesce(customers.merged_into, customers.id)
                              FROM sales
                              JOIN customers ON customers.id = sales.customer_id
                              WHERE sales.id = :sale)
         ORDER BY id DESC
         LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(named_params! { ":sale": sale.0 }, read_change).optional()?)
}

/// Whose tier may have changed by itself by a day.
pub(crate) fn due_for_review(connection: &Connection, today: NaiveDate) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id FROM customer_figures WHERE tier_check_on <= :today ORDER BY customer_id",
    )?;
    let rows = statement.query_map(named_params! { ":today": today.to_string() }, |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody in the book.
pub(crate) fn everybody(connection: &Connection) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare("SELECT customer_id FROM customer_figures ORDER BY customer_id")?;
    let rows = statement.query_map([], |row| Ok(CustomerId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Figures of a window for one customer.
pub(crate) struct WindowRow {
    pub customer: CustomerId,
    pub rank: u32,
    pub spend: Money,
    pub visits: i64,
}

/// Spend and visits after a day for everybody, opening balances included, in one walk of the covering index.
pub(crate) fn window_figures(
    connection: &Connection,
    after: Option<NaiveDate>,
    visit_minimum: Money,
    ids: &RangeInclusive<i64>,
) -> Result<Vec<WindowRow>> {
    let after = after.map(|day| day.to_string()).unwrap_or_default();
    let mut bought = bought_after(connection, &after, visit_minimum, ids)?.into_iter().peekable();
    let mut statement = connection.prepare_cached(
        "SELECT figures.customer_id, figures.tier_rank,
                iif(customers.opening_on > :after, customers.opening_spend_minor, 0) AS spend,
                iif(customers.opening_on > :after, customers.opening_visits, 0) AS visits
         FROM customer_figures AS figures
         JOIN customers ON customers.id = figures.customer_id
         WHERE figures.customer_id BETWEEN :from AND :to
         ORDER BY figures.customer_id",
    )?;
    let values = named_params! { ":after": after, ":from": ids.start(), ":to": ids.end() };
    let rows = statement.query_map(values, |row| {
        let customer = CustomerId(row.get("customer_id")?);
        let (mut spend, mut visits): (Money, i64) = (store::money(row, "spend")?, row.get("visits")?);
        while bought.next_if(|known| known.customer < customer).is_some() {}
        if let Some(known) = bought.next_if(|known| known.customer == customer) {
            spend = spend.checked_add(known.spend).unwrap_or(spend);
            visits += known.visits;
        }
        Ok(WindowRow { customer, rank: row.get("tier_rank")?, spend, visits })
    })?;
    let mut rows: Vec<WindowRow> = rows.collect::<rusqlite::Result<_>>()?;
    // Merges are few: those people are added up one by one, so that the walk over everybody needs no lookups.
    let mut of_person = connection.prepare_cached(
        "WITH records AS (
           SELECT id, opening_on, opening_spend_minor, opening_visits
           FROM customers
           WHERE id = :person OR merged_into = :person
         ), days AS (
           SELECT sales.sold_on, sum(sales.net_minor - sales.refunded_minor) AS net
           FROM records
           CROSS JOIN sales INDEXED BY sales_by_customer
           WHERE sales.customer_id = records.id AND sales.sold_on > :after
             AND sales.sold_on >= coalesce(records.opening_on, '')
           GROUP BY sales.sold_on
         )
         SELECT coalesce((SELECT sum(net) FROM days), 0)
                + coalesce((SELECT sum(opening_spend_minor) FROM records WHERE opening_on > :after), 0) AS spend,
                (SELECT count(*) FROM days WHERE net > 0 AND net >= :minimum)
                + coalesce((SELECT sum(opening_visits) FROM records WHERE opening_on > :after), 0) AS visits",
    )?;
    for person in store::merges::links(connection, store::whose::Whose::Everyone)?.into_values() {
        let Ok(at) = rows.binary_search_by_key(&person, |row| row.customer) else { continue };
        let Some(row) = rows.get_mut(at) else { continue };
        (row.spend, row.visits) = of_person.query_row(
            named_params! { ":person": person.0, ":after": after, ":minimum": visit_minimum.minor() },
            |found| Ok((store::money(found, "spend")?, found.get("visits")?)),
        )?;
    }
    Ok(rows)
}

/// What a customer bought in a window.
struct Bought {
    customer: CustomerId,
    spend: Money,
    visits: i64,
}

/// Spend of each customer who bought after a day, and the days on which enough was spent; in the order of their ids. What lies
/// before an opening balance is part of it. The rows come as they lie in the index and are added up here, which is quicker
/// than grouping them twice.
fn bought_after(
    connection: &Connection,
    after: &str,
    visit_minimum: Money,
    ids: &RangeInclusive<i64>,
) -> Result<Vec<Bought>> {
    let mut statement = connection.prepare_cached(
        "SELECT customers.id, sales.sold_on, sales.net_minor - sales.refunded_minor
         FROM customers
         CROSS JOIN sales INDEXED BY sales_by_customer
         WHERE customers.id BETWEEN :from AND :to AND sales.customer_id = customers.id AND sales.sold_on > :after
           AND sales.sold_on >= coalesce(customers.opening_on, '')",
    )?;
    let mut rows = statement.query(named_params! { ":after": after, ":from": ids.start(), ":to": ids.end() })?;
    let mut found: Vec<Bought> = vec![];
    let (mut day, mut of_day): (Vec<u8>, Money) = (vec![], Money::ZERO);
    let is_visit = |of_day: Money| i64::from(of_day > Money::ZERO && of_day >= visit_minimum);
    while let Some(row) = rows.next()? {
        let (customer, net) = (CustomerId(row.get(0)?), Money::from_minor(row.get(2)?));
        let on = row.get_ref(1)?.as_bytes().map_err(ApiError::internal)?;
        let is_another = found.last().is_none_or(|last| last.customer != customer);
        if is_another {
            found.push(Bought { customer, spend: Money::ZERO, visits: 0 });
        }
        if is_another || on != day.as_slice() {
            day.clear();
            day.extend_from_slice(on);
            of_day = Money::ZERO;
        }
        if let Some(last) = found.last_mut() {
            // The day counts once, as it stands with this sale.
            last.visits -= is_visit(of_day);
            of_day = of_day.checked_add(net).unwrap_or(of_day);
            last.visits += is_visit(of_day);
            last.spend = last.spend.checked_add(net).unwrap_or(last.spend);
        }
    }
    Ok(found)
}

/// Points that customers of these ids earned after a day: by sales, on the day of the sale, and brought along. A merged
/// record's points stand under the one who stays, so several pieces may answer for one person.
pub(crate) fn points_earned(
    connection: &Connection,
    after: Option<NaiveDate>,
    ids: &RangeInclusive<i64>,
) -> Result<Vec<(CustomerId, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, sum(points_events.lot_points) AS points
         FROM points_events
         JOIN customers ON customers.id = points_events.customer_id
         WHERE points_events.customer_id BETWEEN :from AND :to AND points_events.lot_points IS NOT NULL
           AND points_events.kind IN ('sale', 'opening') AND points_events.on_day > :after
         GROUP BY 1",
    )?;
    let after = after.map(|day| day.to_string()).unwrap_or_default();
    let values = named_params! { ":after": after, ":from": ids.start(), ":to": ids.end() };
    let rows = statement.query_map(values, |row| Ok((CustomerId(row.get("customer_id")?), row.get("points")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
