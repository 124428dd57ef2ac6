//! Classes, rules, reasons and changes in the reader's words.

use crate::api::customers::SegmentTag;
use crate::app::Moment;
use crate::error::Result;
use crate::messages::{Language, say};
use crate::store;
use crate::store::pins::Pin;
use crate::store::segmentation::ClassChange;
use crate::wording;
use shukebu_domain::segmentation::scheme::ClassFace;
use shukebu_domain::segmentation::{Assignment, Lang, MoneyWords, Scheme, reason_text};

/// The domain's name of a language.
pub(super) fn lang(language: Language) -> Lang {
    match language {
        Language::Simplified => Lang::ZhHans,
        Language::Traditional => Lang::ZhHant,
        Language::English => Lang::En,
    }
}

/// How the book's currency is written, for the time of one call.
pub(super) struct Currency(String, u32);

impl Currency {
    pub(super) fn of(moment: &Moment) -> Self {
        Self(wording::symbol(&moment.currency), moment.exponent)
    }

    pub(super) fn words(&self) -> MoneyWords<'_> {
        MoneyWords { symbol: &self.0, exponent: self.1 }
    }
}

/// The mark of a class.
pub(super) fn tag(face: &ClassFace, language: Language) -> Result<SegmentTag> {
    Ok(SegmentTag {
        key: face.key.clone(),
        name: face.names.get(lang(language)).to_owned(),
        color: store::as_word(face.color)?,
    })
}

/// The mark of a class by key; one that the scheme no longer has keeps its key.
pub(super) fn tag_of(scheme: &Scheme, key: &str, language: Language) -> Result<SegmentTag> {
    match scheme.face(key) {
        Some(face) => tag(face, language),
        None => Ok(SegmentTag { key: key.to_owned(), name: key.to_owned(), color: "stone".into() }),
    }
}

/// Name of a kind within a class.
pub(super) fn kind_name(scheme: &Scheme, class: &str, kind: &str, language: Language) -> Option<String> {
    let class = scheme.classes.iter().find(|rule| rule.face.key == class)?;
    let kind = class.sub_kinds.iter().find(|known| known.key == kind)?;
    Some(kind.names.get(lang(language)).to_owned())
}

/// Why somebody is in a class; a reason of an earlier day says of which.
pub(super) fn reason(moment: &Moment, scheme: &Scheme, assignment: &Assignment) -> String {
    let text = reason_text(scheme, assignment, lang(moment.language), Currency::of(moment).words());
    if assignment.on == moment.today {
        return text;
    }
    let day = wording::day(moment.language, assignment.on);
    say(moment.language, "segment.reason_of_day", &[("day", &day), ("reason", &text)])
}

/// A change of class as one line of the timeline.
pub(super) fn change(moment: &Moment, scheme: &Scheme, change: &ClassChange) -> Result<String> {
    let reason = reason_text(scheme, &change.assignment, lang(moment.language), Currency::of(moment).words());
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
