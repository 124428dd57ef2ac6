//! Records as they stand in the book: ledgers, coupons, packs, consents, what was talked. For reading and counting; what goes
//! into a new book is everything as one JSON.

use super::instants::Instants;
use crate::api::exports::ExportKind as Kind;
use crate::app::Moment;
use crate::error::Result;
use crate::sheets::{Cell, Out, Sheet};
use crate::store;
use crate::store::exports::records::{self, Value};
use rusqlite::Transaction;
use shukebu_domain::quantity::quantity_text;
use shukebu_domain::segmentation::window::DayRange;
use shukebu_domain::time::Timestamp;

/// How the cells of a column are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Instant,
    Quantity,
    AsItIs,
}

impl Form {
    /// By the end of the column's name, as the book itself names its columns.
    fn of(column: &str) -> Self {
        if column.ends_with("_at") {
            Self::Instant
        } else if column.ends_with("_milli") {
            Self::Quantity
        } else {
            Self::AsItIs
        }
    }
}

pub(super) fn write(
    tx: &Transaction,
    moment: &Moment,
    kind: Kind,
    days: DayRange,
    mut sheet: Sheet<'_, impl Out>,
) -> Result<u64> {
    records::read(tx, kind, days.through, |columns, rows| {
        let forms: Vec<Form> = columns.iter().map(|column| Form::of(column)).collect();
        let headings: Vec<&str> = columns.iter().map(|column| column.trim_end_matches("_milli")).collect();
        sheet.header(&headings)?;
        let mut instants = Instants::of(moment.zone);
        while let Some(row) = rows.next()? {
            if !days.contains(day_of(moment, row, columns.first().map_or("", String::as_str))?) {
                continue;
            }
            let cells = forms.iter().enumerate().map(|(at, form)| {
                Ok(match (records::cell(row, at)?, form) {
                    (Value::Nothing, _) => Cell::Blank,
                    (Value::Number(number), Form::Instant) => {
                        instants.text(Timestamp::from_millis(number)).to_owned().into()
                    }
                    (Value::Number(number), Form::Quantity) => quantity_text(number).into(),
                    (Value::Number(number), Form::AsItIs) => number.into(),
                    (Value::Text(text), _) => text.into(),
                })
            });
            sheet.row(&cells.collect::<Result<Vec<_>>>()?)?;
        }
        Ok(())
    })?;
    sheet.finish()
}

/// To which day a row belongs: its first column says it.
fn day_of(moment: &Moment, row: &rusqlite::Row, column: &str) -> Result<chrono::NaiveDate> {
    Ok(match Form::of(column) {
        Form::Instant => store::instant(row, column)?.day_in(moment.zone),
        Form::Quantity | Form::AsItIs => store::day(row, column)?,
    })
}
