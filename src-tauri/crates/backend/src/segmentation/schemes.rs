//! Schemes in the book: the ready-made ones as copies that may be edited, the shop's own, their versions, and which of
//! them drives the day.

use super::placed::{Placed, needs_beside, net};
use super::{everyone, mark_checked, ready, words};
use crate::api::books::{Done, Nothing};
use crate::api::schemes::{
    FieldChoice, FieldWord, MeasureChoice, SchemeClass, SchemeList, SchemeRef, SchemeRow, SchemeSave, SchemeVersion,
    SchemeView,
};
use crate::api::segmentation::{SegmentRunInput, SegmentRunView};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use crate::store::segment_runs::RunReason;
use crate::store::whose::Whose;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::custom_field::FieldKind;
use shukebu_domain::segmentation::presets::ready_made;
use shukebu_domain::segmentation::{Measure, Scheme, check, measure_word, rule_text};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// More words than that are no choice.
const MOST_WORDS: usize = 200;
const MOST_VERSIONS: i64 = 20;

/// All schemes, and what a condition may look at.
///
/// # Errors
/// `Locked` while no book is open.
pub fn scheme_list(app: &App, _: Nothing) -> Result<SchemeList> {
    app.read(|connection, moment| {
        let primary = store::segmentation::primary(connection)?.key;
        let schemes = store::segmentation::schemes(connection)?;
        Ok(SchemeList {
            schemes: schemes.iter().map(|it| row(connection, moment, it, &primary)).collect::<Result<_>>()?,
            measures: measures(connection, moment)?,
            fields: fields(connection, moment)?,
        })
    })
}

/// One scheme with its classes and their people of today.
///
/// # Errors
/// `NotFound` for a scheme that is not there.
pub fn scheme_get(app: &App, input: SchemeRef) -> Result<SchemeView> {
    app.read(move |connection, moment| view(connection, moment, &input.key))
}

/// Stores a scheme, as a new one or as the next version of one that is there. Where the scheme is in use, everybody is
/// put into its classes at once.
///
/// # Errors
/// Every field that cannot be meant; a scheme that is not there.
pub fn scheme_save(app: &App, input: SchemeSave) -> Result<SchemeView> {
    let key: Arc<Mutex<String>> = Arc::default();
    let saved = Arc::clone(&key);
    app.write(Op::new("scheme.change"), move |tx, moment| {
        let mut scheme = input.definition;
        if input.is_new {
            scheme.key = free_key(tx)?;
            scheme.version = 1;
        } else {
            scheme.version = store::segmentation::scheme(tx, &scheme.key)?.version + 1;
        }
        check(&scheme)?;
        if input.is_new {
            store::segmentation::insert_scheme(tx, &scheme, false, moment.now)?;
        } else {
            store::segmentation::update_scheme(tx, &scheme, moment.now)?;
        }
        store::segmentation::insert_version(tx, &scheme, moment.session.staff, moment.now)?;
        run_where_in_use(tx, moment, &scheme)?;
        if let Ok(mut key) = saved.lock() {
            key.clone_from(&scheme.key);
        }
        Ok(Written::many("scheme").detail(json!({ "scheme": scheme.key, "version": scheme.version })))
    })?;
    let key = key.lock().map(|key| key.clone()).map_err(ApiError::internal)?;
    app.read(move |connection, moment| view(connection, moment, &key))
}

/// The cut points of an earlier definition say nothing about a new one.
fn run_where_in_use(tx: &Transaction, moment: &Moment, scheme: &Scheme) -> Result<()> {
    let is_primary = store::segmentation::primary(tx)?.key == scheme.key;
    if !is_primary && store::segment_runs::latest_or_none(tx, &scheme.key)?.is_none() {
        return Ok(());
    }
    everyone::resegment_by(tx, moment, scheme, moment.today, RunReason::Person)?;
    if is_primary {
        mark_checked(tx, moment)?;
    }
    Ok(())
}

/// Takes a scheme off the list. Its history stays.
///
/// # Errors
/// The primary scheme, without which the day would have no classes; a scheme that is not there.
pub fn scheme_delete(app: &App, input: SchemeRef) -> Result<Done> {
    app.write(Op::new("scheme.change"), move |tx, moment| {
        let scheme = store::segmentation::scheme(tx, &input.key)?;
        if store::segmentation::primary(tx)?.key == scheme.key {
            return Err(ApiError::not_now("scheme.is_primary"));
        }
        store::segmentation::delete_scheme(tx, &scheme.key, moment.now)?;
        Ok(Written::many("scheme").detail(json!({ "deleted": scheme.key })))
    })?;
    Ok(Done {})
}

/// Makes a scheme the one that drives the day, and puts everybody into its classes.
///
/// # Errors
/// A scheme that is not there.
pub fn scheme_make_primary(app: &App, input: SchemeRef) -> Result<SegmentRunView> {
    let key = input.key.clone();
    app.write(Op::new("scheme.change"), move |tx, _| {
        let scheme = store::segmentation::scheme(tx, &input.key)?;
        store::segmentation::set_primary(tx, &scheme.key)?;
        store::segmentation::show_classes_of(tx, &scheme.key)?;
        Ok(Written::many("scheme").detail(json!({ "primary": scheme.key })))
    })?;
    super::run(app, SegmentRunInput { as_of: None, scheme: Some(key) })
}

fn free_key(tx: &Transaction) -> Result<String> {
    for number in 1_u32.. {
        let key = format!("own_{number}");
        if !store::segmentation::has_scheme(tx, &key)? {
            return Ok(key);
        }
    }
    Err(ApiError::internal("no key is free"))
}

fn row(connection: &Connection, moment: &Moment, scheme: &Scheme, primary: &str) -> Result<SchemeRow> {
    let run = store::segment_runs::latest_or_none(connection, &scheme.key)?;
    Ok(SchemeRow {
        key: scheme.key.clone(),
        name: scheme.names.get(classes::lang(moment.language)).to_owned(),
        is_primary: scheme.key == primary,
        is_ready_made: ready_made().iter().any(|known| known.key == scheme.key),
        version: scheme.version,
        last_run_on: run.filter(|run| run.why != RunReason::Start).map(|run| run.as_of),
    })
}

fn view(connection: &Connection, moment: &Moment, key: &str) -> Result<SchemeView> {
    let scheme = classes::scheme(connection, key)?;
    let primary = store::segmentation::primary(connection)?.key;
    let needs = scheme.needs().and(needs_beside());
    ready::with(connection, moment, &needs, |ready| {
        let placed = Placed::of(connection, moment, scheme, &ready.table)?;
        let sums = placed.sums(&ready.table, &net());
        let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
        let mut classes = vec![];
        for (face, net_minor) in placed.scheme.faces().zip(sums) {
            classes.push(SchemeClass {
                tag: classes::tag(face, moment.language)?,
                rule: rule_text(&placed.scheme, placed.cuts(), &face.key, lang, shop.words()),
                people: placed.people(&face.key),
                net_minor,
                by_hand: placed.pins.values().filter(|pin| pin.class_key == face.key).count() as i64,
            });
        }
        let versions = store::segmentation::versions(connection, key, MOST_VERSIONS)?;
        Ok(SchemeView {
            row: row(connection, moment, &placed.scheme, &primary)?,
            classes,
            customers: ready.table.len() as i64,
            as_of: placed.as_of,
            versions: versions
                .into_iter()
                .map(|(version, at, by)| SchemeVersion { version, on: at.day_in(moment.zone), by })
                .collect(),
            definition: placed.scheme,
        })
    })
}

fn measures(connection: &Connection, moment: &Moment) -> Result<Vec<MeasureChoice>> {
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let choice = |measure: Measure| MeasureChoice {
        measure: match &measure {
            Measure::Field(key) => key.clone(),
            Measure::DaysSince(key) => format!("days_since {key}"),
            Measure::DaysUntil(key) => format!("days_until {key}"),
            measure => store::as_word(measure).unwrap_or_default(),
        },
        name: measure_word(&measure, lang, shop.words()),
        windowed: measure.is_windowed(),
        unit: unit(&measure).to_owned(),
    };
    let own = store::custom_fields::all(connection)?.into_iter();
    let own = own.filter(|field| field.is_active).flat_map(|field| {
        let key = store::measures::own_field(field.id.0);
        match field.kind {
            FieldKind::Number => vec![Measure::Field(key)],
            FieldKind::Date => vec![Measure::DaysSince(key.clone()), Measure::DaysUntil(key)],
            FieldKind::Text | FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo => vec![],
        }
    });
    let known = [
        Measure::RecencyDays,
        Measure::Orders,
        Measure::NetMinor,
        Measure::AverageTicketMinor,
        Measure::LargestTicketMinor,
        Measure::PurchaseDays,
        Measure::ActiveMonthsBp,
        Measure::Categories,
        Measure::TopCategoryShareBp,
        Measure::ProfitMinor,
        Measure::DiscountedShareBp,
        Measure::Refunds,
        Measure::RefundedMinor,
        Measure::Interactions,
        Measure::DeepTalks,
        Measure::Complaints,
        Measure::DaysSinceContact,
        Measure::TenureDays,
        Measure::TenureMonths,
        Measure::Referrals,
        Measure::Judgement,
    ]
    .into_iter();
    Ok(known.chain(own).map(choice).collect())
}

/// The unit in which a measure is typed and shown.
pub(super) fn unit(measure: &Measure) -> &'static str {
    match measure {
        measure if measure.is_money() => "money",
        measure if measure.is_days() => "days",
        Measure::TenureMonths => "months",
        Measure::TopCategoryShareBp | Measure::DiscountedShareBp | Measure::ActiveMonthsBp => "share",
        Measure::Field(_) => "milli",
        _ => "count",
    }
}

fn fields(connection: &Connection, moment: &Moment) -> Result<Vec<FieldChoice>> {
    let shop = words::ShopNames::of(connection, moment)?;
    let own = store::custom_fields::all(connection)?.into_iter();
    let own = own.filter(|field| field.is_active && !matches!(field.kind, FieldKind::Number | FieldKind::Date));
    let own = own.map(|field| store::measures::own_field(field.id.0));
    let mut found = vec![];
    for field in words::FIELDS.into_iter().map(str::to_owned).chain(own) {
        let words = store::measures::profile_words(connection, Whose::Everyone, &field)?;
        let words: BTreeSet<String> = words.into_iter().map(|(_, word)| word).collect();
        found.push(FieldChoice {
            name: shop.field(&field),
            words: words
                .into_iter()
                .take(MOST_WORDS)
                .map(|word| FieldWord { name: shop.word(&field, &word), word })
                .collect(),
            field,
        });
    }
    found.push(FieldChoice {
        field: "top_category".to_owned(),
        name: say(moment.language, "field.name.top_category", &[]),
        words: store::measures::categories(connection, MOST_WORDS as i64)?
            .into_iter()
            .map(|word| FieldWord { name: word.clone(), word })
            .collect(),
    });
    Ok(found)
}
