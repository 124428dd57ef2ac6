//! A row of the ledger of benefits.

use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::benefits::EntryToStore;
use rusqlite::Transaction;
use shukebu_domain::benefit::{Benefit, Span};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;

/// What is granted, used or written off.
#[allow(clippy::too_many_arguments, reason = "a row of the ledger is these things")]
pub(super) fn write(
    tx: &Transaction,
    moment: &Moment,
    id: CustomerId,
    tier: &str,
    benefit: &Benefit,
    kind: &'static str,
    quantity: i64,
    span: Span,
    note: Option<&str>,
) -> Result<()> {
    store::benefits::insert(
        tx,
        &EntryToStore {
            customer: id,
            on: moment.today,
            at: moment.now,
            staff: moment.session.staff,
            kind,
            benefit: &benefit.key,
            tier,
            words: &benefit.words,
            quantity,
            period_from: span.from,
            period_until: span.until,
            note,
            cost: benefit.cost_minor.filter(|_| kind == "use").map(|cost| times(cost, quantity)),
        },
    )
}

fn times(cost: Money, quantity: i64) -> Money {
    Money::from_minor(cost.minor().saturating_mul(quantity))
}
