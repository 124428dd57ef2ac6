//! Tags and their groups.

use crate::api::tags::{TagGroup, TagGroupSave, TagView};
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::CustomerId;

/// Groups in their order.
pub(crate) fn groups(connection: &Connection) -> Result<Vec<TagGroup>> {
    let mut statement = connection.prepare_cached("SELECT id, name, color FROM tag_groups ORDER BY position, id")?;
    let rows = statement.query_map([], |row| {
        Ok(TagGroup { id: row.get("id")?, name: row.get("name")?, color: store::word(row, "color")? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All tags with the people who have them, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<TagView>> {
    let mut statement = connection.prepare_cached(
        "SELECT tags.id, tags.name, tags.group_id,
                (SELECT count(*)
                 FROM customer_tags
                 JOIN customer_figures ON customer_figures.customer_id = customer_tags.customer_id
                 WHERE customer_tags.tag_id = tags.id) AS people
         FROM tags
         ORDER BY tags.name",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(TagView {
            id: row.get("id")?,
            name: row.get("name")?,
            group: row.get("group_id")?,
            people: row.get("people")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Name and group of a tag.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<(String, Option<i64>)> {
    let mut statement = connection.prepare_cached("SELECT name, group_id FROM tags WHERE id = :id")?;
    let found = statement
        .query_row(named_params! { ":id": id }, |row| Ok((row.get("name")?, row.get("group_id")?)))
        .optional()?;
    found.ok_or_else(|| ApiError::not_found("tag"))
}

/// The tag of a name.
pub(crate) fn by_name(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM tags WHERE name = :name")?;
    Ok(statement.query_row(named_params! { ":name": name }, |row| row.get("id")).optional()?)
}

/// Makes a tag, or puts one of that name into the group.
pub(crate) fn put(tx: &Transaction, name: &str, group: Option<i64>) -> Result<i64> {
    Ok(tx.query_row(
        "INSERT INTO tags (name, group_id) VALUES (:name, :group)
         ON CONFLICT (name) DO UPDATE SET group_id = excluded.group_id
         RETURNING id",
        named_params! { ":name": name, ":group": group },
        |row| row.get("id"),
    )?)
}

/// Renames a tag and puts it into a group; what fits its people follows its name.
pub(crate) fn update(tx: &Transaction, id: i64, name: &str, group: Option<i64>) -> Result<()> {
    store::offers::fitting::rename_tag(tx, &get(tx, id)?.0, name)?;
    tx.execute(
        "UPDATE tags SET name = :name, group_id = :group WHERE id = :id",
        named_params! { ":id": id, ":name": name, ":group": group },
    )?;
    Ok(())
}

/// Takes a tag off everybody and away; answers who had it.
pub(crate) fn delete(tx: &Transaction, id: i64) -> Result<Vec<CustomerId>> {
    let people = people(tx, id)?;
    tx.execute("DELETE FROM customer_tags WHERE tag_id = :id", named_params! { ":id": id })?;
    tx.execute("DELETE FROM tags WHERE id = :id", named_params! { ":id": id })?;
    Ok(people)
}

/// Who has a tag.
pub(crate) fn people(connection: &Connection, id: i64) -> Result<Vec<CustomerId>> {
    let mut statement =
        connection.prepare_cached("SELECT customer_id FROM customer_tags WHERE tag_id = :id ORDER BY customer_id")?;
    let rows = statement.query_map(named_params! { ":id": id }, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Makes or changes a group.
///
/// # Errors
/// `NotFound` for one that is not there.
pub(crate) fn put_group(tx: &Transaction, name: &str, group: &TagGroupSave) -> Result<i64> {
    let color = store::as_word(group.color)?;
    let Some(id) = group.id else {
        tx.execute(
            "INSERT INTO tag_groups (name, color, position)
             SELECT :name, :color, coalesce(max(position), 0) + 1 FROM tag_groups",
            named_params! { ":name": name, ":color": color },
        )?;
        return Ok(tx.last_insert_rowid());
    };
    let changed = tx.execute(
        "UPDATE tag_groups SET name = :name, color = :color WHERE id = :id",
        named_params! { ":id": id, ":name": name, ":color": color },
    )?;
    if changed == 0 { Err(ApiError::not_found("tag_group")) } else { Ok(id) }
}

/// The group of a name.
pub(crate) fn group_by_name(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM tag_groups WHERE name = :name")?;
    Ok(statement.query_row(named_params! { ":name": name }, |row| row.get("id")).optional()?)
}

/// Whether a group is there.
pub(crate) fn has_group(connection: &Connection, id: i64) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM tag_groups WHERE id = :id")?.exists(named_params! { ":id": id })?)
}

/// Takes a group away; its tags stand in none.
///
/// # Errors
/// `NotFound`.
pub(crate) fn delete_group(tx: &Transaction, id: i64) -> Result<()> {
    tx.execute("UPDATE tags SET group_id = NULL WHERE group_id = :id", named_params! { ":id": id })?;
    match tx.execute("DELETE FROM tag_groups WHERE id = :id", named_params! { ":id": id })? {
        0 => Err(ApiError::not_found("tag_group")),
        _ => Ok(()),
    }
}

/// Where a tag may be named: a saved view or a list that fills itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Named {
    View,
    List,
}

impl Named {
    fn table(self) -> &'static str {
        match self {
            Self::View => "customer_views",
            Self::List => "dynamic_lists",
        }
    }
}

/// Id and text of every definition.
pub(crate) fn definitions(connection: &Connection, of: Named) -> Result<Vec<(i64, String)>> {
    let sql = format!("SELECT id, definition FROM {} ORDER BY id", of.table());
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get("id")?, row.get("definition")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a definition where the one that is there is still `before`.
pub(crate) fn redefine(tx: &Transaction, of: Named, id: i64, before: &str, after: &str) -> Result<()> {
    let sql = format!("UPDATE {} SET definition = :after WHERE id = :id AND definition = :before", of.table());
    tx.execute(&sql, named_params! { ":id": id, ":before": before, ":after": after })?;
    Ok(())
}
