//! How an input is read. Days may be typed as people write them: `2026/2/27`, `2026年2月27日`, `20260227`.

use crate::error::Result;
use crate::values::{DayOrder, day};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shukebu_domain::error::FieldError;

/// Days of one input that are read again; forms have a handful.
const DAYS: usize = 64;

/// How the reader of a day begins its complaints.
const ABOUT_DAYS: [&str; 5] =
    ["input is out of range", "input contains invalid", "premature end of input", "trailing input", "no possible date"];

/// What does not fit, and where.
struct Misfit {
    path: Vec<String>,
    why: String,
}

impl Misfit {
    fn is_about_a_day(&self) -> bool {
        ABOUT_DAYS.iter().any(|beginning| self.why.starts_with(beginning))
    }

    fn field(&self) -> String {
        if self.path.is_empty() { "input".to_owned() } else { self.path.join(".") }
    }

    fn refusal(self) -> FieldError {
        FieldError::new(self.field(), "input.unreadable").with("why", self.why)
    }
}

/// Reads an input with the path of what does not fit; nothing at all means an empty input.
pub(super) fn read_input<T: DeserializeOwned>(text: &str) -> Result<T> {
    let text = match text.trim() {
        "" | "null" => "{}",
        other => other,
    };
    let misfit = match attempt(text) {
        Ok(input) => return Ok(input),
        Err(misfit) if misfit.is_about_a_day() => misfit,
        Err(misfit) => return Err(misfit.refusal().into()),
    };
    with_plain_days(text, misfit).map_err(Into::into)
}

fn attempt<T: DeserializeOwned>(text: &str) -> std::result::Result<T, Misfit> {
    use serde_path_to_error::Segment;
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let segments = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let mut path: Vec<String> = segments.collect();
        let why = error.into_inner().to_string();
        // A missing field is reported at its parent.
        let missing = why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        path.extend(missing.map(str::to_owned));
        Misfit { path, why }
    })
}

/// The input with every day that people wrote in their way as the calendar writes it; a day that is none is refused in words.
fn with_plain_days<T: DeserializeOwned>(text: &str, first: Misfit) -> std::result::Result<T, FieldError> {
    let Ok(mut whole) = serde_json::from_str::<Value>(text) else { return Err(first.refusal()) };
    let mut misfit = first;
    for _ in 0..DAYS {
        let place = format!("/{}", misfit.path.join("/"));
        let typed = whole.pointer(&place).and_then(Value::as_str).map(str::to_owned);
        let (Some(typed), true) = (typed, misfit.is_about_a_day()) else { break };
        let found =
            plain_day(&typed).map_err(|problem| FieldError::new(misfit.field(), problem).with("text", typed))?;
        if let Some(cell) = whole.pointer_mut(&place) {
            *cell = Value::String(found.to_string());
        }
        misfit = match attempt(&whole.to_string()) {
            Ok(input) => return Ok(input),
            Err(next) => next,
        };
    }
    Err(misfit.refusal())
}

/// A day with its whole year: what a file may leave to its column, a form does not.
fn plain_day(typed: &str) -> std::result::Result<NaiveDate, &'static str> {
    let longest = typed.split(|c: char| !c.is_numeric()).map(|digits| digits.chars().count()).max();
    if !matches!(longest, Some(4 | 8)) {
        return Err("date.unreadable");
    }
    day(typed, DayOrder::Unknown, NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::read_input;
    use crate::error::ApiError;
    use chrono::NaiveDate;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Sale {
        sold_on: Option<NaiveDate>,
        #[serde(default)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    struct Line {
        until_on: NaiveDate,
    }

    fn refused(text: &str) -> (String, String) {
        match read_input::<Sale>(text) {
            Err(refusal) => problem_of(refusal),
            Ok(sale) => panic!("{sale:?} was read"),
        }
    }

    fn problem_of(refusal: ApiError) -> (String, String) {
        let field = refusal.fields.into_iter().next().expect("a field");
        (field.field, field.problem)
    }

    #[test]
    fn a_day_may_be_typed_as_people_write_it() {
        let wanted = NaiveDate::from_ymd_opt(2026, 2, 27);
        for typed in
            ["2026-02-27", "2026-2-27", "2026/2/27", "2026年2月27日", "20260227", "２０２６-02-27", "2026.2.27"]
        {
            let sale: Sale =
                read_input(&format!(r#"{{"sold_on":"{typed}","lines":[{{"until_on":"{typed}"}}]}}"#)).expect(typed);
            assert_eq!((sale.sold_on, sale.lines.first().map(|line| line.until_on)), (wanted, wanted), "{typed}");
        }
    }

    #[test]
    fn a_day_that_is_none_is_refused_in_words_at_its_field() {
        let day = |typed: &str| refused(&format!(r#"{{"sold_on":"{typed}"}}"#));
        let at = |problem: &str| ("sold_on".to_owned(), problem.to_owned());
        assert_eq!(day("2026-02-30"), at("date.not_existing"));
        for typed in ["明天", "2-27", "26.2.27", "46000", "2026-", ""] {
            assert_eq!(day(typed), at("date.unreadable"), "{typed}");
        }
        assert_eq!(refused(r#"{"lines":[{"until_on":"2026-13-01"}]}"#).0, "lines.0.until_on");
        assert_eq!(refused(r#"{"sold_on":7}"#), at("input.unreadable"));
    }
}
