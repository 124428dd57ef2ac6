//! The priority of a customer (优先级), 1 first to 5 last: by amount and frequency, by potential, by the care that the
//! class asks for and by judgement, with bounds below which nobody falls to whom something was promised. Every step
//! that led there is told, so that the number explains itself.

use super::policy::CareLevel;
use crate::error::{FieldError, RuleError, refuse_if_any};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The first priority.
pub const FIRST: u8 = 1;
/// The last priority.
pub const LAST: u8 = 5;
/// New customers, and those with an open complaint, never come later: the last 20 % spare them in the same way.
const SPARED: u8 = 3;
/// Whoever was promised that they come first never comes later.
const PROMISED: u8 = 2;
/// Days after the first purchase during which somebody is new.
pub const NEW_DAYS: i64 = 90;

/// From which points on something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PriorityRule {
    /// Contribution from which on somebody starts at 2.
    pub high_contribution: u8,
    /// Contribution from which on somebody starts at 3; below it, at 4.
    pub low_contribution: u8,
    /// Potential from which on somebody comes one step forward.
    pub high_potential: u8,
}

impl Default for PriorityRule {
    fn default() -> Self {
        Self { high_contribution: 75, low_contribution: 25, high_potential: 60 }
    }
}

impl PriorityRule {
    /// Refuses limits that points cannot be held against.
    ///
    /// # Errors
    /// `points.out_of_range`, `points.out_of_order` at their fields.
    pub fn check(&self) -> Result<(), RuleError> {
        let limits = [
            ("high_contribution", self.high_contribution),
            ("low_contribution", self.low_contribution),
            ("high_potential", self.high_potential),
        ];
        let mut problems: Vec<FieldError> = limits
            .into_iter()
            .filter(|(_, points)| !(1..=100).contains(points))
            .map(|(field, _)| FieldError::new(field, "points.out_of_range"))
            .collect();
        if problems.is_empty() && self.low_contribution >= self.high_contribution {
            problems.push(FieldError::new("high_contribution", "points.out_of_order"));
        }
        refuse_if_any(problems)
    }
}

/// What is known of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorityFacts {
    /// Whether there was ever a purchase.
    pub has_bought: bool,
    /// Amount and frequency, 0 to 100; `None` where there is nothing to compare with.
    pub contribution: Option<u8>,
    /// Variety and interactions, 0 to 100; `None` where there is nothing to compare with.
    pub potential: Option<u8>,
    /// Care of the class in the primary scheme.
    pub care: CareLevel,
    /// What the owner thinks, −2 to +2.
    pub judgement: Option<i8>,
    /// Whether the first purchase was less than [`NEW_DAYS`] ago.
    pub is_new: bool,
    /// Whether a complaint is open.
    pub has_open_complaint: bool,
    /// Whether the tier promises that they come first (优先处理).
    pub is_promised: bool,
}

/// Why a priority starts where it does, or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriorityReason {
    /// Nothing was bought yet.
    NeverBought,
    /// Amount and frequency, with their points.
    Contribution(u8),
    /// Nobody bought in the last 12 months, so nobody stands out.
    NothingToCompare,
    /// Variety and interactions, with their points.
    Potential(u8),
    /// The class is served 精细.
    FineCare,
    /// The class is served 最低.
    LowestCare,
    /// What the owner thinks.
    Judgement(i8),
    /// First purchase not long ago.
    New,
    /// A complaint is open.
    OpenComplaint,
    /// The tier promises it.
    Promised,
}

/// One step of the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriorityStep {
    /// What moved it.
    pub why: PriorityReason,
    /// The priority from there on.
    pub level: u8,
}

/// The priority of a customer.
pub fn priority_level(rule: &PriorityRule, facts: &PriorityFacts) -> u8 {
    walk(rule, facts, &mut |_| ())
}

/// Every step that leads to the priority, the start first. A step that moves nothing is left out.
pub fn priority_steps(rule: &PriorityRule, facts: &PriorityFacts) -> Vec<PriorityStep> {
    let mut steps = Vec::new();
    walk(rule, facts, &mut |step| steps.push(step));
    steps
}

fn walk(rule: &PriorityRule, facts: &PriorityFacts, tell: &mut dyn FnMut(PriorityStep)) -> u8 {
    use PriorityReason as Why;
    let mut level = 0;
    let mut to = |wanted: u8, why: PriorityReason| {
        let wanted = wanted.clamp(FIRST, LAST);
        if wanted != level {
            level = wanted;
            tell(PriorityStep { why, level });
        }
        level
    };
    let mut now = match facts.contribution {
        _ if !facts.has_bought => to(LAST, Why::NeverBought),
        None => to(4, Why::NothingToCompare),
        Some(points) if points >= rule.high_contribution => to(2, Why::Contribution(points)),
        Some(points) if points >= rule.low_contribution => to(3, Why::Contribution(points)),
        Some(points) => to(4, Why::Contribution(points)),
    };
    if let Some(points) = facts.potential.filter(|points| *points >= rule.high_potential) {
        now = to(now - 1, Why::Potential(points));
    }
    now = match facts.care {
        CareLevel::Fine => to(now - 1, Why::FineCare),
        CareLevel::Standard => now,
        CareLevel::Lowest => to(now + 1, Why::LowestCare),
    };
    now = match facts.judgement {
        Some(judgement) if judgement > 0 => to(now - 1, Why::Judgement(judgement)),
        Some(judgement) if judgement < 0 => to(now + 1, Why::Judgement(judgement)),
        _ => now,
    };
    if facts.is_new {
        now = to(now.min(SPARED), Why::New);
    }
    if facts.has_open_complaint {
        now = to(now.min(SPARED), Why::OpenComplaint);
    }
    if facts.is_promised {
        now = to(now.min(PROMISED), Why::Promised);
    }
    now
}

/// Refuses a priority by hand that nobody could understand later.
///
/// # Errors
/// `priority.out_of_range`, `reason.missing`, `until.past` at their fields.
pub fn check_lock(level: u8, reason: &str, until: Option<NaiveDate>, today: NaiveDate) -> Result<(), RuleError> {
    let mut problems = Vec::new();
    if !(FIRST..=LAST).contains(&level) {
        problems.push(FieldError::new("level", "priority.out_of_range"));
    }
    if reason.trim().is_empty() {
        problems.push(FieldError::new("reason", "reason.missing"));
    }
    if until.is_some_and(|until| until < today) {
        problems.push(FieldError::new("until", "until.past"));
    }
    refuse_if_any(problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIDDLING: PriorityFacts = PriorityFacts {
        has_bought: true,
        contribution: Some(50),
        potential: Some(20),
        care: CareLevel::Standard,
        judgement: None,
        is_new: false,
        has_open_complaint: false,
        is_promised: false,
    };

    fn level(facts: PriorityFacts) -> u8 {
        priority_level(&PriorityRule::default(), &facts)
    }

    #[test]
    fn amount_and_frequency_say_where_a_priority_starts() {
        let start = |contribution| level(PriorityFacts { contribution, ..MIDDLING });
        assert_eq!([Some(75), Some(74), Some(25), Some(24), None].map(start), [2, 3, 3, 4, 4]);
        assert_eq!(level(PriorityFacts { has_bought: false, ..MIDDLING }), 5);
    }

    #[test]
    fn potential_care_and_judgement_move_it_one_step_each() {
        assert_eq!(level(PriorityFacts { potential: Some(60), ..MIDDLING }), 2);
        assert_eq!(level(PriorityFacts { care: CareLevel::Fine, ..MIDDLING }), 2);
        assert_eq!(level(PriorityFacts { care: CareLevel::Lowest, ..MIDDLING }), 4);
        assert_eq!(level(PriorityFacts { judgement: Some(2), ..MIDDLING }), 2);
        assert_eq!(level(PriorityFacts { judgement: Some(-1), ..MIDDLING }), 4);
        assert_eq!(level(PriorityFacts { judgement: Some(0), ..MIDDLING }), 3);
    }

    #[test]
    fn nobody_falls_behind_a_promise_or_while_complaining_or_new() {
        let least = PriorityFacts { contribution: Some(0), care: CareLevel::Lowest, judgement: Some(-2), ..MIDDLING };
        assert_eq!(level(least), 5);
        assert_eq!(level(PriorityFacts { has_open_complaint: true, ..least }), 3);
        assert_eq!(level(PriorityFacts { is_new: true, ..least }), 3);
        assert_eq!(level(PriorityFacts { is_promised: true, ..least }), 2);
    }

    #[test]
    fn every_step_that_moved_it_is_told() {
        let facts = PriorityFacts { contribution: Some(88), care: CareLevel::Fine, judgement: Some(1), ..MIDDLING };
        let steps = priority_steps(&PriorityRule::default(), &facts);
        let told: Vec<_> = steps.iter().map(|step| (step.why, step.level)).collect();
        // At 1 already, the judgement moves nothing and is not told.
        assert_eq!(told, [(PriorityReason::Contribution(88), 2), (PriorityReason::FineCare, 1)]);
    }

    #[test]
    fn limits_have_to_be_points_in_order() {
        assert_eq!(PriorityRule::default().check(), Ok(()));
        let rule = PriorityRule { high_contribution: 101, low_contribution: 0, high_potential: 60 };
        let Err(RuleError::Invalid(problems)) = rule.check() else { panic!() };
        assert_eq!(
            problems.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(),
            ["high_contribution", "low_contribution"]
        );
        assert!(PriorityRule { high_contribution: 25, ..PriorityRule::default() }.check().is_err());
    }

    #[test]
    fn a_priority_by_hand_needs_a_reason_and_a_day_to_come() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(check_lock(1, "老板的朋友", None, today), Ok(()));
        assert_eq!(check_lock(5, "欠款", Some(today), today), Ok(()));
        let Err(RuleError::Invalid(problems)) = check_lock(6, " ", today.pred_opt(), today) else { panic!() };
        let keys: Vec<_> = problems.iter().map(|it| it.problem.as_str()).collect();
        assert_eq!(keys, ["priority.out_of_range", "reason.missing", "until.past"]);
    }

    proptest! {
        #[test]
        fn the_last_step_is_the_priority_and_it_lies_within_1_to_5(
            has_bought: bool, contribution in prop::option::of(0_u8..=100), potential in prop::option::of(0_u8..=100),
            care in prop_oneof![Just(CareLevel::Fine), Just(CareLevel::Standard), Just(CareLevel::Lowest)],
            judgement in prop::option::of(-2_i8..=2), is_new: bool, has_open_complaint: bool, is_promised: bool,
        ) {
            let facts = PriorityFacts {
                has_bought, contribution, potential, care, judgement, is_new, has_open_complaint, is_promised,
            };
            let steps = priority_steps(&PriorityRule::default(), &facts);
            let level = level(facts);
            prop_assert!((FIRST..=LAST).contains(&level));
            prop_assert_eq!(steps.last().map(|step| step.level), Some(level));
        }
    }
}
