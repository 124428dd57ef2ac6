//! Everything that speaks SQL. Use cases call these functions; nothing outside this crate can see them.

pub(crate) mod approvals;
pub(crate) mod assessments;
pub(crate) mod attachments;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod benefits;
pub(crate) mod book;
pub(crate) mod calendar;
pub(crate) mod changes;
mod checks;
pub(crate) mod columns;
pub(crate) mod complaints;
pub(crate) mod connection;
pub(crate) mod counter;
pub(crate) mod custom_fields;
pub(crate) mod customer_plans;
pub(crate) mod customers;
pub(crate) mod dedicated;
pub(crate) mod effect;
#[cfg(feature = "for-tests")]
pub(crate) mod engine_time;
pub(crate) mod everything;
pub(crate) mod exports;
pub(crate) mod few;
pub(crate) mod figures;
pub(crate) mod form;
pub(crate) mod gifts;
pub(crate) mod import_undo;
pub(crate) mod imports;
pub(crate) mod improvements;
pub(crate) mod intents;
pub(crate) mod lacking;
pub(crate) mod ladder;
pub(crate) mod lists;
pub(crate) mod measures;
pub(crate) mod members;
pub(crate) mod merges;
pub(crate) mod migrate;
pub(crate) mod numbers;
pub(crate) mod offers;
mod parsed;
pub(crate) mod people;
pub(crate) mod pins;
pub(crate) mod points;
pub(crate) mod points_report;
pub(crate) mod priority;
pub(crate) mod privacy;
pub(crate) mod product_sheets;
pub(crate) mod products;
pub(crate) mod references;
pub(crate) mod remembered;
pub(crate) mod sales;
pub(crate) mod scripts;
pub(crate) mod search;
pub(crate) mod segment_runs;
pub(crate) mod segmentation;
pub(crate) mod seldom;
pub(crate) mod service;
pub(crate) mod soundness;
pub(crate) mod staff;
pub(crate) mod tables;
pub(crate) mod tags;
#[cfg(feature = "for-tests")]
pub(crate) mod tampering;
pub(crate) mod thread;
pub(crate) mod usual_orders;
pub(crate) mod whose;
pub(crate) mod wishes;

/// A name as SQL takes it, whatever stands in it. It comes from the form of a book, never from its rows.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Reads a column by its name. Columns are mostly read in the order in which they stand, so the one after the last is
/// looked at first: else each of the two dozen names of a sale would be compared with all before it, for every row.
pub(crate) fn get<T: rusqlite::types::FromSql>(row: &rusqlite::Row, column: &str) -> rusqlite::Result<T> {
    row.get(place(row, column)?)
}

fn place(row: &rusqlite::Row, column: &str) -> rusqlite::Result<usize> {
    thread_local! {
        static NEXT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    }
    let statement: &rusqlite::Statement = row.as_ref();
    let next = NEXT.get();
    let is_next = next < statement.column_count() && statement.column_name(next)? == column;
    let place = if is_next { next } else { statement.column_index(column)? };
    NEXT.set(place + 1);
    Ok(place)
}

/// Reads a stored day; a damaged one is a conversion error, never another day.
pub(crate) fn day(row: &rusqlite::Row, column: &str) -> rusqlite::Result<chrono::NaiveDate> {
    let text = row.get_ref(place(row, column)?)?.as_str()?;
    parse_day(text, column)
}

/// Reads a stored day that may be missing.
pub(crate) fn day_or_none(row: &rusqlite::Row, column: &str) -> rusqlite::Result<Option<chrono::NaiveDate>> {
    let text = row.get_ref(place(row, column)?)?.as_str_or_null()?;
    text.map(|text| parse_day(text, column)).transpose()
}

/// Days stand as `2026-03-02`; the parser of any day at all is asked only for what does not look like it.
fn parse_day(text: &str, column: &str) -> rusqlite::Result<chrono::NaiveDate> {
    if let Some(day) = plain_day(text.as_bytes()) {
        return Ok(day);
    }
    text.parse().map_err(|error| {
        let why = format!("{column}: {error}");
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
    })
}

fn plain_day(text: &[u8]) -> Option<chrono::NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    chrono::NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Reads a stored instant.
pub(crate) fn instant(row: &rusqlite::Row, column: &str) -> rusqlite::Result<shukebu_domain::time::Timestamp> {
    Ok(shukebu_domain::time::Timestamp::from_millis(get(row, column)?))
}

/// Reads a stored amount.
pub(crate) fn money(row: &rusqlite::Row, column: &str) -> rusqlite::Result<shukebu_domain::money::Money> {
    Ok(shukebu_domain::money::Money::from_minor(get(row, column)?))
}

/// Reads a stored word into its enum.
pub(crate) fn word<T: serde::de::DeserializeOwned>(row: &rusqlite::Row, column: &str) -> rusqlite::Result<T> {
    let text = row.get_ref(place(row, column)?)?.as_str()?;
    read_word(text, column)
}

/// Reads a stored word that may be missing.
pub(crate) fn word_or_none<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(place(row, column)?)?.as_str_or_null()?;
    text.map(|text| read_word(text, column)).transpose()
}

fn read_word<T: serde::de::DeserializeOwned>(text: &str, column: &str) -> rusqlite::Result<T> {
    use serde::de::IntoDeserializer;
    let read: std::result::Result<T, serde::de::value::Error> = T::deserialize(text.into_deserializer());
    read.map_err(|error| {
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
