//! The numbers of everybody as they are kept in the book, and whose numbers changed since: what was added is found by
//! its id, what was changed or taken away stands in `number_changes`.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::CustomerId;
use std::collections::{BTreeMap, BTreeSet};

/// Where the customers of new rows are found; `:after` is the newest id that was seen. Without an index the few rows at
/// the end are read; an index by customer would be walked from end to end, because it has the customers in order.
const SOURCES: [(&str, &str); 7] = [
    ("customers", "SELECT id AS customer_id FROM customers WHERE id > :after"),
    ("sales", "SELECT customer_id FROM sales NOT INDEXED WHERE id > :after"),
    ("complaints", "SELECT customer_id FROM complaints NOT INDEXED WHERE id > :after"),
    (
        "complaint_events",
        "SELECT complaints.customer_id
         FROM complaint_events NOT INDEXED
         CROSS JOIN complaints ON complaints.id = complaint_events.complaint_id
         WHERE complaint_events.id > :after",
    ),
    ("interactions", "SELECT customer_id FROM interactions NOT INDEXED WHERE id > :after"),
    ("customer_judgements", "SELECT customer_id FROM customer_judgements NOT INDEXED WHERE id > :after"),
    ("custom_values", "SELECT customer_id FROM custom_values NOT INDEXED WHERE id > :after"),
];
const CHANGES: &str = "number_changes";
const ASSIGNMENTS: &str = "segment_assignments";

/// The newest row of each table behind the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Seen(BTreeMap<String, i64>);

impl Seen {
    fn of(&self, table: &str) -> i64 {
        self.0.get(table).copied().unwrap_or(0)
    }

    /// The changes of class that were seen, up to now.
    pub(crate) fn see_assignments(&mut self, connection: &Connection) -> Result<()> {
        self.0.insert(ASSIGNMENTS.to_owned(), newest_of(connection, ASSIGNMENTS)?);
        Ok(())
    }
}

/// Whose numbers are no longer what they were.
#[derive(Debug, Default)]
pub(crate) struct Stale {
    /// Customers who stay, and those who are gone.
    pub customers: BTreeSet<CustomerId>,
    /// Customers whose class may have changed.
    pub classes: BTreeSet<CustomerId>,
}

/// How far the rows go now.
pub(crate) fn newest(connection: &Connection) -> Result<Seen> {
    let tables = SOURCES.iter().map(|(table, _)| *table).chain([CHANGES, ASSIGNMENTS]);
    Ok(Seen(tables.map(|table| Ok((table.to_owned(), newest_of(connection, table)?))).collect::<Result<_>>()?))
}

fn newest_of(connection: &Connection, table: &str) -> Result<i64> {
    // A row that was taken away again was there: ids are given once.
    let mut statement = connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = :table")?;
    let found = statement.query_row(named_params! { ":table": table }, |row| row.get("seq")).optional()?;
    Ok(found.unwrap_or(0))
}

/// Whose numbers changed since.
pub(crate) fn stale(connection: &Connection, seen: &Seen, now: &Seen, with_lines: bool) -> Result<Stale> {
    let mut stale = Stale::default();
    for (table, sql) in SOURCES.iter().filter(|(table, _)| now.of(table) != seen.of(table)) {
        stale.customers.extend(homes(connection, sql, seen.of(table))?);
    }
    if now.of(CHANGES) != seen.of(CHANGES) {
        let changed = homes(connection, CHANGED, seen.of(CHANGES))?;
        stale.classes.extend(&changed);
        stale.customers.extend(changed);
        if with_lines && has_changed_products(connection, seen.of(CHANGES))? {
            stale.customers.extend(homes(connection, BUYERS_OF_CHANGED, seen.of(CHANGES))?);
        }
    }
    if now.of(ASSIGNMENTS) != seen.of(ASSIGNMENTS) {
        stale.classes.extend(homes(connection, MOVED, seen.of(ASSIGNMENTS))?);
    }
    Ok(stale)
}

const CHANGED: &str = "SELECT customer_id FROM number_changes WHERE id > :after";
const MOVED: &str = "SELECT customer_id FROM segment_assignments NOT INDEXED WHERE id > :after";

/// Who bought a product that changed: one walk over the lines as they lie in the file, and only when a cost or category
/// changed.
const BUYERS_OF_CHANGED: &str = "SELECT sales.customer_id
     FROM sale_lines NOT INDEXED
     CROSS JOIN sales ON sales.id = sale_lines.sale_id
     WHERE sale_lines.product_id IN (SELECT product_id FROM number_changes WHERE id > :after AND product_id IS NOT NULL)";

fn has_changed_products(connection: &Connection, after: i64) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM number_changes WHERE id > :after AND product_id IS NOT NULL) AS found",
    )?;
    Ok(statement.query_row(named_params! { ":after": after }, |row| row.get("found"))?)
}

/// The customers of a query, each with the one that he was merged into.
fn homes(connection: &Connection, customers: &str, after: i64) -> Result<BTreeSet<CustomerId>> {
    let mut statement = connection.prepare_cached(&homes_sql(customers))?;
    let mut rows = statement.query(named_params! { ":after": after })?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        found.insert(CustomerId(row.get("customer_id")?));
        let home: Option<i64> = row.get("merged_into")?;
        found.extend(home.map(CustomerId));
    }
    Ok(found)
}

fn homes_sql(customers: &str) -> String {
    format!(
        "SELECT found.customer_id, customers.merged_into
         FROM ({customers}) AS found
         LEFT JOIN customers ON customers.id = found.customer_id
         WHERE found.customer_id IS NOT NULL"
    )
}

/// What the book keeps: the head, and a part for each few thousand customers.
pub(crate) fn parts(connection: &Connection, mut each: impl FnMut(i64, &str) -> Result<()>) -> Result<()> {
    let mut statement = connection.prepare_cached("SELECT part, numbers FROM counted_numbers ORDER BY part")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref("numbers")?.as_str().map_err(crate::error::ApiError::internal)?;
        each(row.get("part")?, text)?;
    }
    Ok(())
}

/// The head alone.
pub(crate) fn head(connection: &Connection) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT numbers FROM counted_numbers WHERE part = 0")?;
    Ok(statement.query_row([], |row| row.get("numbers")).optional()?)
}

/// Whether there are more than so many sales.
pub(crate) fn has_sales(connection: &Connection, more_than: i64) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM sales LIMIT 1 OFFSET :more_than) AS found")?;
    Ok(statement.query_row(named_params! { ":more_than": more_than }, |row| row.get("found"))?)
}

/// Whether every change since is still written down: those that are kept in the numbers are forgotten.
pub(crate) fn has_every_change(connection: &Connection, seen: &Seen, now: &Seen) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM number_changes WHERE id > :after")?;
    let left: i64 = statement.query_row(named_params! { ":after": seen.of(CHANGES) }, |row| row.get(0))?;
    Ok(left == now.of(CHANGES) - seen.of(CHANGES))
}

/// How many rows came since, of those that numbers are made from.
pub(crate) fn rows_since(seen: &Seen, now: &Seen) -> i64 {
    SOURCES.iter().map(|(table, _)| *table).chain([CHANGES]).map(|table| now.of(table) - seen.of(table)).sum()
}

/// Keeps the numbers in place of those that were kept; changes up to now are in them.
pub(crate) fn keep(tx: &Transaction, parts: impl Iterator<Item = Result<String>>) -> Result<()> {
    tx.execute("DELETE FROM counted_numbers", [])?;
    let mut insert = tx.prepare_cached("INSERT INTO counted_numbers (part, numbers) VALUES (:part, :numbers)")?;
    for (part, numbers) in (0_i64..).zip(parts) {
        insert.execute(named_params! { ":part": part, ":numbers": numbers? })?;
    }
    tx.execute("DELETE FROM number_changes", [])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn what_came_since_is_read_without_walking_through_what_was_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        for sql in SOURCES.iter().map(|(_, sql)| *sql).chain([CHANGED, MOVED]) {
            let sql = homes_sql(sql);
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps =
                statement.query_map(named_params! { ":after": 1 }, |row| row.get::<_, String>("detail")).unwrap();
            for step in steps.map(|step| step.unwrap()) {
                assert!(step.contains("USING INTEGER PRIMARY KEY"), "{step} in {sql}");
            }
        }
    }
}
