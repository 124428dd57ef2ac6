//! Schemes as people edit them, and what a change of one would do.

use super::customers::SegmentTag;
use super::segmentation::SegmentMove;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::segmentation::Scheme;

/// A scheme by key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SchemeRef {
    /// Key of the scheme.
    pub key: String,
}

/// All schemes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeList {
    /// In the order in which they came into the book.
    pub schemes: Vec<SchemeRow>,
    /// What a condition may look at, with names.
    pub measures: Vec<MeasureChoice>,
    /// Words that a condition may ask for, with those that occur.
    pub fields: Vec<FieldChoice>,
}

/// One scheme in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeRow {
    /// Key.
    pub key: String,
    /// Name in the window's language.
    pub name: String,
    /// Whether it drives service card, templates and priority.
    pub is_primary: bool,
    /// Whether it came with the program.
    pub is_ready_made: bool,
    /// Version.
    pub version: u32,
    /// Day of its last run; `None` before the first.
    pub last_run_on: Option<NaiveDate>,
}

/// A measure that a condition may look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MeasureChoice {
    /// The measure's word, such as `orders`; the key of a number field of the shop's own, `days_since` or `days_until`
    /// with the key of a date field.
    pub measure: String,
    /// Name in the window's language, without a window.
    pub name: String,
    /// Whether it is taken over a window.
    pub windowed: bool,
    /// Unit: `days`, `months`, `money`, `share`, `count`, `milli` (thousandths).
    pub unit: String,
}

/// A field of words that a condition may ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FieldChoice {
    /// Key of the field, such as `tags`.
    pub field: String,
    /// What it is called.
    pub name: String,
    /// Words that occur in the book, most 200.
    pub words: Vec<FieldWord>,
}

/// A word of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FieldWord {
    /// As it is stored.
    pub word: String,
    /// As it is shown.
    pub name: String,
}

/// One scheme to look at and edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeView {
    /// Key, name, state.
    pub row: SchemeRow,
    /// The definition.
    pub definition: Scheme,
    /// Its classes with the rule of each in words and the people of today.
    pub classes: Vec<SchemeClass>,
    /// Everybody.
    pub customers: i64,
    /// Day whose cut points are used; `None`: those of today, since there was no run yet.
    pub as_of: Option<NaiveDate>,
    /// Earlier versions, newest first.
    pub versions: Vec<SchemeVersion>,
}

/// A class of a scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeClass {
    /// The class.
    pub tag: SegmentTag,
    /// Who belongs to it, in one sentence.
    pub rule: String,
    /// People in it.
    pub people: i64,
    /// Net spend of the last 12 months of them.
    pub net_minor: i64,
    /// Those of them who were put there by hand.
    pub by_hand: i64,
}

/// A version of a scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SchemeVersion {
    /// Version.
    pub version: u32,
    /// When it came.
    pub on: NaiveDate,
    /// By whom.
    pub by: String,
}

/// A scheme to be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SchemeSave {
    /// The whole definition; the version counts by itself.
    pub definition: Scheme,
    /// True for a new scheme, whose key then is given by the program.
    #[serde(default)]
    pub is_new: bool,
}

/// A definition to be tried on everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PreviewInput {
    /// The definition as it stands on the screen.
    pub definition: Scheme,
}

/// What a definition would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentPreview {
    /// People per class, now and then.
    pub classes: Vec<PreviewClass>,
    /// Who would move from where to where, most first.
    pub moves: Vec<SegmentMove>,
    /// How many would move.
    pub moved: i64,
    /// The distribution of each band's measure.
    pub bands: Vec<PreviewBand>,
    /// Minutes of planned contact a week, now.
    pub minutes_before: i64,
    /// Minutes of planned contact a week, then.
    pub minutes_after: i64,
}

/// A class in a preview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreviewClass {
    /// The class.
    pub tag: SegmentTag,
    /// Who would belong to it.
    pub rule: String,
    /// People then.
    pub people: i64,
    /// People now; `None` for a class that is new.
    pub before: Option<i64>,
}

/// The distribution of a measure with its cut points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreviewBand {
    /// Key of the band.
    pub band: String,
    /// Name of the measure.
    pub name: String,
    /// Unit: `days`, `months`, `money`, `share`, `count`, `milli` (thousandths).
    pub unit: String,
    /// Bars of equal width; the last one holds the tail.
    pub bars: Vec<PreviewBar>,
    /// Cut points in words, ascending.
    pub cuts: Vec<PreviewCut>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreviewBar {
    /// Smallest value.
    pub from: i64,
    /// Largest value.
    pub to: i64,
    /// People.
    pub people: u32,
}

/// A cut point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreviewCut {
    /// Rounded down to a whole number.
    pub at: i64,
    /// In words.
    pub text: String,
}
