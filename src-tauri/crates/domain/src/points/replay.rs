//! The whole history of a customer's points. Each event is applied once; when a sale turns out smaller than it was,
//! the history is walked again with the smaller sale, and the ledger gets the difference on the day it became known.
//! So a void leaves the lots as if nothing had been sold, and a hundred refunds end like one. Walking again begins at the
//! sale: what came before it is undone no further, so a refund of last week's sale costs last week, not the whole history.

use super::account::rows_between;
use super::sold::Sold;
use super::{
    Account, Draw, Event, Line, Lot, LotKey, Points, Refusal, RefusalCode, ReturnedLine, Row, RowKind, Rules,
    RulesVersion, later, points_owed,
};
use crate::error::RuleError;
use crate::money::{MAX_MINOR, Money};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A customer's points on a day, and how they came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct History {
    /// Σ of what remains in the lots = Σ of the ledger. Never below zero.
    pub balance: Points,
    /// What is owed; the next points pay it, and nothing can be redeemed until then.
    pub debt: Points,
    /// Every lot ever given, in order.
    pub lots: Vec<LotView>,
    /// Every row, in order. Rows of a later day never change rows of an earlier one.
    pub ledger: Vec<LedgerRow>,
    /// The events that were refused.
    pub refused: Vec<Refusal>,
}

/// One lot as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LotView {
    /// The day on which the points were earned.
    pub earned_on: NaiveDate,
    /// The last day on which they can be spent.
    pub expires_on: Option<NaiveDate>,
    /// Points given, after refunds.
    pub points: Points,
    /// Points left.
    pub remaining: Points,
    /// The name of the sale or event.
    pub source: String,
}

/// One row of the ledger as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LedgerRow {
    /// The day it counts on.
    pub on: NaiveDate,
    /// What it is.
    pub kind: RowKind,
    /// Points, negative when they go.
    pub points: Points,
    /// Place of the lot among `lots`, counted from 0; none where debt is made or paid without one.
    pub lot: Option<usize>,
}

/// Walks a history under rules that may have changed over time. Events after `as_of` are not looked at.
///
/// # Errors
/// What [`Rules::check`] refuses; `rules.missing` without a version, `versions.not_in_order`.
pub fn replay(versions: &[RulesVersion], events: &[Event], as_of: NaiveDate) -> Result<History, RuleError> {
    Ok(walk(versions, events, as_of)?.history())
}

/// The account that a history leads to, for [`difference`] against the stored one after a backdated sale or a merge.
/// A lot's key is the place of its event among `events` and its part: 0 for what the event gave, from 1 on for what
/// a refund brought to life again.
///
/// # Errors
/// As [`replay`].
pub fn replay_account(versions: &[RulesVersion], events: &[Event], as_of: NaiveDate) -> Result<Account, RuleError> {
    Ok(walk(versions, events, as_of)?.state.account)
}

fn walk<'a>(versions: &'a [RulesVersion], events: &[Event], as_of: NaiveDate) -> Result<Walk<'a>, RuleError> {
    for version in versions {
        version.rules.check()?;
    }
    let first = versions.first().ok_or_else(|| RuleError::field("versions", "rules.missing"))?;
    if !versions.windows(2).all(|pair| matches!(pair, [a, b] if a.effective_on < b.effective_on)) {
        return Err(RuleError::field("versions", "versions.not_in_order"));
    }
    let mut order: Vec<(NaiveDate, usize, &Event)> = events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.on() <= as_of)
        .map(|(index, event)| (event.on(), index, event))
        .collect();
    order.sort_by_key(|(on, index, _)| (*on, *index));

    let mut walk = Walk::new(versions, &first.rules);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (on, index, event) in order {
        walk.expire(on);
        if event.id().is_some_and(|id| seen.contains(id)) {
            continue;
        }
        match walk.event(index, event) {
            Ok(()) => seen.extend(event.id()),
            Err(code) => walk.refused.push(Refusal { event: index, code }),
        }
    }
    walk.expire(as_of);
    Ok(walk)
}

/// What has been accepted, in order. Walking the facts again needs no check.
#[derive(Debug, Clone)]
enum Fact {
    /// By index into `sold`.
    Sale(usize),
    Give(Lot, RowKind),
    Take(NaiveDate, Points, RowKind),
    PutBack {
        on: NaiveDate,
        sold: usize,
        points: Points,
        event: i64,
    },
}

/// A fact that counted, with what it takes to undo it.
#[derive(Debug, Clone)]
struct Happened {
    fact: Fact,
    /// The account's mark before it.
    mark: usize,
    /// The draws of the sale whose points it gave back, before it.
    draws: Vec<Draw>,
}

/// What the facts add up to.
#[derive(Debug, Clone, Default)]
struct State {
    account: Account,
    /// The draws of each sale that points paid for.
    draws: BTreeMap<usize, Vec<Draw>>,
}

struct Walk<'a> {
    versions: &'a [RulesVersion],
    /// The rules before the day of the first version.
    first: &'a Rules,
    facts: Vec<Happened>,
    sold: Vec<Sold>,
    by_name: BTreeMap<String, usize>,
    state: State,
    /// Every lot that ever was, in order, so that a row's lot can always be found.
    lots: Vec<Lot>,
    place: BTreeMap<LotKey, usize>,
    /// How many lots of the account are known to be among `lots`.
    placed: usize,
    rows: Vec<Row>,
    refused: Vec<Refusal>,
}

impl<'a> Walk<'a> {
    fn new(versions: &'a [RulesVersion], first: &'a Rules) -> Self {
        Self {
            versions,
            first,
            facts: Vec::new(),
            sold: Vec::new(),
            by_name: BTreeMap::new(),
            state: State::default(),
            lots: Vec::new(),
            place: BTreeMap::new(),
            placed: 0,
            rows: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn rules(&self, on: NaiveDate) -> &'a Rules {
        let holds = self.versions.iter().rev().find(|version| version.effective_on <= on);
        holds.map_or(self.first, |version| &version.rules)
    }

    fn expire(&mut self, on: NaiveDate) {
        let rows = self.state.account.expire(on);
        self.log(rows);
    }

    fn event(&mut self, index: usize, event: &Event) -> Result<(), RefusalCode> {
        let number = i64::try_from(index).unwrap_or(i64::MAX);
        match event {
            Event::Sale { on, id, lines, amount_minor, discount_minor, redeem_points, multiplier_bp } => {
                let whole = amount_minor.map(|amount| vec![Line { amount_minor: amount, ..Line::default() }]);
                let sale = Sold {
                    event: number,
                    fact: self.facts.len(),
                    on: *on,
                    name: id.clone().unwrap_or_else(|| "sale".to_owned()),
                    lines: whole.filter(|_| lines.is_empty()).unwrap_or_else(|| lines.clone()),
                    returned: Vec::new(),
                    net: Money::ZERO,
                    refunded: Money::ZERO,
                    redeemed: *redeem_points,
                    put_back: Points::ZERO,
                    multiplier_bp: multiplier_bp.unwrap_or(self.rules(*on).multiplier_bp),
                };
                self.sell(sale, *discount_minor, id.as_deref())
            }
            Event::Refund { on, sale, amount_minor, lines, .. } => {
                let sold = self.by_name.get(sale).copied().ok_or(RefusalCode::UnknownSale)?;
                self.take_back(sold, Some(*amount_minor), lines, *on, number)
            }
            Event::Void { on, sale, .. } => {
                let sold = self.by_name.get(sale).copied().ok_or(RefusalCode::UnknownSale)?;
                self.take_back(sold, None, &[], *on, number)
            }
            Event::Earn { on, id, points } => {
                let wait = self.rules(*on).pending_days;
                let name = id.as_deref().unwrap_or("earn");
                self.give_by_hand(number, (*on, *points, wait), name, RowKind::Earn)
            }
            Event::Redeem { on, points, .. } => {
                self.state.account.may_redeem(*points, *on)?;
                self.accept(Fact::Take(*on, *points, RowKind::Redeem));
                Ok(())
            }
            Event::Adjust { on, id, points } if *points > Points::ZERO => {
                let name = id.as_deref().unwrap_or("adjust");
                self.give_by_hand(number, (*on, *points, 0), name, RowKind::Adjust)
            }
            Event::Adjust { points: Points::ZERO, .. } => Err(RefusalCode::NotPositive),
            Event::Adjust { on, points, .. } => {
                in_range(-*points)?;
                self.accept(Fact::Take(*on, -*points, RowKind::Adjust));
                Ok(())
            }
        }
    }

    fn sell(&mut self, mut sale: Sold, discount: Money, id: Option<&str>) -> Result<(), RefusalCode> {
        let gross = Money::checked_sum(sale.lines.iter().map(|line| line.amount_minor));
        let after_discount = gross.and_then(|gross| gross.checked_sub(discount)).ok_or(RefusalCode::TooLarge)?;
        if after_discount.is_negative() || discount.is_negative() {
            return Err(RefusalCode::NegativeSale);
        }
        let mut points_money = Money::ZERO;
        if sale.redeemed < Points::ZERO {
            return Err(RefusalCode::NotPositive);
        } else if sale.redeemed > Points::ZERO {
            let redeem = self.rules(sale.on).redeem.ok_or(RefusalCode::NotOffered)?;
            points_money = redeem.pay(sale.redeemed, after_discount)?;
            self.state.account.may_redeem(sale.redeemed, sale.on)?;
        }
        sale.net = after_discount.checked_sub(points_money).ok_or(RefusalCode::TooLarge)?;
        self.owed(&sale)?;
        if let Some(id) = id {
            self.by_name.insert(id.to_owned(), self.sold.len());
        }
        self.sold.push(sale);
        self.accept(Fact::Sale(self.sold.len() - 1));
        Ok(())
    }

    /// A refund of an amount, or of all that is left.
    fn take_back(
        &mut self,
        index: usize,
        amount: Option<Money>,
        lines: &[ReturnedLine],
        on: NaiveDate,
        event: i64,
    ) -> Result<(), RefusalCode> {
        let old = self.sold.get(index).cloned().ok_or(RefusalCode::UnknownSale)?;
        let new = old.with_back(amount, lines)?;
        let (was, is) = (self.owed(&old)?, self.owed(&new)?);
        let points = new.put_back - old.put_back;
        if let Some(slot) = self.sold.get_mut(index) {
            *slot = new;
        }
        if was != is {
            self.settle(index, was - is, on);
        }
        if points > Points::ZERO {
            self.accept(Fact::PutBack { on, sold: index, points, event });
        }
        Ok(())
    }

    /// A sale earns less than it did: the lots become what they would be had it always been so small.
    fn settle(&mut self, index: usize, less: Points, on: NaiveDate) {
        let Some((event, from)) = self.sold.get(index).map(|sale| (sale.event, sale.fact)) else { return };
        let untouched = (less > Points::ZERO).then(|| self.state.account.shrink(LotKey(event, 0), less, on));
        if let Some(row) = untouched.flatten() {
            self.log(vec![row]);
            return;
        }
        let again = self.facts.split_off(from.min(self.facts.len()));
        let mark = again.first().map_or(0, |first| first.mark);
        let (was, owed) = (self.state.account.gains(mark), self.state.account.debt());
        self.undo(&again, mark);
        let shared = self.state.account.lots().len();
        for happened in again {
            self.state.account.expire(fact_day(&happened.fact, &self.sold));
            self.happen(happened.fact);
        }
        self.state.account.expire(on);
        let lent = self.state.account.debt() - owed;
        let rows = rows_between(&was, &self.state.account.gains(mark), shared, lent, on);
        self.log(rows);
    }

    /// Undoes facts, the last ones that happened.
    fn undo(&mut self, facts: &[Happened], mark: usize) {
        for happened in facts.iter().rev() {
            match happened.fact {
                Fact::Sale(sold) => drop(self.state.draws.remove(&sold)),
                Fact::PutBack { sold, .. } => drop(self.state.draws.insert(sold, happened.draws.clone())),
                Fact::Give(..) | Fact::Take(..) => {}
            }
        }
        self.state.account.undo_to(mark);
        self.placed = self.placed.min(self.state.account.lots().len());
    }

    fn give_by_hand(
        &mut self,
        event: i64,
        (on, points, wait): (NaiveDate, Points, u32),
        source: &str,
        kind: RowKind,
    ) -> Result<(), RefusalCode> {
        in_range(points)?;
        let lot = self.lot(event, on, wait, points, source);
        self.accept(Fact::Give(lot, kind));
        Ok(())
    }

    fn lot(&self, event: i64, on: NaiveDate, wait: u32, points: Points, source: &str) -> Lot {
        Lot {
            key: LotKey(event, 0),
            earned_on: on,
            spendable_from: later(on, wait),
            expires_on: self.rules(on).expiry.last_day(on),
            points,
            remaining: points,
            source: source.to_owned(),
        }
    }

    fn owed(&self, sale: &Sold) -> Result<Points, RefusalCode> {
        points_owed(self.rules(sale.on), &sale.basis()).map_err(|_| RefusalCode::TooLarge)
    }

    fn accept(&mut self, fact: Fact) {
        let rows = self.happen(fact);
        self.log(rows);
    }

    fn happen(&mut self, fact: Fact) -> Vec<Row> {
        let mut state = std::mem::take(&mut self.state);
        let mark = state.account.mark();
        let draws = match fact {
            Fact::PutBack { sold, .. } => state.draws.get(&sold).cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        let rows = self.apply(&mut state, &fact);
        self.state = state;
        self.facts.push(Happened { fact, mark, draws });
        rows
    }

    /// Lets a fact happen, at the counter and in every replay alike.
    fn apply(&self, state: &mut State, fact: &Fact) -> Vec<Row> {
        match fact {
            Fact::Sale(index) => {
                let Some(sale) = self.sold.get(*index) else { return Vec::new() };
                let mut rows = Vec::new();
                if sale.redeemed > Points::ZERO {
                    let (draws, drawn) = state.account.take(sale.redeemed, RowKind::Redeem, sale.on);
                    state.draws.insert(*index, draws);
                    rows = drawn;
                }
                let owed = self.owed(sale).unwrap_or(Points::ZERO);
                if owed > Points::ZERO {
                    let lot = self.lot(sale.event, sale.on, self.rules(sale.on).pending_days, owed, &sale.name);
                    rows.extend(state.account.give(lot, RowKind::Earn, sale.on));
                }
                rows
            }
            Fact::Give(lot, kind) => state.account.give(lot.clone(), *kind, lot.earned_on),
            Fact::Take(on, points, kind) => state.account.take(*points, *kind, *on).1,
            Fact::PutBack { on, sold, points, event } => {
                let draws = state.draws.entry(*sold).or_default();
                state.account.put_back(draws, *points, *on, self.rules(*on).revive_days, *event)
            }
        }
    }

    fn log(&mut self, rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        for lot in self.state.account.lots().iter().skip(self.placed) {
            if !self.place.contains_key(&lot.key) {
                self.place.insert(lot.key, self.lots.len());
                self.lots.push(lot.clone());
            }
        }
        self.placed = self.state.account.lots().len();
        self.rows.extend(rows);
    }

    fn history(self) -> History {
        let now: BTreeMap<LotKey, &Lot> = self.state.account.lots().iter().map(|lot| (lot.key, lot)).collect();
        let view = |lot: &Lot| {
            // A lot that a replay no longer gives is shown empty: its sale has come back.
            let current = now.get(&lot.key).copied();
            let (points, remaining) = current.map_or((Points::ZERO, Points::ZERO), |lot| (lot.points, lot.remaining));
            let lot = current.unwrap_or(lot);
            LotView {
                earned_on: lot.earned_on,
                expires_on: lot.expires_on,
                points,
                remaining,
                source: lot.source.clone(),
            }
        };
        let row = |row: &Row| LedgerRow {
            on: row.on,
            kind: row.kind,
            points: row.points,
            lot: row.lot.and_then(|key| self.place.get(&key).copied()),
        };
        History {
            balance: self.state.account.balance(),
            debt: self.state.account.debt(),
            lots: self.lots.iter().map(view).collect(),
            ledger: self.rows.iter().map(row).collect(),
            refused: self.refused,
        }
    }
}

fn fact_day(fact: &Fact, sold: &[Sold]) -> NaiveDate {
    match fact {
        Fact::Sale(index) => sold.get(*index).map_or(NaiveDate::MIN, |sale| sale.on),
        Fact::Give(lot, _) => lot.earned_on,
        Fact::Take(on, ..) | Fact::PutBack { on, .. } => *on,
    }
}

fn in_range(points: Points) -> Result<(), RefusalCode> {
    match points.0 {
        ..=0 => Err(RefusalCode::NotPositive),
        1..=MAX_MINOR => Ok(()),
        _ => Err(RefusalCode::TooLarge),
    }
}
