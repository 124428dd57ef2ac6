//! What a shop promises: how much time per severity, how it is counted, when it warns. Shorter times for a severity, a
//! category, a class or a tier are exceptions on top; of those that apply the most specific one holds.

use super::engine::Rules;
use super::promise::{Allowance, Measure, PerPromise, WarnWhen};
use crate::error::{FieldError, RuleError, refuse_if_any};
use serde::{Deserialize, Serialize};

/// How much is at stake.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Safety, health, allergy, legal.
    Red,
    /// Pressing.
    High,
    /// Everything else.
    #[default]
    Normal,
}

/// Minutes per severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MinutesBySeverity {
    /// For safety, health, allergy, legal.
    pub red: u32,
    /// For pressing cases.
    pub high: u32,
    /// For everything else.
    pub normal: u32,
}

impl MinutesBySeverity {
    const fn of(self, severity: Severity) -> u32 {
        match severity {
            Severity::Red => self.red,
            Severity::High => self.high,
            Severity::Normal => self.normal,
        }
    }
}

/// Shorter times for some cases. Every condition that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ShorterTime {
    /// Only cases of this severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Only cases of this category.
    #[serde(default)]
    pub category: Option<String>,
    /// Only customers of this class of the primary scheme.
    #[serde(default)]
    pub class: Option<String>,
    /// Only customers of this tier.
    #[serde(default)]
    pub tier: Option<String>,
    /// Minutes to respond.
    #[serde(default)]
    pub response_minutes: Option<u32>,
    /// Minutes to resolve.
    #[serde(default)]
    pub resolution_minutes: Option<u32>,
}

/// The promises of a shop. [`Policy::default`] is `rules.md` F 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Policy {
    /// Minutes to respond.
    pub response_minutes: MinutesBySeverity,
    /// How they are counted.
    #[serde(default)]
    pub response_measure: Measure,
    /// Minutes to resolve.
    pub resolution_minutes: MinutesBySeverity,
    /// How they are counted.
    #[serde(default)]
    pub resolution_measure: Measure,
    /// Minutes to answer the oldest unanswered contact; none when that is not promised.
    #[serde(default)]
    pub update_minutes: Option<u32>,
    /// How they are counted.
    #[serde(default)]
    pub update_measure: Measure,
    /// Elapsed hours after the resolution within which the customer is called; none when that is not promised.
    pub follow_up_hours: Option<u32>,
    /// Elapsed hours after the resolution before which he is left in peace.
    pub follow_up_not_before_hours: u32,
    /// Elapsed hours that the resolution may wait for the customer in one cycle.
    pub pause_limit_hours: u32,
    /// Percentages of the time at which a person is warned.
    pub warn_percent: Vec<u8>,
    /// Minutes before closing at which a person is warned of what falls due while closed.
    pub warn_before_closing_minutes: u32,
    /// What is promised for inquiries (咨询), which run on the same engine and owe no follow-up.
    #[serde(default)]
    pub inquiry: InquiryMinutes,
    /// Exceptions.
    #[serde(default)]
    pub shorter: Vec<ShorterTime>,
}

/// Minutes for an inquiry, however urgent; counted as the policy counts them for complaints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InquiryMinutes {
    /// Until a person answers.
    pub response: u32,
    /// Until what was asked is settled.
    pub resolution: u32,
}

impl Default for InquiryMinutes {
    fn default() -> Self {
        Self { response: 30, resolution: 8 * 60 }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            response_minutes: MinutesBySeverity { red: 15, high: 30, normal: 60 },
            response_measure: Measure::Open,
            resolution_minutes: MinutesBySeverity { red: 4 * 60, high: 8 * 60, normal: 24 * 60 },
            resolution_measure: Measure::Open,
            update_minutes: None,
            update_measure: Measure::Open,
            follow_up_hours: Some(72),
            follow_up_not_before_hours: 4,
            pause_limit_hours: 72,
            warn_percent: vec![50, 80, 100],
            warn_before_closing_minutes: 30,
            inquiry: InquiryMinutes::default(),
            shorter: Vec::new(),
        }
    }
}

/// What a policy looks at in a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CaseTraits {
    /// Category of the case.
    #[serde(default)]
    pub category: Option<String>,
    /// Class of the customer in the primary scheme.
    #[serde(default)]
    pub class: Option<String>,
    /// Tier of the customer.
    #[serde(default)]
    pub tier: Option<String>,
    /// A business customer (企业) is answered by phone and by mail.
    #[serde(default)]
    pub business: bool,
    /// Somebody asks and does not complain.
    #[serde(default)]
    pub inquiry: bool,
    /// Minutes to respond that the service policy of the customer's class asks for.
    #[serde(default)]
    pub service_response_minutes: Option<u32>,
}

/// How long a promise is for a case, and what made it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'p> {
    /// Minutes promised.
    pub minutes: u32,
    /// Why so many.
    pub basis: Basis<'p>,
}

/// What a promise goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis<'p> {
    /// The severity of a complaint, or that it is an inquiry.
    Usual,
    /// An exception of the policy.
    Exception(&'p ShorterTime),
    /// The service policy of the customer's class.
    Service,
}

impl ShorterTime {
    /// Whether every condition that is given holds.
    fn applies(&self, severity: Severity, traits: &CaseTraits) -> bool {
        let holds = |condition: &Option<String>, value: &Option<String>| condition.is_none() || condition == value;
        self.severity.is_none_or(|wanted| wanted == severity)
            && holds(&self.category, &traits.category)
            && holds(&self.class, &traits.class)
            && holds(&self.tier, &traits.tier)
    }

    /// How many conditions are given.
    fn conditions(&self) -> usize {
        let named = [&self.category, &self.class, &self.tier].into_iter().filter(|it| it.is_some()).count();
        named + usize::from(self.severity.is_some())
    }
}

impl Policy {
    /// Refuses what cannot be promised.
    ///
    /// # Errors
    /// All at once: `policy.not_positive` for a time of nothing, `policy.response_after_resolution` where the response
    /// may take longer than the resolution counted alike, `policy.follow_up_window` where a follow-up may not begin
    /// before it is due, `policy.bad_percent` outside 1–100, `policy.no_condition` and `policy.no_time` for an empty
    /// exception.
    pub fn validate(&self) -> Result<(), RuleError> {
        let mut problems = Vec::new();
        for (name, severity) in [("red", Severity::Red), ("high", Severity::High), ("normal", Severity::Normal)] {
            let (response, resolution) = (self.response_minutes.of(severity), self.resolution_minutes.of(severity));
            if response == 0 {
                problems.push(FieldError::new(format!("response_minutes.{name}"), "policy.not_positive"));
            }
            if resolution == 0 {
                problems.push(FieldError::new(format!("resolution_minutes.{name}"), "policy.not_positive"));
            }
            if response > resolution && self.response_measure == self.resolution_measure {
                problems.push(FieldError::new(format!("response_minutes.{name}"), "policy.response_after_resolution"));
            }
        }
        for (field, minutes) in
            [("inquiry.response", self.inquiry.response), ("inquiry.resolution", self.inquiry.resolution)]
        {
            if minutes == 0 {
                problems.push(FieldError::new(field, "policy.not_positive"));
            }
        }
        if self.inquiry.response > self.inquiry.resolution && self.response_measure == self.resolution_measure {
            problems.push(FieldError::new("inquiry.response", "policy.response_after_resolution"));
        }
        if self.update_minutes == Some(0) {
            problems.push(FieldError::new("update_minutes", "policy.not_positive"));
        }
        if self.follow_up_hours.is_some_and(|hours| hours <= self.follow_up_not_before_hours) {
            problems.push(FieldError::new("follow_up_hours", "policy.follow_up_window"));
        }
        for (index, percent) in self.warn_percent.iter().enumerate() {
            if !(1..=100).contains(percent) {
                problems.push(FieldError::new(format!("warn_percent.{index}"), "policy.bad_percent"));
            }
        }
        for (index, shorter) in self.shorter.iter().enumerate() {
            if shorter.conditions() == 0 {
                problems.push(FieldError::new(format!("shorter.{index}"), "policy.no_condition"));
            }
            if shorter.response_minutes.is_none() && shorter.resolution_minutes.is_none() {
                problems.push(FieldError::new(format!("shorter.{index}"), "policy.no_time"));
            }
            for (field, minutes) in
                [("response_minutes", shorter.response_minutes), ("resolution_minutes", shorter.resolution_minutes)]
            {
                if minutes == Some(0) {
                    problems.push(FieldError::new(format!("shorter.{index}.{field}"), "policy.not_positive"));
                }
            }
        }
        refuse_if_any(problems)
    }

    /// How soon a case is answered.
    pub fn response_target(&self, severity: Severity, traits: &CaseTraits) -> Target<'_> {
        let ordinary = if traits.inquiry { self.inquiry.response } else { self.response_minutes.of(severity) };
        let service = traits.service_response_minutes;
        self.target(ordinary, severity, traits, service, |shorter| shorter.response_minutes)
    }

    /// How soon a case is resolved.
    pub fn resolution_target(&self, severity: Severity, traits: &CaseTraits) -> Target<'_> {
        let ordinary = if traits.inquiry { self.inquiry.resolution } else { self.resolution_minutes.of(severity) };
        self.target(ordinary, severity, traits, None, |shorter| shorter.resolution_minutes)
    }

    /// Of everything that applies, what names the most conditions; of two alike, the shorter. The service policy of a
    /// class names one: the class. Nothing of it gives a case more time than its severity does.
    fn target(
        &self,
        ordinary: u32,
        severity: Severity,
        traits: &CaseTraits,
        service: Option<u32>,
        of: impl Fn(&ShorterTime) -> Option<u32>,
    ) -> Target<'_> {
        let exceptions = self
            .shorter
            .iter()
            .filter(|shorter| shorter.applies(severity, traits))
            .filter_map(|shorter| Some((shorter.conditions(), of(shorter)?, Basis::Exception(shorter))));
        let service = service.map(|minutes| (1, minutes, Basis::Service));
        let most_specific =
            exceptions.chain(service).max_by_key(|(conditions, minutes, _)| (*conditions, std::cmp::Reverse(*minutes)));
        match most_specific {
            Some((_, minutes, basis)) if minutes < ordinary => Target { minutes, basis },
            _ => Target { minutes: ordinary, basis: Basis::Usual },
        }
    }
}

/// The engine's rules for a case; without a policy nothing is promised.
pub(super) fn rules(policy: Option<&Policy>, severity: Severity, traits: &CaseTraits) -> Rules {
    let mut rules = Rules {
        allowances: PerPromise::default(),
        pausing: PerPromise { response: false, update: false, resolution: true, follow_up: false },
        pause_limit_s: None,
        warnings: Vec::new(),
        before_closing_s: 0,
    };
    let Some(policy) = policy else { return rules };
    let minutes = |minutes: u32, measure| Some(Allowance { seconds: i64::from(minutes) * 60, measure });
    rules.allowances = PerPromise {
        response: minutes(policy.response_target(severity, traits).minutes, policy.response_measure),
        update: policy.update_minutes.and_then(|update| minutes(update, policy.update_measure)),
        resolution: minutes(policy.resolution_target(severity, traits).minutes, policy.resolution_measure),
        follow_up: policy
            .follow_up_hours
            // Nobody is called to be asked whether an answer was an answer.
            .filter(|_| !traits.inquiry)
            .map(|hours| Allowance { seconds: i64::from(hours) * 3600, measure: Measure::Wall }),
    };
    rules.pause_limit_s = Some(i64::from(policy.pause_limit_hours) * 3600);
    rules.warnings = policy.warn_percent.iter().map(|percent| WarnWhen::Percent(*percent)).collect();
    rules.warnings.push(WarnWhen::BeforeClosing);
    rules.before_closing_s = i64::from(policy.warn_before_closing_minutes) * 60;
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shorter(tier: Option<&str>, category: Option<&str>, minutes: u32) -> ShorterTime {
        ShorterTime {
            tier: tier.map(str::to_owned),
            category: category.map(str::to_owned),
            response_minutes: Some(minutes),
            ..ShorterTime::default()
        }
    }

    fn traits(tier: &str, category: &str) -> CaseTraits {
        CaseTraits { tier: Some(tier.into()), category: Some(category.into()), ..CaseTraits::default() }
    }

    fn minutes(policy: &Policy, severity: Severity, traits: &CaseTraits) -> u32 {
        policy.response_target(severity, traits).minutes
    }

    #[test]
    fn the_most_specific_time_that_applies_is_promised_and_never_a_longer_one() {
        let policy = Policy {
            shorter: vec![
                shorter(Some("钻石"), None, 20),
                shorter(Some("钻石"), Some("质量"), 40),
                shorter(None, Some("质量"), 90),
                ShorterTime { severity: Some(Severity::High), ..shorter(Some("钻石"), Some("质量"), 10) },
            ],
            ..Policy::default()
        };
        assert_eq!(minutes(&policy, Severity::Normal, &traits("普通", "配送")), 60);
        assert_eq!(minutes(&policy, Severity::Normal, &traits("普通", "质量")), 60, "never longer");
        assert_eq!(minutes(&policy, Severity::Normal, &traits("钻石", "配送")), 20);
        assert_eq!(minutes(&policy, Severity::Normal, &traits("钻石", "质量")), 40, "two conditions before one");
        assert_eq!(minutes(&policy, Severity::High, &traits("钻石", "质量")), 10, "three before two");
        assert_eq!(minutes(&policy, Severity::Red, &traits("钻石", "配送")), 15);
        let asked = policy.response_target(Severity::Normal, &traits("钻石", "配送"));
        assert!(matches!(asked.basis, Basis::Exception(by) if by.tier.as_deref() == Some("钻石")));
        assert_eq!(policy.response_target(Severity::Red, &traits("钻石", "配送")).basis, Basis::Usual);
    }

    #[test]
    fn the_service_policy_of_a_class_counts_as_one_condition() {
        let policy = Policy {
            shorter: vec![shorter(Some("银卡"), None, 45), shorter(Some("银卡"), Some("质量"), 50)],
            ..Policy::default()
        };
        let served = |category: &str| CaseTraits { service_response_minutes: Some(30), ..traits("银卡", category) };
        let target = policy.response_target(Severity::Normal, &served("配送"));
        assert_eq!((target.minutes, target.basis), (30, Basis::Service), "of two alike the shorter");
        assert_eq!(minutes(&policy, Severity::Normal, &served("质量")), 50, "two conditions before one");
        assert_eq!(policy.resolution_target(Severity::Normal, &served("配送")).minutes, 24 * 60);
    }

    #[test]
    fn an_inquiry_has_its_own_times_and_owes_no_follow_up() {
        let policy = Policy::default();
        let traits = CaseTraits { inquiry: true, ..CaseTraits::default() };
        assert_eq!(minutes(&policy, Severity::Normal, &traits), 30);
        assert_eq!(policy.resolution_target(Severity::High, &traits).minutes, 480);
        assert!(rules(Some(&policy), Severity::Normal, &traits).allowances.follow_up.is_none());
        let never = Policy { inquiry: InquiryMinutes { response: 0, resolution: 60 }, ..policy };
        assert!(never.validate().is_err());
    }

    #[test]
    fn a_policy_written_before_inquiries_had_times_promises_the_usual_ones() {
        let mut written = serde_json::to_value(Policy::default()).unwrap();
        written.as_object_mut().unwrap().remove("inquiry");
        assert_eq!(serde_json::from_value::<Policy>(written).unwrap(), Policy::default());
    }

    #[test]
    fn a_promise_that_cannot_be_kept_is_refused() {
        assert_eq!(Policy::default().validate(), Ok(()));
        let policy = Policy {
            response_minutes: MinutesBySeverity { red: 0, high: 600, normal: 60 },
            follow_up_hours: Some(4),
            warn_percent: vec![50, 101],
            shorter: vec![ShorterTime::default()],
            ..Policy::default()
        };
        let Err(RuleError::Invalid(problems)) = policy.validate() else { panic!("must be refused") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "response_minutes.red",
                "response_minutes.high",
                "follow_up_hours",
                "warn_percent.1",
                "shorter.0",
                "shorter.0"
            ]
        );
    }
}
