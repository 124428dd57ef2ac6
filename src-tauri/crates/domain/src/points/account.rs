//! The lots of one customer and what can be done with them. Every change hands back the rows of the ledger that tell
//! it, so that the rows always add up to what remains in the lots. No operation looks further than the lots given:
//! the counter loads the ones with something left.

use super::{Points, RefusalCode, later};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    lots: Vec<Lot>,
    /// The least that each lot ever had left, in the order of the lots.
    lowest: Vec<Points>,
    debt: Points,
}

impl Account {
    /// An account as it was stored, lots in the order in which they came into being.
    pub fn from_lots(lots: Vec<Lot>, debt: Points) -> Self {
        // What a stored lot went through is not known, so none of them counts as never dry.
        Self { lowest: vec![Points::ZERO; lots.len()], lots, debt }
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
        let mut rows = Vec::new();
        for (lot, lowest) in self.lots.iter_mut().zip(&mut self.lowest) {
            let Some(last) = lot.expires_on.filter(|last| *last < on && lot.remaining > Points::ZERO) else { continue };
            let day_after = last.succ_opt().unwrap_or(last);
            rows.push(Row { on: day_after, kind: RowKind::Expire, points: -lot.remaining, lot: Some(lot.key) });
            lot.remaining = Points::ZERO;
            *lowest = Points::ZERO;
        }
        rows.sort_by_key(|row| row.on);
        rows
    }

    /// Gives a lot. Debt is paid from it first.
    pub fn give(&mut self, lot: Lot, kind: RowKind, on: NaiveDate) -> Vec<Row> {
        let mut rows = vec![Row { on, kind, points: lot.points, lot: Some(lot.key) }];
        self.lowest.push(lot.points);
        self.lots.push(Lot { remaining: lot.points, ..lot });
        rows.extend(self.pay_debt(self.lots.len() - 1, on));
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
        if points > self.spendable(on) { Err(RefusalCode::InsufficientPoints) } else { Ok(()) }
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
        for index in self.draw_order(on) {
            if left == Points::ZERO {
                break;
            }
            let Some((key, drawn)) = self.draw(index, left) else { continue };
            left -= drawn;
            draws.push(Draw { lot: Some(key), points: drawn });
            rows.push(Row { on, kind, points: -drawn, lot: Some(key) });
        }
        if left > Points::ZERO {
            self.debt += left;
            draws.push(Draw { lot: None, points: left });
            rows.push(Row { on, kind, points: -left, lot: None });
            rows.push(Row { on, kind: RowKind::Debt, points: left, lot: None });
        }
        (draws, rows)
    }

    /// Gives back points that were spent, the last drawn first: what stays drawn is then what a smaller redemption
    /// would have drawn. A lot that has expired meanwhile comes to life again for `revive_days` as a lot of its own,
    /// because what expired in it stays expired. `event` names the new lots.
    pub fn put_back(
        &mut self,
        draws: &mut Vec<Draw>,
        points: Points,
        on: NaiveDate,
        revive_days: u32,
        event: i64,
    ) -> Vec<Row> {
        let (mut rows, mut left, mut part) = (Vec::new(), points, 0);
        while left > Points::ZERO {
            let Some(last) = draws.last_mut() else { break };
            let portion = left.min(last.points);
            last.points -= portion;
            left -= portion;
            let from = last.lot;
            if last.points == Points::ZERO {
                draws.pop();
            }
            part += 1;
            rows.extend(self.put_portion(from, portion, on, later(on, revive_days), LotKey(event, part)));
        }
        rows
    }

    fn put_portion(
        &mut self,
        from: Option<LotKey>,
        points: Points,
        on: NaiveDate,
        revived_until: NaiveDate,
        key: LotKey,
    ) -> Vec<Row> {
        let origin = from.and_then(|from| self.lots.iter().position(|lot| lot.key == from));
        let mut rows = Vec::new();
        let mut left = points;
        if from.is_none() {
            // These points were never there but lent; giving them back cancels the loan as far as it is still open.
            let repaid = left.min(self.debt);
            if repaid > Points::ZERO {
                self.debt -= repaid;
                left -= repaid;
                rows.push(Row { on, kind: RowKind::Return, points: repaid, lot: None });
                rows.push(Row { on, kind: RowKind::DebtRepaid, points: -repaid, lot: None });
            }
            if left == Points::ZERO {
                return rows;
            }
        }
        let origin = origin.and_then(|index| self.lots.get_mut(index).map(|lot| (index, lot)));
        match origin {
            Some((index, lot)) if lot.lives(on) => {
                lot.remaining += left;
                rows.push(Row { on, kind: RowKind::Return, points: left, lot: Some(lot.key) });
                rows.extend(self.pay_debt(index, on));
            }
            expired => {
                let (earned_on, source) =
                    expired.map_or_else(|| (on, "return".to_owned()), |(_, lot)| (lot.earned_on, lot.source.clone()));
                let revived = Lot {
                    key,
                    earned_on,
                    spendable_from: on,
                    expires_on: Some(revived_until),
                    points: left,
                    remaining: left,
                    source,
                };
                rows.extend(self.give(revived, RowKind::Return, on));
            }
        }
        rows
    }

    /// Makes a lot smaller that always had more than that left, so that nothing else would have gone another way;
    /// `None` when it had not.
    pub(super) fn shrink(&mut self, key: LotKey, by: Points, on: NaiveDate) -> Option<Row> {
        let index = self.lots.iter().position(|lot| lot.key == key && lot.lives(on))?;
        let lowest = self.lowest.get_mut(index).filter(|lowest| **lowest >= by)?;
        *lowest -= by;
        let lot = self.lots.get_mut(index)?;
        lot.points -= by;
        lot.remaining -= by;
        Some(Row { on, kind: RowKind::Refund, points: -by, lot: Some(key) })
    }

    /// Takes up to `most` out of a lot.
    fn draw(&mut self, index: usize, most: Points) -> Option<(LotKey, Points)> {
        let lot = self.lots.get_mut(index)?;
        let drawn = most.min(lot.remaining);
        lot.remaining -= drawn;
        if let Some(lowest) = self.lowest.get_mut(index) {
            *lowest = lot.remaining.min(*lowest);
        }
        Some((lot.key, drawn))
    }

    /// The indices of the lots with something left: spendable before pending, then by last day, then by age.
    fn draw_order(&self, on: NaiveDate) -> Vec<usize> {
        let mut order: Vec<(bool, bool, Option<NaiveDate>, NaiveDate, usize)> = self
            .lots
            .iter()
            .enumerate()
            .filter(|(_, lot)| lot.remaining > Points::ZERO && lot.lives(on))
            .map(|(index, lot)| {
                (lot.spendable_from > on, lot.expires_on.is_none(), lot.expires_on, lot.earned_on, index)
            })
            .collect();
        order.sort();
        order.into_iter().map(|(.., index)| index).collect()
    }

    fn pay_debt(&mut self, index: usize, on: NaiveDate) -> Option<Row> {
        let (key, paid) = self.draw(index, self.debt)?;
        self.debt -= paid;
        (paid > Points::ZERO).then_some(Row { on, kind: RowKind::DebtRepaid, points: -paid, lot: Some(key) })
    }
}

/// The rows that lead from one state of an account to another: what a replay after a refund, a backdated sale or a
/// merge has changed.
pub fn difference(old: &Account, new: &Account, on: NaiveDate) -> Vec<Row> {
    let mut change: Vec<(LotKey, Points)> = old.lots.iter().map(|lot| (lot.key, -lot.remaining)).collect();
    let place: std::collections::BTreeMap<LotKey, usize> =
        change.iter().enumerate().map(|(index, (key, _))| (*key, index)).collect();
    for lot in &new.lots {
        match place.get(&lot.key).and_then(|index| change.get_mut(*index)) {
            Some((_, points)) => *points += lot.remaining,
            None => change.push((lot.key, lot.remaining)),
        }
    }
    let changed = change.into_iter().filter(|(_, points)| *points != Points::ZERO);
    let mut rows: Vec<Row> =
        changed.map(|(key, points)| Row { on, kind: RowKind::Refund, points, lot: Some(key) }).collect();
    let lent = new.debt - old.debt;
    if lent != Points::ZERO {
        let kind = if lent > Points::ZERO { RowKind::Debt } else { RowKind::DebtRepaid };
        rows.push(Row { on, kind: RowKind::Refund, points: -lent, lot: None });
        rows.push(Row { on, kind, points: lent, lot: None });
    }
    rows
}
