//! What a name gives by itself: its mnemonic, its place in a sorted list and its surname.

use super::fold::{fold, is_han, simplified};
use super::readings::usual_readings;
use super::{keys, surnames};
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::sync::LazyLock;

/// Characters of a name that decide its place in a list.
const SORTED_CHARACTERS: usize = 16;

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    Collator::try_new(locale!("zh").into(), options).ok()
});

static STROKES: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("zh-TW").into(), CollatorOptions::default()).ok());

/// The 助记码 proposed for a name: first letters by the surname's reading, lower case, at most 16. Empty for a
/// single foreign word, where the name itself is as short.
pub fn mnemonic(name: &str) -> String {
    keys::initials(name).chars().take(16).collect()
}

/// Where a name stands in a list, to be stored and compared byte by byte.
///
/// As in a Chinese address book: digits first, then by letters, Chinese names by their reading (surnames as
/// surnames: 单 under S), then tone, then character, so that all 张 stand together before the first 章. Latin names
/// stand among them by their spelling; other scripts follow.
pub fn sort_key(name: &str) -> Vec<u8> {
    if name.is_ascii() {
        // Numbers and codes, which are not read: what the way below gives them, letter by letter.
        return name
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .take(SORTED_CHARACTERS)
            .map(|byte| byte.to_ascii_lowercase())
            .collect();
    }
    let folded: String = name.chars().filter(|c| !c.is_control()).collect();
    let folded = visible(&folded);
    let simple: String = folded.iter().map(|c| simplified(*c)).collect();
    let mut key = Vec::with_capacity(32);
    for (c, usual) in folded.iter().zip(usual_readings(&simple)).take(SORTED_CHARACTERS) {
        match usual {
            Some(reading) => {
                key.extend_from_slice(reading.letters.as_bytes());
                // Below every letter, so that 李 (li) stands before 莲 (lian).
                key.push(reading.tone);
                weigh(*c, &mut key);
            }
            None if c.is_ascii_alphanumeric() => key.push(c.to_ascii_lowercase() as u8),
            None => {
                key.push(0x7f);
                weigh(*c, &mut key);
            }
        }
    }
    key
}

/// How a name sounds, without tones and gaps: 张丽 and 張莉 are `zhangli`; surnames are read as surnames. Other names as
/// they are written, in lower case.
pub fn sound(name: &str) -> String {
    let simple: String = visible(name).iter().map(|c| simplified(*c)).collect();
    let mut sound = String::new();
    for (c, usual) in simple.chars().zip(usual_readings(&simple)).take(SORTED_CHARACTERS) {
        match usual {
            Some(reading) => sound.push_str(reading.letters),
            None => sound.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
        }
    }
    sound
}

/// Where a name stands in a list ordered by strokes, as Taiwan and Hong Kong have it; to be stored and compared byte
/// by byte.
pub fn stroke_key(name: &str) -> Vec<u8> {
    let short: String = name.chars().filter(|c| !c.is_control()).take(SORTED_CHARACTERS).collect();
    let mut key = Vec::with_capacity(32);
    if let Some(collator) = STROKES.as_ref() {
        // Writing into a Vec cannot fail.
        let _ = collator.write_sort_key_to(&short, &mut key);
    }
    key
}

/// The surname of a Chinese name of two to six characters, as it is written; `None` for other names, for minority
/// names with · and for shops.
pub fn surname(name: &str) -> Option<&str> {
    let name = name.trim();
    let count = name.chars().count();
    if !(2..=6).contains(&count) || !name.chars().all(is_han) {
        return None;
    }
    let simple: String = name.chars().map(simplified).collect();
    let length = match surnames::compound(&simple) {
        Some((surname, _)) => surname.chars().count(),
        None if count <= 4 => 1,
        None => return None,
    };
    name.char_indices().nth(length).and_then(|(end, _)| name.get(..end))
}

/// What folding keeps, but in the original characters where they are Chinese: 陳 and 陈 are different places.
fn visible(name: &str) -> Vec<char> {
    let mut kept = Vec::new();
    for c in name.chars() {
        if is_han(c) { kept.push(c) } else { kept.extend(fold(c.encode_utf8(&mut [0; 4])).chars()) }
    }
    kept
}

/// The character's own weight: within one reading and tone, characters stand by their strokes.
fn weigh(c: char, key: &mut Vec<u8>) {
    let mut bytes = [0; 4];
    let text: &str = c.encode_utf8(&mut bytes);
    let start = key.len();
    if let Some(collator) = COLLATOR.as_ref() {
        // Writing into a Vec cannot fail.
        let _ = collator.write_sort_key_to(text, key);
    }
    if key.len() == start {
        key.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mnemonic_uses_the_surname_s_reading() {
        for (name, expected) in [
            ("单晓华", "sxh"),
            ("尉迟恭", "ycg"),
            ("曾婉", "zw"),
            ("仇英", "qy"),
            ("解缙", "xj"),
            ("万俟雪", "mqx"),
            ("區小姐", "oxj"),
            ("葉問", "yw"),
            ("呂布", "lb"),
            ("陳麵包店", "cmbd"),
            ("", ""),
        ] {
            assert_eq!(mnemonic(name), expected, "{name}");
        }
    }

    #[test]
    fn a_list_sorts_as_in_an_address_book() {
        let mut names = vec![
            "章一",
            "张三",
            "单晓华",
            "丹丹",
            "Anna",
            "安娜",
            "昂山",
            "张二",
            "9号桌",
            "李四",
            "莲莲",
            "区小姐",
            "仇英",
            "陳一",
            "陈二",
            "曾婉",
            "あき",
            "尉迟恭",
            "万俟雪",
            "王五",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "9号桌",
                "安娜",
                "昂山",
                "Anna",
                "陈二",
                "陳一",
                "丹丹",
                "李四",
                "莲莲",
                "万俟雪",
                "区小姐",
                "仇英",
                "单晓华",
                "王五",
                "尉迟恭",
                "曾婉",
                "张二",
                "张三",
                "章一",
                "あき",
            ]
        );
    }

    #[test]
    fn a_traditional_list_sorts_by_strokes() {
        let mut names = vec!["陳大文", "丁一", "林心", "王五", "張三", "李四"];
        names.sort_by_key(|name| stroke_key(name));
        assert_eq!(names, ["丁一", "王五", "李四", "林心", "張三", "陳大文"]);
    }

    #[test]
    fn surnames_are_cut_where_they_end() {
        for (name, expected) in [
            ("张三", Some("张")),
            ("歐陽鋒", Some("歐陽")),
            ("司马相如", Some("司马")),
            ("𠮷野家", Some("𠮷")),
            ("陈", None),
            ("Anna", None),
            ("阿依古丽·买买提", None),
            ("深圳市大发贸易", None),
        ] {
            assert_eq!(surname(name), expected, "{name}");
        }
    }

    #[test]
    fn sort_keys_of_any_text_are_made() {
        for name in ["", "\u{0}", "🌸", "\u{202e}abc", "\u{10ffff}", "ﷺ"] {
            let _ = sort_key(name);
        }
        assert!(sort_key(&"长".repeat(1000)).len() < 300);
    }
}
