//! Words about a person inside of texts that stay: what an import said of its rows, what was typed into a case.

use crate::error::Result;
use rusqlite::{Transaction, named_params};
use shukebu_domain::ids::CustomerId;

/// What an import said of its rows, where it names the person: a sentence about a cell repeats what stands in it.
pub(super) fn reports(tx: &Transaction, id: CustomerId) -> Result<()> {
    let mut statement = tx.prepare(
        "SELECT name AS word FROM customers WHERE id = :id
         UNION SELECT salutation FROM customers WHERE id = :id
         UNION SELECT company FROM customers WHERE id = :id
         UNION SELECT address FROM customers WHERE id = :id
         UNION SELECT member_no FROM customers WHERE id = :id
         UNION SELECT ref FROM customers WHERE id = :id
         UNION SELECT value FROM contacts WHERE customer_id = :id
         UNION SELECT name FROM contact_persons WHERE customer_id = :id
         UNION SELECT phone FROM contact_persons WHERE customer_id = :id",
    )?;
    let words = statement.query_map(named_params! { ":id": id.0 }, |row| row.get::<_, Option<String>>("word"))?;
    let words: Vec<String> = words.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect();
    // A single character stands in too many sentences to say anything about a person.
    let words: Vec<String> = words.into_iter().filter(|word| word.chars().count() > 1).collect();
    let mut reports = tx.prepare("SELECT id, report, file_name FROM imports")?;
    let found = reports
        .query_map([], |row| Ok((row.get("id")?, row.get("report")?, row.get("file_name")?)))?
        .collect::<rusqlite::Result<Vec<(i64, String, String)>>>()?;
    let names = |text: &str| {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        words.iter().any(|word| text.contains(word.as_str()) || digits.contains(word.as_str()))
    };
    for (import, report, file_name) in found {
        let mut value: serde_json::Value = serde_json::from_str(&report)?;
        let mut has_changed = false;
        sentences(&mut value, &names, &mut has_changed);
        let file_name = if names(&file_name) { "–" } else { &file_name };
        tx.prepare_cached("UPDATE imports SET report = :report, file_name = :file WHERE id = :id")?
            .execute(named_params! { ":id": import, ":report": if has_changed { value.to_string() } else { report }, ":file": file_name })?;
    }
    Ok(())
}

fn sentences(value: &mut serde_json::Value, names: &impl Fn(&str) -> bool, has_changed: &mut bool) {
    match value {
        serde_json::Value::String(text) if names(text) => {
            "–".clone_into(text);
            *has_changed = true;
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|each| sentences(each, names, has_changed)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|each| sentences(each, names, has_changed)),
        _ => {}
    }
}

/// Words that were typed into the entries of the person's cases.
pub(super) fn events(tx: &Transaction, id: CustomerId) -> Result<()> {
    let mut statement = tx.prepare(
        "SELECT complaint_events.id, complaint_events.event
         FROM complaints
         JOIN complaint_events ON complaint_events.complaint_id = complaints.id
         WHERE complaints.customer_id = :id",
    )?;
    let rows = statement
        .query_map(named_params! { ":id": id.0 }, |row| Ok((row.get("id")?, row.get("event")?)))?
        .collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    for (event, text) in rows {
        let mut value: serde_json::Value = serde_json::from_str(&text)?;
        blank(&mut value);
        tx.prepare_cached("UPDATE complaint_events SET event = :event WHERE id = :id")?
            .execute(named_params! { ":id": event, ":event": value.to_string() })?;
    }
    Ok(())
}

fn blank(value: &mut serde_json::Value) {
    const TYPED: [&str; 6] = ["text", "reason", "note", "words", "without_follow_up", "said"];
    match value {
        serde_json::Value::Object(map) => {
            for (key, inner) in map {
                match inner {
                    serde_json::Value::String(text) if TYPED.contains(&key.as_str()) => "–".clone_into(text),
                    other => blank(other),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(blank),
        _ => {}
    }
}
