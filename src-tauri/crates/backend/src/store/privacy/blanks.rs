//! Words about a person inside of texts that stay: what an import said of its rows, what was typed into a case.

use crate::error::Result;
use rusqlite::{Transaction, named_params};
use shukebu_domain::ids::CustomerId;

/// Words in what was said, given, promised and changed because of the person's complaints, and in why a gift came back.
pub(super) const CASES: [&str; 9] = [
    "UPDATE complaint_resolutions
     SET empathy = iif(empathy IS NULL, NULL, '–'), empathy_waived = iif(empathy_waived IS NULL, NULL, '–'),
         compensation_note = NULL, root_cause = iif(root_cause IS NULL, NULL, '–')
     WHERE complaint_id IN (SELECT id FROM complaints WHERE customer_id = :id)",
    "UPDATE complaint_compensations SET note = '–'
     WHERE resolution_id IN (SELECT complaint_resolutions.id
                             FROM complaint_resolutions
                             JOIN complaints ON complaints.id = complaint_resolutions.complaint_id
                             WHERE complaints.customer_id = :id)",
    "UPDATE compensation_returns SET reason = '–'
     WHERE posting_id IN (SELECT compensation_postings.id
                          FROM compensation_postings
                          JOIN complaint_resolutions
                            ON complaint_resolutions.id = compensation_postings.resolution_id
                          JOIN complaints ON complaints.id = complaint_resolutions.complaint_id
                          WHERE complaints.customer_id = :id)",
    "UPDATE compensation_reversals SET reason = '–'
     WHERE resolution_id IN (SELECT complaint_resolutions.id
                             FROM complaint_resolutions
                             JOIN complaints ON complaints.id = complaint_resolutions.complaint_id
                             WHERE complaints.customer_id = :id)",
    "UPDATE remedies SET words = '–'
     WHERE complaint_id IN (SELECT id FROM complaints WHERE customer_id = :id)",
    "UPDATE remedy_promises SET reason = iif(reason IS NULL, NULL, '–')
     WHERE remedy_id IN (SELECT remedies.id
                         FROM remedies
                         JOIN complaints ON complaints.id = remedies.complaint_id
                         WHERE complaints.customer_id = :id)",
    "UPDATE remedy_ends SET words = iif(words IS NULL, NULL, '–')
     WHERE remedy_id IN (SELECT remedies.id
                         FROM remedies
                         JOIN complaints ON complaints.id = remedies.complaint_id
                         WHERE complaints.customer_id = :id)",
    "UPDATE giveaway_returns SET reason = '–'
     WHERE giveaway_person_id IN (SELECT id FROM giveaway_people WHERE customer_id = :id)",
    "UPDATE improvements SET problem = '–', cause = iif(cause IS NULL, NULL, '–')
     WHERE id IN (SELECT improvement_cases.improvement_id
                  FROM improvement_cases
                  JOIN complaints ON complaints.id = improvement_cases.complaint_id
                  WHERE complaints.customer_id = :id)",
];

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
