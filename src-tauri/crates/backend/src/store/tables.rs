//! The table of customers as SQL: conditions, saved views, tags for many at once. Values are always bound, never written
//! into the text.

use crate::api::customers::CustomerFilter;
use crate::api::tables::{FilterCondition, FilterField, FilterGroup, FilterOp, FilterTree, SavedView};
use crate::error::{ApiError, Result};
use crate::store::privacy::LACKS;
use chrono::{Duration, NaiveDate};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params, params_from_iter};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// Conditions as SQL over `customers` and `figures`, with their values in order.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    pub sql: String,
    pub values: Vec<Value>,
}

/// Turns conditions into SQL; `None` when they hold for everybody.
///
/// # Errors
/// A value that does not fit its field, marked where it stands.
pub(crate) fn narrow(tree: &FilterTree, today: NaiveDate) -> Result<Option<Narrowed>> {
    let mut narrowed = Narrowed::default();
    let mut groups = vec![];
    for (g, group) in tree.groups.iter().enumerate() {
        let mut parts = vec![];
        for (c, condition) in group.conditions.iter().enumerate() {
            let part = part(condition, today, &mut narrowed.values)
                .ok_or_else(|| FieldError::new(format!("groups.{g}.conditions.{c}.value"), "filter.value"))?;
            parts.push(format!("({part})"));
        }
        if !parts.is_empty() {
            groups.push(format!("({})", parts.join(if group.any { " OR " } else { " AND " })));
        }
    }
    if groups.is_empty() {
        return Ok(None);
    }
    narrowed.sql = groups.join(if tree.any { " OR " } else { " AND " });
    Ok(Some(narrowed))
}

/// All that narrows the table: the quick choices above it and the conditions.
pub(crate) fn narrow_filter(filter: &CustomerFilter, today: NaiveDate) -> Result<Option<Narrowed>> {
    let choice = |field, value: Option<String>| {
        value.map(|value| FilterCondition { field, op: FilterOp::Is, value: Some(value) })
    };
    let quick = [
        choice(FilterField::Segment, filter.segment.clone()),
        choice(FilterField::Tier, filter.tier.map(|tier| tier.to_string())),
        choice(FilterField::Tag, filter.tag.clone()),
    ];
    let conditions = quick.into_iter().flatten().collect();
    let quick = FilterTree { any: false, groups: vec![FilterGroup { any: false, conditions }] };
    let asked = filter.conditions.as_ref().map(|tree| narrow(tree, today)).transpose()?.flatten();
    Ok(match (narrow(&quick, today)?, asked) {
        (Some(one), Some(other)) => Some(Narrowed {
            sql: format!("({}) AND ({})", one.sql, other.sql),
            values: [one.values, other.values].concat(),
        }),
        (one, other) => one.or(other),
    })
}

const HAS_PHONE: &str = "EXISTS (SELECT 1 FROM contacts
        WHERE contacts.customer_id = customers.id AND retired_at IS NULL AND kind IN ('mobile', 'landline'))";
const HAS_TAG: &str = "EXISTS (SELECT 1 FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id
        WHERE customer_tags.customer_id = customers.id";
/// How much of a profile is filled in, per cent, as the profile itself says it.
fn completeness() -> String {
    let lacking: Vec<String> = LACKS.iter().map(|(_, condition)| format!("({condition})")).collect();
    let asked = "iif(customers.kind = 'person', 9, 7)";
    format!("(({asked} - ({})) * 100 / {asked})", lacking.join(" + "))
}

fn part(condition: &FilterCondition, today: NaiveDate, values: &mut Vec<Value>) -> Option<String> {
    use FilterField as F;
    use FilterOp as O;
    let text = condition.value.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let completeness = completeness();
    let column = match condition.field {
        F::Name => "customers.name",
        F::Source => "customers.source",
        F::Company => "customers.company",
        F::Kind => "customers.kind",
        F::Gender => "customers.gender",
        F::Segment => "figures.class_key",
        F::Tier => "figures.tier_rank",
        F::NetMinor => "figures.net_minor",
        F::Orders => "figures.orders",
        F::LastOn => "figures.last_on",
        F::FirstOn => "figures.first_on",
        F::JoinedOn => "customers.joined_on",
        F::BirthMonth => "customers.birth_month",
        F::OpenComplaints => "figures.open_complaints",
        F::Completeness => &completeness,
        F::Phone => {
            return match condition.op {
                O::Empty => Some(format!("NOT {HAS_PHONE}")),
                O::Filled => Some(HAS_PHONE.to_owned()),
                _ => None,
            };
        }
        F::Tag => {
            let not = matches!(condition.op, O::IsNot | O::Empty);
            let has = match condition.op {
                O::Is | O::IsNot => {
                    values.push(text?.to_owned().into());
                    format!("{HAS_TAG} AND tags.name = ?)")
                }
                O::Contains => {
                    values.push(text?.to_owned().into());
                    format!("{HAS_TAG} AND instr(tags.name, ?) > 0)")
                }
                O::Empty | O::Filled => format!("{HAS_TAG})"),
                _ => return None,
            };
            return Some(if not { format!("NOT {has}") } else { has });
        }
    };
    let is_day = matches!(condition.field, F::LastOn | F::FirstOn | F::JoinedOn);
    let is_number = matches!(
        condition.field,
        F::Tier | F::NetMinor | F::Orders | F::BirthMonth | F::OpenComplaints | F::Completeness
    );
    let mut value = |text: &str| -> Option<()> {
        values.push(if is_number {
            text.parse::<i64>().ok()?.into()
        } else if is_day {
            text.parse::<NaiveDate>().ok()?.to_string().into()
        } else {
            text.to_owned().into()
        });
        Some(())
    };
    match condition.op {
        O::Empty => Some(format!("{column} IS NULL")),
        O::Filled => Some(format!("{column} IS NOT NULL")),
        O::Is => value(text?).map(|()| format!("{column} IS ?")),
        O::IsNot => value(text?).map(|()| format!("{column} IS NOT ?")),
        O::Contains if !is_day && !is_number => value(text?).map(|()| format!("instr({column}, ?) > 0")),
        O::AtLeast if is_day || is_number => value(text?).map(|()| format!("{column} >= ?")),
        O::AtMost if is_day || is_number => value(text?).map(|()| format!("{column} <= ?")),
        O::WithinDays | O::OverDays if is_day => {
            let days: i64 = text?.parse().ok().filter(|days| (0..=36_500).contains(days))?;
            values.push(today.checked_sub_signed(Duration::days(days))?.to_string().into());
            Some(if condition.op == O::WithinDays { format!("{column} >= ?") } else { format!("{column} < ?") })
        }
        _ => None,
    }
}

/// Ids of all whom conditions show.
pub(crate) fn ids(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<CustomerId>> {
    let sql = format!(
        "SELECT customers.id
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         WHERE {sql}
         ORDER BY customers.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Ok(CustomerId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All tags, by name.
pub(crate) fn tag_names(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached("SELECT name FROM tags ORDER BY name")?;
    let rows = statement.query_map([], |row| row.get("name"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Saved views, by name.
pub(crate) fn views(connection: &Connection) -> Result<Vec<SavedView>> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, definition, is_default FROM customer_views ORDER BY name, id")?;
    let mut rows = statement.query([])?;
    let mut views = vec![];
    while let Some(row) = rows.next()? {
        let definition: String = row.get("definition")?;
        views.push(SavedView {
            id: row.get("id")?,
            name: row.get("name")?,
            definition: serde_json::from_str(&definition)?,
            is_default: row.get("is_default")?,
        });
    }
    Ok(views)
}

/// Saves a view under its name; at most one is the default.
pub(crate) fn save_view(
    tx: &Transaction,
    name: &str,
    definition: &str,
    is_default: bool,
    staff: StaffId,
    at: Timestamp,
) -> Result<i64> {
    if is_default {
        tx.execute("UPDATE customer_views SET is_default = 0 WHERE is_default = 1", [])?;
    }
    Ok(tx.query_row(
        "INSERT INTO customer_views (name, definition, is_default, changed_at, staff_id)
         VALUES (:name, :definition, :is_default, :at, :staff)
         ON CONFLICT (name) DO UPDATE
         SET definition = excluded.definition, is_default = excluded.is_default, changed_at = excluded.changed_at,
             staff_id = excluded.staff_id
         RETURNING id",
        named_params! {
            ":name": name, ":definition": definition, ":is_default": is_default, ":at": at.millis(), ":staff": staff.0,
        },
        |row| row.get("id"),
    )?)
}

/// Takes a view away.
///
/// # Errors
/// `NotFound`.
pub(crate) fn delete_view(tx: &Transaction, id: i64) -> Result<()> {
    match tx.execute("DELETE FROM customer_views WHERE id = ?1", params![id])? {
        0 => Err(ApiError::not_found("view")),
        _ => Ok(()),
    }
}

/// Gives a tag to those who do not have it; answers who got it.
pub(crate) fn give_tag(tx: &Transaction, customers: &[CustomerId], tag: &str) -> Result<Vec<CustomerId>> {
    tx.prepare_cached("INSERT INTO tags (name) VALUES (?1) ON CONFLICT (name) DO NOTHING")?.execute([tag])?;
    let mut give = tx.prepare_cached(
        "INSERT OR IGNORE INTO customer_tags (customer_id, tag_id) SELECT ?1, id FROM tags WHERE name = ?2",
    )?;
    let mut got = vec![];
    for customer in customers {
        if give.execute(params![customer.0, tag])? > 0 {
            got.push(*customer);
        }
    }
    Ok(got)
}

/// Takes a tag from those who have it; answers who lost it.
pub(crate) fn take_tag(tx: &Transaction, customers: &[CustomerId], tag: &str) -> Result<Vec<CustomerId>> {
    let mut take = tx.prepare_cached(
        "DELETE FROM customer_tags WHERE customer_id = ?1 AND tag_id = (SELECT id FROM tags WHERE name = ?2)",
    )?;
    let mut lost = vec![];
    for customer in customers {
        if take.execute(params![customer.0, tag])? > 0 {
            lost.push(*customer);
        }
    }
    Ok(lost)
}

/// How many of some customers have a tag.
pub(crate) fn having(connection: &Connection, customers: &[CustomerId], tag: &str) -> Result<Vec<CustomerId>> {
    let mut has = connection.prepare_cached(
        "SELECT 1 FROM customer_tags WHERE customer_id = ?1 AND tag_id = (SELECT id FROM tags WHERE name = ?2)",
    )?;
    let mut found = vec![];
    for customer in customers {
        if has.exists(params![customer.0, tag])? {
            found.push(*customer);
        }
    }
    Ok(found)
}

/// Writes down a change for many, so that it can be taken back.
pub(crate) fn insert_change(tx: &Transaction, record: &str, staff: StaffId, at: Timestamp) -> Result<i64> {
    tx.execute(
        "INSERT INTO bulk_changes (changed_at, staff_id, record) VALUES (?1, ?2, ?3)",
        params![at.millis(), staff.0, record],
    )?;
    Ok(tx.last_insert_rowid())
}

/// A change for many that was not taken back.
pub(crate) fn change(connection: &Connection, id: i64) -> Result<Option<String>> {
    let mut statement =
        connection.prepare_cached("SELECT record FROM bulk_changes WHERE id = ?1 AND undone_at IS NULL")?;
    Ok(statement.query_row([id], |row| row.get("record")).optional()?)
}

/// A change for many was taken back.
pub(crate) fn mark_change_undone(tx: &Transaction, id: i64, at: Timestamp) -> Result<()> {
    tx.execute("UPDATE bulk_changes SET undone_at = ?2 WHERE id = ?1", params![id, at.millis()])?;
    Ok(())
}
