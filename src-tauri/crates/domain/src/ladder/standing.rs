//! The standing of one customer, replayed from the whole history. Refunds, voids, backdated sales and merges need no
//! rule of their own: the history is put right and walked again.

use super::replay::Walk;
use super::timeline::{Timeline, settle};
use super::{Event, Ladder, LadderVersion, Position, Seen, Standing, window_start};
use crate::error::RuleError;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a customer stands on a day under one ladder. Events after that day are not looked at.
///
/// # Errors
/// What [`Ladder::check`] refuses, and events that contradict each other, with their path.
pub fn standing(ladder: &Ladder, events: &[Event], as_of: NaiveDate) -> Result<Standing, RuleError> {
    let versions = [LadderVersion { effective_on: NaiveDate::MIN, ladder: ladder.clone() }];
    standing_with_versions(&versions, events, as_of)
}

/// Where a customer stands on a day under a ladder that changed over time; each version holds from its day on.
///
/// # Errors
/// As [`standing`]; `ladder.missing` without a version, `versions.not_in_order` when their days do not rise.
pub fn standing_with_versions(
    versions: &[LadderVersion],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<Standing, RuleError> {
    let (walk, timeline) = walk(versions, events, as_of)?;
    Ok(walk.standing(!timeline.facts.is_empty()))
}

/// The earned position and the figures behind it: what the counter caches to decide the next sale with
/// [`super::crossing`].
///
/// # Errors
/// As [`standing_with_versions`].
pub fn earned_position(
    versions: &[LadderVersion],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<(Position, Seen), RuleError> {
    Ok(walk(versions, events, as_of)?.0.position())
}

/// One sale that counts for the tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct QualifyingSale {
    /// The sale's own name.
    pub id: Option<String>,
    /// Business day.
    pub on: NaiveDate,
    /// Net after refunds, in minor units.
    pub net_minor: Money,
}

/// The sales in the window that ends on a day, oldest first: the "why" of a standing in full.
///
/// # Errors
/// As [`standing_with_versions`].
pub fn qualifying_sales(
    versions: &[LadderVersion],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<Vec<QualifyingSale>, RuleError> {
    let (walk, timeline) = walk(versions, events, as_of)?;
    let (position, _) = walk.position();
    let after = window_start(walk.ladder().window, &position, as_of);
    let counts = |on: NaiveDate| after.is_none_or(|after| on > after);
    let sales = timeline.sales.into_iter().filter(|sale| counts(sale.on) && sale.net() > Money::ZERO);
    Ok(sales.map(|sale| QualifyingSale { id: sale.id.clone(), on: sale.on, net_minor: sale.net() }).collect())
}

/// Walks all that happened through a day.
pub(super) fn walk<'a>(
    versions: &'a [LadderVersion],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<(Walk<'a>, Timeline), RuleError> {
    for version in versions {
        version.ladder.check()?;
    }
    if !versions.windows(2).all(|pair| matches!(pair, [a, b] if a.effective_on < b.effective_on)) {
        return Err(RuleError::field("versions", "versions.not_in_order"));
    }
    let timeline = settle(versions, events, as_of)?;
    let first_day = timeline.facts.first().map_or(as_of, |(on, _)| *on);
    let mut walk = Walk::begin(versions, first_day).ok_or_else(|| RuleError::field("versions", "ladder.missing"))?;
    for (on, fact) in &timeline.facts {
        walk.advance_to(*on);
        walk.take(fact);
    }
    walk.advance_to(as_of);
    Ok((walk, timeline))
}
