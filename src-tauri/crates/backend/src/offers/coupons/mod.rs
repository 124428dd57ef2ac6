//! Coupons (优惠券): issued in batches, used inside a sale's transaction, back with it when the whole sale is taken back.

pub mod plans;
pub mod recall;
mod voiding;

pub use voiding::{void, void_batch};
pub(crate) use voiding::{void_if_unused, void_one};

use crate::api::offers::coupons::{
    Audience, CouponBatchView, CouponBatches, CouponFilter, CouponIssue, CouponPage, CouponPreview, CouponQuestion,
    CouponQuote, CouponTaken, CouponView,
};
use crate::app::{App, Moment, Op, Written, random_bytes};
use crate::error::{ApiError, Result};
use crate::left_out::LeftOutOne;
use crate::messages::say;
use crate::store::offers::coupons::{self as rows, BatchToStore, EntryToStore, StoredBatch, StoredCoupon};
use crate::tiers;
use crate::{left_out, paging, store, wording};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::coupon::{self, CouponState, Terms, Worth};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{CouponBatchId, CouponId, CustomerId, SaleId};
use shukebu_domain::money::Money;

/// The most coupons of one batch.
const MOST: usize = 200_000;
/// Printed ones that nobody is named for come in smaller batches.
const MOST_PRINTED: usize = 10_000;
/// Unused coupons are pointed out so many days before their last day.
const SOON_DAYS: u64 = 3;

/// Coupons to be issued, as another use case says it: a compensation, a tier's welcome, a cashback.
pub(crate) struct Issue {
    pub name: String,
    pub campaign: Option<String>,
    pub terms: Terms,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    pub budget: Option<Money>,
}

/// Issues one coupon to each of these customers in the caller's transaction, in their order.
///
/// # Errors
/// Terms that cannot be printed, a last day before the first, a budget that does not reach.
pub(crate) fn issue(
    tx: &Transaction,
    moment: &Moment,
    issue: &Issue,
    customers: &[CustomerId],
) -> Result<(CouponBatchId, Vec<CouponId>)> {
    let audience = Audience::Named { customer_ids: vec![] };
    let to: Vec<Receiver> = customers.iter().map(|customer| (Some(*customer), None)).collect();
    issue_to(tx, moment, issue, &audience, &to)
}

/// Issues a coupon of its own value to each of these customers, all of one batch; `after_each` hears how many there are
/// so far and may refuse to go on.
pub(crate) fn issue_each(
    tx: &Transaction,
    moment: &Moment,
    issue: &Issue,
    customers: &[(CustomerId, Money)],
    mut after_each: impl FnMut(usize) -> Result<()>,
) -> Result<Vec<CouponId>> {
    let audience = Audience::Named { customer_ids: vec![] };
    let to: Vec<Receiver> = customers.iter().map(|(customer, value)| (Some(*customer), Some(*value))).collect();
    let batch = begin_batch(tx, moment, issue, &audience, &to)?;
    let mut coupons = Vec::with_capacity(to.len());
    for receiver in to {
        coupons.push(insert(tx, batch, receiver)?);
        after_each(coupons.len())?;
    }
    Ok(coupons)
}

/// Whose coupon, and its own value where it has one.
type Receiver = (Option<CustomerId>, Option<Money>);

fn issue_to(
    tx: &Transaction,
    moment: &Moment,
    issue: &Issue,
    audience: &Audience,
    to: &[Receiver],
) -> Result<(CouponBatchId, Vec<CouponId>)> {
    let batch = begin_batch(tx, moment, issue, audience, to)?;
    let coupons = to.iter().map(|receiver| insert(tx, batch, *receiver)).collect::<Result<_>>()?;
    Ok((batch, coupons))
}

fn begin_batch(
    tx: &Transaction,
    moment: &Moment,
    issue: &Issue,
    audience: &Audience,
    to: &[Receiver],
) -> Result<CouponBatchId> {
    check(issue, to.len())?;
    rows::insert_batch(
        tx,
        &BatchToStore {
            name: &issue.name,
            campaign: issue.campaign.as_deref(),
            terms: &issue.terms,
            audience,
            from_on: issue.from_on,
            until_on: issue.until_on,
            budget: issue.budget,
            issued: to.len(),
            has_own_values: to.iter().any(|(_, value)| value.is_some()),
            at: moment.now,
            staff: moment.session.staff,
        },
    )
}

/// Adds a coupon under a code that nobody has.
fn insert(tx: &Transaction, batch: CouponBatchId, (customer, value): Receiver) -> Result<CouponId> {
    // Among 26 trillion codes a second try is rare and a fifth means that there is no randomness.
    for _ in 0..5 {
        if let Some(coupon) = rows::insert(tx, batch, &coupon::code_from(&random_bytes()), customer, value)? {
            return Ok(coupon);
        }
    }
    Err(ApiError::internal("no free coupon code"))
}

fn check(issue: &Issue, number: usize) -> Result<()> {
    issue.terms.check()?;
    let mut problems = vec![];
    if issue.name.is_empty() {
        problems.push(FieldError::new("name", "text.missing"));
    }
    problems.extend(check_length("name", &issue.name, MAX_LINE).err());
    problems.extend(issue.campaign.as_ref().and_then(|text| check_length("campaign", text, MAX_LINE).err()));
    if issue.until_on < issue.from_on {
        problems.push(FieldError::new("until_on", "coupon.until_before_from"));
    }
    refuse_if_any(problems)?;
    match (issue.budget, most_of(&issue.terms, number)) {
        (Some(budget), _) if budget.is_negative() => Err(ApiError::field("budget_minor", "amount.negative")),
        (Some(_), None) => Err(ApiError::field("cap_minor", "coupon.budget_needs_cap")),
        (Some(budget), Some(most)) if most > budget => Err(ApiError::field("budget_minor", "coupon.over_budget")),
        _ => Ok(()),
    }
}

fn most_of(terms: &Terms, number: usize) -> Option<Money> {
    let number = i64::try_from(number).ok()?;
    terms.most()?.minor().checked_mul(number).map(Money::from_minor)
}

/// What issuing would do, before it is done.
///
/// # Errors
/// An audience or days that cannot be.
pub fn preview(app: &App, input: CouponIssue) -> Result<CouponPreview> {
    app.read(move |connection, moment| {
        let issue = read(moment, &input)?;
        let (to, left_out) = people(connection, moment, &input.audience)?;
        let most = most_of(&issue.terms, to.len());
        Ok(CouponPreview {
            coupons: to.len(),
            left_out: left_out::reasons(&left_out),
            left_out_people: left_out::people(connection, &left_out)?,
            most_minor: most,
            until_on: issue.until_on,
            is_over_budget: issue.budget.is_some_and(|budget| most.is_none_or(|most| most > budget)),
        })
    })
}

/// Issues a batch.
///
/// # Errors
/// Terms, days or an audience that cannot be, nobody to issue to, a budget that does not reach.
pub fn issue_batch(app: &App, input: CouponIssue) -> Result<CouponBatchView> {
    let saved = app.write(Op::new("coupon.issue").keyed(input.client_key.clone()), move |tx, moment| {
        let issue = read(moment, &input)?;
        let (to, left_out) = people(tx, moment, &input.audience)?;
        if to.is_empty() {
            return Err(ApiError::field("audience", "coupon.nobody"));
        }
        let (batch, coupons) = issue_to(tx, moment, &issue, &input.audience, &to)?;
        Ok(Written::one("coupon_batch", batch.0)
            .detail(json!({ "coupons": coupons.len(), "left_out": left_out.len() })))
    })?;
    one_batch(app, CouponBatchId(saved.id.ok_or_else(|| ApiError::not_found("coupon"))?))
}

fn one_batch(app: &App, id: CouponBatchId) -> Result<CouponBatchView> {
    app.read_in_background(move |connection, moment| {
        let found = rows::batches(connection, Some(id))?.pop();
        Ok(batch_view(moment, found.ok_or_else(|| ApiError::not_found("coupon"))?))
    })
}

fn read(moment: &Moment, input: &CouponIssue) -> Result<Issue> {
    let from_on = input.from_on.unwrap_or(moment.today);
    let until_on = match (input.until_on, input.valid_days) {
        (Some(day), None) => day,
        (None, Some(days)) if (1..=3_660).contains(&days) => from_on + Days::new(u64::from(days - 1)),
        (None, Some(_)) => return Err(ApiError::field("valid_days", "quantity.zero")),
        _ => return Err(ApiError::field("until_on", "coupon.until_missing")),
    };
    if until_on < moment.today {
        return Err(ApiError::field("until_on", "coupon.until_past"));
    }
    input.terms.check()?;
    Ok(Issue {
        name: clean_line(&input.name),
        campaign: input.campaign.as_deref().map(clean_line).filter(|text| !text.is_empty()),
        terms: input.terms,
        from_on,
        until_on,
        budget: input.budget_minor,
    })
}

/// Who gets one, and who is left out because nothing is told to them for sales. Customers who are named get theirs all the
/// same: it may be the compensation, or be handed over at the counter.
pub(super) fn people(
    connection: &Connection,
    moment: &Moment,
    audience: &Audience,
) -> Result<(Vec<Receiver>, Vec<LeftOutOne>)> {
    let found = match audience {
        Audience::Anybody { number } => {
            let number = usize::try_from(*number).unwrap_or(usize::MAX);
            if number > MOST_PRINTED {
                return Err(FieldError::new("audience.number", "coupon.too_many").with("most", MOST_PRINTED).into());
            }
            return Ok((vec![(None, None); number], vec![]));
        }
        Audience::Named { customer_ids } => {
            let mut ids = customer_ids.clone();
            ids.sort_unstable();
            ids.dedup();
            for id in &ids {
                store::customers::get(connection, *id)?;
            }
            return Ok((ids.into_iter().map(|id| (Some(id), None)).collect(), vec![]));
        }
        Audience::Tier { tier } => {
            let names = tiers::tier_names(connection, moment)?;
            let Some(rank) = names.iter().position(|name| name == tier) else {
                return Err(ApiError::field("audience.tier", "coupon.unknown_tier"));
            };
            rows::people(connection, u32::try_from(rank).ok(), None)?
        }
        Audience::Class { class_key } => rows::people(connection, None, Some(class_key))?,
    };
    if found.len() > MOST {
        return Err(FieldError::new("audience", "coupon.too_many").with("most", MOST).into());
    }
    let silent = store::members::left_out(connection)?;
    let (mut to, mut left_out) = (vec![], vec![]);
    for id in found {
        match silent.get(&id) {
            Some(why) => left_out.push((id, *why)),
            None => to.push((Some(id), None)),
        }
    }
    Ok((to, left_out))
}

/// All batches with their redemption rate.
///
/// # Errors
/// `Locked` while no book is open.
pub fn batches(app: &App, _: crate::api::books::Nothing) -> Result<CouponBatches> {
    app.read_in_background(|connection, moment| {
        let expiring = rows::expiring(connection, moment.today, moment.today + Days::new(SOON_DAYS))?;
        let rows = rows::batches(connection, None)?.into_iter().map(|batch| batch_view(moment, batch)).collect();
        Ok(CouponBatches { rows, expiring })
    })
}

fn batch_view(moment: &Moment, batch: StoredBatch) -> CouponBatchView {
    CouponBatchView {
        id: batch.id,
        text: if batch.has_own_values {
            say(moment.language, "coupon.text_own", &[])
        } else {
            terms_text(moment, &batch.terms)
        },
        name: batch.name,
        campaign: batch.campaign,
        terms: batch.terms,
        audience: batch.audience,
        from_on: batch.from_on,
        until_on: batch.until_on,
        budget_minor: batch.budget,
        used_bp: if batch.issued > 0 { batch.used * 10_000 / batch.issued } else { 0 },
        issued: batch.issued,
        used: batch.used,
        void: batch.void,
        took_off_minor: batch.took_off,
        issued_at: batch.issued_at,
    }
}

/// A page of coupons.
///
/// # Errors
/// A negative offset, a code that cannot be one.
pub fn list(app: &App, filter: CouponFilter) -> Result<CouponPage> {
    let limit = paging::rows(filter.offset, filter.limit, 100, 500)?;
    app.read(move |connection, moment| {
        let code = filter.code.as_deref().map(coupon::read_code).transpose()?;
        let (found, total) = rows::page(connection, &filter, code.as_deref(), moment.today, limit)?;
        Ok(CouponPage { rows: found.into_iter().map(|each| view(moment, each)).collect(), total })
    })
}

/// What coupons would take off a sale.
///
/// # Errors
/// Everything that the sale itself would refuse.
pub fn quote(app: &App, input: CouponQuestion) -> Result<CouponQuote> {
    app.read(move |connection, moment| {
        let taken = take(connection, moment, input.customer_id, &input.codes, input.amount_minor, moment.today)?;
        let off = Money::checked_sum(taken.iter().map(|each| each.what.amount_minor)).unwrap_or(Money::ZERO);
        Ok(CouponQuote {
            takes_off_minor: off,
            net_minor: input.amount_minor.checked_sub(off).unwrap_or(Money::ZERO),
            taken: taken.into_iter().map(|each| each.what).collect(),
        })
    })
}

/// A coupon that a sale uses.
pub(crate) struct Taken {
    pub coupon: CouponId,
    pub what: CouponTaken,
}

/// What these coupons take off a sale of `basis`, one after the other. The terms are about the sale's own day.
pub(crate) fn take(
    connection: &Connection,
    moment: &Moment,
    customer: Option<CustomerId>,
    codes: &[String],
    basis: Money,
    on: NaiveDate,
) -> Result<Vec<Taken>> {
    let mut taken: Vec<Taken> = vec![];
    let mut left = basis;
    let mut all_stack = true;
    for typed in codes {
        let code = coupon::read_code(typed)?;
        let problem = |key: &str| FieldError::new("coupon_codes", key).with("code", coupon::shown_code(&code));
        let refuse = |key: &str| ApiError::from(problem(key));
        let found = rows::by_code(connection, &code)?.ok_or_else(|| refuse("coupon.unknown"))?;
        if taken.iter().any(|each| each.coupon == found.id) {
            return Err(refuse("coupon.twice"));
        }
        if let Some(owner) = found.customer {
            let customer = customer.ok_or_else(|| refuse("coupon.needs_customer"))?;
            if !rows::is_same_person(connection, customer, owner)? {
                return Err(refuse("coupon.of_another"));
            }
        }
        let day = |on: NaiveDate| wording::day(moment.language, on);
        match coupon::state(found.used_sale.is_some(), found.is_void, found.until_on, on) {
            CouponState::Used => return Err(refuse("coupon.used")),
            CouponState::Void => return Err(refuse("coupon.void")),
            CouponState::Expired => {
                return Err(problem("coupon.expired").with("until", day(found.until_on)).into());
            }
            CouponState::Unused if on < found.from_on => {
                return Err(problem("coupon.not_yet").with("from", day(found.from_on)).into());
            }
            CouponState::Unused => {}
        }
        all_stack &= found.terms.is_stackable;
        if !taken.is_empty() && !all_stack {
            return Err(refuse("coupon.not_stackable"));
        }
        let missing = found.terms.minimum_minor.checked_sub(basis).unwrap_or(Money::ZERO);
        let amount_minor = found.terms.take_off(basis, left).map_err(|_| {
            ApiError::from(problem("coupon.below_minimum").with("missing", wording::amount(moment, missing)))
        })?;
        left = left.checked_sub(amount_minor).unwrap_or(Money::ZERO);
        let what = CouponTaken { code: coupon::shown_code(&code), name: found.name, amount_minor };
        taken.push(Taken { coupon: found.id, what });
    }
    Ok(taken)
}

/// Writes down that a sale used these coupons.
pub(crate) fn store_uses(tx: &Transaction, moment: &Moment, sale: SaleId, taken: &[Taken]) -> Result<()> {
    for each in taken {
        rows::insert_entry(tx, &entry(moment, each.coupon, "used", sale, each.what.amount_minor))?;
    }
    Ok(())
}

/// The whole sale was taken back: its coupons can be used again, for as long as they are good.
pub(crate) fn give_back(tx: &Transaction, moment: &Moment, sale: SaleId) -> Result<()> {
    for (coupon, what) in rows::of_sale(tx, sale)? {
        if rows::get(tx, coupon)?.used_sale == Some(sale) {
            rows::insert_entry(tx, &entry(moment, coupon, "returned", sale, what.amount_minor))?;
        }
    }
    Ok(())
}

fn entry(moment: &Moment, coupon: CouponId, kind: &'static str, sale: SaleId, amount: Money) -> EntryToStore<'static> {
    let (at, staff) = (moment.now, moment.session.staff);
    EntryToStore { coupon, kind, at, staff, sale: Some(sale), amount, reason: None }
}

fn state_of(moment: &Moment, found: &StoredCoupon) -> CouponState {
    coupon::state(found.used_sale.is_some(), found.is_void, found.until_on, moment.today)
}

pub(crate) fn view(moment: &Moment, found: StoredCoupon) -> CouponView {
    CouponView {
        id: found.id,
        code: coupon::shown_code(&found.code),
        text: terms_text(moment, &found.terms),
        state: state_of(moment, &found),
        name: found.name,
        customer_id: found.customer,
        customer_name: found.customer_name,
        from_on: found.from_on,
        until_on: found.until_on,
        sale_no: found.sale_no,
    }
}

/// `满 ¥100.00 减 ¥20.00`, `8.5 折，最多减 ¥50.00`
fn terms_text(moment: &Moment, terms: &Terms) -> String {
    let amount = |money| wording::amount(moment, money);
    let minimum = terms.minimum_minor;
    let (kind, off) = match terms.worth {
        Worth::Value { value_minor } => ("value", amount(value_minor)),
        Worth::Percent { percent_bp, .. } => (
            "percent",
            Money::from_minor(i64::from(percent_bp))
                .to_plain_text(2)
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned(),
        ),
    };
    let from = if minimum > Money::ZERO { "from" } else { "any" };
    let key = format!("coupon.text_{kind}_{from}");
    let base = say(moment.language, &key, &[("off", &off), ("minimum", &amount(minimum))]);
    match terms.worth {
        Worth::Percent { cap_minor: Some(cap), .. } => {
            say(moment.language, "coupon.text_capped", &[("text", &base), ("cap", &amount(cap))])
        }
        _ => base,
    }
}
