//! Instants, days and the shop's zone. An instant is UTC milliseconds inside the program and RFC 3339 text outside
//! of it; a business day is the shop's local date.

use crate::brand::branded;
use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same moment so many seconds later (or earlier); saturates at the ends of time.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this moment, rounded down; negative when it lies before.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(1000)
    }

    /// Reads RFC 3339 text with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|moment| Self(moment.timestamp_millis()))
    }

    /// The moment as chrono's UTC time.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
    }

    /// The business day of this moment in the shop's zone: the business day ends at midnight.
    pub fn day_in(self, zone: Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp_millis())
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let format = if self.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        f.write_str(&self.utc().to_rfc3339_opts(format, true))
    }
}

impl Timestamp {
    /// The text of a whole second in a four-figure year, without asking for memory: a list of cases has hundreds.
    fn whole_second(self) -> Option<[u8; 20]> {
        let moment = self.utc();
        let year = u32::try_from(moment.year()).ok().filter(|year| *year <= 9999)?;
        if self.0 % 1000 != 0 {
            return None;
        }
        let two = |value: u32| [value / 10 % 10, value % 10].map(|digit| b'0' + u8::try_from(digit).unwrap_or(0));
        let ([a, b], [c, d]) = (two(year / 100), two(year % 100));
        let ([e, f], [g, h]) = (two(moment.month()), two(moment.day()));
        let ([i, j], [k, l], [m, n]) = (two(moment.hour()), two(moment.minute()), two(moment.second()));
        Some([a, b, c, d, b'-', e, f, b'-', g, h, b'T', i, j, b':', k, l, b':', m, n, b'Z'])
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole_second().as_ref().map(|text| std::str::from_utf8(text)) {
            Some(Ok(text)) => serializer.serialize_str(text),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no RFC 3339 time with an offset")))
    }
}

impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

branded!(Timestamp, "string", "Timestamp");

/// The instant of a local time. In the gap of a clock change it moves forward by the gap; in the overlap the first
/// of the two instants is meant (`rules.md` G 3).
pub fn local_to_instant(zone: Tz, local: NaiveDateTime) -> Timestamp {
    let resolved = match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.with_timezone(&Utc),
        // Reading the local time with the offset in force before the gap lands the same distance behind it.
        LocalResult::None => {
            let day_before = local - chrono::Duration::days(1);
            let offset = match zone.offset_from_local_datetime(&day_before) {
                LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => Some(offset),
                LocalResult::None => None,
            };
            let seconds = offset.map_or(0, |offset| i64::from(chrono::Offset::fix(&offset).local_minus_utc()));
            (local - chrono::Duration::seconds(seconds)).and_utc()
        }
    };
    Timestamp::from(resolved)
}

/// Midnight at the start of a local day.
pub fn day_start(zone: Tz, day: NaiveDate) -> Timestamp {
    local_to_instant(zone, day.and_time(chrono::NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn a_sale_just_before_midnight_belongs_to_the_shops_day() {
        let late = Timestamp::parse("2026-03-02T15:59:59Z").unwrap();
        assert_eq!(late.day_in(chrono_tz::Asia::Shanghai).to_string(), "2026-03-02");
        assert_eq!(late.plus_seconds(1).day_in(chrono_tz::Asia::Shanghai).to_string(), "2026-03-03");
    }

    #[test]
    fn a_local_time_in_a_gap_moves_forward() {
        let moment = local_to_instant(chrono_tz::Europe::Berlin, local("2026-03-29T02:30"));
        assert_eq!(moment.to_string(), "2026-03-29T01:30:00Z", "02:30 does not exist; it becomes 03:30 summer time");
    }

    #[test]
    fn of_two_equal_local_times_the_first_is_meant() {
        let moment = local_to_instant(chrono_tz::Europe::Berlin, local("2026-10-25T02:30"));
        assert_eq!(moment.to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_short_way_writes_what_the_long_way_writes() {
        // Steps that fall on every month, hour and kind of year, with and without thousandths.
        for millis in (-62_135_596_800_000_i64..253_402_300_800_000).step_by(31_556_952_003_500) {
            for millis in [millis, millis - millis.rem_euclid(1000), 0, 951_782_399_000, 253_402_300_800_000] {
                let at = Timestamp::from_millis(millis);
                assert_eq!(serde_json::to_string(&at).unwrap(), format!("\"{at}\""));
            }
        }
    }

    #[test]
    fn instants_travel_as_rfc_3339() {
        let moment: Timestamp = serde_json::from_str("\"2026-02-13T17:30:00+08:00\"").unwrap();
        assert_eq!(serde_json::to_string(&moment).unwrap(), "\"2026-02-13T09:30:00Z\"");
    }
}
