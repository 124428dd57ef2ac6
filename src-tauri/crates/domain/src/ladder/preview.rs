//! Who would move if the ladder were changed, for the whole book at once: one pass over ready figures, so that it
//! follows a threshold while it is dragged.

use super::figures::reached;
use super::{DemotionStyle, Figures, Ladder, deserved_on_entry};
use serde::{Deserialize, Serialize};

/// What is known of one customer for a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aggregate {
    /// Rank of the tier held now, in the ladder that is previewed (tiers are matched by name).
    pub tier: usize,
    /// The figures in the window of the ladder that is previewed.
    pub figures: Figures,
    /// Rank of a tier given by hand as the least.
    pub floor: Option<usize>,
    /// Rank of a tier given by hand.
    pub pin: Option<usize>,
}

/// The book under the changed ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Preview {
    /// The tiers, lowest first.
    pub tiers: Vec<TierCount>,
    /// Who would go up at once.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub up: u64,
    /// Who would lose the tier at a review unless more is bought; nobody goes down when the rules are saved.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub down: u64,
    /// How many go from the tier (row) to the tier (column).
    #[cfg_attr(feature = "bindings", ts(type = "Array<Array<number>>"))]
    pub moves: Vec<Vec<u64>>,
}

/// One tier before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TierCount {
    /// The tier.
    pub tier: String,
    /// Customers now.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub now: u64,
    /// Customers once everybody has moved.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub then: u64,
}

/// Counts who would move. O(customers × tiers), no history.
pub fn preview(ladder: &Ladder, people: &[Aggregate]) -> Preview {
    let count = ladder.tiers.len();
    let mut flat = vec![0_u64; count * count];
    for person in people {
        let from = person.tier.min(count.saturating_sub(1));
        let to = would_be(ladder, person);
        if let Some(cell) = flat.get_mut(from * count + to) {
            *cell += 1;
        }
    }
    let moves: Vec<Vec<u64>> = flat.chunks(count.max(1)).map(<[u64]>::to_vec).collect();
    let total = |keep: fn(usize, usize) -> bool| -> u64 {
        let cells = moves.iter().enumerate().flat_map(|(from, row)| row.iter().enumerate().map(move |c| (from, c)));
        cells.filter(|(from, (to, _))| keep(*from, *to)).map(|(_, (_, people))| *people).sum()
    };
    let tier_count = |(rank, tier): (usize, &super::Tier)| TierCount {
        tier: tier.name.clone(),
        now: moves.get(rank).map_or(0, |row| row.iter().sum()),
        then: moves.iter().filter_map(|row| row.get(rank)).sum(),
    };
    Preview {
        tiers: ladder.tiers.iter().enumerate().map(tier_count).collect(),
        up: total(|from, to| to > from),
        down: total(|from, to| to < from),
        moves,
    }
}

/// The rank at which a customer would end up: up by the enter thresholds at once, down by the keep thresholds at the
/// reviews, hands respected.
pub fn would_be(ladder: &Ladder, person: &Aggregate) -> usize {
    let highest = ladder.tiers.len().saturating_sub(1);
    if let Some(pin) = person.pin {
        return pin.min(highest);
    }
    let held = person.tier.min(highest);
    let entered = deserved_on_entry(ladder, &person.figures);
    let earned = if entered >= held || ladder.demotion.style == DemotionStyle::Never {
        entered.max(held)
    } else {
        let kept = |rank: &usize| reached(ladder.combine, ladder.keep(*rank), &person.figures);
        (0..=held).rev().find(kept).unwrap_or(0)
    };
    person.floor.map_or(earned, |floor| floor.min(highest).max(earned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    fn person(tier: usize, yuan: i64) -> Aggregate {
        let figures = Figures { spend_minor: Money::from_minor(yuan * 100), ..Figures::default() };
        Aggregate { tier, figures, floor: None, pin: None }
    }

    #[test]
    fn a_preview_counts_everybody_once() {
        let ladder = Ladder::default();
        let people = [
            person(0, 0),
            person(0, 1_000),
            person(1, 700),
            person(1, 500),
            person(2, 700),
            Aggregate { floor: Some(3), ..person(1, 0) },
            Aggregate { pin: Some(0), ..person(2, 9_000) },
        ];
        let preview = preview(&ladder, &people);
        let then: Vec<u64> = preview.tiers.iter().map(|tier| tier.then).collect();
        assert_eq!(then, [3, 3, 0, 1], "700 of 600 keeps silver, also for who falls from gold");
        assert_eq!((preview.up, preview.down), (2, 3));
        assert_eq!(preview.tiers.iter().map(|tier| tier.now).sum::<u64>(), 7);
        assert_eq!(preview.moves[0], [1, 1, 0, 0]);
    }

    #[test]
    fn a_ladder_without_demotion_takes_nothing() {
        let mut ladder = Ladder::default();
        ladder.demotion.style = DemotionStyle::Never;
        assert_eq!(would_be(&ladder, &person(2, 0)), 2);
    }
}
