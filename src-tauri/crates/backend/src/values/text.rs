//! Text of a stranger's cell: without characters that steer a terminal, a list or a spreadsheet, and without the
//! apostrophe that our own export puts before text which a spreadsheet would run.

use std::borrow::Cow;

/// A cell as one line of text: no control or direction characters, blanks at the ends gone.
pub fn clean(cell: &str) -> Cow<'_, str> {
    let cell = unescape(trim(cell));
    let is_plain = |ch: char| !is_dropped(ch) && !is_blank(ch);
    if cell.chars().all(|ch| is_plain(ch) || ch == ' ') {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    for ch in cell.chars() {
        match ch {
            ch if is_blank(ch) => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            ch if is_dropped(ch) => {}
            ch => text.push(ch),
        }
    }
    text.truncate(trim(&text).len());
    Cow::Owned(text)
}

/// A cell of several lines, such as a note: its line ends stay.
pub fn note(cell: &str) -> String {
    let cell = unescape(trim(cell));
    let mut text = String::with_capacity(cell.len());
    for ch in cell.replace("\r\n", "\n").chars() {
        match ch {
            '\n' | '\r' => text.push('\n'),
            '\t' => text.push(' '),
            ch if is_dropped(ch) => {}
            ch => text.push(ch),
        }
    }
    trim(&text).to_owned()
}

/// A person's name. Blanks between Chinese characters are the sheet's, not the name's; those of a foreign name stay.
pub fn name(cell: &str) -> String {
    let cleaned = clean(cell);
    let mut text = String::with_capacity(cleaned.len());
    let mut rest = cleaned.chars().peekable();
    while let Some(ch) = rest.next() {
        let is_between = ch == ' '
            && text.chars().next_back().is_some_and(is_chinese)
            && rest.peek().copied().is_some_and(is_chinese);
        let is_repeated = ch == ' ' && text.ends_with(' ');
        if !is_between && !is_repeated {
            text.push(ch);
        }
    }
    text
}

/// A number that is a name: member number, invoice, barcode. Half-width, without blanks, without a spreadsheet's `.0`.
pub fn code(cell: &str) -> Cow<'_, str> {
    let cleaned = clean(cell);
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let cleaned = match cleaned {
        Cow::Borrowed(text) if is_plain(text) => Cow::Borrowed(text),
        text => Cow::Owned(text.chars().map(half_width).filter(|ch| !ch.is_whitespace()).collect()),
    };
    let is_whole_float = cleaned
        .strip_suffix(".0")
        .is_some_and(|whole| !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_whole_float {
        return cleaned;
    }
    match cleaned {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_suffix(".0").unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(text.len() - 2);
            Cow::Owned(text)
        }
    }
}

/// Full-width letters, digits and signs as half-width ones.
pub(super) fn half_width(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        '　' => ' ',
        other => other,
    }
}

/// Takes off what keeps a spreadsheet from running or reformatting a text: our apostrophe, and `="138…"`.
fn unescape(cell: &str) -> &str {
    if let Some(rest) = cell.strip_prefix('\'')
        && rest.starts_with(['=', '+', '-', '@', '\''])
    {
        return rest;
    }
    cell.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(cell)
}

fn trim(text: &str) -> &str {
    text.trim_matches(|ch: char| is_blank(ch) || is_dropped(ch))
}

fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{a0}' | '\u{3000}' | '\u{2028}' | '\u{2029}')
        || matches!(ch, '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// Control characters, marks of writing direction, and characters that are there without being seen.
fn is_dropped(ch: char) -> bool {
    (ch.is_control() && !is_blank(ch))
        || matches!(ch,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_chinese(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_nobody_sees() {
        for (cell, expected) in [
            ("　张婉 ", "张婉"),
            ("苏 月", "苏月"),
            ("李\u{202e}四\u{200b}", "李四"),
            ("王\u{0}\u{7}五\r\n", "王五"),
            ("Anna  Maria\tLee", "Anna Maria Lee"),
            ("阿依古丽·买买提", "阿依古丽·买买提"),
            ("𠮷田 䶮", "𠮷田䶮"),
            ("张 Tom", "张 Tom"),
            ("\u{feff}赵六", "赵六"),
        ] {
            assert_eq!(name(cell), expected);
        }
    }

    #[test]
    fn our_own_apostrophe_comes_off_again() {
        assert_eq!(clean("'=1+1"), "=1+1");
        assert_eq!(clean("'-5"), "-5");
        assert_eq!(clean("''=x"), "'=x", "a text that began with an apostrophe got one more");
        assert_eq!(clean("'n Beetje"), "'n Beetje", "an apostrophe of the text stays");
        assert_eq!(code("=\"13800138000\""), "13800138000");
    }

    #[test]
    fn a_formula_is_a_text_like_any_other() {
        assert_eq!(name("=cmd|'/c calc'!A1"), "=cmd|'/c calc'!A1");
        assert_eq!(note("=9+9"), "=9+9");
        assert_eq!(name("<img src=x onerror=alert(1)>"), "<img src=x onerror=alert(1)>");
    }

    #[test]
    fn numbers_that_are_names_keep_their_zeros() {
        assert_eq!(code(" 00123 "), "00123");
        assert_eq!(code("17850.0"), "17850");
        assert_eq!(code("Ｍ００１"), "M001");
        assert_eq!(code("85123A"), "85123A");
        assert_eq!(code("1.2.0"), "1.2.0");
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(note(" 第一行\r\n第二行\u{202e}\t尾 "), "第一行\n第二行 尾");
    }
}
