//! The review of the 1st, seen beforehand: who would lose a tier and why, and a customer's standing as a page.

use super::{current, events, people, replay, standing_of, tags_of, words};
use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::api::ladder::{CountedSale, ReviewCase, ReviewPreview, StandingPage};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::SaleId;
use shukebu_domain::ladder::{Review, qualifying_sales, would_be};
use std::collections::BTreeMap;

const SHOWN_CASES: usize = 200;

/// Who is in a grace or would come into one at the next review; nothing is written.
///
/// # Errors
/// `Locked` while no book is open.
pub fn preview(app: &App, _: Nothing) -> Result<ReviewPreview> {
    app.read_in_background(cases)
}

/// Looks at everybody whose tier may have changed by itself, as opening the book and the daily look do, and answers
/// who is next.
///
/// # Errors
/// As every write.
pub fn run(app: &App, _: Nothing) -> Result<ReviewPreview> {
    super::review(app)?;
    preview(app, Nothing {})
}

fn cases(connection: &Connection, moment: &Moment) -> Result<ReviewPreview> {
    let versions = store::ladder::versions(connection)?;
    let ladder = current(&versions, moment.today)?;
    let tags = tags_of(&ladder);
    let next_on = first_review(ladder.demotion.review, moment.today);
    let everybody = people::count(connection, moment, next_on, &ladder)?;
    let mut found = vec![];
    for person in everybody.iter().filter(|person| person.aggregate.tier > 0) {
        // Whoever keeps the tier by the figures of the review day is not walked through.
        let is_short = would_be(&ladder, &person.aggregate) < person.aggregate.tier;
        if !is_short {
            continue;
        }
        let standing = replay(connection, &versions, person.id, moment.today)?;
        let then = replay(connection, &versions, person.id, next_on)?;
        let falls = ladder.rank_of(&then.tier) < ladder.rank_of(&standing.tier);
        if !falls && then.grace_until.is_none() && standing.grace_until.is_none() {
            continue;
        }
        let to_keep = then.to_keep.as_ref().or(standing.to_keep.as_ref());
        found.push(ReviewCase {
            customer_id: person.id,
            name: store::customers::get(connection, person.id)?.name,
            tier: tags.of_name(&standing.tier),
            to: falls.then(|| tags.of_name(&then.tier)),
            grace_until: then.grace_until.or(standing.grace_until),
            why: words::to_keep(moment, &ladder, &standing, to_keep),
        });
    }
    let falls = found.iter().filter(|case| case.to.is_some()).count();
    let total = found.len();
    found
        .sort_by_key(|case| (case.to.is_none(), case.grace_until, std::cmp::Reverse(case.tier.rank), case.customer_id));
    found.truncate(SHOWN_CASES);
    let number = |people: usize| i64::try_from(people).unwrap_or(i64::MAX);
    Ok(ReviewPreview { next_on, falls: number(falls), begins: number(total - falls), cases: found })
}

/// Where a customer stands, with the sales that count and what was given by hand.
///
/// # Errors
/// An unknown customer.
pub fn standing(app: &App, input: CustomerRef) -> Result<StandingPage> {
    app.read(move |connection, moment| {
        let id = crate::people::must_be_there(connection, input.id)?;
        let versions = store::ladder::versions(connection)?;
        let counted = qualifying_sales(&versions, &events(connection, &versions, id)?, moment.today)?;
        let numbers: BTreeMap<SaleId, String> = store::sales::numbers_of_customer(connection, id)?;
        let sales = counted
            .into_iter()
            .rev()
            .filter_map(|sale| {
                let sale_id = SaleId(sale.id?.parse().ok()?);
                Some(CountedSale {
                    id: sale_id,
                    sale_no: numbers.get(&sale_id).cloned().unwrap_or_default(),
                    on: sale.on,
                    net_minor: sale.net_minor,
                })
            })
            .collect();
        Ok(StandingPage {
            customer_id: id,
            name: store::customers::get(connection, id)?.name,
            standing: standing_of(connection, moment, id)?,
            sales,
            by_hand: store::ladder::by_hand(connection, id)?.into_iter().rev().collect(),
            next_review_on: first_review(current(&versions, moment.today)?.demotion.review, moment.today),
            benefits: super::benefits::view(connection, moment, id)?,
        })
    })
}

fn first_review(review: Review, today: NaiveDate) -> NaiveDate {
    match review {
        Review::Continuous => today.succ_opt().unwrap_or(today),
        Review::YearEnd => NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).unwrap_or(today),
        Review::Monthly => super::first_of_next_month(today).unwrap_or(today),
    }
}
