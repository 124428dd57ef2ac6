//! A scheme over everybody as they stand today: the cut points of its last run, the classes that follow, and those
//! that a person gave by hand.

use super::{latent, ready};
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::pins::Pin;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    Measure, MeasureRef, MeasureTable, Run, Scheme, SchemeCuts, Window, classify, cut_points, run,
};
use std::collections::BTreeMap;

/// Everybody in the classes of a scheme.
pub(super) struct Placed {
    pub scheme: Scheme,
    /// Day whose cut points are used; `None`: those of today, since there was no run yet.
    pub as_of: Option<NaiveDate>,
    pub run: Run,
    pub pins: BTreeMap<CustomerId, Pin>,
}

impl Placed {
    /// Everybody in the classes of a stored scheme.
    pub(super) fn of(connection: &Connection, moment: &Moment, scheme: Scheme, table: &MeasureTable) -> Result<Self> {
        let stored = store::segment_runs::latest_or_none(connection, &scheme.key)?;
        let stored = stored.filter(|run| run.why != store::segment_runs::RunReason::Start);
        let found = match &stored {
            Some(stored) => classify(&scheme, stored.cuts.clone(), table)?,
            None => run(&scheme, table)?,
        };
        let pins = store::pins::holding(connection, &scheme, moment.today)?;
        let mut placed = Self { scheme, as_of: stored.map(|run| run.as_of), run: found, pins };
        placed.put_by_hand(table);
        Ok(placed)
    }

    /// Everybody in the classes of a definition that is only tried out.
    pub(super) fn tried(scheme: Scheme, table: &MeasureTable, pins: &BTreeMap<CustomerId, Pin>) -> Result<Self> {
        let found = run(&scheme, table)?;
        let pins = pins.iter().filter(|(_, pin)| scheme.face(&pin.class_key).is_some());
        let pins = pins.map(|(id, pin)| (*id, pin.clone())).collect();
        let mut placed = Self { scheme, as_of: None, run: found, pins };
        placed.put_by_hand(table);
        Ok(placed)
    }

    pub(super) fn cuts(&self) -> &SchemeCuts {
        &self.run.cuts
    }

    fn put_by_hand(&mut self, table: &MeasureTable) {
        for (id, pin) in &self.pins {
            let Ok(row) = table.customers().binary_search(id) else { continue };
            let Some(place) = self.run.class_keys.iter().position(|key| *key == pin.class_key) else { continue };
            let Some(class) = self.run.classes.get_mut(row) else { continue };
            if let Some(count) = self.run.counts.get_mut(usize::from(*class)) {
                *count = count.saturating_sub(1);
            }
            *class = u8::try_from(place).unwrap_or(*class);
            if let Some(count) = self.run.counts.get_mut(place) {
                *count += 1;
            }
            if let Some(kind) = self.run.sub_kinds.get_mut(row) {
                *kind = 0;
            }
        }
    }

    /// People of a class.
    pub(super) fn people(&self, class: &str) -> i64 {
        let place = self.run.class_keys.iter().position(|key| key == class);
        place.and_then(|place| self.run.counts.get(place)).copied().map_or(0, i64::from)
    }

    /// Sum of a measure over each class, in the order of its classes.
    pub(super) fn sums(&self, table: &MeasureTable, measure: &MeasureRef) -> Vec<i64> {
        let mut sums = vec![0_i64; self.run.class_keys.len()];
        let numbers = table.numbers(measure);
        for (row, class) in self.run.classes.iter().enumerate() {
            if let (Some(sum), Some(value)) = (sums.get_mut(usize::from(*class)), numbers.at(row)) {
                *sum = sum.saturating_add(value);
            }
        }
        sums
    }
}

/// What every screen shows beside a scheme's own numbers.
pub(super) fn needs_beside() -> Needs {
    Needs { measures: [net(), orders()].into(), ..Needs::default() }
}

/// Net spend of the last 12 months.
pub(super) fn net() -> MeasureRef {
    MeasureRef::new(Measure::NetMinor, Window::default())
}

/// Orders of the last 12 months.
pub(super) fn orders() -> MeasureRef {
    MeasureRef::new(Measure::Orders, Window::default())
}

/// The cut points that hold for a scheme today.
pub(super) fn cuts_of(connection: &Connection, moment: &Moment, scheme: &Scheme) -> Result<SchemeCuts> {
    match store::segment_runs::latest_or_none(connection, &scheme.key)? {
        Some(run) => Ok(run.cuts),
        None => ready::with(connection, moment, &scheme.needs(), |ready| Ok(cut_points(scheme, &ready.table)?)),
    }
}

/// The cut points of the value score of one customer: without a run of its scheme those that the calendar kept, so that
/// a card asks the book and not everybody.
pub(super) fn score_cuts(connection: &Connection, moment: &Moment, scheme: &Scheme) -> Result<SchemeCuts> {
    if store::segment_runs::latest_or_none(connection, &scheme.key)?.is_none()
        && let Some(kept) = kept_cuts(connection, scheme)?
    {
        return Ok(kept);
    }
    cuts_of(connection, moment, scheme)
}

/// Setting: the cut points of the value score, which a shop asks for every day and hardly ever runs as a scheme.
const SCORE_CUTS: &str = "score_cuts";

#[derive(Serialize, Deserialize)]
struct KeptCuts {
    scheme: String,
    version: u32,
    cuts: SchemeCuts,
}

fn kept_cuts(connection: &Connection, scheme: &Scheme) -> Result<Option<SchemeCuts>> {
    let kept: Option<KeptCuts> = store::book::setting(connection, SCORE_CUTS, None)?;
    let fits = |kept: &KeptCuts| kept.scheme == scheme.key && kept.version == scheme.version;
    Ok(kept.filter(fits).map(|kept| kept.cuts))
}

/// Finds the cut points of the value score anew where the calendar moves those of the classes, or where there are none.
pub(super) fn keep_score_cuts(tx: &Transaction, moment: &Moment, are_moved: bool) -> Result<()> {
    let scheme = latent::scheme(tx);
    if !are_moved && kept_cuts(tx, &scheme)?.is_some() {
        return Ok(());
    }
    let cuts = ready::with(tx, moment, &scheme.needs(), |ready| Ok(cut_points(&scheme, &ready.table)?))?;
    let kept = KeptCuts { scheme: scheme.key, version: scheme.version, cuts };
    store::book::set_setting(tx, SCORE_CUTS, Some(kept), moment.now)
}

/// Profit of the last 12 months, which is spend where no cost is known.
pub(super) fn profit() -> MeasureRef {
    MeasureRef::new(Measure::ProfitMinor, Window::default())
}
