//! What purchases say about a customer by themselves: rhythm, price band, months. Computed, never declared; with too
//! little to go by, the answer is none.

use crate::money::Money;
use chrono::{Datelike, Duration, NaiveDate};
use std::collections::BTreeMap;

/// Days with a purchase that a rhythm needs.
pub const RHYTHM_DAYS: usize = 3;
/// Days of the year for which money is expected.
const YEAR_DAYS: i64 = 365;
/// Tags that one note may carry.
const MAX_NOTE_TAGS: usize = 10;

/// The own rhythm of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Median days between days with a purchase; the lower of two middle ones and the higher, halved and rounded down.
    pub interval_days: i64,
    /// The last purchase and one interval.
    pub next_on: NaiveDate,
    /// The last purchase and the lower quartile of the intervals, by nearest rank.
    pub from_on: NaiveDate,
    /// The last purchase and the upper quartile of the intervals: half of all intervals end between both days.
    pub to_on: NaiveDate,
}

/// The rhythm of days with a purchase, in order of time; equal days count once.
pub fn rhythm(days: &[NaiveDate]) -> Option<Rhythm> {
    let mut days = days.to_vec();
    days.dedup();
    if days.len() < RHYTHM_DAYS {
        return None;
    }
    let gaps = days.windows(2).filter_map(|pair| Some((*pair.last()? - *pair.first()?).num_days()));
    let mut gaps: Vec<i64> = gaps.collect();
    gaps.sort_unstable();
    let (low, high) = (gaps.get((gaps.len() - 1) / 2)?, gaps.get(gaps.len() / 2)?);
    let interval_days = (low + high) / 2;
    let last = days.last()?;
    let after = |interval: i64| last.checked_add_signed(Duration::days(interval));
    let (from_on, to_on) = (after(*gaps.get(quartile(gaps.len(), 1))?)?, after(*gaps.get(quartile(gaps.len(), 3))?)?);
    Some(Rhythm { interval_days, next_on: after(interval_days)?, from_on, to_on })
}

/// What somebody who goes on as before brings in the next 12 months: an estimate and never a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearAhead {
    /// Visits: 365 days over the own interval, rounded half up.
    pub visits: i64,
    /// What a day with a purchase brought on average, rounded half up.
    pub per_visit: Money,
    /// 365 days over the interval times the average, rounded half up once.
    pub money: Money,
}

/// The next 12 months of somebody with a rhythm, from what was paid on all days with a purchase. `None` for somebody who
/// has stayed away for more than three intervals: of them nothing of the kind can be expected.
pub fn year_ahead(rhythm: &Rhythm, paid: Money, days: usize, today: NaiveDate) -> Option<YearAhead> {
    let (interval, days) = (i128::from(rhythm.interval_days), i128::try_from(days).ok()?);
    let gone = (today - rhythm.next_on).num_days();
    if interval == 0 || gone > 2 * rhythm.interval_days {
        return None;
    }
    let year = i128::from(YEAR_DAYS);
    Some(YearAhead {
        visits: Money::round_half_up(year, interval)?.minor(),
        per_visit: Money::round_half_up(i128::from(paid.minor()), days)?,
        money: Money::round_half_up(year * i128::from(paid.minor()), interval * days)?,
    })
}

/// Place of a quartile among sorted values by nearest rank: the ⌈q·n⌉-th smallest.
fn quartile(values: usize, quarters: usize) -> usize {
    (values * quarters).div_ceil(4).max(1) - 1
}

/// The band in which the middle half of the tickets lies: lower and upper quartile by nearest rank. Needs three tickets.
pub fn price_band(tickets: &[Money]) -> Option<(Money, Money)> {
    if tickets.len() < 3 {
        return None;
    }
    let mut sorted = tickets.to_vec();
    sorted.sort_unstable();
    Some((*sorted.get(quartile(sorted.len(), 1))?, *sorted.get(quartile(sorted.len(), 3))?))
}

/// Days with a purchase by month of the year, January first.
pub fn months(days: &[NaiveDate]) -> [u32; 12] {
    let mut days = days.to_vec();
    days.dedup();
    let mut counts = [0; 12];
    for day in days {
        if let Some(count) = counts.get_mut(day.month0() as usize) {
            *count += 1;
        }
    }
    counts
}

/// The most common value of at least three; the smaller one of equals.
pub fn most_common<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0_usize) += 1;
    }
    if counts.values().sum::<usize>() < 3 {
        return None;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// The tags that a note carries: words after `#` or `＃` up to a space or a mark. `国风 #礼盒 #企业` has two.
pub fn note_tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = vec![];
    for part in text.split(['#', '＃']).skip(1) {
        let ends = |ch: char| ch.is_whitespace() || "，。、,.;；!！?？:：（）()".contains(ch);
        let tag: String = part.chars().take_while(|ch| !ends(*ch)).take(40).collect();
        // `#3` is a number of something, not a tag.
        if tag.chars().any(|ch| !ch.is_ascii_digit()) && !tags.contains(&tag) && tags.len() < MAX_NOTE_TAGS {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(texts: &[&str]) -> Vec<NaiveDate> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn two_days_are_no_rhythm_however_often_one_came_on_them() {
        assert_eq!(rhythm(&days(&["2026-01-01", "2026-01-01", "2026-01-08"])), None);
    }

    #[test]
    fn the_next_day_follows_the_median_gap() {
        let found = rhythm(&days(&["2026-01-01", "2026-01-08", "2026-01-15", "2026-03-01"])).unwrap();
        assert_eq!(found.interval_days, 7, "one long pause does not move the median");
        assert_eq!(found.next_on, "2026-03-08".parse().unwrap());
        let even = rhythm(&days(&["2026-01-01", "2026-01-05", "2026-01-12"])).unwrap();
        assert_eq!(even.interval_days, 5, "(4 + 7) / 2, rounded down");
    }

    #[test]
    fn the_band_of_the_next_day_is_the_middle_half_of_the_own_intervals() {
        let found = rhythm(&days(&["2026-01-01", "2026-01-06", "2026-01-13", "2026-01-21", "2026-03-01"])).unwrap();
        // Intervals of 5, 7, 8 and 39 days.
        assert_eq!((found.interval_days, found.next_on), (7, "2026-03-08".parse().unwrap()));
        assert_eq!(found.from_on, "2026-03-06".parse().unwrap());
        assert_eq!(found.to_on, "2026-03-09".parse().unwrap(), "one long pause widens nothing");
        let regular = rhythm(&days(&["2026-01-01", "2026-01-08", "2026-01-15"])).unwrap();
        assert_eq!((regular.from_on, regular.to_on), (regular.next_on, regular.next_on));
    }

    #[test]
    fn a_year_ahead_is_rhythm_times_what_a_visit_brings() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let found = rhythm(&days(&["2026-01-01", "2026-01-11", "2026-01-21"])).unwrap();
        let ahead = year_ahead(&found, Money::from_minor(10_000), 3, day("2026-01-22")).unwrap();
        assert_eq!((ahead.visits, ahead.per_visit), (37, Money::from_minor(3_333)));
        assert_eq!(ahead.money, Money::from_minor(121_667), "365 × 10000 / 30, rounded once and not 37 × 3333");
        assert!(year_ahead(&found, Money::from_minor(10_000), 3, day("2026-02-20")).is_some(), "three intervals");
        assert_eq!(year_ahead(&found, Money::from_minor(10_000), 3, day("2026-02-21")), None, "has stayed away");
    }

    #[test]
    fn the_price_band_is_the_middle_half() {
        let tickets: Vec<Money> = [900, 100, 200, 300].map(Money::from_minor).to_vec();
        assert_eq!(price_band(&tickets), Some((Money::from_minor(100), Money::from_minor(300))));
        assert_eq!(price_band(&tickets[..2]), None);
    }

    #[test]
    fn months_count_days_and_not_sales() {
        let counts = months(&days(&["2025-12-01", "2025-12-01", "2025-12-24", "2026-01-03"]));
        assert_eq!((counts[11], counts[0], counts[5]), (2, 1, 0));
    }

    #[test]
    fn of_equally_common_values_the_smaller_is_named() {
        assert_eq!(most_common([5, 2, 5, 2]), Some(2));
        assert_eq!(most_common([5, 5]), None, "two are too few");
    }

    #[test]
    fn a_note_carries_its_tags() {
        assert_eq!(note_tags("咨询定制礼盒，偏好 #国风 ＃礼盒，数量 #30 #国风"), ["国风", "礼盒"]);
        assert_eq!(note_tags("没有标签"), Vec::<String>::new());
    }
}
