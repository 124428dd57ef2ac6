//! The search itself: one pass over the text for the literal term, and, only when that leaves the list unfilled or
//! cannot answer, a reading of the names whose first letters make them possible.
//!
//! What stands before and after a hit tells how good it is (see [`super::keys::mark`]), so a pass needs no other
//! memory than the text. Of several terms the longest is looked for and the others are checked on its customers.
//!
//! A frequent character stands in thousands of names, and a list shows a dozen. Once the list is full, a hit is passed
//! over by the bytes around it and the best standing of its block, before anything is looked up that lies elsewhere in
//! memory.

use super::index::{Block, Letters, SearchIndex};
use super::keys::mark;
use super::lane::Sort;
use super::query::{self, Term};
use super::rank::{Best, MatchKind, Standing};
use super::slots::BLOCK;
use super::spelling::{self, Manner, Place};
use super::starts::Starts;
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
        for (slots, (letters, block)) in blocks(self) {
            if !best.would_take(MatchKind::Inside, block.standing) {
                continue;
            }
            for (slot, _) in slots.zip(letters).filter(|(_, letters)| letters.alive()) {
                best.offer(MatchKind::Inside, self.standing(slot), slot);
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
        let best = finders.iter().find_map(|finder| {
            let line = self.lane(finder.sort).line(slot);
            line.get(..finder.best_in(line)?.1)
        });
        let before = best.unwrap_or_default();
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

    /// Every customer whose line contains the term; the slots of those who were looked at, ascending. `None`, with
    /// nothing taken in, when the fragment turns out to be so frequent that [`Pass::by_rank`] is quicker.
    fn literally(&mut self) -> Option<Vec<u32>> {
        let lane = self.index.lane(self.driver.sort);
        let (text, starts) = (lane.text(), lane.starts());
        let frequent = (starts.len() / 16).max(4096);
        let mut seen = Vec::new();
        let mut near = Near::default();
        // Where the next look begins, the end of the last line that was counted, and how many were.
        let (mut from, mut counted, mut lines) = (0_usize, 0_usize, 0_usize);
        let mut slot = 0_usize;
        while let Some(at) = text.get(from..).and_then(|rest| self.driver.find(rest)).map(|at| at + from) {
            let mut kind = self.driver.kind(text, at);
            let is_counted = at < counted;
            if !is_counted {
                lines += 1;
                if lines == frequent && self.few_fronts(frequent) {
                    self.best = Best::new(self.best.limit());
                    return None;
                }
            }
            if self.passes_over(kind, at, &mut near) {
                from = at + 1;
                if !is_counted {
                    counted = text
                        .get(at..)
                        .and_then(|rest| memchr::memchr(mark::END, rest))
                        .map_or(text.len(), |end| at + end);
                    self.count_passed();
                }
                continue;
            }
            slot = starts.slot_at(slot, at);
            let end = starts.get(slot + 1).unwrap_or(text.len());
            // The best of all places in this line.
            from = at + 1;
            while kind < self.driver.ceiling {
                let Some(next) = text.get(from..end).and_then(|rest| self.driver.find(rest)) else { break };
                kind = kind.max(self.driver.kind(text, from + next));
                from += next + 1;
            }
            (from, counted) = (end, end);
            let Ok(slot) = u32::try_from(slot) else { break };
            seen.push(slot);
            self.offer(slot, kind, is_counted);
        }
        Some(seen)
    }

    /// Whether a hit of this kind at this place cannot enter the list. A customer who is passed over may be spelt as
    /// well, which only a term of characters and letters asks after the list is full.
    fn passes_over(&self, kind: MatchKind, at: usize, near: &mut Near) -> bool {
        let Some(bar) = self.best.bar_kind().filter(|_| !self.driver.term.mixed) else { return false };
        kind < bar
            || kind == bar && {
                let standing = near.at(self.index, self.index.lane(self.driver.sort).starts(), at);
                standing.is_some_and(|standing| !self.best.would_take(kind, standing))
            }
    }

    /// One more who matches and does not enter. Whether all terms of several match is not known then.
    fn count_passed(&mut self) {
        if self.others.is_empty() {
            self.best.pass_over();
        }
    }

    /// Whether fronts tell the quality of a hit and few customers have a field that begins like the term.
    fn few_fronts(&self, few: usize) -> bool {
        let term = self.driver.term;
        // Digits from the third on can match a phone's end, which no front tells.
        if term.digits && term.text.len() > 2 {
            return false;
        }
        let Some(first) = term.text.chars().next().filter(char::is_ascii) else { return false };
        let names = self.index.letters().iter().filter(|letters| letters.begin_with(first)).count();
        let codes = self.index.blocks().iter().filter(|block| block.may_begin_with(first)).count() * BLOCK;
        names + codes < few
    }

    /// For a single letter or a fragment that stands in nearly every line: first the customers of whom a phone, a name or
    /// its reading begins with its first letter or digit, then those of whom another field may, and of the others only
    /// those whose standing would still enter the list. The slots that were found to match, ascending.
    fn by_rank(&mut self) -> Vec<u32> {
        let term = self.driver.term;
        let first = term.text.chars().next().unwrap_or_default();
        // What a single character can be at most; see `Matcher::kind`.
        let (best, code) = match term.text.len() {
            1 if term.digits => (MatchKind::PhoneFront, MatchKind::CodeFront),
            1 => (MatchKind::InitialsFront, MatchKind::CodeFront),
            _ => (self.driver.ceiling, self.driver.ceiling),
        };
        let mut seen = Vec::new();
        for (who, ceiling) in [(Who::Named, best), (Who::Coded, code), (Who::Others, MatchKind::Inside)] {
            if who == Who::Others && self.best.worst() > Some(MatchKind::Inside) {
                break;
            }
            self.look_at(who, first, ceiling, &mut seen);
        }
        seen.sort_unstable();
        seen
    }

    /// Looks at some of the customers in the order of their slots.
    fn look_at(&mut self, who: Who, first: char, ceiling: MatchKind, seen: &mut Vec<u32>) {
        let index = self.index;
        let lane = index.lane(self.driver.sort);
        for (slots, (letters, block)) in blocks(index) {
            let is_theirs = who != Who::Coded || block.may_begin_with(first);
            if !is_theirs || !self.best.would_take(ceiling, block.standing) {
                continue;
            }
            for (slot, letters) in slots.zip(letters).filter(|(_, letters)| letters.alive()) {
                if letters.begin_with(first) != (who == Who::Named)
                    || !self.best.would_take(ceiling, index.standing(slot))
                {
                    continue;
                }
                let Some((kind, _)) = self.driver.best_in(lane.line(slot)) else { continue };
                // Everybody is taken in once.
                if who == Who::Named || (kind > MatchKind::Inside) == (who == Who::Coded) {
                    self.offer(slot, kind, false);
                    seen.push(slot);
                }
            }
        }
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
            for (slots, (letters, block)) in blocks(index) {
                if !self.best.would_take(ceiling, block.standing) {
                    continue;
                }
                for (slot, letters) in slots.zip(letters) {
                    let certain = if letters.many_readings() { cut } else { whole };
                    let has = if fuzzy { spelling::merged(letters.initials()) } else { letters.initials() };
                    if has & certain == certain
                        && letters.alive()
                        && self.best.would_take(ceiling, index.standing(slot))
                        && !contains(&seen, known, slot)
                        && self.read(slot, *letters, fuzzy)
                    {
                        seen.push(slot);
                    }
                }
            }
        } else {
            // The Chinese characters must occur as they are, so only lines with them are read.
            let finder = Finder::new(han.as_bytes());
            let lane = index.lane(Sort::Words);
            let (text, starts) = (lane.text(), lane.starts());
            let (mut slot, mut from) = (0, 0);
            while let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)).map(|at| at + from) {
                slot = starts.slot_at(slot, at);
                from = starts.get(slot + 1).unwrap_or(text.len());
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
        // A name without a character is spelt as it is written, which is found literally.
        let names = self.index.lane(Sort::Words).line(slot);
        let kind = spelt_kind(names, self.driver.term, Manner { fuzzy, cut_front: letters.many_readings() });
        if let Some(kind) = kind {
            self.offer(slot, kind, false);
        }
        kind.is_some()
    }

    /// Takes a customer in when all other terms match too; the worst term decides how good the hit is.
    fn offer(&mut self, slot: u32, kind: MatchKind, is_counted: bool) {
        let index = self.index;
        let standing = index.standing(slot);
        if !self.best.would_take(kind, standing) {
            if !is_counted {
                self.count_passed();
            }
            return;
        }
        let mut kind = kind;
        for other in &self.others {
            let literal = other.best_in(index.lane(other.sort).line(slot)).map(|(kind, _)| kind);
            let cut_front = index.letters().get(slot as usize).is_some_and(|letters| letters.many_readings());
            let spelt = || {
                let names = index.lane(Sort::Words).line(slot);
                let strict = spelt_kind(names, other.term, Manner { fuzzy: false, cut_front });
                strict.or_else(|| spelt_kind(names, other.term, Manner { fuzzy: self.fuzzy, cut_front }))
            };
            match literal.or_else(|| other.term.spells.then(spelt).flatten()) {
                Some(other_kind) => kind = kind.min(other_kind),
                None => return,
            }
        }
        if is_counted && self.others.is_empty() {
            self.best.take_back_count();
        }
        self.best.offer(kind, standing, slot);
    }
}

/// Which customers to look at; see [`Pass::by_rank`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Named,
    Coded,
    Others,
}

/// The slots by [`BLOCK`]s, each with the first letters and what holds of all of them.
fn blocks(index: &SearchIndex) -> impl Iterator<Item = (std::ops::RangeFrom<u32>, (&[Letters], &Block))> {
    let firsts = (0_u32..).step_by(BLOCK).map(|first| first..);
    firsts.zip(index.letters().chunks(BLOCK).zip(index.blocks()))
}

/// The block in which the last hit lay. Hits come in order.
#[derive(Default)]
struct Near(usize);

impl Near {
    /// The best standing near a byte.
    fn at(&mut self, index: &SearchIndex, starts: &Starts, at: usize) -> Option<Standing> {
        while starts.get((self.0 + 1) * BLOCK).is_some_and(|start| start <= at) {
            self.0 += 1;
        }
        index.blocks().get(self.0).map(|block| block.standing)
    }
}

/// A term ready to be looked for.
struct Matcher<'a> {
    finder: Finder<'a>,
    term: &'a Term,
    /// The lane that has every field in which it can stand.
    sort: Sort,
    /// The best that this term can be.
    ceiling: MatchKind,
}

impl<'a> Matcher<'a> {
    fn new(term: &'a Term) -> Self {
        let ceiling = if term.digits { MatchKind::PhoneExact } else { MatchKind::CodeExact };
        Self { finder: Finder::new(term.text.as_bytes()), term, sort: Sort::of(&term.text), ceiling }
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

/// Whether a slot is among the first `known` of `seen`, which ascend.
fn contains(seen: &[u32], known: usize, slot: u32) -> bool {
    seen.get(..known).is_some_and(|seen| seen.binary_search(&slot).is_ok())
}

/// The longest run without letters or digits.
fn longest_han(text: &str) -> &str {
    text.split(|c: char| c.is_ascii()).max_by_key(|run| run.len()).unwrap_or_default()
}
