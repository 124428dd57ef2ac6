//! Holds a question against its published type before it is read: what is missing or has another shape is named with
//! its place, all of it at once, and what the type does not know is named too, because a slip of the pen must not
//! silently become a default.

use super::Refusal;
use crate::error::FieldError;
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Number, Value};

/// Compares a question with a schema and gives the places that the schema does not know. Whole numbers that were
/// written as `60.0` become whole numbers.
///
/// # Errors
/// Every place that does not fit.
pub(super) fn fit(schema: &Value, question: &mut Value) -> Result<Vec<String>, Refusal> {
    let mut comparison = Comparison { root: schema, problems: Vec::new(), unknown: Vec::new() };
    comparison.walk(schema, question, "");
    if comparison.problems.is_empty() { Ok(comparison.unknown) } else { Err(Refusal::of(comparison.problems)) }
}

struct Comparison<'a> {
    root: &'a Value,
    problems: Vec<FieldError>,
    unknown: Vec<String>,
}

impl<'a> Comparison<'a> {
    fn walk(&mut self, schema: &'a Value, value: &mut Value, path: &str) {
        let schema = self.resolved(schema);
        if value.is_null() && admits_null(schema) {
            return;
        }
        if let Some(choices) = list(schema, "anyOf") {
            if let Some(choice) = choices.iter().find(|choice| !admits_null(choice)) {
                self.walk(choice, value, path);
            }
        } else if let Some(variants) = list(schema, "oneOf") {
            self.one_of(variants, value, path);
        } else if let Some(words) = list(schema, "enum") {
            self.word(words.iter().collect(), value, path);
        } else {
            self.plain(schema, value, path);
        }
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
        name.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }

    fn plain(&mut self, schema: &'a Value, value: &mut Value, path: &str) {
        match kind(schema) {
            Some("object") => match value {
                Value::Object(fields) => self.object(schema, fields, path, &[]),
                _ => self.wrong(path, "must be an object", value),
            },
            Some("array") => self.array(schema, value, path),
            Some("integer") => self.whole_number(schema, value, path),
            Some("string") => self.text(schema, value, path),
            Some("boolean") if !value.is_boolean() => self.wrong(path, "must be true or false", value),
            _ => {}
        }
    }

    /// `known` are fields that belong to other variants of the same object: they are no slip.
    fn object(&mut self, schema: &'a Value, fields: &mut Map<String, Value>, path: &str, known: &[&str]) {
        for missing in words(schema, "required").filter(|name| !fields.contains_key(*name)) {
            self.problem(&join(path, missing), format!("`{}` is missing.", join(path, missing)));
        }
        let others = schema.get("additionalProperties");
        for (name, value) in fields.iter_mut() {
            let place = join(path, name);
            match (schema.get("properties").and_then(|properties| properties.get(name)), others) {
                (Some(inner), _) => self.walk(inner, value, &place),
                (None, Some(inner @ Value::Object(_))) => self.walk(inner, value, &place),
                (None, Some(Value::Bool(false))) => {
                    let names: Vec<&str> = property_names(schema).collect();
                    self.problem(&place, format!("`{name}` is none of {}.", names.join(", ")));
                }
                (None, _) if known.contains(&name.as_str()) => {}
                (None, _) => self.unknown.push(place),
            }
        }
    }

    fn array(&mut self, schema: &'a Value, value: &mut Value, path: &str) {
        let Value::Array(entries) = value else { return self.wrong(path, "must be a list", value) };
        let (least, most) = (count(schema, "minItems", 0), count(schema, "maxItems", usize::MAX));
        if entries.len() < least || entries.len() > most {
            let message = format!("`{path}` must have {least} entries and has {}.", entries.len());
            return self.problem(path, message);
        }
        let Some(inner) = schema.get("items") else { return };
        for (index, entry) in entries.iter_mut().enumerate() {
            self.walk(inner, entry, &join(path, &index.to_string()));
        }
    }

    fn whole_number(&mut self, schema: &Value, value: &mut Value, path: &str) {
        let Value::Number(number) = value else { return self.wrong(path, "must be a whole number", value) };
        let Some(whole) = whole(number) else {
            let problem = if number.is_f64() && number.as_f64().is_some_and(|number| number.fract() != 0.0) {
                "must be a whole number"
            } else {
                "is too large"
            };
            return self.wrong(path, problem, value);
        };
        if whole < 0 && schema.get("minimum").is_some() {
            return self.wrong(path, "must not be below 0", value);
        }
        if whole > i64::from(u32::MAX) && schema.get("format").is_some_and(|format| format == "uint32") {
            return self.wrong(path, "is too large", value);
        }
        *value = Value::from(whole);
    }

    fn text(&mut self, schema: &Value, value: &Value, path: &str) {
        let Value::String(text) = value else { return self.wrong(path, "must be a text", value) };
        match schema.get("format").and_then(Value::as_str) {
            Some("date") if text.parse::<NaiveDate>().is_err() => {
                self.problem(path, format!("`{text}` is no day; write YYYY-MM-DD."));
            }
            Some("date-time") if DateTime::parse_from_rfc3339(text).is_err() => {
                self.problem(path, format!("`{text}` is no RFC 3339 time with an offset."));
            }
            _ => {}
        }
    }

    /// Words with their meanings, or objects that a word in them tells apart.
    fn one_of(&mut self, variants: &'a [Value], value: &mut Value, path: &str) {
        let tag = |variant: &'a Value| {
            let mut properties = variant.get("properties")?.as_object()?.iter();
            properties.find_map(|(name, inner)| Some((name.as_str(), inner.get("const")?)))
        };
        let Some((name, _)) = variants.first().and_then(tag) else {
            return self.word(variants.iter().filter_map(|variant| variant.get("const")).collect(), value, path);
        };
        let Value::Object(fields) = value else { return self.wrong(path, "must be an object", value) };
        let Some(given) = fields.get(name) else {
            return self.problem(&join(path, name), format!("`{}` is missing.", join(path, name)));
        };
        let Some(variant) = variants.iter().find(|variant| tag(variant).is_some_and(|(_, word)| word == given)) else {
            let words = variants.iter().filter_map(|variant| Some(tag(variant)?.1)).collect();
            let given = given.clone();
            return self.word(words, &given, &join(path, name));
        };
        let known: Vec<&str> = variants.iter().flat_map(property_names).collect();
        self.object(variant, fields, path, &known);
    }

    fn word(&mut self, words: Vec<&Value>, value: &Value, path: &str) {
        if !words.contains(&value) {
            let words: Vec<&str> = words.into_iter().filter_map(Value::as_str).collect();
            self.wrong(path, &format!("must be one of {}", words.join(", ")), value);
        }
    }

    fn wrong(&mut self, path: &str, what: &str, value: &Value) {
        let short: String = value.to_string().chars().take(40).collect();
        self.problem(path, format!("`{path}` {what}; it is {short}."));
    }

    fn problem(&mut self, path: &str, message: String) {
        let mut problem = FieldError::new(path, "invalid");
        problem.message = message;
        self.problems.push(problem);
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn list<'a>(schema: &'a Value, name: &str) -> Option<&'a [Value]> {
    schema.get(name).and_then(Value::as_array).map(Vec::as_slice)
}

fn words<'a>(schema: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list(schema, name).unwrap_or_default().iter().filter_map(Value::as_str)
}

fn property_names(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str)
}

fn count(schema: &Value, name: &str, otherwise: usize) -> usize {
    schema.get(name).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(otherwise)
}

/// The type beside null.
fn kind(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        _ => None,
    }
}

fn admits_null(schema: &Value) -> bool {
    let null = |kind: &Value| kind == "null";
    schema.get("type").is_some_and(|kind| null(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(null)))
        || list(schema, "anyOf").is_some_and(|choices| choices.iter().any(admits_null))
}

/// Beyond 2⁵³ a number with a fraction part no longer says which whole number it is.
fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
        format!("{float:.0}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use crate::laboratory::{evaluate, schema};
    use serde_json::{Value, json};

    fn fields(question: Value) -> Vec<String> {
        let answer = evaluate(question);
        let list = answer["error"]["fields"].as_array().cloned().unwrap_or_default();
        list.iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_does_not_fit_is_named_at_its_place_also_inside_events() {
        let ladder = json!({"tiers": [{"name": "a"}, {"name": "b", "enter": {"spend_minor": 100}}]});
        let sale = |more: Value| {
            let mut event = json!({"type": "sale", "on": "2026-01-05", "amount_minor": 100});
            event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"op": "ladder", "ladder": ladder, "events": [event]})
        };
        for (wrong, field) in [
            (json!({"amount_minor": "100"}), "events.0.amount_minor"),
            (json!({"amount_minor": null}), "events.0.amount_minor"),
            (json!({"amount_minor": 100.5}), "events.0.amount_minor"),
            (json!({"amount_minor": 1e20}), "events.0.amount_minor"),
            (json!({"on": "2026/01/05"}), "events.0.on"),
            (json!({"on": "2026-02-30"}), "events.0.on"),
            (json!({"on": 5}), "events.0.on"),
            (json!({"id": 5}), "events.0.id"),
            (json!({"type": "buy"}), "events.0.type"),
        ] {
            assert_eq!(fields(sale(wrong.clone())), [field], "{wrong}");
        }
        let points = json!({"op": "points", "events": [
            {"type": "sale", "on": "2026-01-05", "lines": [{"amount_minor": 5}, {"item": "x"}, {"amount_minor": "5"}]},
            {"type": "redeem"}
        ]});
        assert_eq!(
            fields(points),
            ["events.0.lines.1.amount_minor", "events.0.lines.2.amount_minor", "events.1.on", "events.1.points"],
            "all of it at once"
        );
        assert_eq!(fields(json!({"op": "ladder", "ladder": {"tiers": [], "window": "lifetime"}})), ["ladder.window"]);
        assert_eq!(
            fields(json!({"op": "ladder", "ladder": {"tiers": [], "window": {"kind": "rolling_days", "n": -1}}})),
            ["ladder.window.n"]
        );
    }

    #[test]
    fn messages_speak_of_json_and_not_of_the_program() {
        let question = json!({"op": "ladder", "events": [4], "as_of": 3,
            "ladder": {"tiers": {}, "combine": "或", "demotion": {"grace_days": -1}}});
        let message = evaluate(question)["error"]["message"].as_str().unwrap().to_owned();
        for jargon in ["u32", "i64", "usize", "enum", "struct", "variant"] {
            assert!(!message.contains(jargon), "{message}");
        }
        assert!(message.contains("`ladder.combine` must be one of any, all; it is \"或\""), "{message}");
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point() {
        let answer = evaluate(json!({"op": "cashback", "sales_minor": [10_000.0],
            "rules": {"steps": [{"from_minor": 0.0, "rate_bp": 200.0}]}}));
        assert_eq!(answer["cashback_minor"], 200);
    }

    #[test]
    fn what_nobody_reads_is_named_beside_the_answer() {
        let answer = evaluate(json!({"op": "ladder", "as_of": "2026-01-01", "note": "from the paper file",
            "ladder": {"tiers": [{"name": "a"}], "grace_days": 5, "window": {"kind": "lifetime", "n": 365}},
            "events": [{"type": "sale", "on": "2026-01-01", "amount_minor": 1, "amount": 2}]}));
        assert_eq!(answer["tier"], "a");
        assert_eq!(answer["ignored"], json!(["events.0.amount", "ladder.grace_days", "note"]));
        assert_eq!(
            evaluate(json!({"op": "ladder", "as_of": "2026-01-01", "ladder": {"tiers": [{"name": "a"}]}}))
                .get("ignored"),
            None
        );
    }

    #[test]
    fn every_operation_publishes_what_it_takes_and_gives() {
        let schema = schema();
        for op in super::super::OPERATIONS {
            assert_eq!(schema[op]["input"]["properties"]["op"]["const"], op);
            assert!(schema[op]["output"]["properties"].is_object(), "{op}");
        }
        assert!(schema["error"]["properties"]["error"].is_object());
    }
}
