//! What a telephone number is: how typed, pasted or imported text becomes one stored form, how it is shown and
//! how it is hidden from people without the right.
//!
//! A number is never guessed. A spreadsheet's `1.38E+10`, a mobile number with a digit missing or an area code
//! that lost its zero is refused with a reason, so that an import can list the row instead of storing somebody
//! else's number. Validity is judged by form only: numbering plans change faster than programs.

mod reading;

use crate::error::FieldError;
use serde::{Deserialize, Serialize};

/// Where a number belongs, which decides how it is grouped on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// Mainland mobile, eleven digits from 13 to 19.
    Mobile,
    /// Mainland fixed line with its area code.
    Fixed,
    /// Seven or eight digits without an area code; also how people in Hong Kong write their own numbers.
    Local,
    /// 400 and 800 numbers.
    Service,
    /// Five or six digits: a company's short number or a hotline.
    Short,
    /// Hong Kong, +852.
    HongKong,
    /// Macau, +853.
    Macau,
    /// Taiwan, +886, mobile or fixed.
    Taiwan,
    /// Any other country, written with + or 00.
    Foreign,
}

/// One telephone number in its only stored form.
///
/// Two texts that mean the same number give equal values: `138 1234 5678`, `+86-138-1234-5678` and
/// `１３８１２３４５６７８` are one phone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    kind: PhoneKind,
    /// National digits in the mainland; country code and number without the + elsewhere.
    digits: String,
    extension: Option<String>,
}

/// Calling codes of two digits; 1 and 7 have one digit, all others three (ITU E.164 list of assigned codes).
const TWO_DIGIT_CODES: [&str; 43] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "90", "91",
    "92", "93", "94", "95", "98",
];

impl Phone {
    /// Reads a number as people and spreadsheets write it.
    ///
    /// Accepts full-width digits, spaces, dashes, brackets, +86 and 0086, extensions (`转 8001`, `-8001`, `ext 12`)
    /// and the `.0` that a spreadsheet adds. Refuses, at field `phone`: `phone.empty`, `phone.scientific`
    /// (`1.38E+10`), `phone.not_a_number`, `phone.too_short`, `phone.too_long`, `phone.digit_missing` (a mobile of
    /// ten digits), `phone.unknown` (digits that fit no plan).
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        reading::parse(text)
    }

    /// Reads a cell that may hold several numbers, separated by `/`, `,`, `;`, `、` or a line break.
    ///
    /// One answer per part, in order; empty parts are left out.
    pub fn parse_all(text: &str) -> Vec<Result<Self, FieldError>> {
        text.split(['/', ',', ';', '、', '，', '；', '／', '|', '\n', '\r'])
            .filter(|part| !part.trim().is_empty())
            .map(Self::parse)
            .collect()
    }

    /// The stored form: `13812345678`, `02088889999-8001`, `+85291234567`. [`Phone::parse`] reads it back.
    pub fn canonical(&self) -> String {
        let plus = if self.is_abroad() { "+" } else { "" };
        let extension = self.extension.as_ref().map(|e| format!("-{e}")).unwrap_or_default();
        format!("{plus}{}{extension}", self.digits)
    }

    /// Where the number belongs.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The extension's digits, when there is one.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The digits as people dial them at home, without an extension: what search compares.
    pub fn dialled(&self) -> String {
        match self.kind {
            PhoneKind::Taiwan => format!("0{}", self.digits.strip_prefix("886").unwrap_or(&self.digits)),
            _ => self.digits.clone(),
        }
    }

    /// `+8613812345678`, or `None` for numbers that are only known at home (local, short and service numbers).
    pub fn e164(&self) -> Option<String> {
        match self.kind {
            PhoneKind::Mobile => Some(format!("+86{}", self.digits)),
            PhoneKind::Fixed => Some(format!("+86{}", self.digits.strip_prefix('0').unwrap_or(&self.digits))),
            PhoneKind::Local | PhoneKind::Service | PhoneKind::Short => None,
            PhoneKind::HongKong | PhoneKind::Macau | PhoneKind::Taiwan | PhoneKind::Foreign => {
                Some(format!("+{}", self.digits))
            }
        }
    }

    /// The number in groups: `138 1234 5678`, `0755 8888 9999-8001`, `+852 9123 4567`, `0912 345 678`.
    pub fn shown(&self) -> String {
        let (head, rest) = self.head_and_rest();
        let groups = match (self.kind, rest.len()) {
            (PhoneKind::Taiwan, 6) if head.starts_with("09") => vec![3, 3],
            (_, 7) => vec![3, 4],
            (_, 8) => vec![4, 4],
            (_, 9) => vec![3, 3, 3],
            (_, 10) => vec![3, 3, 4],
            (_, 11) => vec![3, 4, 4],
            (_, n) => vec![n],
        };
        let mut shown = head;
        let mut left = rest.as_str();
        for size in groups {
            let (group, after) = left.split_at_checked(size).unwrap_or((left, ""));
            if !shown.is_empty() && !group.is_empty() {
                shown.push(' ');
            }
            shown.push_str(group);
            left = after;
        }
        if let Some(extension) = &self.extension {
            shown.push('-');
            shown.push_str(extension);
        }
        shown
    }

    /// The number for people without the right to see it: `138****5678`. The last four digits stay, because staff
    /// ask a customer for them; numbers of six digits or fewer keep one.
    pub fn masked(&self) -> String {
        let dialled = self.dialled();
        match self.kind {
            PhoneKind::HongKong | PhoneKind::Macau | PhoneKind::Foreign => format!("+{}", mask_digits(&dialled)),
            _ => mask_digits(&dialled),
        }
    }

    fn is_abroad(&self) -> bool {
        matches!(self.kind, PhoneKind::HongKong | PhoneKind::Macau | PhoneKind::Taiwan | PhoneKind::Foreign)
    }

    /// Area or country code as shown, and the digits after it.
    fn head_and_rest(&self) -> (String, String) {
        let dialled = self.dialled();
        let code_length = match self.kind {
            PhoneKind::Mobile => 3,
            PhoneKind::Fixed => area_code_length(&dialled),
            PhoneKind::Service => 3,
            PhoneKind::Local | PhoneKind::Short => 0,
            PhoneKind::Taiwan => taiwan_area_length(&dialled),
            PhoneKind::HongKong | PhoneKind::Macau => 3,
            PhoneKind::Foreign => calling_code_length(&dialled),
        };
        let (code, rest) = dialled.split_at_checked(code_length).unwrap_or(("", &dialled));
        let abroad = matches!(self.kind, PhoneKind::HongKong | PhoneKind::Macau | PhoneKind::Foreign);
        (if abroad { format!("+{code}") } else { code.to_owned() }, rest.to_owned())
    }
}

/// Masks any text that stands where a phone should: a readable number as [`Phone::masked`], anything else by the
/// same rule on its digits and letters.
pub fn mask(text: &str) -> String {
    match Phone::parse(text) {
        Ok(phone) => phone.masked(),
        Err(_) => mask_digits(&reading::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>()),
    }
}

fn mask_digits(digits: &str) -> String {
    let length = digits.chars().count();
    let (head, tail) = match length {
        0..=6 => (0, usize::from(length > 1)),
        7..=8 => (0, 4),
        _ => (3, 4),
    };
    let stars = length - head - tail;
    digits.chars().enumerate().map(|(at, c)| if at >= head && at < head + stars { '*' } else { c }).collect()
}

/// 010 and 02x have three digits, 03xx to 09xx four; zero when the digits begin with no area code.
fn area_code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => 0,
    }
}

/// Taiwan: mobile 09xx, three-digit codes 037, 049, 082, 089, else two digits.
fn taiwan_area_length(dialled: &str) -> usize {
    match dialled.as_bytes() {
        [b'0', b'9', ..] => 4,
        [b'0', b'3', b'7', ..] | [b'0', b'4', b'9', ..] | [b'0', b'8', b'2' | b'9', ..] => 3,
        _ => 2,
    }
}

fn calling_code_length(digits: &str) -> usize {
    match digits.get(..2) {
        _ if digits.starts_with('1') || digits.starts_with('7') => 1,
        Some(two) if TWO_DIGIT_CODES.contains(&two) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        Phone::parse(text).unwrap_or_else(|e| panic!("{text}: {}", e.problem)).canonical()
    }

    fn problem(text: &str) -> String {
        match Phone::parse(text) {
            Ok(phone) => panic!("{text} was read as {}", phone.canonical()),
            Err(error) => error.problem,
        }
    }

    #[test]
    fn every_way_of_writing_a_mobile_is_one_number() {
        for text in [
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            " +86 138 1234 5678 ",
            "+86-13812345678",
            "0086 13812345678",
            "8613812345678",
            "013812345678",
            "（+86）138-1234-5678",
            "１３８１２３４５６７８",
            "＋８６　１３８１２３４５６７８",
            "13812345678.0",
            "手机：13812345678",
            "tel: 138.1234.5678",
            "\u{202d}138\u{200b}12345678\u{202c}",
        ] {
            assert_eq!(canonical(text), "13812345678", "{text}");
        }
    }

    #[test]
    fn a_number_that_a_spreadsheet_destroyed_is_refused_and_never_guessed() {
        assert_eq!(problem("1.38E+10"), "phone.scientific");
        assert_eq!(problem("1.66581E+10"), "phone.scientific");
        assert_eq!(problem("1.38e10"), "phone.scientific");
        assert_eq!(problem("１．３８Ｅ＋１０"), "phone.scientific");
        assert_eq!(problem("1398242915"), "phone.digit_missing");
        assert_eq!(problem("2088889999"), "phone.unknown", "an area code that lost its zero is not repaired");
        assert_eq!(problem("138123456789"), "phone.unknown");
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        assert_eq!(problem(""), "phone.empty");
        assert_eq!(problem("   "), "phone.empty");
        assert_eq!(problem("abc"), "phone.not_a_number");
        assert_eq!(problem("138123abcde"), "phone.not_a_number");
        assert_eq!(problem("+"), "phone.not_a_number");
        assert_eq!(problem("138+12345678"), "phone.not_a_number");
        assert_eq!(problem("123"), "phone.too_short");
        assert_eq!(problem("12812345678"), "phone.unknown");
        assert_eq!(problem("1234567890123456789"), "phone.too_long");
        assert_eq!(problem("+86 123"), "phone.too_short");
    }

    #[test]
    fn fixed_lines_keep_area_code_and_extension() {
        for (text, stored, shown) in [
            ("020-88889999", "02088889999", "020 8888 9999"),
            ("(0755) 8888 9999", "075588889999", "0755 8888 9999"),
            ("0717-8889999", "07178889999", "0717 888 9999"),
            ("+86 20 8888 9999", "02088889999", "020 8888 9999"),
            ("020-88889999-8001", "02088889999-8001", "020 8888 9999-8001"),
            ("010 88889999转8001", "01088889999-8001", "010 8888 9999-8001"),
            ("010-88889999 分机 12", "01088889999-12", "010 8888 9999-12"),
            ("0755-88889999 ext. 3", "075588889999-3", "0755 8888 9999-3"),
            ("400-800-1234", "4008001234", "400 800 1234"),
            ("88889999", "88889999", "8888 9999"),
            ("8889999", "8889999", "888 9999"),
        ] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!((phone.canonical().as_str(), phone.shown().as_str()), (stored, shown), "{text}");
        }
    }

    #[test]
    fn hong_kong_macau_taiwan_and_other_countries_are_understood() {
        for (text, stored, shown, dialled) in [
            ("+852 9123 4567", "+85291234567", "+852 9123 4567", "85291234567"),
            ("00852-91234567", "+85291234567", "+852 9123 4567", "85291234567"),
            ("85291234567", "+85291234567", "+852 9123 4567", "85291234567"),
            ("+853 6612 3456", "+85366123456", "+853 6612 3456", "85366123456"),
            ("0912-345-678", "+886912345678", "0912 345 678", "0912345678"),
            ("+886 912 345 678", "+886912345678", "0912 345 678", "0912345678"),
            ("(02) 2345-6789", "+886223456789", "02 2345 6789", "0223456789"),
            ("037-123456", "+88637123456", "037 123456", "037123456"),
            ("+1 (415) 555-0123", "+14155550123", "+1 415 555 0123", "14155550123"),
            ("+44 20 7946 0958", "+442079460958", "+44 207 946 0958", "442079460958"),
            ("0060 12 345 6789", "+60123456789", "+60 123 456 789", "60123456789"),
        ] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!(
                (phone.canonical().as_str(), phone.shown().as_str(), phone.dialled().as_str()),
                (stored, shown, dialled),
                "{text}"
            );
        }
    }

    #[test]
    fn the_stored_form_reads_back_as_itself() {
        for text in ["13812345678", "020-88889999-8001", "+852 91234567", "0912345678", "+14155550123", "661234"] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!(Phone::parse(&phone.canonical()).as_ref(), Ok(&phone), "{text}");
            assert_eq!(Phone::parse(&phone.shown()).as_ref(), Ok(&phone), "{text} as shown");
        }
    }

    #[test]
    fn a_masked_number_keeps_only_what_staff_may_ask_for() {
        for (text, masked) in [
            ("13812345678", "138****5678"),
            ("020-88889999-8001", "020****9999"),
            ("0755-88889999", "075*****9999"),
            ("88889999", "****9999"),
            ("+852 91234567", "+852****4567"),
            ("0912345678", "091***5678"),
            ("661234", "*****4"),
            ("王小姐家电话", "*****话"),
            ("𠮷1", "*1"),
            ("1", "*"),
            ("", ""),
        ] {
            assert_eq!(mask(text), masked, "{text}");
        }
        assert_eq!(mask("+852 91234567").len(), "+852****4567".len());
    }

    #[test]
    fn a_cell_with_two_numbers_gives_both() {
        let read: Vec<_> = Phone::parse_all("13812345678 / 020-88889999；坏的")
            .into_iter()
            .map(|p| p.map(|p| p.canonical()))
            .collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_deref(), Ok("13812345678"));
        assert_eq!(read[1].as_deref(), Ok("02088889999"));
        assert!(read[2].is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_fail(text in "\\PC{0,40}", digits in "[+0-9 ()-]{0,20}") {
            for input in [text, digits] {
                let _ = mask(&input);
                if let Ok(phone) = Phone::parse(&input) {
                    proptest::prop_assert_eq!(Phone::parse(&phone.canonical()), Ok(phone.clone()));
                    proptest::prop_assert!(!phone.shown().is_empty());
                }
            }
        }
    }
}
