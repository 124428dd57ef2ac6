//! Which of two customers stands higher in the list of hits: first how well they match, then who came more
//! recently, then the better tier, then the older customer.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use std::cmp::Reverse;

/// What orders two customers who match equally well; greater is better.
pub type Standing = (Rank, Reverse<CustomerId>);

/// How well a customer matches what was typed; later is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// Only when sounds that speakers confuse count as equal.
    SoundsAlike,
    /// Letters that mix readings and initials, as `zhangsf`.
    SpeltFreely,
    /// Inside some text.
    Inside,
    /// A less usual reading, an alias or a tag begins with it.
    OtherFront,
    /// A member number, card code or handle begins with it, or is it, when it has four digits or fewer.
    CodeFront,
    /// A phone begins with it.
    PhoneFront,
    /// The spelt-out name begins with it.
    SpellingFront,
    /// The name begins with it.
    NameFront,
    /// The first letters or the mnemonic begin with it.
    InitialsFront,
    /// It is a less usual reading or first letters of one, or an alias's, or a whole tag.
    OtherExact,
    /// It is the mnemonic, the first letters or the whole spelling.
    MnemonicExact,
    /// It is the name or an alias.
    NameExact,
    /// A phone ends with it (three digits or more).
    PhoneTail,
    /// It is a member number, card code or handle.
    CodeExact,
    /// It is a whole phone number.
    PhoneExact,
}

/// What orders customers who match equally well: last visit, then tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rank(u32);

impl Rank {
    /// `tier` 0 is the lowest; a customer who never came stands behind all who did.
    pub fn new(last_visit: Option<NaiveDate>, tier: u8) -> Self {
        let days = last_visit.map_or(0, |day| day.num_days_from_ce().clamp(1, 0x00ff_ffff));
        Self(u32::try_from(days).unwrap_or(0) << 8 | u32::from(tier))
    }
}

/// The best hits so far. Keeps at most twice the wished number, so that no long list is ever sorted.
pub struct Best {
    limit: usize,
    kept: Vec<Entry>,
    /// What a newcomer must beat once enough are kept.
    bar: Option<Entry>,
    offered: usize,
}

/// One customer in the order of the list: greater is better.
type Entry = (MatchKind, Rank, Reverse<CustomerId>, u32);

impl Best {
    /// Keeps the best `limit` hits.
    pub fn new(limit: usize) -> Self {
        Self { limit, kept: Vec::new(), bar: None, offered: 0 }
    }

    /// Offers a hit; `slot` is handed back with it.
    pub fn offer(&mut self, kind: MatchKind, (rank, id): Standing, slot: u32) {
        self.offered += 1;
        let entry = (kind, rank, id, slot);
        if self.bar.is_some_and(|bar| entry < bar) || self.limit == 0 {
            return;
        }
        self.kept.push(entry);
        if self.kept.len() >= self.limit.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    /// Whether a hit of this kind could still enter the list.
    pub fn would_take(&self, kind: MatchKind, (rank, id): Standing) -> bool {
        self.bar.is_none_or(|(bar_kind, bar_rank, bar_id, _)| (kind, rank, id) > (bar_kind, bar_rank, bar_id))
    }

    /// The kind that a newcomer must have at least, once there is a bar.
    pub fn bar_kind(&self) -> Option<MatchKind> {
        self.bar.map(|bar| bar.0)
    }

    /// Counts a hit that is known not to enter.
    pub fn pass_over(&mut self) {
        self.offered += 1;
    }

    /// Somebody who was passed over is offered after all.
    pub fn take_back_count(&mut self) {
        self.offered = self.offered.saturating_sub(1);
    }

    /// The worst kind in the list, once it is full.
    pub fn worst(&self) -> Option<MatchKind> {
        if self.kept.len() < self.limit || self.limit == 0 {
            return None;
        }
        let mut kinds: Vec<MatchKind> = self.kept.iter().map(|entry| entry.0).collect();
        kinds.sort_unstable_by(|a, b| b.cmp(a));
        kinds.get(self.limit - 1).copied()
    }

    /// How many were offered.
    pub fn offered(&self) -> usize {
        self.offered
    }

    /// How many are wished.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Whether as many as wished are kept.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= self.limit
    }

    /// The best first: id, slot and how well it matched.
    pub fn into_sorted(mut self) -> Vec<(CustomerId, u32, MatchKind)> {
        self.kept.sort_unstable_by(|a, b| b.cmp(a));
        self.kept.truncate(self.limit);
        self.kept.into_iter().map(|(kind, _, Reverse(id), slot)| (id, slot, kind)).collect()
    }

    fn cut(&mut self) {
        let last = self.limit.saturating_sub(1);
        if last < self.kept.len() {
            self.kept.select_nth_unstable_by(last, |a, b| b.cmp(a));
            self.kept.truncate(self.limit);
            self.bar = self.kept.last().copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_visit_comes_before_tier_and_a_stranger_last() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d);
        assert!(Rank::new(day(2), 0) > Rank::new(day(1), 9));
        assert!(Rank::new(day(1), 2) > Rank::new(day(1), 1));
        assert!(Rank::new(day(1), 0) > Rank::new(None, 255));
    }

    #[test]
    fn the_best_are_kept_as_if_all_had_been_sorted() {
        let mut best = Best::new(5);
        let mut all = Vec::new();
        let mut seed = 7_u64;
        for id in 0..1000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (kind, rank) = (
                if seed >> 63 == 0 { MatchKind::Inside } else { MatchKind::NameExact },
                Rank((seed >> 40) as u32 % 50),
            );
            best.offer(kind, (rank, Reverse(CustomerId(id))), 0);
            all.push((Reverse((kind, rank)), id));
        }
        all.sort();
        let kept: Vec<i64> = best.into_sorted().into_iter().map(|(id, ..)| id.0).collect();
        assert_eq!(kept, all.iter().take(5).map(|(_, id)| *id).collect::<Vec<_>>());
    }
}
