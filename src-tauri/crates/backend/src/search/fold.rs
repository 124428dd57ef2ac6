//! What the search considers the same character.
//!
//! Everything that is compared is folded first, both what is kept and what is typed, and always one character at
//! a time: a phrase-wise conversion would turn 乾隆 and the typed fragment 乾 into different things. Folding takes
//! away width, case, accents, compatibility forms, blanks and punctuation, and turns traditional characters into
//! simplified ones. It happens only in the search key; what is stored keeps 範, 後 and 餘.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::sync::LazyLock;

/// Basic CJK block, for which the simplified form is looked up in a table.
const FIRST_HAN: u32 = 0x4e00;
const LAST_HAN: u32 = 0x9fff;

static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
static TO_TRADITIONAL: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());

/// Simplified form of every character of the basic block; 0 where it lies outside the basic plane.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    (FIRST_HAN..=LAST_HAN)
        .map(|code| {
            let simple = char::from_u32(code).map_or(0, |c| u32::from(simplest(c)));
            u16::try_from(simple).unwrap_or(0)
        })
        .collect()
});

/// The simplified form of one character, itself when there is none.
pub fn simplified(c: char) -> char {
    let code = u32::from(c);
    if code < 0x3400 {
        return c;
    }
    let known = (FIRST_HAN..=LAST_HAN)
        .contains(&code)
        .then(|| SIMPLIFIED.get((code - FIRST_HAN) as usize).copied().unwrap_or(0))
        .filter(|&simple| simple != 0);
    match known {
        Some(simple) => char::from_u32(u32::from(simple)).unwrap_or(c),
        None if is_han(c) => simplest(c),
        None => c,
    }
}

/// 薴 becomes 苧 and that 苎: followed to the end, so that all three are the same.
fn simplest(c: char) -> char {
    convert(&TO_SIMPLIFIED, convert(&TO_SIMPLIFIED, c))
}

/// The traditional form of one character, itself when there is none; used to find readings of rare simplified ones.
pub fn traditional(c: char) -> char {
    convert(&TO_TRADITIONAL, c)
}

/// Whether a character is a Chinese one, on any plane.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Folds one character; nothing comes out of blanks, punctuation, accents and controls.
///
/// Never gives a character below U+0020, which is what lets the index use those as marks.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    match c {
        'a'..='z' | '0'..='9' => out(c),
        'A'..='Z' => out(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => {}
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{3ffff}' => out(simplified(c)),
        _ => fold_rare(c, &mut out),
    }
}

/// A whole text folded.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |c| folded.push(c));
    }
    folded
}

fn fold_rare(c: char, out: &mut impl FnMut(char)) {
    let normalizer = const { DecomposingNormalizerBorrowed::new_nfkd() };
    for lower in c.to_lowercase() {
        let mut bytes = [0; 4];
        for part in normalizer.normalize(lower.encode_utf8(&mut bytes)).chars() {
            match part {
                // Letters with a stroke have no decomposition, but nobody types the stroke.
                'đ' => out('d'),
                'ł' => out('l'),
                'ø' => out('o'),
                'ı' => out('i'),
                _ if part.is_ascii() => {
                    if part.is_ascii_alphanumeric() {
                        out(part.to_ascii_lowercase());
                    }
                }
                _ if is_dropped(part) => {}
                // Letters of mathematics and other shapes only now become ordinary capitals.
                _ => part.to_lowercase().for_each(|part| out(simplified(part))),
            }
        }
    }
}

/// Marks, blanks and punctuation. Symbols such as emoji stay: shops put them into names and search for them.
fn is_dropped(c: char) -> bool {
    match u32::from(c) {
        // Combining marks, among them the voicing marks of kana.
        0x300..=0x36f | 0x1ab0..=0x1aff | 0x20d0..=0x20ff | 0x3099..=0x309a | 0xfe20..=0xfe2f => true,
        // CJK punctuation without 〇, middle dots, variation selectors, vertical and small forms, tags.
        0x3007 => false,
        0x3000..=0x303f | 0x30fb | 0xfe00..=0xfe1f | 0xfe30..=0xfe6f | 0xfeff | 0xe0000..=0xe0fff => true,
        code if code < 0x2190 => !c.is_alphanumeric(),
        _ => c.is_control() || c.is_whitespace(),
    }
}

fn convert(table: &LazyLock<Option<OpenCC>>, c: char) -> char {
    let Some(table) = table.as_ref() else { return c };
    let mut bytes = [0; 4];
    let converted = table.convert(c.encode_utf8(&mut bytes));
    let mut chars = converted.chars();
    match (chars.next(), chars.next()) {
        (Some(single), None) if !single.is_control() => single,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_accents_and_punctuation_do_not_matter() {
        for (typed, folded) in [
            ("ＡＢｃ１２３", "abc123"),
            ("wxid_Abc-1", "wxidabc1"),
            ("Nguyễn Thị Đào", "nguyenthidao"),
            ("阿依古丽·买买提", "阿依古丽买买提"),
            ("lǚ", "lu"),
            ("㈱丸井①", "株丸井1"),
            ("🌸小美", "🌸小美"),
            ("a\u{0}\u{1}\n\u{200b}\u{feff}b", "ab"),
            ("　 ，。", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn traditional_becomes_simplified_character_by_character() {
        for (from, to) in
            [("陳麵包店", "陈面包店"), ("範後餘", "范后余"), ("乾隆", "干隆"), ("裡裏", "里里"), ("𠮷䶮", "𠮷䶮")]
        {
            assert_eq!(fold(from), to);
        }
        let whole = fold("乾隆皇帝後宮");
        for c in "乾隆皇帝後宮".chars() {
            assert!(whole.contains(&fold(&c.to_string())), "a part folds as the whole does");
        }
    }

    #[test]
    fn folding_twice_is_folding_once_and_no_mark_of_the_index_comes_out() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            fold_char(c, |once| {
                assert!(once >= ' ', "{:x}", u32::from(c));
                let mut twice = String::new();
                fold_char(once, |c| twice.push(c));
                assert_eq!(twice, once.to_string(), "{:x}", u32::from(c));
            });
        }
    }
}
