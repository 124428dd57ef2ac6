//! Which days a measure looks at: a window that ends on the as-of day, half-open (D − window, D] by business day.
//! Months are calendar months; a day that the earlier month does not have becomes its last day.

use crate::error::RuleError;
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A stretch of business days that ends on the as-of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "MeasureWindow"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Window {
    /// Everything up to the as-of day, with the opening balance.
    Lifetime,
    /// The last `n` days, the as-of day included.
    Days {
        /// Number of days, at least 1.
        n: u32,
    },
    /// The last `n` months.
    Months {
        /// Number of months, at least 1.
        n: u32,
    },
    /// From 1 January of the as-of day's year.
    CalendarYear,
}

impl Default for Window {
    fn default() -> Self {
        Self::Months { n: 12 }
    }
}

/// The days of a window: later than `after` (when there is a limit) and no later than `through`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The last day that is too early.
    pub after: Option<NaiveDate>,
    /// The last day that counts.
    pub through: NaiveDate,
}

impl DayRange {
    /// Whether a business day counts.
    pub fn contains(&self, day: NaiveDate) -> bool {
        day <= self.through && self.after.is_none_or(|after| day > after)
    }
}

impl Window {
    /// The days that count when the window ends on `as_of`. A window longer than the calendar is everything.
    pub fn range(self, as_of: NaiveDate) -> DayRange {
        let after = match self {
            Self::Lifetime => None,
            Self::Days { n } => as_of.checked_sub_days(chrono::Days::new(u64::from(n))),
            Self::Months { n } => as_of.checked_sub_months(Months::new(n)),
            Self::CalendarYear => NaiveDate::from_ymd_opt(as_of.year(), 1, 1).and_then(|first| first.pred_opt()),
        };
        DayRange { after, through: as_of }
    }

    /// Reads `lifetime`, `12m`, `90d` or `year`.
    ///
    /// # Errors
    /// `window.unreadable` at field `window` for anything else, a window of zero length included.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let refused = || RuleError::field("window", "window.unreadable").with("text", text);
        let number = |digits: &str| match digits.parse::<u32>() {
            Ok(n) if n > 0 && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(n),
            _ => Err(refused()),
        };
        match text {
            "lifetime" => Ok(Self::Lifetime),
            "year" => Ok(Self::CalendarYear),
            _ => match (text.strip_suffix('m'), text.strip_suffix('d')) {
                (Some(digits), _) => Ok(Self::Months { n: number(digits)? }),
                (_, Some(digits)) => Ok(Self::Days { n: number(digits)? }),
                _ => Err(refused()),
            },
        }
    }
}

/// Whole calendar months from `first` to `as_of`: the largest k for which `first` + k months is no later than
/// `as_of`. Zero when `as_of` lies before `first`.
pub fn whole_months(first: NaiveDate, as_of: NaiveDate) -> u32 {
    let month_number = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let Ok(months) = u32::try_from(month_number(as_of) - month_number(first)) else { return 0 };
    match first.checked_add_months(Months::new(months)) {
        Some(anniversary) if anniversary <= as_of => months,
        _ => months.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_one_window_ago_is_outside_and_today_is_inside() {
        for (window, as_of, outside, inside) in [
            (Window::Days { n: 90 }, "2026-03-31", "2025-12-31", "2026-01-01"),
            (Window::Months { n: 12 }, "2011-03-01", "2010-03-01", "2010-03-02"),
            (Window::Months { n: 1 }, "2026-03-31", "2026-02-28", "2026-03-01"),
            (Window::Months { n: 12 }, "2024-02-29", "2023-02-28", "2023-03-01"),
            (Window::CalendarYear, "2026-05-05", "2025-12-31", "2026-01-01"),
        ] {
            let range = window.range(day(as_of));
            assert!(!range.contains(day(outside)), "{window:?} {outside}");
            assert!(range.contains(day(inside)), "{window:?} {inside}");
            assert!(range.contains(day(as_of)), "{window:?} {as_of}");
        }
    }

    #[test]
    fn tomorrow_never_counts() {
        assert!(!Window::Lifetime.range(day("2026-01-01")).contains(day("2026-01-02")));
    }

    #[test]
    fn a_month_is_full_on_its_last_day_when_the_day_does_not_exist() {
        for (first, as_of, months) in [
            ("2026-01-31", "2026-02-27", 0),
            ("2026-01-31", "2026-02-28", 1),
            ("2024-02-29", "2025-02-28", 12),
            ("2025-03-15", "2026-03-14", 11),
            ("2025-03-15", "2026-03-15", 12),
            ("2026-03-15", "2026-03-01", 0),
            ("2026-03-15", "2025-03-01", 0),
        ] {
            assert_eq!(whole_months(day(first), day(as_of)), months, "{first} to {as_of}");
        }
    }

    #[test]
    fn windows_are_read_from_short_words() {
        assert_eq!(Window::parse("12m"), Ok(Window::default()));
        assert_eq!(Window::parse("90d"), Ok(Window::Days { n: 90 }));
        assert_eq!(Window::parse("lifetime"), Ok(Window::Lifetime));
        assert_eq!(Window::parse("year"), Ok(Window::CalendarYear));
        for text in ["", "0m", "-3d", "+3d", "m", "12", "12w"] {
            assert!(Window::parse(text).is_err(), "{text}");
        }
    }
}
