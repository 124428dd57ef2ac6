//! How text becomes a number: labels, blanks and full width are taken away, then the digits' length and first
//! digits decide the plan. Nothing is repaired that could be two numbers.

use super::{Phone, PhoneKind, area_code_length};
use crate::error::FieldError;

/// Words that may stand before a number in a pasted text or a cell.
const LABELS: [&str; 10] = ["手机号码", "手机号", "手机", "手機", "联系电话", "电话", "電話", "mobile", "phone", "tel"];

/// Words that separate an extension from its number.
const EXTENSION_MARKS: [&str; 7] = ["分机", "分機", "转", "轉", "ext", "x", "#"];

/// Implements [`Phone::parse`].
pub(super) fn parse(text: &str) -> Result<Phone, FieldError> {
    // Most numbers of a large import are plain digits.
    if (5..=14).contains(&text.len()) && !text.starts_with("00") && text.bytes().all(|b| b.is_ascii_digit()) {
        return national_number(text);
    }
    let folded = fold(text);
    let body = without_label(&folded);
    if body.is_empty() {
        return refuse("phone.empty");
    }
    if is_scientific(body) {
        return refuse("phone.scientific");
    }
    let (number, extension) = split_extension(without_spreadsheet_tail(body));
    let number = number.trim_start_matches(is_joint);
    let international = number.starts_with('+') || number.starts_with("00");
    if number.chars().any(|c| !(c.is_ascii_digit() || is_joint(c) || c == '+'))
        || number.chars().skip(1).any(|c| c == '+')
    {
        return refuse("phone.not_a_number");
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return refuse("phone.not_a_number");
    }
    let digits = if number.starts_with("00") { digits.get(2..).unwrap_or_default() } else { &digits };
    let phone = if international { international_number(digits)? } else { national_number(digits)? };
    Ok(Phone { extension, ..phone })
}

fn refuse<T>(problem: &str) -> Result<T, FieldError> {
    Err(FieldError::new("phone", problem))
}

/// Full width to ASCII, lower case, without controls and outer blanks.
pub(super) fn fold(text: &str) -> String {
    let folded: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}'))
        .take(200)
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    folded.trim().to_owned()
}

fn without_label(text: &str) -> &str {
    LABELS
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .map_or(text, |rest| rest.trim_start_matches([':', ' ', '.']))
}

/// `1.38e+10`, `1e10`: what a spreadsheet makes of a long number.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once('e') else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    !mantissa.is_empty()
        && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
        && !exponent.is_empty()
        && exponent.chars().all(|c| c.is_ascii_digit())
}

/// `13812345678.0` is the number that a spreadsheet read as a decimal.
fn without_spreadsheet_tail(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, zeros))
            if !zeros.is_empty()
                && zeros.chars().all(|c| c == '0')
                && whole.len() >= 7
                && whole.chars().all(|c| c.is_ascii_digit()) =>
        {
            whole
        }
        _ => text,
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, ' ' | '-' | '(' | ')' | '.' | '·' | '\'' | '_' | '—' | '–' | '‐' | '‑' | '−' | '－' | '\t')
}

/// The extension after a word, or after a second dash of a fixed line (`020-88889999-8001`).
fn split_extension(text: &str) -> (&str, Option<String>) {
    for mark in EXTENSION_MARKS {
        let Some((number, after)) = text.split_once(mark) else { continue };
        let extension = after.trim_matches(|c: char| is_joint(c) || c == ':');
        if is_extension(extension) && number.chars().any(|c| c.is_ascii_digit()) {
            return (number, Some(extension.to_owned()));
        }
    }
    if let Some((number, after)) = text.rsplit_once('-') {
        let before: String = number.chars().filter(char::is_ascii_digit).collect();
        let has_area = before.starts_with('0') && !before.starts_with("00") && (10..=12).contains(&before.len());
        let service = before.starts_with("400") && before.len() == 10;
        if is_extension(after.trim()) && (service || (has_area && national_number(&before).is_ok())) {
            return (number, Some(after.trim().to_owned()));
        }
    }
    (text, None)
}

fn is_extension(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

fn found(kind: PhoneKind, digits: impl Into<String>) -> Result<Phone, FieldError> {
    Ok(Phone { kind, digits: digits.into(), extension: None })
}

/// Digits that began with + or 00, without them.
fn international_number(digits: &str) -> Result<Phone, FieldError> {
    if let Some(national) = digits.strip_prefix("86") {
        return match national_number(national) {
            Ok(phone) if matches!(phone.kind, PhoneKind::Mobile | PhoneKind::Fixed | PhoneKind::Service) => Ok(phone),
            // +86 20 8888 9999 leaves out the zero of the area code.
            _ => match national_number(&format!("0{national}")) {
                Ok(phone) if phone.kind == PhoneKind::Fixed => Ok(phone),
                _ if national.len() < 10 => refuse("phone.too_short"),
                _ => refuse("phone.unknown"),
            },
        };
    }
    let known = [("852", 8, PhoneKind::HongKong), ("853", 8, PhoneKind::Macau)];
    for (code, length, kind) in known {
        if let Some(number) = digits.strip_prefix(code) {
            return if number.len() == length { found(kind, digits) } else { refuse("phone.unknown") };
        }
    }
    if let Some(number) = digits.strip_prefix("886") {
        let number = number.strip_prefix('0').unwrap_or(number);
        let fits = (8..=9).contains(&number.len());
        return if fits { found(PhoneKind::Taiwan, format!("886{number}")) } else { refuse("phone.unknown") };
    }
    match digits.len() {
        0..=6 => refuse("phone.too_short"),
        7..=15 if !digits.starts_with('0') => found(PhoneKind::Foreign, digits),
        7..=15 => refuse("phone.unknown"),
        _ => refuse("phone.too_long"),
    }
}

/// Digits as dialled at home. Taiwan's numbers with their zero are two digits shorter than the mainland's, so the
/// length alone tells them apart.
fn national_number(digits: &str) -> Result<Phone, FieldError> {
    let mobile = matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let first = digits.chars().next().unwrap_or('0');
    match digits.len() {
        0..=4 => refuse("phone.too_short"),
        5..=6 => found(PhoneKind::Short, digits),
        7..=8 if !matches!(first, '0' | '1') => found(PhoneKind::Local, digits),
        9..=10 if first == '0' && !matches!(digits.as_bytes().get(1), Some(b'0' | b'1')) => {
            found(PhoneKind::Taiwan, format!("886{}", digits.strip_prefix('0').unwrap_or(digits)))
        }
        10 if digits.starts_with("400") || digits.starts_with("800") => found(PhoneKind::Service, digits),
        10 if mobile => refuse("phone.digit_missing"),
        11 if mobile => found(PhoneKind::Mobile, digits),
        11 if digits.starts_with("852") || digits.starts_with("853") => international_number(digits),
        11 if first == '0' && area_code_length(digits) > 0 => found(PhoneKind::Fixed, digits),
        12 if first == '0' && area_code_length(digits) == 4 => found(PhoneKind::Fixed, digits),
        // A mobile that was typed with the zero of long-distance calls: 013812345678.
        12 if matches!(digits.as_bytes(), [b'0', b'1', b'3'..=b'9', ..]) => {
            found(PhoneKind::Mobile, digits.strip_prefix('0').unwrap_or(digits))
        }
        12 if digits.starts_with("886") => international_number(digits),
        13 if matches!(digits.as_bytes(), [b'8', b'6', b'1', b'3'..=b'9', ..]) => {
            found(PhoneKind::Mobile, digits.strip_prefix("86").unwrap_or(digits))
        }
        7..=13 => refuse("phone.unknown"),
        _ => refuse("phone.too_long"),
    }
}
