//! The annual cashback (年度返现): the year of every customer computed once, looked at with its numbers, approved in one
//! transaction, and taken back whole while none of its vouchers was used.

mod nets;

use super::coupons::{self, Issue};
use crate::api::books::Nothing;
use crate::api::jobs::JobView;
use crate::api::offers::cashback::{
    CashbackList, CashbackListFilter, CashbackPreview, CashbackQuestion, CashbackReversal, CashbackRow,
    CashbackRunView, CashbackRuns, PaysAs,
};
use crate::app::{App, Moment, Op, Worker, Written};
use crate::error::{ApiError, Result};
use crate::jobs::{self, Progress};
use crate::messages::say;
use crate::store;
use crate::store::offers::cashback::{self as rows, ApprovedYear, RunToStore, YearToStore};
use crate::tiers;
use chrono::{Datelike, Months};
use nets::{Nets, net_of};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::cashback::{self, CashbackRules, GrantedYear};
use shukebu_domain::coupon::{Terms, Worth};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::ids::{CashbackRunId, CustomerId};
use shukebu_domain::money::Money;
use std::collections::{BTreeMap, BTreeSet};

const ACTION: &str = "cashback.approve";
/// The preview shows so many by name.
const MOST_SHOWN: usize = 200;

/// A customer's year as it would be approved.
struct Year {
    customer: CustomerId,
    tier: Option<String>,
    net: Money,
    granted: Money,
    carried: Money,
    paid: Money,
}

struct Computed {
    years: Vec<Year>,
    buyers: usize,
    not_members: usize,
    already: usize,
    /// What people owe before this year is settled with it, zero or negative.
    balances: BTreeMap<CustomerId, Money>,
}

/// What a year would pay, and to whom; writes nothing.
///
/// # Errors
/// Rules that contradict themselves, an unknown tier, a year that has not begun.
pub fn preview(app: &App, input: CashbackQuestion) -> Result<CashbackPreview> {
    let today = app.moment()?.today;
    check(&input, today.year())?;
    let nets = nets::of(app, input.year)?;
    app.read_in_background(move |connection, moment| {
        let computed = compute(connection, moment, &input, &nets)?;
        let mut shown: Vec<&Year> = computed.years.iter().collect();
        shown.sort_by_key(|year| (std::cmp::Reverse(year.paid), year.carried, year.customer));
        let people = shown.iter().filter(|year| year.paid > Money::ZERO).count();
        let settled = computed.years.iter().map(|year| year.granted.minor() - year.paid.minor()).sum();
        let owed = Money::checked_sum(computed.balances.values().copied()).and_then(|sum| Money::ZERO.checked_sub(sum));
        let rows = shown.iter().take(MOST_SHOWN).map(|year| row(connection, year)).collect::<Result<_>>()?;
        Ok(CashbackPreview {
            year: input.year,
            buyers: computed.buyers,
            people,
            paid_minor: sum(&shown)?,
            settled_minor: Money::from_minor(settled),
            not_members: computed.not_members,
            already: computed.already,
            debtors: computed.balances.values().filter(|balance| balance.is_negative()).count(),
            owed_minor: owed.unwrap_or(Money::ZERO),
            is_running: input.year >= moment.today.year(),
            rows,
        })
    })
}

fn row(connection: &Connection, year: &Year) -> Result<CashbackRow> {
    let who = store::customers::get(connection, year.customer)?;
    Ok(CashbackRow {
        customer_id: year.customer,
        name: who.name,
        member_no: who.member_no,
        tier: year.tier.clone(),
        net_minor: year.net,
        granted_minor: year.granted,
        carried_minor: year.carried,
        paid_minor: year.paid,
        code: None,
    })
}

fn sum(years: &[&Year]) -> Result<Money> {
    let sum = Money::checked_sum(years.iter().map(|year| year.paid));
    sum.ok_or_else(|| ApiError::field("rules", "amount.too_large"))
}

/// Refuses what can be refused without looking at anybody.
fn check(input: &CashbackQuestion, this_year: i32) -> Result<()> {
    input.rules.check()?;
    if input.year > this_year || input.year < 1970 {
        return Err(ApiError::field("year", "cashback.year"));
    }
    Ok(())
}

/// The rank from which on people are paid.
fn lowest_rank(tiers: &[String], input: &CashbackQuestion) -> Result<usize> {
    let Some(name) = &input.lowest_tier else { return Ok(0) };
    let rank = tiers.iter().position(|tier| tier == name);
    rank.ok_or_else(|| ApiError::field("lowest_tier", "coupon.unknown_tier"))
}

/// Every customer with a sale in the year who has not been approved for it. A year that gives nothing is not kept, so that
/// a sale that is typed in later can still be paid; a debt that it does not settle stays where it was.
fn compute(connection: &Connection, moment: &Moment, input: &CashbackQuestion, nets: &Nets) -> Result<Computed> {
    let tiers = tiers::tier_names(connection, moment)?;
    let lowest = lowest_rank(&tiers, input)?;
    let approved = rows::approved(connection)?;
    let done: BTreeSet<CustomerId> =
        approved.iter().filter(|year| year.year == input.year).map(|year| year.customer).collect();
    let balances = balances(connection, &approved, nets)?;
    let mut computed = Computed { years: vec![], buyers: 0, not_members: 0, already: 0, balances };
    for buyer in nets.get(&input.year).map(|people| people.as_slice()).unwrap_or_default() {
        computed.buyers += 1;
        if done.contains(&buyer.customer) {
            computed.already += 1;
            continue;
        }
        let rank = usize::try_from(buyer.tier_rank).unwrap_or(0);
        let tier = tiers.get(rank).cloned();
        let year = cashback::cashback(&input.rules, [buyer.net], tier.as_deref())?;
        if year.cashback_minor <= Money::ZERO {
            continue;
        }
        if rank < lowest {
            computed.not_members += 1;
            continue;
        }
        let carried = computed.balances.get(&buyer.customer).copied().unwrap_or(Money::ZERO);
        let payout = cashback::pay_out(year.cashback_minor, carried, true)?;
        computed.years.push(Year {
            customer: buyer.customer,
            tier,
            net: buyer.net,
            granted: year.cashback_minor,
            carried,
            paid: payout.payable_minor,
        });
    }
    Ok(computed)
}

/// What each customer carries over from approved years, computed again with the refunds that came since.
fn balances(connection: &Connection, approved: &[ApprovedYear], nets: &Nets) -> Result<BTreeMap<CustomerId, Money>> {
    let rules = rows::rules(connection)?;
    let again = |year: &ApprovedYear, rules: &CashbackRules| {
        let net = net_of(nets, year.year, year.customer);
        cashback::cashback(rules, [net], year.tier.as_deref()).map(|year| year.cashback_minor)
    };
    let mut years: BTreeMap<CustomerId, Vec<GrantedYear>> = BTreeMap::new();
    for year in approved {
        let Some(rules) = rules.get(&year.run.0) else { continue };
        let granted = GrantedYear { granted: year.granted, paid: year.paid, again: again(year, rules)? };
        years.entry(year.customer).or_default().push(granted);
    }
    Ok(years.into_iter().map(|(customer, years)| (customer, cashback::balance(&years))).collect())
}

/// Pays a year on a thread of its own: one entry per customer, once, with a voucher or on a list. It is one transaction that
/// steps aside for the counter; cancelled, it leaves nothing behind.
///
/// # Errors
/// What the preview refuses, a year that is not over; in the job, nobody to pay.
pub fn approve(app: &App, input: CashbackQuestion) -> Result<JobView> {
    app.authorize(ACTION)?;
    let today = app.moment()?.today;
    check(&input, today.year())?;
    if input.year >= today.year() {
        return Err(ApiError::field("year", "cashback.year_running"));
    }
    if input.until_on.is_some_and(|day| day < today) {
        return Err(ApiError::field("until_on", "coupon.until_past"));
    }
    let asked = input.clone();
    app.read(move |connection, moment| lowest_rank(&tiers::tier_names(connection, moment)?, &asked))?;
    let worker = app.worker()?;
    jobs::start(app, "cashback", move |progress| perform(&worker, &input, progress))
}

fn perform(worker: &Worker, input: &CashbackQuestion, progress: &Progress) -> Result<CashbackRunView> {
    let op = Op::new(ACTION).keyed(input.client_key.clone()).in_background();
    let saved = worker.write_patiently(&op, |_| {
        progress.check()?;
        let (input, progress) = (input.clone(), progress.clone());
        Ok(move |tx: &Transaction, moment: &Moment| pay(tx, moment, &input, &progress))
    })?;
    let id = CashbackRunId(saved.id.ok_or_else(|| ApiError::not_found("cashback_run"))?);
    worker.read(move |connection, _| rows::run(connection, id))
}

fn pay(tx: &Transaction, moment: &Moment, input: &CashbackQuestion, progress: &Progress) -> Result<Written> {
    let computed = compute(tx, moment, input, &nets::now(tx, input.year)?)?;
    if computed.years.is_empty() {
        return Err(ApiError::not_now("cashback.nobody"));
    }
    let paid: Vec<&Year> = computed.years.iter().filter(|year| year.paid > Money::ZERO).collect();
    let total = sum(&paid)?;
    let vouchers = if input.pays_as == PaysAs::Voucher { paid.len() } else { 0 };
    progress.set_total(as_count(vouchers + computed.years.len()));
    let run = rows::insert_run(
        tx,
        &RunToStore {
            year: input.year,
            rules: &input.rules,
            lowest_tier: input.lowest_tier.as_deref(),
            pays_as: input.pays_as,
            at: moment.now,
            staff: moment.session.staff,
            people: paid.len(),
            paid: total,
        },
    )?;
    let mut coupons = issue_vouchers(tx, moment, input, &paid, progress)?;
    for (place, year) in computed.years.iter().enumerate() {
        let coupon = coupons.remove(&year.customer);
        rows::insert_year(
            tx,
            &YearToStore {
                run,
                customer: year.customer,
                year: input.year,
                tier: year.tier.as_deref(),
                net: year.net,
                granted: year.granted,
                carried: year.carried,
                paid: year.paid,
                coupon,
            },
        )?;
        progress.set_done(as_count(vouchers + place + 1));
        progress.check()?;
    }
    Ok(Written::one("cashback_run", run.0).detail(json!({ "people": paid.len(), "paid_minor": total })))
}

fn as_count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// One voucher for each person, all of one batch.
fn issue_vouchers(
    tx: &Transaction,
    moment: &Moment,
    input: &CashbackQuestion,
    paid: &[&Year],
    progress: &Progress,
) -> Result<BTreeMap<CustomerId, shukebu_domain::ids::CouponId>> {
    let mut vouchers = BTreeMap::new();
    if input.pays_as == PaysAs::Cash {
        return Ok(vouchers);
    }
    let most = paid.iter().map(|year| year.paid).max().unwrap_or(Money::ZERO);
    let issue = Issue {
        name: say(moment.language, "cashback.voucher", &[("year", &input.year)]),
        campaign: None,
        // It is the customer's own money, so it stands beside any other coupon that may stand beside one.
        terms: Terms { worth: Worth::Value { value_minor: most }, minimum_minor: Money::ZERO, is_stackable: true },
        from_on: moment.today,
        until_on: input.until_on.unwrap_or(moment.today + Months::new(12)),
        budget: None,
    };
    let values: Vec<(CustomerId, Money)> = paid.iter().map(|year| (year.customer, year.paid)).collect();
    if values.is_empty() {
        return Ok(vouchers);
    }
    let coupons = coupons::issue_each(tx, moment, &issue, &values, |done| {
        progress.set_done(as_count(done));
        progress.check()
    })?;
    vouchers.extend(values.into_iter().map(|(customer, _)| customer).zip(coupons));
    Ok(vouchers)
}

/// Whom a run paid, for the screen and for the list that is printed.
///
/// # Errors
/// An unknown run, a negative offset.
pub fn list(app: &App, filter: CashbackListFilter) -> Result<CashbackList> {
    if filter.offset < 0 {
        return Err(ApiError::field("offset", "amount.negative"));
    }
    app.read_in_background(move |connection, _| {
        let rows = rows::paid(connection, filter.id, filter.offset, filter.limit)?;
        Ok(CashbackList { run: rows::run(connection, filter.id)?, rows })
    })
}

/// The runs, newest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn runs(app: &App, _: Nothing) -> Result<CashbackRuns> {
    app.read(|connection, moment| {
        Ok(CashbackRuns { rows: rows::runs(connection)?, tiers: tiers::tier_names(connection, moment)? })
    })
}

/// Takes a run back: its vouchers are void and its year can be run anew.
///
/// # Errors
/// No reason, a run that was taken back, a voucher of it that was used.
pub fn reverse(app: &App, input: CashbackReversal) -> Result<CashbackRunView> {
    let reason = clean_line(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    check_length("reason", &reason, MAX_LINE)?;
    let id = input.id;
    app.write(Op::new("cashback.reverse").keyed(input.client_key).in_background(), move |tx, moment| {
        if rows::run(tx, id)?.reversed_at.is_some() {
            return Err(ApiError::not_now("cashback.reversed"));
        }
        let vouchers = rows::vouchers(tx, id)?;
        let used = vouchers.iter().filter(|(_, is_used)| *is_used).count();
        if used > 0 {
            return Err(ApiError::not_now("cashback.used").with("n", used));
        }
        for (coupon, _) in vouchers {
            coupons::void_one(tx, moment, coupon, &reason)?;
        }
        rows::reverse(tx, id, moment.now, &reason)?;
        Ok(Written::one("cashback_run", id.0))
    })?;
    app.read(move |connection, _| rows::run(connection, id))
}
