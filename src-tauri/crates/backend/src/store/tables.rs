//! The table of customers as SQL: conditions, saved views, tags for many at once. Values are always bound, never written
//! into the text.

use crate::api::conditions::{FilterCondition, FilterField, FilterGroup, FilterOp, FilterTree};
use crate::api::customers::CustomerFilter;
use crate::api::views::{KeptLayout, SavedView};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::lacking::{completeness, settled};
use crate::store::priority::Priorities;
use chrono::{Duration, NaiveDate};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params, params_from_iter};
use shukebu_domain::custom_field::{self, FieldKind};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{CustomFieldId, CustomerId, StaffId};
use shukebu_domain::time::Timestamp;

/// Conditions as SQL over `customers` and `figures`, with their values in order; empty when they hold for everybody.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Narrowed {
    pub fn is_everybody(&self) -> bool {
        self.sql.is_empty()
    }

    /// `WHERE …`, or nothing.
    pub fn where_clause(&self) -> String {
        if self.is_everybody() { String::new() } else { format!("WHERE {}", self.sql) }
    }

    /// `WHERE … AND`, for one condition more; its values follow these.
    pub fn where_and(&self) -> String {
        if self.is_everybody() { "WHERE".to_owned() } else { format!("WHERE ({}) AND", self.sql) }
    }
}

/// What conditions are asked of.
pub(crate) struct Asked<'a> {
    pub connection: &'a Connection,
    pub today: NaiveDate,
    /// Everybody of a list that fills itself; such a list is no SQL.
    pub list: &'a dyn Fn(i64) -> Result<Vec<CustomerId>>,
    /// Everybody who is likely to want a product.
    pub intent: &'a dyn Fn(i64) -> Result<Vec<CustomerId>>,
    /// Everybody's priority; it follows the numbers of the day and is no SQL either.
    pub priorities: &'a dyn Fn() -> Result<Priorities>,
}

/// Turns conditions into SQL.
///
/// # Errors
/// A value that does not fit its field, marked where it stands.
pub(crate) fn narrow(tree: &FilterTree, asked: &Asked<'_>) -> Result<Narrowed> {
    let mut narrowed = Narrowed::default();
    let mut groups = vec![];
    for (g, group) in tree.groups.iter().enumerate() {
        let mut parts = vec![];
        for (c, condition) in group.conditions.iter().enumerate() {
            let part = part(condition, asked, &mut narrowed.values)?
                .ok_or_else(|| FieldError::new(format!("groups.{g}.conditions.{c}.value"), "filter.value"))?;
            parts.push(format!("({part})"));
        }
        if !parts.is_empty() {
            groups.push(format!("({})", parts.join(if group.any { " OR " } else { " AND " })));
        }
    }
    narrowed.sql = groups.join(if tree.any { " OR " } else { " AND " });
    Ok(narrowed)
}

/// All that narrows the table: the quick choices above it and the conditions.
pub(crate) fn narrow_filter(filter: &CustomerFilter, asked: &Asked<'_>) -> Result<Narrowed> {
    let choice = |field, value: Option<String>| {
        value.map(|value| FilterCondition { field, of: None, op: FilterOp::Is, value: Some(value) })
    };
    let quick = [
        choice(FilterField::Segment, filter.segment.clone()),
        choice(FilterField::Tier, filter.tier.map(|tier| tier.to_string())),
        choice(FilterField::Tag, filter.tag.clone()),
    ];
    let conditions = quick.into_iter().flatten().collect();
    let quick = narrow(&FilterTree { any: false, groups: vec![FilterGroup { any: false, conditions }] }, asked)?;
    let Some(tree) = &filter.conditions else { return Ok(quick) };
    let own = narrow(tree, asked)?;
    if quick.is_everybody() || own.is_everybody() {
        return Ok(if quick.is_everybody() { own } else { quick });
    }
    let sql = format!("({}) AND ({})", quick.sql, own.sql);
    Ok(Narrowed { sql, values: [quick.values, own.values].concat() })
}

const HAS_PHONE: &str = "EXISTS (SELECT 1 FROM contacts
        WHERE contacts.customer_id = customers.id AND retired_at IS NULL AND kind IN ('mobile', 'landline'))";
const HAS_TAG: &str = "EXISTS (SELECT 1 FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id
        WHERE customer_tags.customer_id = customers.id";

/// One condition; `None` where its value does not fit.
fn part(condition: &FilterCondition, asked: &Asked<'_>, values: &mut Vec<Value>) -> Result<Option<String>> {
    use FilterField as F;
    let text = condition.value.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mut plain = |name: &str, kind| Ok(compared(&Column { name, kind }, condition.op, text, asked.today, values));
    match condition.field {
        F::Name => plain("customers.name", Kind::Text),
        F::Source => plain("customers.source", Kind::Text),
        F::Company => plain("customers.company", Kind::Text),
        F::Address => plain("customers.address", Kind::Text),
        F::Note => plain("customers.note", Kind::Text),
        F::Habits => plain("customers.habits", Kind::Text),
        F::Kind => plain("customers.kind", Kind::Text),
        F::Gender => plain("customers.gender", Kind::Text),
        F::Segment => plain("figures.class_key", Kind::Text),
        F::Tier => plain("figures.tier_rank", Kind::Number),
        F::NetMinor => plain("figures.net_minor", Kind::Number),
        F::Orders => plain("figures.orders", Kind::Number),
        F::LastOn => plain("figures.last_on", Kind::Day),
        F::FirstOn => plain("figures.first_on", Kind::Day),
        F::JoinedOn => plain("customers.joined_on", Kind::Day),
        F::BirthMonth => plain("customers.birth_month", Kind::Number),
        F::OpenComplaints => plain("figures.open_complaints", Kind::Number),
        F::Completeness => plain(&settled(asked.connection, completeness())?, Kind::Number),
        F::Phone => Ok(match condition.op {
            FilterOp::Empty => Some(format!("NOT {HAS_PHONE}")),
            FilterOp::Filled => Some(HAS_PHONE.to_owned()),
            _ => None,
        }),
        F::Tag => Ok(tag(condition.op, text, values)),
        F::Scheme => Ok(class(condition, text, values)),
        F::List => list(condition.op, text, asked.list, values),
        F::Intent => list(condition.op, text, asked.intent, values),
        F::Priority => priority(condition.op, text, asked, values),
        F::Field => own_field(condition, text, asked, values),
    }
}

/// How a column is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// Typed as a number, kept in thousandths.
    Milli,
    Day,
}

struct Column<'a> {
    name: &'a str,
    kind: Kind,
}

impl Kind {
    fn value(self, text: &str) -> Option<Value> {
        Some(match self {
            Self::Text => text.to_owned().into(),
            Self::Number => text.parse::<i64>().ok()?.into(),
            Self::Milli => custom_field::milli(text)?.into(),
            Self::Day => text.parse::<NaiveDate>().ok()?.to_string().into(),
        })
    }
}

fn compared(
    column: &Column<'_>,
    op: FilterOp,
    text: Option<&str>,
    today: NaiveDate,
    values: &mut Vec<Value>,
) -> Option<String> {
    use FilterOp as O;
    let (name, kind) = (column.name, column.kind);
    let mut with = |sql: &str| {
        values.push(kind.value(text?)?);
        Some(format!("{name} {sql} ?"))
    };
    match op {
        O::Empty => Some(format!("{name} IS NULL")),
        O::Filled => Some(format!("{name} IS NOT NULL")),
        O::Is => with("IS"),
        O::IsNot => with("IS NOT"),
        O::AtLeast if kind != Kind::Text => with(">="),
        O::AtMost if kind != Kind::Text => with("<="),
        O::Contains if kind == Kind::Text => {
            values.push(kind.value(text?)?);
            Some(format!("instr({name}, ?) > 0"))
        }
        O::WithinDays | O::OverDays if kind == Kind::Day => {
            let days: i64 = text?.parse().ok().filter(|days| (0..=36_500).contains(days))?;
            values.push(today.checked_sub_signed(Duration::days(days))?.to_string().into());
            Some(if op == O::WithinDays { format!("{name} >= ?") } else { format!("{name} < ?") })
        }
        _ => None,
    }
}

fn tag(op: FilterOp, text: Option<&str>, values: &mut Vec<Value>) -> Option<String> {
    use FilterOp as O;
    let has = match op {
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
    Some(if matches!(op, O::IsNot | O::Empty) { format!("NOT {has}") } else { has })
}

/// The class of any scheme; the condition names the scheme.
fn class(condition: &FilterCondition, text: Option<&str>, values: &mut Vec<Value>) -> Option<String> {
    use FilterOp as O;
    const NEWEST: &str = "(SELECT class_key
              FROM segment_assignments
              WHERE segment_assignments.customer_id = customers.id AND scheme_key = ?
              ORDER BY segment_assignments.id DESC
              LIMIT 1)";
    values.push(condition.of.clone()?.into());
    if matches!(condition.op, O::Is | O::IsNot) {
        values.push(text?.to_owned().into());
    }
    let holds = match condition.op {
        O::Is => "IS ?",
        O::IsNot => "IS NOT ?",
        O::Filled => "IS NOT NULL",
        O::Empty => "IS NULL",
        _ => return None,
    };
    Some(format!("{NEWEST} {holds}"))
}

/// Everybody of something that is no SQL, by its id.
fn list(
    op: FilterOp,
    text: Option<&str>,
    people: &dyn Fn(i64) -> Result<Vec<CustomerId>>,
    values: &mut Vec<Value>,
) -> Result<Option<String>> {
    let Some(id) = text.and_then(|text| text.parse().ok()) else { return Ok(None) };
    let ids = people(id)?;
    values.push(serde_json::to_string(&ids)?.into());
    let is_in = "IN (SELECT value FROM json_each(?))";
    Ok(match op {
        FilterOp::Is => Some(format!("customers.id {is_in}")),
        FilterOp::IsNot => Some(format!("customers.id NOT {is_in}")),
        _ => None,
    })
}

fn priority(op: FilterOp, text: Option<&str>, asked: &Asked<'_>, values: &mut Vec<Value>) -> Result<Option<String>> {
    let Some(wanted) = text.and_then(|text| text.parse::<u8>().ok()) else { return Ok(None) };
    let holds = |level: u8| match op {
        FilterOp::Is => Some(level == wanted),
        FilterOp::IsNot => Some(level != wanted),
        FilterOp::AtLeast => Some(level >= wanted),
        FilterOp::AtMost => Some(level <= wanted),
        _ => None,
    };
    if holds(wanted).is_none() {
        return Ok(None);
    }
    let ids = (asked.priorities)()?.who(|level| holds(level) == Some(true));
    values.push(serde_json::to_string(&ids)?.into());
    Ok(Some("customers.id IN (SELECT value FROM json_each(?))".to_owned()))
}

/// A field of the shop's own; of several words that were chosen one is enough.
fn own_field(
    condition: &FilterCondition,
    text: Option<&str>,
    asked: &Asked<'_>,
    values: &mut Vec<Value>,
) -> Result<Option<String>> {
    use FilterOp as O;
    let Some(id) = condition.of.as_deref().and_then(|of| of.parse().ok()).map(CustomFieldId) else { return Ok(None) };
    let (name, kind) = match store::custom_fields::kind(asked.connection, id)? {
        FieldKind::Number => ("custom_values.number_milli", Kind::Milli),
        FieldKind::Date => ("custom_values.text", Kind::Day),
        FieldKind::Text | FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo => {
            ("custom_values.text", Kind::Text)
        }
    };
    values.push(id.0.into());
    let has = "EXISTS (SELECT 1 FROM custom_values
                       WHERE custom_values.customer_id = customers.id AND custom_values.field_id = ?";
    let (is_not, op) = match condition.op {
        O::Empty => return Ok(Some(format!("NOT {has})"))),
        O::Filled => return Ok(Some(format!("{has})"))),
        O::IsNot => ("NOT ", O::Is),
        op => ("", op),
    };
    let part = compared(&Column { name, kind }, op, text, asked.today, values);
    Ok(part.map(|part| format!("{is_not}{has} AND {part})")))
}

/// Ids of all whom conditions show.
pub(crate) fn ids(connection: &Connection, narrowed: &Narrowed) -> Result<Vec<CustomerId>> {
    let sql = format!(
        "SELECT customers.id
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         {}
         ORDER BY customers.id",
        narrowed.where_clause()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&narrowed.values), |row| Ok(CustomerId(row.get("id")?)))?;
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

/// How a person left the table and its views; what an older program wrote and nobody can read any more is left out.
pub(crate) fn layouts(connection: &Connection, staff: StaffId) -> Result<Vec<KeptLayout>> {
    let mut statement = connection
        .prepare_cached("SELECT view_id, layout FROM table_layouts WHERE staff_id = :staff ORDER BY view_id")?;
    let rows = statement.query_map(named_params! { ":staff": staff.0 }, |row| {
        Ok((row.get::<_, i64>("view_id")?, row.get::<_, String>("layout")?))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows
        .into_iter()
        .filter_map(|(view, layout)| {
            Some(KeptLayout { view: (view != 0).then_some(view), layout: serde_json::from_str(&layout).ok()? })
        })
        .collect())
}

/// Keeps how a person left a view; 0 is the table without one.
pub(crate) fn keep_layout(
    connection: &Connection,
    staff: StaffId,
    view: i64,
    layout: &str,
    at: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO table_layouts (staff_id, view_id, layout, changed_at) VALUES (:staff, :view, :layout, :at)
             ON CONFLICT (staff_id, view_id) DO UPDATE SET layout = excluded.layout, changed_at = excluded.changed_at",
        )?
        .execute(named_params! { ":staff": staff.0, ":view": view, ":layout": layout, ":at": at.millis() })?;
    Ok(())
}

/// Forgets how a person left a view.
pub(crate) fn forget_layout(connection: &Connection, staff: StaffId, view: i64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM table_layouts WHERE staff_id = :staff AND view_id = :view")?
        .execute(named_params! { ":staff": staff.0, ":view": view })?;
    Ok(())
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
    tx.execute("DELETE FROM table_layouts WHERE view_id = ?1", params![id])?;
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
