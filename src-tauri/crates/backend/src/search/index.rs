//! All customers' lines as one text in memory, and which customer each part belongs to.
//!
//! One flat text is what a processor scans fastest, and it holds any fragment of any field, from one character on.
//! A changed customer is written over the old line when it fits and at the end when it does not; the old bytes
//! become zeros, which nothing can match, and the text is packed when a quarter of it is waste. So a change costs
//! its own bytes.

use super::keys::mark;
use super::rank::Rank;
use super::spelling::letter_bit;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

/// Everything by which customers are found.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// The lines, each ended by [`mark::END`], wasted bytes as zeros.
    text: Vec<u8>,
    /// Where each slot's line begins; ascending.
    starts: Vec<u32>,
    ids: Vec<CustomerId>,
    ranks: Vec<Rank>,
    letters: Vec<Letters>,
    slots: Slots,
    wasted: usize,
}

/// What a slot's first letters are, so that most customers need not be read at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters(u64);

impl Letters {
    const ALL: u64 = (1 << 26) - 1;
    const FIRST_SHIFT: u32 = 26;
    const DIGIT_SHIFT: u32 = 52;
    const MANY_READINGS: u64 = 1 << 62;
    const ALIVE: u64 = 1 << 63;

    /// First letters of all characters of all names in all readings, bits from a.
    pub fn initials(self) -> u64 {
        self.0 & Self::ALL
    }

    /// Whether any field begins with this letter or digit.
    pub fn begin_with(self, c: char) -> bool {
        self.0 & Self::front_bit(c) != 0
    }

    /// Whether names must be read character by character.
    pub fn many_readings(self) -> bool {
        self.0 & Self::MANY_READINGS != 0
    }

    /// Whether the slot holds a customer.
    pub fn alive(self) -> bool {
        self.0 & Self::ALIVE != 0
    }

    fn front_bit(c: char) -> u64 {
        match c.to_digit(10) {
            Some(digit) => 1 << (Self::DIGIT_SHIFT + digit),
            None => letter_bit(c) << Self::FIRST_SHIFT,
        }
    }

    fn of_line(line: &[u8]) -> Self {
        let mut bits = Self::ALIVE;
        let mut rest = line;
        while let Some((field, body)) = rest.split_first() {
            let end = body.iter().position(|byte| *byte < b' ').unwrap_or(body.len());
            let (text, after) = body.split_at_checked(end).unwrap_or((body, &[]));
            bits |= text.first().map_or(0, |first| Self::front_bit(char::from(*first)));
            match *field {
                mark::INITIALS | mark::MNEMONIC | mark::OTHER_INITIALS | mark::ALIAS_INITIALS => {
                    bits |= text.iter().fold(0, |bits, letter| bits | letter_bit(char::from(*letter)));
                }
                mark::MANY_READINGS => bits |= Self::MANY_READINGS,
                _ => {}
            }
            rest = after;
        }
        Self(bits)
    }
}

/// From a customer to the slot. Ids grow by one in a book, so a plain list serves nearly all of them.
#[derive(Debug, Default)]
struct Slots {
    dense: Vec<u32>,
    sparse: BTreeMap<i64, u32>,
}

impl Slots {
    const NONE: u32 = u32::MAX;

    fn get(&self, id: CustomerId) -> Option<u32> {
        let dense = usize::try_from(id.0).ok().and_then(|at| self.dense.get(at)).copied();
        dense.filter(|&slot| slot != Self::NONE).or_else(|| self.sparse.get(&id.0).copied())
    }

    fn set(&mut self, id: CustomerId, slot: u32) {
        match usize::try_from(id.0) {
            Ok(at) if at < self.dense.len().saturating_mul(2).saturating_add(4096) => {
                if at >= self.dense.len() {
                    self.dense.resize(at + 1, Self::NONE);
                }
                if let Some(place) = self.dense.get_mut(at) {
                    *place = slot;
                }
                self.sparse.remove(&id.0);
            }
            _ => {
                self.sparse.insert(id.0, slot);
            }
        }
    }

    fn remove(&mut self, id: CustomerId) {
        if let Some(place) = usize::try_from(id.0).ok().and_then(|at| self.dense.get_mut(at)) {
            *place = Self::NONE;
        }
        self.sparse.remove(&id.0);
    }
}

impl SearchIndex {
    /// An index of nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// The index of a whole book from stored lines (see [`super::search_text`]), in any order; of a repeated id the
    /// last line counts.
    pub fn load<T: AsRef<str>>(lines: impl IntoIterator<Item = (CustomerId, T, Rank)>) -> Self {
        let mut index = Self::new();
        for (id, line, rank) in lines {
            index.upsert(id, line.as_ref(), rank);
        }
        index.shrink();
        index
    }

    /// Adds a customer or replaces what is known of one. `line` is made by [`super::search_text`].
    ///
    /// Beyond 4 GiB of text (about fifty million customers) further customers are not taken up.
    pub fn upsert(&mut self, id: CustomerId, line: &str, rank: Rank) {
        let letters = Letters::of_line(line.as_bytes());
        if let Some(slot) = self.slots.get(id) {
            if self.overwrite(slot, line.as_bytes()) {
                self.set_slot(slot, letters, rank);
                return;
            }
            self.remove(id);
        }
        let (Ok(start), Ok(slot)) = (u32::try_from(self.text.len()), u32::try_from(self.starts.len())) else { return };
        self.text.extend_from_slice(line.as_bytes());
        self.text.push(mark::END);
        self.starts.push(start);
        self.ids.push(id);
        self.ranks.push(rank);
        self.letters.push(letters);
        self.slots.set(id, slot);
    }

    /// Forgets a customer; nothing happens when there is none.
    pub fn remove(&mut self, id: CustomerId) {
        let Some(slot) = self.slots.get(id) else { return };
        self.slots.remove(id);
        let range = self.range(slot);
        if let Some(line) = self.text.get_mut(range) {
            self.wasted += line.iter().filter(|byte| **byte != 0).count();
            line.fill(0);
        }
        self.set_slot(slot, Letters::default(), Rank::default());
        if self.wasted > self.text.len() / 4 + 4096 {
            self.pack();
        }
    }

    /// Tells that a customer came again or changed tier.
    pub fn set_rank(&mut self, id: CustomerId, rank: Rank) {
        if let Some(place) = self.slots.get(id).and_then(|slot| self.ranks.get_mut(slot as usize)) {
            *place = rank;
        }
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.letters.iter().filter(|letters| letters.alive()).count()
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory that the index holds.
    pub fn memory(&self) -> usize {
        self.text.capacity()
            + self.starts.capacity() * size_of::<u32>()
            + self.ids.capacity() * size_of::<CustomerId>()
            + self.ranks.capacity() * size_of::<Rank>()
            + self.letters.capacity() * size_of::<Letters>()
            + self.slots.dense.capacity() * size_of::<u32>()
            + self.slots.sparse.len() * 2 * size_of::<i64>()
    }

    /// The whole text, for scanning.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The starts of all slots, ascending.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// First letters of all slots.
    pub(super) fn letters(&self) -> &[Letters] {
        &self.letters
    }

    /// How a slot's customer ranks.
    pub(super) fn rank(&self, slot: u32) -> Rank {
        self.ranks.get(slot as usize).copied().unwrap_or_default()
    }

    /// Who is in a slot and how that customer ranks.
    pub(super) fn who(&self, slot: u32) -> Option<(CustomerId, Rank)> {
        Some((*self.ids.get(slot as usize)?, *self.ranks.get(slot as usize)?))
    }

    /// The line of a slot with its end mark and wasted zeros.
    pub(super) fn line(&self, slot: u32) -> &[u8] {
        self.text.get(self.range(slot)).unwrap_or_default()
    }

    fn range(&self, slot: u32) -> std::ops::Range<usize> {
        let slot = slot as usize;
        let start = self.starts.get(slot).map_or(self.text.len(), |&at| at as usize);
        let end = self.starts.get(slot + 1).map_or(self.text.len(), |&at| at as usize);
        start..end
    }

    fn set_slot(&mut self, slot: u32, letters: Letters, rank: Rank) {
        if let Some(place) = self.letters.get_mut(slot as usize) {
            *place = letters;
        }
        if let Some(place) = self.ranks.get_mut(slot as usize) {
            *place = rank;
        }
    }

    /// Writes a line over the old one when it fits; the rest becomes zeros behind the end mark.
    fn overwrite(&mut self, slot: u32, line: &[u8]) -> bool {
        let range = self.range(slot);
        let Some(old) = self.text.get_mut(range) else { return false };
        let was_waste = old.iter().filter(|byte| **byte == 0).count();
        let Some((new, rest)) = old.split_at_mut_checked(line.len() + 1) else { return false };
        if let Some((end, body)) = new.split_last_mut() {
            body.copy_from_slice(line);
            *end = mark::END;
        }
        rest.fill(0);
        self.wasted = (self.wasted + rest.len()).saturating_sub(was_waste);
        true
    }

    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.ids.shrink_to_fit();
        self.ranks.shrink_to_fit();
        self.letters.shrink_to_fit();
        self.slots.dense.shrink_to_fit();
    }

    fn pack(&mut self) {
        let mut packed = Self { text: Vec::with_capacity(self.text.len() - self.wasted), ..Self::default() };
        for slot in 0..self.starts.len() {
            let Some(letters) = self.letters.get(slot).filter(|letters| letters.alive()) else { continue };
            let Ok(slot) = u32::try_from(slot) else { continue };
            let Some((id, rank)) = self.who(slot) else { continue };
            let line = self.line(slot);
            let end = memchr::memchr(mark::END, line).map_or(line.len(), |at| at + 1);
            let (Ok(start), Ok(new_slot)) = (u32::try_from(packed.text.len()), u32::try_from(packed.starts.len()))
            else {
                continue;
            };
            packed.text.extend_from_slice(line.get(..end).unwrap_or(line));
            packed.starts.push(start);
            packed.ids.push(id);
            packed.ranks.push(rank);
            packed.letters.push(*letters);
            packed.slots.set(id, new_slot);
        }
        *self = packed;
    }
}
