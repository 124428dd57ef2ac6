//! Who said something about a product, and who buys its category again and again. Records that were merged count for the one
//! who stayed.

use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};
use shukebu_domain::ids::{CustomerId, ProductId};
use shukebu_domain::intent::REPEATED;
use shukebu_domain::time::Timestamp;

/// Somebody, and when last.
pub(crate) type Said<T> = Vec<(CustomerId, T)>;

fn person(row: &Row) -> rusqlite::Result<CustomerId> {
    Ok(CustomerId(row.get("person")?))
}

/// Who stayed of a record; none where nobody is left.
pub(crate) fn home(connection: &Connection, id: CustomerId) -> Result<CustomerId> {
    let mut statement =
        connection.prepare_cached("SELECT coalesce(merged_into, id) AS person FROM customers WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, person)?)
}

/// Who asked about something by its name since a moment: what they said and wrote, and inquiries that were recorded.
pub(crate) fn asked(connection: &Connection, name: &str, since: Timestamp) -> Result<Said<Timestamp>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, max(said.at) AS at
         FROM (SELECT customer_id, at
               FROM interactions INDEXED BY interactions_inbound
               WHERE direction = 'in' AND at >= :since AND instr(lower(text), lower(:name)) > 0
               UNION ALL
               SELECT customer_id, received_at
               FROM complaints INDEXED BY complaints_by_received
               WHERE received_at >= :since AND kind = 'inquiry' AND customer_id IS NOT NULL
                 AND instr(lower(description), lower(:name)) > 0) AS said
         JOIN customers ON customers.id = said.customer_id
         GROUP BY person
         ORDER BY person",
    )?;
    let rows = statement.query_map(named_params! { ":name": name, ":since": since.millis() }, |row| {
        Ok((person(row)?, store::instant(row, "at")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who was quoted a price for a product since a day and did not buy by that quote.
pub(crate) fn quoted(connection: &Connection, product: ProductId, since: NaiveDate) -> Result<Said<NaiveDate>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, max(price_quotes.made_on) AS on_day
         FROM price_quotes
         JOIN price_quote_lines ON price_quote_lines.price_quote_id = price_quotes.id
         JOIN customers ON customers.id = price_quotes.customer_id
         WHERE price_quote_lines.product_id = :product AND price_quotes.made_on >= :since
           AND price_quotes.sale_id IS NULL
         GROUP BY person
         ORDER BY person",
    )?;
    let rows = statement.query_map(named_params! { ":product": product.0, ":since": since.to_string() }, |row| {
        Ok((person(row)?, store::day(row, "on_day")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who bought a category again and again after a day: how many orders.
pub(crate) fn buys_again(connection: &Connection, category: &str, after: NaiveDate) -> Result<Said<u32>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(customers.merged_into, customers.id) AS person, count(DISTINCT sales.id) AS orders
         FROM sales INDEXED BY sales_by_day
         JOIN sale_lines ON sale_lines.sale_id = sales.id
         JOIN products ON products.id = sale_lines.product_id
         JOIN customers ON customers.id = sales.customer_id
         WHERE sales.sold_on > :after AND sales.net_minor > sales.refunded_minor AND products.category = :category
         GROUP BY person
         HAVING orders >= :least
         ORDER BY person",
    )?;
    let values = named_params! { ":after": after.to_string(), ":category": category, ":least": REPEATED };
    let rows = statement.query_map(values, |row| Ok((person(row)?, row.get("orders")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
