//! 赠礼名单: a gift of the catalogue for each person of a tier, of a class or by name. Who is meant is written down as the list
//! is made; handing out looks at the stock in its transaction and moves it through the ledger of gifts.

use super::coupons;
use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::api::offers::coupons::Audience;
use crate::api::offers::giveaways::{
    GiveawayEnd, GiveawayHandOut, GiveawayNew, GiveawayPeople, GiveawayPerson, GiveawayPreview, GiveawayQuestion,
    GiveawayTakeBack, GiveawayView, Giveaways, GiveawaysWaiting,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::left_out::LeftOutOne;
use crate::store::gifts::StockMove;
use crate::store::offers::giveaways::{self as rows, GiveawayToStore};
use crate::{left_out, paging, store};
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::{CustomerId, GiveawayId};
use shukebu_domain::money::Money;
use std::collections::BTreeMap;

const MOST_EACH: u32 = 100;

/// Who would be on a list, and who is left out with the reason.
type People = (Vec<CustomerId>, Vec<LeftOutOne>);

fn people(connection: &Connection, moment: &Moment, audience: &Audience) -> Result<People> {
    if matches!(audience, Audience::Anybody { .. }) {
        return Err(ApiError::field("audience", "giveaway.for_whom"));
    }
    let (to, left_out) = coupons::people(connection, moment, audience)?;
    Ok((to.into_iter().filter_map(|(id, _)| id).collect(), left_out))
}

fn check(moment: &Moment, input: &GiveawayNew) -> Result<u32> {
    let quantity = input.quantity.unwrap_or(1);
    let mut problems = vec![];
    if !(1..=MOST_EACH).contains(&quantity) {
        problems.push(FieldError::new("quantity", "quantity.unreadable"));
    }
    if input.until_on.is_some_and(|day| day < moment.today) {
        problems.push(FieldError::new("until_on", "coupon.until_past"));
    }
    refuse_if_any(problems)?;
    Ok(quantity)
}

/// Who would be on a list and whether the stock reaches for them; nothing is written.
///
/// # Errors
/// An unknown gift, a number or a day that cannot be, an audience without names.
pub fn preview(app: &App, input: GiveawayNew) -> Result<GiveawayPreview> {
    app.read_in_background(move |connection, moment| {
        let quantity = i64::from(check(moment, &input)?);
        let (to, left_out) = people(connection, moment, &input.audience)?;
        let gift = store::gifts::get(connection, input.gift_id)?;
        let number = i64::try_from(to.len()).unwrap_or(i64::MAX);
        let pieces = number.saturating_mul(quantity);
        let free = (gift.stock - rows::promised(connection, moment.today, input.gift_id)?).max(0);
        Ok(GiveawayPreview {
            people: number,
            pieces,
            free,
            short: (pieces - free).max(0),
            cost_minor: gift.cost_minor.map(|cost| times(cost, pieces)),
            left_out: left_out::reasons(&left_out),
            left_out_people: left_out::people(connection, &left_out)?,
        })
    })
}

fn times(cost: Money, pieces: i64) -> Money {
    Money::from_minor(cost.minor().saturating_mul(pieces))
}

/// Makes a list. It may promise more than there is: the rest has to come in.
///
/// # Errors
/// As [`preview`]; no name, nobody to give to, a gift that is not offered.
pub fn save(app: &App, input: GiveawayNew) -> Result<GiveawayView> {
    let name = clean_line(&input.name);
    if name.is_empty() {
        return Err(ApiError::field("name", "text.missing"));
    }
    check_length("name", &name, MAX_LINE)?;
    let saved = app.write(Op::new("giveaway.save").keyed(input.client_key.clone()), move |tx, moment| {
        let quantity = check(moment, &input)?;
        if !store::gifts::get(tx, input.gift_id)?.is_active {
            return Err(ApiError::field("gift_id", "gift.not_offered"));
        }
        let (to, left_out) = people(tx, moment, &input.audience)?;
        if to.is_empty() {
            return Err(ApiError::field("audience", "coupon.nobody"));
        }
        let (until_on, at, staff) = (input.until_on, moment.now, moment.session.staff);
        let (gift, audience) = (input.gift_id, &input.audience);
        let list = GiveawayToStore { name: &name, gift, quantity, audience, until_on, at, staff };
        let id = rows::insert(tx, &list, &to)?;
        Ok(Written::one("giveaway", id.0).detail(json!({ "people": to.len(), "left_out": left_out.len() })))
    })?;
    one(app, GiveawayId(saved.id.ok_or_else(|| ApiError::not_found("giveaway"))?))
}

fn one(app: &App, id: GiveawayId) -> Result<GiveawayView> {
    app.read(move |connection, moment| rows::get(connection, moment.today, id))
}

/// All lists.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<Giveaways> {
    app.read_in_background(|connection, moment| Ok(Giveaways { rows: rows::all(connection, moment.today, None)? }))
}

/// A page of the people of a list: who has got it, who has still to get it.
///
/// # Errors
/// An unknown list, a negative offset.
pub fn page(app: &App, input: GiveawayQuestion) -> Result<GiveawayPeople> {
    let limit = paging::rows(input.offset, input.limit, 50, 200)?;
    app.read_in_background(move |connection, moment| {
        let list = rows::get(connection, moment.today, input.id)?;
        let found = rows::people(connection, input.id, input.is_given, (input.offset, limit))?;
        let ids: Vec<CustomerId> = found.iter().map(|person| person.id).collect();
        let customers = crate::rows::customers(connection, moment, &ids)?;
        let customers: BTreeMap<CustomerId, _> = customers.into_iter().map(|row| (row.id, row)).collect();
        let person = |person: rows::Person| {
            let (given_at, given_by) = person.given.map_or((None, None), |(at, by)| (Some(at), by));
            let (returned_at, returned_why) = person.returned.unzip();
            Some(GiveawayPerson {
                customer: customers.get(&person.id)?.clone(),
                given_at,
                given_by,
                returned_at,
                returned_why,
            })
        };
        let total = match input.is_given {
            None => list.people,
            Some(true) => list.given,
            Some(false) => list.people - list.given,
        };
        Ok(GiveawayPeople { rows: found.into_iter().filter_map(person).collect(), total })
    })
}

/// Hands the gift out to people of a list: all of them, or nobody.
///
/// # Errors
/// A list that is over, somebody who is not on it or has got it, too few pieces in stock.
pub fn hand_out(app: &App, input: GiveawayHandOut) -> Result<GiveawayView> {
    let id = input.id;
    app.write(Op::new("giveaway.hand_out").keyed(input.client_key), move |tx, moment| {
        let list = rows::get(tx, moment.today, id)?;
        if list.is_over {
            return Err(ApiError::not_now("giveaway.over"));
        }
        let mut people = input.customer_ids.clone();
        people.sort_unstable();
        people.dedup();
        let wanted = i64::try_from(people.len()).unwrap_or(i64::MAX).saturating_mul(list.quantity);
        if people.is_empty() || list.stock < wanted {
            return Err(FieldError::new("customer_ids", "gift.out_of_stock").with("stock", list.stock).into());
        }
        let cost = store::gifts::get(tx, list.gift_id)?.cost_minor.map(|cost| times(cost, list.quantity));
        let (at, staff) = (moment.now, moment.session.staff);
        for person in &people {
            let place = match rows::place(tx, id, *person)? {
                None => return Err(ApiError::field("customer_ids", "giveaway.not_on_it")),
                Some((_, true)) => return Err(ApiError::field("customer_ids", "giveaway.has_it")),
                Some((place, false)) => place,
            };
            rows::hand_out(tx, place, at, staff, cost)?;
            let pieces = StockMove { delta: -list.quantity, at, staff, reason: Some("giveaway"), place: Some(place) };
            store::gifts::move_stock(tx, list.gift_id, &pieces)?;
        }
        Ok(Written::one("giveaway", id.0).detail(json!({ "people": people.len(), "gift": list.gift_id })))
    })?;
    one(app, id)
}

/// What somebody was handed out comes back: the pieces are in stock again, the person has still to get it, and what had
/// happened stays with the reason. Also of a list that is over.
///
/// # Errors
/// No reason, somebody who has not got it.
pub fn take_back(app: &App, input: GiveawayTakeBack) -> Result<GiveawayView> {
    let reason = clean_line(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "text.missing"));
    }
    check_length("reason", &reason, MAX_LINE)?;
    let id = input.id;
    app.write(Op::new("giveaway.take_back").keyed(input.client_key), move |tx, moment| {
        let list = rows::get(tx, moment.today, id)?;
        let handed_out = rows::handed_out(tx, id, input.customer_id)?;
        let handed_out = handed_out.ok_or_else(|| ApiError::field("customer_id", "giveaway.has_not"))?;
        let (at, staff) = (moment.now, moment.session.staff);
        rows::take_back(tx, &handed_out, at, staff, &reason)?;
        let place = Some(handed_out.place);
        let pieces = StockMove { delta: list.quantity, at, staff, reason: Some("giveaway_back"), place };
        store::gifts::move_stock(tx, list.gift_id, &pieces)?;
        Ok(Written::one("giveaway", id.0).detail(json!({ "customer": input.customer_id, "gift": list.gift_id })))
    })?;
    one(app, id)
}

/// Ends a list before its day; whoever has not got it gets nothing any more.
///
/// # Errors
/// An unknown list, one that was ended.
pub fn end(app: &App, input: GiveawayEnd) -> Result<Giveaways> {
    app.write(Op::new("giveaway.save").keyed(input.client_key), move |tx, moment| {
        rows::end(tx, input.id, moment.now, moment.session.staff)?;
        Ok(Written::one("giveaway", input.id.0))
    })?;
    list(app, Nothing {})
}

/// What waits for a customer at the counter; nothing while a complaint is open.
///
/// # Errors
/// An unknown customer.
pub fn waiting(app: &App, input: CustomerRef) -> Result<GiveawaysWaiting> {
    app.read(move |connection, moment| {
        let id = store::customers::get(connection, input.id)?.id;
        let rows = match store::complaints::sparing::because_of(connection, id)? {
            Some(_) => vec![],
            None => rows::waiting(connection, moment.today, id)?,
        };
        Ok(GiveawaysWaiting { rows })
    })
}
