//! Who comes when, and what is bought then: everybody buys in a rhythm of their own until, after one of the purchases,
//! they stop coming (the story behind BG/NBD: Fader, Hardie and Lee 2005).

use super::random::Numbers;
use super::words::{self, Words};
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::sales::{LineToStore, OrderFacts, SaleToStore};
use chrono::{Duration, NaiveDate};
use rusqlite::Transaction;
use shukebu_domain::ids::{CustomerId, ProductId};
use shukebu_domain::money::Money;
use shukebu_domain::time::{Timestamp, day_start};

/// Nobody comes more often than that in two years.
const MOST_VISITS: usize = 120;

/// Something that is sold.
pub(super) struct Item {
    pub id: ProductId,
    pub price: i64,
    pub cost: Option<i64>,
}

/// A visit to be: ordered by time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Visit {
    at: Timestamp,
    on: NaiveDate,
    customer: CustomerId,
}

/// Adds the visits of a customer up to yesterday. `pace`: how often people come, in per cent of what the trade is used to.
pub(super) fn plan(
    visits: &mut Vec<Visit>,
    moment: &Moment,
    words: &Words,
    numbers: &mut Numbers,
    customer: CustomerId,
    joined_on: NaiveDate,
    pace: i64,
) {
    let rhythm = (words.rhythm_days * numbers.between(40, 260) / pace).max(2);
    // Of a thousand purchases so many are the last one; most people stay long, some hardly at all.
    let leaves = numbers.between(0, 20) * numbers.between(0, 20) * numbers.between(1, 4) * 100 / pace;
    let yesterday = moment.today - Duration::days(1);
    let mut on = joined_on;
    for _ in 0..MOST_VISITS {
        if on > yesterday {
            break;
        }
        let at = day_start(moment.zone, on).plus_seconds(numbers.between(9 * 3600 + 600, 20 * 3600 + 1800));
        visits.push(Visit { at, on, customer });
        if numbers.between(0, 1000) < leaves {
            break;
        }
        on += Duration::days(numbers.between(1, rhythm * 2));
    }
}

/// Stores what is bought at a visit.
pub(super) fn sale(
    tx: &Transaction,
    moment: &Moment,
    items: &[Item],
    numbers: &mut Numbers,
    visit: &Visit,
) -> Result<()> {
    let number = store::book::next_number(tx, "sale", Some(visit.on))?;
    let mut lines = vec![];
    for _ in 0..numbers.between(1, 4) {
        let position = usize::try_from(numbers.between(0, i64::try_from(items.len()).unwrap_or(1))).unwrap_or(0);
        let Some(item) = items.get(position) else { continue };
        let quantity = if item.price < 5000 { numbers.between(1, 4) } else { 1 };
        lines.push(LineToStore {
            product: Some(item.id),
            description: None,
            quantity_milli: quantity * 1000,
            unit_price: Money::from_minor(item.price),
            discount: Money::ZERO,
            amount: Money::from_minor(item.price * quantity),
            unit_cost: item.cost.map(Money::from_minor),
        });
    }
    let gross =
        Money::checked_sum(lines.iter().map(|line| line.amount)).ok_or_else(|| ApiError::internal("demo sum"))?;
    let discount = if numbers.percent(12) { Money::from_minor(gross.minor() / 10) } else { Money::ZERO };
    let net = gross.checked_sub(discount).unwrap_or(Money::ZERO);
    let payment = numbers.one_of(words::PAYMENTS);
    let id = store::sales::insert(
        tx,
        &SaleToStore {
            sale_no: &format!("S{}-{number:04}", visit.on.format("%Y%m%d")),
            customer: Some(visit.customer),
            sold_at: visit.at,
            sold_on: visit.on,
            recorded_at: visit.at,
            staff: moment.session.staff,
            payment: Some(payment),
            gross,
            discount,
            discount_reason: None,
            net,
            note: None,
            order: OrderFacts::default(),
        },
    )?;
    store::sales::insert_lines(tx, id, &lines)?;
    Ok(())
}
