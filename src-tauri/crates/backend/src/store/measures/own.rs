//! What the shop asks of its customers beyond their sales: its own fields, and words of the profile.

use crate::error::Result;
use crate::store::whose::Whose;
use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;

/// Key of one of the shop's own fields in measures and conditions.
pub(crate) fn own_field(id: i64) -> String {
    format!("custom:{id}")
}

fn id_of_own(key: &str) -> Option<i64> {
    key.strip_prefix("custom:")?.parse().ok()
}

/// Numbers in one of the shop's own fields, in thousandths: customer and number.
pub(crate) fn own_numbers(connection: &Connection, whose: Whose, key: &str) -> Result<Vec<(CustomerId, i64)>> {
    let Some(field) = id_of_own(key) else { return Ok(vec![]) };
    let (narrowed, customer) = whose.narrowed("customer_id");
    let sql = format!(
        "SELECT customer_id, number_milli
         FROM custom_values
         WHERE {narrowed} AND field_id = :field AND number_milli IS NOT NULL
           AND customer_id IN (SELECT customer_id FROM customer_figures)
         ORDER BY customer_id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer, ":field": field }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("number_milli")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Days in one of the shop's own fields: customer and day.
pub(crate) fn own_days(connection: &Connection, whose: Whose, key: &str) -> Result<Vec<(CustomerId, NaiveDate)>> {
    let Some(field) = id_of_own(key) else { return Ok(vec![]) };
    let words = own_words(connection, whose, field)?;
    // A field that held text before it held days may still have some of it.
    Ok(words.into_iter().filter_map(|(customer, text)| Some((customer, text.parse().ok()?))).collect())
}

/// Words of profile fields that a condition may ask for: customer and word.
pub(crate) fn profile_words(connection: &Connection, whose: Whose, field: &str) -> Result<Vec<(CustomerId, String)>> {
    if let Some(id) = id_of_own(field) {
        return own_words(connection, whose, id);
    }
    let (source, column, word) = match field {
        "open_complaint" | "follow_up" => return words_of_complaints(connection, whose, field == "follow_up"),
        "tags" => ("customer_tags JOIN tags ON tags.id = customer_tags.tag_id", "customer_id", "tags.name"),
        "source" => ("customers", "id", "source"),
        "kind" => ("customers", "id", "kind"),
        "gender" => ("customers", "id", "gender"),
        "tier" => ("customer_figures", "customer_id", "CAST(tier_rank AS TEXT)"),
        // A field that nobody has: the condition holds for nobody.
        _ => return Ok(vec![]),
    };
    let (narrowed, customer) = whose.narrowed(column);
    let sql = format!(
        "SELECT {column} AS customer, {word} AS word
         FROM {source}
         WHERE {narrowed} AND {word} IS NOT NULL
           AND {column} IN (SELECT customer_id FROM customer_figures)
         ORDER BY customer, word"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        Ok((CustomerId(row.get("customer")?), row.get("word")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Words in one of the shop's own fields: text, options, yes or no.
fn own_words(connection: &Connection, whose: Whose, field: i64) -> Result<Vec<(CustomerId, String)>> {
    let (narrowed, customer) = whose.narrowed("customer_id");
    let sql = format!(
        "SELECT customer_id, text
         FROM custom_values
         WHERE {narrowed} AND field_id = :field AND text IS NOT NULL
           AND customer_id IN (SELECT customer_id FROM customer_figures)
         ORDER BY customer_id, text"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer, ":field": field }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("text")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who has an open complaint, or what each customer said last when somebody asked after one.
fn words_of_complaints(
    connection: &Connection,
    whose: Whose,
    of_follow_ups: bool,
) -> Result<Vec<(CustomerId, String)>> {
    let (narrowed, customer) = whose.narrowed("complaints.customer_id");
    let (word, joined, condition) = if of_follow_ups {
        (
            "complaint_events.event ->> '$.result' AS word, max(complaint_events.id) AS newest",
            "JOIN complaint_events ON complaint_events.complaint_id = complaints.id",
            "complaint_events.event ->> '$.kind' = 'followed_up'",
        )
    } else {
        ("'yes' AS word", "", "complaints.is_open = 1")
    };
    let sql = format!(
        "SELECT coalesce(customers.merged_into, customers.id) AS customer_id, {word}
         FROM complaints
         JOIN customers ON customers.id = complaints.customer_id
         {joined}
         WHERE {narrowed} AND {condition}
         GROUP BY 1
         ORDER BY 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":customer": customer }, |row| {
        Ok((CustomerId(row.get("customer_id")?), row.get("word")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
