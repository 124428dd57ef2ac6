//! Points by customer: what was brought from before the book began, what an imported log says its sales earned, and
//! what the ledger adds up to: earned (with corrections) − redeemed − expired = balance.

use crate::error::Result;
use crate::sheets::{Out, Sheet};
use crate::store;
use rusqlite::Transaction;

/// What its columns are called.
pub(super) const COLUMNS: [&str; 10] = [
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

pub(super) fn rows(tx: &Transaction, sheet: &mut Sheet<'_, impl Out>) -> Result<()> {
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
    })
}
