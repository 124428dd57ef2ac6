//! Fields that a shop adds by itself: what a definition may say and what a value may hold.

use crate::customer::{MAX_LINE, check_length, clean_line};
use crate::error::FieldError;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Words that one field may offer.
pub const MAX_OPTIONS: usize = 60;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// A number with up to three decimals.
    Number,
    /// A day.
    Date,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Choices,
    /// Yes or no.
    YesNo,
}

impl FieldKind {
    /// Whether it offers options.
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

/// A value as it is stored: words, or a number in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Text, day, option, `yes` or `no`.
    Text(String),
    /// Thousandths.
    Milli(i64),
}

impl FieldValue {
    /// As it is typed: `12.5` for 12 500 thousandths.
    pub fn typed(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Milli(milli) => {
                let sign = if *milli < 0 { "-" } else { "" };
                let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
                if rest == 0 {
                    format!("{sign}{whole}")
                } else {
                    format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
                }
            }
        }
    }
}

/// Options as they are stored: cleaned, in order, each once.
///
/// # Errors
/// `custom_field.no_options` where a choice has fewer than two; `custom_field.too_many_options`.
pub fn options(kind: FieldKind, given: &[String]) -> Result<Vec<String>, FieldError> {
    if !kind.has_options() {
        return Ok(vec![]);
    }
    let mut kept: Vec<String> = vec![];
    for option in given.iter().map(|option| clean_line(option)).filter(|option| !option.is_empty()) {
        check_length("options", &option, 60)?;
        if !kept.contains(&option) {
            kept.push(option);
        }
    }
    match kept.len() {
        0 | 1 => Err(FieldError::new("options", "custom_field.no_options")),
        many if many > MAX_OPTIONS => {
            Err(FieldError::new("options", "custom_field.too_many_options").with("most", MAX_OPTIONS))
        }
        _ => Ok(kept),
    }
}

/// Reads what was typed into a field. Nothing typed is no value; an option that is no longer offered stays where it
/// was chosen before (`before`).
///
/// # Errors
/// At `field`: `custom_field.not_a_number`, `custom_field.not_a_day`, `custom_field.not_an_option`,
/// `custom_field.one_only`, `custom_field.not_yes_or_no`, `text.too_long`.
pub fn read(
    field: &str,
    kind: FieldKind,
    options: &[String],
    typed: &[String],
    before: &[String],
) -> Result<Vec<FieldValue>, FieldError> {
    let mut words: Vec<String> = vec![];
    for word in typed.iter().map(|word| clean_line(word)).filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > 1 && kind != FieldKind::Choices {
        return Err(FieldError::new(field, "custom_field.one_only"));
    }
    words.into_iter().map(|word| read_one(field, kind, options, word, before)).collect()
}

fn read_one(
    field: &str,
    kind: FieldKind,
    options: &[String],
    word: String,
    before: &[String],
) -> Result<FieldValue, FieldError> {
    let refused = |problem: &str| FieldError::new(field, problem).with("text", &word);
    match kind {
        FieldKind::Text => {
            check_length(field, &word, MAX_LINE)?;
            Ok(FieldValue::Text(word))
        }
        FieldKind::Number => milli(&word).map(FieldValue::Milli).ok_or_else(|| refused("custom_field.not_a_number")),
        FieldKind::Date => {
            let day: NaiveDate = word.parse().map_err(|_| refused("custom_field.not_a_day"))?;
            Ok(FieldValue::Text(day.to_string()))
        }
        FieldKind::Choice | FieldKind::Choices => {
            let is_known = options.contains(&word) || before.contains(&word);
            if is_known { Ok(FieldValue::Text(word)) } else { Err(refused("custom_field.not_an_option")) }
        }
        FieldKind::YesNo => match word.as_str() {
            "yes" | "no" => Ok(FieldValue::Text(word)),
            _ => Err(refused("custom_field.not_yes_or_no")),
        },
    }
}

/// `12.5` as thousandths; full-width digits and grouping commas are read, a fourth decimal is not.
pub fn milli(text: &str) -> Option<i64> {
    let text: String = text
        .chars()
        .filter(|ch| !matches!(ch, ',' | '，' | ' '))
        .map(|ch| match ch {
            '０'..='９' => char::from_u32(u32::from(ch) - u32::from('０') + u32::from('0')).unwrap_or(ch),
            '．' => '.',
            '－' => '-',
            other => other,
        })
        .collect();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(rest) || rest.len() > 3 || whole.len() > 12 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let rest: i64 = format!("{rest:0<3}").parse().ok()?;
    Some(sign * (whole * 1000 + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(kind: FieldKind, text: &str) -> Result<String, String> {
        let options = ["低糖".to_owned(), "坚果".to_owned()];
        read("f", kind, &options, &[text.to_owned()], &["旧口味".to_owned()])
            .map(|values| values.iter().map(FieldValue::typed).collect::<Vec<_>>().join("|"))
            .map_err(|problem| problem.problem)
    }

    #[test]
    fn numbers_keep_three_decimals_and_no_more() {
        assert_eq!(one(FieldKind::Number, "１２．５"), Ok("12.5".into()));
        assert_eq!(one(FieldKind::Number, "-1,200"), Ok("-1200".into()));
        assert_eq!(one(FieldKind::Number, "-0.05"), Ok("-0.05".into()));
        for wrong in ["1.2345", "1e3", "-", "12个", "."] {
            assert_eq!(one(FieldKind::Number, wrong), Err("custom_field.not_a_number".into()), "{wrong}");
        }
    }

    #[test]
    fn a_choice_takes_its_options_and_keeps_what_was_chosen_before() {
        assert_eq!(one(FieldKind::Choice, "低糖"), Ok("低糖".into()));
        assert_eq!(one(FieldKind::Choice, "旧口味"), Ok("旧口味".into()));
        assert_eq!(one(FieldKind::Choice, "咸"), Err("custom_field.not_an_option".into()));
        let two = ["低糖".to_owned(), "坚果".to_owned()];
        assert!(read("f", FieldKind::Choice, &two, &two, &[]).is_err(), "one of a choice");
        assert_eq!(read("f", FieldKind::Choices, &two, &two, &[]).map(|values| values.len()), Ok(2));
    }

    #[test]
    fn a_day_must_exist() {
        assert_eq!(one(FieldKind::Date, "2026-02-28"), Ok("2026-02-28".into()));
        assert_eq!(one(FieldKind::Date, "2026-02-30"), Err("custom_field.not_a_day".into()));
    }

    #[test]
    fn nothing_typed_is_no_value() {
        assert_eq!(read("f", FieldKind::Number, &[], &[" ".into()], &[]), Ok(vec![]));
    }

    #[test]
    fn a_choice_needs_something_to_choose() {
        assert!(options(FieldKind::Choice, &["一".into(), " 一 ".into()]).is_err());
        assert_eq!(options(FieldKind::Text, &["x".into()]), Ok(vec![]));
    }
}
