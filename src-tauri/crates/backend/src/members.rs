//! 入会. Everybody in the book stands on the ladder from the first purchase on, so that nobody loses by joining late; a
//! *member* is who agreed to the service, or takes part already. Who comes often and is no member is listed and asked at the
//! counter; whoever said no is not asked again.

use crate::api::members::{
    Enrolled, Enrolment, InvitePage, InviteQuestion, InviteRow, LeftOut, LeftOutWhy, MemberRuleChange, Membership,
    MembershipView,
};
use crate::api::privacy::{ConsentChange, Purpose};
use crate::api::table::TableIds;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::kept::Last;
use crate::store::members::Visits;
use crate::{ladder, paging, privacy, store};
use chrono::{Months, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Visits in twelve months from which somebody is asked, where the shop has not said otherwise.
const VISITS: u32 = 5;
const VISITS_KEY: &str = "member_visits";
/// So many customers are looked at in one go, so that nobody at the counter waits for this list.
const PIECE: i64 = 5_000;

/// What the list that is kept was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    operation: i64,
    today: NaiveDate,
    visits: u32,
}

/// Those who buy often and are no members, and who is left out of them.
#[derive(Debug, Default)]
struct Found {
    people: Vec<(CustomerId, Visits)>,
    left_out: BTreeMap<LeftOutWhy, i64>,
}

/// The list that was made last, for its pages, its paper and its file.
type KeptList = Last<Key, Found>;

fn visits_asked(connection: &Connection) -> Result<u32> {
    store::book::setting(connection, VISITS_KEY, VISITS)
}

/// The first day that no longer counts.
fn year_ago(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN)
}

/// Where a customer stands with the membership, and whether now is the time to ask.
pub(crate) fn of_customer(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<MembershipView> {
    let said = store::members::said(connection, id)?;
    let view = |state, since| MembershipView { state, since, visits: 0, is_to_ask: false };
    match said {
        Some((true, on)) => return Ok(view(Membership::Member, Some(on))),
        Some((false, on)) => return Ok(view(Membership::Declined, Some(on))),
        None if store::members::takes_part(connection, id)? => return Ok(view(Membership::Member, None)),
        None => {}
    }
    let visits = store::members::visits(connection, id, year_ago(moment.today))?.map_or(0, |visits| visits.days);
    let often = visits >= i64::from(visits_asked(connection)?);
    // Whoever stands at the counter may be asked although he wants no messages; not while a complaint is open.
    let is_to_ask = often && store::complaints::sparing::because_of(connection, id)?.is_none();
    Ok(MembershipView { visits, is_to_ask, ..view(Membership::NotYet, None) })
}

/// A page of those who buy often and are no members.
///
/// # Errors
/// A number of visits that cannot be, a negative offset.
pub fn invites(app: &App, input: InviteQuestion) -> Result<InvitePage> {
    let limit = usize::try_from(paging::rows(input.offset, input.limit, 50, 200)?).unwrap_or(0);
    let offset = usize::try_from(input.offset).unwrap_or(0);
    let (visits, found) = found(app, input.visits)?;
    let page: Vec<(CustomerId, Visits)> = found.people.iter().skip(offset).take(limit).copied().collect();
    let rows = app.read(move |connection, moment| {
        let ids: Vec<CustomerId> = page.iter().map(|(id, _)| *id).collect();
        let rows = crate::rows::customers(connection, moment, &ids)?;
        let by_id: BTreeMap<CustomerId, Visits> = page.into_iter().collect();
        let row = |customer: crate::api::customers::CustomerRow| {
            let Visits { days, net, last_on } = *by_id.get(&customer.id)?;
            Some(InviteRow { customer, visits: days, net_minor: net, last_on })
        };
        Ok(rows.into_iter().filter_map(row).collect())
    })?;
    Ok(InvitePage {
        rows,
        total: count(found.people.len()),
        visits,
        left_out: found.left_out.iter().map(|(why, people)| LeftOut { why: *why, people: *people }).collect(),
    })
}

/// Everybody of that list, in its order.
///
/// # Errors
/// As the list.
pub fn invite_ids(app: &App, input: InviteQuestion) -> Result<TableIds> {
    let (_, found) = found(app, input.visits)?;
    Ok(TableIds { ids: found.people.iter().map(|(id, _)| *id).collect(), total: count(found.people.len()) })
}

fn found(app: &App, visits: Option<u32>) -> Result<(u32, Arc<Found>)> {
    let (operation, today, visits) = app.read(move |connection, moment| {
        let visits = visits.map_or_else(|| visits_asked(connection), Ok)?;
        Ok((store::book::last_operation(connection)?, moment.today, visits))
    })?;
    check(visits)?;
    let key = Key { operation, today, visits };
    let found = app.book()?.kept.of::<KeptList>().of(key, || look(app, i64::from(visits), year_ago(today)))?;
    Ok((visits, found))
}

fn check(visits: u32) -> Result<()> {
    if (1..=366).contains(&visits) { Ok(()) } else { Err(ApiError::field("visits", "member.visits")) }
}

/// Walks over the book in pieces.
fn look(app: &App, visits: i64, after: NaiveDate) -> Result<Found> {
    let (last, silent) = app.read_in_background(|connection, _| {
        Ok((store::customers::last_id(connection)?.0, store::members::left_out(connection)?))
    })?;
    let silent = Arc::new(silent);
    let mut found = Found::default();
    let mut from = 0;
    while from <= last {
        let (ids, silent) = (from..=from + PIECE - 1, Arc::clone(&silent));
        let piece = app.read_in_background(move |connection, _| {
            let mut piece = Found::default();
            for id in store::members::candidates(connection, visits, after, &ids)? {
                let Some(bought) = store::members::visits(connection, id, after)?.filter(|it| it.days >= visits) else {
                    continue;
                };
                let why = match store::members::said(connection, id)? {
                    Some((true, _)) => continue,
                    Some((false, _)) => Some(LeftOutWhy::Declined),
                    None if store::members::takes_part(connection, id)? => continue,
                    None => silent.get(&id).copied(),
                };
                match why {
                    Some(why) => *piece.left_out.entry(why).or_default() += 1,
                    None => piece.people.push((id, bought)),
                }
            }
            Ok(piece)
        })?;
        found.people.extend(piece.people);
        for (why, people) in piece.left_out {
            *found.left_out.entry(why).or_default() += people;
        }
        from += PIECE;
    }
    found.people.sort_by_key(|(id, bought)| std::cmp::Reverse((bought.days, bought.net, std::cmp::Reverse(*id))));
    Ok(found)
}

/// From how many visits on somebody is asked.
///
/// # Errors
/// No number of days of a year.
pub fn change_rule(app: &App, input: MemberRuleChange) -> Result<InvitePage> {
    check(input.visits)?;
    app.write(Op::new("member.rule").keyed(input.client_key), move |tx, moment| {
        store::book::set_setting(tx, VISITS_KEY, input.visits, moment.now)?;
        Ok(Written::many("settings").detail(json!({ "member_visits": input.visits })))
    })?;
    invites(app, InviteQuestion::default())
}

/// Customers agreed to be members: their consent is written down, and the lowest tier gives its gifts of welcome, once in a
/// life. Whoever had agreed before is left as he is.
///
/// # Errors
/// Nobody named, a day that is not yet, an unknown customer; one child alone without a guardian.
pub fn enrol(app: &App, input: Enrolment) -> Result<Enrolled> {
    if input.customer_ids.is_empty() {
        return Err(ApiError::field("customer_ids", "customer.missing"));
    }
    let told = Arc::new(Mutex::new(None));
    let tell = Arc::clone(&told);
    let key = input.client_key.clone();
    app.write(Op::new("member.enrol").keyed(input.client_key.clone()), move |tx, moment| {
        let on = input.given_on.unwrap_or(moment.today);
        if on > moment.today {
            return Err(ApiError::field("given_on", "date.in_future").with("today", moment.today));
        }
        let asked: BTreeSet<CustomerId> =
            input.customer_ids.iter().map(|id| store::customers::must_be_there(tx, *id)).collect::<Result<_>>()?;
        let mut sum = Enrolled { enrolled: 0, already: 0, needs_guardian: 0 };
        for id in &asked {
            enrol_one(tx, moment, *id, on, &input, &mut sum)?;
        }
        if sum.needs_guardian == 1 && asked.len() == 1 {
            return Err(ApiError::not_now("consent.needs_guardian"));
        }
        let written = match asked.first() {
            Some(id) if asked.len() == 1 => Written::one("customer", id.0),
            _ => Written::many("customer"),
        };
        let detail = json!(sum);
        *tell.lock().map_err(ApiError::internal)? = Some(sum);
        Ok(written.detail(detail))
    })?;
    let first = told.lock().map_err(ApiError::internal)?.clone();
    match first {
        Some(sum) => Ok(sum),
        // The same key again: what was written then.
        None => app.read(move |connection, _| {
            let detail = store::audit::detail(connection, key.as_deref().unwrap_or_default())?;
            Ok(serde_json::from_value(detail)?)
        }),
    }
}

fn enrol_one(
    tx: &Transaction,
    moment: &Moment,
    id: CustomerId,
    on: NaiveDate,
    input: &Enrolment,
    sum: &mut Enrolled,
) -> Result<()> {
    if store::members::said(tx, id)?.is_some_and(|(given, _)| given) {
        sum.already += 1;
        return Ok(());
    }
    if privacy::is_child_alone(tx, moment.today, id)? {
        sum.needs_guardian += 1;
        return Ok(());
    }
    let consent = ConsentChange {
        client_key: None,
        customer_id: id,
        purpose: Purpose::Service,
        is_given: true,
        given_on: Some(on),
        way: input.way,
    };
    store::privacy::insert_consent(tx, &consent, on, (moment.session.staff, moment.now))?;
    ladder::welcome_lowest(tx, moment, id)?;
    sum.enrolled += 1;
    Ok(())
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
