//! Instants as text, one after the other. A long list has one in each row and most are of the same day, so that the day is
//! written once and no row takes memory of its own.

use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;
use shukebu_domain::time::Timestamp;
use std::fmt::Write;

const DAY: i64 = 86_400_000;
/// Days from the first of the common era to that of the epoch.
const EPOCH: i64 = 719_163;

/// Writes instants in the time of a zone, with its offset: `2026-03-05T10:00:00+08:00`.
pub(super) struct Instants {
    zone: Tz,
    /// The day of the last one, and how it is written.
    day: Option<i64>,
    day_text: String,
    text: String,
}

impl Instants {
    /// Of a zone.
    pub(super) fn of(zone: Tz) -> Self {
        Self { zone, day: None, day_text: String::new(), text: String::new() }
    }

    /// The text of an instant; thousandths only where there are any.
    pub(super) fn text(&mut self, at: Timestamp) -> &str {
        let offset = i64::from(self.zone.offset_from_utc_datetime(&at.utc().naive_utc()).fix().local_minus_utc());
        let local = at.millis() + offset * 1000;
        let (day, rest) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        if self.day != Some(day) {
            self.day = Some(day);
            self.day_text.clear();
            let date = i32::try_from(day + EPOCH).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
            let _ = write!(self.day_text, "{}", date.unwrap_or_default());
        }
        let seconds = rest / 1000;
        self.text.clear();
        self.text.push_str(&self.day_text);
        for (before, number) in [('T', seconds / 3600), (':', seconds / 60 % 60), (':', seconds % 60)] {
            self.two_digits(before, number);
        }
        if rest % 1000 > 0 {
            let _ = write!(self.text, ".{:03}", rest % 1000);
        }
        let minutes = (offset.abs() + 30) / 60;
        self.two_digits(if offset < 0 { '-' } else { '+' }, minutes / 60);
        self.two_digits(':', minutes % 60);
        &self.text
    }

    fn two_digits(&mut self, before: char, number: i64) {
        let digit = |number: i64| u32::try_from(number % 10).ok().and_then(|number| char::from_digit(number, 10));
        self.text.extend([Some(before), digit(number / 10), digit(number)].into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::SecondsFormat;

    #[test]
    fn every_instant_is_written_as_the_calendar_has_it() {
        for zone in [Tz::Asia__Shanghai, Tz::UTC, Tz::America__St_Johns, Tz::Asia__Kathmandu, Tz::Pacific__Apia] {
            let mut instants = Instants::of(zone);
            let mut seed = 11_u64;
            for step in 0..4000_i64 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                // From 1901 to 2099, with and without thousandths, and many of one day.
                let millis =
                    if step % 2 == 0 { (seed >> 21) as i64 % 6_240_000_000_000 - 2_170_000_000_000 } else { step };
                let at = Timestamp::from_millis(if step % 3 == 0 { millis / 1000 * 1000 } else { millis });
                let expected = at.utc().with_timezone(&zone).to_rfc3339_opts(SecondsFormat::AutoSi, false);
                assert_eq!(instants.text(at), expected, "{zone}");
            }
        }
    }
}
