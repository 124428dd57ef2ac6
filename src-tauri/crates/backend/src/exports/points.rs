//! Points by customer: what was brought from before the book began, what an imported log says its sales earned, and
//! what the ledger adds up to: earned (with corrections) − redeemed − expired = balance.

use super::sheet::Sheet;
use crate::error::Result;
use crate::store;
use rusqlite::Transaction;
use std::io::{Seek, Write};

const COLUMNS: [&str; 10] = [
    "member_no",
    "customer",
    "opening_points",
    "opening_on",
    "logged_points",
    "earned",
    "redeemed",
    "expired",
    "balance",
    "debt",
];

pub(super) fn write<W: Write + Seek + Send>(tx: &Transaction, mut sheet: Sheet<W>) -> Result<u64> {
    sheet.header(&COLUMNS)?;
    store::exports::points(tx, |person| {
        sheet.row(&[
            person.member_no.into(),
            person.name.into(),
            person.opening.into(),
            person.opening_on.into(),
            person.logged.into(),
            person.earned.into(),
            person.redeemed.into(),
            person.expired.into(),
            person.balance.into(),
            person.debt.into(),
        ])
    })?;
    sheet.finish()
}
