//! The same numbers every time: SplitMix64 (Steele, Lea, Flood 2014), small and without state to store.

/// A stream of numbers from a seed.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` up to, not including, `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(1).unsigned_abs();
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// Whether something that happens so many times in a hundred happens now.
    pub(super) fn percent(&mut self, chance: i64) -> bool {
        self.between(0, 100) < chance
    }

    /// One of several, the more likely the further in front it stands.
    pub(super) fn one_of_the_first_more_often<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        let count = i64::try_from(choices.len()).unwrap_or(1);
        let position = self.between(0, count).min(self.between(0, count));
        let chosen = usize::try_from(position).ok().and_then(|position| choices.get(position));
        chosen.or(choices.first()).expect("BUG: every list of the demo's words has entries")
    }

    /// One of several, each as likely as the others.
    pub(super) fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        let position = usize::try_from(self.between(0, i64::try_from(choices.len()).unwrap_or(1))).unwrap_or(0);
        choices.get(position).or(choices.first()).expect("BUG: every list of the demo's words has entries")
    }
}
