//! Every way a character can be read, and the one way it is read in a name.
//!
//! Search accepts all readings anywhere (单 as dan, shan and chan); sorting, the mnemonic and what is shown use the
//! usual one: the surname's reading at the front of a name, the character's commonest reading elsewhere. ü is
//! written v, as input methods have it, and also u, as people type who do not know that.

use super::alike::alike;
use super::{fold, surnames};
use pinyin::{ToPinyin, ToPinyinMulti};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Readings that the dictionary lacks, by folded character: 𠮷 and other variants of name characters, and 乾, which
/// folding makes 干.
const MISSING: &[(char, &str)] =
    &[('𠮷', "ji"), ('㐂', "xi"), ('干', "qian"), ('𬍛', "yu"), ('𣇉', "chang"), ('𠅤', "chun")];

/// Given-name readings where the commonest one of daily language is not the one of names.
const IN_NAMES: &[(char, &str)] = &[('长', "chang2"), ('晟', "sheng4"), ('藏', "zang4")];

const FIRST_HAN: u32 = 0x4e00;
const HAN_COUNT: u32 = 0x5200;

struct Table {
    /// Position in `sets` of every character of the basic block.
    index: Vec<u16>,
    sets: Vec<Vec<&'static str>>,
    /// For each set the readings that many speakers take for one of it.
    alike: Vec<Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut known: HashMap<Vec<&'static str>, u16> = HashMap::new();
    let mut table = Table { index: Vec::with_capacity(HAN_COUNT as usize), sets: Vec::new(), alike: Vec::new() };
    let in_surnames = surnames::readings_by_character();
    for c in (FIRST_HAN..FIRST_HAN + HAN_COUNT).filter_map(char::from_u32) {
        let set = look_up(c, in_surnames.get(&c).map_or(&[], Vec::as_slice));
        let at = *known.entry(set).or_insert_with_key(|set| {
            table.sets.push(set.clone());
            table.alike.push(all_alike(set));
            u16::try_from(table.sets.len() - 1).unwrap_or(u16::MAX)
        });
        table.index.push(at);
    }
    table
});

/// Every reading of a folded character, letters only, without repetition; empty for what is not Chinese.
pub fn readings(c: char) -> Cow<'static, [&'static str]> {
    if u32::from(c) < 0x3007 {
        return Cow::Borrowed(&[]);
    }
    let table: &'static Table = &TABLE;
    match table.set_of(c).and_then(|set| table.sets.get(set)) {
        Some(set) => Cow::Borrowed(set.as_slice()),
        None if fold::is_han(c) => Cow::Owned(look_up(c, &[])),
        None => Cow::Borrowed(&[]),
    }
}

/// The readings that many speakers take for a reading of this character.
pub fn sounds_alike(c: char) -> Cow<'static, [String]> {
    let table: &'static Table = &TABLE;
    match table.set_of(c).and_then(|set| table.alike.get(set)) {
        Some(set) => Cow::Borrowed(set.as_slice()),
        None => Cow::Owned(all_alike(&readings(c))),
    }
}

impl Table {
    fn set_of(&self, c: char) -> Option<usize> {
        let at = u32::from(c).checked_sub(FIRST_HAN)?;
        self.index.get(at as usize).map(|&set| usize::from(set))
    }
}

fn all_alike(set: &[&'static str]) -> Vec<String> {
    let mut all = Vec::new();
    for sound in set {
        alike(sound, |other| {
            if !set.contains(&other.as_str()) && !all.contains(&other) {
                all.push(other);
            }
        });
    }
    all
}

/// One reading: letters (ü as v) and tone 1 to 4, 5 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// `shan`, `lv`.
    pub letters: &'static str,
    /// 1 to 5.
    pub tone: u8,
}

/// How each character of a folded name is read: the surname by the table of surnames, the rest by the commonest
/// reading. `None` for characters without one.
pub fn usual_readings(name: &str) -> Vec<Option<Reading>> {
    let mut usual: Vec<Option<Reading>> = Vec::new();
    if let Some((_, parts)) = surnames::compound(name) {
        usual.extend(parts.map(|reading| Some(parse(reading))));
    } else if let Some(reading) = name.chars().next().and_then(surnames::single) {
        usual.push(Some(parse(reading)));
    }
    let rest = name.chars().skip(usual.len()).map(commonest);
    usual.into_iter().chain(rest).collect()
}

fn commonest(c: char) -> Option<Reading> {
    if let Some((_, reading)) = IN_NAMES.iter().find(|(known, _)| *known == c) {
        return Some(parse(reading));
    }
    let letters = readings(c).first().copied()?;
    let toned = c.to_pinyin().or_else(|| fold::traditional(c).to_pinyin());
    let tone = toned.and_then(|p| p.with_tone_num().chars().find_map(|t| t.to_digit(10)));
    Some(Reading { letters, tone: tone.and_then(|t| u8::try_from(t).ok()).unwrap_or(5) })
}

fn parse(reading: &'static str) -> Reading {
    let tone = reading.chars().last().and_then(|t| t.to_digit(10)).and_then(|t| u8::try_from(t).ok()).unwrap_or(5);
    Reading { letters: surnames::letters(reading), tone }
}

/// Dictionary, then surnames, then our own additions; the first one is the commonest.
fn look_up(c: char, in_surnames: &[&'static str]) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    let mut add = |reading: &'static str| {
        for spelt in spellings(reading) {
            if !spelt.is_empty() && !all.contains(&spelt) {
                all.push(spelt);
            }
        }
    };
    MISSING.iter().filter(|(known, _)| *known == c && c.to_pinyin().is_none()).for_each(|(_, r)| add(r));
    let dictionary = c.to_pinyin_multi().or_else(|| fold::traditional(c).to_pinyin_multi());
    dictionary.into_iter().flatten().for_each(|p| add(p.plain()));
    in_surnames.iter().for_each(|r| add(r));
    MISSING.iter().filter(|(known, _)| *known == c).for_each(|(_, r)| add(r));
    all
}

/// The letters that people type for a dictionary's reading.
fn spellings(reading: &'static str) -> Spelt {
    match reading {
        "lü" | "lv" => ["lv", "lu"],
        "nü" | "nv" => ["nv", "nu"],
        "lüe" => ["lve", "lue"],
        "nüe" => ["nve", "nue"],
        "ê" => ["e", ""],
        _ if reading.is_ascii() => [reading, ""],
        _ => ["", ""],
    }
}

type Spelt = [&'static str; 2];

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(name: &str) -> String {
        usual_readings(name).iter().map(|r| r.map_or("-", |r| r.letters)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn hard_surnames_are_read_as_surnames() {
        for (name, read) in [
            ("单晓华", "shan xiao hua"),
            ("尉迟恭", "yu chi gong"),
            ("曾婉", "zeng wan"),
            ("仇英", "qiu ying"),
            ("解缙", "xie jin"),
            ("万俟雪", "mo qi xue"),
            ("区小姐", "ou xiao jie"),
            ("叶问", "ye wen"),
            ("吕布", "lv bu"),
            ("朴智妍", "piao zhi yan"),
            ("查良镛", "zha liang yong"),
            ("盖聂", "ge nie"),
            ("缪斯", "miao si"),
            ("翟天临", "zhai tian lin"),
            ("乐嘉", "yue jia"),
            ("任盈盈", "ren ying ying"),
            ("覃小凤", "qin xiao feng"),
            ("长孙无忌", "zhang sun wu ji"),
            ("令狐冲", "ling hu chong"),
            ("澹台灭明", "tan tai mie ming"),
            ("䶮", "yan"),
            ("𠮷野", "ji ye"),
            ("召公", "shao gong"),
            ("佴小", "nai xiao"),
        ] {
            assert_eq!(usual(name), read, "{name}");
        }
    }

    #[test]
    fn a_surname_s_reading_is_not_used_inside_a_given_name() {
        assert_eq!(usual("王单"), "wang dan");
        assert_eq!(usual("李乐"), "li le");
    }

    #[test]
    fn search_knows_all_readings_of_surnames_and_rare_characters() {
        for (c, reading) in [
            ('单', "shan"),
            ('单', "dan"),
            ('单', "chan"),
            ('万', "mo"),
            ('吕', "lv"),
            ('吕', "lu"),
            ('女', "nu"),
            ('𠮷', "ji"),
            ('䶮', "yan"),
            ('覃', "tan"),
            ('覃', "qin"),
            ('干', "qian"),
            ('𬀩', "wei"),
        ] {
            assert!(readings(c).contains(&reading), "{c} {reading}");
        }
        assert!(readings('a').is_empty());
        assert!(readings('あ').is_empty());
    }

    #[test]
    fn readings_are_lower_case_letters() {
        for c in (0x3007..0x32000).filter_map(char::from_u32) {
            for reading in readings(c).iter() {
                assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{c} {reading}");
            }
        }
    }
}
