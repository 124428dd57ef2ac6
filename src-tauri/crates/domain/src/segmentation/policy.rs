//! What a class means for the day: how often to get in touch, how, how long, and how carefully. The minutes of all
//! customers together are held against the hours that the shop has.

use super::interval;
use super::run::ClassCount;
use super::trial::Trial;
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const MAX_MINUTES: u32 = 480;
/// A trial to begin with: so many orders within so many days.
const TRIAL_DAYS: u32 = 90;
const TRIAL_ORDERS: u32 = 2;

/// How the shop serves a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ServicePolicy {
    /// The class.
    pub class_key: String,
    /// Get in touch every so many days; `None` for no planned contact.
    pub interval_days: Option<u32>,
    /// Channel to begin with, such as `wechat` or `phone`; `None` for the customer's own preference.
    pub channel: Option<String>,
    /// Keys of the question set.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Keys of the message templates.
    #[serde(default)]
    pub templates: Vec<String>,
    /// How carefully.
    pub care: CareLevel,
    /// Response promise for complaints in minutes; `None` for the shop's own.
    pub complaint_response_minutes: Option<u32>,
    /// Minutes that one contact takes.
    pub minutes_per_contact: u32,
    /// For a class on trial: what has to be seen, and which class follows.
    #[serde(default)]
    pub trial: Option<Trial>,
}

/// How much care a class gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CareLevel {
    /// 精细: by name, by a known person.
    Fine,
    /// 标准.
    Standard,
    /// 最低: served well when they come, no contact on the shop's own account.
    Lowest,
}

/// Minutes a week that the plans ask for, against those that there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Workload {
    /// Per class with a planned contact, the most time first.
    pub classes: Vec<ClassWorkload>,
    /// The sum of the classes as shown.
    pub needed_minutes: i64,
    /// What the shop has.
    pub available_minutes: i64,
    /// What is missing; 0 when it fits.
    pub missing_minutes: i64,
    /// The class that takes the most time, when it does not fit: a longer interval there helps most.
    pub relieve_first: Option<String>,
}

/// One class's share of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassWorkload {
    /// The class.
    pub class_key: String,
    /// Its customers.
    pub customers: u32,
    /// Its minutes a week, rounded half up.
    pub minutes: i64,
}

/// Refuses a policy that cannot be kept.
///
/// # Errors
/// `interval.out_of_range`, `minutes.out_of_range`, `interval.lowest_care` at their fields.
pub fn check_policy(policy: &ServicePolicy) -> Result<(), RuleError> {
    let interval = policy.interval_days.and_then(|days| interval::problem("interval_days", days));
    let mut problems: Vec<FieldError> = interval.into_iter().collect();
    if policy.minutes_per_contact > MAX_MINUTES {
        problems.push(FieldError::new("minutes_per_contact", "minutes.out_of_range").with("most", MAX_MINUTES));
    }
    if policy.complaint_response_minutes == Some(0) {
        problems.push(FieldError::new("complaint_response_minutes", "minutes.out_of_range").with("most", MAX_MINUTES));
    }
    if policy.care == CareLevel::Lowest && policy.interval_days.is_some() {
        problems.push(FieldError::new("interval_days", "interval.lowest_care"));
    }
    problems.extend(policy.trial.iter().flat_map(|trial| trial.problems(&policy.class_key)));
    refuse_if_any(problems)
}

/// The weekly minutes of all classes: customers × minutes per contact × 7 / interval.
pub fn workload(policies: &[ServicePolicy], counts: &[ClassCount], available_minutes: u32) -> Workload {
    let customers: BTreeMap<&str, u32> = counts.iter().map(|it| (it.class_key.as_str(), it.customers)).collect();
    let mut classes = Vec::new();
    for policy in policies {
        let Some(interval) = policy.interval_days.filter(|days| *days > 0) else { continue };
        let members = customers.get(policy.class_key.as_str()).copied().unwrap_or(0);
        let weekly = i128::from(members) * i128::from(policy.minutes_per_contact) * 7;
        let minutes = Money::round_half_up(weekly, i128::from(interval)).map_or(i64::MAX, Money::minor);
        classes.push(ClassWorkload { class_key: policy.class_key.clone(), customers: members, minutes });
    }
    classes.sort_by(|one, next| next.minutes.cmp(&one.minutes).then(one.class_key.cmp(&next.class_key)));
    let needed_minutes = classes.iter().map(|class| class.minutes).sum::<i64>();
    let missing_minutes = (needed_minutes - i64::from(available_minutes)).max(0);
    let relieve_first = classes.first().filter(|_| missing_minutes > 0).map(|it| it.class_key.clone());
    Workload { classes, needed_minutes, available_minutes: available_minutes.into(), missing_minutes, relieve_first }
}

/// The interval that applies when a customer's classes in several schemes each have one: the shortest.
pub fn shortest_interval<'p>(policies: impl IntoIterator<Item = &'p ServicePolicy>) -> Option<u32> {
    policies.into_iter().filter_map(|policy| policy.interval_days).min()
}

/// The care that a customer gets: the class's, but never the lowest for an exempt one (new, or with an open complaint).
pub fn care_of(policy: &ServicePolicy, sub_kind: Option<&str>) -> CareLevel {
    match (policy.care, sub_kind) {
        (CareLevel::Lowest, Some("exempt")) => CareLevel::Standard,
        (care, _) => care,
    }
}

/// Policies of a ready-made scheme to begin with: monthly for 重要维护, quarterly for 关键发展 and 核心价值, the lowest
/// care for the last 20 %, a trial for 潜力 and 新小客户. Classes that are not named get no planned contact.
pub fn default_policies(scheme_key: &str) -> Vec<ServicePolicy> {
    let policy = |class_key: &str, interval_days: Option<u32>, care: CareLevel| ServicePolicy {
        class_key: class_key.to_owned(),
        interval_days,
        channel: None,
        questions: Vec::new(),
        templates: Vec::new(),
        care,
        complaint_response_minutes: None,
        minutes_per_contact: 10,
        trial: None,
    };
    let on_trial = |class_key: &str, next_class: &str| ServicePolicy {
        trial: Some(Trial {
            after_days: TRIAL_DAYS,
            orders: TRIAL_ORDERS,
            net_minor: Money::ZERO,
            next_class: next_class.to_owned(),
        }),
        ..policy(class_key, None, CareLevel::Standard)
    };
    match scheme_key {
        "simple_rfm" => vec![policy("core_value", Some(90), CareLevel::Fine)],
        "small_orders" => vec![
            policy("key_maintenance", Some(30), CareLevel::Fine),
            policy("key_development", Some(90), CareLevel::Fine),
            on_trial("potential", "key_development"),
        ],
        "old_new_large_small" => vec![on_trial("new_small", "new_large")],
        "pareto_20_60_20" => vec![policy("bottom_20", None, CareLevel::Lowest)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::presets::ready_made;

    fn policy(class_key: &str, interval_days: u32, minutes_per_contact: u32) -> ServicePolicy {
        ServicePolicy {
            class_key: class_key.to_owned(),
            interval_days: Some(interval_days),
            channel: None,
            questions: Vec::new(),
            templates: Vec::new(),
            care: CareLevel::Standard,
            complaint_response_minutes: None,
            minutes_per_contact,
            trial: None,
        }
    }

    fn count(class_key: &str, customers: u32) -> ClassCount {
        ClassCount { class_key: class_key.to_owned(), customers }
    }

    #[test]
    fn the_week_is_the_sum_of_its_classes() {
        let policies = [policy("a", 30, 10), policy("b", 90, 20), policy("empty", 7, 5)];
        let counts = [count("a", 100), count("b", 100), count("without_policy", 900)];
        let week = workload(&policies, &counts, 300);
        let minutes: Vec<_> = week.classes.iter().map(|it| (it.class_key.as_str(), it.minutes)).collect();
        assert_eq!(minutes, [("a", 233), ("b", 156), ("empty", 0)]);
        assert_eq!((week.needed_minutes, week.missing_minutes), (389, 89));
        assert_eq!(week.relieve_first.as_deref(), Some("a"));
        assert_eq!(workload(&policies, &counts, 389).relieve_first, None, "it fits to the minute");
    }

    #[test]
    fn of_several_plans_the_shortest_interval_wins() {
        let mut without = policy("c", 7, 5);
        without.interval_days = None;
        assert_eq!(shortest_interval(&[policy("a", 90, 1), policy("b", 30, 1), without.clone()]), Some(30));
        assert_eq!(shortest_interval(&[without]), None);
    }

    #[test]
    fn an_exempt_customer_never_gets_the_lowest_care() {
        let policies = default_policies("pareto_20_60_20");
        let bottom = policies.iter().find(|policy| policy.class_key == "bottom_20").unwrap();
        assert_eq!(care_of(bottom, None), CareLevel::Lowest);
        assert_eq!(care_of(bottom, Some("exempt")), CareLevel::Standard);
    }

    #[test]
    fn a_plan_that_nobody_could_keep_is_refused() {
        let mut never = policy("a", 0, 481);
        never.care = CareLevel::Lowest;
        let Err(RuleError::Invalid(problems)) = check_policy(&never) else { panic!() };
        assert_eq!(problems.len(), 3);
    }

    #[test]
    fn default_policies_name_classes_that_exist() {
        for scheme in ready_made() {
            for policy in default_policies(&scheme.key) {
                assert_eq!(check_policy(&policy), Ok(()));
                assert!(scheme.face(&policy.class_key).is_some(), "{}", policy.class_key);
                let next = policy.trial.as_ref().map(|trial| scheme.face(&trial.next_class).is_some());
                assert_ne!(next, Some(false), "{}", policy.class_key);
            }
        }
    }
}
