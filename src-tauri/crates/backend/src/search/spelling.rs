//! Whether typed letters spell a name: whole readings, first letters, characters and any mixture of them
//! (`zhang三`, `zsf`, `zhangsf`, `张sanf`), with the last syllable unfinished, and by a switch with sounds that many
//! speakers do not tell apart.
//!
//! The reader walks over the characters once and keeps the set of places in the typed text that could have been
//! reached, one bit each. So the number of readings never multiplies, however long the name is.

use super::fold::is_han;
use super::readings::{readings, sounds_alike};
use std::borrow::Cow;

/// Longest typed text that is read, in bytes: one bit each in a machine word, and one for its end.
pub const LONGEST: usize = 63;

/// How readings are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// z and zh, c and ch, s and sh, n and l, f and h, an and ang, en and eng, in and ing are the same.
    pub fuzzy: bool,
    /// The first syllable may have been cut at its front, as in any fragment of a text.
    pub cut_front: bool,
}

/// Where the typed text stands in the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Somewhere inside.
    Inside,
    /// From the first character on.
    Front,
    /// It spells the whole name, nothing left out.
    Whole,
}

/// The best place of `typed` (folded, at most [`LONGEST`] bytes) in the folded `name`.
pub fn place(name: &str, typed: &str, manner: Manner) -> Option<Place> {
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let mut from_front = 1_u64;
    let mut from_anywhere = 1_u64;
    let mut found = None;
    let mut last_finished = false;
    for (at, c) in name.chars().enumerate() {
        let step = Step { c, typed, manner };
        let front = step.take(from_front, at == 0 && manner.cut_front);
        let anywhere = if at == 0 { front } else { step.take(from_anywhere | 1, manner.cut_front) };
        if front.ends() {
            found = found.max(Some(Place::Front));
        } else if anywhere.ends() {
            found = found.max(Some(Place::Inside));
        }
        last_finished = front.finished;
        from_front = front.reached;
        from_anywhere = anywhere.reached;
        if from_front == 0 && found.is_some() {
            return found;
        }
    }
    if last_finished { Some(Place::Whole) } else { found }
}

/// The characters of `name` that `typed` covers, as (first, one past the last) in characters: the earliest place.
pub fn covered(name: &str, typed: &str, manner: Manner) -> Option<(usize, usize)> {
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    let characters: Vec<char> = name.chars().collect();
    (0..characters.len()).find_map(|first| {
        let mut reached = 1_u64;
        for (at, c) in characters.iter().enumerate().skip(first) {
            let taken = Step { c: *c, typed, manner }.take(reached, at == first && manner.cut_front);
            if taken.ends() {
                return Some((first, at + 1));
            }
            reached = taken.reached;
            if reached == 0 {
                return None;
            }
        }
        None
    })
}

/// Letters that every name spelt by `typed` must have among its first letters, as bits from a; 0 when nothing is
/// certain. Sound where initials of all readings are known; `fuzzy` merges n with l and f with h.
pub fn certain_initials(typed: &str, manner: Manner) -> u64 {
    let mut certain = 0;
    // A cut front may begin with anything that stands inside a syllable.
    let mut before = if manner.cut_front { None } else { Some(' ') };
    for c in typed.chars() {
        let after = |letters: &str| before.is_none_or(|before| letters.contains(before));
        let inside_possible = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'v' => before.is_none_or(|before| before.is_ascii_lowercase()),
            // zh, ch, sh.
            'h' => after("zcs"),
            'n' => after("aeiouv"),
            'g' => after("n"),
            'r' => after("e"),
            // hm, a syllable without a vowel.
            'm' => after("h"),
            _ => false,
        };
        if c.is_ascii_lowercase() && !inside_possible {
            certain |= letter_bit(c);
        }
        before = Some(c);
    }
    if manner.fuzzy { merged(certain) } else { certain }
}

/// The bit of a letter, 0 for anything else.
pub fn letter_bit(c: char) -> u64 {
    if c.is_ascii_lowercase() { 1 << (u32::from(c) - u32::from('a')) } else { 0 }
}

/// Letters with l counted as n and f as h.
pub fn merged(letters: u64) -> u64 {
    let (l, n, f, h) = (letter_bit('l'), letter_bit('n'), letter_bit('f'), letter_bit('h'));
    let with_n = if letters & l == 0 { letters } else { letters & !l | n };
    if with_n & f == 0 { with_n } else { with_n & !f | h }
}

struct Step<'a> {
    c: char,
    typed: &'a str,
    manner: Manner,
}

#[derive(Clone, Copy, Default)]
struct Taken {
    /// Places reached after this character.
    reached: u64,
    /// The typed text ended exactly with this character.
    finished: bool,
    /// The typed text ended inside this character's reading.
    unfinished: bool,
}

impl Taken {
    fn ends(&self) -> bool {
        self.finished || self.unfinished
    }
}

impl Step<'_> {
    /// Takes one character from every place in `from`.
    fn take(&self, from: u64, cut_front: bool) -> Taken {
        let mut taken = Taken::default();
        if from == 0 {
            return taken;
        }
        let sounds = readings(self.c);
        let alike = if self.manner.fuzzy { sounds_alike(self.c) } else { Cow::Borrowed([].as_slice()) };
        let mut bytes = [0; 4];
        let literal: &str = self.c.encode_utf8(&mut bytes);
        let mut places = from;
        while places != 0 {
            let place = places.trailing_zeros() as usize;
            places &= places - 1;
            let Some(rest) = self.typed.get(place..) else { continue };
            if rest.starts_with(literal) {
                self.reach(place + literal.len(), &mut taken);
            }
            for sound in sounds.iter() {
                self.read(sound, place, rest, &mut taken);
            }
            for sound in alike.iter() {
                self.read(sound, place, rest, &mut taken);
            }
            // Emoji, kana and other characters that nobody spells do not stand in the way.
            if sounds.is_empty() && !self.c.is_ascii() && !is_han(self.c) && place > 0 {
                taken.reached |= 1 << place;
            }
        }
        if cut_front && from & 1 == 1 {
            for sound in sounds.iter() {
                for cut in 1..sound.len() {
                    let tail = sound.get(cut..).unwrap_or_default();
                    if tail.as_bytes().first() != self.typed.as_bytes().first() {
                        continue;
                    }
                    if self.typed.starts_with(tail) {
                        self.reach(tail.len(), &mut taken);
                    } else if tail.starts_with(self.typed) {
                        taken.unfinished = true;
                    }
                }
            }
        }
        taken
    }

    /// One reading at one place: whole, unfinished, by its first letter, or by zh, ch, sh.
    fn read(&self, sound: &str, place: usize, rest: &str, taken: &mut Taken) {
        if rest.as_bytes().first() != sound.as_bytes().first() {
            return;
        }
        if rest.starts_with(sound) {
            self.reach(place + sound.len(), taken);
        } else if sound.starts_with(rest) {
            taken.unfinished = true;
        }
        self.reach(place + 1, taken);
        let two = sound.get(..2).filter(|two| matches!(*two, "zh" | "ch" | "sh"));
        if two.is_some_and(|two| rest.starts_with(two)) {
            self.reach(place + 2, taken);
        }
    }

    fn reach(&self, place: usize, taken: &mut Taken) {
        if place >= self.typed.len() {
            taken.finished = true;
        } else {
            taken.reached |= 1 << place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Manner = Manner { fuzzy: false, cut_front: false };
    const CUT: Manner = Manner { fuzzy: false, cut_front: true };
    const FUZZY: Manner = Manner { fuzzy: true, cut_front: false };

    #[test]
    fn characters_readings_and_first_letters_mix_freely() {
        for typed in ["zhang三丰", "张san", "zsf", "zhangsf", "zsanf", "zhsf", "张三f", "zhangsanfeng", "z三feng"]
        {
            assert!(place("张三丰", typed, PLAIN) >= Some(Place::Front), "{typed}");
        }
        assert_eq!(place("张三丰", "zhangsanfeng", PLAIN), Some(Place::Whole));
        assert_eq!(place("张三丰", "zhangsanfen", PLAIN), Some(Place::Front), "the last syllable is unfinished");
        assert_eq!(place("张三丰", "sf", PLAIN), Some(Place::Inside));
        for typed in ["zhangf", "szf", "hangsan", "张四", "zhangsanfengx"] {
            assert_eq!(place("张三丰", typed, PLAIN), None, "{typed}");
        }
        assert_eq!(place("张三丰", "hangsan", CUT), Some(Place::Front));
    }

    #[test]
    fn sounds_that_speakers_confuse_are_equal_only_when_asked_for() {
        for (name, typed) in [
            ("张三", "zangsan"),
            ("曾婉", "zhengwan"),
            ("刘能", "niuneng"),
            ("陈兰", "cengnan"),
            ("黄飞", "fanghui"),
            ("林心", "lingxing"),
            ("石成", "sicen"),
            ("胡方", "fuhuang"),
        ] {
            assert!(place(name, typed, FUZZY).is_some(), "{name} {typed}");
            assert_eq!(place(name, typed, PLAIN), None, "{name} {typed}");
        }
    }

    #[test]
    fn a_name_that_is_spelt_has_the_initials_that_were_certain() {
        for name in ["张三丰", "吕绿女", "儿鱼额", "黄飞鸿", "嗯呣", "阿安昂", "乔石成", "欧阳娜娜"]
        {
            let initials = name
                .chars()
                .flat_map(|c| readings(c).into_owned())
                .filter_map(|r| r.chars().next())
                .fold(0, |bits, c| bits | letter_bit(c));
            let letters: Vec<char> = "abcdefghijklmnopqrstuvwxyz".chars().collect();
            for a in &letters {
                for b in &letters {
                    for c in &letters {
                        let typed = format!("{a}{b}{c}");
                        if place(name, &typed, CUT).is_some() {
                            assert_eq!(certain_initials(&typed, CUT) & !initials, 0, "{name} {typed}");
                        }
                        if place(name, &typed, PLAIN).is_some() {
                            assert_eq!(certain_initials(&typed, PLAIN) & !initials, 0, "{name} {typed}");
                        }
                        if place(name, &typed, FUZZY).is_some() {
                            assert_eq!(certain_initials(&typed, FUZZY) & !merged(initials), 0, "{name} {typed}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_covered_characters_are_told() {
        assert_eq!(covered("王张三丰", "zhangs", PLAIN), Some((1, 3)));
        assert_eq!(covered("王张三丰", "张三", PLAIN), Some((1, 3)));
        assert_eq!(covered("小🌸美", "xiaomei", PLAIN), Some((0, 3)));
        assert_eq!(covered("王", "zhang", PLAIN), None);
    }

    #[test]
    fn countless_readings_take_no_time() {
        let name = "行长重乐单曾参差".repeat(20);
        assert_eq!(place(&name, &"x".repeat(LONGEST), FUZZY), None);
        assert_eq!(place(&name, &"x".repeat(LONGEST + 1), FUZZY), None, "longer than is read");
    }
}
