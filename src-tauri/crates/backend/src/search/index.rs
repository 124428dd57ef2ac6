//! All customers' lines as texts in memory, and which customer each part belongs to.
//!
//! A flat text is what a processor scans fastest, and it holds any fragment of any field, from one character on; there
//! is one for each sort of characters (see [`super::lane`]). A changed customer is written over the old line when it
//! fits and at the end when it does not; the old bytes become zeros, and the texts are packed when a quarter of them is
//! waste. So a change costs its own bytes.

use super::keys::mark;
use super::lane::{Lane, Parted, Sort};
use super::rank::{Rank, Standing};
use super::slots::{BLOCK, Slots};
use super::spelling::letter_bit;
use shukebu_domain::ids::CustomerId;
use std::cmp::Reverse;

/// Everything by which customers are found.
#[derive(Debug, Default)]
pub struct SearchIndex {
    lanes: [Lane; 3],
    slots: Slots,
    ranks: Vec<Rank>,
    letters: Vec<Letters>,
    blocks: Vec<Block>,
    parted: Parted,
}

/// What holds of [`BLOCK`] slots together, so that a search passes over those who would not enter its list without
/// looking at each.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// The best among them.
    pub standing: Standing,
    /// What their codes, tags and less usual readings begin with, as in [`Letters`]; of those who were here before, too.
    fronts: u64,
}

impl Block {
    /// Whether any code, tag or less usual reading may begin with this letter or digit.
    pub fn may_begin_with(&self, c: char) -> bool {
        self.fronts & Letters::front_bit(c) != 0
    }
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

    /// Whether a phone, a name or its usual reading begins with this letter or digit.
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

    /// Takes one field in; answers its front when it is one of those that a block keeps.
    fn add(&mut self, field: u8, text: &[u8]) -> u64 {
        let front = text.first().map_or(0, |first| Self::front_bit(char::from(*first)));
        let is_usual =
            matches!(field, mark::PHONE | mark::NAME | mark::ALIAS | mark::INITIALS | mark::MNEMONIC | mark::SPELLING);
        if is_usual {
            self.0 |= front;
        }
        match field {
            mark::INITIALS | mark::MNEMONIC | mark::OTHER_INITIALS | mark::ALIAS_INITIALS => {
                self.0 |= text.iter().fold(0, |bits, letter| bits | letter_bit(char::from(*letter)));
            }
            mark::MANY_READINGS => self.0 |= Self::MANY_READINGS,
            _ => {}
        }
        if is_usual { 0 } else { front }
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
    /// Beyond 4 GiB of one text (about a hundred million customers) further customers are not taken up.
    pub fn upsert(&mut self, id: CustomerId, line: &str, rank: Rank) {
        let mut parted = std::mem::take(&mut self.parted);
        let mut letters = Letters(Letters::ALIVE);
        let mut fronts = 0;
        parted.part(line.as_bytes(), |field, text| fronts |= letters.add(field, text));
        self.put(id, &parted, letters, rank);
        if let Some(block) = self.slot_of(id).and_then(|slot| self.blocks.get_mut(slot as usize / BLOCK)) {
            block.fronts |= fronts;
        }
        self.parted = parted;
    }

    fn put(&mut self, id: CustomerId, parted: &Parted, letters: Letters, rank: Rank) {
        if let Some(slot) = self.slot_of(id) {
            if self.lanes.iter().zip(&parted.0).all(|(lane, line)| lane.fits(slot, line)) {
                self.lanes.iter_mut().zip(&parted.0).for_each(|(lane, line)| lane.overwrite(slot, line));
                self.set_slot(slot, letters, rank);
                return;
            }
            self.remove(id);
        }
        if u32::try_from(self.slots.len()).is_err()
            || !self.lanes.iter().zip(&parted.0).all(|(lane, line)| lane.has_room(line.len() + 1))
        {
            return;
        }
        self.lanes.iter_mut().zip(&parted.0).for_each(|(lane, line)| lane.push(line));
        self.add_slot(id, letters, rank);
    }

    /// The slot of a customer who is there.
    fn slot_of(&self, id: CustomerId) -> Option<u32> {
        let is_there = |slot: &u32| self.letters.get(*slot as usize).is_some_and(|letters| letters.alive());
        self.slots.of(id).filter(is_there)
    }

    /// Forgets a customer; nothing happens when there is none.
    pub fn remove(&mut self, id: CustomerId) {
        let Some(slot) = self.slot_of(id) else { return };
        self.lanes.iter_mut().for_each(|lane| lane.clear(slot));
        self.set_slot(slot, Letters::default(), Rank::default());
        let wasted: usize = self.lanes.iter().map(Lane::wasted).sum();
        let all: usize = self.lanes.iter().map(|lane| lane.text().len()).sum();
        if wasted > all / 4 + 4096 {
            self.pack();
        }
    }

    /// Tells that a customer came again or changed tier.
    pub fn set_rank(&mut self, id: CustomerId, rank: Rank) {
        if let Some(slot) = self.slot_of(id) {
            let letters = self.letters.get(slot as usize).copied().unwrap_or_default();
            self.set_slot(slot, letters, rank);
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
        self.lanes.iter().map(Lane::memory).sum::<usize>()
            + self.slots.memory()
            + self.ranks.capacity() * size_of::<Rank>()
            + self.letters.capacity() * size_of::<Letters>()
            + self.blocks.capacity() * size_of::<Block>()
    }

    /// The text of one sort of characters.
    pub(super) fn lane(&self, sort: Sort) -> &Lane {
        let [digits, letters, words] = &self.lanes;
        match sort {
            Sort::Digits => digits,
            Sort::Letters => letters,
            Sort::Words => words,
        }
    }

    /// First letters of all slots.
    pub(super) fn letters(&self) -> &[Letters] {
        &self.letters
    }

    /// What holds of every [`BLOCK`] slots.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// How a slot's customer stands among equals.
    pub(super) fn standing(&self, slot: u32) -> Standing {
        let rank = self.ranks.get(slot as usize).copied().unwrap_or_default();
        (rank, Reverse(self.slots.id(slot).unwrap_or(CustomerId(i64::MAX))))
    }

    fn add_slot(&mut self, id: CustomerId, letters: Letters, rank: Rank) {
        let standing = (rank, Reverse(id));
        match self.blocks.get_mut(self.slots.len() / BLOCK) {
            Some(block) => block.standing = standing.max(block.standing),
            None => self.blocks.push(Block { standing, fronts: 0 }),
        }
        self.slots.push(id);
        self.ranks.push(rank);
        self.letters.push(letters);
    }

    fn set_slot(&mut self, slot: u32, letters: Letters, rank: Rank) {
        let at = slot as usize;
        if let Some(place) = self.letters.get_mut(at) {
            *place = letters;
        }
        if let Some(place) = self.ranks.get_mut(at) {
            *place = rank;
        }
        let first = at / BLOCK * BLOCK;
        let best = (first..(first + BLOCK).min(self.slots.len()))
            .filter_map(|slot| u32::try_from(slot).ok())
            .map(|slot| self.standing(slot))
            .max();
        if let (Some(block), Some(best)) = (self.blocks.get_mut(at / BLOCK), best) {
            block.standing = best;
        }
    }

    fn shrink(&mut self) {
        self.lanes.iter_mut().for_each(Lane::shrink);
        self.slots.shrink();
        self.ranks.shrink_to_fit();
        self.letters.shrink_to_fit();
        self.blocks.shrink_to_fit();
    }

    fn pack(&mut self) {
        let mut alive: Vec<u32> =
            (0_u32..).zip(&self.letters).filter(|(_, letters)| letters.alive()).map(|(slot, _)| slot).collect();
        alive.sort_by_key(|slot| self.slots.id(*slot));
        let mut packed = Self { lanes: self.lanes.each_ref().map(|lane| lane.packed(&alive)), ..Self::default() };
        for old in &alive {
            let (rank, Reverse(id)) = self.standing(*old);
            packed.add_slot(id, self.letters.get(*old as usize).copied().unwrap_or_default(), rank);
            let fronts = self.blocks.get(*old as usize / BLOCK).map_or(0, |block| block.fronts);
            if let Some(block) = packed.blocks.last_mut() {
                block.fronts |= fronts;
            }
        }
        *self = packed;
    }
}
