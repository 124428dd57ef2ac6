//! What came of getting in touch: orders and money of the 90 days before a day against those of the 90 days after it, of the
//! people who were contacted and of those who were not. A comparison and no proof: whoever is contacted is not drawn by lot.

use crate::money::Money;
use chrono::{Duration, NaiveDate};

/// Days looked at on either side.
pub const EFFECT_DAYS: i64 = 90;

/// Orders and money of some people before and after their days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// People.
    pub people: i64,
    /// Orders before.
    pub orders_before: i64,
    /// Orders after.
    pub orders_after: i64,
    /// Net paid before.
    pub net_before: Money,
    /// Net paid after.
    pub net_after: Money,
}

impl Around {
    /// Adds somebody with their purchases around a day. The day itself counts as before: what was bought on it had been
    /// decided before anybody got in touch, or made them do so.
    pub fn add(&mut self, purchases: &[(NaiveDate, Money)], day: NaiveDate) {
        self.people += 1;
        for (on, net) in purchases {
            let after = (*on - day).num_days();
            if after > 0 && after <= EFFECT_DAYS {
                self.orders_after += 1;
                self.net_after = self.net_after.checked_add(*net).unwrap_or(self.net_after);
            } else if after <= 0 && after > -EFFECT_DAYS {
                self.orders_before += 1;
                self.net_before = self.net_before.checked_add(*net).unwrap_or(self.net_before);
            }
        }
    }

    /// Money of one person before and after, rounded half up; `None` for nobody.
    pub fn each(&self) -> Option<(Money, Money)> {
        let of = |sum: Money| Money::round_half_up(i128::from(sum.minor()), i128::from(self.people));
        Some((of(self.net_before)?, of(self.net_after)?))
    }
}

/// The days on which a contact can be judged today: 90 of them, the last one so long ago that 90 days are over since.
pub fn judged_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today - Duration::days(2 * EFFECT_DAYS - 1), today - Duration::days(EFFECT_DAYS))
}

/// The day around which those are looked at who were not contacted: the middle of those days.
pub fn middle_day(today: NaiveDate) -> NaiveDate {
    today - Duration::days(EFFECT_DAYS + EFFECT_DAYS / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_ninety_days_and_the_day_itself_is_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let purchases = [
            ("2026-01-30", 1), // 90 days before: outside
            ("2026-01-31", 10),
            ("2026-04-30", 100),
            ("2026-05-01", 1_000),
            ("2026-07-29", 10_000),
            ("2026-07-30", 100_000), // 91 days after: outside
        ];
        let purchases: Vec<_> = purchases.iter().map(|(on, net)| (day(on), Money::from_minor(*net))).collect();
        let mut around = Around::default();
        around.add(&purchases, day("2026-04-30"));
        assert_eq!((around.orders_before, around.net_before), (2, Money::from_minor(110)));
        assert_eq!((around.orders_after, around.net_after), (2, Money::from_minor(11_000)));
        around.add(&[], day("2026-04-30"));
        assert_eq!(around.each(), Some((Money::from_minor(55), Money::from_minor(5_500))), "of two people");
        assert_eq!(Around::default().each(), None);
    }

    #[test]
    fn the_last_judged_day_has_ninety_days_behind_it() {
        let today = "2026-06-30".parse::<NaiveDate>().unwrap();
        let (first, last) = judged_days(today);
        assert_eq!(((today - last).num_days(), (last - first).num_days()), (90, 89));
        assert!(first < middle_day(today) && middle_day(today) < last);
    }
}
