//! Classes, rules, reasons and changes in the reader's words.

use crate::classes::{lang, tag_of};
pub(super) use crate::tiers;

use crate::app::Moment;
use crate::error::Result;
use crate::messages::{Language, say};
use crate::store;
use crate::store::pins::Pin;
use crate::store::segmentation::ClassChange;
use crate::wording;
use rusqlite::Connection;
use shukebu_domain::custom_field::FieldKind;
use shukebu_domain::segmentation::{Assignment, Scheme, ShopWords, reason_text};

/// Fields of words that a condition may ask for, beside those that the shop added.
pub(super) const FIELDS: [&str; 7] = ["tags", "source", "tier", "kind", "gender", "open_complaint", "follow_up"];
/// Fields whose words are the program's, with their words.
const KNOWN_WORDS: [(&str, &[&str]); 4] = [
    ("kind", &["person", "company"]),
    ("gender", &["female", "male"]),
    ("open_complaint", &["yes"]),
    ("follow_up", &["satisfied", "neutral", "dissatisfied", "unreachable"]),
];

/// How the book's currency is written and what its fields are called, for the time of one call.
pub(super) struct ShopNames {
    symbol: String,
    exponent: u32,
    names: Vec<(String, String)>,
}

impl ShopNames {
    pub(super) fn of(connection: &Connection, moment: &Moment) -> Result<Self> {
        let word = |key: String| say(moment.language, &key, &[]);
        let mut names: Vec<(String, String)> =
            FIELDS.iter().map(|field| ((*field).to_owned(), word(format!("field.name.{field}")))).collect();
        for (field, words) in KNOWN_WORDS {
            names
                .extend(words.iter().map(|known| (format!("{field}={known}"), word(format!("field.{field}.{known}")))));
        }
        let tiers = tiers::tier_names(connection, moment)?;
        names.extend((0..).zip(tiers).map(|(rank, name): (u32, _)| (format!("tier={rank}"), name)));
        for field in store::custom_fields::all(connection)? {
            let key = store::measures::own_field(field.id.0);
            if field.kind == FieldKind::YesNo {
                names.extend(["yes", "no"].map(|known| (format!("{key}={known}"), word(format!("field.own.{known}")))));
            }
            let unit = field.unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            names.push((key, format!("{}{unit}", field.name)));
        }
        Ok(Self { symbol: wording::symbol(&moment.currency), exponent: moment.exponent, names })
    }

    pub(super) fn words(&self) -> ShopWords<'_> {
        ShopWords { symbol: &self.symbol, exponent: self.exponent, names: &self.names }
    }

    /// What a field is called.
    pub(super) fn field(&self, key: &str) -> String {
        let named = self.names.iter().find(|(known, _)| known == key);
        named.map_or(key, |(_, name)| name.as_str()).to_owned()
    }

    /// What a word of a field is called.
    pub(super) fn word(&self, field: &str, word: &str) -> String {
        let key = format!("{field}={word}");
        let named = self.names.iter().find(|(known, _)| *known == key);
        named.map_or(word, |(_, name)| name.as_str()).to_owned()
    }
}

/// Name of a kind within a class.
pub(super) fn kind_name(scheme: &Scheme, class: &str, kind: &str, language: Language) -> Option<String> {
    let class = scheme.classes.iter().find(|rule| rule.face.key == class)?;
    let kind = class.sub_kinds.iter().find(|known| known.key == kind)?;
    Some(kind.names.get(lang(language)).to_owned())
}

/// Why somebody is in a class; a reason of an earlier day says of which.
pub(super) fn reason(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    assignment: &Assignment,
) -> Result<String> {
    let shop = ShopNames::of(connection, moment)?;
    let text = reason_text(scheme, assignment, lang(moment.language), shop.words());
    if assignment.on == moment.today {
        return Ok(text);
    }
    let day = wording::day(moment.language, assignment.on);
    Ok(say(moment.language, "segment.reason_of_day", &[("day", &day), ("reason", &text)]))
}

/// A change of class as one line of the timeline.
pub(super) fn change(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    change: &ClassChange,
) -> Result<String> {
    let shop = ShopNames::of(connection, moment)?;
    let reason = reason_text(scheme, &change.assignment, lang(moment.language), shop.words());
    let Some(from) = change.from.as_ref().filter(|from| **from != change.assignment.class_key) else {
        return Ok(say(moment.language, "segment.placed", &[("reason", &reason)]));
    };
    let from = tag_of(scheme, from, moment.language)?.name;
    Ok(say(moment.language, "segment.changed", &[("from", &from), ("reason", &reason)]))
}

/// A class given by hand as one line of the timeline.
pub(super) fn by_hand(moment: &Moment, scheme: &Scheme, pin: &Pin) -> Result<String> {
    let class = tag_of(scheme, &pin.class_key, moment.language)?.name;
    let until = wording::day(moment.language, pin.until);
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("class", &class), ("person", &pin.by), ("reason", &pin.reason), ("until", &until)];
    Ok(say(moment.language, "segment.by_hand", &values))
}
