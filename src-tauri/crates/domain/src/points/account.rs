//! The lots of one customer and what can be done with them. Every change hands back the rows of the ledger that tell
//! it, so that the rows always add up to what remains in the lots. No operation looks further than the lots given:
//! the counter loads the ones with something left. Nor does one cost more because there were many lots: those with
//! something left stand in the order in which they are drawn, and what was done can be undone step by step.

mod giving_back;

use super::{Points, RefusalCode, later};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What tells a lot from the others: a row of the store, or the place of its event and a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LotKey(
    #[cfg_attr(feature = "bindings", ts(type = "number"))] pub i64,
    #[cfg_attr(feature = "bindings", ts(type = "number"))] pub i64,
);

/// Points given at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Lot {
    /// Which lot.
    pub key: LotKey,
    /// The day on which the points were earned.
    pub earned_on: NaiveDate,
    /// The first day on which they can be spent.
    pub spendable_from: NaiveDate,
    /// The last day on which they can be spent; none lives for ever.
    pub expires_on: Option<NaiveDate>,
    /// Points given.
    pub points: Points,
    /// Points left.
    pub remaining: Points,
    /// Where they come from: the name of the sale or event.
    pub source: String,
}

impl Lot {
    /// Whether the points still live on a day.
    pub fn lives(&self, on: NaiveDate) -> bool {
        self.expires_on.is_none_or(|last| on <= last)
    }
}

/// Points drawn from a lot, or lent where no lot had any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Draw {
    /// The lot; none for points that became debt.
    pub lot: Option<LotKey>,
    /// Points.
    pub points: Points,
}

/// One row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Row {
    /// The day it counts on.
    pub on: NaiveDate,
    /// What it is.
    pub kind: RowKind,
    /// Points, negative when they go.
    pub points: Points,
    /// The lot; none where debt is made or paid without one.
    pub lot: Option<LotKey>,
}

/// What a row of the ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Given by a sale or a campaign.
    Earn,
    /// Spent.
    Redeem,
    /// No longer owed by a sale that came back.
    Refund,
    /// Spent on a sale that came back, and given back.
    Return,
    /// Corrected by hand.
    Adjust,
    /// Not spent in time. It counts on the day after the last day, whenever the job runs.
    Expire,
    /// Lent, because less than nothing would have been left.
    Debt,
    /// A loan paid back by points that came in.
    DebtRepaid,
}

/// The lots and the debt of one customer.
#[derive(Debug, Clone, Default)]
pub struct Account {
    lots: Vec<Lot>,
    /// The least that each lot ever had left, in the order of the lots.
    lowest: Vec<Points>,
    debt: Points,
    /// The lots with something left.
    filled: BTreeSet<Turn>,
    by_key: BTreeMap<LotKey, usize>,
    /// Σ of what remains. Wider than points, so that it never saturates and can be taken back.
    total: i128,
    /// Which lots have paid loans back, the newest at the end: points that were lent and are given back go to them.
    repaid: Vec<(usize, Points)>,
    done: Vec<Step>,
}

/// The order in which lots are drawn: by last day (those that live for ever come last), then by age.
type Turn = (bool, Option<NaiveDate>, NaiveDate, usize);

fn turn(index: usize, lot: &Lot) -> Turn {
    (lot.expires_on.is_none(), lot.expires_on, lot.earned_on, index)
}

/// One thing that was done to the account. Told as differences, so that it can still be undone when a lot has been made
/// smaller since.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A lot gained or lost, and its lowest fell by that much.
    Moved { index: usize, by: Points, fell: Points },
    /// The debt grew or shrank.
    Owed(Points),
    /// The last lot was given.
    Given,
    /// A lot paid a loan back.
    Repaid,
    /// What a lot had paid back was given back to it, from the newest payment.
    Unpaid { index: usize, by: Points, was_all: bool },
}

impl Account {
    /// An account as it was stored, lots in the order in which they came into being.
    pub fn from_lots(lots: Vec<Lot>, debt: Points) -> Self {
        let mut account = Self { debt, ..Self::default() };
        for lot in lots {
            // What a stored lot went through is not known, so none of them counts as never dry.
            account.file(lot, Points::ZERO);
        }
        account
    }

    /// The lots in the order in which they came into being.
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// Points owed by the customer.
    pub fn debt(&self) -> Points {
        self.debt
    }

    /// Σ of what remains in the lots.
    pub fn balance(&self) -> Points {
        self.lots.iter().map(|lot| lot.remaining).sum()
    }

    /// What can be spent on a day: neither pending nor expired.
    pub fn spendable(&self, on: NaiveDate) -> Points {
        self.lots.iter().filter(|lot| lot.lives(on) && lot.spendable_from <= on).map(|lot| lot.remaining).sum()
    }

    /// The lots whose points end within so many days from a day, that day included: the notice list.
    pub fn ending_within(&self, on: NaiveDate, days: u32) -> Vec<&Lot> {
        let last = later(on, days);
        let ends = |lot: &&Lot| lot.expires_on.is_some_and(|end| end >= on && end <= last);
        self.lots.iter().filter(|lot| lot.remaining > Points::ZERO).filter(ends).collect()
    }

    /// Lets everything expire whose last day lies before `on`. However late or often this runs, the rows are the same.
    pub fn expire(&mut self, on: NaiveDate) -> Vec<Row> {
        let mut over = Vec::new();
        while let Some((_, Some(last), _, index)) = self.filled.first().copied().filter(|turn| turn.1 < Some(on)) {
            let Some((key, points)) = self.draw(index, Points(i64::MAX)) else { break };
            let day_after = last.succ_opt().unwrap_or(last);
            over.push((index, Row { on: day_after, kind: RowKind::Expire, points: -points, lot: Some(key) }));
        }
        over.sort_by_key(|(index, row)| (row.on, *index));
        over.into_iter().map(|(_, row)| row).collect()
    }

    /// Gives a lot. Debt is paid from it first.
    pub fn give(&mut self, lot: Lot, kind: RowKind, on: NaiveDate) -> Vec<Row> {
        let mut rows = vec![Row { on, kind, points: lot.points, lot: Some(lot.key) }];
        let points = lot.points;
        let index = self.file(Lot { remaining: points, ..lot }, points);
        self.done.push(Step::Given);
        rows.extend(self.pay_debt(index, on));
        rows
    }

    /// Whether so many points can be spent on a day.
    ///
    /// # Errors
    /// `not_positive`, `in_debt`, `insufficient_points`.
    pub fn may_redeem(&self, points: Points, on: NaiveDate) -> Result<(), RefusalCode> {
        if points <= Points::ZERO {
            return Err(RefusalCode::NotPositive);
        }
        if self.debt > Points::ZERO {
            return Err(RefusalCode::InDebt);
        }
        let is_there = i128::from(points.0) <= self.total && self.enough(points, on);
        if is_there { Ok(()) } else { Err(RefusalCode::InsufficientPoints) }
    }

    /// Spends points: by earliest expiry, then oldest. The draws have to be kept with the sale, they are the way back.
    ///
    /// # Errors
    /// As [`Account::may_redeem`].
    pub fn redeem(&mut self, points: Points, on: NaiveDate) -> Result<(Vec<Draw>, Vec<Row>), RefusalCode> {
        self.may_redeem(points, on)?;
        Ok(self.take(points, RowKind::Redeem, on))
    }

    /// Takes points that have to go: what can be spent first, then what is pending, then as a debt.
    pub fn take(&mut self, points: Points, kind: RowKind, on: NaiveDate) -> (Vec<Draw>, Vec<Row>) {
        let (mut draws, mut rows, mut left) = (Vec::new(), Vec::new(), points);
        for index in self.drawn_from(points, on) {
            let Some((key, drawn)) = self.draw(index, left) else { continue };
            left -= drawn;
            draws.push(Draw { lot: Some(key), points: drawn });
            rows.push(Row { on, kind, points: -drawn, lot: Some(key) });
        }
        if left > Points::ZERO {
            self.owe(left);
            draws.push(Draw { lot: None, points: left });
            rows.push(Row { on, kind, points: -left, lot: None });
            rows.push(Row { on, kind: RowKind::Debt, points: left, lot: None });
        }
        (draws, rows)
    }

    /// Makes a lot smaller that always had more than that left, so that nothing else would have gone another way;
    /// `None` when it had not.
    pub(super) fn shrink(&mut self, key: LotKey, by: Points, on: NaiveDate) -> Option<Row> {
        let index = self.by_key.get(&key).copied()?;
        let lot = self.lots.get_mut(index).filter(|lot| lot.lives(on))?;
        let lowest = self.lowest.get_mut(index).filter(|lowest| **lowest >= by)?;
        *lowest -= by;
        lot.points -= by;
        lot.remaining -= by;
        self.total -= i128::from(by.0);
        self.refile(index);
        Some(Row { on, kind: RowKind::Refund, points: -by, lot: Some(key) })
    }

    /// A mark to come back to with [`Account::undo_to`].
    pub(super) fn mark(&self) -> usize {
        self.done.len()
    }

    /// Undoes what was done since a mark. A lot that was made smaller since stays so: it always was.
    pub(super) fn undo_to(&mut self, mark: usize) {
        for step in self.done.split_off(mark).into_iter().rev() {
            match step {
                Step::Moved { index, by, fell } => {
                    let (Some(lot), Some(lowest)) = (self.lots.get_mut(index), self.lowest.get_mut(index)) else {
                        continue;
                    };
                    lot.remaining -= by;
                    *lowest += fell;
                    self.total -= i128::from(by.0);
                    self.refile(index);
                }
                Step::Owed(by) => self.debt -= by,
                Step::Given => self.take_out_last(),
                Step::Repaid => drop(self.repaid.pop()),
                Step::Unpaid { index, by, was_all: true } => self.repaid.push((index, by)),
                Step::Unpaid { by, .. } => {
                    if let Some((_, paid)) = self.repaid.last_mut() {
                        *paid += by;
                    }
                }
            }
        }
    }

    /// What each lot has gained since a mark, by its place; a lot that was given since has gained all that it has.
    pub(super) fn gains(&self, mark: usize) -> BTreeMap<usize, (LotKey, Points)> {
        let steps = self.done.get(mark..).unwrap_or_default();
        let given = steps.iter().filter(|step| matches!(step, Step::Given)).count();
        let old = self.lots.len() - given;
        let mut gains: BTreeMap<usize, (LotKey, Points)> = BTreeMap::new();
        for (index, lot) in self.lots.iter().enumerate().skip(old) {
            gains.insert(index, (lot.key, lot.remaining));
        }
        for step in steps {
            if let Step::Moved { index, by, .. } = step
                && *index < old
                && let Some(lot) = self.lots.get(*index)
            {
                gains.entry(*index).or_insert((lot.key, Points::ZERO)).1 += *by;
            }
        }
        gains
    }

    /// Takes up to `most` out of a lot.
    fn draw(&mut self, index: usize, most: Points) -> Option<(LotKey, Points)> {
        let lot = self.lots.get(index)?;
        let (key, drawn) = (lot.key, most.min(lot.remaining));
        self.shift(index, -drawn);
        Some((key, drawn))
    }

    /// Puts points into a lot, or takes them out of it.
    fn shift(&mut self, index: usize, by: Points) {
        let (Some(lot), Some(lowest)) = (self.lots.get_mut(index), self.lowest.get_mut(index)) else { return };
        if by == Points::ZERO {
            return;
        }
        lot.remaining += by;
        let fell = (*lowest - lot.remaining).max(Points::ZERO);
        *lowest -= fell;
        self.total += i128::from(by.0);
        self.done.push(Step::Moved { index, by, fell });
        self.refile(index);
    }

    fn owe(&mut self, by: Points) {
        self.debt += by;
        self.done.push(Step::Owed(by));
    }

    /// Puts a lot behind the others.
    fn file(&mut self, lot: Lot, lowest: Points) -> usize {
        let index = self.lots.len();
        self.by_key.entry(lot.key).or_insert(index);
        self.total += i128::from(lot.remaining.0);
        self.lots.push(lot);
        self.lowest.push(lowest);
        self.refile(index);
        index
    }

    fn take_out_last(&mut self) {
        let Some(lot) = self.lots.pop() else { return };
        self.lowest.pop();
        self.filled.remove(&turn(self.lots.len(), &lot));
        self.by_key.remove(&lot.key);
        self.total -= i128::from(lot.remaining.0);
    }

    /// Puts a lot into its turn, or out of it when nothing is left.
    fn refile(&mut self, index: usize) {
        let Some(lot) = self.lots.get(index) else { return };
        let turn = turn(index, lot);
        if lot.remaining > Points::ZERO {
            self.filled.insert(turn);
        } else {
            self.filled.remove(&turn);
        }
    }

    /// The lots that live on a day and can be spent, or are still pending, in their turn.
    fn in_turn(&self, on: NaiveDate, is_pending: bool) -> impl Iterator<Item = (usize, &Lot)> {
        let of = |turn: &Turn| self.lots.get(turn.3).map(|lot| (turn.3, lot));
        self.filled
            .iter()
            .filter_map(of)
            .filter(move |(_, lot)| lot.lives(on) && (lot.spendable_from > on) == is_pending)
    }

    /// Whether so many points can be spent.
    fn enough(&self, points: Points, on: NaiveDate) -> bool {
        let mut left = points;
        self.in_turn(on, false).any(|(_, lot)| {
            left -= lot.remaining;
            left <= Points::ZERO
        })
    }

    /// The lots that so many points are drawn from: spendable before pending.
    fn drawn_from(&self, points: Points, on: NaiveDate) -> Vec<usize> {
        let mut left = points;
        let mut chosen = Vec::new();
        for (index, lot) in self.in_turn(on, false).chain(self.in_turn(on, true)) {
            if left <= Points::ZERO {
                break;
            }
            left -= lot.remaining;
            chosen.push(index);
        }
        chosen
    }

    fn pay_debt(&mut self, index: usize, on: NaiveDate) -> Option<Row> {
        let (key, paid) = self.draw(index, self.debt)?;
        if paid == Points::ZERO {
            return None;
        }
        self.owe(-paid);
        self.repaid.push((index, paid));
        self.done.push(Step::Repaid);
        Some(Row { on, kind: RowKind::DebtRepaid, points: -paid, lot: Some(key) })
    }
}

/// The rows that lead from one state of an account to another: what a replay after a refund, a backdated sale or a
/// merge has changed.
pub fn difference(old: &Account, new: &Account, on: NaiveDate) -> Vec<Row> {
    let held = |account: &Account| -> BTreeMap<usize, (LotKey, Points)> {
        account.lots.iter().map(|lot| (lot.key, lot.remaining)).enumerate().collect()
    };
    rows_between(&held(old), &held(new), 0, new.debt - old.debt, on)
}

/// The rows that lead from what lots held, or had gained, to what they do now, both by their place. Below `shared` a place is the
/// same lot in both.
pub(super) fn rows_between(
    old: &BTreeMap<usize, (LotKey, Points)>,
    new: &BTreeMap<usize, (LotKey, Points)>,
    shared: usize,
    lent: Points,
    on: NaiveDate,
) -> Vec<Row> {
    // Lots come in the order in which they came into being; those that were not there before come last.
    let place: BTreeMap<LotKey, usize> = old.iter().map(|(index, (key, _))| (*key, *index)).collect();
    let mut change: BTreeMap<(bool, usize), (LotKey, Points)> =
        old.iter().map(|(index, (key, points))| ((false, *index), (*key, -*points))).collect();
    for (index, (key, points)) in new {
        let at = place.get(key).map_or((*index >= shared, *index), |index| (false, *index));
        change.entry(at).or_insert((*key, Points::ZERO)).1 += *points;
    }
    let changed = change.into_values().filter(|(_, points)| *points != Points::ZERO);
    let mut rows: Vec<Row> =
        changed.map(|(key, points)| Row { on, kind: RowKind::Refund, points, lot: Some(key) }).collect();
    if lent != Points::ZERO {
        let kind = if lent > Points::ZERO { RowKind::Debt } else { RowKind::DebtRepaid };
        rows.push(Row { on, kind: RowKind::Refund, points: -lent, lot: None });
        rows.push(Row { on, kind, points: lent, lot: None });
    }
    rows
}
