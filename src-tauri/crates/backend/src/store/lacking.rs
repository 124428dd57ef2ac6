//! What a profile lacks and how much of it is filled in: the same in the profile, in the table and in the list of those
//! whose profiles are to be completed.

use crate::error::Result;
use crate::store;
use rusqlite::{Connection, Row, named_params};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::required::RequiredField;

/// The place of whether the shop requires a field of every new customer; [`settled`] says it before a statement is asked.
macro_rules! required {
    ($field:literal) => {
        concat!("{required:", $field, "}")
    };
}

/// Whether a customer has no handle of a kind.
macro_rules! no_handle {
    ($kind:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM contacts
                         WHERE customer_id = customers.id AND retired_at IS NULL AND kind = '",
            $kind,
            "')"
        )
    };
}

/// What the profile of somebody may lack, with the condition that says so. `customers` is in scope. Some count only
/// where the shop requires them.
pub(crate) const LACKS: [(&str, &str); 12] = [
    (
        "phone",
        concat!(
            "NOT EXISTS (SELECT 1 FROM contacts WHERE customer_id = customers.id AND retired_at IS NULL
                         AND (kind IN ('mobile', 'landline') OR NOT ",
            required!("phone"),
            "))"
        ),
    ),
    ("wechat", concat!(required!("wechat"), " AND ", no_handle!("wechat"))),
    ("email", concat!(required!("email"), " AND ", no_handle!("email"))),
    ("company", concat!("customers.kind = 'person' AND customers.company IS NULL AND ", required!("company"))),
    ("birthday", "customers.kind = 'person' AND customers.birthday_calendar IS NULL"),
    ("gender", "customers.kind = 'person' AND customers.gender IS NULL"),
    ("salutation", "customers.kind = 'person' AND customers.salutation IS NULL"),
    (
        "persons",
        "customers.kind = 'company' AND NOT EXISTS (SELECT 1 FROM contact_persons WHERE customer_id = customers.id)",
    ),
    ("address", "customers.address IS NULL"),
    ("source", "customers.source IS NULL"),
    (
        "habits",
        "customers.habits IS NULL AND NOT EXISTS (SELECT 1 FROM customer_tags WHERE customer_id = customers.id)",
    ),
    (
        "consent",
        "NOT EXISTS (SELECT 1 FROM consents WHERE customer_id = customers.id AND purpose = 'service' AND is_given = 1)",
    ),
];

/// How many things a full profile has. A name is always there; what else counts depends on whether it is a person or a
/// company, and on what the shop requires.
const ASKED: &str = concat!(
    "(iif(customers.kind = 'person', 9 + ",
    required!("company"),
    ", 7) + ",
    required!("wechat"),
    " + ",
    required!("email"),
    ")"
);

/// How much of a profile is filled in, per cent; to be [`settled`].
pub(crate) fn completeness() -> String {
    let lacking: Vec<String> = LACKS.iter().map(|(_, condition)| format!("({condition})")).collect();
    format!("(({ASKED} - ({})) * 100 / {ASKED})", lacking.join(" + "))
}

/// A statement in which it is said what the shop requires: once for a statement, and not at every row.
pub(crate) fn settled(connection: &Connection, mut sql: String) -> Result<String> {
    if sql.contains("{required:") {
        let required = store::book::required_fields(connection)?;
        for field in RequiredField::ALL {
            let is_required = if required.contains(&field) { "1" } else { "0" };
            sql = sql.replace(&format!("{{required:{}}}", field.name()), is_required);
        }
    }
    Ok(sql)
}

/// What one profile lacks, as keys, and how much of it is filled in, per cent.
pub(crate) struct Filled {
    pub lacks: Vec<String>,
    pub completeness: u32,
}

/// What one profile lacks: every condition is looked at once.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId) -> Result<Filled> {
    let columns: Vec<String> = LACKS.iter().map(|(key, condition)| format!("({condition}) AS {key}")).collect();
    let sql = format!("SELECT {}, {ASKED} AS asked FROM customers WHERE id = :id", columns.join(", "));
    let sql = settled(connection, sql)?;
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, |row| {
        let mut lacks = vec![];
        for (key, _) in LACKS {
            if row.get::<_, bool>(key)? {
                lacks.push(key.to_owned());
            }
        }
        let asked: u32 = row.get("asked")?;
        let there = asked.saturating_sub(u32::try_from(lacks.len()).unwrap_or(asked));
        Ok(Filled { lacks, completeness: there * 100 / asked.max(1) })
    })?;
    Ok(found)
}

/// Whose profile lacks something, those who spend most first.
pub(crate) fn incomplete(
    connection: &Connection,
    lacking: Option<&str>,
    (offset, limit): (i64, i64),
) -> Result<(Vec<CustomerId>, i64)> {
    let conditions: Vec<String> = LACKS
        .iter()
        .filter(|(key, _)| lacking.is_none_or(|wanted| wanted == *key))
        .map(|(_, condition)| format!("({condition})"))
        .collect();
    let narrowed = settled(
        connection,
        format!(
            "FROM customer_figures AS figures
             CROSS JOIN customers ON customers.id = figures.customer_id
             WHERE {}",
            conditions.join(" OR ")
        ),
    )?;
    let total = connection.query_row(&format!("SELECT count(*) AS n {narrowed}"), [], |row| row.get("n"))?;
    let sql = format!(
        "SELECT customers.id AS id {narrowed} ORDER BY figures.net_minor DESC, figures.customer_id DESC LIMIT :limit OFFSET :offset"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":limit": limit, ":offset": offset }, read_id)?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, total))
}

fn read_id(row: &Row) -> rusqlite::Result<CustomerId> {
    Ok(CustomerId(row.get("id")?))
}
