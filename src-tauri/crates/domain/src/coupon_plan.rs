//! Coupons that are issued by a rule (发券计划): on which occasion, and which period an occasion belongs to. A period is given
//! once to a customer, so that looking twice, or after months, issues nothing twice.

use crate::birthday::{Birthday, Keeping};
use crate::coupon::Terms;
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest that a coupon of a plan can be good, and the longest absence that one can wait for, in days.
const MOST_DAYS: u32 = 3_660;
/// A birthday is thought of at most so many days ahead.
const MOST_DAYS_BEFORE: u32 = 60;
/// An order of more than a year later has nothing to do with a coupon.
pub const MOST_RECALL_DAYS: u32 = 366;

/// What a plan issues, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct CouponPlan {
    /// On which occasion.
    pub occasion: Occasion,
    /// What a coupon is worth and from which sale on.
    pub terms: Terms,
    /// Good for so many days from the day it is issued, that day included.
    pub valid_days: u32,
    /// Only customers on these tiers; none means every tier.
    #[serde(default)]
    pub tiers: Vec<String>,
    /// Only customers of these classes of the primary scheme; none means every class.
    #[serde(default)]
    pub class_keys: Vec<String>,
    /// The most that the coupons of one run, or of one calendar month where a person is the occasion, may cost.
    #[serde(default)]
    pub budget_minor: Option<Money>,
    /// Whoever orders within so many days after receiving one has come back (挽回).
    #[serde(default = "recall_days")]
    pub recall_days: u32,
}

/// Unless the shop says otherwise, a month.
pub const RECALL_DAYS: u32 = 30;

fn recall_days() -> u32 {
    RECALL_DAYS
}

/// When a plan issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Occasion {
    /// On a day of every month, or of every third or twelfth: to everybody at once.
    Regular {
        /// 1, 3 or 12; quarters and years are those of the calendar.
        months: u32,
        /// Day of the month, 1 to 28.
        day: u32,
    },
    /// Before a birthday, by its own calendar.
    Birthday {
        /// So many days before; 0 is on the day.
        days_before: u32,
    },
    /// A new customer. Records that were imported are not new.
    Joined,
    /// A step up the ladder, each tier once.
    TierReached,
    /// So many days without a purchase, once for each absence.
    Away {
        /// Days since the last purchase.
        days: u32,
    },
}

impl CouponPlan {
    /// Refuses what cannot be issued.
    ///
    /// # Errors
    /// All problems at once: those of the terms; `plan.months`, `plan.day`, `plan.days_before`, `plan.days`,
    /// `plan.valid_days`, `plan.recall_days`, `amount.negative`, `coupon.budget_needs_cap`.
    pub fn check(&self) -> Result<(), RuleError> {
        self.terms.check()?;
        let mut problems = Vec::new();
        let mut wants = |is_fine: bool, field: &str, problem: &str| {
            if !is_fine {
                problems.push(FieldError::new(field, problem));
            }
        };
        match self.occasion {
            Occasion::Regular { months, day } => {
                wants([1, 3, 12].contains(&months), "occasion.months", "plan.months");
                wants((1..=28).contains(&day), "occasion.day", "plan.day");
            }
            Occasion::Birthday { days_before } => {
                wants(days_before <= MOST_DAYS_BEFORE, "occasion.days_before", "plan.days_before");
            }
            Occasion::Away { days } => wants((1..=MOST_DAYS).contains(&days), "occasion.days", "plan.days"),
            Occasion::Joined | Occasion::TierReached => {}
        }
        wants((1..=MOST_DAYS).contains(&self.valid_days), "valid_days", "plan.valid_days");
        wants((1..=MOST_RECALL_DAYS).contains(&self.recall_days), "recall_days", "plan.recall_days");
        wants(!self.budget_minor.is_some_and(Money::is_negative), "budget_minor", "amount.negative");
        let is_open_ended = self.budget_minor.is_some() && self.terms.most().is_none();
        wants(!is_open_ended, "cap_minor", "coupon.budget_needs_cap");
        refuse_if_any(problems)
    }

    /// The last day of a coupon that is issued on a day.
    pub fn until(&self, issued_on: NaiveDate) -> NaiveDate {
        issued_on.checked_add_days(Days::new(u64::from(self.valid_days).saturating_sub(1))).unwrap_or(NaiveDate::MAX)
    }

    /// How many of so many coupons the budget reaches for, when some of it is gone.
    pub fn affordable(&self, wanted: usize, spent: Money) -> usize {
        let (Some(budget), Some(most)) = (self.budget_minor, self.terms.most()) else { return wanted };
        let left = budget.minor().saturating_sub(spent.minor()).max(0);
        usize::try_from(left.checked_div(most.minor()).unwrap_or(0)).unwrap_or(0).min(wanted)
    }
}

impl Occasion {
    /// Whether the customer is not there as a coupon is issued and has to be told of it. A new customer and one who steps
    /// up stand at the counter.
    pub fn reaches_out(self) -> bool {
        match self {
            Self::Regular { .. } | Self::Birthday { .. } | Self::Away { .. } => true,
            Self::Joined | Self::TierReached => false,
        }
    }

    /// The newest day, up to today, on which a regular plan issues; nothing for other occasions. What lies before it is not
    /// made up for: a coupon of March is of no use in June.
    pub fn newest_due(self, today: NaiveDate) -> Option<NaiveDate> {
        let Self::Regular { months, day } = self else { return None };
        let of_month = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, day);
        let first = (today.month() - 1) / months.max(1) * months.max(1) + 1;
        let this = of_month(today.year(), first)?;
        if this <= today {
            return Some(this);
        }
        let before = this.checked_sub_months(chrono::Months::new(months))?;
        of_month(before.year(), before.month())
    }

    /// The next day after today on which a regular plan issues.
    pub fn next_due(self, today: NaiveDate) -> Option<NaiveDate> {
        let Self::Regular { months, .. } = self else { return None };
        self.newest_due(today)?.checked_add_months(chrono::Months::new(months))
    }
}

/// The birthday that is due on a day, and the year of its own calendar that it belongs to: today lies between so many days
/// before it and the birthday itself. A lunar birthday may fall into a solar year twice, into its own year never.
pub fn birthday_due(
    birthday: &Birthday,
    today: NaiveDate,
    days_before: u32,
    keeping: Keeping,
) -> Option<(i32, NaiveDate)> {
    let last = today.checked_add_days(Days::new(u64::from(days_before)))?;
    let kept = birthday.next_kept(today, keeping).filter(|kept| *kept <= last)?;
    let year = (kept.year() - 1..=kept.year()).find(|year| birthday.kept_in(*year, keeping).contains(&kept))?;
    Some((year, kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::birthday::Calendar;
    use crate::coupon::Worth;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan(occasion: Occasion) -> CouponPlan {
        CouponPlan {
            occasion,
            terms: Terms {
                worth: Worth::Value { value_minor: Money::from_minor(1_000) },
                minimum_minor: Money::ZERO,
                is_stackable: false,
            },
            valid_days: 7,
            tiers: vec![],
            class_keys: vec![],
            budget_minor: None,
            recall_days: RECALL_DAYS,
        }
    }

    #[test]
    fn a_regular_plan_issues_on_its_day_and_makes_up_for_nothing() {
        let monthly = Occasion::Regular { months: 1, day: 5 };
        assert_eq!(monthly.newest_due(day("2026-03-04")), Some(day("2026-02-05")));
        assert_eq!(monthly.newest_due(day("2026-03-05")), Some(day("2026-03-05")));
        assert_eq!(monthly.newest_due(day("2026-01-01")), Some(day("2025-12-05")));
        assert_eq!(monthly.next_due(day("2026-03-04")), Some(day("2026-03-05")));
        assert_eq!(monthly.next_due(day("2026-03-05")), Some(day("2026-04-05")));
        let quarterly = Occasion::Regular { months: 3, day: 28 };
        assert_eq!(quarterly.newest_due(day("2026-03-31")), Some(day("2026-01-28")));
        assert_eq!(quarterly.newest_due(day("2026-04-27")), Some(day("2026-01-28")));
        assert_eq!(quarterly.next_due(day("2026-12-31")), Some(day("2027-01-28")));
        let yearly = Occasion::Regular { months: 12, day: 1 };
        assert_eq!(yearly.newest_due(day("2026-12-31")), Some(day("2026-01-01")));
        assert_eq!(Occasion::Joined.newest_due(day("2026-12-31")), None);
    }

    #[test]
    fn a_birthday_is_due_from_so_many_days_before_through_itself() {
        let solar = Birthday { calendar: Calendar::Solar, year: None, month: 2, day: 29, leap: false };
        let due =
            |today: &str, before: u32| birthday_due(&solar, day(today), before, Keeping::default()).map(|due| due.1);
        assert_eq!(due("2026-02-20", 7), None);
        assert_eq!(due("2026-02-21", 7), Some(day("2026-02-28")), "kept on the 28th in a year without the 29th");
        assert_eq!(due("2026-02-28", 0), Some(day("2026-02-28")));
        assert_eq!(due("2026-03-01", 7), None, "over");
        assert_eq!(due("2028-02-28", 7), Some(day("2028-02-29")));
        let new_year = Birthday { month: 1, day: 3, ..solar };
        let across = birthday_due(&new_year, day("2026-12-30"), 7, Keeping::default());
        assert_eq!(across, Some((2027, day("2027-01-03"))), "across the turn of the year");
    }

    #[test]
    fn a_lunar_birthday_belongs_to_its_own_year() {
        // 腊月初一 of the lunar years 2026 and 2027 both lie in 2027 by the sun.
        let late = Birthday { calendar: Calendar::Lunar, year: None, month: 12, day: 1, leap: false };
        let year = |today: &str| birthday_due(&late, day(today), 0, Keeping::default()).map(|due| due.0);
        assert_eq!((year("2027-01-08"), year("2027-12-28")), (Some(2026), Some(2027)));
    }

    #[test]
    fn a_budget_reaches_for_whole_coupons_only() {
        let mut plan = plan(Occasion::Joined);
        assert_eq!(plan.affordable(5, Money::from_minor(99_999)), 5, "no budget, no limit");
        plan.budget_minor = Some(Money::from_minor(3_500));
        assert_eq!(plan.affordable(5, Money::ZERO), 3);
        assert_eq!(plan.affordable(5, Money::from_minor(2_000)), 1);
        assert_eq!(plan.affordable(5, Money::from_minor(9_000)), 0);
        assert_eq!(plan.until(day("2026-03-01")), day("2026-03-07"));
    }

    #[test]
    fn a_plan_that_cannot_be_is_refused_at_its_field() {
        let fields = |plan: CouponPlan| match plan.check() {
            Err(RuleError::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
            _ => Vec::new(),
        };
        let bad = plan(Occasion::Regular { months: 2, day: 31 });
        assert_eq!(fields(bad), ["occasion.months", "occasion.day"]);
        assert_eq!(fields(plan(Occasion::Away { days: 0 })), ["occasion.days"]);
        assert_eq!(fields(CouponPlan { valid_days: 0, ..plan(Occasion::Joined) }), ["valid_days"]);
        assert_eq!(fields(CouponPlan { recall_days: 367, ..plan(Occasion::Away { days: 90 }) }), ["recall_days"]);
        let share = Worth::Percent { percent_bp: 1_000, cap_minor: None };
        let open = CouponPlan {
            terms: Terms { worth: share, minimum_minor: Money::ZERO, is_stackable: false },
            budget_minor: Some(Money::from_minor(1)),
            ..plan(Occasion::Joined)
        };
        assert_eq!(fields(open), ["cap_minor"]);
        assert_eq!(fields(plan(Occasion::Birthday { days_before: 7 })), Vec::<String>::new());
    }
}
