//! The log of acts: one row per write in the same transaction, each sealed together with the one before it by a key
//! derived from the book's. Editing, deleting, reordering or cutting a row breaks the chain.

use crate::error::Result;
use crate::keys::{BookKey, finish_mac};
use hmac::Hmac;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde_json::Value;
use sha2::Sha256;
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;

/// What the key of the chain is derived for.
const PURPOSE: &str = "audit";

/// An act to be logged.
pub(crate) struct Act<'a> {
    pub op: &'a str,
    pub at: Timestamp,
    pub staff: StaffId,
    pub action: &'a str,
    pub entity: Option<&'a str>,
    pub entity_id: Option<i64>,
    pub detail: &'a Value,
}

/// What an earlier operation with the same key did.
pub(crate) struct Earlier {
    pub action: String,
    pub entity_id: Option<i64>,
}

/// Looks an operation up by its id.
pub(crate) fn find(connection: &Connection, op: &str) -> Result<Option<Earlier>> {
    let mut statement = connection.prepare_cached("SELECT action, entity_id FROM audit WHERE op = :op")?;
    let found = statement
        .query_row(named_params! { ":op": op }, |row| {
            Ok(Earlier { action: row.get("action")?, entity_id: row.get("entity_id")? })
        })
        .optional()?;
    Ok(found)
}

/// What an act wrote beside its numbers; nothing for one that is not there.
pub(crate) fn detail(connection: &Connection, op: &str) -> Result<serde_json::Value> {
    let mut statement = connection.prepare_cached("SELECT detail FROM audit WHERE op = :op")?;
    let found: Option<String> = statement.query_row(named_params! { ":op": op }, |row| row.get("detail")).optional()?;
    found.map_or(Ok(serde_json::Value::Null), |text| Ok(serde_json::from_str(&text)?))
}

/// Appends one act to the chain.
pub(crate) fn append(tx: &Transaction, key: &BookKey, act: &Act) -> Result<()> {
    let before = head(tx)?;
    let detail = act.detail.to_string();
    let mac = seal(
        key.start_mac(PURPOSE),
        &before,
        act.op,
        act.at.millis(),
        act.staff.0,
        act.action,
        act.entity,
        act.entity_id,
        &detail,
    );
    let mut statement = tx.prepare_cached(
        "INSERT INTO audit (op, at, staff_id, action, entity, entity_id, detail, mac)
         VALUES (:op, :at, :staff, :action, :entity, :entity_id, :detail, :mac)",
    )?;
    statement.execute(named_params! {
        ":op": act.op, ":at": act.at.millis(), ":staff": act.staff.0, ":action": act.action,
        ":entity": act.entity, ":entity_id": act.entity_id, ":detail": detail, ":mac": mac.as_slice(),
    })?;
    Ok(())
}

/// The seal of the newest row; empty before the first.
pub(crate) fn head(connection: &Connection) -> Result<Vec<u8>> {
    let mut statement = connection.prepare_cached("SELECT mac FROM audit ORDER BY id DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Walks the whole chain; answers the id of the first row that does not fit, if any.
pub(crate) fn first_broken(connection: &Connection, key: &BookKey) -> Result<Option<i64>> {
    let mut statement = connection
        .prepare("SELECT id, op, at, staff_id, action, entity, entity_id, detail, mac FROM audit ORDER BY id")?;
    let mut rows = statement.query([])?;
    let (start, mut before, mut expected_id) = (key.start_mac(PURPOSE), Vec::new(), 1_i64);
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
        let (at, staff) = (row.get(2)?, row.get(3)?);
        let (entity, mac) = (row.get_ref(5)?.as_str_or_null().map_err(rusqlite::Error::from)?, row.get_ref(8)?);
        let mac = mac.as_blob().map_err(rusqlite::Error::from)?;
        let fits = seal(start.clone(), &before, text(1)?, at, staff, text(4)?, entity, row.get(6)?, text(7)?);
        if mac != fits || id != expected_id {
            return Ok(Some(id));
        }
        before.clear();
        before.extend_from_slice(mac);
        expected_id = id + 1;
    }
    Ok(None)
}

#[expect(clippy::too_many_arguments, reason = "exactly the columns of the row, in their order")]
fn seal(
    start: Hmac<Sha256>,
    before: &[u8],
    op: &str,
    at: i64,
    staff: i64,
    action: &str,
    entity: Option<&str>,
    entity_id: Option<i64>,
    detail: &str,
) -> [u8; 32] {
    finish_mac(
        start,
        &[
            before,
            op.as_bytes(),
            &at.to_le_bytes(),
            &staff.to_le_bytes(),
            action.as_bytes(),
            entity.unwrap_or("").as_bytes(),
            &entity_id.unwrap_or(0).to_le_bytes(),
            detail.as_bytes(),
        ],
    )
}
