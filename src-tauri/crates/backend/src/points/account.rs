//! The lots of a customer while they change: loaded, changed by the domain, written back with the ledger's rows.

use super::rules;
use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::points::{Place, Stamp, StoredEvent, Which};
use chrono::NaiveDate;
use rusqlite::Transaction;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::points::{
    Account, Event, Line, Lot, LotKey, Points, RefusalCode, Row, RowKind, difference, replay_account,
};
use std::collections::BTreeMap;

/// An account under change.
pub(super) struct Open {
    account: Account,
    stored: BTreeMap<LotKey, Stored>,
    debt: Points,
    rows: Vec<Row>,
}

struct Stored {
    place: Place,
    customer: CustomerId,
    points: Points,
    remaining: Points,
}

impl Open {
    /// Loads the lots that a change may touch.
    pub(super) fn load(tx: &rusqlite::Connection, customer: CustomerId, which: Which) -> Result<Self> {
        let debt = store::points::debt(tx, customer)?;
        let mut stored = BTreeMap::new();
        let mut lots = Vec::new();
        for found in store::points::lots(tx, customer, which)? {
            let (points, remaining) = (found.lot.points, found.lot.remaining);
            stored.insert(found.lot.key, Stored { place: found.place, customer: found.customer, points, remaining });
            lots.push(found.lot);
        }
        Ok(Self { account: Account::from_lots(lots, debt), stored, debt, rows: Vec::new() })
    }

    pub(super) fn spendable(&self, on: NaiveDate) -> Points {
        self.account.spendable(on)
    }

    pub(super) fn debt(&self) -> Points {
        self.debt
    }

    pub(super) fn may_redeem(&self, points: Points, on: NaiveDate) -> std::result::Result<(), RefusalCode> {
        self.account.may_redeem(points, on)
    }

    pub(super) fn expire(&mut self, on: NaiveDate) {
        let rows = self.account.expire(on);
        self.rows.extend(rows);
    }

    pub(super) fn redeem(&mut self, points: Points, on: NaiveDate) -> Result<()> {
        let (_, rows) = self.account.redeem(points, on).map_err(shukebu_domain::error::RuleError::from)?;
        self.rows.extend(rows);
        Ok(())
    }

    pub(super) fn take(&mut self, points: Points, kind: RowKind, on: NaiveDate) {
        let (_, rows) = self.account.take(points, kind, on);
        self.rows.extend(rows);
    }

    pub(super) fn give(&mut self, lot: Lot, kind: RowKind, on: NaiveDate) {
        let rows = self.account.give(lot, kind, on);
        self.rows.extend(rows);
    }

    /// Writes the lots that changed and the rows that tell it.
    pub(super) fn save(
        self,
        tx: &Transaction,
        moment: &Moment,
        customer: CustomerId,
        event: Option<i64>,
    ) -> Result<()> {
        let owner_of_new = BTreeMap::new();
        write(tx, moment, customer, event, &self.stored, &owner_of_new, &self.account, &self.rows)?;
        if self.account.debt() != self.debt {
            store::points::set_debt(tx, customer, self.account.debt())?;
        }
        store::figures::rebuild_points(tx, customer)
    }
}

#[allow(clippy::too_many_arguments, reason = "one place writes lots and rows, for a change and for a replay alike")]
fn write(
    tx: &Transaction,
    moment: &Moment,
    customer: CustomerId,
    event: Option<i64>,
    stored: &BTreeMap<LotKey, Stored>,
    owners: &BTreeMap<i64, CustomerId>,
    account: &Account,
    rows: &[Row],
) -> Result<()> {
    let mut places: BTreeMap<LotKey, (Place, CustomerId)> =
        stored.iter().map(|(key, lot)| (*key, (lot.place, lot.customer))).collect();
    for lot in account.lots() {
        match stored.get(&lot.key) {
            Some(before) if before.points == lot.points && before.remaining == lot.remaining => {}
            Some(before) => store::points::update_lot(tx, before.place, lot.points, lot.remaining)?,
            None => {
                let owner = owners.get(&lot.key.0).copied().unwrap_or(customer);
                places.insert(lot.key, (store::points::insert_lot(tx, owner, lot)?, owner));
            }
        }
    }
    let stamp = Stamp { on: moment.today, at: moment.now, staff: moment.session.staff };
    for row in rows {
        let place = row.lot.and_then(|key| places.get(&key)).copied();
        let owner = place.map_or(customer, |(_, owner)| owner);
        store::points::insert_row(tx, owner, &stamp, row, place.map(|(lot, _)| lot), event)?;
    }
    Ok(())
}

/// Walks the whole history of a customer again and books what that changes, today.
pub(crate) fn settle(tx: &Transaction, moment: &Moment, customer: CustomerId, event: Option<i64>) -> Result<()> {
    let happened = store::points::events(tx, customer)?;
    let events: Vec<Event> = happened.iter().map(as_event).collect::<Result<_>>()?;
    let today = happened.last().map_or(moment.today, |last| last.on.max(moment.today));
    let replayed = replay_account(&rules::versions(tx)?, &events, today)?;
    let by_place = |place: i64| usize::try_from(place).ok().and_then(|place| happened.get(place));
    let lots: Vec<Lot> = replayed
        .lots()
        .iter()
        .filter_map(|lot| Some(Lot { key: LotKey(by_place(lot.key.0)?.id, lot.key.1), ..lot.clone() }))
        .collect();
    let owners: BTreeMap<i64, CustomerId> = happened.iter().map(|event| (event.id, event.customer)).collect();

    let mut open = Open::load(tx, customer, Which::All)?;
    open.expire(today);
    // A lot whose sale has come back whole is not in the replay; it stays in the book, empty.
    let gone = open.account.lots().iter().filter(|lot| !lots.iter().any(|new| new.key == lot.key));
    let gone: Vec<Lot> = gone.map(|lot| Lot { points: Points::ZERO, remaining: Points::ZERO, ..lot.clone() }).collect();
    let mut lots = lots;
    lots.extend(gone);
    let after = Account::from_lots(lots, replayed.debt());
    let changed = difference(&open.account, &after, today).into_iter().map(|row| named(row, event));
    let mut rows = std::mem::take(&mut open.rows);
    rows.extend(changed);
    write(tx, moment, customer, event, &open.stored, &owners, &after, &rows)?;
    if after.debt() != open.debt {
        store::points::set_debt(tx, customer, after.debt())?;
    }
    store::figures::rebuild_points(tx, customer)
}

/// A difference is told by what it does: the lot of the event itself is earned, other points come back or go.
fn named(row: Row, event: Option<i64>) -> Row {
    let is_own = row.lot.is_some_and(|key| key.1 == 0 && event.is_none_or(|event| event == key.0));
    let kind = match row.kind {
        RowKind::Refund if row.points > Points::ZERO && is_own => RowKind::Earn,
        RowKind::Refund if row.points > Points::ZERO => RowKind::Return,
        other => other,
    };
    Row { kind, ..row }
}

/// What happened, as the domain reads it.
fn as_event(stored: &StoredEvent) -> Result<Event> {
    let (on, points) = (stored.on, stored.points);
    let name = stored.sale.map(|sale| sale.to_string()).unwrap_or_default();
    let own = Some(format!("event {}", stored.id));
    Ok(match stored.kind.as_str() {
        "sale" => {
            let due = stored.money.checked_add(stored.worth).unwrap_or(stored.money);
            let lines: Vec<Line> = stored.lines.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
            let gross = Money::checked_sum(lines.iter().map(|line| line.amount_minor)).unwrap_or(due);
            Event::Sale {
                on,
                id: Some(name),
                amount_minor: lines.is_empty().then_some(due),
                discount_minor: if lines.is_empty() {
                    Money::ZERO
                } else {
                    gross.checked_sub(due).unwrap_or(Money::ZERO)
                },
                lines,
                redeem_points: points,
                multiplier_bp: stored.multiplier_bp,
            }
        }
        "refund" if stored.is_void => Event::Void { on, sale: name, id: own },
        "refund" => Event::Refund { on, sale: name, amount_minor: stored.money, lines: vec![], id: own },
        "gift" => Event::Redeem { on, id: own, points },
        "adjust" => Event::Adjust { on, id: own, points },
        _ => Event::Earn { on, id: own, points },
    })
}
