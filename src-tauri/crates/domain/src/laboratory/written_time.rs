//! An instant as a question wrote it: answers carry the same offset.

use crate::time::Timestamp;
use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::{Deserialize, Deserializer};

/// An instant and the offset in which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenTime {
    /// The instant.
    pub at: Timestamp,
    offset: FixedOffset,
    zulu: bool,
}

impl WrittenTime {
    /// Another instant in the same spelling.
    pub fn spell(&self, at: Timestamp) -> String {
        let format = if at.millis() % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        at.utc().with_timezone(&self.offset).to_rfc3339_opts(format, self.zulu)
    }
}

impl<'de> Deserialize<'de> for WrittenTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let moment = DateTime::parse_from_rfc3339(&text)
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is no RFC 3339 time with an offset")))?;
        Ok(Self {
            at: Timestamp::from_millis(moment.timestamp_millis()),
            offset: *moment.offset(),
            zulu: text.ends_with(['Z', 'z']),
        })
    }
}

impl schemars::JsonSchema for WrittenTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Timestamp::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Timestamp::json_schema(generator)
    }
}

/// Reads a whole number of seconds; `3600.0` is one too.
pub(super) fn whole_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    if let Some(seconds) = number.as_i64() {
        return Ok(seconds);
    }
    let text = number.to_string();
    let whole = text.strip_suffix(".0").and_then(|whole| whole.parse().ok());
    whole.ok_or_else(|| serde::de::Error::custom(format!("{text} is no whole number of seconds")))
}
