//! The whole shop from one JSON into a new book: all rows or none.
//!
//! Ids, numbers and times stay as they are. What the program makes from other columns (search texts, the order of
//! names) is made anew, so that a file written by another version or by hand cannot contradict itself there.

mod older;

use crate::api::imports::{ImportReport, ImportedEntities};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::exports::everything::FORMAT;
use crate::jobs::Progress;
use crate::search_texts;
use crate::store::everything::{Derived, Filler, Sql};
use crate::{products, search, store};
use older::Older;
use rusqlite::Transaction;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Imports a whole shop into the open book, which must be new. The report counts rows of all tables.
///
/// # Errors
/// A book in which somebody has worked; a file that is none of ours, of a newer program, cut off, or with a row that
/// the form of the book does not take. Nothing is changed then.
pub fn run(app: &App, path: &Path, progress: &Progress) -> Result<ImportReport> {
    progress.set_total(std::fs::metadata(path)?.len());
    let known = app.read(|connection, _| store::migrate::version(connection))?;
    let older = match schema_of(path, progress)? {
        Some(schema) if (1..known).contains(&schema) => Some(Older::read(app, path, schema, progress)?),
        _ => None,
    };
    let counted: Arc<Mutex<BTreeMap<String, u64>>> = Arc::default();
    let (path, progress, counts) = (path.to_owned(), progress.clone(), Arc::clone(&counted));
    app.write(Op::new("book.import_everything").in_background(), move |tx, _| {
        if !store::everything::is_new(tx)? {
            return Err(ApiError::not_now("everything.book_not_new"));
        }
        store::everything::empty(tx)?;
        let mut into = Into::new(tx, known);
        match &older {
            Some(older) => older.hand_on(&mut into)?,
            None => read_into(&mut into, &path, &progress)?,
        }
        store::everything::check_references(tx)?;
        search_texts::renew(tx, &store::ladder::everybody(tx)?)?;
        let rows: u64 = into.counts.values().sum();
        if let Ok(mut slot) = counts.lock() {
            *slot = into.counts;
        }
        Ok(Written::many("book").detail(json!({ "rows": rows })).reindex_all())
    })?;
    let facts = app.read(|connection, _| store::book::facts(connection))?;
    app.book()?.set_facts(facts);
    let counts = counted.lock().map(|counts| counts.clone()).map_err(ApiError::internal)?;
    let of = |table: &str| counts.get(table).copied().unwrap_or(0);
    let rows = counts.values().sum();
    Ok(ImportReport {
        rows,
        created: rows,
        updated: 0,
        skipped: 0,
        errors: vec![],
        warnings: vec![],
        entities: ImportedEntities {
            customers: of("customers"),
            products: of("products"),
            sales: of("sales"),
            sale_lines: of("sale_lines"),
        },
        first_rows: vec![],
    })
}

/// Reads a file to its end.
fn read_into(into: &mut Into, path: &Path, progress: &Progress) -> Result<()> {
    let mut json = serde_json::Deserializer::from_reader(opened(path, progress)?);
    let read = Whole(into).deserialize(&mut json).and_then(|()| json.end());
    if let Some(refusal) = into.refusal.take() {
        return Err(refusal);
    }
    progress.check()?;
    read.map_err(|error| ApiError::new(ErrorCode::Invalid, "everything.unreadable").with("line", error.line()))
}

/// The form that a file says it has before its tables begin; whatever else is wrong is found when it is read.
fn schema_of(path: &Path, progress: &Progress) -> Result<Option<i64>> {
    let mut found = None;
    let mut json = serde_json::Deserializer::from_reader(opened(path, progress)?);
    // Ends at the tables, which may be large.
    let _ = Head(&mut found).deserialize(&mut json);
    Ok(found)
}

/// A file that says how far it was read and stops when somebody wants it to.
struct Counted {
    file: std::fs::File,
    done: u64,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.progress.check().is_err() {
            return Err(std::io::Error::other("cancelled"));
        }
        let read = self.file.read(buffer)?;
        self.done += read as u64;
        self.progress.set_done(self.done);
        Ok(read)
    }
}

/// Gzip is read as it comes.
fn opened(path: &Path, progress: &Progress) -> Result<Box<dyn Read>> {
    let file = Counted { file: std::fs::File::open(path)?, done: 0, progress: progress.clone() };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let is_packed = reader.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if is_packed {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    })
}

/// Where the rows go, and why they may stop going there.
struct Into<'a, 'tx> {
    tx: &'a Transaction<'tx>,
    filler: Option<Filler>,
    counts: BTreeMap<String, u64>,
    refusal: Option<ApiError>,
    has_format: bool,
    /// The newest form that can be read here.
    known: i64,
}

impl<'a, 'tx> Into<'a, 'tx> {
    fn new(tx: &'a Transaction<'tx>, known: i64) -> Self {
        Self { tx, filler: None, counts: BTreeMap::new(), refusal: None, has_format: false, known }
    }

    fn refuse<E: Error>(&mut self, refusal: ApiError) -> E {
        self.refusal = Some(refusal);
        E::custom("refused")
    }

    fn begin(&mut self, table: &str) -> Result<()> {
        self.filler = Some(Filler::new(self.tx, table)?);
        Ok(())
    }

    fn add(&mut self, table: &str, row: Map<String, Value>) -> Result<()> {
        let name = || row.get("name").and_then(Value::as_str).unwrap_or_default();
        let derived: Derived = match table {
            "customers" => [("sort_key", Sql::Blob(search::sort_key(name())))].into(),
            "products" => [("search_text", Sql::Text(products::search_text(name())))].into(),
            _ => Derived::new(),
        };
        if let Some(filler) = &mut self.filler {
            filler.add(self.tx, row, derived)?;
        }
        *self.counts.entry(table.to_owned()).or_default() += 1;
        Ok(())
    }

    fn check_version(&self, found: i64) -> Result<()> {
        let known = self.known;
        if found > known {
            let refusal = ApiError::new(ErrorCode::Invalid, "everything.newer");
            return Err(refusal.with("found", found).with("known", known));
        }
        Ok(())
    }
}

/// The object around everything.
struct Whole<'i, 'a, 'tx>(&'i mut Into<'a, 'tx>);

impl<'de> DeserializeSeed<'de> for Whole<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the export of a whole shop")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let mut has_tables = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => self.0.has_format = map.next_value::<Value>()? == FORMAT,
                "schema" => {
                    let found = map.next_value::<i64>()?;
                    self.0.check_version(found).map_err(|refusal| self.0.refuse(refusal))?;
                }
                "tables" if !self.0.has_format => break,
                "tables" => {
                    has_tables = true;
                    map.next_value_seed(Tables(self.0))?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if has_tables { Ok(()) } else { Err(self.0.refuse(ApiError::new(ErrorCode::Invalid, "everything.not_ours"))) }
    }
}

/// What stands before the tables.
struct Head<'f>(&'f mut Option<i64>);

impl<'de> DeserializeSeed<'de> for Head<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Head<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the export of a whole shop")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "schema" => *self.0 = Some(map.next_value()?),
                "tables" => return Err(A::Error::custom("enough")),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// The object of tables.
struct Tables<'i, 'a, 'tx>(&'i mut Into<'a, 'tx>);

impl<'de> DeserializeSeed<'de> for Tables<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tables<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("tables by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(table) = map.next_key::<String>()? {
            self.0.begin(&table).map_err(|refusal| self.0.refuse(refusal))?;
            map.next_value_seed(Rows(self.0, table))?;
        }
        Ok(())
    }
}

/// The rows of a table.
struct Rows<'i, 'a, 'tx>(&'i mut Into<'a, 'tx>, String);

impl<'de> DeserializeSeed<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> std::result::Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Map<String, Value>>()? {
            self.0.add(&self.1, row).map_err(|refusal| self.0.refuse(refusal))?;
        }
        Ok(())
    }
}
