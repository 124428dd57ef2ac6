//! Complaints of the book: what happened to a case is only ever added, everything else is worked out from it.
//!
//! A case is its entries. Status, clocks and warnings are a function of the entries, of the promises and opening hours
//! that were in force, and of now ([`case`]). A verdict is written once, with when it happened and when it was noticed,
//! as soon as a step or a look of the program finds it ([`settle`]); from then on it stands, whatever a clock of the
//! computer says later. The columns of the case are caches of that, for lists and for the alarm.

mod alarms;
mod case;
mod corrections;
mod desk;
mod entry;
mod giving;
mod historic;
mod limits;
mod lists;
mod opening;
mod owed;
pub(crate) mod ready;
mod remedies;
mod report;
mod report_export;
mod resolving;
mod returns;
mod rulebook;
mod scripts;
mod settle;
mod sparing;
mod steps;
mod tick;
mod training;
mod view;
mod words;

pub use corrections::{change_severity, correct_act, correct_receipt, duplicate};
pub use historic::{HistoricComplaint, import_historic};
pub use lists::{get, inbox, late};
pub use opening::open;
pub use remedies::{change_date, finish, give_up, promise};
pub use report::report;
pub use report_export::export_report;
pub use resolving::resolve;
pub use returns::take_back;
pub use scripts::{change_script, sales_words, scripts};
pub use sparing::{do_not_disturb, spared};
pub use steps::{close, customer_wrote, follow_up, hand_over, note, reopen, respond, resume, start, wait, withdraw};
pub use tick::tick;
pub use training::training;

pub(crate) use limits::{CLERK_LIMIT, CLERK_LIMIT_MINOR, MANAGER_LIMIT, MANAGER_LIMIT_MINOR};
pub(crate) use lists::{bar, open_of_customer, timeline};
pub(crate) use report::report_of;
pub(crate) use rulebook::Rulebook;
pub(crate) use settle::{after_new_terms, would_move};
pub(crate) use steps::{hand_over_to, note_on};

use crate::error::Result;
use crate::store::book::BookFacts;
use crate::store::calendar::PolicyVersion;
use rusqlite::Transaction;
use shukebu_domain::complaint::Policy;
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;

/// What a new book starts with: opening hours and promises.
pub(crate) fn seed(tx: &Transaction, facts: &BookFacts, staff: StaffId, at: Timestamp) -> Result<()> {
    crate::opening_hours::seed(tx, facts, staff, at)?;
    crate::store::calendar::insert_policy(tx, &PolicyVersion { from: at, policy: Some(Policy::default()) }, staff)
}
