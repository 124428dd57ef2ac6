//! Runs over everybody: new cut points when there is a named reason for them, or yesterday's cut points on a new day.
//! Only those who change are written, each with where they came from. A class given by hand holds until its last day.

use super::ready::{Days, Place, Standing};
use super::{measures, ready};
use crate::app::Moment;
use crate::classes::primary;
use crate::error::Result;
use crate::store;
use crate::store::pins::Pin;
use crate::store::segment_runs::{RunReason, RunToStore};
use crate::store::segmentation::{CachedClass, Put};
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{Assignment, MeasureTable, Run, Scheme, assign, classify, run};
use std::collections::{BTreeMap, BTreeSet};

/// People who moved between two classes; `None` came from nowhere.
pub(crate) type Moves = BTreeMap<(Option<String>, String), u32>;

/// Finds new cut points of the primary scheme on the customers of a day and puts everybody into a class.
pub(crate) fn resegment(tx: &Transaction, moment: &Moment, as_of: NaiveDate, why: RunReason) -> Result<Moves> {
    resegment_by(tx, moment, &primary(tx)?, as_of, why)
}

/// The same by any scheme.
pub(crate) fn resegment_by(
    tx: &Transaction,
    moment: &Moment,
    scheme: &Scheme,
    as_of: NaiveDate,
    why: RunReason,
) -> Result<Moves> {
    let place = |table: &MeasureTable, standing: &mut Standing| {
        let found = run(scheme, table)?;
        let to_store = RunToStore { scheme, as_of, at: moment.now, why, cuts: &found.cuts };
        let id = store::segment_runs::insert(tx, &to_store)?;
        let moves = Places { run: id, scheme, as_of, found: &found }.settle(tx, moment, table, standing)?;
        store::segmentation::set_outcome(tx, id, &moves, &standing.people())?;
        Ok(moves)
    };
    if as_of == moment.today {
        return where_they_stand(tx, moment, scheme, place);
    }
    let table = MeasureTable::of(&scheme.needs(), &measures::of_everyone(tx, moment, as_of, &scheme.needs())?);
    let is_primary = store::segmentation::primary(tx)?.key == scheme.key;
    place(&table, &mut Standing::load(tx, &scheme.key, is_primary, table.customers())?)
}

/// Puts everybody into a class by the stored cut points: what changes because days go by.
pub(crate) fn look_again(tx: &Transaction, moment: &Moment) -> Result<Moves> {
    let scheme = primary(tx)?;
    let latest = store::segment_runs::latest(tx, &scheme.key)?;
    where_they_stand(tx, moment, &scheme, |table, standing| {
        let found = classify(&scheme, latest.cuts.clone(), table)?;
        let places = Places { run: latest.id, scheme: &scheme, as_of: moment.today, found: &found };
        places.settle(tx, moment, table, standing)
    })
}

/// Runs something over the numbers of a day, with first and last purchase beside: those of today are ready, those of
/// another day are counted.
pub(crate) fn over_everybody<T>(
    connection: &Connection,
    moment: &Moment,
    as_of: NaiveDate,
    needs: &Needs,
    work: impl FnOnce(&MeasureTable, &[Days]) -> Result<T>,
) -> Result<T> {
    if as_of == moment.today {
        return ready::with(connection, moment, needs, |ready| work(&ready.table, ready.days()));
    }
    let people = measures::of_everyone(connection, moment, as_of, needs)?;
    let days: Vec<Days> = people.iter().map(Days::of).collect();
    work(&MeasureTable::of(needs, &people), &days)
}

/// Moves people over the numbers of today, and remembers where they stand then.
fn where_they_stand(
    tx: &Transaction,
    moment: &Moment,
    scheme: &Scheme,
    work: impl FnOnce(&MeasureTable, &mut Standing) -> Result<Moves>,
) -> Result<Moves> {
    ready::with(tx, moment, &scheme.needs(), |ready| {
        let (table, standing) = ready.standing(tx, scheme)?;
        let moves = work(table, standing)?;
        ready.saw_moves(tx)?;
        Ok(moves)
    })
}

struct Places<'a> {
    run: i64,
    scheme: &'a Scheme,
    as_of: NaiveDate,
    found: &'a Run,
}

impl Places<'_> {
    /// Writes those who are not where they were. The numbers behind a reason are those that the classes were made from.
    fn settle(
        &self,
        tx: &Transaction,
        moment: &Moment,
        table: &MeasureTable,
        standing: &mut Standing,
    ) -> Result<Moves> {
        let pins = store::pins::holding(tx, self.scheme, moment.today)?;
        let pinned: BTreeSet<usize> = pins.keys().filter_map(|id| table.row_of(*id)).collect();
        let mut moves = Moves::new();
        for row in self.elsewhere(standing).into_iter().chain(pinned).collect::<BTreeSet<usize>>() {
            let Some(id) = table.customers().get(row) else { continue };
            let pin = pins.get(id);
            let key = pin.map(|pin| pin.class_key.as_str()).or_else(|| self.found.class_key(row));
            // Kinds of other schemes stand in the assignments only.
            let kind = if pin.is_some() { None } else { self.kind(row) }.filter(|_| standing.is_primary);
            let before = standing.of(row);
            if before == key.map(|key| (key, kind)) {
                continue;
            }
            let Some(person) = table.row(row, self.as_of) else { continue };
            let assignment = by_hand(assign(self.scheme, &self.found.cuts, &person), pin);
            let from = before.map(|(class, _)| class.to_owned());
            let only_kind = from.as_ref() == Some(&assignment.class_key);
            let before = if only_kind && standing.is_primary {
                store::segmentation::class_of(tx, *id)?
            } else {
                CachedClass { key: from.clone(), kind: None, since: None }
            };
            if !only_kind {
                *moves.entry((from, assignment.class_key.clone())).or_default() += 1;
            }
            let put = Put {
                run: self.run,
                before: &before,
                found: &assignment,
                pin: pin.map(|pin| pin.id),
                is_primary: standing.is_primary,
                at: moment.now,
            };
            store::segmentation::put(tx, &put)?;
            standing.put(row, &assignment.class_key, assignment.sub_kind.as_deref());
        }
        Ok(moves)
    }

    /// The rows that do not stand where the run puts them. Nearly everybody does: told by numbers, without a look at a
    /// word.
    fn elsewhere(&self, standing: &Standing) -> Vec<usize> {
        let kinds_of = |at: usize| self.scheme.classes.get(at).map_or(&[][..], |class| class.sub_kinds.as_slice());
        let classes = self.found.class_keys.iter().enumerate();
        let most = classes.clone().map(|(at, _)| kinds_of(at).len() + 1).max().unwrap_or(1);
        let mut stay: Vec<Option<Place>> = vec![];
        for (at, key) in classes {
            let names = std::iter::once(None).chain(kinds_of(at).iter().map(|kind| Some(kind.key.as_str())));
            stay.extend(names.map(|kind| standing.place(key, kind)));
            stay.resize((at + 1) * most, None);
        }
        let of_run = self.found.classes.iter().zip(&self.found.sub_kinds);
        let wanted = of_run.map(|(class, kind)| usize::from(*class) * most + usize::from(*kind));
        standing.not_at(wanted.map(|at| stay.get(at).copied().flatten()))
    }

    /// The kind of a row within its class.
    fn kind(&self, row: usize) -> Option<&str> {
        let place = usize::from(*self.found.sub_kinds.get(row)?).checked_sub(1)?;
        let class = self.scheme.classes.get(usize::from(*self.found.classes.get(row)?))?;
        class.sub_kinds.get(place).map(|kind| kind.key.as_str())
    }
}

/// The class that holds: the one given by hand, if any. The numbers stay, so that both can be shown.
pub(super) fn by_hand(computed: Assignment, pin: Option<&Pin>) -> Assignment {
    match pin {
        Some(pin) => Assignment { class_key: pin.class_key.clone(), sub_kind: None, ..computed },
        None => computed,
    }
}
