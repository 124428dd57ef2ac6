//! The search itself: one pass over the text for the literal term, and, only when that leaves the list unfilled or
//! cannot answer, a reading of the names whose first letters make them possible.
//!
//! What stands before and after a hit tells how good it is (see [`super::keys::mark`]), so a pass needs no other
//! memory than the text. Of several terms the longest is looked for and the others are checked on its customers.

use super::index::{Letters, SearchIndex};
use super::keys::mark;
use super::query::{self, Term};
use super::rank::{Best, MatchKind};
use super::spelling::{self, Manner, Place};
use super::{Hit, MatchedField, SearchOptions};
use memchr::memmem::Finder;
use shukebu_domain::ids::CustomerId;

impl SearchIndex {
    /// The customers who match `input`, best first. Any input is allowed; one without anything to look for finds
    /// nobody.
    pub fn search(&self, input: &str, options: SearchOptions) -> Vec<Hit> {
        let query = query::parse(input);
        query
            .attempts
            .iter()
            .map(|terms| self.attempt(terms, options))
            .find(|hits| !hits.is_empty())
            .unwrap_or_default()
    }

    /// Who came last, for an empty box: by last visit, then tier.
    pub fn recent(&self, limit: usize) -> Vec<CustomerId> {
        let mut best = Best::new(limit);
        for (slot, _) in (0_u32..).zip(self.letters()).filter(|(_, letters)| letters.alive()) {
            if let Some((id, rank)) = self.who(slot) {
                best.offer(MatchKind::Inside, rank, id, slot);
            }
        }
        best.into_sorted().into_iter().map(|(id, ..)| id).collect()
    }

    fn attempt(&self, terms: &[Term], options: SearchOptions) -> Vec<Hit> {
        let Some((at, driver)) = terms.iter().enumerate().max_by_key(|(_, term)| term.text.len()) else {
            return Vec::new();
        };
        let others: Vec<&Term> =
            terms.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, term)| term).collect();
        let mut pass = Pass { index: self, others, fuzzy: options.fuzzy, best: Best::new(options.limit), seen: None };
        let answered = pass.by_front_letter(driver);
        if !answered {
            pass.literally(driver);
            if driver.mixed || (driver.spells && !pass.best.is_full()) {
                pass.by_spelling(driver);
            }
        }
        let finders: Vec<Matcher<'_>> = terms.iter().map(Matcher::new).collect();
        let sorted = pass.best.into_sorted();
        sorted.into_iter().map(|(id, slot, kind)| Hit { id, kind, field: self.matched_field(slot, &finders) }).collect()
    }

    /// The field in which the first literal match of a hit stands; the name when it was only spelt.
    fn matched_field(&self, slot: u32, finders: &[Matcher<'_>]) -> MatchedField {
        let line = self.line(slot);
        let best = finders.iter().find_map(|finder| finder.best_in(line)).map(|(_, at)| at);
        let before = best.and_then(|at| line.get(..at)).unwrap_or_default();
        match before.iter().rev().find(|byte| **byte < b' ') {
            Some(&mark::PHONE) => MatchedField::Phone,
            Some(&(mark::ALIAS | mark::ALIAS_INITIALS | mark::ALIAS_SPELLING)) => MatchedField::Alias,
            Some(&mark::MEMBER) => MatchedField::MemberNumber,
            Some(&mark::CARD) => MatchedField::Card,
            Some(&mark::HANDLE) => MatchedField::Handle,
            Some(&mark::TAG) => MatchedField::Tag,
            _ => MatchedField::Name,
        }
    }
}

/// One attempt under way.
struct Pass<'a> {
    index: &'a SearchIndex,
    others: Vec<&'a Term>,
    fuzzy: bool,
    best: Best,
    /// Slots that the literal pass found, ascending, so that the second pass leaves them out.
    seen: Option<Vec<u32>>,
}

impl Pass<'_> {
    /// A single letter or digit: nearly everybody contains it, but whoever begins with it comes first, and that is
    /// known without reading. True when these fill the list.
    fn by_front_letter(&mut self, driver: &Term) -> bool {
        let mut characters = driver.text.chars();
        let (Some(c), None, true) = (characters.next(), characters.next(), self.others.is_empty()) else {
            return false;
        };
        if !c.is_ascii() {
            return false;
        }
        let kind = if c.is_ascii_digit() { MatchKind::PhoneFront } else { MatchKind::InitialsFront };
        let mut best = Best::new(self.best.limit());
        for (slot, letters) in (0_u32..).zip(self.index.letters()) {
            if letters.begin_with(c)
                && let Some((id, rank)) = self.index.who(slot)
            {
                best.offer(kind, rank, id, slot);
            }
        }
        let filled = best.is_full();
        if filled {
            self.best = best;
        }
        filled
    }

    /// Every customer whose line contains the term.
    fn literally(&mut self, driver: &Term) {
        let matcher = Matcher::new(driver);
        let (text, starts) = (self.index.text(), self.index.starts());
        let mut found = Vec::new();
        let mut slot = 0_usize;
        let mut from = 0_usize;
        while let Some(at) = text.get(from..).and_then(|rest| matcher.find(rest)).map(|at| at + from) {
            slot = slot_at(starts, slot, at);
            let end = starts.get(slot + 1).map_or(text.len(), |&start| start as usize);
            let line_start = starts.get(slot).map_or(0, |&start| start as usize);
            let mut kind = matcher.kind(text, at);
            // The best of all places in this line.
            from = at + 1;
            while kind < matcher.ceiling {
                let Some(next) = text.get(from..end).and_then(|rest| matcher.find(rest)) else { break };
                kind = kind.max(matcher.kind(text, from + next));
                from += next + 1;
            }
            from = end;
            let line = text.get(line_start..end).unwrap_or_default();
            if let Ok(slot) = u32::try_from(slot) {
                self.offer(slot, kind, line);
                found.push(slot);
            }
        }
        self.seen = Some(found);
    }

    /// Customers whose name the term spells, as far as the literal pass has not found them.
    fn by_spelling(&mut self, driver: &Term) {
        let seen = self.seen.take().unwrap_or_default();
        let certain = spelling::certain_initials(&driver.text, self.fuzzy);
        let han = longest_han(&driver.text);
        let index = self.index;
        if han.is_empty() {
            for (slot, letters) in (0_u32..).zip(index.letters()) {
                if self.possible(*letters, certain) && seen.binary_search(&slot).is_err() {
                    self.read(slot, *letters, driver);
                }
            }
            return;
        }
        // The Chinese characters must occur as they are, so only lines with them are read.
        let finder = Finder::new(han.as_bytes());
        let (text, starts) = (index.text(), index.starts());
        let (mut slot, mut from) = (0, 0);
        while let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)).map(|at| at + from) {
            slot = slot_at(starts, slot, at);
            from = starts.get(slot + 1).map_or(text.len(), |&start| start as usize);
            let Ok(slot) = u32::try_from(slot) else { break };
            let letters = index.letters().get(slot as usize).copied().unwrap_or_default();
            if seen.binary_search(&slot).is_err() {
                self.read(slot, letters, driver);
            }
        }
    }

    fn possible(&self, letters: Letters, certain: u64) -> bool {
        let has = if self.fuzzy { spelling::merged(letters.initials()) } else { letters.initials() };
        letters.alive() && (has & certain == certain || letters.many_readings())
    }

    fn read(&mut self, slot: u32, letters: Letters, driver: &Term) {
        let line = self.index.line(slot);
        if let Some(kind) = spelt_kind(line, driver, letters.many_readings(), self.fuzzy) {
            self.offer(slot, kind, line);
        }
    }

    /// Takes a customer in when all other terms match too; the worst term decides how good the hit is.
    fn offer(&mut self, slot: u32, kind: MatchKind, line: &[u8]) {
        let Some((id, rank)) = self.index.who(slot) else { return };
        let mut kind = kind;
        for other in &self.others {
            let literal = Matcher::new(other).best_in(line).map(|(kind, _)| kind);
            let many = line.contains(&mark::MANY_READINGS);
            match literal.or_else(|| other.spells.then(|| spelt_kind(line, other, many, self.fuzzy)).flatten()) {
                Some(other_kind) => kind = kind.min(other_kind),
                None => return,
            }
        }
        self.best.offer(kind, rank, id, slot);
    }
}

/// A term ready to be looked for.
struct Matcher<'a> {
    finder: Finder<'a>,
    term: &'a Term,
    /// The best that this term can be.
    ceiling: MatchKind,
}

impl<'a> Matcher<'a> {
    fn new(term: &'a Term) -> Self {
        let ceiling = if term.digits { MatchKind::PhoneExact } else { MatchKind::CodeExact };
        Self { finder: Finder::new(term.text.as_bytes()), term, ceiling }
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        match self.term.text.as_bytes() {
            [single] => memchr::memchr(*single, text),
            _ => self.finder.find(text),
        }
    }

    /// The best match in one line and where it stands.
    fn best_in(&self, line: &[u8]) -> Option<(MatchKind, usize)> {
        let mut best: Option<(MatchKind, usize)> = None;
        let mut from = 0;
        while let Some(at) = line.get(from..).and_then(|rest| self.find(rest)).map(|at| at + from) {
            let kind = self.kind(line, at);
            if best.is_none_or(|(known, _)| kind > known) {
                best = Some((kind, at));
            }
            from = at + 1;
        }
        best
    }

    /// How good a match at `at` is, by the bytes around it.
    fn kind(&self, text: &[u8], at: usize) -> MatchKind {
        let length = self.term.text.len();
        let before = at.checked_sub(1).and_then(|before| text.get(before)).copied().unwrap_or(mark::END);
        let after = text.get(at + length).copied().unwrap_or(mark::END);
        let whole = after < b' ' && length > 1;
        match before {
            mark::PHONE if whole => MatchKind::PhoneExact,
            mark::PHONE => MatchKind::PhoneFront,
            mark::NAME | mark::ALIAS if whole => MatchKind::NameExact,
            mark::NAME | mark::ALIAS => MatchKind::NameFront,
            mark::INITIALS | mark::MNEMONIC | mark::SPELLING if whole => MatchKind::MnemonicExact,
            mark::INITIALS | mark::MNEMONIC => MatchKind::InitialsFront,
            mark::SPELLING => MatchKind::SpellingFront,
            mark::MEMBER | mark::CARD | mark::HANDLE if whole && !(self.term.digits && length <= 4) => {
                MatchKind::CodeExact
            }
            mark::MEMBER | mark::CARD | mark::HANDLE => MatchKind::CodeFront,
            0..b' ' if whole => MatchKind::OtherExact,
            0..b' ' => MatchKind::OtherFront,
            _ if self.term.digits && length > 2 && matches!(after, mark::PHONE | mark::NAME) => MatchKind::PhoneTail,
            _ => MatchKind::Inside,
        }
    }
}

/// How the term spells one of the names in a line.
fn spelt_kind(line: &[u8], term: &Term, many_readings: bool, fuzzy: bool) -> Option<MatchKind> {
    let strict = Manner { fuzzy: false, cut_front: many_readings };
    let mut best = None;
    for (field, name) in names(line) {
        let kind = match spelling::place(name, &term.text, strict) {
            Some(place) if term.mixed => Some(mixed_kind(field, place)),
            Some(_) => Some(MatchKind::SpeltFreely),
            None if fuzzy => {
                let alike = Manner { fuzzy: true, cut_front: false };
                spelling::place(name, &term.text, alike).map(|_| MatchKind::SoundsAlike)
            }
            None => None,
        };
        best = best.max(kind);
    }
    best
}

/// zhang三 is as good as 张三 would be.
fn mixed_kind(field: u8, place: Place) -> MatchKind {
    match (field, place) {
        (_, Place::Whole) => MatchKind::NameExact,
        (mark::NAME, Place::Front) => MatchKind::NameFront,
        (_, Place::Front) => MatchKind::OtherFront,
        (_, Place::Inside) => MatchKind::Inside,
    }
}

/// The names of a line with their marks.
fn names(line: &[u8]) -> impl Iterator<Item = (u8, &str)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let at = rest.iter().position(|byte| matches!(*byte, mark::NAME | mark::ALIAS))?;
            let (field, body) = rest.get(at..)?.split_first()?;
            let end = body.iter().position(|byte| *byte < b' ').unwrap_or(body.len());
            rest = body.get(end..)?;
            if let Some(name) = body.get(..end).and_then(|name| std::str::from_utf8(name).ok()) {
                return Some((*field, name));
            }
        }
    })
}

/// The slot in which a byte lies, at or after `known`. Hits come in order and mostly near each other.
fn slot_at(starts: &[u32], known: usize, at: usize) -> usize {
    let begins_after = |slot: usize| starts.get(slot).is_none_or(|&start| start as usize > at);
    let mut slot = known;
    for _ in 0..8 {
        if begins_after(slot + 1) {
            return slot;
        }
        slot += 1;
    }
    let mut step = 8;
    while !begins_after(slot + step) {
        slot += step;
        step *= 2;
    }
    let later = starts.get(slot + 1..(slot + step).min(starts.len())).unwrap_or_default();
    slot + later.partition_point(|&start| start as usize <= at)
}

/// The longest run without letters or digits.
fn longest_han(text: &str) -> &str {
    text.split(|c: char| c.is_ascii()).max_by_key(|run| run.len()).unwrap_or_default()
}
