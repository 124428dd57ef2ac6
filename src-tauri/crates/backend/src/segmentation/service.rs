//! What a class means for the day: how often, how, how long and how carefully; the minutes that this asks for against
//! the hours that the shop is open, and what to change when it does not fit. Also the page of strengths and weaknesses.

use super::placed::{Placed, needs_beside, net};
use super::policies::{policies, strategy};
use super::{promising, ready};
use crate::api::books::Nothing;
use crate::api::schemes::SchemeRef;
use crate::api::value::{ClassService, ServiceSave, ServiceView, SwotPage, SwotSave, SwotView};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::opening_hours;
use crate::store;
use crate::store::service::StoredService;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::{MeasureTable, Workload, check_policy, workload};
use std::collections::BTreeMap;

/// Setting: share of the open hours that may go into contacts, in basis points.
const SHARE: &str = "contact_share_bp";
/// A tenth of the day, until the shop says otherwise.
const SHARE_BP: u32 = 1_000;
/// Contacts of so many days say what a week really takes.
const LOGGED_DAYS: i64 = 28;
/// A plan whose interval is longer is no plan.
const LONGEST_INTERVAL: i64 = 366;
const MOST_PAGES: i64 = 20;

/// The services of a scheme and the week they ask for.
///
/// # Errors
/// A scheme that is not there.
pub fn service_get(app: &App, input: SchemeRef) -> Result<ServiceView> {
    app.read(move |connection, moment| view(connection, moment, &input.key))
}

/// Keeps how a class is served.
///
/// # Errors
/// A class that is not there; an interval or minutes that nobody could keep.
pub fn service_save(app: &App, input: ServiceSave) -> Result<ServiceView> {
    check_policy(&input.policy)?;
    let key = input.scheme.clone();
    app.write(Op::new("service.change"), move |tx, moment| {
        let scheme = classes::scheme(tx, &input.scheme)?;
        if scheme.face(&input.policy.class_key).is_none() {
            return Err(unknown_class("class_key", &input.policy.class_key));
        }
        let next = input.policy.trial.as_ref().map(|trial| trial.next_class.as_str());
        if let Some(next) = next.filter(|next| scheme.face(next).is_none()) {
            return Err(unknown_class("trial.next_class", next));
        }
        if let Some(share) = input.share_bp {
            if !(1..=10_000).contains(&share) {
                return Err(ApiError::field("share_bp", "share.out_of_range"));
            }
            store::book::set_setting(tx, SHARE, share, moment.now)?;
        }
        let strategy = match input.strategy {
            Some(strategy) => strategy.trim().to_owned(),
            None => strategy(tx, &scheme, &input.policy.class_key, |key| say(moment.language, key, &[]))?,
        };
        check_length("strategy", &strategy, MAX_TEXT)?;
        let detail = json!({ "scheme": scheme.key, "class": input.policy.class_key });
        let service = StoredService { policy: input.policy, strategy };
        store::service::put(tx, &scheme.key, &service, moment.session.staff, moment.now)?;
        Ok(Written::many("service_policy").detail(detail))
    })?;
    app.read(move |connection, moment| view(connection, moment, &key))
}

fn unknown_class(field: &str, class: &str) -> ApiError {
    FieldError::new(field, "class.unknown").with("class", class).into()
}

fn view(connection: &Connection, moment: &Moment, key: &str) -> Result<ServiceView> {
    let scheme = classes::scheme(connection, key)?;
    let needs = scheme.needs().and(needs_beside());
    let open_minutes = opening_hours::open_minutes_of_a_week(connection, moment)?;
    let share_bp = store::book::setting(connection, SHARE, SHARE_BP)?;
    let available = Money::round_half_up(i128::from(open_minutes) * i128::from(share_bp), 10_000);
    let available = u32::try_from(available.map_or(0, Money::minor)).unwrap_or(u32::MAX);
    let logged = store::service::minutes_since(connection, moment.now, LOGGED_DAYS)?;
    let is_primary = store::segmentation::primary(connection)?.key == scheme.key;
    let policies = policies(connection, &scheme)?;
    ready::with(connection, moment, &needs, |ready| {
        let mut passed = BTreeMap::new();
        for policy in policies.iter().filter(|_| is_primary) {
            let people = promising::passed(connection, moment, ready, &scheme, policy)?;
            passed.insert(policy.class_key.clone(), people.len());
        }
        let placed = Placed::of(connection, moment, scheme, &ready.table)?;
        let scheme = &placed.scheme;
        let logged = by_class(&placed, &ready.table, &logged);
        let week = workload(&policies, &placed.run.class_counts(), available);
        let sums = placed.sums(&ready.table, &net());
        let positive: i128 = sums.iter().map(|sum| i128::from(*sum).max(0)).sum();
        let mut classes = vec![];
        for ((face, policy), net_minor) in scheme.faces().zip(policies).zip(sums) {
            let by_money = i128::from(net_minor.max(0)) * i128::from(available);
            classes.push(ClassService {
                tag: classes::tag(face, moment.language)?,
                people: placed.people(&face.key),
                strategy: strategy(connection, scheme, &face.key, |key| say(moment.language, key, &[]))?,
                minutes: week.classes.iter().find(|it| it.class_key == face.key).map_or(0, |it| it.minutes),
                net_minor,
                by_money_minutes: Money::round_half_up(by_money, positive).map_or(0, Money::minor),
                passed: passed.get(&face.key).map_or(0, |people| *people as i64),
                logged_minutes: a_week(logged.get(&face.key).copied().unwrap_or(0)),
                policy,
            });
        }
        Ok(ServiceView {
            scheme: scheme.key.clone(),
            advice: advice(&week, &classes, share_bp, open_minutes, moment),
            classes,
            available_minutes: week.available_minutes,
            open_minutes,
            share_bp,
            needed_minutes: week.needed_minutes,
            missing_minutes: week.missing_minutes,
        })
    })
}

/// Logged minutes by class.
fn by_class(placed: &Placed, table: &MeasureTable, minutes: &BTreeMap<CustomerId, i64>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (id, minutes) in minutes {
        if let Some(class) = table.row_of(*id).and_then(|row| placed.run.class_key(row)) {
            *sums.entry(class.to_owned()).or_insert(0) += minutes;
        }
    }
    sums
}

fn a_week(minutes: i64) -> i64 {
    Money::round_half_up(i128::from(minutes) * 7, i128::from(LOGGED_DAYS)).map_or(0, Money::minor)
}

/// What to change when the week does not fit: a longer interval for the class that takes most, a shorter contact, or
/// more of the open hours.
fn advice(week: &Workload, classes: &[ClassService], share_bp: u32, open_minutes: i64, moment: &Moment) -> Vec<String> {
    let Some(first) = &week.relieve_first else { return vec![] };
    let Some(class) = classes.iter().find(|class| class.tag.key == *first) else { return vec![] };
    let mut found = vec![];
    let rest = class.minutes - week.missing_minutes;
    if rest > 0
        && let Some(interval) = class.policy.interval_days
    {
        // customers × minutes × 7 / interval ≤ rest
        let weekly = class.people * i64::from(class.policy.minutes_per_contact) * 7;
        let longer = weekly.div_euclid(rest) + i64::from(weekly.rem_euclid(rest) > 0);
        if longer <= LONGEST_INTERVAL {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("class", &class.tag.name), ("from", &interval), ("to", &longer)];
            found.push(say(moment.language, "workload.longer", &values));
        }
        let shorter = rest * i64::from(interval) / (class.people * 7).max(1);
        if shorter >= 1 {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("class", &class.tag.name), ("from", &class.policy.minutes_per_contact), ("to", &shorter)];
            found.push(say(moment.language, "workload.shorter", &values));
        }
    }
    let needed = week.needed_minutes * 10_000;
    let share = if open_minutes > 0 { needed.div_euclid(open_minutes) + 1 } else { i64::MAX };
    if share <= 10_000 {
        let (from, to) = (i64::from(share_bp).div_euclid(100), share.div_euclid(100) + 1);
        found.push(say(moment.language, "workload.more_hours", &[("from", &from), ("to", &to)]));
    }
    if found.is_empty() {
        found.push(say(moment.language, "workload.too_much", &[("class", &class.tag.name)]));
    }
    found
}

/// The pages of strengths, weaknesses, opportunities and threats.
///
/// # Errors
/// `Locked` while no book is open.
pub fn swot_get(app: &App, _: Nothing) -> Result<SwotView> {
    app.read(|connection, _| Ok(SwotView { pages: store::service::swot_pages(connection, MOST_PAGES)? }))
}

/// Keeps a page; earlier ones stay.
///
/// # Errors
/// A page without a word; a far too long text.
pub fn swot_save(app: &App, input: SwotSave) -> Result<SwotView> {
    let fields = [
        ("strengths", &input.strengths),
        ("weaknesses", &input.weaknesses),
        ("opportunities", &input.opportunities),
        ("threats", &input.threats),
        ("actions", &input.actions),
    ];
    if fields.iter().all(|(_, text)| text.trim().is_empty()) {
        return Err(ApiError::field("strengths", "text.missing"));
    }
    for (field, text) in fields {
        check_length(field, text, MAX_TEXT)?;
    }
    app.write(Op::new("service.change"), move |tx, moment| {
        let page = SwotPage {
            on: moment.today,
            strengths: input.strengths.trim().to_owned(),
            weaknesses: input.weaknesses.trim().to_owned(),
            opportunities: input.opportunities.trim().to_owned(),
            threats: input.threats.trim().to_owned(),
            actions: input.actions.trim().to_owned(),
            by: moment.session.name.clone(),
        };
        let id = store::service::insert_swot(tx, &page, moment.session.staff, moment.now)?;
        Ok(Written::one("swot_page", id))
    })?;
    swot_get(app, Nothing {})
}
