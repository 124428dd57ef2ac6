//! The number that a customer is told: `TS-20260302-007`, the seventh case received on 2 March 2026.

use chrono::NaiveDate;

/// The number of the `nth` case of a business day, counted from 1.
pub fn case_number(received_on: NaiveDate, nth: u32) -> String {
    format!("TS-{}-{nth:03}", received_on.format("%Y%m%d"))
}

/// The day and the count that a case number stands for; `None` for text that is none.
pub fn read_case_number(text: &str) -> Option<(NaiveDate, u32)> {
    let (day, nth) = text.trim().strip_prefix("TS-")?.split_once('-')?;
    let whole = day.len() == 8 && nth.len() >= 3 && nth.bytes().all(|byte| byte.is_ascii_digit());
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok().filter(|_| whole)?;
    Some((day, nth.parse().ok().filter(|nth| *nth > 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_tells_its_day_and_its_place() {
        let day: NaiveDate = "2026-03-02".parse().unwrap();
        assert_eq!(case_number(day, 7), "TS-20260302-007");
        assert_eq!(case_number(day, 1234), "TS-20260302-1234");
        assert_eq!(read_case_number(" TS-20260302-007 "), Some((day, 7)));
        for text in ["TS-20260302-7", "TS-20260230-001", "TS-20260302-000", "20260302-007", "TS-2026030-0007"] {
            assert_eq!(read_case_number(text), None, "{text}");
        }
    }
}
