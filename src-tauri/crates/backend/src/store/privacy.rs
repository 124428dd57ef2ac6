//! Consents, erasing, one person's rows, and who is to be looked after.

mod blanks;

use crate::api::privacy::{ConsentChange, ConsentView, EraseReason, Purpose};
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Notes a consent, or that it was taken back.
pub(crate) fn insert_consent(
    tx: &Transaction,
    change: &ConsentChange,
    given_on: NaiveDate,
    (staff, at): (StaffId, Timestamp),
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO consents (customer_id, purpose, is_given, given_on, way, recorded_at, staff_id)
         VALUES (:customer, :purpose, :given, :on, :way, :at, :staff)",
    )?
    .execute(named_params! {
        ":customer": change.customer_id.0, ":purpose": store::as_word(change.purpose)?, ":given": change.is_given,
        ":on": given_on.to_string(), ":way": store::as_word(change.way)?, ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(tx.last_insert_rowid())
}

/// The newest of each purpose.
pub(crate) fn consents(connection: &Connection, id: CustomerId) -> Result<Vec<ConsentView>> {
    let mut statement = connection.prepare_cached(
        "SELECT purpose, is_given, given_on, way, staff.name AS staff
         FROM consents
         JOIN staff ON staff.id = consents.staff_id
         WHERE consents.id IN (SELECT max(id)
                               FROM consents
                               WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
                               GROUP BY purpose)
         ORDER BY CASE purpose WHEN 'service' THEN 0 WHEN 'marketing' THEN 1 ELSE 2 END",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(ConsentView {
            purpose: store::word(row, "purpose")?,
            is_given: row.get("is_given")?,
            given_on: store::day(row, "given_on")?,
            way: store::word(row, "way")?,
            staff: row.get("staff")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who agreed to a purpose, or said no to it, when they were last asked, with the member number; the records of a merged customer are one person.
pub(crate) fn answered(connection: &Connection, purpose: Purpose, given: bool) -> Result<Vec<(CustomerId, String)>> {
    let mut statement = connection.prepare_cached(
        "WITH said AS (
             SELECT coalesce(customers.merged_into, customers.id) AS person, consents.is_given,
                    row_number() OVER (PARTITION BY coalesce(customers.merged_into, customers.id)
                                       ORDER BY consents.id DESC) AS turn
             FROM consents
             JOIN customers ON customers.id = consents.customer_id
             WHERE consents.purpose = :purpose
         )
         SELECT person, member_no
         FROM said
         JOIN customers ON customers.id = person
         WHERE turn = 1 AND is_given = :given",
    )?;
    let asked = named_params! { ":purpose": store::as_word(purpose)?, ":given": given };
    let rows = statement.query_map(asked, |row| Ok((CustomerId(row.get("person")?), row.get("member_no")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Member numbers of those who agreed that their data be shared with partners, and have not taken it back.
pub(crate) fn sharing_members(connection: &Connection) -> Result<BTreeSet<String>> {
    Ok(answered(connection, Purpose::Sharing, true)?.into_iter().map(|(_, member_no)| member_no).collect())
}

/// How often a person had handles shown since a moment.
pub(crate) fn reveals_since(connection: &Connection, staff: StaffId, since: Timestamp) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) AS n FROM audit WHERE staff_id = :staff AND action = 'customer.reveal_phone' AND at >= :since",
    )?;
    Ok(statement.query_row(named_params! { ":staff": staff.0, ":since": since.millis() }, |row| row.get("n"))?)
}

/// Somebody who was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Erasure {
    pub customer: CustomerId,
    pub at: Timestamp,
}

/// Everybody who was erased.
pub(crate) fn erasures(connection: &Connection) -> Result<Vec<Erasure>> {
    let mut statement =
        connection.prepare_cached("SELECT customer_id, erased_at FROM erasures ORDER BY erased_at, customer_id")?;
    let rows = statement.query_map([], |row| {
        Ok(Erasure { customer: CustomerId(row.get("customer_id")?), at: store::instant(row, "erased_at")? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a customer was erased.
pub(crate) fn is_erased(connection: &Connection, id: CustomerId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT customer_id FROM erasures WHERE customer_id = :id")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}

/// Rows about the person alone; they go. The order respects what points at what.
const GOES: [(&str, &str); 19] = [
    ("seldom_reasons", "customer_id"),
    ("customer_plans", "customer_id"),
    ("dedicated_contacts", "customer_id"),
    ("usual_orders", "customer_id"),
    ("arrival_notices", "customer_id"),
    ("wishes", "customer_id"),
    ("attachments", "customer_id"),
    ("custom_values", "customer_id"),
    ("interactions", "customer_id"),
    ("anniversaries", "customer_id"),
    ("contact_persons", "customer_id"),
    ("customer_details", "customer_id"),
    ("notes", "customer_id"),
    ("contacts", "customer_id"),
    ("customer_tags", "customer_id"),
    ("segment_assignments", "customer_id"),
    ("tier_changes", "customer_id"),
    ("customer_search", "customer_id"),
    ("customer_figures", "customer_id"),
];

/// Columns in which people write freely, in whatever table points at a customer.
const FREE_TEXT: [&str; 14] = [
    "note",
    "text",
    "reason",
    "description",
    "words",
    "message",
    "draft",
    "body",
    "summary",
    "comment",
    "title",
    "answer",
    "customer_text",
    "remedy_sought",
];

/// Rows about the person alone.
pub(crate) fn count_rows(connection: &Connection, id: CustomerId) -> Result<i64> {
    let mut rows = 0;
    for (table, column) in GOES {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE {column} = :id");
        rows +=
            connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, |row| row.get::<_, i64>("n"))?;
    }
    Ok(rows)
}

/// Sales and complaints that would stay without a name.
pub(crate) fn count_kept(connection: &Connection, id: CustomerId) -> Result<(i64, i64)> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM sales WHERE customer_id = :id) AS sales,
                (SELECT count(*) FROM complaints WHERE customer_id = :id) AS complaints",
    )?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, |row| Ok((row.get("sales")?, row.get("complaints")?)))?)
}

/// Takes a person out of the book: rows about the person go, sales and complaints stay without name and words, the
/// customer's own row becomes a nameless number.
pub(crate) fn erase(tx: &Transaction, id: CustomerId) -> Result<()> {
    let customer = named_params! { ":id": id.0 };
    // What a merge remembers of both records, to be taken back, goes with either.
    tx.execute("DELETE FROM merges WHERE survivor_id = :id OR absorbed_id = :id", customer)?;
    tx.execute(
        "DELETE FROM attachment_slices WHERE attachment_id IN (SELECT id FROM attachments WHERE customer_id = :id)",
        customer,
    )?;
    tx.execute(
        "DELETE FROM usual_order_lines WHERE usual_order_id IN (SELECT id FROM usual_orders WHERE customer_id = :id)",
        customer,
    )?;
    blanks::reports(tx, id)?;
    for (table, column) in GOES.into_iter().chain([("customers", "id")]) {
        // What an import changed is remembered with its values, to be taken back; also of rows that it removed.
        let remembered = format!("SELECT rowid FROM {table} WHERE {column} = :id");
        let forget = format!(
            "DELETE FROM import_changes
             WHERE table_name = '{table}'
               AND (row_id IN ({remembered}) OR coalesce(before, after) ->> '$.{column}' = :id)"
        );
        tx.execute(&forget, customer)?;
    }
    for (table, column) in GOES {
        tx.execute(&format!("DELETE FROM {table} WHERE {column} = :id"), customer)?;
    }
    for unlink in [
        "UPDATE contact_persons SET person_id = NULL WHERE person_id = :id",
        "UPDATE customer_details SET parent_id = NULL WHERE parent_id = :id",
        "UPDATE customer_details SET referrer_id = NULL WHERE referrer_id = :id",
        "UPDATE approvals
         SET reason = '–'
         WHERE entity = 'customer' AND entity_id = :id
            OR entity = 'sale' AND entity_id IN (SELECT id FROM sales WHERE customer_id = :id)
            OR entity = 'complaint' AND entity_id IN (SELECT id FROM complaints WHERE customer_id = :id)",
        "UPDATE refunds SET reason = NULL WHERE sale_id IN (SELECT id FROM sales WHERE customer_id = :id)",
    ]
    .into_iter()
    .chain(blanks::CASES)
    {
        tx.execute(unlink, customer)?;
    }
    blanks::events(tx, id)?;
    for (table, column, is_needed) in pointing_at_customers(tx)? {
        if matches!(table.as_str(), "erasures" | "consents") {
            continue;
        }
        for text in free_text(tx, &table)? {
            // A rule of the table may want some text there: then a dash stands for it.
            let condition = format!("WHERE \"{column}\" = :id AND \"{text}\" IS NOT NULL");
            tx.execute(&format!("UPDATE OR IGNORE \"{table}\" SET \"{text}\" = '–' {condition}"), customer)?;
        }
        if matches!(table.as_str(), "sales" | "complaints") && !is_needed {
            tx.execute(&format!("UPDATE \"{table}\" SET \"{column}\" = NULL WHERE \"{column}\" = :id"), customer)?;
        }
    }
    tx.execute(
        "UPDATE customers
         SET member_no = 'erased-' || id, ref = NULL, name = '–', salutation = NULL, mnemonic = '', sort_key = X'',
             company = NULL, gender = NULL, birthday_calendar = NULL, birth_year = NULL, birth_month = NULL,
             birth_day = NULL, birth_is_leap = 0, address = NULL, source = NULL, note = NULL, habits = NULL,
             opening_spend_minor = 0, opening_visits = 0, opening_points = 0, opening_on = NULL, import_id = NULL
         WHERE id = :id",
        customer,
    )?;
    Ok(())
}

/// Every column of every table that points at a customer, and whether it may not be empty.
fn pointing_at_customers(connection: &Connection) -> Result<Vec<(String, String, bool)>> {
    pointing_at(connection, "customers")
}

fn pointing_at(connection: &Connection, target: &str) -> Result<Vec<(String, String, bool)>> {
    let mut statement = connection.prepare_cached(
        "SELECT tables.name AS name, keys.\"from\" AS \"column\",
                (SELECT max(info.\"notnull\", info.pk) FROM pragma_table_info(tables.name) AS info
                 WHERE info.name = keys.\"from\") AS is_needed
         FROM sqlite_schema AS tables
         JOIN pragma_foreign_key_list(tables.name) AS keys
         WHERE tables.type = 'table' AND keys.\"table\" = :target
         ORDER BY tables.name, keys.\"from\"",
    )?;
    let rows = statement.query_map(named_params! { ":target": target }, |row| {
        Ok((row.get("name")?, row.get("column")?, row.get("is_needed")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn free_text(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT' ORDER BY cid")?;
    let names = statement.query_map([table], |row| row.get::<_, String>("name"))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    Ok(names.into_iter().filter(|name| FREE_TEXT.contains(&name.as_str())).collect())
}

/// Notes that somebody was erased.
pub(crate) fn insert_erasure(
    tx: &Transaction,
    id: CustomerId,
    reason: EraseReason,
    (staff, at): (StaffId, Timestamp),
) -> Result<()> {
    tx.execute(
        "INSERT INTO erasures (customer_id, erased_at, reason, staff_id) VALUES (:id, :at, :reason, :staff)
         ON CONFLICT (customer_id) DO NOTHING",
        named_params! { ":id": id.0, ":at": at.millis(), ":reason": store::as_word(reason)?, ":staff": staff.0 },
    )?;
    Ok(())
}

/// Backups made since a moment: path and when.
pub(crate) fn backups_since(connection: &Connection, since: Timestamp) -> Result<Vec<(PathBuf, Timestamp)>> {
    let mut statement = connection
        .prepare_cached("SELECT path, made_at FROM backups WHERE made_at >= :since ORDER BY sequence DESC")?;
    let rows = statement.query_map(named_params! { ":since": since.millis() }, |row| {
        Ok((PathBuf::from(row.get::<_, String>("path")?), store::instant(row, "made_at")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Folders in which backups were made.
pub(crate) fn backup_folders(connection: &Connection) -> Result<Vec<PathBuf>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT folder FROM backups ORDER BY folder")?;
    let rows = statement.query_map([], |row| Ok(PathBuf::from(row.get::<_, String>("folder")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One person's rows: every table that points at the person, and what belongs to those rows; each row as JSON text.
pub(crate) fn subject(
    connection: &Connection,
    id: CustomerId,
    mut each: impl FnMut(&str, &str) -> Result<()>,
) -> Result<i64> {
    let mut rows = 0;
    let mut put = |table: &str, condition: &str| -> Result<()> {
        store::everything::rows_where(connection, table, condition, id.0, |row| {
            rows += 1;
            each(table, row)
        })
    };
    put("customers", "id = ?1")?;
    let mut first: Vec<(String, String)> = vec![];
    for (table, column, _) in pointing_at_customers(connection)? {
        // Search lines and figures are made from the rest; another person's ties are that person's.
        let is_own = !matches!(column.as_str(), "parent_id" | "referrer_id" | "merged_into" | "person_id");
        if is_own && !matches!(table.as_str(), "customer_search" | "customer_figures") {
            put(&table, &format!("\"{column}\" = ?1"))?;
            first.push((table, column));
        }
    }
    for (parent, parent_column) in &first {
        for (table, column, _) in pointing_at(connection, parent)? {
            if first.iter().all(|(known, _)| *known != table) {
                let own = format!("\"{column}\" IN (SELECT id FROM \"{parent}\" WHERE \"{parent_column}\" = ?1)");
                put(&table, &own)?;
            }
        }
    }
    put(
        "approvals",
        "entity = 'customer' AND entity_id = ?1
         OR entity = 'sale' AND entity_id IN (SELECT id FROM sales WHERE customer_id = ?1)
         OR entity = 'complaint' AND entity_id IN (SELECT id FROM complaints WHERE customer_id = ?1)",
    )?;
    put("tags", "id IN (SELECT tag_id FROM customer_tags WHERE customer_id = ?1)")?;
    Ok(rows)
}

fn read_id(row: &Row) -> rusqlite::Result<CustomerId> {
    Ok(CustomerId(row.get("id")?))
}

/// Who was not seen for long, a page of them.
pub(crate) struct Unseen {
    /// Who, and when last, longest away first.
    pub page: Vec<(CustomerId, NaiveDate)>,
    /// How many in all.
    pub total: i64,
    /// How many are away as long but have an open case, and so are none of them.
    pub with_open_case: i64,
}

/// Who neither bought nor was in contact since a day. Whoever has an open case is still needed.
pub(crate) fn unseen_since(
    connection: &Connection,
    day: NaiveDate,
    at: Timestamp,
    (offset, limit): (i64, i64),
) -> Result<Unseen> {
    let narrowed = "FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         WHERE customers.joined_on < :day AND (figures.last_on IS NULL OR figures.last_on < :day)
           AND NOT EXISTS (SELECT 1 FROM interactions WHERE customer_id = customers.id AND at >= :at)
           AND NOT EXISTS (SELECT 1 FROM notes WHERE customer_id = customers.id AND at >= :at)
           AND NOT EXISTS (SELECT 1 FROM complaints WHERE customer_id = customers.id AND received_at >= :at)";
    let (text, millis) = (day.to_string(), at.millis());
    let (total, with_open_case) = connection.query_row(
        &format!(
            "SELECT count(*) FILTER (WHERE figures.open_complaints = 0) AS n,
                    count(*) FILTER (WHERE figures.open_complaints > 0) AS kept
             {narrowed}"
        ),
        named_params! { ":day": text, ":at": millis },
        |row| Ok((row.get("n")?, row.get("kept")?)),
    )?;
    let sql = format!(
        "SELECT customers.id, max(customers.joined_on, coalesce(figures.last_on, '')) AS last_on
         {narrowed} AND figures.open_complaints = 0
         ORDER BY last_on, customers.id
         LIMIT :limit OFFSET :offset"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(named_params! { ":day": text, ":at": millis, ":limit": limit, ":offset": offset }, |row| {
            Ok((read_id(row)?, store::day(row, "last_on")?))
        })?;
    Ok(Unseen { page: rows.collect::<rusqlite::Result<_>>()?, total, with_open_case })
}

/// The records that were merged into a customer.
pub(crate) fn merged_into(connection: &Connection, id: CustomerId) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM customers WHERE merged_into = :id ORDER BY id")?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read_id)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a case of the customer is open.
pub(crate) fn has_open_complaint(connection: &Connection, id: CustomerId) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM complaints WHERE customer_id = :id AND is_open = 1 LIMIT 1")?;
    Ok(statement.exists(named_params! { ":id": id.0 })?)
}
