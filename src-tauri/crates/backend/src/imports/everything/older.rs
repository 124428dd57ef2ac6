//! An export that an older program wrote. What its tables mean only the migrations know, so it is read into a book of
//! its own form beside the open one, and that book is brought up to date like any older one.

use super::{Into, read_into};
use crate::app::App;
use crate::error::Result;
use crate::files::beside;
use crate::jobs::Progress;
use crate::store::{connection, everything, migrate};
use rusqlite::Connection;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The book that was made of an older export; it goes with this value.
pub(super) struct Older {
    book: Option<Connection>,
    path: PathBuf,
}

impl Older {
    /// Reads an export of an older form and brings it up to date.
    ///
    /// # Errors
    /// As the import of everything.
    pub(super) fn read(app: &App, export: &Path, schema: i64, progress: &Progress) -> Result<Self> {
        let open = app.book()?;
        let path = beside(&open.path, "importing");
        let _ = std::fs::remove_file(&path);
        let mut older = Self { book: Some(connection::create_unflushed(&path, &open.key)?), path };
        if let Some(book) = &mut older.book {
            migrate::apply_up_to(book, schema)?;
            let tx = book.transaction()?;
            everything::empty(&tx)?;
            read_into(&mut Into::new(&tx, schema), export, progress)?;
            tx.commit()?;
            migrate::apply(book, &migrate::runner())?;
        }
        Ok(older)
    }

    /// Hands every row of it on, table by table.
    pub(super) fn hand_on(&self, into: &mut Into) -> Result<()> {
        let Some(book) = &self.book else { return Ok(()) };
        for table in everything::tables(book)? {
            into.begin(&table)?;
            everything::rows(book, &table, |text| {
                let row: Map<String, Value> = serde_json::from_str(text)?;
                into.add(&table, row)
            })?;
        }
        Ok(())
    }
}

impl Drop for Older {
    fn drop(&mut self) {
        drop(self.book.take());
        let _ = std::fs::remove_file(&self.path);
    }
}
