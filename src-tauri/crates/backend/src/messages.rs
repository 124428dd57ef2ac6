//! Sentences in the reader's language. A refusal carries a key and values; this catalogue makes a sentence of them.
//! The files under `messages/` are the only place where such a sentence stands; the window reads the same files.

use crate::error::ApiError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// 简体, 繁體, English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-Hans")]
    Simplified,
    /// 繁體中文
    #[serde(rename = "zh-Hant")]
    Traditional,
    /// English
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Simplified, Self::Traditional, Self::English];

    /// The tag: `zh-Hans`, `zh-Hant`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::English => "en",
        }
    }

    /// Reads a tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// The catalogue of a language: key to sentence, `{name}` for values.
pub fn catalogue(language: Language) -> &'static BTreeMap<String, String> {
    static CATALOGUES: OnceLock<[BTreeMap<String, String>; 3]> = OnceLock::new();
    let [simplified, traditional, english] = CATALOGUES.get_or_init(|| {
        [include_str!("messages/zh-Hans.json"), include_str!("messages/zh-Hant.json"), include_str!("messages/en.json")]
            .map(|text| serde_json::from_str(text).expect("BUG: a test reads every catalogue"))
    });
    match language {
        Language::Simplified => simplified,
        Language::Traditional => traditional,
        Language::English => english,
    }
}

/// The sentence of a key with its values filled in; the key itself where the catalogue has none (a test forbids it).
pub fn sentence(language: Language, key: &str, values: &BTreeMap<String, String>) -> String {
    let Some(template) = catalogue(language).get(key) else { return key.to_owned() };
    let text = one_or_many(template, values);
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// `{n|visit|visits}`: the first word where the value is 1, else the second. Only English has such words.
fn one_or_many(template: &str, values: &BTreeMap<String, String>) -> String {
    if !template.contains('|') {
        return template.to_owned();
    }
    let mut parts = template.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let words = part.split_once('}').and_then(|(inside, rest)| {
            let (name, words) = inside.split_once('|')?;
            let (one, many) = words.split_once('|')?;
            Some((if values.get(name).is_some_and(|value| value == "1") { one } else { many }, rest))
        });
        match words {
            Some((word, rest)) => text.extend([word, rest]),
            None => text.extend(["{", part]),
        }
    }
    text
}

/// A sentence with values given in place.
pub fn say(language: Language, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
    sentence(language, key, &values)
}

/// Gives a refusal and its fields their sentences.
pub fn worded(mut refusal: ApiError, language: Language) -> ApiError {
    for field in &mut refusal.fields {
        if field.message.is_empty() {
            field.message = sentence(language, &field.problem, &field.values);
        }
    }
    if refusal.message.is_empty() {
        refusal.message = sentence(language, &refusal.key, &refusal.values);
        if refusal.key == "invalid" && !refusal.fields.is_empty() {
            let fields: Vec<&str> = refusal.fields.iter().map(|field| field.message.as_str()).collect();
            refusal.message = fields.join(" ");
        }
    }
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_stands_in_every_language_with_the_same_values() {
        let holes = |text: &str| -> Vec<String> {
            let mut found: Vec<_> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            // Words for one and many stand beside their value.
            found.retain(|hole| !hole.contains('|'));
            found.sort();
            found
        };
        let english = catalogue(Language::English);
        for language in Language::ALL {
            let here = catalogue(language);
            assert_eq!(
                here.keys().collect::<Vec<_>>(),
                english.keys().collect::<Vec<_>>(),
                "keys of {}",
                language.tag()
            );
            for (key, text) in here {
                assert!(!text.trim().is_empty(), "{key} is blank in {}", language.tag());
                // A person edits the scripts, so their variables are words of the language.
                if key.starts_with("script.") {
                    assert_eq!(
                        holes(text).len(),
                        holes(&english[key]).len(),
                        "variables of {key} in {}",
                        language.tag()
                    );
                } else {
                    assert_eq!(holes(text), holes(&english[key]), "values of {key} in {}", language.tag());
                }
            }
        }
    }

    #[test]
    fn english_says_one_and_many() {
        let visits = |visits: &str| say(Language::English, "tier.more.visits", &[("n", &visits)]);
        assert_eq!(visits("1"), "1 more visit");
        assert_eq!(visits("12"), "12 more visits");
        let named = say(Language::English, "plan.away", &[("n", &"{n|a|b}")]);
        assert_eq!(named, "{n|a|b} days without a visit", "what people typed stays as it is");
    }

    #[test]
    fn a_refusal_leaves_with_a_sentence_for_every_field() {
        let refusal = worded(ApiError::field("amount_minor", "amount.not_positive"), Language::Simplified);
        assert!(refusal.message.contains('额'), "{}", refusal.message);
    }
}
