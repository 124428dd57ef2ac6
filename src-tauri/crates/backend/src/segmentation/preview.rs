//! What a definition would do, while a cut point is still in the hand: classes and movements over the numbers that
//! are ready, and the distribution of each measure.

use super::placed::{Placed, needs_beside};
use super::{named_moves, policies, ready, schemes, words};
use crate::api::schemes::{PreviewBand, PreviewBar, PreviewClass, PreviewCut, PreviewInput, SegmentPreview};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::segmentation::distribution::Bar;
use shukebu_domain::segmentation::{
    Lang, MeasureRef, MeasureTable, Scheme, check, cut_texts, distribution, measure_name, movement, rule_text, workload,
};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// So many bars fit beside each other.
const MOST_BARS: u16 = 40;

/// What stands still while a cut point is dragged: where everybody is by the stored definition, and how each measure is
/// spread. Kept until something is written or the day is over.
struct Still {
    written: (u64, u64),
    today: NaiveDate,
    before: Option<Placed>,
    /// By measure, and by the measure that makes somebody part of the population.
    bars: BTreeMap<(MeasureRef, MeasureRef), Vec<Bar>>,
}

thread_local! {
    static STILL: RefCell<Option<Still>> = const { RefCell::new(None) };
}

impl Still {
    /// What is known of this moment, perhaps nothing.
    fn taken(connection: &Connection, moment: &Moment) -> Self {
        let (written, today) = (store::changes::written(connection), moment.today);
        let known = STILL.take().filter(|known| known.written == written && known.today == today);
        known.unwrap_or_else(|| Self { written, today, before: None, bars: BTreeMap::new() })
    }
}

/// Tries a definition on everybody of today. Nothing is written.
///
/// # Errors
/// Every field that cannot be meant.
pub fn preview(app: &App, input: PreviewInput) -> Result<SegmentPreview> {
    check(&input.definition)?;
    app.read(move |connection, moment| of(connection, moment, input.definition))
}

fn of(connection: &Connection, moment: &Moment, definition: Scheme) -> Result<SegmentPreview> {
    // A new scheme has no state to move from.
    let stored = classes::scheme(connection, &definition.key).ok();
    let mut needs = definition.needs().and(needs_beside());
    if let Some(stored) = &stored {
        needs = needs.and(stored.needs());
    }
    let mut still = Still::taken(connection, moment);
    let seen = ready::with(connection, moment, &needs, |ready| {
        let (table, Still { before, bars, .. }) = (&ready.table, &mut still);
        if before.as_ref().map(|before| &before.scheme.key) != stored.as_ref().map(|stored| &stored.key) {
            *before = stored.map(|stored| Placed::of(connection, moment, stored, table)).transpose()?;
        }
        let none = BTreeMap::new();
        let after = Placed::tried(definition, table, before.as_ref().map_or(&none, |before| &before.pins))?;
        let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
        let mut classes = vec![];
        for face in after.scheme.faces() {
            classes.push(PreviewClass {
                tag: classes::tag(face, moment.language)?,
                rule: rule_text(&after.scheme, after.cuts(), &face.key, lang, shop.words()),
                people: after.people(&face.key),
                before: before
                    .as_ref()
                    .filter(|before| before.scheme.face(&face.key).is_some())
                    .map(|before| before.people(&face.key)),
            });
        }
        let mut moves = vec![];
        let mut moved = 0;
        if let Some(before) = before.as_ref() {
            let found = movement(&before.run, &after.run)?;
            moved = i64::from(found.moved);
            let changed = found.flows.into_iter().filter(|flow| flow.from != flow.to);
            let pairs = changed.filter_map(|flow| Some((flow.from, flow.to?, flow.customers)));
            moves = named_moves(&after.scheme, moment, pairs)?;
            // A class that the definition gave up keeps the name it had.
            for flow in &mut moves {
                if let Some(from) = &mut flow.from {
                    *from = classes::tag_of(&before.scheme, &from.key, moment.language)?;
                }
            }
            moves.sort_by_key(|each| std::cmp::Reverse(each.people));
        }
        let policies = policies::policies(connection, &after.scheme)?;
        let minutes = |placed: &Placed| workload(&policies, &placed.run.class_counts(), 0).needed_minutes;
        Ok(SegmentPreview {
            classes,
            moves,
            moved,
            bands: bands(&after, table, bars, lang, &shop),
            minutes_before: before.as_ref().map_or(0, &minutes),
            minutes_after: minutes(&after),
        })
    })?;
    STILL.set(Some(still));
    Ok(seen)
}

fn bands(
    placed: &Placed,
    table: &MeasureTable,
    known: &mut BTreeMap<(MeasureRef, MeasureRef), Vec<Bar>>,
    lang: Lang,
    shop: &words::ShopNames,
) -> Vec<PreviewBand> {
    let (scheme, cuts) = (&placed.scheme, placed.cuts());
    let population = scheme.population_measure();
    let mut texts = cut_texts(scheme, cuts, lang, shop.words()).into_iter();
    let of = |band: &shukebu_domain::segmentation::scheme::Band| {
        let found = cuts.bands.get(&band.key).and_then(|cuts| cuts.cuts.as_deref()).unwrap_or_default();
        let bars = known
            .entry((band.measure.normal(), population.clone()))
            .or_insert_with(|| distribution(table, &band.measure, &population, MOST_BARS));
        PreviewBand {
            band: band.key.clone(),
            name: measure_name(&band.measure, lang, shop.words()),
            unit: schemes::unit(&band.measure.measure).to_owned(),
            bars: bars.iter().map(|bar| PreviewBar { from: bar.from, to: bar.to, people: bar.customers }).collect(),
            cuts: found
                .iter()
                .zip(texts.by_ref())
                .map(|(cut, (_, text))| PreviewCut { at: cut.floor(), text })
                .collect(),
        }
    };
    scheme.bands.iter().map(of).collect()
}
