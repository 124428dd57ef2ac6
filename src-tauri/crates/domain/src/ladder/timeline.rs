//! What happened to a customer, as the ladder reads it: sales with what came back of them, on the day of the sale.
//!
//! A refund counts on the business day of its sale, so a history with a refund is simply the history of a smaller
//! sale; a void is the history without the sale.

use super::{Figures, LadderVersion};
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::{MAX_MINOR, Money};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that happened. Events of one day count in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Event {
    /// A sale.
    Sale {
        /// Business day.
        on: NaiveDate,
        /// The sale's own name; the same name twice is one sale.
        #[serde(default)]
        id: Option<String>,
        /// Net paid in minor units.
        amount_minor: Money,
        /// Points that the sale earned; 1 per 100 minor units of its net when left out.
        #[serde(default)]
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        points_earned: Option<i64>,
    },
    /// Money given back.
    Refund {
        /// The day it became known. It counts on the day of its sale.
        on: NaiveDate,
        /// The sale.
        sale: String,
        /// What was given back in minor units.
        amount_minor: Money,
        /// The same name twice is one refund.
        #[serde(default)]
        id: Option<String>,
    },
    /// A sale that should not have been entered: all that is left of it goes.
    Void {
        /// The day it became known.
        on: NaiveDate,
        /// The sale.
        sale: String,
    },
    /// Points earned without a sale.
    Earn {
        /// Business day.
        on: NaiveDate,
        /// The same name twice is one event.
        #[serde(default)]
        id: Option<String>,
        /// Points.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        points: i64,
    },
    /// What a customer brings along from before the book (历史累计).
    Opening {
        /// The day of the balance.
        on: NaiveDate,
        /// Net spend in minor units.
        #[serde(default)]
        spend_minor: Money,
        /// Visits.
        #[serde(default)]
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        visits: i64,
        /// Earned points.
        #[serde(default)]
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        points_earned: i64,
    },
    /// A tier given by hand.
    Manual {
        /// The first day.
        on: NaiveDate,
        /// The tier; not needed to clear.
        #[serde(default)]
        tier: Option<String>,
        /// Floor, pin or clear.
        mode: ManualMode,
        /// The last day; open-ended when left out.
        #[serde(default)]
        until: Option<NaiveDate>,
    },
}

/// How a tier given by hand goes with the earned one. The last one given replaces the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ManualMode {
    /// At least this tier; the earned one may exceed it.
    Floor,
    /// Exactly this tier.
    Pin,
    /// No tier by hand any more.
    Clear,
}

impl Event {
    /// The day on which it happened or became known.
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::Sale { on, .. }
            | Self::Refund { on, .. }
            | Self::Void { on, .. }
            | Self::Earn { on, .. }
            | Self::Opening { on, .. }
            | Self::Manual { on, .. } => *on,
        }
    }
}

/// Leaves out the sales that lie before the customer's opening balance: they are part of it and do not count twice.
/// For the events of one customer, before histories are merged.
pub fn without_sales_before_opening(events: Vec<Event>) -> Vec<Event> {
    let opening = events.iter().filter(|event| matches!(event, Event::Opening { .. })).map(Event::on).max();
    let Some(opening) = opening else { return events };
    let early: Vec<Option<String>> = events
        .iter()
        .filter_map(|event| match event {
            Event::Sale { on, id, .. } if *on < opening => Some(id.clone()),
            _ => None,
        })
        .collect();
    let covered = |event: &Event| match event {
        Event::Sale { on, .. } | Event::Earn { on, .. } => *on < opening,
        Event::Refund { sale, .. } | Event::Void { sale, .. } => early.iter().flatten().any(|id| id == sale),
        Event::Opening { .. } | Event::Manual { .. } => false,
    };
    events.into_iter().filter(|event| !covered(event)).collect()
}

/// An event after refunds have been taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fact {
    Counts {
        net: Money,
        points: i64,
    },
    /// A balance is no visit by itself; the visits it brings count as given.
    Opening(Figures),
    Manual {
        mode: ManualMode,
        tier: Option<String>,
        until: Option<NaiveDate>,
    },
}

/// A sale with what was refunded of it up to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettledSale {
    pub id: Option<String>,
    pub on: NaiveDate,
    pub amount: Money,
    pub refunded: Money,
    points: Option<i64>,
}

impl SettledSale {
    pub(super) fn net(&self) -> Money {
        self.amount.checked_sub(self.refunded).unwrap_or(Money::ZERO)
    }

    /// What the sale's net still earns: the given points in proportion, rounded down.
    fn points(&self) -> i64 {
        let net = self.net().minor();
        match self.points {
            None => net.div_euclid(100),
            Some(_) if self.amount == Money::ZERO => 0,
            Some(points) => {
                let share = i128::from(points) * i128::from(net) / i128::from(self.amount.minor());
                i64::try_from(share).unwrap_or(0)
            }
        }
    }
}

/// The facts up to a day in the order in which they count, and the sales among them.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    pub facts: Vec<(NaiveDate, Fact)>,
    pub sales: Vec<SettledSale>,
}

/// Takes refunds off their sales and puts everything in order of business days.
///
/// # Errors
/// With the path of the event: `amount.negative`, `amount.too_large`, `amount.not_positive`, `sale.unknown`, `refund.beyond_sale`,
/// `tier.unknown`, `until.before_start`, `points.negative`.
pub(super) fn settle(versions: &[LadderVersion], events: &[Event], as_of: NaiveDate) -> Result<Timeline, RuleError> {
    let mut problems = Vec::new();
    let mut settling = Settling::read_sales(events, as_of, &mut problems);
    let mut told: Vec<(usize, &Event)> = events.iter().enumerate().collect();
    // What comes back is taken off in the order of days: after a void nothing is left to refund.
    told.sort_by_key(|(index, event)| (event.on(), *index));
    for (index, event) in told {
        let known = event.on() <= as_of;
        match event {
            Event::Refund { sale, amount_minor, id, .. } => {
                if !settling.seen_before("refund", id.as_deref()) {
                    settling.refund(index, sale, Some(*amount_minor), known, &mut problems);
                }
            }
            Event::Void { sale, .. } => settling.refund(index, sale, None, known, &mut problems),
            Event::Manual { on, tier, mode, until } => {
                check_manual(versions, index, (*on, tier.as_deref(), *mode, *until), &mut problems);
            }
            Event::Earn { points, .. } if *points < 0 => {
                problems.push(FieldError::new(format!("events.{index}.points"), "points.negative"));
            }
            Event::Opening { spend_minor, visits, points_earned, .. } => {
                for (field, value) in
                    [("spend_minor", spend_minor.minor()), ("visits", *visits), ("points_earned", *points_earned)]
                {
                    let problem = match value {
                        ..0 => "amount.negative",
                        0..=MAX_MINOR => continue,
                        _ => "amount.too_large",
                    };
                    problems.push(FieldError::new(format!("events.{index}.{field}"), problem));
                }
            }
            Event::Sale { .. } | Event::Earn { .. } => {}
        }
    }
    problems.sort_by_key(|problem| place_of(&problem.field));
    refuse_if_any(problems)?;
    Ok(settling.into_timeline(events, as_of))
}

/// The place of the event that a path such as `events.3.on` names, so that problems are told in the order of the question.
fn place_of(path: &str) -> usize {
    path.split('.').nth(1).and_then(|place| place.parse().ok()).unwrap_or(usize::MAX)
}

struct Settling<'a> {
    /// Sales by the index of their event.
    sales: BTreeMap<usize, SettledSale>,
    by_id: BTreeMap<&'a str, usize>,
    seen: BTreeSet<(&'static str, String)>,
    /// What is refunded in all, also after the day asked about: the limit does not depend on the question.
    refunded: BTreeMap<usize, Money>,
}

impl<'a> Settling<'a> {
    fn read_sales(events: &'a [Event], as_of: NaiveDate, problems: &mut Vec<FieldError>) -> Self {
        let mut sales = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        for (index, event) in events.iter().enumerate() {
            let Event::Sale { on, id, amount_minor, points_earned } = event else { continue };
            if amount_minor.is_negative() {
                problems.push(FieldError::new(format!("events.{index}.amount_minor"), "amount.negative"));
            }
            if *amount_minor > Money::from_minor(MAX_MINOR) {
                problems.push(FieldError::new(format!("events.{index}.amount_minor"), "amount.too_large"));
            }
            if points_earned.is_some_and(|points| points < 0) {
                problems.push(FieldError::new(format!("events.{index}.points_earned"), "points.negative"));
            }
            if let Some(id) = id {
                if by_id.contains_key(id.as_str()) {
                    continue;
                }
                by_id.insert(id.as_str(), index);
            }
            let sale = SettledSale {
                id: id.clone(),
                on: *on,
                amount: *amount_minor,
                refunded: Money::ZERO,
                points: *points_earned,
            };
            if *on <= as_of {
                sales.insert(index, sale);
            }
        }
        Self { sales, by_id, seen: BTreeSet::new(), refunded: BTreeMap::new() }
    }

    fn seen_before(&mut self, kind: &'static str, id: Option<&str>) -> bool {
        id.is_some_and(|id| !self.seen.insert((kind, id.to_owned())))
    }

    /// Takes `amount` (or all that is left) off a sale.
    fn refund(&mut self, index: usize, sale: &str, amount: Option<Money>, known: bool, problems: &mut Vec<FieldError>) {
        let Some(at) = self.by_id.get(sale).copied() else {
            problems.push(FieldError::new(format!("events.{index}.sale"), "sale.unknown").with("sale", sale));
            return;
        };
        // A sale after the day asked about does not exist yet, nor does its refund.
        let Some(entry) = self.sales.get_mut(&at) else { return };
        let before = self.refunded.get(&at).copied().unwrap_or(Money::ZERO);
        let left = entry.amount.checked_sub(before).unwrap_or(Money::ZERO);
        let amount = amount.unwrap_or(left);
        if let Err(RuleError::Invalid(fields)) = crate::sale::refund(entry.amount, before, amount) {
            // Voiding what was refunded in full changes nothing and is no mistake.
            if left > Money::ZERO || amount > Money::ZERO {
                problems.extend(fields.into_iter().map(|mut field| {
                    field.field = format!("events.{index}.{}", field.field);
                    field
                }));
            }
            return;
        }
        self.refunded.insert(at, before.checked_add(amount).unwrap_or(before));
        if known {
            entry.refunded = entry.refunded.checked_add(amount).unwrap_or(entry.refunded);
        }
    }

    fn into_timeline(mut self, events: &[Event], as_of: NaiveDate) -> Timeline {
        let mut timeline = Timeline::default();
        let mut order: Vec<(NaiveDate, usize)> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.on() <= as_of)
            .map(|(index, event)| (event.on(), index))
            .collect();
        order.sort();
        for (on, index) in order {
            let fact = match events.get(index) {
                Some(Event::Sale { .. }) => {
                    let Some(sale) = self.sales.remove(&index) else { continue };
                    let fact = Fact::Counts { net: sale.net(), points: sale.points() };
                    timeline.sales.push(sale);
                    fact
                }
                Some(Event::Earn { points, id, .. }) => {
                    if self.seen_before("earn", id.as_deref()) {
                        continue;
                    }
                    Fact::Counts { net: Money::ZERO, points: *points }
                }
                Some(Event::Opening { spend_minor, visits, points_earned, .. }) => {
                    let (visits, points_earned) = (*visits, *points_earned);
                    Fact::Opening(Figures { spend_minor: *spend_minor, visits, points_earned })
                }
                Some(Event::Manual { tier, mode, until, .. }) => {
                    Fact::Manual { mode: *mode, tier: tier.clone(), until: *until }
                }
                Some(Event::Refund { .. } | Event::Void { .. }) | None => continue,
            };
            timeline.facts.push((on, fact));
        }
        timeline
    }
}

type Manual<'a> = (NaiveDate, Option<&'a str>, ManualMode, Option<NaiveDate>);

fn check_manual(versions: &[LadderVersion], index: usize, manual: Manual, problems: &mut Vec<FieldError>) {
    let (on, tier, mode, until) = manual;
    let exists = |name: &str| versions.iter().any(|version| version.ladder.rank_of(name).is_some());
    if mode != ManualMode::Clear && !tier.is_some_and(exists) {
        let named = FieldError::new(format!("events.{index}.tier"), "tier.unknown");
        problems.push(named.with("tier", tier.unwrap_or_default()));
    }
    if until.is_some_and(|until| until < on) {
        problems.push(FieldError::new(format!("events.{index}.until"), "until.before_start"));
    }
}
