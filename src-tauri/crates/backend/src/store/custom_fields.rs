//! Fields that the shop added, and what customers have in them.

use super::remembered::remembered;
use crate::api::custom_fields::FieldValues;
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::custom_field::{FieldKind, FieldValue};
use shukebu_domain::ids::{CustomFieldId, CustomerId};
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A field as the shop made it.
#[derive(Clone)]
pub(crate) struct Field {
    pub id: CustomFieldId,
    pub name: String,
    pub kind: FieldKind,
    pub options: Vec<String>,
    pub unit: Option<String>,
    pub is_preference: bool,
    pub is_active: bool,
}

/// A definition to be written.
pub(crate) struct FieldToStore<'a> {
    pub name: &'a str,
    pub kind: FieldKind,
    pub options: &'a [String],
    pub unit: Option<&'a str>,
    pub is_preference: bool,
    pub is_active: bool,
}

/// All fields in their order, those no longer asked for at the end.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Field>> {
    remembered(|| {
        let mut statement = connection.prepare_cached(
            "SELECT id, name, kind, options, unit, is_preference, is_active
             FROM custom_fields
             ORDER BY is_active DESC, position, id",
        )?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
    })
}

/// One field.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: CustomFieldId) -> Result<Field> {
    let found = all(connection)?.into_iter().find(|field| field.id == id);
    found.ok_or_else(|| ApiError::not_found("custom_field"))
}

/// How many customers have a value in each field that anybody has one in: a walk over all values.
pub(crate) fn filled(connection: &Connection) -> Result<BTreeMap<CustomFieldId, i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT field_id, count(DISTINCT customer_id) AS filled
         FROM custom_values
         GROUP BY field_id",
    )?;
    let rows = statement.query_map([], |row| Ok((CustomFieldId(row.get("field_id")?), row.get("filled")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a field holds.
///
/// # Errors
/// `NotFound`.
pub(crate) fn kind(connection: &Connection, id: CustomFieldId) -> Result<FieldKind> {
    let mut statement = connection.prepare_cached("SELECT kind FROM custom_fields WHERE id = :id")?;
    let found = statement.query_row(named_params! { ":id": id.0 }, |row| store::word(row, "kind")).optional()?;
    found.ok_or_else(|| ApiError::not_found("custom_field"))
}

/// The field of a name.
pub(crate) fn by_name(connection: &Connection, name: &str) -> Result<Option<CustomFieldId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM custom_fields WHERE name = :name")?;
    Ok(statement.query_row(named_params! { ":name": name }, |row| Ok(CustomFieldId(row.get("id")?))).optional()?)
}

fn read(row: &Row) -> rusqlite::Result<Field> {
    let options: String = row.get("options")?;
    Ok(Field {
        id: CustomFieldId(row.get("id")?),
        name: row.get("name")?,
        kind: store::word(row, "kind")?,
        options: serde_json::from_str(&options).unwrap_or_default(),
        unit: row.get("unit")?,
        is_preference: row.get("is_preference")?,
        is_active: row.get("is_active")?,
    })
}

/// Adds a field at the end.
pub(crate) fn insert(tx: &Transaction, field: &FieldToStore, at: Timestamp) -> Result<CustomFieldId> {
    tx.prepare_cached(
        "INSERT INTO custom_fields (name, kind, options, unit, is_preference, is_active, position, created_at)
         SELECT :name, :kind, :options, :unit, :preference, :active, coalesce(max(position), 0) + 1, :at
         FROM custom_fields",
    )?
    .execute(named_params! {
        ":name": field.name, ":kind": store::as_word(field.kind)?, ":options": serde_json::to_string(field.options)?,
        ":unit": field.unit, ":preference": field.is_preference, ":active": field.is_active, ":at": at.millis(),
    })?;
    Ok(CustomFieldId(tx.last_insert_rowid()))
}

/// Changes a field.
pub(crate) fn update(tx: &Transaction, id: CustomFieldId, field: &FieldToStore) -> Result<()> {
    tx.prepare_cached(
        "UPDATE custom_fields
         SET name = :name, kind = :kind, options = :options, unit = :unit, is_preference = :preference,
             is_active = :active
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":name": field.name, ":kind": store::as_word(field.kind)?,
        ":options": serde_json::to_string(field.options)?, ":unit": field.unit, ":preference": field.is_preference,
        ":active": field.is_active,
    })?;
    Ok(())
}

/// Puts the fields into an order.
pub(crate) fn order(tx: &Transaction, ids: &[CustomFieldId]) -> Result<()> {
    for (position, id) in ids.iter().enumerate() {
        tx.prepare_cached("UPDATE custom_fields SET position = :position WHERE id = :id")?
            .execute(named_params! { ":id": id.0, ":position": i64::try_from(position).unwrap_or(i64::MAX) })?;
    }
    Ok(())
}

/// What one customer has, field by field in their order; fields without a value are left out.
pub(crate) fn of_customer(connection: &Connection, id: CustomerId) -> Result<Vec<FieldValues>> {
    let mut statement = connection.prepare_cached(
        "SELECT custom_fields.id, custom_fields.name, custom_fields.kind, custom_fields.unit,
                custom_fields.is_preference, custom_values.text, custom_values.number_milli
         FROM custom_values
         JOIN custom_fields ON custom_fields.id = custom_values.field_id
         WHERE custom_values.customer_id = :id
         ORDER BY custom_fields.position, custom_fields.id, custom_values.position",
    )?;
    let mut found: Vec<FieldValues> = vec![];
    let mut places: BTreeMap<CustomFieldId, usize> = BTreeMap::new();
    let mut rows = statement.query(named_params! { ":id": id.0 })?;
    while let Some(row) = rows.next()? {
        let field_id = CustomFieldId(row.get("id")?);
        let value = match (row.get::<_, Option<String>>("text")?, row.get::<_, Option<i64>>("number_milli")?) {
            (Some(text), _) => FieldValue::Text(text),
            (None, milli) => FieldValue::Milli(milli.unwrap_or(0)),
        };
        let place = *places.entry(field_id).or_insert(found.len());
        match found.get_mut(place) {
            Some(field) => field.values.push(value.typed()),
            None => found.push(FieldValues {
                field_id,
                name: row.get("name")?,
                kind: store::word(row, "kind")?,
                unit: row.get("unit")?,
                is_preference: row.get("is_preference")?,
                values: vec![value.typed()],
            }),
        }
    }
    Ok(found)
}

/// Every word that was chosen of a list with a single choice: whose, the field's name, the word.
pub(crate) fn chosen(connection: &Connection) -> Result<Vec<(CustomerId, String, String)>> {
    let mut statement = connection.prepare(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, custom_fields.name, custom_values.text
         FROM custom_fields
         JOIN custom_values ON custom_values.field_id = custom_fields.id
         JOIN customers ON customers.id = custom_values.customer_id
         WHERE custom_fields.kind = 'choice' AND custom_fields.is_active = 1 AND custom_values.text IS NOT NULL",
    )?;
    let rows =
        statement.query_map([], |row| Ok((CustomerId(row.get("customer_id")?), row.get("name")?, row.get("text")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Replaces what a customer has in one field.
pub(crate) fn set_values(
    tx: &Transaction,
    customer: CustomerId,
    field: CustomFieldId,
    values: &[FieldValue],
) -> Result<()> {
    tx.prepare_cached("DELETE FROM custom_values WHERE customer_id = :customer AND field_id = :field")?
        .execute(named_params! { ":customer": customer.0, ":field": field.0 })?;
    for (position, value) in values.iter().enumerate() {
        let (text, milli) = match value {
            FieldValue::Text(text) => (Some(text.as_str()), None),
            FieldValue::Milli(milli) => (None, Some(*milli)),
        };
        tx.prepare_cached(
            "INSERT INTO custom_values (customer_id, field_id, position, text, number_milli)
             VALUES (:customer, :field, :position, :text, :milli)",
        )?
        .execute(named_params! {
            ":customer": customer.0, ":field": field.0, ":position": i64::try_from(position).unwrap_or(i64::MAX),
            ":text": text, ":milli": milli,
        })?;
    }
    Ok(())
}
