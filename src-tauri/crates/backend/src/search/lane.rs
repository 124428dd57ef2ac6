//! One of the texts that are scanned: the fields of all customers that hold characters of one sort.
//!
//! Whoever types digits means numbers, letters a spelling or a handle, characters a name. So every field lies in the
//! lane of each sort of characters that it holds, and a term is looked for in one lane only, which is a third of the
//! bytes. A field never comes apart: a match in it looks the same in every lane that has it.

use super::keys::mark;
use super::starts::Starts;

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Fields with a digit: phones, member numbers, codes.
    Digits,
    /// Fields with a letter: spellings, first letters, handles.
    Letters,
    /// Fields with anything else: names, companies, tags.
    Words,
}

impl Sort {
    /// The lane that has every field in which a folded text can stand.
    pub fn of(text: &str) -> Self {
        let [_, letters, words] = sorts(text.as_bytes());
        match (words, letters) {
            (true, _) => Self::Words,
            (false, true) => Self::Letters,
            (false, false) => Self::Digits,
        }
    }
}

/// Which sorts of characters a folded text holds.
fn sorts(text: &[u8]) -> [bool; 3] {
    text.iter().fold([false; 3], |[digits, letters, words], byte| match byte {
        b'a'..=b'z' => [digits, true, words],
        0x80.. => [digits, letters, true],
        _ => [true, letters, words],
    })
}

/// The fields of a customer's line, parted; reused from line to line.
#[derive(Debug, Default)]
pub struct Parted(pub [Vec<u8>; 3]);

impl Parted {
    /// Takes a new line apart. `each` is told of every field: its mark and its text.
    pub fn part(&mut self, line: &[u8], mut each: impl FnMut(u8, &[u8])) {
        self.0.iter_mut().for_each(Vec::clear);
        let mut rest = line;
        while let Some((field, body)) = rest.split_first() {
            let end = body.iter().position(|byte| *byte < b' ').unwrap_or(body.len());
            let (text, after) = body.split_at_checked(end).unwrap_or((body, &[]));
            each(*field, text);
            let mut held = sorts(text);
            let [digits, ..] = &mut held;
            // The name's mark also ends the last phone.
            if *field == mark::NAME && !*digits && !self.0[0].is_empty() {
                self.0[0].push(mark::NAME);
            }
            for (lane, _) in self.0.iter_mut().zip(held).filter(|(_, held)| *held) {
                lane.push(*field);
                lane.extend_from_slice(text);
            }
            rest = after;
        }
    }
}

/// The lines of all slots in one text, each ended by [`mark::END`], wasted bytes as zeros, which nothing can match.
#[derive(Debug, Default)]
pub struct Lane {
    text: Vec<u8>,
    /// Where each slot's line begins.
    starts: Starts,
    wasted: usize,
}

impl Lane {
    /// The whole text, for scanning.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The starts of all slots.
    pub fn starts(&self) -> &Starts {
        &self.starts
    }

    /// Bytes that nobody needs any longer.
    pub fn wasted(&self) -> usize {
        self.wasted
    }

    /// Whether another line of this length can be addressed.
    pub fn has_room(&self, length: usize) -> bool {
        u32::try_from(self.text.len().saturating_add(length)).is_ok()
    }

    /// Adds the line of a new slot.
    pub fn push(&mut self, line: &[u8]) {
        let Ok(start) = u32::try_from(self.text.len()) else { return };
        self.text.extend_from_slice(line);
        self.text.push(mark::END);
        self.starts.push(start);
    }

    /// The line of a slot with its end mark and wasted zeros.
    pub fn line(&self, slot: u32) -> &[u8] {
        self.text.get(self.range(slot)).unwrap_or_default()
    }

    /// Whether a line fits over a slot's old one.
    pub fn fits(&self, slot: u32, line: &[u8]) -> bool {
        line.len() < self.range(slot).len()
    }

    /// Writes a line that fits over the old one; the rest becomes zeros behind the end mark.
    pub fn overwrite(&mut self, slot: u32, line: &[u8]) {
        let range = self.range(slot);
        let Some(old) = self.text.get_mut(range) else { return };
        let was_waste = old.iter().filter(|byte| **byte == 0).count();
        let Some((new, rest)) = old.split_at_mut_checked(line.len() + 1) else { return };
        if let Some((end, body)) = new.split_last_mut() {
            body.copy_from_slice(line);
            *end = mark::END;
        }
        rest.fill(0);
        self.wasted = (self.wasted + rest.len()).saturating_sub(was_waste);
    }

    /// Makes zeros of a slot's line.
    pub fn clear(&mut self, slot: u32) {
        let range = self.range(slot);
        if let Some(line) = self.text.get_mut(range) {
            self.wasted += line.iter().filter(|byte| **byte != 0).count();
            line.fill(0);
        }
    }

    /// The same with these slots only, and nothing wasted.
    pub fn packed(&self, slots: &[u32]) -> Self {
        let mut packed = Self { text: Vec::with_capacity(self.text.len() - self.wasted), ..Self::default() };
        for slot in slots {
            let line = self.line(*slot);
            packed.push(line.get(..memchr::memchr(mark::END, line).unwrap_or(line.len())).unwrap_or(line));
        }
        packed
    }

    /// Gives back memory that was reserved.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink();
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.starts.memory()
    }

    fn range(&self, slot: u32) -> std::ops::Range<usize> {
        let slot = slot as usize;
        let start_of = |slot| self.starts.get(slot).unwrap_or(self.text.len());
        start_of(slot)..start_of(slot + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_lies_in_the_lane_of_every_sort_of_characters_that_it_holds() {
        let line = "\u{1}13812345678\u{2}张三8号\u{3}zs\u{11}wxid9";
        let mut parted = Parted::default();
        parted.part(line.as_bytes(), |_, _| ());
        let texts = parted.0.each_ref().map(|lane| String::from_utf8_lossy(lane).into_owned());
        assert_eq!(texts, ["\u{1}13812345678\u{2}张三8号\u{11}wxid9", "\u{3}zs\u{11}wxid9", "\u{2}张三8号"]);
        parted.part("\u{1}138\u{2}张三".as_bytes(), |_, _| ());
        assert_eq!(parted.0[0], "\u{1}138\u{2}".as_bytes(), "the mark that ends the last phone stays");
    }

    #[test]
    fn a_term_goes_where_every_field_is_that_could_hold_it() {
        for (text, sort) in
            [("5678", Sort::Digits), ("zs", Sort::Letters), ("m0017", Sort::Letters), ("张s8", Sort::Words)]
        {
            assert_eq!(Sort::of(text), sort, "{text}");
        }
    }
}
