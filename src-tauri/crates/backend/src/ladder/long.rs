//! Customers with many sales: their history is kept folded up, so that a sale costs the days that can still count and not
//! everything that they ever bought. What corrects the past forgets the summary; the next sale walks everything once.

use crate::app::Moment;
use crate::error::Result;
use crate::points::Sold;
use crate::store;
use crate::store::ladder::StoredSummary;
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{LadderVersion, Standing, summarized};
use shukebu_domain::money::Money;

/// Fewer sales than this are walked as quickly as a summary is read.
const LONG: i64 = 64;

/// Where a customer stands after a new sale, which is stored and in the figures. `None`: the history is short, or the
/// sale is not of today.
pub(super) fn after_sale(
    tx: &Transaction,
    moment: &Moment,
    versions: &[LadderVersion],
    sold: &Sold,
) -> Result<Option<Standing>> {
    let figures = store::figures::figures(tx, sold.customer)?;
    let (orders, net) = (figures.orders, figures.net);
    if orders < LONG {
        return Ok(None);
    }
    if sold.on != moment.today {
        store::ladder::forget_summary(tx, sold.customer)?;
        return Ok(None);
    }
    let bought = (sold.net > Money::ZERO).then_some(sold.net);
    let before = (orders - i64::from(bought.is_some()), net.checked_sub(sold.net));
    let version_id = store::ladder::newest_version(tx)?;
    let known = store::ladder::summary(tx, sold.customer)?
        .filter(|known| known.version_id == version_id && (known.orders, Some(known.net)) == before);
    let gone_on = match &known {
        Some(known) => gone_on(tx, moment, versions, sold.customer, known, bought)?,
        None => None,
    };
    let (standing, summary) = match gone_on {
        Some(found) => found,
        None => {
            let records = store::merges::records_of(tx, sold.customer)?;
            let (standing, summary) = summarized(versions, &super::together(tx, versions, &records)?, moment.today)?;
            // Of a merged history the days lie with several records.
            (standing, summary.filter(|_| records.len() == 1))
        }
    };
    match summary {
        Some(summary) => {
            store::ladder::set_summary(tx, sold.customer, &StoredSummary { version_id, orders, net, summary })?;
        }
        None => store::ladder::forget_summary(tx, sold.customer)?,
    }
    Ok(Some(standing))
}

/// Where a customer with a summary stands today; `None` where there is none that can be believed.
pub(super) fn today(
    connection: &Connection,
    moment: &Moment,
    versions: &[LadderVersion],
    id: CustomerId,
) -> Result<Option<Standing>> {
    let Some(known) = store::ladder::summary(connection, id)? else { return Ok(None) };
    let figures = store::figures::figures(connection, id)?;
    let holds = known.version_id == store::ladder::newest_version(connection)?
        && (known.orders, known.net) == (figures.orders, figures.net);
    if !holds {
        return Ok(None);
    }
    Ok(gone_on(connection, moment, versions, id, &known, None)?.map(|(standing, _)| standing))
}

type Found = (Standing, Option<shukebu_domain::ladder::Summary>);

fn gone_on(
    connection: &Connection,
    moment: &Moment,
    versions: &[LadderVersion],
    id: CustomerId,
    known: &StoredSummary,
    bought: Option<Money>,
) -> Result<Option<Found>> {
    let mut days = store::ladder::day_nets(connection, id, known.summary.days_after(), moment.today)?;
    // The new sale stands among the others already.
    if let (Some(net), Some(last)) = (bought, days.last_mut()) {
        last.1 = last.1.checked_sub(net).unwrap_or(Money::ZERO);
        if last.1 == Money::ZERO {
            days.pop();
        }
    }
    Ok(known.summary.go_on(versions, &days, bought, moment.today))
}
