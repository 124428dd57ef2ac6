//! Points by customer: what was brought from before the book began, and what an imported log says its sales earned.

use super::sheet::Sheet;
use crate::error::Result;
use crate::store;
use rusqlite::Transaction;
use std::io::{Seek, Write};

const COLUMNS: [&str; 5] = ["member_no", "customer", "opening_points", "opening_on", "logged_points"];

pub(super) fn write<W: Write + Seek + Send>(tx: &Transaction, mut sheet: Sheet<W>) -> Result<u64> {
    sheet.header(&COLUMNS)?;
    store::exports::points(tx, |person| {
        sheet.row(&[
            person.member_no.into(),
            person.name.into(),
            person.opening.into(),
            person.opening_on.into(),
            person.logged.into(),
        ])
    })?;
    sheet.finish()
}
