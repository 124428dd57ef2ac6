//! The plain facts that measures are made from, for everybody or for one customer. Everybody's sales are one walk
//! over the covering index; what stands in other tables is read only when a scheme asks for it.

#[cfg(test)]
pub(crate) mod fixture;
mod own;

pub(crate) use own::{own_days, own_field, own_numbers, profile_words};

use super::few::{Few, may_have};
use super::figures::figures_or_none;
use super::whose::Whose;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::facts::{OpeningBalance, WindowTotals};
use shukebu_domain::segmentation::window::DayRange;
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A customer and what was bought before the book began.
pub(crate) struct Person {
    pub id: CustomerId,
    pub opening: Option<OpeningBalance>,
}

/// The customers, by id.
pub(crate) fn people(connection: &Connection, whose: Whose) -> Result<Vec<Person>> {
    if let Whose::One(id) = whose
        && !may_have(connection, Few::Merged, id)?
        && !may_have(connection, Few::Erasure, id)?
    {
        let records = super::merges::records_of(connection, id)?;
        return Ok(records.into_iter().map(|record| Person { id: record.id, opening: record.opening }).collect());
    }
    let (narrowed, customer) = whose.narrowed("id");
    let mut merged = super::merges::openings(connection, whose)?;
    let sql = format!(
        "SELECT id, joined_on, opening_spend_minor, opening_visits, opening_on
         FROM customers
         WHERE {narrowed} AND merged_into IS NULL
           AND NOT EXISTS (SELECT 1 FROM erasures WHERE customer_id = customers.id)
         ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        let (spend, visits) = (store::money(row, "opening_spend_minor")?, row.get("opening_visits")?);
        let opening = if spend > Money::ZERO || visits > 0 {
            let on = match store::day_or_none(row, "opening_on")? {
                Some(on) => on,
                None => store::day(row, "joined_on")?,
            };
            Some(OpeningBalance { on, spend, visits })
        } else {
            None
        };
        Ok(Person { id: CustomerId(row.get("id")?), opening })
    })?;
    let mut people: Vec<Person> = rows.collect::<rusqlite::Result<_>>()?;
    for person in &mut people {
        if let Some(opening) = merged.remove(&person.id) {
            person.opening = opening;
        }
    }
    Ok(people)
}

/// The customers of sales of a day and of all after it.
pub(crate) fn customers_since(connection: &Connection, day: NaiveDate) -> Result<BTreeSet<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT coalesce(customers.merged_into, customers.id) AS customer_id
         FROM sales INDEXED BY sales_by_day
         JOIN customers ON customers.id = sales.customer_id
         WHERE sales.sold_on >= :day
         ORDER BY 1",
    )?;
    let rows = statement
        .query_map(named_params! { ":day": day.to_string() }, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest judgement of each customer who has one.
pub(crate) fn judgements(connection: &Connection, whose: Whose) -> Result<BTreeMap<CustomerId, i8>> {
    if let Whose::One(customer) = whose
        && !may_have(connection, Few::Judgement, customer)?
    {
        return Ok(BTreeMap::new());
    }
    let (narrowed, customer) = whose.narrowed("customer_judgements.customer_id");
    let sql = format!(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, judgement
         FROM customer_judgements
         JOIN customers ON customers.id = customer_judgements.customer_id
         WHERE {narrowed}
         ORDER BY customer_judgements.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("judgement")?))
    })?;
    // Later rows replace earlier ones.
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A sale as the covering index holds it.
pub(crate) struct SaleOfCustomer {
    pub customer: CustomerId,
    pub id: i64,
    pub on: NaiveDate,
    pub net: Money,
    pub refunded: Money,
}

/// Walks over sales, those of one customer after those of another, customers by id. What was sold to records that were
/// merged away comes with the sales of the customer who stays.
pub(crate) fn walk_sales(
    connection: &Connection,
    whose: Whose,
    mut each: impl FnMut(SaleOfCustomer) -> Result<()>,
) -> Result<()> {
    let links = super::merges::links(connection, whose)?;
    let mut moved = vec![];
    for away in links.keys() {
        walk_rows(connection, Whose::One(*away), |sale| {
            moved.push(sale);
            Ok(())
        })?;
    }
    let home = |customer: CustomerId| links.get(&customer).copied().unwrap_or(customer);
    moved.iter_mut().for_each(|sale: &mut SaleOfCustomer| sale.customer = home(sale.customer));
    moved.sort_by_key(|sale| (sale.customer, sale.on, sale.id));
    let mut moved = moved.into_iter().peekable();
    walk_rows(connection, whose, |sale| {
        if links.contains_key(&sale.customer) {
            return Ok(());
        }
        while let Some(before) = moved.next_if(|it| (it.customer, it.on) < (sale.customer, sale.on)) {
            each(before)?;
        }
        each(sale)
    })?;
    moved.try_for_each(each)
}

fn walk_rows(connection: &Connection, whose: Whose, mut each: impl FnMut(SaleOfCustomer) -> Result<()>) -> Result<()> {
    let (narrowed, customer) = whose.narrowed("customer_id");
    let sql = format!(
        "SELECT customer_id, id, sold_on, net_minor, refunded_minor
         FROM sales INDEXED BY sales_by_customer
         WHERE {narrowed}
         ORDER BY customer_id, sold_on"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! { ":customer": customer })?;
    // Sales of one day follow each other often enough that the last day is worth keeping.
    let mut last: Option<(Vec<u8>, NaiveDate)> = None;
    while let Some(row) = rows.next()? {
        let on = match (row.get_ref("sold_on")?, &last) {
            (ValueRef::Text(text), Some((known, day))) if text == known.as_slice() => *day,
            (ValueRef::Text(text), _) => {
                let day = store::day(row, "sold_on")?;
                last = Some((text.to_vec(), day));
                day
            }
            _ => store::day(row, "sold_on")?,
        };
        each(SaleOfCustomer {
            customer: CustomerId(row.get("customer_id")?),
            id: row.get("id")?,
            on,
            net: store::money(row, "net_minor")?,
            refunded: store::money(row, "refunded_minor")?,
        })?;
    }
    Ok(())
}

/// The first and the last day with a purchase up to a day.
pub(crate) fn first_and_last(
    connection: &Connection,
    id: CustomerId,
    through: NaiveDate,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>)> {
    // As long as nothing comes after that day, the figures know both.
    if let Some(known) = figures_or_none(connection, id)?
        && known.last_on.is_some_and(|last_on| last_on <= through)
    {
        return Ok((known.first_on, known.last_on));
    }
    let mut statement = connection.prepare_cached(
        "SELECT min((SELECT sold_on
                     FROM sales INDEXED BY sales_by_customer
                     WHERE customer_id = records.id AND sold_on <= :through AND net_minor > refunded_minor
                     ORDER BY sold_on
                     LIMIT 1)) AS first_on,
                max((SELECT sold_on
                     FROM sales INDEXED BY sales_by_customer
                     WHERE customer_id = records.id AND sold_on <= :through AND net_minor > refunded_minor
                     ORDER BY sold_on DESC
                     LIMIT 1)) AS last_on
         FROM customers AS records
         WHERE records.id = :customer OR records.merged_into = :customer",
    )?;
    Ok(statement.query_row(named_params! { ":customer": id.0, ":through": through.to_string() }, |row| {
        Ok((store::day_or_none(row, "first_on")?, store::day_or_none(row, "last_on")?))
    })?)
}

/// Sums over the sales of a customer on some days.
pub(crate) fn sums_of_days(connection: &Connection, id: CustomerId, days: DayRange) -> Result<WindowTotals> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FILTER (WHERE net_minor > refunded_minor) AS orders,
                coalesce(sum(net_minor - refunded_minor), 0) AS net,
                max(net_minor - refunded_minor) FILTER (WHERE net_minor > refunded_minor) AS largest,
                coalesce(sum(refunded_minor), 0) AS refunded,
                min(sold_on) AS oldest_on
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND sold_on > :after AND sold_on <= :through",
    )?;
    let (after, through) = ends(days);
    Ok(statement.query_row(named_params! { ":customer": id.0, ":after": after, ":through": through }, |row| {
        let largest: Option<i64> = row.get("largest")?;
        Ok(WindowTotals {
            orders: row.get("orders")?,
            net_minor: store::money(row, "net")?,
            largest_ticket_minor: largest.map(Money::from_minor),
            refunded_minor: store::money(row, "refunded")?,
            oldest_on: store::day_or_none(row, "oldest_on")?,
            ..WindowTotals::default()
        })
    })?)
}

/// On how many of some days a customer bought.
pub(crate) fn purchase_days(connection: &Connection, id: CustomerId, days: DayRange) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT count(DISTINCT sold_on) AS days
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND sold_on > :after AND sold_on <= :through AND net_minor > refunded_minor",
    )?;
    let (after, through) = ends(days);
    Ok(statement
        .query_row(named_params! { ":customer": id.0, ":after": after, ":through": through }, |row| row.get("days"))?)
}

/// A span of days as it is compared with stored ones; before the empty text lies no day.
fn ends(days: DayRange) -> (String, String) {
    (days.after.map_or_else(String::new, |day| day.to_string()), days.through.to_string())
}

/// What a line of a sale says about categories and costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineFact {
    pub sale: i64,
    pub product: i64,
    pub quantity_milli: i64,
    pub amount: Money,
}

/// The lines that name a product, ordered by sale.
pub(crate) fn lines(connection: &Connection, whose: Whose) -> Result<Vec<LineFact>> {
    let sql = match whose {
        // In the order in which they lie in the file: looking up line by line would read every page many times.
        Whose::Everyone => {
            "SELECT sale_id, product_id, quantity_milli, amount_minor
             FROM sale_lines
             WHERE product_id IS NOT NULL AND :customer IS NULL
             ORDER BY id"
        }
        Whose::One(_) => {
            "SELECT sale_lines.sale_id, sale_lines.product_id, sale_lines.quantity_milli, sale_lines.amount_minor
             FROM sales INDEXED BY sales_by_customer
             JOIN sale_lines ON sale_lines.sale_id = sales.id
             WHERE sales.customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
               AND sale_lines.product_id IS NOT NULL
             ORDER BY sale_lines.id"
        }
    };
    let customer = match whose {
        Whose::Everyone => None,
        Whose::One(customer) => Some(customer.0),
    };
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        Ok(LineFact {
            sale: row.get("sale_id")?,
            product: row.get("product_id")?,
            quantity_milli: row.get("quantity_milli")?,
            amount: store::money(row, "amount_minor")?,
        })
    })?;
    let mut lines: Vec<LineFact> = rows.collect::<rusqlite::Result<_>>()?;
    lines.sort_by_key(|line| line.sale);
    Ok(lines)
}

/// Category and cost of a product, where known.
pub(crate) struct ProductFact {
    pub category: Option<String>,
    pub cost: Option<Money>,
}

/// Products with a category or a cost; of one customer, those that he bought.
pub(crate) fn products(connection: &Connection, whose: Whose) -> Result<BTreeMap<i64, ProductFact>> {
    let (customer, bought) = match whose {
        Whose::Everyone => (None, "AND :customer IS NULL"),
        Whose::One(customer) => (
            Some(customer.0),
            "AND id IN (SELECT sale_lines.product_id
                        FROM sales INDEXED BY sales_by_customer
                        JOIN sale_lines ON sale_lines.sale_id = sales.id
                        WHERE sales.customer_id IN
                              (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer))",
        ),
    };
    let sql = format!(
        "SELECT id, category, cost_minor
         FROM products
         WHERE (category IS NOT NULL OR cost_minor IS NOT NULL) {bought}
         ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        let cost: Option<i64> = row.get("cost_minor")?;
        Ok((row.get("id")?, ProductFact { category: row.get("category")?, cost: cost.map(Money::from_minor) }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The categories of the shop's products, by name, at most so many.
pub(crate) fn categories(connection: &Connection, most: i64) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT category FROM products WHERE category IS NOT NULL ORDER BY category LIMIT :most",
    )?;
    let rows = statement.query_map(named_params! { ":most": most }, |row| row.get("category"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sales that were lowered by a discount on the whole, by an offer or by a coupon.
pub(crate) fn discounted_sales(connection: &Connection, whose: Whose) -> Result<BTreeSet<i64>> {
    let (narrowed, customer) = whose.narrowed("customer_id");
    let sql = format!(
        "SELECT id
         FROM sales
         WHERE {narrowed}
           AND (discount_minor > 0
                OR EXISTS (SELECT 1 FROM sale_offers WHERE sale_offers.sale_id = sales.id)
                OR EXISTS (SELECT 1 FROM coupon_entries WHERE coupon_entries.sale_id = sales.id AND kind = 'used'))
         ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| row.get("id"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many customers somebody brought who have bought by a day, for those who brought any.
pub(crate) fn referrals(connection: &Connection, whose: Whose, as_of: NaiveDate) -> Result<BTreeMap<CustomerId, u32>> {
    let (narrowed, customer) = whose.narrowed("customer_details.referrer_id");
    let sql = format!(
        "SELECT coalesce(referrer.merged_into, referrer.id) AS person,
                count(DISTINCT coalesce(brought.merged_into, brought.id)) AS people
         FROM customer_details
         JOIN customers AS referrer ON referrer.id = customer_details.referrer_id
         JOIN customers AS brought ON brought.id = customer_details.customer_id
         WHERE {narrowed}
           AND EXISTS (SELECT 1
                       FROM sales
                       WHERE sales.customer_id IN (SELECT id
                                                   FROM customers
                                                   WHERE id = coalesce(brought.merged_into, brought.id)
                                                      OR merged_into = coalesce(brought.merged_into, brought.id))
                         AND net_minor > refunded_minor
                         AND sold_on <= :as_of)
         GROUP BY person
         ORDER BY person"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer, ":as_of": as_of.to_string() }, |row| {
        Ok((CustomerId(row.get("person")?), row.get("people")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many refunds point at a sale, for sales that have any.
pub(crate) fn refunds_by_sale(connection: &Connection, whose: Whose) -> Result<BTreeMap<i64, u32>> {
    let (narrowed, customer) = whose.narrowed("sales.customer_id");
    let sql = format!(
        "SELECT refunds.sale_id, count(*) AS times
         FROM refunds
         JOIN sales ON sales.id = refunds.sale_id
         WHERE {narrowed}
         GROUP BY refunds.sale_id
         ORDER BY refunds.sale_id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(named_params! { ":customer": customer }, |row| Ok((row.get("sale_id")?, row.get("times")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A contact as the book holds it.
pub(crate) struct StoredContact {
    pub at: Timestamp,
    /// The customer came forward or answered.
    pub is_mutual: bool,
    pub is_deep: bool,
    pub is_complaint: bool,
}

/// Contacts of customers: those on the timeline, and complaints, by which the customer came forward.
pub(crate) fn contacts(connection: &Connection, whose: Whose) -> Result<Vec<(CustomerId, StoredContact)>> {
    let (on_timeline, customer) = whose.narrowed("interactions.customer_id");
    let (complaints, _) = whose.narrowed("complaints.customer_id");
    let sql = format!(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, interactions.at,
                interactions.direction = 'in' OR interactions.is_answered = 1 AS is_mutual, interactions.is_deep,
                0 AS is_complaint
         FROM interactions
         JOIN customers ON customers.id = interactions.customer_id
         WHERE {on_timeline}
         UNION ALL
         SELECT coalesce(customers.merged_into, customers.id), complaints.received_at, 1, 0, 1
         FROM complaints
         JOIN customers ON customers.id = complaints.customer_id
         WHERE {complaints}
         ORDER BY customer_id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        let contact = StoredContact {
            at: store::instant(row, "at")?,
            is_mutual: row.get("is_mutual")?,
            is_deep: row.get("is_deep")?,
            is_complaint: row.get("is_complaint")?,
        };
        Ok((CustomerId(row.get("customer_id")?), contact))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
