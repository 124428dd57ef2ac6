//! Points on the book: what a sale earns and spends, what a refund takes and gives back, and what hands and gifts do.
//!
//! `points_events` keeps what happened; lots and ledger follow from it. What is newest, a sale of today or a gift,
//! changes only the lots it touches. What corrects the past (a refund, a backdated sale, a merge) has the domain walk
//! the history again and books the difference, so that every way to the same history ends with the same points.

mod account;
mod change;
mod gifts;
mod job;
mod referral;
mod rules;
mod statement_file;
mod view;

pub use change::adjust;
pub use gifts::{list as gift_list, redeem as gift_redeem, save as gift_save};
pub use job::run_if_due;
pub use rules::{change as rules_change, get as rules_get};
pub use statement_file::export_statement;
pub use view::{overview, quote, statement};

pub(crate) use account::settle;
pub(crate) use change::{MOST_BY_HAND, move_by_hand};
pub(crate) use referral::{after_sale as after_sale_of_referred, follow as follow_referrals};
pub(crate) use rules::on as rules_on;
pub(crate) use view::{balance, card, of_sale};

use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::points::{EventToStore, OwnLot, Stamp};
use crate::wording;
use account::Open;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{CustomerId, ImportId, RefundId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::{Basis, EarnRule, Line, Lot, LotKey, Points, RefusalCode, RowKind, Rules, points_owed};
use shukebu_domain::rights::Role;

/// Points that a clerk may spend for customers on one day; above it a manager has to (`roles.csv`).
const CLERK_LIMIT: Points = Points(2_000);

/// The multiplier of a tier that has none of its own, in basis points.
pub(crate) fn base_multiplier_bp(connection: &Connection, on: NaiveDate) -> Result<u32> {
    Ok(rules::on(connection, on)?.multiplier_bp)
}

/// A sale as points see it, once it is stored.
pub(crate) struct Sold {
    pub sale: SaleId,
    pub customer: CustomerId,
    pub on: NaiveDate,
    /// What the customer paid in money.
    pub net: Money,
    /// Points that paid for part of it, and how much.
    pub spent: Points,
    pub worth: Money,
}

/// What points pay of a sale: looked at before the sale is stored, in its transaction.
///
/// # Errors
/// Beside the field `redeem_points`: nobody chosen, another day than today, not offered, not a multiple of the step,
/// above the share of the sale, more than can be spent, a debt.
pub(crate) fn pay(
    tx: &Connection,
    moment: &Moment,
    customer: Option<CustomerId>,
    on: NaiveDate,
    points: Points,
    due: Money,
) -> Result<Money> {
    if points == Points::ZERO {
        return Ok(Money::ZERO);
    }
    let refuse = |key: &str| ApiError::field("redeem_points", key);
    let customer = customer.ok_or_else(|| refuse("points.no_customer"))?;
    if on != moment.today {
        return Err(refuse("points.not_backdated"));
    }
    if points < Points::ZERO {
        return Err(refuse(RefusalCode::NotPositive.key()));
    }
    let rules = rules::on(tx, on)?;
    let redeem = rules.redeem.ok_or_else(|| refuse(RefusalCode::NotOffered.key()))?;
    let account = Open::load(tx, customer, store::points::Which::Live)?;
    let spendable = account.spendable(on);
    // Whoever is refused hears at once which number would do.
    let most = view::most(&redeem, due, spendable);
    let near = Points(points.0 - points.0 % redeem.step.0.max(1)).min(most);
    let refused = |code: RefusalCode| {
        let values =
            [("step", redeem.step), ("most", most), ("near", near), ("spendable", spendable), ("debt", account.debt())];
        values.into_iter().fold(FieldError::new("redeem_points", code.key()), |problem, (name, points)| {
            problem.with(name, wording::count(points.0))
        })
    };
    let worth = redeem.pay(points, due).map_err(refused)?;
    account.may_redeem(points, on).map_err(refused)?;
    Ok(worth)
}

/// The limit of a clerk's day, where these points would pass it.
pub(crate) fn passed_limit(tx: &Connection, moment: &Moment, points: Points) -> Result<Option<Points>> {
    if moment.session.role != Role::Clerk || points == Points::ZERO {
        return Ok(None);
    }
    let today = store::points::spent_by(tx, moment.session.staff, moment.today)?;
    Ok((today + points > CLERK_LIMIT).then_some(CLERK_LIMIT))
}

/// After a sale was stored and the tier looked at: points are spent, then earned at the tier that now holds.
pub(crate) fn after_sale(tx: &Transaction, moment: &Moment, sold: &Sold, multiplier_bp: u32) -> Result<()> {
    if sold.net.is_negative() {
        return Ok(());
    }
    let rules = rules::on(tx, sold.on)?;
    let due = sold.net.checked_add(sold.worth).ok_or_else(|| ApiError::field("amount_minor", "amount.too_large"))?;
    let lines = lines_of(tx, &rules, sold.sale, due)?;
    let lines_text = lines.as_ref().map(serde_json::to_string).transpose()?;
    let whole = vec![Line { amount_minor: due, ..Line::default() }];
    let lines = lines.unwrap_or(whole);
    let basis = Basis { lines: &lines, returned: &[], net: sold.net, multiplier_bp };
    let earned = points_owed(&rules, &basis)?;
    let is_newest =
        sold.on == moment.today && store::points::last_on(tx, sold.customer)?.is_none_or(|last| last <= moment.today);
    let stamp = Stamp { on: sold.on, at: moment.now, staff: moment.session.staff };
    let debt = store::points::debt(tx, sold.customer)?;
    // A sale of today that only gives changes no other lot, and needs no row beside its own.
    let is_plain = is_newest && sold.spent == Points::ZERO && debt == Points::ZERO && !has_ended(tx, sold)?;
    let lot = (is_plain && earned > Points::ZERO).then(|| own_lot(&rules, sold.on, earned));
    let to_store = EventToStore {
        kind: "sale",
        sale: Some(sold.sale),
        points: sold.spent,
        worth: sold.worth,
        earned,
        multiplier_bp: Some(multiplier_bp),
        lines: lines_text,
        ..EventToStore::default()
    };
    if let Some(lot) = lot {
        let waits = Some(lot.spendable_from).filter(|from| *from > sold.on);
        store::figures::add_points(tx, sold.customer, lot.points, lot.expires_on, waits)?;
        store::points::book_with_sale(tx, sold.sale, lot.points)?;
        store::points::insert_event(tx, sold.customer, &stamp, &EventToStore { lot: Some(lot), ..to_store })?;
        return Ok(());
    }
    let event = store::points::insert_event(tx, sold.customer, &stamp, &to_store)?;
    if is_plain {
        return Ok(());
    }
    if !is_newest {
        return settle(tx, moment, sold.customer, Some(event));
    }
    let needs_all = sold.spent > Points::ZERO || debt > Points::ZERO;
    let which = if needs_all { store::points::Which::Live } else { store::points::Which::Over(sold.on) };
    let mut open = Open::load(tx, sold.customer, which)?;
    open.expire(sold.on);
    if sold.spent > Points::ZERO {
        open.redeem(sold.spent, sold.on)?;
    }
    if earned > Points::ZERO {
        open.give(new_lot(&rules, event, sold.on, rules.pending_days, earned), RowKind::Earn, sold.on);
    }
    open.save(tx, moment, sold.customer, Some(event))
}

/// Whether points of the customer have ended and the ledger does not say so yet.
fn has_ended(tx: &Transaction, sold: &Sold) -> Result<bool> {
    let end_on = store::figures::figures(tx, sold.customer)?.points_end_on;
    Ok(end_on.is_some_and(|end_on| end_on < sold.on))
}

/// What a sale gives, as it stands with the sale's event.
fn own_lot(rules: &Rules, on: NaiveDate, points: Points) -> OwnLot {
    let lot = new_lot(rules, 0, on, rules.pending_days, points);
    OwnLot { spendable_from: lot.spendable_from, expires_on: lot.expires_on, points }
}

fn new_lot(rules: &Rules, event: i64, on: NaiveDate, wait: u32, points: Points) -> Lot {
    Lot {
        key: LotKey(event, 0),
        earned_on: on,
        spendable_from: on.checked_add_days(chrono::Days::new(u64::from(wait))).unwrap_or(NaiveDate::MAX),
        expires_on: rules.expiry.last_day(on),
        points,
        remaining: points,
        source: String::new(),
    }
}

/// The lines of a sale where the rules look at items or categories. They are kept with the event, so that a product
/// that changes its category later changes nothing that was earned.
fn lines_of(tx: &Transaction, rules: &Rules, sale: SaleId, due: Money) -> Result<Option<Vec<Line>>> {
    let looks_closer = rules.earn.iter().any(|rule| match rule {
        EarnRule::PerAmount { category, item, .. } | EarnRule::Bonus { category, item, .. } => {
            category.is_some() || item.is_some()
        }
    });
    if !looks_closer {
        return Ok(None);
    }
    let lines = store::points::lines(tx, sale)?;
    let gross = Money::checked_sum(lines.iter().map(|line| line.amount_minor));
    // Lines that say less than was paid do not explain the sale; then the sale is one amount.
    Ok((!lines.is_empty() && gross.is_some_and(|gross| gross >= due)).then_some(lines))
}

/// After money went back: the sale owes what is left of it, and points that paid for it return.
pub(crate) fn after_refund(
    tx: &Transaction,
    moment: &Moment,
    customer: CustomerId,
    sale: SaleId,
    refund: RefundId,
) -> Result<()> {
    referral::after_refund(tx, moment, customer, sale)?;
    if !store::points::has_sale(tx, sale)? {
        return Ok(());
    }
    let stamp = Stamp { on: moment.today, at: moment.now, staff: moment.session.staff };
    let event = EventToStore { kind: "refund", refund: Some(refund), ..EventToStore::default() };
    let event = store::points::insert_event(tx, customer, &stamp, &event)?;
    settle(tx, moment, customer, Some(event))
}

/// Points that somebody has brought along from before the book.
pub(crate) fn opening(
    tx: &Transaction,
    moment: &Moment,
    customer: CustomerId,
    points: Points,
    on: NaiveDate,
) -> Result<()> {
    let stamp = Stamp { on, at: moment.now, staff: moment.session.staff };
    let event = EventToStore { kind: "opening", points, ..EventToStore::default() };
    let event = store::points::insert_event(tx, customer, &stamp, &event)?;
    settle(tx, moment, customer, Some(event))
}

/// After an import: points that people brought along, and, where the import asked for it, points of its sales; what they
/// are multiplied by is asked for each, none is the base rate.
pub(crate) fn after_import(
    tx: &Transaction,
    moment: &Moment,
    import: ImportId,
    earns: bool,
    mut multiplier_bp: impl FnMut(CustomerId, NaiveDate) -> Result<Option<u32>>,
) -> Result<()> {
    let mut people = std::collections::BTreeSet::new();
    for (customer, points, on) in store::points::without_opening(tx)? {
        let stamp = Stamp { on: on.min(moment.today), at: moment.now, staff: moment.session.staff };
        let event = EventToStore { kind: "opening", points, ..EventToStore::default() };
        store::points::insert_event(tx, customer, &stamp, &event)?;
        people.insert(customer);
    }
    if earns {
        for (customer, sale, on) in store::points::unearned_of_import(tx, import.0)? {
            let stamp = Stamp { on, at: moment.now, staff: moment.session.staff };
            let rules = rules::on(tx, on)?;
            let net = store::sales::get(tx, sale)?.row.net_minor;
            let lines = lines_of(tx, &rules, sale, net)?.as_ref().map(serde_json::to_string).transpose()?;
            let multiplier_bp = multiplier_bp(customer, on)?;
            let event =
                EventToStore { kind: "sale", sale: Some(sale), multiplier_bp, lines, ..EventToStore::default() };
            store::points::insert_event(tx, customer, &stamp, &event)?;
            people.insert(customer);
        }
    }
    people.into_iter().try_for_each(|customer| settle(tx, moment, customer, None))
}
