//! Shapes of a scheme and figures of the whole shop: the grid, the quadrants, the sizes over time, the curve of 80/20
//! with its sentence, how much hangs on a few, and how the top differs from the rest.

use super::placed::{Placed, needs_beside, net, orders, profit};
use super::promotion::{self, percent};
use super::{latent, named_moves, people, policies, promising, ready, words};
use crate::api::books::Nothing;
use crate::api::people::PeopleSelection;
use crate::api::schemes::SchemeRef;
use crate::api::value::{
    ClassSize, Concentration, CurvePoint, Difference, GridBand, GridCell, MoveMatrix, MoveRow, Quadrant, Quadrants,
    SegmentCharts, SegmentGrid, SegmentInsights, SizesOfDay,
};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use crate::messages::say;
use crate::store;
use crate::store::segment_runs::RunReason;
use crate::store::segmentation::PastRun;
use crate::store::whose::Whose;
use chrono::Datelike;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    Course, FieldRef, Measure, MeasureRef, MeasureTable, Pareto, Scheme, Window, measure_name, pareto, rule_text,
};
use std::collections::{BTreeMap, BTreeSet};

/// The bands of a grid, most telling first.
const GRIDS: [&[&str]; 2] = [&["r", "f", "m"], &["f3", "m3"]];
/// Fewer steps make no grid.
const GRID_STEPS: u8 = 3;
/// Four classes around a cross: left bottom, right bottom, left top, right top.
const QUADRANTS: [(&str, [&str; 4]); 2] = [
    ("old_new", ["new_small", "old_small", "new_large", "old_large"]),
    ("contribution_potential", ["basic", "mature", "latent", "star"]),
];
const MOST_RUNS: i64 = 60;
const CURVE_POINTS: usize = 100;
/// The first so many bring too much from this share on, in basis points.
const CONCENTRATION: [(u32, i64); 3] = [(1, 2_000), (5, 4_000), (10, 6_000)];
/// A trait that is less common than this at both sides says nothing.
const LEAST_SHARE_BP: i64 = 500;
const MOST_DIFFERENCES: usize = 12;

/// The shapes of a scheme.
///
/// # Errors
/// A scheme that is not there.
pub fn charts(app: &App, input: SchemeRef) -> Result<SegmentCharts> {
    app.read(move |connection, moment| {
        let scheme = classes::scheme(connection, &input.key)?;
        let runs = store::segmentation::runs(connection, &scheme.key, MOST_RUNS)?;
        let last = runs.first().filter(|run| run.why != RunReason::Start);
        let matrix = last.map(|run| matrix(&scheme, moment, run)).transpose()?;
        let moves = runs.first().map(|run| run.moves.clone()).unwrap_or_default();
        let moves = named_moves(&scheme, moment, moves.into_iter())?;
        let mut history: BTreeMap<chrono::NaiveDate, SizesOfDay> = BTreeMap::new();
        for run in runs.iter().rev().filter(|run| run.why != RunReason::Start) {
            // In the order of the scheme; a class that it gave up comes last.
            let place = |class: &str| scheme.faces().position(|face| face.key == class).unwrap_or(usize::MAX);
            let mut counts: Vec<(&String, &u32)> = run.counts.iter().collect();
            counts.sort_by_key(|(class, _)| place(class));
            let sizes = counts.into_iter().map(|(class, people)| {
                let tag = classes::tag_of(&scheme, class, moment.language)?;
                Ok(ClassSize { tag, people: i64::from(*people) })
            });
            // Of several runs on a day the last one counts.
            history.insert(run.as_of, SizesOfDay { on: run.as_of, sizes: sizes.collect::<Result<_>>()? });
        }
        let needs = scheme.needs().and(needs_beside());
        ready::with(connection, moment, &needs, |ready| {
            let placed = Placed::of(connection, moment, scheme, &ready.table)?;
            Ok(SegmentCharts {
                grid: grid(connection, &placed, &ready.table, moment)?,
                quadrants: quadrants(connection, &placed, &ready.table, moment)?,
                history: history.into_values().collect(),
                moves,
                matrix,
            })
        })
    })
}

/// Everybody of a run by the class before and the class since: who did not move stands on the diagonal.
fn matrix(scheme: &Scheme, moment: &Moment, run: &PastRun) -> Result<MoveMatrix> {
    let to: Vec<&str> = scheme.faces().map(|face| face.key.as_str()).collect();
    let mut from: Vec<Option<&str>> = to.iter().copied().map(Some).collect();
    for (before, _, _) in &run.moves {
        if !from.contains(&before.as_deref()) {
            from.push(before.as_deref());
        }
    }
    let moved = |before: Option<&str>, since: &str| -> i64 {
        let found = run.moves.iter().find(|(from, to, _)| from.as_deref() == before && to == since);
        found.map_or(0, |(_, _, people)| i64::from(*people))
    };
    let came = |since: &str| -> i64 { from.iter().map(|before| moved(*before, since)).sum() };
    let stayed = |class: &str| i64::from(run.counts.get(class).copied().unwrap_or(0)) - came(class);
    let mut rows = vec![];
    for before in &from {
        let people: Vec<i64> = to
            .iter()
            .map(|since| if *before == Some(*since) { stayed(since) } else { moved(*before, since) })
            .collect();
        if people.iter().any(|people| *people != 0) {
            let from = before.map(|class| classes::tag_of(scheme, class, moment.language)).transpose()?;
            rows.push(MoveRow { from, people });
        }
    }
    let to = to.into_iter().map(|class| classes::tag_of(scheme, class, moment.language)).collect::<Result<_>>()?;
    let moves = run.moves.iter().map(|(from, to, people)| (from.as_deref(), to.as_str(), *people));
    let Course { up, down, new, lost } = Course::of(scheme, moves);
    let [up, down, new, lost] = [up, down, new, lost].map(i64::from);
    Ok(MoveMatrix { on: run.as_of, to, rows, up, down, new, lost })
}

fn grid(
    connection: &Connection,
    placed: &Placed,
    table: &MeasureTable,
    moment: &Moment,
) -> Result<Option<SegmentGrid>> {
    let is_there = |key: &&str| placed.scheme.band(key).is_some_and(|band| band.cut.steps() >= GRID_STEPS);
    let Some(keys) = GRIDS.into_iter().find(|keys| keys.iter().all(&is_there)) else { return Ok(None) };
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let bands = keys.iter().filter_map(|key| placed.scheme.band(key)).map(|band| GridBand {
        band: band.key.clone(),
        name: measure_name(&band.measure, lang, shop.words()),
        steps: band.cut.steps(),
    });
    let columns =
        keys.iter().map(|key| Ok(placed.run.steps(&placed.scheme, table, key)?)).collect::<Result<Vec<_>>>()?;
    let money = table.numbers(&net());
    let mut cells: BTreeMap<Vec<u8>, (i64, i64)> = BTreeMap::new();
    for row in 0..table.len() {
        let steps: Vec<u8> = columns.iter().filter_map(|column| column.get(row).copied()).collect();
        if steps.contains(&0) {
            continue;
        }
        let cell = cells.entry(steps).or_default();
        cell.0 += 1;
        cell.1 = cell.1.saturating_add(money.at(row).unwrap_or(0));
    }
    let cells = cells.into_iter().map(|(steps, (people, net_minor))| GridCell { steps, people, net_minor });
    Ok(Some(SegmentGrid { bands: bands.collect(), cells: cells.collect() }))
}

fn quadrants(
    connection: &Connection,
    placed: &Placed,
    table: &MeasureTable,
    moment: &Moment,
) -> Result<Option<Quadrants>> {
    let is_there = |key: &&str| placed.scheme.face(key).is_some();
    let Some((name, keys)) = QUADRANTS.into_iter().find(|(_, keys)| keys.iter().all(&is_there)) else {
        return Ok(None);
    };
    let sums = placed.sums(table, &net());
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let mut cells = vec![];
    for key in keys {
        let place = placed.run.class_keys.iter().position(|known| known == key);
        cells.push(Quadrant {
            tag: classes::tag_of(&placed.scheme, key, moment.language)?,
            rule: rule_text(&placed.scheme, placed.cuts(), key, lang, shop.words()),
            people: placed.people(key),
            net_minor: place.and_then(|place| sums.get(place)).copied().unwrap_or(0),
            strategy: policies::strategy(connection, &placed.scheme, key, |key| say(moment.language, key, &[]))?,
        });
    }
    let axis = |side: &str| say(moment.language, &format!("quadrant.{name}.{side}"), &[]);
    Ok(Some(Quadrants { across: axis("across"), up: axis("up"), cells }))
}

/// What the whole shop lives on.
///
/// # Errors
/// `Locked` while no book is open.
pub fn insights(app: &App, _: Nothing) -> Result<SegmentInsights> {
    app.read(|connection, moment| {
        let needs = latent::scheme(connection).needs().and(needs());
        let top = people::select(connection, moment, &PeopleSelection::Top)?;
        let promotion = people::select(connection, moment, &PeopleSelection::PromotionOnly)?;
        let latent = people::select(connection, moment, &PeopleSelection::Latent)?;
        let promising = people::select(connection, moment, &PeopleSelection::Promising)?;
        let is_profit = store::lists::knows_costs(connection)?;
        let (curve, tenures) = ready::with(connection, moment, &needs, |ready| {
            let table = &ready.table;
            let (orders, profit, tenure) =
                (table.numbers(&orders()), table.numbers(&profit()), table.numbers(&tenure()));
            let buyers: Vec<usize> = (0..table.len()).filter(|row| orders.at(*row).is_some_and(|it| it > 0)).collect();
            let id_of = |row: usize| table.customers().get(row).copied();
            let amounts: Vec<(CustomerId, Money)> = buyers
                .iter()
                .filter_map(|row| Some((id_of(*row)?, Money::from_minor(profit.at(*row).unwrap_or(0)))))
                .collect();
            let tenures: BTreeMap<CustomerId, i64> =
                buyers.iter().filter_map(|row| Some((id_of(*row)?, tenure.at(*row)?))).collect();
            Ok((pareto(&amounts), tenures))
        })?;
        let share = |curve: &Pareto<CustomerId>, bp: u32| curve.share_of_top(bp);
        let sentence = match curve.as_ref().and_then(|curve| share(curve, 2_000)) {
            Some(bp) => {
                let key = if is_profit { "pareto.profit" } else { "pareto.spend" };
                say(moment.language, key, &[("share", &percent(bp))])
            }
            None => say(moment.language, "pareto.nothing", &[]),
        };
        let concentration = CONCENTRATION.into_iter().filter_map(|(first, warn_from_bp)| {
            let share_bp = curve.as_ref()?.share_of_first(first as usize)?;
            Some(Concentration { first, share_bp, warn_from_bp })
        });
        Ok(SegmentInsights {
            buyers: tenures.len() as i64,
            is_profit,
            sentence,
            concentration: concentration.collect(),
            curve: curve.as_ref().map(points).unwrap_or_default(),
            latent: latent.ids.len() as i64,
            promotion_only: promotion.ids.len() as i64,
            promotion_rule: promotion::rule(connection)?,
            promising: promising.ids.len() as i64,
            promising_rule: promising::rule(connection)?,
            top: differences(connection, moment, &top.ids.iter().copied().collect(), &tenures)?,
        })
    })
}

/// What the figures of the whole shop look at.
pub(super) fn needs() -> Needs {
    let mut needs = needs_beside();
    needs.measures.extend([profit(), tenure()]);
    needs.fields.insert(FieldRef::TopCategory(Window::default()));
    needs
}

fn tenure() -> MeasureRef {
    MeasureRef::new(Measure::TenureMonths, Window::Lifetime)
}

/// The curve at no more places than a screen can show, both ends among them.
fn points(curve: &Pareto<CustomerId>) -> Vec<CurvePoint> {
    let n = curve.rows.len();
    let ranks: BTreeSet<usize> =
        (1..=CURVE_POINTS.min(n)).map(|place| (place * n).div_ceil(CURVE_POINTS.min(n))).collect();
    let point = |rank: usize| {
        Some(CurvePoint {
            rank: u32::try_from(rank).ok()?,
            people_bp: Money::round_half_up(rank as i128 * 10_000, n as i128)?.minor(),
            money_bp: curve.share_of_first(rank)?,
        })
    };
    ranks.into_iter().filter_map(point).collect()
}

/// Traits that are more or less common at the top, the largest difference first.
fn differences(
    connection: &Connection,
    moment: &Moment,
    top: &BTreeSet<CustomerId>,
    tenures: &BTreeMap<CustomerId, i64>,
) -> Result<Vec<Difference>> {
    let mut traits: Vec<(&str, CustomerId, String)> = vec![];
    for field in ["source", "tags", "gender"] {
        let words = store::measures::profile_words(connection, Whose::Everyone, field)?;
        traits.extend(words.into_iter().map(|(id, word)| (field, id, word)));
    }
    for (id, months) in tenures {
        let band = match months {
            ..3 => "under_3",
            3..12 => "under_12",
            12..36 => "under_36",
            _ => "over_36",
        };
        traits.push(("tenure", *id, band.to_owned()));
    }
    for (id, year) in store::lists::birth_years(connection)? {
        let age = moment.today.year() - year;
        traits.push(("age", id, format!("{}", age.div_euclid(10) * 10)));
    }
    for (id, category) in favourites(connection, moment)? {
        traits.push(("category", id, category));
    }
    let mut counts: BTreeMap<(&str, String), (i64, i64)> = BTreeMap::new();
    for (field, id, word) in traits.into_iter().filter(|(_, id, _)| tenures.contains_key(id)) {
        let count = counts.entry((field, word)).or_default();
        if top.contains(&id) { count.0 += 1 } else { count.1 += 1 }
    }
    let of_top = top.len() as i128;
    let of_rest = tenures.len().saturating_sub(top.len()) as i128;
    let share = |count: i64, of: i128| Money::round_half_up(i128::from(count) * 10_000, of).map_or(0, Money::minor);
    let mut found: Vec<Difference> = counts
        .into_iter()
        .map(|((field, word), (in_top, in_rest))| Difference {
            word: match field {
                "gender" | "tenure" => say(moment.language, &format!("field.{field}.{word}"), &[]),
                "age" => say(moment.language, "field.age", &[("from", &word)]),
                _ => word,
            },
            field: field.to_owned(),
            top_bp: share(in_top, of_top),
            rest_bp: share(in_rest, of_rest),
        })
        .filter(|it| it.top_bp >= LEAST_SHARE_BP || it.rest_bp >= LEAST_SHARE_BP)
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse((it.top_bp - it.rest_bp).abs()));
    found.truncate(MOST_DIFFERENCES);
    Ok(found)
}

/// The category on which each customer spent most in the last 12 months.
fn favourites(connection: &Connection, moment: &Moment) -> Result<Vec<(CustomerId, String)>> {
    ready::with(connection, moment, &needs(), |ready| Ok(ready.favourites(Window::default())))
}
