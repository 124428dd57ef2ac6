//! Segmentation of the book (客户分层): who is in which class of the primary scheme, since when and why.
//!
//! A run finds cut points on everybody and is always named: at the start, while a young shop doubles, on the first day
//! of a month, after an import, or because a person asked. In between a sale or a refund moves its own customer only,
//! held against the stored cut points: constant work however many customers there are.

mod by_hand;
mod card;
mod chart_tables;
mod class_columns;
mod confirming;
mod effect;
mod everyone;
mod glance;
mod insights;
mod latent;
pub(crate) mod measures;
mod people;
mod people_file;
mod pivot;
mod placed;
mod plans;
mod policies;
mod preview;
mod priority;
mod promising;
mod promotion;
mod ready;
mod schemes;
mod seldom;
mod service;
mod words;

use crate::classes;
use crate::classes::{primary, scheme};
pub use by_hand::{judge, pin, priority_lock, priority_unlock, seldom_reason_add, unpin};
pub use card::card;
pub use chart_tables::chart_export;
pub(crate) use class_columns::{class_names, ranks};
pub use confirming::{confirm, confirm_undo, trial_confirm};
pub use effect::contact_effect;
pub(crate) use everyone::over_everybody;
pub use glance::service_card_get;
pub use insights::{charts, insights};
pub(crate) use measures::exported_needs;
pub(crate) use people::of_list;
pub use people::{export, list_delete, list_save, lists, people, tag};
pub use pivot::pivot;
pub use plans::{customer_plan_done, customer_plan_save};
pub(crate) use policies::complaint_target;
pub use preview::preview;
pub(crate) use priority::priorities;
pub use priority::{priority_rules, priority_rules_save};
pub use promising::promising_rule_save;
pub use promotion::promotion_rule_save;
pub(crate) use ready::Days;
pub use schemes::{scheme_delete, scheme_get, scheme_list, scheme_make_primary, scheme_save};
pub use seldom::seldom_reasons;
pub use service::{service_get, service_save, swot_get, swot_save};

use crate::api::books::Nothing;
use crate::api::segmentation::{
    CutView, SegmentClassView, SegmentMove, SegmentRunInput, SegmentRunView, SegmentView, SegmentationView,
};
use crate::api::timeline::{TimelineEntry, TimelineKind};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::Language;
use crate::store;
use crate::store::segment_runs::{RunReason, RunToStore, StoredRun};
use crate::store::segmentation::Put;
use chrono::{Datelike, NaiveDate};
use everyone::Moves;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::presets::{PRIMARY_BY_DEFAULT, ready_made};
use shukebu_domain::segmentation::{Assignment, Scheme, SchemeCuts, assign, cut_texts, rule_text};
use shukebu_domain::time::Timestamp;
use std::sync::{Arc, Mutex};

/// Up to so many buyers the cut points follow a young shop: anew whenever their number has doubled.
const FEW_BUYERS: u32 = 64;
const TIMELINE_ROWS: i64 = 50;

/// The primary scheme: classes with their people, rules and money of the last 12 months, and the cut points in words.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<SegmentationView> {
    app.read(view)
}

/// Finds new cut points as of a day and puts everybody into a class.
///
/// # Errors
/// A day after today; as every write.
pub fn run(app: &App, input: SegmentRunInput) -> Result<SegmentRunView> {
    let moved: Arc<Mutex<Moves>> = Arc::default();
    let result = Arc::clone(&moved);
    let (named, shown) = (input.scheme.clone(), input.scheme);
    app.write(Op::new("segment.run"), move |tx, moment| {
        let as_of = input.as_of.unwrap_or(moment.today);
        if as_of > moment.today {
            let problem = shukebu_domain::error::FieldError::new("as_of", "date.in_future");
            return Err(problem.with("today", moment.today).into());
        }
        let scheme = match &named {
            Some(key) => scheme(tx, key)?,
            None => primary(tx)?,
        };
        let moves = everyone::resegment_by(tx, moment, &scheme, as_of, RunReason::Person)?;
        if store::segmentation::primary(tx)?.key == scheme.key {
            mark_checked(tx, moment)?;
        }
        let people: u32 = moves.values().sum();
        if let Ok(mut slot) = result.lock() {
            *slot = moves;
        }
        Ok(Written::many("segment_run").detail(json!({ "as_of": as_of, "moved": people })))
    })?;
    let moves = moved.lock().map(|moves| moves.clone()).map_err(ApiError::internal)?;
    app.read(move |connection, moment| {
        let scheme = match &shown {
            Some(key) => scheme(connection, key)?,
            None => primary(connection)?,
        };
        let moves = named_moves(&scheme, moment, moves.into_iter().map(|((from, to), people)| (from, to, people)))?;
        Ok(SegmentRunView { after: view(connection, moment)?, moves })
    })
}

/// Moves with the names of the classes.
fn named_moves(
    scheme: &Scheme,
    moment: &Moment,
    moves: impl Iterator<Item = (Option<String>, String, u32)>,
) -> Result<Vec<SegmentMove>> {
    moves
        .map(|(from, to, people)| {
            Ok(SegmentMove {
                from: from.map(|from| classes::tag_of(scheme, &from, moment.language)).transpose()?,
                to: classes::tag_of(scheme, &to, moment.language)?,
                people: i64::from(people),
            })
        })
        .collect()
}

/// What the calendar brings: a run with new cut points in a new month, and on every new day the stored cut points
/// anew, because recency goes by. Cheap to call often; answers whether it had to do anything.
///
/// # Errors
/// As every write.
pub fn run_if_due(app: &App) -> Result<bool> {
    let due = app.read_in_background(due)?;
    let Some(why) = due else { return Ok(false) };
    app.write(Op::new("segment.follow").in_background(), move |tx, moment| {
        let moves = match why {
            Due::CutPoints(why) => {
                let moves = everyone::resegment(tx, moment, moment.today, why)?;
                let primary = store::segmentation::primary(tx)?.key;
                for key in store::segmentation::schemes_in_use(tx)? {
                    if key != primary {
                        everyone::resegment_by(tx, moment, &scheme(tx, &key)?, moment.today, why)?;
                    }
                }
                moves
            }
            Due::Classes => everyone::look_again(tx, moment)?,
            Due::Numbers => everyone::Moves::new(),
        };
        mark_checked(tx, moment)?;
        placed::keep_score_cuts(tx, moment, matches!(why, Due::CutPoints(_)))?;
        ready::keep(tx, moment)?;
        let people: u32 = moves.values().sum();
        Ok(Written::many("segment_run").detail(json!({ "moved": people })))
    })?;
    Ok(true)
}

/// What the calendar asks for.
enum Due {
    /// New cut points.
    CutPoints(RunReason),
    /// The stored cut points on a new day.
    Classes,
    /// Only the numbers, because much has come since they were kept.
    Numbers,
}

fn due(connection: &Connection, moment: &Moment) -> Result<Option<Due>> {
    let run = latest(connection)?;
    if store::segmentation::buyers_up_to(connection, 1)? == 0 {
        return Ok(None);
    }
    let month = |day: NaiveDate| (day.year(), day.month());
    if run.why == RunReason::Start || month(run.as_of) < month(moment.today) {
        return Ok(Some(Due::CutPoints(RunReason::Month)));
    }
    if store::segmentation::checked_on(connection)?.is_none_or(|day| day < moment.today) {
        return Ok(Some(Due::Classes));
    }
    Ok(ready::are_worn(connection)?.then_some(Due::Numbers))
}

fn mark_checked(tx: &Transaction, moment: &Moment) -> Result<()> {
    store::segmentation::set_checked_on(tx, moment.today)
}

/// What a new book starts with: all ready-made schemes, and a first run over nobody, so that there is always one.
pub(crate) fn seed(tx: &Transaction, at: Timestamp) -> Result<()> {
    for scheme in ready_made() {
        let is_primary = scheme.key == PRIMARY_BY_DEFAULT;
        store::segmentation::insert_scheme(tx, &scheme, is_primary, at)?;
        if is_primary {
            let as_of = at.day_in(store::book::facts(tx)?.zone);
            let table = shukebu_domain::segmentation::MeasureTable::new(&scheme.needs());
            let cuts = shukebu_domain::segmentation::cut_points(&scheme, &table)?;
            let start = RunToStore { scheme: &scheme, as_of, at, why: RunReason::Start, cuts: &cuts };
            store::segment_runs::insert(tx, &start)?;
        }
    }
    Ok(())
}

/// A new customer is in a class right away: without a purchase in the one of those (未购).
pub(crate) fn place_new(tx: &Transaction, id: CustomerId, moment: &Moment) -> Result<()> {
    let scheme = primary(tx)?;
    let run = store::segment_runs::latest(tx, &scheme.key)?;
    place(tx, moment, &scheme, &run, id).map(|_| ())
}

/// After a sale or refund: the customer against the stored cut points, constant work. While buyers are few and their
/// number has doubled since the last run, a run finds new cut points first.
/// Answers the class with its reason.
pub(crate) fn after_sale(tx: &Transaction, moment: &Moment, id: CustomerId) -> Result<Option<SegmentView>> {
    let scheme = primary(tx)?;
    let run = store::segment_runs::latest(tx, &scheme.key)?;
    let known = run.cuts.population;
    if run.why != RunReason::Person
        && known < FEW_BUYERS
        && store::segmentation::buyers_up_to(tx, (2 * known).max(1))? >= (2 * known).max(1)
    {
        everyone::resegment(tx, moment, moment.today, RunReason::Growth)?;
        placed::keep_score_cuts(tx, moment, true)?;
        mark_checked(tx, moment)?;
        return segment_of(tx, moment, id);
    }
    let today = place(tx, moment, &scheme, &run, id)?;
    view_of(tx, moment, &scheme, id, |_| Ok(today))
}

/// After an import, in its transaction: everybody anew, with new cut points.
pub(crate) fn after_import(tx: &Transaction, moment: &Moment) -> Result<()> {
    everyone::resegment(tx, moment, moment.today, RunReason::Import)?;
    placed::keep_score_cuts(tx, moment, true)?;
    mark_checked(tx, moment)?;
    ready::keep(tx, moment)
}

/// Puts a customer into the class of today; answers what the numbers say, whatever was given by hand.
fn place(
    tx: &Transaction,
    moment: &Moment,
    scheme: &Scheme,
    run: &StoredRun,
    id: CustomerId,
) -> Result<Option<Assignment>> {
    let Some(today) = against(tx, moment, scheme, &run.cuts, id)? else { return Ok(None) };
    let pin = store::pins::of_customer(tx, scheme, id, moment.today)?;
    let found = everyone::by_hand(today.clone(), pin.as_ref());
    let before = store::segmentation::class_of(tx, id)?;
    if before.key.as_ref() == Some(&found.class_key) && before.kind == found.sub_kind {
        return Ok(Some(today));
    }
    let put = Put {
        run: run.id,
        before: &before,
        found: &found,
        pin: pin.map(|pin| pin.id),
        is_primary: true,
        at: moment.now,
    };
    store::segmentation::put(tx, &put)?;
    Ok(Some(today))
}

/// A customer of today against cut points.
fn against(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    cuts: &SchemeCuts,
    id: CustomerId,
) -> Result<Option<Assignment>> {
    let measures = measures::of_one(connection, moment, moment.today, &scheme.needs(), id)?;
    Ok(measures.map(|measures| assign(scheme, cuts, &measures)))
}

/// What a scheme is called.
pub(crate) fn name_of(scheme: &Scheme, language: Language) -> String {
    scheme.names.get(classes::lang(language)).to_owned()
}

/// Class of a customer with its reason. The reason is that of today as long as it leads to the same class; else it is
/// the one for which the class was given, with its day.
pub(crate) fn segment_of(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Option<SegmentView>> {
    let scheme = primary(connection)?;
    view_of(connection, moment, &scheme, id, |scheme| {
        let run = store::segment_runs::latest(connection, &scheme.key)?;
        against(connection, moment, scheme, &run.cuts, id)
    })
}

fn view_of(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    id: CustomerId,
    today: impl FnOnce(&Scheme) -> Result<Option<Assignment>>,
) -> Result<Option<SegmentView>> {
    let cached = store::segmentation::class_of(connection, id)?;
    let Some(key) = &cached.key else { return Ok(None) };
    let pin = store::pins::of_customer(connection, scheme, id, moment.today)?.filter(|pin| pin.class_key == *key);
    let today =
        today(scheme)?.filter(|found| pin.is_some() || (found.class_key == *key && found.sub_kind == cached.kind));
    let assignment = match today {
        Some(today) => Some(today),
        None => store::segmentation::current(connection, id, &scheme.key)?,
    };
    Ok(Some(SegmentView {
        tag: classes::tag_of(scheme, key, moment.language)?,
        sub_kind: cached.kind.as_deref().and_then(|kind| words::kind_name(scheme, key, kind, moment.language)),
        since: cached.since,
        // Beside a class given by hand stands what the numbers say.
        reason: assignment
            .map(|found| words::reason(connection, moment, scheme, &found))
            .transpose()?
            .unwrap_or_default(),
        manual: pin.map(by_hand::view),
    }))
}

/// Class changes on the timeline, newest first.
pub(crate) fn timeline(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Vec<TimelineEntry>> {
    let scheme = primary(connection)?;
    let changes = store::segmentation::changes_of(connection, id, &scheme.key, TIMELINE_ROWS)?;
    changes
        .iter()
        .map(|change| {
            Ok(TimelineEntry {
                at: change.at,
                kind: TimelineKind::Segment,
                text: match change.pin {
                    Some(pin) => words::by_hand(moment, &scheme, &store::pins::get(connection, pin)?)?,
                    None => words::change(connection, moment, &scheme, change)?,
                },
                amount_minor: None,
                subject_id: Some(change.id),
            })
        })
        .collect()
}

fn latest(connection: &Connection) -> Result<StoredRun> {
    store::segment_runs::latest(connection, &store::segmentation::primary(connection)?.key)
}

fn view(connection: &Connection, moment: &Moment) -> Result<SegmentationView> {
    let scheme = primary(connection)?;
    let run = store::segment_runs::latest(connection, &scheme.key)?;
    let sums = ready::with(connection, moment, &scheme.needs().and(placed::needs_beside()), |ready| {
        let (table, standing) = ready.standing(connection, &scheme)?;
        Ok(standing.sums(table.numbers(&placed::net())))
    })?;
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let mut classes = vec![];
    for face in scheme.faces() {
        classes.push(SegmentClassView {
            tag: classes::tag(face, moment.language)?,
            rule: rule_text(&scheme, &run.cuts, &face.key, lang, shop.words()),
            people: sums.get(&face.key).map_or(0, |sum| sum.0),
            net_minor: Money::from_minor(sums.get(&face.key).map_or(0, |sum| sum.1)),
        });
    }
    let cuts = cut_texts(&scheme, &run.cuts, lang, shop.words());
    Ok(SegmentationView {
        scheme: scheme.key.clone(),
        name: scheme.names.get(lang).to_owned(),
        as_of: Some(run.as_of).filter(|_| run.why != RunReason::Start),
        customers: classes.iter().map(|class| class.people).sum(),
        classes,
        cuts: cuts.into_iter().map(|(measure, text)| CutView { measure, text }).collect(),
    })
}
