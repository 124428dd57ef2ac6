//! What a customer's own fields may hold: names and member numbers with a check digit.

use crate::error::FieldError;

/// Longest name that is stored, in characters.
pub const MAX_NAME: usize = 120;
/// Longest one-line field, in characters.
pub const MAX_LINE: usize = 300;
/// Longest free text, in characters.
pub const MAX_TEXT: usize = 4000;

/// One line as it is stored: trimmed, without control and direction characters, inner white space folded to one
/// space. Such characters could hide what a name says, or act on a printer.
pub fn clean_line(text: &str) -> String {
    let spaced: String = text.chars().map(|ch| if ch.is_whitespace() { ' ' } else { ch }).collect();
    printable(&spaced, &[]).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Free text as it is stored: line breaks stay, other control and direction characters go.
pub fn clean_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    printable(&text, &['\n', '\t']).trim().to_owned()
}

/// Without what nobody sees, except what is asked to stay and the joiner that makes one picture of two (👨‍👩‍👧).
fn printable(text: &str, stays: &[char]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(ch) = rest.next() {
        let before = kept.chars().next_back();
        let is_joined = ch == JOINER && [before, rest.peek().copied()].iter().all(|side| side.is_some_and(is_pictured));
        if stays.contains(&ch) || !is_unprintable(ch) || is_joined {
            kept.push(ch);
        }
    }
    kept
}

/// Joins two pictures into one.
const JOINER: char = '\u{200D}';

/// A picture, its tone of skin or the mark that makes a sign a picture.
fn is_pictured(ch: char) -> bool {
    matches!(ch, '\u{FE0F}' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn is_unprintable(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Checks a cleaned text against its longest length.
///
/// # Errors
/// `text.too_long` with the number of characters that fit.
pub fn check_length(field: &str, text: &str, most: usize) -> Result<(), FieldError> {
    if text.chars().count() > most { Err(FieldError::new(field, "text.too_long").with("most", most)) } else { Ok(()) }
}

/// A member number that the program gives: the running number in at least six digits and a check digit (Luhn,
/// ISO/IEC 7812-1), so that a mistyped digit is noticed.
pub fn member_number(running: u64) -> String {
    let digits = format!("{:06}", running.saturating_add(100_000));
    let check = luhn_digit(&digits);
    format!("{digits}{check}")
}

/// Whether a number of digits ends in its Luhn check digit.
pub fn has_check_digit(number: &str) -> bool {
    let Some(last) = number.chars().last().and_then(|ch| ch.to_digit(10)) else { return false };
    let body = &number[..number.len() - 1];
    !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()) && luhn_digit(body) == last
}

fn luhn_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte - b'0');
            match position % 2 {
                0 if digit > 4 => digit * 2 - 9,
                0 => digit * 2,
                _ => digit,
            }
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_member_number_is_noticed() {
        let number = member_number(1);
        assert_eq!(number.len(), 7);
        assert!(has_check_digit(&number));
        for position in 0..number.len() {
            let mut wrong: Vec<u8> = number.bytes().collect();
            wrong[position] = b'0' + (wrong[position] - b'0' + 1) % 10;
            assert!(!has_check_digit(&String::from_utf8(wrong).unwrap()));
        }
    }

    #[test]
    fn the_published_luhn_example_holds() {
        assert!(has_check_digit("79927398713"));
    }

    #[test]
    fn hidden_characters_leave_a_name_and_rare_ones_stay() {
        assert_eq!(clean_line(" 王\u{202E}小\u{0}明 \t 𠮷 "), "王小明 𠮷");
        assert_eq!(clean_text("第一行\r\n第二行\u{7}"), "第一行\n第二行");
    }

    #[test]
    fn a_picture_of_several_stays_one_and_its_joiner_hides_nowhere_else() {
        for name in ["👩🏽\u{200D}🚀小王", "👨\u{200D}👩\u{200D}👧", "🏳\u{FE0F}\u{200D}🌈"] {
            assert_eq!(clean_line(name), name);
            assert_eq!(clean_text(name), name);
        }
        assert_eq!(clean_line("王\u{200D}芳\u{200D}"), "王芳");
        assert_eq!(clean_line("👩\u{200D}王\u{200D}👩"), "👩王👩");
    }
}
