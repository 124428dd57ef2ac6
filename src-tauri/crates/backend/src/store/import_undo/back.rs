//! The way back: what hangs on an import by now, and everything as it was before it.

use super::form::{Form, Pointer};
use super::journal::NOT_NOTED;
use crate::error::{ApiError, Result};
use crate::store::everything::{Sql, to_sql};
use crate::store::quoted;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, named_params, params_from_iter};
use serde_json::{Map, Value};
use shukebu_domain::ids::{CustomerId, ImportId};
use std::collections::BTreeSet;

/// Rows that the program made for a row that an import brought; they go with it.
const PARTS: [&str; 5] =
    ["complaint_notices", "complaint_verdicts", "customer_tags", "segment_assignments", "tier_changes"];

/// Ids that an import was given.
pub(super) struct Range {
    pub table: String,
    after: i64,
    through: i64,
}

impl Range {
    fn holds(&self, column: &str) -> String {
        format!("{column} > {} AND {column} <= {}", self.after, self.through)
    }

    /// How many of the rows are still there.
    pub(super) fn count(&self, connection: &Connection) -> Result<i64> {
        let sql = format!("SELECT count(*) FROM {} WHERE {}", quoted(&self.table), self.holds("rowid"));
        Ok(connection.query_row(&sql, [], |row| row.get(0))?)
    }
}

/// The ids that an import was given, by table.
pub(super) fn ranges(connection: &Connection, id: ImportId) -> Result<Vec<Range>> {
    let mut statement = connection.prepare_cached(
        "SELECT table_name, after_id, through_id FROM import_ranges WHERE import_id = :id ORDER BY table_name",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(Range { table: row.get("table_name")?, after: row.get("after_id")?, through: row.get("through_id")? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came later and would lose what it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obstacle {
    /// Table of the rows that came later; `edited` for rows of `of` that somebody changed.
    pub what: String,
    /// Table of the imported rows that they point at.
    pub of: String,
    pub count: i64,
}

/// Everything that hangs on an import.
pub(crate) fn obstacles(connection: &Connection, id: ImportId, audit_before: i64) -> Result<Vec<Obstacle>> {
    let (form, ranges) = (Form::of(connection)?, ranges(connection, id)?);
    let mut found = Vec::new();
    for (pointer, range) in pointed_at(&form, &ranges) {
        if is_part(pointer) || NOT_NOTED.contains(&pointer.table.as_str()) {
            continue;
        }
        let own = ranges.iter().find(|own| own.table == pointer.table);
        let not_own = own.map_or_else(String::new, |own| format!(" AND NOT ({})", own.holds("rowid")));
        let column = quoted(&pointer.column);
        let sql = format!("SELECT count(*) FROM {} WHERE {}{not_own}", quoted(&pointer.table), range.holds(&column));
        let count = connection.query_row(&sql, [], |row| row.get(0))?;
        if count > 0 {
            found.push(Obstacle { what: pointer.table.clone(), of: range.table.clone(), count });
        }
    }
    for (entity, table) in [("customer", "customers"), ("product", "products")] {
        let Some(range) = ranges.iter().find(|range| range.table == table) else { continue };
        let sql = format!(
            "SELECT count(DISTINCT entity_id)
             FROM audit
             WHERE id > :before AND entity = :entity AND {}
               AND action NOT LIKE '%reveal%' AND action NOT LIKE '%export%' AND action NOT LIKE '%.look'",
            range.holds("entity_id")
        );
        let count =
            connection
                .query_row(&sql, named_params! { ":before": audit_before, ":entity": entity }, |row| row.get(0))?;
        if count > 0 {
            found.push(Obstacle { what: "edited".into(), of: table.into(), count });
        }
    }
    found.sort_by(|one, other| (&one.of, &one.what).cmp(&(&other.of, &other.what)));
    found.dedup_by(|more, kept| {
        let is_same = (&more.of, &more.what) == (&kept.of, &kept.what);
        kept.count += if is_same { more.count } else { 0 };
        is_same
    });
    Ok(found)
}

/// Columns that point at what an import brought. A word used as a tag stays where others use it, so it is apart.
fn pointed_at<'f>(form: &'f Form, ranges: &'f [Range]) -> Vec<(&'f Pointer, &'f Range)> {
    let range_of = |table: &str| ranges.iter().find(|range| range.table == table && table != "tags");
    form.pointers.iter().filter_map(|pointer| Some((pointer, range_of(&pointer.at)?))).collect()
}

fn is_part(pointer: &Pointer) -> bool {
    pointer.is_own_key || PARTS.contains(&pointer.table.as_str())
}

/// What is to be reckoned anew after an import was taken back.
pub(crate) struct Restored {
    /// Customers who stay and of whom something went or came back.
    pub customers: Vec<CustomerId>,
}

/// Takes everything back. `sort_key` makes the order of names, which is not part of the notes.
pub(crate) fn take_back(tx: &Transaction, id: ImportId, sort_key: &dyn Fn(&str) -> Vec<u8>) -> Result<Restored> {
    let (form, ranges) = (Form::of(tx)?, ranges(tx, id)?);
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let touched = touched(tx, &form, &ranges, id)?;
    let pointers = pointed_at(&form, &ranges);
    let unwatched = Unwatched::begin(tx)?;
    for (pointer, range) in &pointers {
        let (table, column) = (quoted(&pointer.table), quoted(&pointer.column));
        if is_part(pointer) {
            tx.execute(&format!("DELETE FROM {table} WHERE {}", range.holds(&column)), [])?;
        }
        // What a later import noted about these rows has nothing left to be put back into.
        let place = format!("coalesce(before, after) ->> '$.{}'", pointer.column);
        tx.execute(
            &format!(
                "DELETE FROM import_changes WHERE import_id <> ?1 AND table_name = ?2 AND {}",
                range.holds(&place)
            ),
            rusqlite::params![id.0, pointer.table],
        )?;
    }
    for range in ranges.iter().filter(|range| range.table != "tags") {
        tx.execute(
            &format!(
                "DELETE FROM import_changes WHERE import_id <> ?1 AND table_name = ?2 AND {}",
                range.holds("row_id")
            ),
            rusqlite::params![id.0, range.table],
        )?;
        tx.execute(&format!("DELETE FROM {} WHERE {}", quoted(&range.table), range.holds("rowid")), [])?;
    }
    drop(unwatched);
    put_back(tx, id)?;
    nothing_points_at_what_went(tx, &pointers)?;
    if let Some(tags) = ranges.iter().find(|range| range.table == "tags") {
        let sql = format!(
            "DELETE FROM tags WHERE {} AND NOT EXISTS (SELECT 1 FROM customer_tags WHERE tag_id = tags.id)",
            tags.holds("id")
        );
        tx.execute(&sql, [])?;
    }
    let customers = renew(tx, &touched, sort_key)?;
    Ok(Restored { customers })
}

/// While it lives, rows go without being looked for in every table that could point at them. For one of a table without an
/// index the whole table would be searched, and to make an index for that takes longer than all else.
struct Unwatched<'t>(&'t Connection);

impl<'t> Unwatched<'t> {
    fn begin(connection: &'t Connection) -> Result<Self> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        Ok(Self(connection))
    }
}

impl Drop for Unwatched<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true) {
            log::error!("foreign keys are not watched: {error}");
        }
    }
}

/// Looks for what was not looked for row by row: each column once.
fn nothing_points_at_what_went(tx: &Transaction, pointers: &[(&Pointer, &Range)]) -> Result<()> {
    for (pointer, range) in pointers {
        let (table, column) = (quoted(&pointer.table), quoted(&pointer.column));
        let mut statement = tx.prepare(&format!("SELECT 1 FROM {table} WHERE {}", range.holds(&column)))?;
        if statement.exists([])? {
            return Err(ApiError::internal(format!("{table} still points at {}", range.table)));
        }
    }
    Ok(())
}

/// Customers who were there before and about whom the import brought or changed anything.
fn touched(tx: &Transaction, form: &Form, ranges: &[Range], id: ImportId) -> Result<BTreeSet<i64>> {
    let own = ranges.iter().find(|range| range.table == "customers");
    let is_own = |customer: i64| own.is_some_and(|own| customer > own.after && customer <= own.through);
    let mut all = BTreeSet::new();
    let mut take = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<()> {
        let mut statement = tx.prepare(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            all.extend(row.get::<_, Option<i64>>(0)?);
        }
        Ok(())
    };
    take("SELECT DISTINCT row_id FROM import_changes WHERE import_id = ?1 AND table_name = 'customers'", &[&id.0])?;
    for pointer in form.pointers.iter().filter(|pointer| pointer.at == "customers") {
        if let Some(range) = ranges.iter().find(|range| range.table == pointer.table) {
            let (table, column) = (quoted(&pointer.table), quoted(&pointer.column));
            take(&format!("SELECT DISTINCT {column} FROM {table} WHERE {}", range.holds("rowid")), &[])?;
        }
        let sql = format!(
            "SELECT DISTINCT coalesce(before, after) ->> '$.{}' FROM import_changes WHERE import_id = ?1 AND table_name = ?2",
            pointer.column
        );
        take(&sql, &[&id.0, &pointer.table])?;
    }
    all.retain(|customer| !is_own(*customer));
    Ok(all)
}

/// Rows that were there before get back what stood in them, the last change first. What somebody has changed since
/// then stays as it is now.
fn put_back(tx: &Transaction, id: ImportId) -> Result<()> {
    let mut statement = tx.prepare(
        "SELECT table_name, row_id, before, after FROM import_changes WHERE import_id = :id ORDER BY id DESC",
    )?;
    let mut rows = statement.query(named_params! { ":id": id.0 })?;
    while let Some(row) = rows.next()? {
        let (table, row_id): (String, i64) = (row.get("table_name")?, row.get("row_id")?);
        let read = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
        let before: Option<Map<String, Value>> = read(row.get("before")?)?;
        let after: Option<Map<String, Value>> = read(row.get("after")?)?;
        match (before, after) {
            (None, Some(after)) => remove_row(tx, &table, after)?,
            (Some(before), None) => add_row(tx, &table, before)?,
            (Some(before), Some(after)) => change_row(tx, &table, row_id, before, &after)?,
            (None, None) => {}
        }
    }
    Ok(())
}

fn remove_row(tx: &Transaction, table: &str, row: Map<String, Value>) -> Result<()> {
    let places: Vec<String> =
        row.keys().zip(1..).map(|(column, place)| format!("{} IS ?{place}", quoted(column))).collect();
    let sql = format!("DELETE FROM {} WHERE {}", quoted(table), places.join(" AND "));
    tx.prepare_cached(&sql)?.execute(params_from_iter(values(row)))?;
    Ok(())
}

fn add_row(tx: &Transaction, table: &str, row: Map<String, Value>) -> Result<()> {
    let columns: Vec<String> = row.keys().map(|column| quoted(column)).collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    let sql =
        format!("INSERT OR IGNORE INTO {} ({}) VALUES ({})", quoted(table), columns.join(", "), places.join(", "));
    tx.prepare_cached(&sql)?.execute(params_from_iter(values(row)))?;
    Ok(())
}

fn change_row(
    tx: &Transaction,
    table: &str,
    row_id: i64,
    before: Map<String, Value>,
    after: &Map<String, Value>,
) -> Result<()> {
    let mut sets = Vec::new();
    let mut all = vec![Sql::Integer(row_id)];
    for (column, value) in before {
        let Some(made) = after.get(&column).filter(|made| **made != value) else { continue };
        let (name, place) = (quoted(&column), all.len() + 1);
        sets.push(format!("{name} = CASE WHEN {name} IS ?{place} THEN ?{} ELSE {name} END", place + 1));
        all.extend([made.clone(), value].into_iter().map(|value| to_sql(value).unwrap_or(Sql::Null)));
    }
    if !sets.is_empty() {
        let sql = format!("UPDATE {} SET {} WHERE rowid = ?1", quoted(table), sets.join(", "));
        tx.prepare_cached(&sql)?.execute(params_from_iter(all))?;
    }
    Ok(())
}

fn values(row: Map<String, Value>) -> Vec<Sql> {
    row.into_iter().map(|(_, value)| to_sql(value).unwrap_or(Sql::Null)).collect()
}

/// What is made from other columns: the order of names, and the tier that lists show, as it was announced last. Of two
/// records that became one since, figures are kept for the one that stays; answers those that stay.
fn renew(tx: &Transaction, customers: &BTreeSet<i64>, sort_key: &dyn Fn(&str) -> Vec<u8>) -> Result<Vec<CustomerId>> {
    let mut staying = BTreeSet::new();
    for customer in customers {
        let (name, stays): (String, i64) = tx
            .prepare_cached("SELECT name, coalesce(merged_into, id) FROM customers WHERE id = ?1")?
            .query_row([customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
        staying.insert(stays);
        tx.prepare_cached("UPDATE customers SET sort_key = ?2 WHERE id = ?1 AND sort_key IS NOT ?2")?
            .execute(rusqlite::params![customer, sort_key(&name)])?;
    }
    for customer in &staying {
        tx.prepare_cached(
            "UPDATE customer_figures
             SET tier_rank = coalesce((SELECT to_rank
                                       FROM tier_changes
                                       WHERE customer_id IN (SELECT id FROM customers WHERE id = ?1 OR merged_into = ?1)
                                       ORDER BY id DESC
                                       LIMIT 1), 0)
             WHERE customer_id = ?1",
        )?
        .execute([customer])?;
    }
    Ok(staying.into_iter().map(CustomerId).collect())
}
