//! The table of customers as it is shown: its rows, its columns, its order; words as the reader's language has them.

use super::{ACTION, Format};
use crate::api::columns::TableColumn;
use crate::api::exports::ExportedFile;
use crate::api::jobs::JobView;
use crate::api::table::{CellValue, TableExport};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::Result;
use crate::jobs;
use crate::messages::say;
use crate::sheets::{Cell, Sheet, Style};
use crate::sheets::{as_named, into_file};
use crate::tiers;
use crate::{customers, store};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::custom_field::FieldKind;
use shukebu_domain::ids::{CustomFieldId, CustomerId};
use shukebu_domain::money::Money;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows that are read at once.
const PIECE: usize = 500;

/// Writes those who are chosen, or all whom the table shows, on a thread of its own; the job's result is the file.
///
/// # Errors
/// `NotPermitted` without the right; a file that nobody chose; a condition whose value does not fit.
pub fn start(app: &App, input: TableExport) -> Result<JobView> {
    app.authorize(ACTION)?;
    let path = app.granted("file", &input.file)?;
    let (path, format) = as_named(&path);
    let masked = input.masked;
    let people: Arc<[CustomerId]> =
        customers::meant(app, input.ids.as_ref(), input.filter.as_ref(), &input.except)?.into();
    let worker = app.worker()?;
    jobs::start(app, "export", move |progress| {
        progress.set_total(people.len() as u64);
        let written = Arc::new(AtomicU64::new(0));
        let op = Op::new(ACTION).in_background();
        worker.write_patiently(&op, |_| {
            progress.check()?;
            let (people, columns, path) = (Arc::clone(&people), input.columns.clone(), path.clone());
            let (written, progress) = (Arc::clone(&written), progress.clone());
            Ok(move |tx: &Transaction, moment: &Moment| {
                let rows = write(tx, moment, &people, &columns, (format, masked), &path, |done| {
                    progress.set_done(done);
                    progress.check()
                })?;
                written.store(rows, Ordering::Relaxed);
                let detail = json!({ "kind": "table", "rows": rows, "masked": masked });
                Ok(Written::many("export").detail(detail))
            })
        })?;
        Ok(ExportedFile::at(&path, written.load(Ordering::Relaxed)))
    })
}

fn write(
    tx: &Transaction,
    moment: &Moment,
    people: &[CustomerId],
    columns: &[TableColumn],
    (format, masked): (Format, bool),
    path: &Path,
    each: impl Fn(u64) -> Result<()>,
) -> Result<u64> {
    let words = Words::of(tx, moment, columns)?;
    into_file(path, |file, beside| {
        let mut sheet = Sheet::new(Style { masked, ..Style::file(format, beside) }, file)?;
        let keys: Vec<String> = columns.iter().map(ToString::to_string).collect();
        let headings: Vec<String> = columns.iter().map(|column| words.heading(*column)).collect();
        sheet.header_as(&borrowed(&keys), &borrowed(&headings))?;
        let mut done = 0;
        for piece in people.chunks(PIECE) {
            for row in customers::table_rows(tx, moment, piece, columns)? {
                let cells = columns.iter().zip(row.cells).map(|(column, value)| words.cell(*column, value));
                sheet.row(&cells.collect::<Vec<_>>())?;
            }
            done += piece.len() as u64;
            each(done)?;
        }
        sheet.finish()
    })
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// What stands for ranks, keys and amounts.
struct Words<'a> {
    moment: &'a Moment,
    tiers: tiers::TierTags,
    classes: BTreeMap<String, crate::api::customers::SegmentTag>,
    fields: BTreeMap<CustomFieldId, (String, FieldKind)>,
}

impl<'a> Words<'a> {
    fn of(connection: &Connection, moment: &'a Moment, columns: &[TableColumn]) -> Result<Self> {
        let mut fields = BTreeMap::new();
        for column in columns {
            if let TableColumn::Field(id) = column {
                let field = store::custom_fields::get(connection, *id)?;
                fields.insert(*id, (field.name, field.kind));
            }
        }
        Ok(Self {
            moment,
            tiers: tiers::tags(connection, moment)?,
            classes: classes::tags(connection, moment.language)?,
            fields,
        })
    }

    fn heading(&self, column: TableColumn) -> String {
        match column {
            TableColumn::Field(id) => self.fields.get(&id).map(|(name, _)| name.clone()).unwrap_or_default(),
            column => say(self.moment.language, &format!("column.{column}"), &[]),
        }
    }

    fn cell(&self, column: TableColumn, value: CellValue) -> Cell<'static> {
        let word = |kind: &str, key: &str| Cell::from(say(self.moment.language, &format!("{kind}.{key}"), &[]));
        match (column, value) {
            (_, CellValue::Nothing) => Cell::Blank,
            (TableColumn::Net, CellValue::Number(minor)) => {
                Cell::Amount(Money::from_minor(minor), self.moment.exponent)
            }
            (TableColumn::Tier, CellValue::Number(rank)) => {
                self.tiers.of_rank(u32::try_from(rank).unwrap_or(0)).name.into()
            }
            (TableColumn::Segment, CellValue::Text(key)) => {
                self.classes.get(&key).map_or(key, |tag| tag.name.clone()).into()
            }
            (TableColumn::Gender, CellValue::Text(key)) => word("gender", &key),
            (TableColumn::Kind, CellValue::Text(key)) => word("customer_kind", &key),
            (TableColumn::Field(id), CellValue::Text(key))
                if self.fields.get(&id).is_some_and(|(_, kind)| *kind == FieldKind::YesNo) =>
            {
                word("answer", &key)
            }
            (_, CellValue::Number(number)) => Cell::Number(number),
            (_, CellValue::Text(text)) => text.into(),
            (_, words @ CellValue::Words(_)) => words.typed().into(),
        }
    }
}
