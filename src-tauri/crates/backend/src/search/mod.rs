//! Finding a customer by anything that anybody remembers of them, as fast as one types.
//!
//! Every customer has one line of text (see [`search_text`]) that is stored with the row; all lines together are
//! held in memory by [`SearchIndex`] and scanned anew at every keystroke. Nothing here touches the database, reads
//! a clock or can fail: any text is a valid question.
//!
//! - `fold`: what counts as the same character. `readings`, `surnames`, `alike`: how characters are read.
//! - `keys`: the line of one customer. `lane`: one of the texts that are scanned. `starts`, `slots`: where a customer's
//!   line begins, and whose it is. `index`: all customers in memory.
//! - `query`: what was meant. `scan`: who matches. `spelling`: whether letters spell a name. `rank`: in which order.
//! - `naming`: mnemonic, place in a sorted list, surname.

mod alike;
mod fold;
mod index;
mod keys;
mod lane;
mod naming;
mod query;
mod rank;
mod readings;
mod scan;
mod slots;
mod spelling;
mod starts;
mod surnames;

pub use index::SearchIndex;
pub use keys::{CustomerFields, SEARCH_TEXT_VERSION, search_text};
pub use naming::{mnemonic, sort_key, sound, stroke_key, surname};
pub use query::{Pasted, pasted};
pub use rank::{MatchKind, Rank};

use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// Most hits to give.
    pub limit: usize,
    /// Whether sounds that many speakers confuse count as equal (z/zh, c/ch, s/sh, n/l, f/h, an/ang, en/eng,
    /// in/ing). Such hits stand behind all others.
    pub fuzzy: bool,
}

impl Default for SearchOptions {
    /// Twenty hits, exact sounds.
    fn default() -> Self {
        Self { limit: 20, fuzzy: false }
    }
}

/// Where a hit was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MatchedField {
    /// The name, its readings or its mnemonic.
    Name,
    /// 称呼, company, contact person or former name.
    Alias,
    /// A phone, possibly an old one.
    Phone,
    /// The member number.
    MemberNumber,
    /// A card's code.
    Card,
    /// WeChat id, mail address or another handle.
    Handle,
    /// A tag.
    Tag,
}

/// One customer who matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub id: CustomerId,
    /// How well.
    pub kind: MatchKind,
    /// Where.
    pub field: MatchedField,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The best hits, best first.
    pub hits: Vec<Hit>,
    /// At least so many customers match. Weaker kinds of matches are counted only when the better ones do not fill
    /// the list.
    pub total: usize,
}

/// The characters of a shown name that a question covers, as (first, one past the last) in characters, so that the
/// list can show them bold. `None` when the question matched elsewhere.
pub fn highlight(name: &str, input: &str, options: SearchOptions) -> Option<(usize, usize)> {
    let mut folded = String::new();
    // For each folded character the shown character that it came from.
    let mut shown = Vec::new();
    for (at, c) in name.chars().enumerate().take(keys::FIELD_LIMIT) {
        fold::fold_char(c, |c| {
            folded.push(c);
            shown.push(at);
        });
    }
    let query = query::parse(input);
    let manner = spelling::Manner { fuzzy: options.fuzzy, cut_front: true };
    let covered = |term: &query::Term| {
        let literal = folded.find(&term.text).and_then(|at| folded.get(..at)).map(|before| {
            let first = before.chars().count();
            (first, first + term.text.chars().count())
        });
        let (first, end) = literal.or_else(|| spelling::covered(&folded, &term.text, manner))?;
        Some((*shown.get(first)?, *shown.get(end.checked_sub(1)?)? + 1))
    };
    query.attempts.iter().flatten().find_map(covered)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
