//! A class given by hand: with a reason, a person and a last day, and always shown as manual. Past its last day the
//! computed class is back by itself.

use super::assign::Assignment;
use super::scheme::Scheme;
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::ids::StaffId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A class that a person gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ManualClass {
    /// The class.
    pub class_key: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: StaffId,
    /// The last day it holds.
    pub until: NaiveDate,
}

/// The class that holds today: the manual one until its last day, else the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HoldingClass {
    /// The class that holds.
    pub class_key: String,
    /// The manual decision, when it is what holds.
    pub manual: Option<ManualClass>,
    /// What the rules say, shown beside a manual class.
    pub computed: Assignment,
}

/// Refuses a manual class that nobody could understand later.
///
/// # Errors
/// `class.unknown`, `reason.missing`, `until.past` at their fields.
pub fn check_manual(scheme: &Scheme, manual: &ManualClass, today: NaiveDate) -> Result<(), RuleError> {
    let mut problems = Vec::new();
    if scheme.face(&manual.class_key).is_none() {
        problems.push(FieldError::new("class_key", "class.unknown").with("class", &manual.class_key));
    }
    if manual.reason.trim().is_empty() {
        problems.push(FieldError::new("reason", "reason.missing"));
    }
    if manual.until < today {
        problems.push(FieldError::new("until", "until.past"));
    }
    refuse_if_any(problems)
}

/// The class that holds on a day. A manual class that the scheme no longer has does not hold.
pub fn holding_class(
    scheme: &Scheme,
    computed: Assignment,
    manual: Option<&ManualClass>,
    today: NaiveDate,
) -> HoldingClass {
    let manual = manual.filter(|it| today <= it.until && scheme.face(&it.class_key).is_some()).cloned();
    let class_key = manual.as_ref().map_or(&computed.class_key, |it| &it.class_key).clone();
    HoldingClass { class_key, manual, computed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::presets::simple_rfm;
    use crate::segmentation::test_support::*;
    use crate::segmentation::{assign, cut_points};

    fn by_hand(class_key: &str, until: NaiveDate) -> ManualClass {
        ManualClass { class_key: class_key.to_owned(), reason: "老板的朋友".to_owned(), by: StaffId(1), until }
    }

    #[test]
    fn a_manual_class_holds_through_its_last_day_and_not_longer() {
        let scheme = simple_rfm();
        let customers = [buyer(1, 200, 1, 100)];
        let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
        let holding = |key: &str, until: NaiveDate| {
            let found =
                holding_class(&scheme, assign(&scheme, &cuts, &customers[0]), Some(&by_hand(key, until)), today());
            (found.class_key, found.manual.is_some())
        };
        assert_eq!(holding("core_value", today()), ("core_value".to_owned(), true));
        assert_eq!(holding("core_value", today().pred_opt().unwrap()), ("win_back".to_owned(), false));
        assert_eq!(holding("gone", today()), ("win_back".to_owned(), false));
    }

    #[test]
    fn a_manual_class_needs_a_reason_and_a_day_to_come() {
        let mut manual = by_hand("gone", today().pred_opt().unwrap());
        manual.reason = " ".to_owned();
        let Err(RuleError::Invalid(problems)) = check_manual(&simple_rfm(), &manual, today()) else { panic!() };
        let keys: Vec<_> = problems.iter().map(|it| it.problem.as_str()).collect();
        assert_eq!(keys, ["class.unknown", "reason.missing", "until.past"]);
        assert_eq!(check_manual(&simple_rfm(), &by_hand("ordinary", today()), today()), Ok(()));
    }
}
