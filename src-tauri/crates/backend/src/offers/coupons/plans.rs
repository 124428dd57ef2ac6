//! Coupons by a rule (发券计划): each day the program looks who is due, and issues to each once. A regular plan runs once for
//! each of its days; where a person is the occasion (a birthday, a first visit, a step up, a long absence) a look in between
//! takes new customers and steps at once. Whoever has an open complaint waits until it is over; where the customer is not at
//! the counter and has to be told, nobody who does not want to be contacted is issued one either.

use super::{issue_to, recall, terms_text};
use crate::api::books::Nothing;
use crate::api::members::LeftOutWhy;
use crate::api::offers::coupons::Audience;
use crate::api::offers::plans::{CouponPlanEnd, CouponPlanInput, CouponPlanPreview, CouponPlanView, CouponPlans};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::offers::plans::{self as rows, Candidate, PlanToStore, RunToStore, StoredPlan, Which};
use crate::store::offers::recall::Received;
use crate::{left_out, store, tiers, wording};
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::birthday::{Birthday, Keeping};
use shukebu_domain::coupon_plan::{CouponPlan, Occasion, birthday_due};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, RuleError, refuse_if_any};
use shukebu_domain::ids::{CouponPlanId, CustomerId};
use shukebu_domain::money::Money;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Mutex;

const ACTION: &str = "coupon.plan_run";
/// More rules than that nobody oversees.
const MOST_OPEN: usize = 30;
const MOST_SHOWN: i64 = 100;
/// So many customers are looked at at once: some hundredths of a second.
const PIECE: i64 = 5_000;

/// Up to where the last look went: its day, the newest plan, customer and step up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Looked {
    today: NaiveDate,
    plan: i64,
    customer: i64,
    step: i64,
}

/// What the last look is kept as, as long as the book is open.
#[derive(Default)]
struct LookedUpTo(Mutex<Option<Looked>>);

/// Somebody who is due, and for which period.
struct Due {
    customer: CustomerId,
    period: String,
    left_out: Option<LeftOutWhy>,
}

/// Issues what is due. Looking twice issues nothing twice.
///
/// # Errors
/// As every write.
pub fn run_if_due(app: &App) -> Result<()> {
    let kept = app.book()?.kept.of::<LookedUpTo>();
    let looked = kept.0.lock().ok().and_then(|looked| *looked);
    let found = app.read_in_background(|connection, moment| {
        // A clock that stands before the last moment seen judges nothing.
        if store::book::last_seen(connection)? > moment.now {
            return Ok(None);
        }
        let plans = rows::open(connection)?;
        let (customer, step) = rows::newest_occasions(connection)?;
        let plan = plans.iter().map(|plan| plan.id.0).max().unwrap_or(0);
        Ok(Some((plans, Looked { today: moment.today, plan, customer, step })))
    })?;
    let Some((plans, now)) = found.filter(|(_, now)| looked != Some(*now)) else { return Ok(()) };
    // On the same day only what is new is looked at; a new plan, like a new day, looks at everybody.
    let since = looked.filter(|before| before.today == now.today && before.plan == now.plan);
    for plan in plans {
        run(app, plan, since)?;
    }
    if let Ok(mut looked) = kept.0.lock() {
        *looked = Some(now);
    }
    Ok(())
}

fn run(app: &App, plan: StoredPlan, since: Option<Looked>) -> Result<()> {
    let is_regular = matches!(plan.plan.occasion, Occasion::Regular { .. });
    let asked = plan.clone();
    let due_on = app.read(move |connection, moment| due_on(connection, moment, &asked))?;
    if is_regular && due_on.is_none() {
        return Ok(());
    }
    let due = due(app, &plan, due_on, since)?;
    if is_regular || due.iter().any(|due| due.left_out.is_none()) {
        app.write(Op::new(ACTION).in_background(), move |tx, moment| issue(tx, moment, &plan, due_on, due))?;
    }
    Ok(())
}

/// The day for which a regular plan has still to run; what lies before its beginning is none.
fn due_on(connection: &Connection, moment: &Moment, plan: &StoredPlan) -> Result<Option<NaiveDate>> {
    let newest = plan.plan.occasion.newest_due(moment.today).filter(|day| *day >= plan.started_on);
    match newest {
        Some(day) if !rows::has_run(connection, plan.first, day)? => Ok(Some(day)),
        _ => Ok(None),
    }
}

/// Everybody who is due, those who are told nothing for sales too, looked at in pieces.
fn due(app: &App, plan: &StoredPlan, due_on: Option<NaiveDate>, since: Option<Looked>) -> Result<Vec<Due>> {
    let occasion = plan.plan.occasion;
    let ranges: Vec<RangeInclusive<i64>> = match (occasion, since) {
        // These are a matter of days: between two looks of one day nobody becomes due.
        (Occasion::Birthday { .. } | Occasion::Away { .. }, Some(_)) => vec![],
        (Occasion::TierReached, Some(since)) => {
            let risen = app.read_in_background(move |connection, _| rows::risen_after(connection, since.step))?;
            risen.into_iter().map(|id| id..=id).collect()
        }
        (_, since) => {
            let first = since.filter(|_| occasion == Occasion::Joined).map_or(0, |since| since.customer + 1);
            let last = app.read(|connection, _| store::customers::last_id(connection))?.0;
            (first..=last).step_by(usize::try_from(PIECE).unwrap_or(1)).map(|from| from..=from + PIECE - 1).collect()
        }
    };
    let silent = match occasion.reaches_out() && !ranges.is_empty() {
        true => app.read_in_background(|connection, _| store::members::left_out(connection))?,
        false => BTreeMap::new(),
    };
    let mut found = vec![];
    for ids in ranges {
        let plan = plan.clone();
        found.extend(
            app.read_in_background(move |connection, moment| due_among(connection, moment, &plan, due_on, &ids))?,
        );
    }
    for due in &mut found {
        due.left_out = due.left_out.or_else(|| silent.get(&due.customer).copied());
    }
    Ok(found)
}

fn due_among(
    connection: &Connection,
    moment: &Moment,
    plan: &StoredPlan,
    due_on: Option<NaiveDate>,
    ids: &RangeInclusive<i64>,
) -> Result<Vec<Due>> {
    let days = |count: u32| Days::new(u64::from(count));
    let which = match plan.plan.occasion {
        Occasion::Regular { .. } => Which::Everybody,
        Occasion::Birthday { .. } => Which::WithBirthday,
        Occasion::Joined => Which::NewSince(plan.started_on),
        Occasion::TierReached => Which::RisenSince(plan.started_on),
        // Whoever had been away longer when the plan began is none of its occasions.
        Occasion::Away { days: count } => Which::LastBetween(plan.started_on - days(count), moment.today - days(count)),
    };
    let tiers = tiers::tier_names(connection, moment)?;
    let mut found = vec![];
    for candidate in rows::candidates(connection, which, ids)? {
        let tier =
            usize::try_from(candidate.tier_rank).ok().and_then(|rank| tiers.get(rank)).map_or("", String::as_str);
        if !is_meant(&plan.plan, &candidate, tier) {
            continue;
        }
        let Some(period) = period(plan.plan.occasion, &candidate, tier, moment.today, due_on) else { continue };
        if !rows::was_given(connection, plan.first, candidate.customer, &period)? {
            let left_out = candidate.is_spared.then_some(LeftOutWhy::OpenComplaint);
            found.push(Due { customer: candidate.customer, period, left_out });
        }
    }
    Ok(found)
}

fn is_meant(plan: &CouponPlan, candidate: &Candidate, tier: &str) -> bool {
    let is_on_tier = plan.tiers.is_empty() || plan.tiers.iter().any(|name| name == tier);
    let is_of_class =
        plan.class_keys.is_empty() || candidate.class_key.as_ref().is_some_and(|key| plan.class_keys.contains(key));
    is_on_tier && is_of_class
}

/// What a person is given once.
fn period(
    occasion: Occasion,
    candidate: &Candidate,
    tier: &str,
    today: NaiveDate,
    due_on: Option<NaiveDate>,
) -> Option<String> {
    match occasion {
        Occasion::Regular { .. } => Some(due_on.unwrap_or(today).to_string()),
        Occasion::Birthday { days_before } => {
            let birthday = Birthday::from(candidate.birthday.as_ref()?);
            let (year, _) = birthday_due(&birthday, today, days_before, Keeping::default())?;
            Some(format!("birthday {year}"))
        }
        Occasion::Joined => Some("joined".to_owned()),
        Occasion::TierReached => Some(format!("tier {tier}")),
        Occasion::Away { .. } => Some(format!("away {}", candidate.last_on?)),
    }
}

/// Issues to whoever is due and was not given it meanwhile. A regular plan whose budget does not reach for all issues to
/// nobody: half of a tier would be unfair. One by one, the budget of the month is used up as people come.
fn issue(
    tx: &Transaction,
    moment: &Moment,
    plan: &StoredPlan,
    due_on: Option<NaiveDate>,
    due: Vec<Due>,
) -> Result<Written> {
    let mut free = vec![];
    for due in due.iter().filter(|due| due.left_out.is_none()) {
        if !rows::was_given(tx, plan.first, due.customer, &due.period)? {
            free.push(due);
        }
    }
    let within = affordable(tx, moment, plan, free.len())?;
    let is_short = matches!(plan.plan.occasion, Occasion::Regular { .. }) && within < free.len();
    free.truncate(if is_short { 0 } else { within });
    let to: Vec<_> = free.iter().map(|due| (Some(due.customer), None)).collect();
    let mut batch = None;
    if !to.is_empty() {
        let coupons = super::Issue {
            name: plan.name.clone(),
            campaign: None,
            terms: plan.plan.terms,
            from_on: moment.today,
            until_on: plan.plan.until(moment.today),
            budget: None,
        };
        let (made, coupons) = issue_to(tx, moment, &coupons, &Audience::Named { customer_ids: vec![] }, &to)?;
        for (due, coupon) in free.iter().zip(coupons) {
            rows::insert_grant(tx, plan.first, due.customer, &due.period, coupon)?;
        }
        batch = Some(made);
    }
    let left_out = due.len() - to.len();
    let run = RunToStore {
        plan: plan.first,
        due_on,
        on: moment.today,
        at: moment.now,
        batch,
        issued: to.len(),
        left_out: if due_on.is_some() { left_out } else { 0 },
    };
    rows::insert_run(tx, &run)?;
    Ok(Written::one("coupon_plan", plan.first.0).detail(json!({ "coupons": to.len(), "left_out": left_out })))
}

fn affordable(connection: &Connection, moment: &Moment, plan: &StoredPlan, wanted: usize) -> Result<usize> {
    let spent = match (plan.plan.occasion, plan.plan.terms.most()) {
        (Occasion::Regular { .. }, _) | (_, None) => Money::ZERO,
        (_, Some(most)) => {
            let first = moment.today.with_day(1).unwrap_or(moment.today);
            let issued = rows::issued_since(connection, plan.first, first)?;
            Money::from_minor(issued.saturating_mul(most.minor()))
        }
    };
    Ok(plan.plan.affordable(wanted, spent))
}

/// What a plan would do if it began now; nothing is written.
///
/// # Errors
/// What a plan cannot be, each at its field; an unknown tier.
pub fn preview(app: &App, input: CouponPlanInput) -> Result<CouponPlanPreview> {
    let plan = app.read(move |connection, moment| {
        check(connection, moment, &input)?;
        let before = input.id.map(|id| rows::get_open(connection, id)).transpose()?;
        let id = CouponPlanId(0);
        Ok(StoredPlan {
            id,
            first: before.as_ref().map_or(id, |before| before.first),
            started_on: before.map_or(moment.today, |before| before.started_on),
            name: input.name,
            plan: input.plan,
            is_ended: false,
        })
    })?;
    let found = due(app, &plan, None, None)?;
    let left_out: Vec<_> = found.iter().filter_map(|due| Some((due.customer, due.left_out?))).collect();
    let people = found.len() - left_out.len();
    app.read(move |connection, moment| {
        let number = i64::try_from(people).unwrap_or(i64::MAX);
        let most = plan.plan.terms.most().and_then(|most| most.minor().checked_mul(number));
        Ok(CouponPlanPreview {
            people,
            left_out: left_out::reasons(&left_out),
            left_out_people: left_out::people(connection, &left_out)?,
            most_minor: most.map(Money::from_minor),
            is_over_budget: affordable(connection, moment, &plan, people)? < people,
            next_on: next_on(moment, &plan, connection)?,
        })
    })
}

fn next_on(moment: &Moment, plan: &StoredPlan, connection: &Connection) -> Result<Option<NaiveDate>> {
    match due_on(connection, moment, plan)? {
        Some(_) => Ok(Some(moment.today)),
        None => Ok(plan.plan.occasion.next_due(moment.today)),
    }
}

/// Refuses what cannot be issued, each at its field of the form.
fn check(connection: &Connection, moment: &Moment, input: &CouponPlanInput) -> Result<()> {
    let mut problems = vec![];
    let name = clean_line(&input.name);
    if name.is_empty() {
        problems.push(FieldError::new("name", "text.missing"));
    }
    problems.extend(check_length("name", &name, MAX_LINE).err());
    if let Err(RuleError::Invalid(fields)) = input.plan.check() {
        problems.extend(fields);
    }
    let tiers = tiers::tier_names(connection, moment)?;
    if input.plan.tiers.iter().any(|tier| !tiers.contains(tier)) {
        problems.push(FieldError::new("tiers", "coupon.unknown_tier"));
    }
    Ok(refuse_if_any(problems)?)
}

/// Makes a plan, or has another one take the place of an existing one from now on; then issues what is due.
///
/// # Errors
/// As [`preview`]; more plans than anybody oversees; one that was ended or changed meanwhile.
pub fn save(app: &App, input: CouponPlanInput) -> Result<CouponPlans> {
    app.write(Op::new("coupon.plan").keyed(input.client_key.clone()), move |tx, moment| {
        check(tx, moment, &input)?;
        let before = input.id.map(|id| rows::get_open(tx, id)).transpose()?;
        let (staff, at) = (moment.session.staff, moment.now);
        if let Some(before) = &before {
            rows::end(tx, before.id, staff, at)?;
        }
        if rows::open(tx)?.len() >= MOST_OPEN {
            return Err(ApiError::not_now("plan.too_many").with("most", MOST_OPEN));
        }
        let (name, today) = (clean_line(&input.name), moment.today);
        let plan = PlanToStore { replaces: before.as_ref(), name: &name, plan: &input.plan, today, staff, at };
        let id = rows::insert(tx, &plan)?;
        Ok(Written::one("coupon_plan", id.0).detail(json!({ "replaces": input.id })))
    })?;
    run_if_due(app)?;
    list(app, Nothing {})
}

/// Ends a plan now; what it issued stays good.
///
/// # Errors
/// An unknown one, one that was ended.
pub fn end(app: &App, input: CouponPlanEnd) -> Result<CouponPlans> {
    app.write(Op::new("coupon.plan").keyed(input.client_key), move |tx, moment| {
        rows::end(tx, input.id, moment.session.staff, moment.now)?;
        Ok(Written::one("coupon_plan", input.id.0))
    })?;
    list(app, Nothing {})
}

/// All plans with what became of their coupons.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<CouponPlans> {
    app.read_in_background(|connection, moment| {
        let mut figures = rows::figures(connection)?;
        let classes = classes::tags(connection, moment.language)?;
        let view = |plan: StoredPlan| {
            let figures = figures.remove(&plan.first).unwrap_or_default();
            let class = |key: &String| classes.get(key).map_or_else(|| key.clone(), |tag| tag.name.clone());
            Ok(CouponPlanView {
                id: plan.id,
                text: terms_text(moment, &plan.plan.terms),
                when: when_text(moment, &plan.plan, plan.plan.class_keys.iter().map(class).collect()),
                started_on: plan.started_on,
                is_ended: plan.is_ended,
                next_on: if plan.is_ended { None } else { next_on(moment, &plan, connection)? },
                last_on: figures.last_on,
                issued: figures.issued,
                left_out: figures.left_out,
                used: figures.used,
                used_bp: if figures.issued > 0 { figures.used * 10_000 / figures.issued } else { 0 },
                took_off_minor: figures.took_off,
                recall: match plan.plan.occasion {
                    Occasion::Away { .. } => {
                        Some(recall::figures(connection, moment, Received::Plan(plan.first), plan.plan.recall_days)?)
                    }
                    _ => None,
                },
                name: plan.name,
                plan: plan.plan,
            })
        };
        Ok(CouponPlans { rows: rows::newest(connection, MOST_SHOWN)?.into_iter().map(view).collect::<Result<_>>()? })
    })
}

/// `每月 1 日 · 银卡、金卡`
fn when_text(moment: &Moment, plan: &CouponPlan, classes: Vec<String>) -> String {
    let told = |key: &str, values: &[(&str, &dyn std::fmt::Display)]| say(moment.language, key, values);
    let when = match plan.occasion {
        Occasion::Regular { months: 12, day } => told("plan.regular_12", &[("day", &day)]),
        Occasion::Regular { months, day } => {
            told(&format!("plan.regular_{months}"), &[("day", &wording::day_of_month(moment.language, day))])
        }
        Occasion::Birthday { days_before: 0 } => told("plan.birthday_on", &[]),
        Occasion::Birthday { days_before } => told("plan.birthday", &[("n", &days_before)]),
        Occasion::Joined => told("plan.joined", &[]),
        Occasion::TierReached => told("plan.tier_reached", &[]),
        Occasion::Away { days } => told("plan.away", &[("n", &days)]),
    };
    let comma = told("plan.comma", &[]);
    let who =
        [plan.tiers.clone(), classes].into_iter().filter(|names| !names.is_empty()).map(|names| names.join(&comma));
    [when].into_iter().chain(who).collect::<Vec<_>>().join(" · ")
}
