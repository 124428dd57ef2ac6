//! One person's copy: everything that the book holds about somebody, as one JSON (PIPL art. 45).

use crate::api::privacy::{SubjectCopy, SubjectExport};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::{attachments, store};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Writes one person's copy into a folder, or answers it as text.
///
/// # Errors
/// An unknown customer; a folder that cannot be written.
pub fn export(app: &App, input: SubjectExport) -> Result<SubjectCopy> {
    let folder = input.folder.as_deref().map(|handle| app.granted("folder", handle)).transpose()?;
    let made = Arc::new(Mutex::new((String::new(), 0)));
    let out = Arc::clone(&made);
    app.write(Op::new("customer.export_one"), move |tx, moment| {
        let copy = document(tx, moment, input.customer_id)?;
        let rows = copy.1;
        *out.lock().map_err(ApiError::internal)? = copy;
        Ok(Written::one("customer", input.customer_id.0).detail(json!({ "rows": rows })))
    })?;
    let (text, rows) = made.lock().map_err(ApiError::internal)?.clone();
    let Some(folder) = folder else { return Ok(SubjectCopy { path: None, text: Some(text), rows }) };
    if !folder.is_dir() {
        return Err(ApiError::field("folder", "folder.missing"));
    }
    // The file's name names nobody.
    let path = attachments::free_name(&folder, &format!("customer-{}.json", input.customer_id));
    crate::files::write_durably(&path, text.as_bytes())?;
    Ok(SubjectCopy { path: Some(path.display().to_string()), text: None, rows })
}

fn document(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<(String, i64)> {
    store::customers::get(connection, id)?;
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let rows = store::privacy::subject(connection, id, |table, row| {
        tables.entry(table.to_owned()).or_default().push(row.to_owned());
        Ok(())
    })?;
    let made_at = serde_json::to_string(&moment.now)?;
    let mut text = format!("{{\"format\":\"shukebu-person\",\"made_at\":{made_at},\"tables\":{{");
    for (position, (table, rows)) in tables.iter().enumerate() {
        text.push_str(if position > 0 { ",\n" } else { "\n" });
        text.push_str(&format!("\"{table}\":[\n{}\n]", rows.join(",\n")));
    }
    text.push_str("\n}}\n");
    Ok((text, rows))
}
