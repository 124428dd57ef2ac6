//! The ladder on the book: which rules hold, where a customer stands and why, who stands on which step.
//!
//! The standing is always a replay of the customer's sales through the domain; `customer_figures` only caches the
//! rank for lists, and `tier_changes` keeps what was announced.

pub mod benefits;
mod by_hand;
mod change;
mod entries;
mod granted;
mod long;
mod new_first;
mod outcomes;
mod people;
mod review;
mod words;

use crate::tiers::{TierTags, current, tags, tags_of};
pub use by_hand::set as by_hand;
pub use change::{change, get, preview};
pub(crate) use granted::{Grant, give as give_benefit, take_back as take_benefit_back};
pub use new_first::{ids as new_first_ids, page as new_first};
pub use review::{preview as review_preview, run as review_run, standing};

use crate::api::customers::TierTag;
use crate::api::ladder::{StandingView, TierChangeView};
use crate::api::timeline::{TimelineEntry, TimelineKind};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::points;
use crate::store;
use crate::store::book::BookFacts;
use crate::store::figures::CachedTier;
use chrono::{Datelike, Months, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::benefit::ByTier;
use shukebu_domain::ids::{CustomerId, ImportId, SaleId, StaffId};
use shukebu_domain::ladder::{
    Event, Ladder, LadderVersion, Review, Standing, standing_with_versions, without_sales_before_opening,
};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// What a new book starts with: the ladder of the domain's default.
pub(crate) fn seed(tx: &Transaction, facts: &BookFacts, staff: StaffId, at: Timestamp) -> Result<()> {
    let version = LadderVersion { effective_on: at.day_in(facts.zone), ladder: Ladder::default() };
    store::ladder::insert_version(tx, &version, &ByTier::new(), staff, at)
}

/// Where a customer stands today, why, and what is missing.
pub(crate) fn standing_of(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<StandingView> {
    let versions = store::ladder::versions(connection)?;
    let standing = match long::today(connection, moment, &versions, id)? {
        Some(standing) => standing,
        None => replay(connection, &versions, id, moment.today)?,
    };
    view_of(moment, &versions, &standing)
}

/// A standing of today as the screens show it.
fn view_of(moment: &Moment, versions: &[LadderVersion], standing: &Standing) -> Result<StandingView> {
    let ladder = current(versions, moment.today)?;
    Ok(words::standing(moment, &ladder, &tags_of(&ladder), standing))
}

fn replay(connection: &Connection, versions: &[LadderVersion], id: CustomerId, today: NaiveDate) -> Result<Standing> {
    Ok(standing_with_versions(versions, &events(connection, versions, id)?, today)?)
}

/// The history of a customer as the ladder reads it.
fn events(connection: &Connection, versions: &[LadderVersion], id: CustomerId) -> Result<Vec<Event>> {
    together(connection, versions, &store::merges::records_of(connection, id)?)
}

/// The histories of several records as one: opening balance, then sales less what came back of them. Records that were
/// merged are one history; each keeps its own opening balance.
fn together(
    connection: &Connection,
    versions: &[LadderVersion],
    records: &[store::merges::Record],
) -> Result<Vec<Event>> {
    let uses_points = versions.iter().any(|version| version.ladder.uses_points());
    let mut events = vec![];
    for record in records {
        events.extend(events_of(connection, record, uses_points)?);
    }
    events.sort_by_key(Event::on);
    Ok(events)
}

fn events_of(connection: &Connection, record: &store::merges::Record, uses_points: bool) -> Result<Vec<Event>> {
    let mut events = vec![];
    let earned = if uses_points { store::points::earned_by_sale(connection, record.id)? } else { BTreeMap::new() };
    let opening_points = if uses_points { store::points::opening(connection, record.id)? } else { 0 };
    if let Some(opening) = record.opening {
        events.push(Event::Opening {
            on: opening.on,
            spend_minor: opening.spend,
            visits: i64::from(opening.visits),
            points_earned: opening_points,
        });
    }
    for sale in store::merges::history_of_record(connection, record.id)? {
        let amount_minor = sale.net.checked_sub(sale.refunded).unwrap_or(Money::ZERO);
        if amount_minor > Money::ZERO {
            events.push(Event::Sale {
                on: sale.sold_on,
                id: Some(sale.id.to_string()),
                amount_minor,
                points_earned: Some(earned.get(&sale.id).map_or(0, |points| points.0)),
            });
        }
    }
    events.extend(by_hand::events(connection, record.id)?);
    events.sort_by_key(Event::on);
    Ok(without_sales_before_opening(events))
}

/// Where the records would stand as one, without writing anything.
pub(crate) fn standing_together(
    connection: &Connection,
    moment: &Moment,
    records: &[store::merges::Record],
) -> Result<TierTag> {
    let versions = store::ladder::versions(connection)?;
    let standing = standing_with_versions(&versions, &together(connection, &versions, records)?, moment.today)?;
    Ok(tags_of(&current(&versions, moment.today)?).of_name(&standing.tier))
}

/// After a merge or its undo: the tier of a replay, not announced as a step, because nobody bought anything.
pub(crate) fn place_quietly(tx: &Transaction, moment: &Moment, id: CustomerId) -> Result<()> {
    store::ladder::forget_summary(tx, id)?;
    let versions = store::ladder::versions(tx)?;
    let standing = replay(tx, &versions, id, moment.today)?;
    let ladder = current(&versions, moment.today)?;
    let rank = u32::try_from(ladder.rank_of(&standing.tier).unwrap_or(0)).unwrap_or(0);
    let check_on = next_look(tx, moment, &versions, &ladder, id, rank)?;
    let tier = CachedTier { rank, since: standing.since };
    store::figures::set_tier(tx, id, &tier, check_on)
}

/// After a refund or a tier given by hand: a step up or down is written and remembered with its sale.
pub(crate) fn after_sales(tx: &Transaction, moment: &Moment, id: CustomerId, sale: Option<SaleId>) -> Result<()> {
    let versions = store::ladder::versions(tx)?;
    let ladder = current(&versions, moment.today)?;
    settle(tx, moment, &versions, &ladder, id, sale).map(|_| ())
}

/// After a sale: the tier is looked at, and the sale earns points at the tier that now holds. Where points qualify for a
/// tier, they may take the customer a step further. Answers where that leaves the customer.
pub(crate) fn after_sale(tx: &Transaction, moment: &Moment, sold: &points::Sold) -> Result<StandingView> {
    let versions = store::ladder::versions(tx)?;
    let ladder = current(&versions, moment.today)?;
    let mut standing = match long::after_sale(tx, moment, &versions, sold)? {
        Some(standing) => standing,
        None => replay(tx, &versions, sold.customer, moment.today)?,
    };
    keep(tx, moment, &versions, &ladder, sold.customer, Some(sold.sale), &standing)?;
    let multiplier_bp = benefits::multiplier_bp(tx, moment, sold.customer, sold.on)?;
    points::after_sale(tx, moment, sold, multiplier_bp)?;
    if versions.iter().any(|version| version.ladder.uses_points()) {
        standing = settle(tx, moment, &versions, &ladder, sold.customer, Some(sold.sale))?;
    }
    view_of(moment, &versions, &standing)
}

/// Whoever joins gets the gifts of welcome of the lowest tier, once in a life; the others come with a promotion.
pub(crate) fn welcome_lowest(tx: &Transaction, moment: &Moment, id: CustomerId) -> Result<()> {
    let ladder = current(&store::ladder::versions(tx)?, moment.today)?;
    benefits::welcome(tx, moment, id, &[ladder.name_of(0).to_owned()])
}

/// After an import, before its ladder is looked at: points that people brought along, and, where the import asked for
/// it, points of its sales at the rate of the tier that each customer held on the day of the sale.
pub(crate) fn earn_points_of_import(tx: &Transaction, moment: &Moment, import: ImportId, earns: bool) -> Result<()> {
    let mut past = benefits::PastMultipliers::load(tx)?;
    points::after_import(tx, moment, import, earns, |customer, on| past.on(tx, moment, customer, on))
}

/// After an import, a new ladder or a review day: many customers in one transaction.
pub(crate) fn after_many(tx: &Transaction, moment: &Moment, ids: &[CustomerId]) -> Result<()> {
    let versions = store::ladder::versions(tx)?;
    let ladder = current(&versions, moment.today)?;
    ids.iter().try_for_each(|id| settle(tx, moment, &versions, &ladder, *id, None).map(|_| ()))
}

fn settle(
    tx: &Transaction,
    moment: &Moment,
    versions: &[LadderVersion],
    ladder: &Ladder,
    id: CustomerId,
    sale: Option<SaleId>,
) -> Result<Standing> {
    // What happened before may be another thing now.
    store::ladder::forget_summary(tx, id)?;
    let standing = replay(tx, versions, id, moment.today)?;
    keep(tx, moment, versions, ladder, id, sale, &standing)?;
    Ok(standing)
}

/// Keeps where a customer stands, with what a step up brings.
fn keep(
    tx: &Transaction,
    moment: &Moment,
    versions: &[LadderVersion],
    ladder: &Ladder,
    id: CustomerId,
    sale: Option<SaleId>,
    standing: &Standing,
) -> Result<()> {
    let rank = u32::try_from(ladder.rank_of(&standing.tier).unwrap_or(0)).unwrap_or(0);
    let before = store::figures::figures(tx, id)?.tier.rank;
    let check_on = next_look(tx, moment, versions, ladder, id, rank)?;
    store::figures::set_tier(tx, id, &CachedTier { rank, since: standing.since }, check_on)?;
    if rank > before {
        let passed = (before + 1..=rank).filter_map(|rank| ladder.tiers.get(usize::try_from(rank).ok()?));
        let passed: Vec<String> = passed.map(|tier| tier.name.clone()).collect();
        benefits::welcome(tx, moment, id, &passed)?;
    }
    if before != rank {
        let why = standing.history.last().map_or(Ok("promotion".to_owned()), |change| store::as_word(change.why))?;
        let from = ladder.name_of(usize::try_from(before).unwrap_or(0)).to_owned();
        store::ladder::insert_change(
            tx,
            &store::ladder::TierChange {
                customer: id,
                on: if sale.is_some() { moment.today } else { standing.since.unwrap_or(moment.today) },
                at: moment.now,
                from_rank: before,
                from_name: from,
                to_rank: rank,
                to_name: standing.tier.clone(),
                why,
                sale,
            },
        )?;
    }
    Ok(())
}

/// The next day on which the tier may change by itself: a review for whoever can fall, the end of a tier given by
/// hand, new rules. `None` when only a purchase can change it.
fn next_look(
    connection: &Connection,
    moment: &Moment,
    versions: &[LadderVersion],
    ladder: &Ladder,
    id: CustomerId,
    rank: u32,
) -> Result<Option<NaiveDate>> {
    let today = moment.today;
    let review = match ladder.demotion.review {
        // Nobody on the lowest step can fall.
        _ if rank == 0 => None,
        Review::Continuous => today.succ_opt(),
        Review::Monthly | Review::YearEnd => first_of_next_month(today),
    };
    let by_hand = store::ladder::by_hand(connection, id)?.last().and_then(|given| given.until_on);
    let by_hand = by_hand.and_then(|until| until.succ_opt()).filter(|day| *day > today);
    let rules = versions.iter().map(|version| version.effective_on).find(|day| *day > today);
    Ok([review, by_hand, rules].into_iter().flatten().min())
}

fn first_of_next_month(today: NaiveDate) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(1))
}

/// Looks again at everybody whose tier may have changed by itself; a second call on the same day finds nobody.
///
/// # Errors
/// As every write.
pub fn review(app: &App) -> Result<usize> {
    let due = app.read_in_background(|connection, moment| store::ladder::due_for_review(connection, moment.today))?;
    if due.is_empty() {
        return Ok(0);
    }
    let people = due.len();
    app.write(Op::new("ladder.review").in_background(), move |tx, moment| {
        after_many(tx, moment, &due)?;
        Ok(Written::many("ladder").detail(json!({ "people": due.len() })).reindex_all())
    })?;
    Ok(people)
}

/// The step that a sale caused, if any.
pub(crate) fn change_by_sale(connection: &Connection, moment: &Moment, sale: SaleId) -> Result<Option<TierChangeView>> {
    let Some(change) = store::ladder::change_by_sale(connection, sale)? else { return Ok(None) };
    Ok(Some(words::change(moment.language, &tags(connection, moment)?, &change)))
}

/// Steps up and down on the timeline.
pub(crate) fn timeline(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Vec<TimelineEntry>> {
    let tags = tags(connection, moment)?;
    let changes = store::ladder::changes_of(connection, id)?;
    Ok(changes
        .iter()
        .map(|change| TimelineEntry {
            at: change.at,
            kind: TimelineKind::Tier,
            text: words::change(moment.language, &tags, change).why,
            amount_minor: None,
            subject_id: change.sale.map(|sale| sale.0),
        })
        .collect())
}
