//! What a definition would do, while a cut point is still in the hand: classes and movements over the numbers that
//! are ready, and the distribution of each measure.

use super::placed::{Placed, needs_beside};
use super::{named_moves, ready, schemes, service, words};
use crate::api::schemes::{PreviewBand, PreviewBar, PreviewClass, PreviewCut, PreviewInput, SegmentPreview};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use rusqlite::Connection;
use shukebu_domain::segmentation::{
    MeasureTable, Scheme, check, cut_texts, distribution, measure_name, movement, rule_text, workload,
};

/// So many bars fit beside each other.
const MOST_BARS: u16 = 40;

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
    ready::with(connection, moment, &needs, |ready| {
        let table = &ready.table;
        let before = stored.map(|stored| Placed::of(connection, moment, stored, table)).transpose()?;
        let none = std::collections::BTreeMap::new();
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
        if let Some(before) = &before {
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
        let policies = service::policies(connection, &after.scheme)?;
        let minutes = |placed: &Placed| workload(&policies, &placed.run.class_counts(), 0).needed_minutes;
        Ok(SegmentPreview {
            classes,
            moves,
            moved,
            bands: bands(connection, &after, table, moment)?,
            minutes_before: before.as_ref().map_or(0, &minutes),
            minutes_after: minutes(&after),
        })
    })
}

fn bands(connection: &Connection, placed: &Placed, table: &MeasureTable, moment: &Moment) -> Result<Vec<PreviewBand>> {
    let (scheme, cuts) = (&placed.scheme, placed.cuts());
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let mut texts = cut_texts(scheme, cuts, lang, shop.words()).into_iter();
    let of = |band: &shukebu_domain::segmentation::scheme::Band| {
        let found = cuts.bands.get(&band.key).and_then(|cuts| cuts.cuts.as_deref()).unwrap_or_default();
        let bars = distribution(table, &band.measure, &scheme.population_measure(), MOST_BARS);
        PreviewBand {
            band: band.key.clone(),
            name: measure_name(&band.measure, lang, shop.words()),
            unit: schemes::unit(&band.measure.measure).to_owned(),
            bars: bars
                .into_iter()
                .map(|bar| PreviewBar { from: bar.from, to: bar.to, people: bar.customers })
                .collect(),
            cuts: found
                .iter()
                .zip(texts.by_ref())
                .map(|(cut, (_, text))| PreviewCut { at: cut.floor(), text })
                .collect(),
        }
    };
    Ok(scheme.bands.iter().map(of).collect())
}
