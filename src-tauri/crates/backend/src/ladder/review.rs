//! The review of the 1st, seen beforehand: who would lose a tier and why, and a customer's standing as a page.

use super::{current, events, outcomes, standing_of, tags_of, words};
use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::api::ladder::{CountedSale, ReviewCase, ReviewPreview, StandingPage};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::ladder::{LadderVersion, Review, qualifying_sales, standing_with_versions};
use std::collections::BTreeMap;
use std::sync::Arc;

const SHOWN_CASES: usize = 200;
/// So many histories are walked at once, so that the counter never waits for all of them.
const PIECE: usize = 100;

/// Who is in a grace or would come into one at the next review; nothing is written.
///
/// # Errors
/// `Locked` while no book is open.
pub fn preview(app: &App, _: Nothing) -> Result<ReviewPreview> {
    let (versions, today) = app.read(|connection, moment| Ok((store::ladder::versions(connection)?, moment.today)))?;
    let ladder = current(&versions, today)?;
    let next_on = first_review(ladder.demotion.review, today);
    let versions = Arc::new(versions);
    let outcomes = outcomes::of(app, &versions, next_on)?;
    let falls = outcomes.iter().filter(|outcome| outcome.falls).count();
    let total = outcomes.len();
    let mut shown: Vec<&outcomes::Outcome> = outcomes.iter().collect();
    shown.sort_by_key(|it| (!it.falls, it.grace_until, std::cmp::Reverse(it.rank), it.customer));
    let shown: Vec<CustomerId> = shown.iter().take(SHOWN_CASES).map(|outcome| outcome.customer).collect();
    let mut cases = vec![];
    for piece in shown.chunks(PIECE) {
        let (piece, versions) = (piece.to_vec(), Arc::clone(&versions));
        cases.extend(
            app.read_in_background(move |connection, moment| self::cases(connection, moment, &versions, &piece))?,
        );
    }
    let number = |people: usize| i64::try_from(people).unwrap_or(i64::MAX);
    Ok(ReviewPreview { next_on, falls: number(falls), begins: number(total - falls), cases })
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

/// Those of a few customers who are in a grace or would come into one, or lose the tier.
fn cases(
    connection: &Connection,
    moment: &Moment,
    versions: &[LadderVersion],
    customers: &[CustomerId],
) -> Result<Vec<ReviewCase>> {
    let ladder = current(versions, moment.today)?;
    let next_on = first_review(ladder.demotion.review, moment.today);
    let tags = tags_of(&ladder);
    let mut found = vec![];
    for id in customers {
        let history = events(connection, versions, *id)?;
        let standing = standing_with_versions(versions, &history, moment.today)?;
        let then = standing_with_versions(versions, &history, next_on)?;
        let falls = ladder.rank_of(&then.tier) < ladder.rank_of(&standing.tier);
        if !falls && then.grace_until.is_none() && standing.grace_until.is_none() {
            continue;
        }
        let to_keep = then.to_keep.as_ref().or(standing.to_keep.as_ref());
        found.push(ReviewCase {
            customer_id: *id,
            name: store::customers::get(connection, *id)?.name,
            tier: tags.of_name(&standing.tier),
            to: falls.then(|| tags.of_name(&then.tier)),
            grace_until: then.grace_until.or(standing.grace_until),
            why: words::to_keep(moment, &ladder, &standing, to_keep),
        });
    }
    Ok(found)
}

/// Where a customer stands, with the sales that count and what was given by hand.
///
/// # Errors
/// An unknown customer.
pub fn standing(app: &App, input: CustomerRef) -> Result<StandingPage> {
    app.read(move |connection, moment| {
        let id = store::customers::must_be_there(connection, input.id)?;
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
