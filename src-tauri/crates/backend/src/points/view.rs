//! Points as screens show them: the card, the statement, what a sale takes, what the shop owes.

use super::rules;
use crate::api::books::Nothing;
use crate::api::points::{
    PointsAsk, PointsCard, PointsLot, PointsOverview, PointsQuote, PointsRow, PointsStatement, SalePoints,
    StatementInput,
};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::messages::say;
use crate::store;
use crate::store::points::Which;
use chrono::{Datelike, Days, Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Points, Redeem};

/// Points that end within so many days are announced.
pub(super) const NOTICE_DAYS: u64 = 30;
const SHOWN_NOTICES: i64 = 200;

/// A customer's points in one glance.
pub(crate) fn card(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<PointsCard> {
    let soon = soon(moment.today);
    let sums = store::points::sums(connection, id, moment.today, soon)?;
    let redeem = rules::on(connection, moment.today)?.redeem;
    let debt = store::points::debt(connection, id)?;
    let spendable = if debt > Points::ZERO { Points::ZERO } else { sums.balance - sums.pending };
    Ok(PointsCard {
        balance: sums.balance,
        spendable,
        pending: sums.pending,
        debt,
        ending: sums.ending,
        ending_on: sums.ending_on,
        worth_minor: redeem.map(|redeem| redeem.worth(spendable)),
    })
}

/// What a customer has today.
pub(crate) fn balance(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Points> {
    Ok(store::points::sums(connection, id, moment.today, moment.today)?.balance)
}

/// What a sale did to the points; none where it takes no part.
pub(crate) fn of_sale(connection: &Connection, sale: SaleId) -> Result<Option<SalePoints>> {
    let found = store::points::of_sale(connection, sale)?;
    Ok(found.map(|(redeemed, worth_minor, earned)| SalePoints { earned, redeemed, worth_minor }))
}

fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(NOTICE_DAYS)).unwrap_or(NaiveDate::MAX)
}

/// The most points that an amount takes: whole steps, within the share and what can be spent.
pub(super) fn most(redeem: &Redeem, due: Money, spendable: Points) -> Points {
    let limit = i128::from(due.minor().max(0)) * i128::from(redeem.max_share_bp) / 10_000;
    let by_share = limit * i128::from(redeem.points.0) / i128::from(redeem.worth_minor.minor().max(1));
    let step = redeem.step.0.max(1);
    let least = by_share.min(i128::from(spendable.0.max(0)));
    // A worth that is rounded down can let one more step pass; the rule itself has the last word.
    let mut steps = i64::try_from(least).unwrap_or(i64::MAX) / step;
    while steps > 0 && redeem.pay(Points(steps * step), due).is_err() {
        steps -= 1;
    }
    Points(steps * step)
}

/// How many points could pay for an amount, and why none.
///
/// # Errors
/// An unknown customer.
pub fn quote(app: &App, input: PointsAsk) -> Result<PointsQuote> {
    app.read(move |connection, moment| {
        let card = card(connection, moment, input.customer_id)?;
        let redeem = rules::on(connection, moment.today)?.redeem;
        let none = |key: &str, values: &[(&str, &dyn std::fmt::Display)]| PointsQuote {
            spendable: card.spendable,
            most: Points::ZERO,
            worth_minor: Money::ZERO,
            step: redeem.map_or(Points::ZERO, |redeem| redeem.step),
            why_none: Some(say(moment.language, key, values)),
        };
        let Some(redeem) = redeem else { return Ok(none("points.not_offered", &[])) };
        if card.debt > Points::ZERO {
            return Ok(none("points.why_none.debt", &[("debt", &card.debt.0)]));
        }
        let most = most(&redeem, input.amount_minor, card.spendable);
        if most == Points::ZERO {
            let key = if card.spendable < redeem.step { "points.why_none.few" } else { "points.why_none.share" };
            return Ok(none(key, &[("step", &redeem.step.0), ("spendable", &card.spendable.0)]));
        }
        let (spendable, step) = (card.spendable, redeem.step);
        Ok(PointsQuote { spendable, most, worth_minor: redeem.worth(most), step, why_none: None })
    })
}

/// What was there, what came and went, what is there.
///
/// # Errors
/// An unknown customer; a last day before the first.
pub fn statement(app: &App, input: StatementInput) -> Result<PointsStatement> {
    app.read(move |connection, moment| {
        let customer = store::customers::get(connection, input.customer_id)?;
        let to_on = input.to_on.unwrap_or(moment.today);
        if input.from_on.is_some_and(|from| from > to_on) {
            return Err(crate::error::ApiError::field("to_on", "date.order"));
        }
        let mut rows = store::points_report::ledger(connection, input.customer_id)?;
        // What has ended but was not written yet belongs to its day all the same.
        for ended in store::points::lots(connection, input.customer_id, Which::Over(moment.today))? {
            let on = ended.lot.expires_on.and_then(|last| last.succ_opt()).unwrap_or(moment.today);
            rows.push(PointsRow {
                on,
                at: None,
                kind: "expire".to_owned(),
                points: -ended.lot.remaining,
                balance: Points::ZERO,
                sale_no: None,
                gift: None,
                reason: None,
                staff: None,
            });
        }
        rows.sort_by_key(|row| row.on);
        let mut balance = Points::ZERO;
        for row in &mut rows {
            balance += row.points;
            row.balance = balance;
        }
        let before = rows.iter().rev().find(|row| input.from_on.is_some_and(|from| row.on < from));
        let opening = before.map_or(Points::ZERO, |row| row.balance);
        rows.retain(|row| row.on <= to_on && input.from_on.is_none_or(|from| row.on >= from));
        let closing = rows.last().map_or(opening, |row| row.balance);
        let mut lots: Vec<PointsLot> = store::points::lots(connection, input.customer_id, Which::Live)?
            .into_iter()
            .filter(|stored| stored.lot.lives(moment.today))
            .map(|stored| PointsLot {
                earned_on: stored.lot.earned_on,
                spendable_from: stored.lot.spendable_from,
                expires_on: stored.lot.expires_on,
                points: stored.lot.points,
                remaining: stored.lot.remaining,
            })
            .collect();
        let mut cashbacks = store::offers::cashback::paid_to(connection, moment.zone, input.customer_id)?;
        cashbacks.retain(|paid| paid.on <= to_on && input.from_on.is_none_or(|from| paid.on >= from));
        lots.sort_by_key(|lot| (lot.expires_on.is_none(), lot.expires_on, lot.earned_on));
        Ok(PointsStatement {
            name: customer.name,
            member_no: customer.member_no,
            from_on: input.from_on,
            to_on,
            opening,
            closing,
            rows,
            lots,
            cashbacks,
            card: card(connection, moment, input.customer_id)?,
        })
    })
}

/// What the shop owes in points and money, how it came about, and what ends soon.
///
/// # Errors
/// `Locked` while no book is open.
pub fn overview(app: &App, _: Nothing) -> Result<PointsOverview> {
    app.read_in_background(|connection, moment| {
        let redeem = rules::on(connection, moment.today)?.redeem;
        let all = store::points_report::outstanding(connection, moment.today)?;
        let this_month = moment.today.with_day(1).unwrap_or(moment.today);
        let first = this_month.checked_sub_months(Months::new(11)).unwrap_or(this_month);
        let (notice_people, notice_points) =
            store::points_report::ending_sums(connection, moment.today, soon(moment.today))?;
        Ok(PointsOverview {
            outstanding: all.points,
            worth_minor: redeem.map(|redeem| redeem.worth(all.points)),
            people: all.people,
            debt: store::points_report::all_debt(connection)?,
            months: store::points_report::months(connection, first)?,
            ends: all.ends,
            notices: store::points_report::ending(connection, moment.today, soon(moment.today), SHOWN_NOTICES)?,
            notice_people,
            notice_points,
        })
    })
}
