//! What the sheets about products say.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use shukebu_domain::ids::{ProductId, StaffId};
use shukebu_domain::time::Timestamp;

/// A photo and what kind of file it is.
pub(crate) struct Photo {
    pub kind: &'static str,
    pub content: Vec<u8>,
}

/// A sheet as it is stored.
#[derive(Default)]
pub(crate) struct StoredSheet {
    pub specification: Option<String>,
    pub questions: Option<String>,
    /// Kind and content.
    pub photo: Option<(String, Vec<u8>)>,
}

/// The sheet of a product; an empty one where nobody has written any.
pub(crate) fn get(connection: &Connection, id: ProductId) -> Result<StoredSheet> {
    let mut statement = connection.prepare_cached(
        "SELECT specification, questions, photo_kind, photo FROM product_sheets WHERE product_id = :id",
    )?;
    let found = statement.query_row(named_params! { ":id": id.0 }, |row| {
        let kind: Option<String> = row.get("photo_kind")?;
        let content: Option<Vec<u8>> = row.get("photo")?;
        Ok(StoredSheet {
            specification: row.get("specification")?,
            questions: row.get("questions")?,
            photo: kind.zip(content),
        })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes the words of a sheet; its photo stays.
pub(crate) fn put(
    tx: &Transaction,
    id: ProductId,
    (specification, questions): (Option<&str>, Option<&str>),
    (staff, at): (StaffId, Timestamp),
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO product_sheets (product_id, specification, questions, changed_at, staff_id)
         VALUES (:id, :specification, :questions, :at, :staff)
         ON CONFLICT (product_id) DO UPDATE
         SET specification = excluded.specification, questions = excluded.questions,
             changed_at = excluded.changed_at, staff_id = excluded.staff_id",
    )?
    .execute(named_params! {
        ":id": id.0, ":specification": specification, ":questions": questions, ":at": at.millis(), ":staff": staff.0,
    })?;
    Ok(())
}

/// Puts another photo on a sheet, or none.
pub(crate) fn set_photo(tx: &Transaction, id: ProductId, photo: Option<&Photo>) -> Result<()> {
    tx.prepare_cached("UPDATE product_sheets SET photo_kind = :kind, photo = :content WHERE product_id = :id")?
        .execute(named_params! {
            ":id": id.0, ":kind": photo.map(|photo| photo.kind), ":content": photo.map(|photo| &photo.content),
        })?;
    Ok(())
}
