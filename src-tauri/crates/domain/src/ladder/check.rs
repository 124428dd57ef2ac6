//! Which ladders are refused, and at which field: thresholds that do not rise with rank, tiers that overlap, names
//! that could be mixed up.

use super::{Combine, Ladder, Thresholds, Window};
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::{MAX_MINOR, Money};
use std::collections::BTreeSet;

/// The longest window and grace that can be set: a slip such as 36500000 is not a rule.
const MOST_DAYS: u32 = 36_600;

impl Ladder {
    /// Refuses a ladder that cannot be walked.
    ///
    /// # Errors
    /// All problems at once: `ladder.no_tiers`, `name.missing`, `name.duplicate`, `threshold.first_tier`,
    /// `threshold.missing`, `threshold.negative`, `threshold.too_large`, `threshold.not_rising`, `keep.above_enter`,
    /// `window.length`, `visit_minimum.negative`, `grace.too_long`.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        if self.tiers.is_empty() {
            problems.push(FieldError::new("tiers", "ladder.no_tiers"));
        }
        self.check_names(&mut problems);
        for rank in 0..self.tiers.len() {
            self.check_thresholds(rank, &mut problems);
            if rank > 0 {
                self.check_rise(rank, &mut problems);
            }
        }
        self.check_numbers(&mut problems);
        refuse_if_any(problems)
    }

    fn check_names(&self, problems: &mut Vec<FieldError>) {
        let mut seen = BTreeSet::new();
        for (rank, tier) in self.tiers.iter().enumerate() {
            let name = tier.name.trim();
            if name.is_empty() {
                problems.push(FieldError::new(format!("tiers.{rank}.name"), "name.missing"));
            } else if !seen.insert(name) {
                problems.push(FieldError::new(format!("tiers.{rank}.name"), "name.duplicate").with("name", name));
            }
        }
    }

    fn check_thresholds(&self, rank: usize, problems: &mut Vec<FieldError>) {
        let Some(tier) = self.tiers.get(rank) else { return };
        let enter = tier.enter.unwrap_or_default();
        for (part, thresholds) in [("enter", enter), ("keep", tier.keep.unwrap_or_default())] {
            for (measure, value) in measures(thresholds) {
                let field = format!("tiers.{rank}.{part}.{measure}");
                match value {
                    Some(value) if value < 0 => problems.push(FieldError::new(field, "threshold.negative")),
                    Some(value) if value > MAX_MINOR => problems.push(FieldError::new(field, "threshold.too_large")),
                    // The lowest tier is where everybody starts: a threshold would leave people without a tier.
                    Some(value) if value > 0 && rank == 0 => {
                        problems.push(FieldError::new(field, "threshold.first_tier"));
                    }
                    _ => {}
                }
            }
        }
        if rank == 0 {
            return;
        }
        if enter.is_empty() {
            problems.push(FieldError::new(format!("tiers.{rank}.enter"), "threshold.missing"));
        }
        for ((measure, keep), (_, enter)) in measures(self.keep(rank)).into_iter().zip(measures(enter)) {
            if let (Some(keep), Some(enter)) = (keep, enter)
                && keep > enter
            {
                problems.push(FieldError::new(format!("tiers.{rank}.keep.{measure}"), "keep.above_enter"));
            }
        }
    }

    /// With 或, every measure must rise above the tiers below, or reaching it would jump a tier. With 且, none may
    /// fall and one must rise.
    fn check_rise(&self, rank: usize, problems: &mut Vec<FieldError>) {
        let mut rose = false;
        let mut flat = None;
        for (index, (measure, value)) in measures(self.enter(rank)).into_iter().enumerate() {
            let Some(value) = value else { continue };
            let below = self.highest_below(rank, index);
            let field = format!("tiers.{rank}.enter.{measure}");
            if value < below || (self.combine == Combine::Any && value == below) {
                problems.push(FieldError::new(field, "threshold.not_rising").with("below", below));
                rose = true;
            } else if value > below {
                rose = true;
            } else {
                flat.get_or_insert((field, below));
            }
        }
        if let (false, Some((field, below))) = (rose, flat) {
            problems.push(FieldError::new(field, "threshold.not_rising").with("below", below));
        }
    }

    fn highest_below(&self, rank: usize, measure: usize) -> i64 {
        let value = |below: usize| measures(self.enter(below)).into_iter().nth(measure).and_then(|(_, value)| value);
        (0..rank).filter_map(value).max().unwrap_or(0)
    }

    fn check_numbers(&self, problems: &mut Vec<FieldError>) {
        let length = match self.window {
            Window::RollingDays { n } | Window::RollingMonths { n } | Window::SincePromotion { n: Some(n) } => n,
            Window::Lifetime | Window::CalendarYear | Window::SincePromotion { n: None } => 1,
        };
        if length == 0 || length > MOST_DAYS {
            problems.push(FieldError::new("window.n", "window.length"));
        }
        if self.visit_minimum_minor.is_negative() {
            problems.push(FieldError::new("visit_minimum_minor", "visit_minimum.negative"));
        }
        if self.demotion.grace_days > MOST_DAYS {
            problems.push(FieldError::new("demotion.grace_days", "grace.too_long"));
        }
    }
}

fn measures(thresholds: Thresholds) -> [(&'static str, Option<i64>); 3] {
    [
        ("spend_minor", thresholds.spend_minor.map(Money::minor)),
        ("visits", thresholds.visits),
        ("points_earned", thresholds.points_earned),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::Tier;
    use super::*;

    fn ladder(combine: Combine, enters: &[(Option<i64>, Option<i64>)]) -> Ladder {
        let mut tiers = vec![Tier { name: "t0".into(), ..Tier::default() }];
        for (index, (spend, visits)) in enters.iter().enumerate() {
            tiers.push(Tier {
                name: format!("t{}", index + 1),
                enter: Some(Thresholds {
                    spend_minor: spend.map(Money::from_minor),
                    visits: *visits,
                    points_earned: None,
                }),
                keep: None,
            });
        }
        Ladder { tiers, combine, ..Ladder::default() }
    }

    fn problems(ladder: &Ladder) -> Vec<String> {
        match ladder.check() {
            Ok(()) => vec![],
            Err(RuleError::Invalid(fields)) => {
                fields.into_iter().map(|field| format!("{} {}", field.field, field.problem)).collect()
            }
            Err(other) => panic!("unexpected {other:?}"),
        }
    }

    #[test]
    fn the_default_ladder_is_accepted_and_keeps_at_60_percent() {
        let ladder = Ladder::default();
        assert_eq!(problems(&ladder), Vec::<String>::new());
        assert_eq!(ladder.keep(1).spend_minor, Some(Money::from_minor(60_000)));
    }

    #[test]
    fn thresholds_that_fall_or_stand_still_with_rank_are_refused() {
        let falling = ladder(Combine::Any, &[(Some(100), None), (Some(90), None)]);
        assert_eq!(problems(&falling), ["tiers.2.enter.spend_minor threshold.not_rising"]);
        let equal = ladder(Combine::Any, &[(Some(100), None), (Some(100), None)]);
        assert_eq!(problems(&equal), ["tiers.2.enter.spend_minor threshold.not_rising"]);
        let zero = ladder(Combine::Any, &[(Some(0), None)]);
        assert_eq!(problems(&zero), ["tiers.1.enter.spend_minor threshold.not_rising"], "it overlaps with the lowest");
    }

    #[test]
    fn with_or_every_measure_rises_because_one_alone_reaches_the_tier() {
        let tiers = [(Some(100), Some(3)), (Some(200), Some(3))];
        assert_eq!(problems(&ladder(Combine::Any, &tiers)), ["tiers.2.enter.visits threshold.not_rising"]);
        assert_eq!(problems(&ladder(Combine::All, &tiers)), Vec::<String>::new(), "with 且 the spend still tells");
        let flat = [(Some(100), Some(3)), (Some(100), Some(3))];
        assert_eq!(problems(&ladder(Combine::All, &flat)), ["tiers.2.enter.spend_minor threshold.not_rising"]);
    }

    #[test]
    fn a_fall_behind_a_tier_without_that_measure_is_still_a_fall() {
        let gap = ladder(Combine::Any, &[(Some(100), None), (None, Some(5)), (Some(50), None)]);
        assert_eq!(problems(&gap), ["tiers.3.enter.spend_minor threshold.not_rising"]);
    }

    #[test]
    fn the_lowest_tier_has_no_threshold_but_may_say_zero() {
        let mut zero = ladder(Combine::Any, &[(Some(100), None)]);
        zero.tiers[0].enter = Some(Thresholds { spend_minor: Some(Money::ZERO), ..Thresholds::default() });
        assert_eq!(problems(&zero), Vec::<String>::new());
        zero.tiers[0].enter = Some(Thresholds { spend_minor: Some(Money::from_minor(1)), ..Thresholds::default() });
        assert_eq!(problems(&zero), ["tiers.0.enter.spend_minor threshold.first_tier"]);
    }

    #[test]
    fn keeping_is_never_harder_than_entering() {
        let mut hard = ladder(Combine::Any, &[(Some(100), None)]);
        hard.tiers[1].keep = Some(Thresholds { spend_minor: Some(Money::from_minor(101)), ..Thresholds::default() });
        assert_eq!(problems(&hard), ["tiers.1.keep.spend_minor keep.above_enter"]);
    }

    #[test]
    fn names_are_there_and_told_apart() {
        let mut same = ladder(Combine::Any, &[(Some(100), None), (Some(200), None)]);
        same.tiers[1].name = " ".into();
        same.tiers[2].name = "t0".into();
        assert_eq!(problems(&same), ["tiers.1.name name.missing", "tiers.2.name name.duplicate"]);
    }

    #[test]
    fn a_tier_without_threshold_or_a_window_without_length_is_refused() {
        let mut empty = ladder(Combine::Any, &[(None, None)]);
        empty.window = Window::RollingDays { n: 0 };
        assert_eq!(problems(&empty), ["tiers.1.enter threshold.missing", "window.n window.length"]);
        assert_eq!(problems(&Ladder { tiers: vec![], ..Ladder::default() }), ["tiers ladder.no_tiers"]);
    }
}
