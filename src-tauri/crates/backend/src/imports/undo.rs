//! Imports that were done, and the way back: everything that one brought goes and what it changed is as it was, or, when
//! something that came later hangs on it, that is named and nothing happens.

use crate::api::books::Nothing;
use crate::api::imports::{
    ImportCount, ImportList, ImportObstacle, ImportRef, ImportReport, ImportRow, ImportUndoPreview,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::{Language, catalogue, say};
use crate::search_texts;
use crate::store::import_undo::{self as store_undo, Obstacle, StoredImport};
use crate::{ladder, search, segmentation, store};
use rusqlite::{Connection, Transaction};
use serde_json::{Value, json};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::ImportId;
use std::collections::BTreeMap;

const ACTION: &str = "import.undo";
const LISTED: u32 = 100;
/// What a person calls by name when an import is taken back; the rest goes and comes with it.
const NAMED: [&str; 6] = ["customers", "products", "sales", "sale_lines", "refunds", "complaints"];

/// Imports, the newest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<ImportList> {
    app.read(|connection, _| {
        let rows = store_undo::list(connection, LISTED)?.into_iter().map(view).collect::<Result<_>>()?;
        Ok(ImportList { rows })
    })
}

/// What taking an import back would do, or what stands in its way.
///
/// # Errors
/// An unknown import.
pub fn undo_preview(app: &App, input: ImportRef) -> Result<ImportUndoPreview> {
    app.read_in_background(move |connection, moment| preview(connection, moment, input.id))
}

fn preview(connection: &Connection, moment: &Moment, id: ImportId) -> Result<ImportUndoPreview> {
    let import = known(connection, id)?;
    let language = moment.language;
    let removes = counts(language, &store_undo::brought(connection, id)?);
    let restores = counts(language, &store_undo::changed(connection, id)?);
    let obstacles = store_undo::obstacles(connection, id, import.audit_before)?;
    let obstacles = obstacles
        .into_iter()
        .map(|obstacle| {
            let message = problem(language, &obstacle);
            ImportObstacle {
                message: crate::messages::sentence(language, &message.problem, &message.values),
                count: u64::try_from(obstacle.count).unwrap_or(0),
                what: obstacle.what,
                of: obstacle.of,
            }
        })
        .collect();
    Ok(ImportUndoPreview { import: view(import)?, removes, restores, obstacles })
}

/// Takes an import back as a whole.
///
/// # Errors
/// An unknown import; one that was taken back already, or from before imports were noted; what hangs on it by now.
pub fn undo(app: &App, input: ImportRef) -> Result<ImportRow> {
    let op = Op::new(ACTION).in_background();
    app.worker()?.write_patiently(&op, |_| Ok(move |tx: &Transaction, moment: &Moment| back(tx, moment, input.id)))?;
    app.read(move |connection, _| view(known(connection, input.id)?))
}

fn back(tx: &Transaction, moment: &Moment, id: ImportId) -> Result<Written> {
    let import = known(tx, id)?;
    if import.undone_at.is_some() {
        return Err(ApiError::not_now("import.undone_already"));
    }
    if !import.is_noted {
        return Err(ApiError::not_now("import.not_noted"));
    }
    let obstacles = store_undo::obstacles(tx, id, import.audit_before)?;
    if !obstacles.is_empty() {
        let fields = obstacles.iter().map(|obstacle| problem(moment.language, obstacle)).collect();
        return Err(ApiError { fields, ..ApiError::not_now("import.has_followers") });
    }
    let brought = store_undo::brought(tx, id)?;
    let restored = store_undo::take_back(tx, id, &search::sort_key)?;
    for customer in &restored.customers {
        store::figures::rebuild(tx, *customer)?;
        store::complaints::recount(tx, *customer)?;
    }
    search_texts::renew(tx, &restored.customers)?;
    ladder::after_many(tx, moment, &restored.customers)?;
    segmentation::after_import(tx, moment)?;
    store_undo::mark_undone(tx, id, moment.session.staff, moment.now)?;
    let named: BTreeMap<_, _> = brought.into_iter().filter(|(table, _)| NAMED.contains(&table.as_str())).collect();
    let detail = json!({ "removed": named, "customers_restored": restored.customers.len() });
    Ok(Written::one("import", id.0).detail(detail).reindex_all())
}

fn known(connection: &Connection, id: ImportId) -> Result<StoredImport> {
    store_undo::get(connection, id)?.ok_or_else(|| ApiError::not_found("import"))
}

fn view(import: StoredImport) -> Result<ImportRow> {
    let report: Value = serde_json::from_str(&import.report)?;
    let count = |key: &str| report.get(key).and_then(Value::as_u64).unwrap_or(0);
    Ok(ImportRow {
        id: import.id,
        kind: serde_json::from_value(Value::String(import.kind))?,
        file_name: import.file_name,
        imported_at: import.imported_at,
        staff: import.staff,
        rows: count("rows"),
        created: count("created"),
        updated: count("updated"),
        skipped: count("skipped"),
        errors: count("errors"),
        can_undo: import.is_noted && import.undone_at.is_none(),
        undone_at: import.undone_at,
        undone_by: import.undone_by,
    })
}

fn counts(language: Language, tables: &BTreeMap<String, i64>) -> Vec<ImportCount> {
    let count = |table: &&str| tables.get(*table).and_then(|count| u64::try_from(*count).ok()).filter(|it| *it > 0);
    NAMED
        .iter()
        .filter_map(|table| {
            let count = count(table)?;
            Some(ImportCount { what: (*table).to_owned(), word: word(language, table), count })
        })
        .collect()
}

/// What the people of a shop call the rows of a table.
fn word(language: Language, table: &str) -> String {
    let key = format!("table.{table}");
    if catalogue(language).contains_key(&key) { say(language, &key, &[]) } else { say(language, "table.other", &[]) }
}

fn problem(language: Language, obstacle: &Obstacle) -> FieldError {
    let key = if obstacle.what == "edited" { "import.follower_edited" } else { "import.follower" };
    FieldError::new("import", key)
        .with("count", obstacle.count)
        .with("what", word(language, &obstacle.what))
        .with("of", word(language, &obstacle.of))
}

/// The report as a job keeps it; the problems of its rows go into a file.
pub(super) fn report_of(app: &App, job: u64) -> Result<ImportReport> {
    crate::jobs::result(app, job, "import")
}
