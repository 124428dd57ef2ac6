//! Points that were spent and are given back: into the lots that they were drawn from, into a lot that lives again where
//! its end is over, and what was lent to the lots that paid the loan.

use super::{Account, Draw, Lot, LotKey, Points, Row, RowKind, Step, later};
use chrono::NaiveDate;

impl Account {
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
            rows.extend(self.put_portion(from, portion, on, later(on, revive_days), (event, &mut part)));
        }
        rows
    }

    fn put_portion(
        &mut self,
        from: Option<LotKey>,
        points: Points,
        on: NaiveDate,
        revived_until: NaiveDate,
        (event, part): (i64, &mut i64),
    ) -> Vec<Row> {
        if let Some(from) = from {
            let origin = self.by_key.get(&from).copied();
            return self.put_into(origin, points, on, revived_until, LotKey(event, *part));
        }
        // These points were never there but lent; giving them back cancels the loan as far as it is still open.
        let (mut rows, mut left) = (Vec::new(), points);
        let cancelled = left.min(self.debt);
        if cancelled > Points::ZERO {
            self.owe(-cancelled);
            left -= cancelled;
            rows.push(Row { on, kind: RowKind::Return, points: cancelled, lot: None });
            rows.push(Row { on, kind: RowKind::DebtRepaid, points: -cancelled, lot: None });
        }
        // What was paid back already goes to the lots that paid, the last first.
        while left > Points::ZERO {
            let (origin, portion) = match self.unpay(left) {
                Some((index, portion)) => (Some(index), portion),
                None => (None, left),
            };
            left -= portion;
            rows.extend(self.put_into(origin, portion, on, revived_until, LotKey(event, *part)));
            if left > Points::ZERO {
                *part += 1;
            }
        }
        rows
    }

    /// Takes up to `most` out of the newest payment of a loan.
    fn unpay(&mut self, most: Points) -> Option<(usize, Points)> {
        let (index, paid) = self.repaid.last_mut()?;
        let (index, by) = (*index, most.min(*paid));
        *paid -= by;
        let was_all = *paid == Points::ZERO;
        if was_all {
            self.repaid.pop();
        }
        self.done.push(Step::Unpaid { index, by, was_all });
        Some((index, by))
    }

    fn put_into(
        &mut self,
        origin: Option<usize>,
        points: Points,
        on: NaiveDate,
        revived_until: NaiveDate,
        key: LotKey,
    ) -> Vec<Row> {
        let mut rows = Vec::new();
        let origin = origin.and_then(|index| self.lots.get(index).map(|lot| (index, lot)));
        match origin {
            Some((index, lot)) if lot.lives(on) => {
                rows.push(Row { on, kind: RowKind::Return, points, lot: Some(lot.key) });
                self.shift(index, points);
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
                    points,
                    remaining: points,
                    source,
                };
                rows.extend(self.give(revived, RowKind::Return, on));
            }
        }
        rows
    }
}
