//! Names that a person reads: one per language of the window. Keys never change, names may.

use serde::{Deserialize, Serialize};

/// A language of the window.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Lang {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// 繁體中文.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Reads `zh-Hans`, `zh-Hant` or `en`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "zh-Hans" => Some(Self::ZhHans),
            "zh-Hant" => Some(Self::ZhHant),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// One name in the three languages. A blank one falls back to the simplified name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Names {
    /// 简体中文; the one that must not be blank.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// 繁體中文.
    #[serde(rename = "zh-Hant", default)]
    pub zh_hant: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Names {
    /// The three names.
    pub fn new(zh_hans: &str, zh_hant: &str, en: &str) -> Self {
        Self { zh_hans: zh_hans.to_owned(), zh_hant: zh_hant.to_owned(), en: en.to_owned() }
    }

    /// A name that the shop gave itself, the same in every language.
    pub fn own(name: &str) -> Self {
        Self::new(name, name, name)
    }

    /// The name in a language.
    pub fn get(&self, lang: Lang) -> &str {
        let wanted = match lang {
            Lang::ZhHans => &self.zh_hans,
            Lang::ZhHant => &self.zh_hant,
            Lang::En => &self.en,
        };
        if wanted.trim().is_empty() { &self.zh_hans } else { wanted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_translation_shows_the_simplified_name() {
        let names = Names { zh_hans: "熟客".to_owned(), zh_hant: String::new(), en: " ".to_owned() };
        assert_eq!(names.get(Lang::ZhHant), "熟客");
        assert_eq!(names.get(Lang::En), "熟客");
    }

    #[test]
    fn languages_travel_by_their_tags() {
        assert_eq!(serde_json::to_string(&Lang::ZhHant).unwrap(), "\"zh-Hant\"");
        assert_eq!(Lang::parse("en"), Some(Lang::En));
        assert_eq!(Lang::parse("de"), None);
    }
}
