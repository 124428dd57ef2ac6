//! Days and moments in all the forms that files bring.
//!
//! A year of four digits may stand first (every form of Chinese spreadsheets) or last. Where it stands last, `3/4/2024`
//! can be March or April: the whole column decides, by a number above 12 in one place; a column that never tells is
//! refused for the days that could be two, never guessed. With points (`4.3.2024`) the day is first. A year of two
//! digits stands first and means this century unless that lies in the future.

use super::Problem;
use super::text::half_width;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use shukebu_domain::time::{Timestamp, local_to_instant};
use std::borrow::Cow;

/// What stands first where the year stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DayOrder {
    /// Nobody said and the column does not tell.
    #[default]
    Unknown,
    /// 31/12/2024
    DayFirst,
    /// 12/31/2024
    MonthFirst,
}

/// What a column tells about its order.
#[derive(Debug, Clone, Copy, Default)]
pub struct OrderEvidence {
    day_first: u64,
    month_first: u64,
    /// Days that could be two.
    open: u64,
}

impl OrderEvidence {
    /// Looks at one more cell of the column.
    pub fn add(&mut self, cell: &str) {
        let Some((first, second)) = year_last(cell) else { return };
        match (first > 12, second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) if first != second => self.open += 1,
            _ => {}
        }
    }

    /// Whether more cells have to be looked at before the order is known.
    pub fn is_open(&self) -> bool {
        self.open > 0 && self.order() == DayOrder::Unknown
    }

    /// The order, if the column tells; one that says both is no order.
    pub fn order(&self) -> DayOrder {
        match (self.day_first, self.month_first) {
            (1.., 0) => DayOrder::DayFirst,
            (0, 1..) => DayOrder::MonthFirst,
            _ => DayOrder::Unknown,
        }
    }
}

/// The two numbers before a year of four digits, where slashes or dashes part them.
fn year_last(cell: &str) -> Option<(u32, u32)> {
    let mut parts = cell.trim().splitn(3, ['/', '-']);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let is_year = rest.len() >= 4 && rest.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let short = |text: &str| text.parse().ok().filter(|_| text.len() <= 2);
    is_year.then(|| Some((short(first)?, short(second)?))).flatten()
}

/// A day.
///
/// # Errors
/// `date.unreadable`, `date.not_existing`, `date.ambiguous`, `date.out_of_range`.
pub fn day(cell: &str, order: DayOrder, today: NaiveDate) -> Result<NaiveDate, Problem> {
    moment(cell, order, today).map(|(day, _, _)| day)
}

/// Moments of one column; remembers the last one, since the lines of a sale share theirs.
pub struct Moments {
    zone: Tz,
    order: DayOrder,
    today: NaiveDate,
    last_text: String,
    last: Option<Timestamp>,
}

impl Moments {
    /// Times without a zone of their own are of this zone.
    pub fn new(zone: Tz, order: DayOrder, today: NaiveDate) -> Self {
        Self { zone, order, today, last_text: String::new(), last: None }
    }

    /// A moment; a day alone is its midnight.
    ///
    /// # Errors
    /// As [`day`], and `time.unreadable`.
    pub fn read(&mut self, cell: &str) -> Result<Timestamp, Problem> {
        if let Some(last) = self.last.filter(|_| self.last_text == cell) {
            return Ok(last);
        }
        let (day, time, offset_s) = moment(cell, self.order, self.today)?;
        let local = day.and_time(time.unwrap_or(NaiveTime::MIN));
        let found = self.instant(local, offset_s);
        self.last_text.clear();
        self.last_text.push_str(cell);
        self.last = Some(found);
        Ok(found)
    }

    /// A moment whose day and time stand in two cells.
    ///
    /// # Errors
    /// As [`Moments::read`].
    pub fn read_split(&mut self, day_cell: &str, time_cell: &str) -> Result<Timestamp, Problem> {
        let text = plain(time_cell);
        if text.is_empty() {
            return self.read(day_cell);
        }
        // A time column often holds the whole moment.
        let Ok((time, offset_s)) = read_time(&text) else { return self.read(time_cell) };
        let (day, _, _) = moment(day_cell, self.order, self.today)?;
        Ok(self.instant(day.and_time(time), offset_s))
    }

    fn instant(&self, local: NaiveDateTime, offset_s: Option<i64>) -> Timestamp {
        match offset_s {
            Some(offset_s) => Timestamp::from(local.and_utc()).plus_seconds(-offset_s),
            None => local_to_instant(self.zone, local),
        }
    }
}

type Read = (NaiveDate, Option<NaiveTime>, Option<i64>);

fn moment(cell: &str, order: DayOrder, today: NaiveDate) -> Result<Read, Problem> {
    if let Some((day, time)) = usual(cell.as_bytes()) {
        return Ok((day, time, None));
    }
    let text = plain(cell);
    if let Some(serial) = serial(&text) {
        return Ok((serial.date(), Some(serial.time()), None));
    }
    if let Some(whole) = digits_alone(&text) {
        return whole;
    }
    let (day_text, time_text) = split(&text);
    let found = read_day(day_text, order, today)?;
    if !(1900..=2100).contains(&found.year()) {
        return Err("date.out_of_range");
    }
    if time_text.is_empty() {
        return Ok((found, None, None));
    }
    let (time, offset_s) = read_time(time_text)?;
    Ok((found, Some(time), offset_s))
}

/// The commonest form, without any allocation: `2010-12-01 08:26:00`, `2010/12/01`.
fn usual(bytes: &[u8]) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let number = |from: usize, to: usize| {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let is = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
    if !matches!(bytes.len(), 10 | 16 | 19) || !is(4, b"-/") || !is(7, b"-/") {
        return None;
    }
    let year = i32::try_from(number(0, 4)?).ok().filter(|year| (1900..=2100).contains(year))?;
    let day = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    if bytes.len() == 10 {
        return Some((day, None));
    }
    if !is(10, b" T") || !is(13, b":") || (bytes.len() == 19 && !is(16, b":")) {
        return None;
    }
    let second = if bytes.len() == 19 { number(17, 19)? } else { 0 };
    let time = NaiveTime::from_hms_opt(number(11, 13)?, number(14, 16)?, second)?;
    Some((day, Some(time)))
}

/// Half-width, with 年月日 as separators and without weekdays.
fn plain(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    if cell.is_ascii() {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut chars = cell.chars().map(half_width).peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '年' | '月' => text.push('-'),
            '日' | '号' | '號' => text.push(' '),
            '时' | '時' | '点' | '點' => text.push(':'),
            '分' => {
                if chars.peek().is_some_and(char::is_ascii_digit) {
                    text.push(':');
                }
            }
            '秒' => {}
            '周' | '週' => {
                chars.next();
                text.push(' ');
            }
            '星' | '礼' | '禮' => {
                chars.next();
                chars.next();
                text.push(' ');
            }
            '、' | '。' => text.push('.'),
            '—' | '–' | '－' | '−' => text.push('-'),
            other => text.push(other),
        }
    }
    let trimmed = text.replace("( )", " ");
    Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Days since 1899-12-30 with the time as a fraction, as spreadsheets count: 10000 is 1927, 80000 is 2119.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() != 5 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days: i64 = whole.parse().ok().filter(|days| (10_000..=80_000).contains(days))?;
    let digits: String = format!("{fraction:0<9}").chars().take(9).collect();
    let share: i64 = digits.parse().ok()?;
    // Half a second of slack takes away what the fraction lost.
    let seconds = (share * 86_400 + 500_000_000) / 1_000_000_000;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    start.checked_add_signed(chrono::Duration::days(days) + chrono::Duration::seconds(seconds))
}

/// `19730409`, `20240305082600`.
fn digits_alone(text: &str) -> Option<Result<Read, Problem>> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let time = match text.len() {
        8 => None,
        12 => NaiveTime::from_hms_opt(number(8, 10), number(10, 12), 0),
        14 => NaiveTime::from_hms_opt(number(8, 10), number(10, 12), number(12, 14)),
        _ => return Some(Err("date.unreadable")),
    };
    if time.is_none() && text.len() > 8 {
        return Some(Err("time.unreadable"));
    }
    let year = i32::try_from(number(0, 4)).unwrap_or(0);
    if !(1900..=2100).contains(&year) {
        return Some(Err("date.out_of_range"));
    }
    let day = NaiveDate::from_ymd_opt(year, number(4, 6), number(6, 8)).ok_or("date.not_existing");
    Some(day.map(|day| (day, time, None)))
}

/// Parts day and time: at the blank or the T before the first colon.
fn split(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else { return (text.trim_end_matches(" 00"), "") };
    let before = text.get(..colon).unwrap_or("");
    // Words such as 上午 belong to the time.
    let cut = before
        .char_indices()
        .rev()
        .skip_while(|(_, ch)| ch.is_ascii_digit())
        .find(|(at, ch)| {
            let next = before.get(at + ch.len_utf8()..).and_then(|rest| rest.chars().next());
            (*ch == ' ' || *ch == 'T' || *ch == 't')
                && before.get(..*at).is_some_and(|day| day.ends_with(|last: char| last.is_ascii_digit()))
                && next.is_some_and(|next| next.is_ascii_digit() || !next.is_ascii())
        })
        .map(|(at, _)| at);
    match cut {
        Some(at) => (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or("").trim()),
        None => (text, ""),
    }
}

fn read_day(text: &str, order: DayOrder, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return Err("date.unreadable") };
    if let Some(named) = with_month_name(a, b, c, today) {
        return named;
    }
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else {
        return Err("date.unreadable");
    };
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => exact(i32::try_from(first).unwrap_or(0), second, third),
        (1..=2, 1..=2, 4) => {
            let year = i32::try_from(third).unwrap_or(0);
            let order = if text.contains('.') { DayOrder::DayFirst } else { order };
            match order {
                DayOrder::DayFirst => exact(year, second, first),
                DayOrder::MonthFirst => exact(year, first, second),
                DayOrder::Unknown if first > 12 => exact(year, second, first),
                DayOrder::Unknown if second > 12 || first == second => exact(year, first, second),
                DayOrder::Unknown => Err("date.ambiguous"),
            }
        }
        (2, 1..=2, 1..=2) => exact(century(first, today), second, third),
        _ => Err("date.unreadable"),
    }
}

/// `1-Dec-2010`, `Dec 1, 2010`, `2010-Dec-01`.
fn with_month_name(a: &str, b: &str, c: &str, today: NaiveDate) -> Option<Result<NaiveDate, Problem>> {
    let month = |part: &str| {
        const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let lower = part.to_ascii_lowercase();
        let index = NAMES.iter().position(|name| lower.starts_with(name))?;
        u32::try_from(index + 1).ok()
    };
    let (month, day, year) = match (month(a), month(b)) {
        (Some(month), None) => (month, b, c),
        (None, Some(month)) if a.len() == 4 => (month, c, a),
        (None, Some(month)) => (month, a, c),
        _ => return None,
    };
    let day = day.trim_end_matches(|ch: char| ch.is_ascii_alphabetic());
    let (Ok(day), Ok(number)) = (day.parse(), year.parse::<u32>()) else { return Some(Err("date.unreadable")) };
    let year = if year.len() == 4 { i32::try_from(number).unwrap_or(0) } else { century(number, today) };
    Some(exact(year, month, day))
}

fn exact(year: i32, month: u32, day: u32) -> Result<NaiveDate, Problem> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or("date.not_existing")
}

/// The year that two digits mean: this century, unless that lies more than a year ahead.
pub(super) fn century(two_digits: u32, today: NaiveDate) -> i32 {
    let year = i32::try_from(two_digits).unwrap_or(0);
    if year > (today.year() + 1) % 100 { 1900 + year } else { 2000 + year }
}

/// `08:26`, `8:26:05.123`, `下午3:05`, `3:05 PM`, with `Z`, `+08:00`, `UTC`.
fn read_time(text: &str) -> Result<(NaiveTime, Option<i64>), Problem> {
    let wrong: Problem = "time.unreadable";
    let mut text = text.trim().to_uppercase();
    let mut half = None;
    for (word, is_late) in
        [("上午", false), ("早上", false), ("AM", false), ("下午", true), ("晚上", true), ("PM", true)]
    {
        if let Some(at) = text.find(word) {
            half = Some(is_late);
            text.replace_range(at..at + word.len(), "");
        }
    }
    let text = text.trim();
    let (clock, zone) = match text.find(['+', '-', 'Z', 'U', 'G']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let offset_s = read_offset(zone.trim()).ok_or(wrong)?;
    let mut parts = clock.trim().trim_end_matches(':').split(':');
    let number = |part: Option<&str>| part.unwrap_or("0").trim().parse::<u32>().map_err(|_| wrong);
    let (hour, minute) = (number(parts.next())?, number(parts.next())?);
    let second = number(parts.next().map(|part| part.split('.').next().unwrap_or("0")))?;
    if parts.next().is_some() || !clock.contains(':') {
        return Err(wrong);
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second).map(|time| (time, offset_s)).ok_or(wrong)
}

/// `None` for something that is no offset; `Some(None)` for no offset at all.
fn read_offset(text: &str) -> Option<Option<i64>> {
    match text {
        "" => return Some(None),
        "Z" | "UTC" | "GMT" => return Some(Some(0)),
        _ => {}
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let padded = format!("2000-01-01 00:00:00 {}", if text.len() == 3 { format!("{text}00") } else { text.to_owned() });
    let read = DateTime::parse_from_str(&padded, "%Y-%m-%d %H:%M:%S %z").ok()?;
    Some(Some(i64::from(read.offset().local_minus_utc())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    fn read(cell: &str) -> Result<String, Problem> {
        day(cell, DayOrder::Unknown, TODAY).map(|day| day.to_string())
    }

    fn at(cell: &str) -> Result<String, Problem> {
        Moments::new(chrono_tz::Asia::Shanghai, DayOrder::Unknown, TODAY).read(cell).map(|moment| moment.to_string())
    }

    #[test]
    fn days_are_read_in_every_usual_form() {
        for (cell, expected) in [
            ("1990-1-2", "1990-01-02"),
            ("1990/1/2", "1990-01-02"),
            ("1990.01.02", "1990-01-02"),
            ("1990年1月2日", "1990-01-02"),
            ("1990 年 1 月 2 日", "1990-01-02"),
            ("90.1.2", "1990-01-02"),
            ("05/3/8", "2005-03-08"),
            ("19730409", "1973-04-09"),
            ("32875", "1990-01-02"),
            ("45356.5", "2024-03-05"),
            ("1990-01-02T00:00:00", "1990-01-02"),
            ("1990-01-02 00:00:00", "1990-01-02"),
            ("２０２４－０３－０５", "2024-03-05"),
            ("2024年3月5日 星期二", "2024-03-05"),
            ("2024/3/5 周二", "2024-03-05"),
            ("31/12/2024", "2024-12-31"),
            ("12/31/2024", "2024-12-31"),
            ("4.3.2024", "2024-03-04"),
            ("1-Dec-2010", "2010-12-01"),
            ("Dec 1, 2010", "2010-12-01"),
            ("5/5/2020", "2020-05-05"),
        ] {
            assert_eq!(read(cell).as_deref(), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn days_that_do_not_exist_or_could_be_two_are_refused() {
        for (cell, problem) in [
            ("2023-02-29", "date.not_existing"),
            ("2024-13-01", "date.not_existing"),
            ("20240231", "date.not_existing"),
            ("3/4/2024", "date.ambiguous"),
            ("0001-01-01", "date.out_of_range"),
            ("2024", "date.unreadable"),
            ("昨天", "date.unreadable"),
            ("", "date.unreadable"),
            ("2024-3", "date.unreadable"),
            ("1/2/3/4", "date.unreadable"),
        ] {
            assert_eq!(read(cell), Err(problem), "{cell}");
        }
    }

    #[test]
    fn a_column_tells_its_order_by_a_number_above_twelve() {
        let told = |cells: &[&str]| {
            let mut evidence = OrderEvidence::default();
            cells.iter().for_each(|cell| evidence.add(cell));
            (evidence.order(), evidence.is_open())
        };
        assert_eq!(told(&["12/1/2010 8:26", "12/13/2010 9:00"]), (DayOrder::MonthFirst, false));
        assert_eq!(told(&["3/4/2024", "31/4/2024"]), (DayOrder::DayFirst, false));
        assert_eq!(told(&["3/4/2024", "4/4/2024"]), (DayOrder::Unknown, true));
        assert_eq!(told(&["2024/3/4", "19730409"]), (DayOrder::Unknown, false));
        let american = day("12/1/2010 8:26", DayOrder::MonthFirst, TODAY).unwrap();
        assert_eq!(american.to_string(), "2010-12-01");
    }

    #[test]
    fn times_without_a_zone_are_the_books() {
        for (cell, expected) in [
            ("2010-12-01 08:26:00", "2010-12-01T00:26:00Z"),
            ("2024-03-05 8:26", "2024-03-05T00:26:00Z"),
            ("2024/3/5 8:26:05.5", "2024-03-05T00:26:05Z"),
            ("2024-03-05T08:26:00Z", "2024-03-05T08:26:00Z"),
            ("2024-03-05T08:26:00+08:00", "2024-03-05T00:26:00Z"),
            ("2024-03-05 08:26:00 +0000", "2024-03-05T08:26:00Z"),
            ("2024-03-05 08:26 UTC", "2024-03-05T08:26:00Z"),
            ("2024年3月5日 下午3:05", "2024-03-05T07:05:00Z"),
            ("2024年3月5日15时05分", "2024-03-05T07:05:00Z"),
            ("2024年3月5日15点05分10秒", "2024-03-05T07:05:10Z"),
            ("3/15/2024 3:05 PM", "2024-03-15T07:05:00Z"),
            ("20240305082600", "2024-03-05T00:26:00Z"),
            ("45356.351389", "2024-03-05T00:26:00Z"),
            ("2024-03-05", "2024-03-04T16:00:00Z"),
        ] {
            assert_eq!(at(cell).as_deref(), Ok(expected), "{cell}");
        }
        assert_eq!(at("2024-03-05 25:00"), Err("time.unreadable"));
        assert_eq!(at("2024-03-05 08:61:00"), Err("time.unreadable"));
    }

    #[test]
    fn day_and_time_may_stand_in_two_columns() {
        let mut moments = Moments::new(chrono_tz::Asia::Shanghai, DayOrder::Unknown, TODAY);
        let mut split = |day, time| moments.read_split(day, time).map(|moment| moment.to_string());
        assert_eq!(split("2024-03-05", "08:26").as_deref(), Ok("2024-03-05T00:26:00Z"));
        assert_eq!(split("2024-03-05", "").as_deref(), Ok("2024-03-04T16:00:00Z"));
        assert_eq!(split("2024-03-05", "2024-03-05 08:26:00").as_deref(), Ok("2024-03-05T00:26:00Z"));
    }
}
