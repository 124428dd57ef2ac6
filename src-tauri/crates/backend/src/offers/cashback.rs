//! The annual cashback (年度返现): the year of every customer computed once, looked at with its numbers, approved in one
//! transaction, and taken back whole while none of its vouchers was used.

use super::coupons::{self, Issue};
use crate::api::books::Nothing;
use crate::api::offers::cashback::{
    CashbackList, CashbackPreview, CashbackQuestion, CashbackReversal, CashbackRow, CashbackRunRef, CashbackRunView,
    CashbackRuns, PaysAs,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::offers::cashback::{self as rows, ApprovedYear, RunToStore, YearToStore};
use crate::{ladder, store};
use chrono::{Datelike, Months};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::cashback::{self, CashbackRules, GrantedYear};
use shukebu_domain::coupon::{Terms, Worth};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::ids::{CashbackRunId, CustomerId};
use shukebu_domain::money::Money;
use std::collections::{BTreeMap, BTreeSet};

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
}

/// What a year would pay, and to whom; writes nothing.
///
/// # Errors
/// Rules that contradict themselves, an unknown tier, a year that has not begun.
pub fn preview(app: &App, input: CashbackQuestion) -> Result<CashbackPreview> {
    app.read_in_background(move |connection, moment| {
        let computed = compute(connection, moment, &input)?;
        let mut paid: Vec<&Year> = computed.years.iter().filter(|year| year.paid > Money::ZERO).collect();
        paid.sort_by_key(|year| (std::cmp::Reverse(year.paid), year.customer));
        let settled = computed.years.iter().map(|year| year.granted.minor() - year.paid.minor()).sum();
        let rows = paid.iter().take(MOST_SHOWN).map(|year| row(connection, year)).collect::<Result<_>>()?;
        Ok(CashbackPreview {
            year: input.year,
            buyers: computed.buyers,
            people: paid.len(),
            paid_minor: sum(&paid)?,
            settled_minor: Money::from_minor(settled),
            not_members: computed.not_members,
            already: computed.already,
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

/// Every customer with a sale in the year who has not been approved for it. A year that gives nothing is not kept, so that
/// a sale that is typed in later can still be paid; a debt that it does not settle stays where it was.
fn compute(connection: &Connection, moment: &Moment, input: &CashbackQuestion) -> Result<Computed> {
    input.rules.check()?;
    if input.year > moment.today.year() || input.year < 1970 {
        return Err(ApiError::field("year", "cashback.year"));
    }
    let tiers = ladder::tier_names(connection, moment)?;
    let lowest = match &input.lowest_tier {
        None => 0,
        Some(name) => tiers
            .iter()
            .position(|tier| tier == name)
            .ok_or_else(|| ApiError::field("lowest_tier", "coupon.unknown_tier"))?,
    };
    let approved = rows::approved(connection)?;
    let done: BTreeSet<CustomerId> =
        approved.iter().filter(|year| year.year == input.year).map(|year| year.customer).collect();
    let balances = balances(connection, &approved)?;
    let mut computed = Computed { years: vec![], buyers: 0, not_members: 0, already: 0 };
    for buyer in rows::nets(connection, input.year)? {
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
        let carried = balances.get(&buyer.customer).copied().unwrap_or(Money::ZERO);
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
fn balances(connection: &Connection, approved: &[ApprovedYear]) -> Result<BTreeMap<CustomerId, Money>> {
    let rules = rows::rules(connection)?;
    let mut nets: BTreeMap<i32, BTreeMap<CustomerId, Money>> = BTreeMap::new();
    for year in approved.iter().map(|year| year.year).collect::<BTreeSet<_>>() {
        let of_year = rows::nets(connection, year)?.into_iter().map(|buyer| (buyer.customer, buyer.net)).collect();
        nets.insert(year, of_year);
    }
    let again = |year: &ApprovedYear, rules: &CashbackRules| {
        let net = nets.get(&year.year).and_then(|nets| nets.get(&year.customer)).copied().unwrap_or(Money::ZERO);
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

/// Pays a year: one entry per customer, once, with a voucher or on a list.
///
/// # Errors
/// What the preview refuses, a year that is not over, nobody to pay.
pub fn approve(app: &App, input: CashbackQuestion) -> Result<CashbackList> {
    let saved =
        app.write(Op::new("cashback.approve").keyed(input.client_key.clone()).in_background(), move |tx, moment| {
            if input.year >= moment.today.year() {
                return Err(ApiError::field("year", "cashback.year_running"));
            }
            let computed = compute(tx, moment, &input)?;
            if computed.years.is_empty() {
                return Err(ApiError::not_now("cashback.nobody"));
            }
            let paid: Vec<&Year> = computed.years.iter().filter(|year| year.paid > Money::ZERO).collect();
            let total = sum(&paid)?;
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
            let mut vouchers = issue_vouchers(tx, moment, &input, &paid)?;
            for year in &computed.years {
                let coupon = vouchers.remove(&year.customer);
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
            }
            Ok(Written::one("cashback_run", run.0).detail(json!({ "people": paid.len(), "paid_minor": total })))
        })?;
    let id = CashbackRunId(saved.id.ok_or_else(|| ApiError::not_found("cashback_run"))?);
    list(app, CashbackRunRef { id })
}

/// One voucher for each amount; those of the same amount are one batch.
fn issue_vouchers(
    tx: &rusqlite::Transaction,
    moment: &Moment,
    input: &CashbackQuestion,
    paid: &[&Year],
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
    let coupons = coupons::issue_each(tx, moment, &issue, &values)?;
    vouchers.extend(values.into_iter().map(|(customer, _)| customer).zip(coupons));
    Ok(vouchers)
}

/// Everybody whom a run paid, for the list that is printed.
///
/// # Errors
/// An unknown run.
pub fn list(app: &App, input: CashbackRunRef) -> Result<CashbackList> {
    app.read_in_background(move |connection, _| {
        Ok(CashbackList { run: rows::run(connection, input.id)?, rows: rows::paid(connection, input.id)? })
    })
}

/// The runs, newest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn runs(app: &App, _: Nothing) -> Result<CashbackRuns> {
    app.read(|connection, moment| {
        Ok(CashbackRuns { rows: rows::runs(connection)?, tiers: ladder::tier_names(connection, moment)? })
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
