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
use super::{Found, Hit, MatchedField, SearchOptions};
use memchr::memmem::Finder;
use shukebu_domain::ids::CustomerId;

impl SearchIndex {
    /// The customers who match `input`, best first. Any input is allowed; one without anything to look for finds
    /// nobody.
    pub fn search(&self, input: &str, options: SearchOptions) -> Found {
        let query = query::parse(input);
        let tried = query.attempts.iter().map(|terms| self.attempt(terms, options));
        tried.into_iter().find(|found| !found.hits.is_empty()).unwrap_or_default()
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

    fn attempt(&self, terms: &[Term], options: SearchOptions) -> Found {
        let Some((at, driver)) = terms.iter().enumerate().max_by_key(|(_, term)| term.text.len()) else {
            return Found::default();
        };
        let others = terms.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, term)| Matcher::new(term));
        let mut pass = Pass {
            index: self,
            driver: Matcher::new(driver),
            others: others.collect(),
            fuzzy: options.fuzzy,
            best: Best::new(options.limit),
        };
        pass.run();
        let total = pass.best.offered();
        let sorted = pass.best.into_sorted().into_iter();
        let finders: Vec<&Matcher<'_>> = std::iter::once(&pass.driver).chain(&pass.others).collect();
        let hits = sorted.map(|(id, slot, kind)| Hit { id, kind, field: self.matched_field(slot, &finders) }).collect();
        Found { hits, total }
    }

    /// The field in which the first literal match of a hit stands; the name when it was only spelt.
    fn matched_field(&self, slot: u32, finders: &[&Matcher<'_>]) -> MatchedField {
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
    driver: Matcher<'a>,
    others: Vec<Matcher<'a>>,
    fuzzy: bool,
    best: Best,
}

impl<'a> Pass<'a> {
    fn run(&mut self) {
        let term = self.driver.term;
        let literally = if term.text.len() > 1 { self.literally() } else { None };
        let seen = literally.unwrap_or_else(|| self.by_rank());
        if term.mixed || (term.spells && !self.best.is_full()) {
            let seen = self.by_spelling(seen, false);
            if self.fuzzy && !self.best.is_full() {
                self.by_spelling(seen, true);
            }
        }
    }

    /// Every customer whose line contains the term; their slots, ascending. `None`, with nothing taken in, when the
    /// fragment turns out to be so frequent that [`Pass::by_rank`] is quicker.
    fn literally(&mut self) -> Option<Vec<u32>> {
        let index = self.index;
        let (text, starts) = (index.text(), index.starts());
        let frequent = (starts.len() / 16).max(4096);
        let mut seen = Vec::new();
        let (mut slot, mut from) = (0_usize, 0_usize);
        while let Some(at) = text.get(from..).and_then(|rest| self.driver.find(rest)).map(|at| at + from) {
            slot = slot_at(starts, slot, at);
            let end = starts.get(slot + 1).map_or(text.len(), |&start| start as usize);
            let line_start = starts.get(slot).map_or(0, |&start| start as usize);
            let mut kind = self.driver.kind(text, at);
            // The best of all places in this line.
            from = at + 1;
            while kind < self.driver.ceiling {
                let Some(next) = text.get(from..end).and_then(|rest| self.driver.find(rest)) else { break };
                kind = kind.max(self.driver.kind(text, from + next));
                from += next + 1;
            }
            from = end;
            let Ok(slot) = u32::try_from(slot) else { break };
            seen.push(slot);
            if seen.len() == frequent && self.few_fronts(frequent) {
                self.best = Best::new(self.best.limit());
                return None;
            }
            self.offer(slot, kind, text.get(line_start..end).unwrap_or_default());
        }
        Some(seen)
    }

    /// Whether fronts tell the quality of a hit and few customers have a field that begins like the term.
    fn few_fronts(&self, few: usize) -> bool {
        let term = self.driver.term;
        // Digits from the third on can match a phone's end, which no front tells.
        if term.digits && term.text.len() > 2 {
            return false;
        }
        let first = term.text.chars().next().filter(char::is_ascii);
        first.is_some_and(|first| self.index.letters().iter().filter(|l| l.begin_with(first)).count() < few)
    }

    /// For a single letter or a fragment that stands in nearly every line: first the customers of whom some field
    /// begins with its first letter or digit, since only they can match better than [`MatchKind::Inside`]; then of
    /// the others only those whose rank would still enter the list. The slots that were found to match, ascending.
    fn by_rank(&mut self) -> Vec<u32> {
        let term = self.driver.term;
        let index = self.index;
        let first = term.text.chars().next().unwrap_or_default();
        // What a single character can be at most; see `Matcher::kind`.
        let ceiling = match term.text.len() {
            1 if term.digits => MatchKind::PhoneFront,
            1 => MatchKind::InitialsFront,
            _ => self.driver.ceiling,
        };
        let mut seen = Vec::new();
        for (fronts, ceiling) in [(true, ceiling), (false, MatchKind::Inside)] {
            if !fronts && self.best.worst() > Some(MatchKind::Inside) {
                break;
            }
            for (slot, letters) in (0_u32..).zip(index.letters()) {
                let rank = index.rank(slot);
                if letters.begin_with(first) != fronts || !letters.alive() || !self.best.would_take(ceiling, rank) {
                    continue;
                }
                let line = index.line(slot);
                if let Some((kind, _)) = self.driver.best_in(line) {
                    self.offer(slot, kind, line);
                    seen.push(slot);
                }
            }
        }
        seen.sort_unstable();
        seen
    }

    /// Customers whose name the term spells, or sounds like, apart from those already `seen` (ascending); gives all
    /// that are seen now.
    fn by_spelling(&mut self, mut seen: Vec<u32>, fuzzy: bool) -> Vec<u32> {
        let term = self.driver.term;
        let index = self.index;
        let han = longest_han(&term.text);
        let known = seen.len();
        if han.is_empty() {
            let ceiling = if fuzzy { MatchKind::SoundsAlike } else { MatchKind::SpeltFreely };
            let whole = spelling::certain_initials(&term.text, Manner { fuzzy, cut_front: false });
            let cut = spelling::certain_initials(&term.text, Manner { fuzzy, cut_front: true });
            for (slot, letters) in (0_u32..).zip(index.letters()) {
                let certain = if letters.many_readings() { cut } else { whole };
                let has = if fuzzy { spelling::merged(letters.initials()) } else { letters.initials() };
                if has & certain == certain
                    && letters.alive()
                    && self.best.would_take(ceiling, index.rank(slot))
                    && !contains(&seen, known, slot)
                    && self.read(slot, *letters, fuzzy)
                {
                    seen.push(slot);
                }
            }
        } else {
            // The Chinese characters must occur as they are, so only lines with them are read.
            let finder = Finder::new(han.as_bytes());
            let (text, starts) = (index.text(), index.starts());
            let (mut slot, mut from) = (0, 0);
            while let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)).map(|at| at + from) {
                slot = slot_at(starts, slot, at);
                from = starts.get(slot + 1).map_or(text.len(), |&start| start as usize);
                let Ok(slot) = u32::try_from(slot) else { break };
                let letters = index.letters().get(slot as usize).copied().unwrap_or_default();
                if !contains(&seen, known, slot) && self.read(slot, letters, fuzzy) {
                    seen.push(slot);
                }
            }
        }
        seen.sort_unstable();
        seen
    }

    /// Reads one customer's names; whether one of them matches.
    fn read(&mut self, slot: u32, letters: Letters, fuzzy: bool) -> bool {
        let line = self.index.line(slot);
        let kind = spelt_kind(line, self.driver.term, Manner { fuzzy, cut_front: letters.many_readings() });
        if let Some(kind) = kind {
            self.offer(slot, kind, line);
        }
        kind.is_some()
    }

    /// Takes a customer in when all other terms match too; the worst term decides how good the hit is.
    fn offer(&mut self, slot: u32, kind: MatchKind, line: &[u8]) {
        let Some((id, rank)) = self.index.who(slot) else { return };
        if !self.best.would_take(kind, rank) {
            if self.others.is_empty() {
                self.best.pass_over();
            }
            return;
        }
        let mut kind = kind;
        for other in &self.others {
            let literal = other.best_in(line).map(|(kind, _)| kind);
            let cut_front = line.contains(&mark::MANY_READINGS);
            let spelt = || {
                let strict = spelt_kind(line, other.term, Manner { fuzzy: false, cut_front });
                strict.or_else(|| spelt_kind(line, other.term, Manner { fuzzy: self.fuzzy, cut_front }))
            };
            match literal.or_else(|| other.term.spells.then(spelt).flatten()) {
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
        let kind = self.kind_by_neighbours(text, at);
        // A single digit is nearly always the beginning of a number, so names do not come before phones.
        if self.term.digits && self.term.text.len() == 1 { kind.min(MatchKind::PhoneFront) } else { kind }
    }

    fn kind_by_neighbours(&self, text: &[u8], at: usize) -> MatchKind {
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
fn spelt_kind(line: &[u8], term: &Term, manner: Manner) -> Option<MatchKind> {
    let kinds = names(line).filter_map(|(field, name)| {
        let place = spelling::place(name, &term.text, manner)?;
        Some(match (manner.fuzzy, term.mixed) {
            (true, _) => MatchKind::SoundsAlike,
            (false, true) => mixed_kind(field, place),
            (false, false) => MatchKind::SpeltFreely,
        })
    });
    kinds.max()
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

/// Whether a slot is among the first `known` of `seen`, which ascend.
fn contains(seen: &[u32], known: usize, slot: u32) -> bool {
    seen.get(..known).is_some_and(|seen| seen.binary_search(&slot).is_ok())
}

/// The longest run without letters or digits.
fn longest_han(text: &str) -> &str {
    text.split(|c: char| c.is_ascii()).max_by_key(|run| run.len()).unwrap_or_default()
}
