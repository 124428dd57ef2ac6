//! Which rules for points are refused, and at which field.

use super::{EarnRule, Expiry, Points, Rules};
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;

/// No life of points and no wait is longer than a century.
const MOST_DAYS: u32 = 36_600;
/// Far above any rate; sums of sales stay far below what a number can hold.
const MOST_POINTS: Points = Points(1_000_000_000);
const MOST_MULTIPLIER: u32 = 1_000_000;

impl Rules {
    /// Refuses rules that cannot be computed or that give points for nothing.
    ///
    /// # Errors
    /// All problems at once: `points.negative`, `points.too_many`, `amount.not_positive`, `multiplier.too_large`,
    /// `days.too_many`, `redeem.points`, `redeem.worth`, `redeem.step`, `redeem.share`.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        for (index, rule) in self.earn.iter().enumerate() {
            let (EarnRule::PerAmount { points, .. } | EarnRule::Bonus { points, .. }) = rule;
            let field = format!("earn.{index}.points");
            if *points < Points::ZERO {
                problems.push(FieldError::new(field, "points.negative"));
            } else if *points > MOST_POINTS {
                problems.push(FieldError::new(field, "points.too_many"));
            }
            if matches!(rule, EarnRule::PerAmount { per_minor, .. } if *per_minor <= Money::ZERO) {
                problems.push(FieldError::new(format!("earn.{index}.per_minor"), "amount.not_positive"));
            }
        }
        if self.multiplier_bp > MOST_MULTIPLIER {
            problems.push(FieldError::new("multiplier_bp", "multiplier.too_large"));
        }
        let life = match self.expiry {
            Expiry::Days { n } | Expiry::Months { n } => n,
            Expiry::Never | Expiry::EndOfMonth | Expiry::EndOfYear | Expiry::EndOfNextYear => 0,
        };
        for (field, days) in
            [("expiry.n", life), ("pending_days", self.pending_days), ("revive_days", self.revive_days)]
        {
            if days > MOST_DAYS {
                problems.push(FieldError::new(field, "days.too_many"));
            }
        }
        if let Some(redeem) = &self.redeem {
            let within = |points: Points| points > Points::ZERO && points <= MOST_POINTS;
            for (field, problem, good) in [
                ("redeem.points", "redeem.points", within(redeem.points)),
                ("redeem.step", "redeem.step", within(redeem.step)),
                ("redeem.worth_minor", "redeem.worth", redeem.worth_minor > Money::ZERO),
                ("redeem.max_share_bp", "redeem.share", redeem.max_share_bp <= 10_000),
            ] {
                if !good {
                    problems.push(FieldError::new(field, problem));
                }
            }
        }
        refuse_if_any(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Redeem;

    #[test]
    fn the_default_rules_are_accepted() {
        assert_eq!(Rules::default().check(), Ok(()));
    }

    #[test]
    fn rules_that_cannot_be_computed_are_refused_at_their_fields() {
        let rules = Rules {
            earn: vec![
                EarnRule::PerAmount { points: Points(-1), per_minor: Money::ZERO, category: None, item: None },
                EarnRule::Bonus { points: Points(-5), category: None, item: None },
            ],
            redeem: Some(Redeem { step: Points(0), max_share_bp: 10_001, ..Redeem::default() }),
            ..Rules::default()
        };
        let Err(RuleError::Invalid(fields)) = rules.check() else { panic!("expected refusals") };
        let fields: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(
            fields,
            ["earn.0.points", "earn.0.per_minor", "earn.1.points", "redeem.step", "redeem.max_share_bp"]
        );
    }
}
