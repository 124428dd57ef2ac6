//! What a resolution must contain: 共情 what was said, 补偿 what was given, 改进 what will be different
//! (`rules.md` F 10). A part can be left out only with a reason.

use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::ids::StaffId;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A part of a resolution: recorded, or left out for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Part<T> {
    /// It was done.
    Recorded(T),
    /// It does not apply.
    Waived {
        /// Why.
        reason: String,
    },
}

/// 共情: how the customer was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Empathy {
    /// What was said to him.
    pub said: String,
}

/// What a customer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CompensationKind {
    /// 退款.
    Refund,
    /// 换货.
    Replacement,
    /// 维修.
    Repair,
    /// 重做.
    Redo,
    /// 优惠券.
    Coupon,
    /// 礼品.
    Gift,
    /// 积分.
    Points,
    /// 权益.
    Benefit,
    /// Nothing; says why.
    Nothing,
}

/// 补偿: what made it good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Compensation {
    /// What was given.
    pub kind: CompensationKind,
    /// What it costs the shop.
    pub cost_minor: Money,
    /// What exactly, or why nothing.
    pub note: String,
    /// Who approved a cost above the person's own limit.
    #[serde(default)]
    pub approved_by: Option<StaffId>,
}

/// 改进: what will be different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Improvement {
    /// Why it happened.
    pub root_cause: String,
    /// What is done about it.
    pub action: String,
    /// Who does it.
    pub owner: StaffId,
    /// By when.
    pub due_on: NaiveDate,
    /// When its effect was looked at.
    #[serde(default)]
    pub checked_on: Option<NaiveDate>,
    /// Whether the customer knows.
    #[serde(default)]
    pub customer_told: bool,
}

/// The three parts of a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Resolution {
    /// 共情.
    pub empathy: Part<Empathy>,
    /// 补偿.
    pub compensation: Part<Compensation>,
    /// What was given beside it: the money back, the same cake again and a coupon.
    #[serde(default)]
    pub also: Vec<Compensation>,
    /// 改进.
    pub improvement: Part<Improvement>,
}

impl Resolution {
    /// Refuses a resolution with an empty part. `own_limit` is what the person may give without approval.
    ///
    /// # Errors
    /// The limit holds for everything that was given together. All at once: `resolution.said_missing`, `resolution.note_missing`, `amount.negative`,
    /// `resolution.cost_without_compensation`, `resolution.approval_missing` (with `limit_minor`),
    /// `resolution.cause_missing`, `resolution.action_missing`, `resolution.due_before_today`,
    /// `resolution.waiver_reason_missing`.
    pub fn validate(&self, own_limit: Money, today: NaiveDate) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        let mut require = |field: &str, text: &str, problem: &str| {
            if text.trim().is_empty() {
                problems.push(FieldError::new(field, problem));
            }
        };
        match &self.empathy {
            Part::Recorded(empathy) => require("empathy.said", &empathy.said, "resolution.said_missing"),
            Part::Waived { reason } => require("empathy.reason", reason, "resolution.waiver_reason_missing"),
        }
        match &self.compensation {
            Part::Recorded(given) => require("compensation.note", &given.note, "resolution.note_missing"),
            Part::Waived { reason } => require("compensation.reason", reason, "resolution.waiver_reason_missing"),
        }
        match &self.improvement {
            Part::Recorded(improvement) => {
                require("improvement.root_cause", &improvement.root_cause, "resolution.cause_missing");
                require("improvement.action", &improvement.action, "resolution.action_missing");
                if improvement.due_on < today {
                    problems.push(FieldError::new("improvement.due_on", "resolution.due_before_today"));
                }
            }
            Part::Waived { reason } => require("improvement.reason", reason, "resolution.waiver_reason_missing"),
        }
        if let Part::Recorded(given) = &self.compensation {
            let cost = given.cost_minor;
            if cost.is_negative() {
                problems.push(FieldError::new("compensation.cost_minor", "amount.negative"));
            }
            if given.kind == CompensationKind::Nothing && cost != Money::ZERO {
                problems.push(FieldError::new("compensation.cost_minor", "resolution.cost_without_compensation"));
            }
            problems.extend(self.problems_beside(given.kind));
            let all = self.also.iter().fold(cost.minor(), |sum, also| sum.saturating_add(also.cost_minor.minor()));
            if all > own_limit.minor() && given.approved_by.is_none() {
                problems.push(
                    FieldError::new("compensation.approved_by", "resolution.approval_missing")
                        .with("limit_minor", own_limit.minor()),
                );
            }
        }
        refuse_if_any(problems)
    }

    /// What is wrong with what was given beside the first. Money goes back once.
    fn problems_beside(&self, first: CompensationKind) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut gave_back = first == CompensationKind::Refund;
        for (n, also) in self.also.iter().enumerate() {
            if also.kind == CompensationKind::Nothing || first == CompensationKind::Nothing {
                problems.push(FieldError::new(format!("also.{n}.kind"), "resolution.nothing_and_something"));
            }
            if also.kind == CompensationKind::Refund && std::mem::replace(&mut gave_back, true) {
                problems.push(FieldError::new(format!("also.{n}.kind"), "resolution.one_refund"));
            }
            if also.cost_minor.is_negative() {
                problems.push(FieldError::new(format!("also.{n}.cost_minor"), "amount.negative"));
            }
            if also.note.trim().is_empty() {
                problems.push(FieldError::new(format!("also.{n}.note"), "resolution.note_missing"));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Resolution {
        Resolution {
            empathy: Part::Recorded(Empathy { said: "非常抱歉让您白跑一趟".into() }),
            compensation: Part::Recorded(Compensation {
                kind: CompensationKind::Redo,
                cost_minor: Money::from_minor(4_000),
                note: "重做一个 6 寸蛋糕".into(),
                approved_by: None,
            }),
            also: vec![],
            improvement: Part::Recorded(Improvement {
                root_cause: "取货时间没有写在单上".into(),
                action: "单上加一栏".into(),
                owner: StaffId(2),
                due_on: "2026-03-09".parse().unwrap(),
                checked_on: None,
                customer_told: true,
            }),
        }
    }

    fn problems(resolution: &Resolution) -> Vec<(String, String)> {
        match resolution.validate(Money::from_minor(5_000), "2026-03-02".parse().unwrap()) {
            Ok(()) => vec![],
            Err(RuleError::Invalid(problems)) => {
                problems.into_iter().map(|problem| (problem.field, problem.problem)).collect()
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn three_recorded_parts_resolve_a_case() {
        assert_eq!(problems(&whole()), []);
    }

    #[test]
    fn an_empty_part_is_refused_and_a_waived_one_needs_a_reason() {
        let mut resolution = whole();
        resolution.empathy = Part::Recorded(Empathy { said: "  ".into() });
        resolution.improvement = Part::Waived { reason: String::new() };
        let pair = |field: &str, problem: &str| (field.to_owned(), problem.to_owned());
        assert_eq!(
            problems(&resolution),
            [
                pair("empathy.said", "resolution.said_missing"),
                pair("improvement.reason", "resolution.waiver_reason_missing")
            ]
        );
        resolution.empathy = Part::Waived { reason: "客户已不在本市, 只留了言".into() };
        resolution.improvement = Part::Waived { reason: "天气原因".into() };
        assert_eq!(problems(&resolution), []);
    }

    #[test]
    fn a_cost_above_the_own_limit_needs_an_approver() {
        let mut resolution = whole();
        if let Part::Recorded(given) = &mut resolution.compensation {
            given.cost_minor = Money::from_minor(5_001);
        }
        assert_eq!(problems(&resolution)[0].1, "resolution.approval_missing");
        if let Part::Recorded(given) = &mut resolution.compensation {
            given.approved_by = Some(StaffId(1));
        }
        assert_eq!(problems(&resolution), []);
    }

    #[test]
    fn several_things_given_count_together_against_the_limit_and_money_goes_back_once() {
        let mut resolution = whole();
        let also = |kind, cost, note: &str| Compensation {
            kind,
            cost_minor: Money::from_minor(cost),
            note: note.into(),
            approved_by: None,
        };
        resolution.also = vec![also(CompensationKind::Coupon, 1_000, "20 元无门槛券")];
        assert_eq!(problems(&resolution), []);
        resolution.also.push(also(CompensationKind::Refund, 1, "全额退款"));
        assert_eq!(problems(&resolution)[0].1, "resolution.approval_missing", "50.01 of 50");
        resolution.also = vec![also(CompensationKind::Refund, 0, "一"), also(CompensationKind::Refund, 0, " ")];
        assert_eq!(
            problems(&resolution),
            [
                ("also.1.kind".to_owned(), "resolution.one_refund".to_owned()),
                ("also.1.note".to_owned(), "resolution.note_missing".to_owned())
            ]
        );
    }

    #[test]
    fn giving_nothing_costs_nothing_and_says_why() {
        let mut resolution = whole();
        resolution.compensation = Part::Recorded(Compensation {
            kind: CompensationKind::Nothing,
            cost_minor: Money::from_minor(1),
            note: String::new(),
            approved_by: None,
        });
        let keys: Vec<String> = problems(&resolution).into_iter().map(|(_, key)| key).collect();
        assert_eq!(keys, ["resolution.note_missing", "resolution.cost_without_compensation"]);
    }
}
