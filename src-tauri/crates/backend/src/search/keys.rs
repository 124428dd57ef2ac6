//! The line of text by which one customer is found, made once when the customer is saved and stored with the row,
//! so that opening the book only loads bytes.
//!
//! A line is a list of fields, each begun by a mark below U+0020 that says what follows: phones, name, initials,
//! other readings, numbers, tags. Folding never produces such a byte, so what stands before and after a hit tells
//! how good it is without looking anything up.

use super::fold::{fold, fold_char, is_han};
use super::readings::{readings, usual_readings};
use shukebu_domain::phone::Phone;

/// Raised whenever lines are made differently; stored lines of another version are made anew. Version 2 has the names
/// of the groups above.
pub const SEARCH_TEXT_VERSION: u32 = 2;

/// Longest text of one field, in characters; a longer one is found by its beginning.
pub const FIELD_LIMIT: usize = 128;
/// Most fields of one kind.
const FIELDS_LIMIT: usize = 64;
/// Most spellings of one name that are written out. Names with more are marked and read character by character.
const SPELLINGS_LIMIT: usize = 8;

/// The byte before each field.
pub mod mark {
    /// A telephone number, digits as dialled.
    pub const PHONE: u8 = 0x01;
    /// The customer's name, folded. Follows the last phone, so that PHONE or NAME after a hit means "phone's end".
    pub const NAME: u8 = 0x02;
    /// First letters by the usual reading.
    pub const INITIALS: u8 = 0x03;
    /// First letters by any other reading.
    pub const OTHER_INITIALS: u8 = 0x04;
    /// The mnemonic that somebody typed.
    pub const MNEMONIC: u8 = 0x05;
    /// The name spelt by the usual reading.
    pub const SPELLING: u8 = 0x06;
    /// The name spelt by any other reading.
    pub const OTHER_SPELLING: u8 = 0x07;
    /// 称呼, company, contact person, former name.
    pub const ALIAS: u8 = 0x0b;
    /// First letters of an alias.
    pub const ALIAS_INITIALS: u8 = 0x0c;
    /// An alias spelt out.
    pub const ALIAS_SPELLING: u8 = 0x0e;
    /// Member number.
    pub const MEMBER: u8 = 0x0f;
    /// Card code.
    pub const CARD: u8 = 0x10;
    /// WeChat id, mail address and other handles.
    pub const HANDLE: u8 = 0x11;
    /// Tag.
    pub const TAG: u8 = 0x12;
    /// Without text: a name has more readings than are written out.
    pub const MANY_READINGS: u8 = 0x13;
    /// End of the line, kept by the index.
    pub const END: u8 = b'\n';
}

/// What a customer is found by. Empty texts are left out.
#[derive(Debug, Clone, Default)]
pub struct CustomerFields<'a> {
    /// The name as stored, in any script.
    pub name: &'a str,
    /// 助记码 as edited; empty means the automatic one.
    pub mnemonic: &'a str,
    /// 称呼, company, contact persons, former names: everything that is read aloud like a name.
    pub aliases: Vec<&'a str>,
    /// All numbers, old ones too, in any notation.
    pub phones: Vec<&'a str>,
    /// Member number, as shown.
    pub member_number: &'a str,
    /// Codes of cards.
    pub card_codes: Vec<&'a str>,
    /// WeChat id, mail address, QQ, WhatsApp …
    pub handles: Vec<&'a str>,
    /// Tags.
    pub tags: Vec<&'a str>,
}

/// The line of one customer, to be stored and later handed to [`super::SearchIndex::load`].
pub fn search_text(fields: &CustomerFields<'_>) -> String {
    let mut line = Line { text: String::with_capacity(64), many: false };
    for phone in fields.phones.iter().take(FIELDS_LIMIT) {
        line.field(mark::PHONE, &phone_key(phone));
    }
    let name = units(fields.name);
    // The name's mark is written even without a name: it also ends the last phone.
    line.push(mark::NAME, &name.iter().map(|unit| unit.c).collect::<String>());
    let name_spellings = spell(&name);
    line.many |= name_spellings.many;
    let mnemonic = limited(fields.mnemonic);
    let by_usual = name_spellings.initials.first().cloned().unwrap_or_default();
    line.spelt(&name_spellings.initials, mark::INITIALS, mark::OTHER_INITIALS);
    if mnemonic != by_usual {
        line.field(mark::MNEMONIC, &mnemonic);
    }
    line.spelt(&name_spellings.full, mark::SPELLING, mark::OTHER_SPELLING);
    for alias in fields.aliases.iter().take(FIELDS_LIMIT) {
        let alias = units(alias);
        line.field(mark::ALIAS, &alias.iter().map(|unit| unit.c).collect::<String>());
        let spellings = spell(&alias);
        line.many |= spellings.many;
        line.spelt(&spellings.initials, mark::ALIAS_INITIALS, mark::ALIAS_INITIALS);
        line.spelt(&spellings.full, mark::ALIAS_SPELLING, mark::ALIAS_SPELLING);
    }
    line.field(mark::MEMBER, &limited(fields.member_number));
    for (mark, texts) in [(mark::CARD, &fields.card_codes), (mark::HANDLE, &fields.handles), (mark::TAG, &fields.tags)]
    {
        texts.iter().take(FIELDS_LIMIT).for_each(|text| line.field(mark, &limited(text)));
    }
    if line.many {
        line.push(mark::MANY_READINGS, "");
    }
    line.text
}

/// The first letters of a name by its usual reading: `sxh` for 单晓华, `annac` for Anna陈, `js` for John Smith.
pub fn initials(name: &str) -> String {
    spell(&units(name)).initials.into_iter().next().unwrap_or_default()
}

struct Line {
    text: String,
    many: bool,
}

impl Line {
    fn push(&mut self, mark: u8, text: &str) {
        self.text.push(char::from(mark));
        self.text.push_str(text);
    }

    fn field(&mut self, mark: u8, text: &str) {
        if !text.is_empty() {
            self.push(mark, text);
        }
    }

    fn spelt(&mut self, texts: &[String], usual: u8, other: u8) {
        for (at, text) in texts.iter().enumerate() {
            self.field(if at == 0 { usual } else { other }, text);
        }
    }
}

fn phone_key(text: &str) -> String {
    Phone::parse(text).map_or_else(|_| limited(text), |phone| phone.dialled())
}

fn limited(text: &str) -> String {
    fold(text).chars().take(FIELD_LIMIT).collect()
}

/// One folded character of a name.
struct Unit {
    c: char,
    /// Whether a word of letters begins here.
    begins_word: bool,
}

fn units(name: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut inside_word = false;
    for c in name.chars() {
        let begins_word = !inside_word;
        fold_char(c, |c| units.push(Unit { c, begins_word: begins_word && c.is_ascii_alphabetic() }));
        inside_word = c.is_alphabetic() && !is_han(c) || c == '\'' || c == '’';
    }
    units.truncate(FIELD_LIMIT);
    units
}

struct Spellings {
    /// Spelt out, the usual one first.
    full: Vec<String>,
    /// First letters, the usual ones first.
    initials: Vec<String>,
    /// Whether some combinations are missing.
    many: bool,
}

/// All ways to spell a name, or the usual one and every single deviation of its first letters when there are too
/// many.
fn spell(units: &[Unit]) -> Spellings {
    let folded: String = units.iter().map(|unit| unit.c).collect();
    let has_han = units.iter().any(|unit| is_han(unit.c));
    let word_initials: String = units.iter().filter(|unit| unit.begins_word).map(|unit| unit.c).collect();
    if !has_han {
        let several = word_initials.len() > 1 && word_initials.len() < folded.len();
        let initials = if several { vec![word_initials] } else { Vec::new() };
        return Spellings { full: Vec::new(), initials, many: false };
    }
    let choices: Vec<Vec<&str>> = usual_readings(&folded)
        .iter()
        .zip(units)
        .map(|(usual, unit)| match usual {
            Some(usual) => {
                let others = readings(unit.c).iter().copied().filter(|r| *r != usual.letters).collect::<Vec<_>>();
                std::iter::once(usual.letters).chain(others).collect()
            }
            None if unit.c.is_ascii() => vec![ascii(unit.c)],
            None => Vec::new(),
        })
        .filter(|choice: &Vec<&str>| !choice.is_empty())
        .collect();
    let letters: Vec<Vec<&str>> = choices
        .iter()
        .map(|choice| {
            let mut firsts: Vec<&str> = Vec::new();
            for first in choice.iter().filter_map(|reading| reading.get(..1)) {
                if !firsts.contains(&first) {
                    firsts.push(first);
                }
            }
            firsts
        })
        .collect();
    let (full, all_full) = combinations(&choices);
    let (mut initials, all_initials) = combinations(&letters);
    // Anna陈 is also looked for as "ac".
    if word_initials.len() < folded.bytes().filter(u8::is_ascii_alphabetic).count() {
        let short: String = units
            .iter()
            .filter(|unit| unit.begins_word || is_han(unit.c))
            .filter_map(|unit| {
                if unit.begins_word { Some(unit.c) } else { readings(unit.c).first().and_then(|r| r.chars().next()) }
            })
            .collect();
        if !initials.contains(&short) {
            initials.push(short);
        }
    }
    Spellings { full, initials, many: !(all_full && all_initials) }
}

/// Every combination, the first choices first, and true; or, past the limit, the combination of all first choices
/// and every one that deviates in a single place but only where they are single letters, and false.
fn combinations(choices: &[Vec<&str>]) -> (Vec<String>, bool) {
    let count = choices.iter().fold(1_usize, |count, choice| count.saturating_mul(choice.len()));
    if count <= SPELLINGS_LIMIT {
        let mut all = vec![String::new()];
        for choice in choices {
            if let [only] = choice.as_slice() {
                all.iter_mut().for_each(|begun| begun.push_str(only));
                continue;
            }
            all = all
                .iter()
                .flat_map(|begun| {
                    choice.iter().map(move |next| {
                        let mut longer = String::with_capacity(begun.len() + next.len() + 8);
                        longer.push_str(begun);
                        longer.push_str(next);
                        longer
                    })
                })
                .collect();
        }
        return (all, true);
    }
    let usual = |deviating: Option<(usize, &str)>| -> String {
        choices
            .iter()
            .enumerate()
            .filter_map(|(at, choice)| match deviating {
                Some((place, other)) if place == at => Some(other),
                _ => choice.first().copied(),
            })
            .collect()
    };
    let mut some = vec![usual(None)];
    if choices.iter().flatten().all(|choice| choice.len() == 1) {
        for (place, choice) in choices.iter().enumerate() {
            some.extend(choice.iter().skip(1).map(|other| usual(Some((place, other)))));
        }
    }
    (some, false)
}

/// The text of one ASCII letter or digit.
fn ascii(c: char) -> &'static str {
    const ALL: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    ALL.find(c).and_then(|at| ALL.get(at..=at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str, mark: u8) -> Vec<&str> {
        line.split_inclusive(|c: char| c < ' ')
            .collect::<Vec<_>>()
            .windows(2)
            .filter(|pair| pair[0].ends_with(char::from(mark)))
            .map(|pair| pair[1].trim_end_matches(|c: char| c < ' '))
            .collect()
    }

    fn of_name(name: &str) -> String {
        search_text(&CustomerFields { name, ..CustomerFields::default() })
    }

    #[test]
    fn the_usual_reading_stands_first_and_the_others_follow() {
        let line = of_name("单晓华");
        assert_eq!(fields(&line, mark::NAME), ["单晓华"]);
        assert_eq!(fields(&line, mark::INITIALS), ["sxh"]);
        assert_eq!(fields(&line, mark::SPELLING), ["shanxiaohua"]);
        assert!(fields(&line, mark::OTHER_SPELLING).contains(&"danxiaohua"));
        assert!(fields(&line, mark::OTHER_INITIALS).contains(&"dxh"));
    }

    #[test]
    fn only_the_key_is_simplified() {
        assert_eq!(fields(&of_name("陳麵包店"), mark::NAME), ["陈面包店"]);
    }

    #[test]
    fn phones_stand_in_dialled_form_and_damaged_ones_as_they_are() {
        let line = search_text(&CustomerFields {
            name: "王",
            phones: vec!["+86 138-1234-5678", "+852 9123 4567", "家 123"],
            ..CustomerFields::default()
        });
        assert_eq!(fields(&line, mark::PHONE), ["13812345678", "85291234567", "家123"]);
    }

    #[test]
    fn foreign_and_mixed_names_have_their_words_first_letters() {
        assert_eq!(initials("John Smith"), "js");
        assert_eq!(initials("Anna陈"), "annac");
        assert!(fields(&of_name("Anna陈"), mark::OTHER_INITIALS).contains(&"ac"));
        assert_eq!(initials("Anna"), "");
        assert_eq!(initials("Nguyễn Thị Ngọc"), "ntn");
        assert_eq!(initials("阿依古丽·买买提"), "ayglmmt");
        assert_eq!(initials("🌸小美"), "xm");
    }

    #[test]
    fn a_name_with_countless_readings_stays_short_and_is_marked() {
        let line = of_name(&"行长重乐单".repeat(20));
        assert!(line.len() < 20_000, "{}", line.len());
        assert!(line.ends_with(char::from(mark::MANY_READINGS)));
        assert!(!of_name("王小明").ends_with(char::from(mark::MANY_READINGS)));
    }

    #[test]
    fn an_ordinary_line_takes_few_bytes() {
        let line = search_text(&CustomerFields {
            name: "李秋芳",
            phones: vec!["13812345678"],
            member_number: "10000017",
            ..CustomerFields::default()
        });
        assert!(line.len() <= 80, "{} bytes: {line:?}", line.len());
    }
}
