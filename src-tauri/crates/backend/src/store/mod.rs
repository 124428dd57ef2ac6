//! Everything that speaks SQL. Use cases call these functions; nothing outside this crate can see them.

pub(crate) mod approvals;
pub(crate) mod attachments;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod benefits;
pub(crate) mod book;
pub(crate) mod calendar;
pub(crate) mod changes;
pub(crate) mod columns;
pub(crate) mod complaints;
pub(crate) mod connection;
pub(crate) mod counter;
pub(crate) mod custom_fields;
pub(crate) mod customers;
pub(crate) mod dedicated;
pub(crate) mod everything;
pub(crate) mod exports;
pub(crate) mod figures;
pub(crate) mod gifts;
pub(crate) mod import_undo;
pub(crate) mod imports;
pub(crate) mod improvements;
pub(crate) mod ladder;
pub(crate) mod lists;
pub(crate) mod measures;
pub(crate) mod merges;
pub(crate) mod migrate;
pub(crate) mod numbers;
pub(crate) mod offers;
mod parsed;
pub(crate) mod people;
pub(crate) mod pins;
pub(crate) mod points;
pub(crate) mod points_report;
pub(crate) mod privacy;
pub(crate) mod products;
pub(crate) mod sales;
pub(crate) mod scripts;
pub(crate) mod search;
pub(crate) mod segmentation;
pub(crate) mod service;
pub(crate) mod staff;
pub(crate) mod tables;
pub(crate) mod tags;
#[cfg(feature = "for-tests")]
pub(crate) mod tampering;
pub(crate) mod thread;
pub(crate) mod usual_orders;
pub(crate) mod wishes;

/// Reads a stored day; a damaged one is a conversion error, never another day.
pub(crate) fn day(row: &rusqlite::Row, column: &str) -> rusqlite::Result<chrono::NaiveDate> {
    let text: String = row.get(column)?;
    parse_day(&text, column)
}

/// Reads a stored day that may be missing.
pub(crate) fn day_or_none(row: &rusqlite::Row, column: &str) -> rusqlite::Result<Option<chrono::NaiveDate>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| parse_day(&text, column)).transpose()
}

fn parse_day(text: &str, column: &str) -> rusqlite::Result<chrono::NaiveDate> {
    text.parse().map_err(|error| {
        let why = format!("{column}: {error}");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
    })
}

/// Reads a stored instant.
pub(crate) fn instant(row: &rusqlite::Row, column: &str) -> rusqlite::Result<shukebu_domain::time::Timestamp> {
    Ok(shukebu_domain::time::Timestamp::from_millis(row.get(column)?))
}

/// Reads a stored amount.
pub(crate) fn money(row: &rusqlite::Row, column: &str) -> rusqlite::Result<shukebu_domain::money::Money> {
    Ok(shukebu_domain::money::Money::from_minor(row.get(column)?))
}

/// Reads a stored word into its enum.
pub(crate) fn word<T: serde::de::DeserializeOwned>(row: &rusqlite::Row, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    read_word(&text, column)
}

/// Reads a stored word that may be missing.
pub(crate) fn word_or_none<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| read_word(&text, column)).transpose()
}

fn read_word<T: serde::de::DeserializeOwned>(text: &str, column: &str) -> rusqlite::Result<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|error| {
        let why = format!("{column}: {error}");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
    })
}

/// The word that is stored for an enum.
pub(crate) fn as_word<T: serde::Serialize>(value: T) -> crate::error::Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(crate::error::ApiError::internal(format!("not a word: {other}"))),
    }
}
