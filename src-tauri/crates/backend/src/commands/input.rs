//! How an input is read.

use crate::error::Result;

/// Reads an input with the path of what does not fit; nothing at all means an empty input.
pub(super) fn read_input<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    use serde_path_to_error::Segment;
    let text = match text.trim() {
        "" | "null" => "{}",
        other => other,
    };
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
        let field = if path.is_empty() { "input".to_owned() } else { path.join(".") };
        shukebu_domain::error::FieldError::new(field, "input.unreadable").with("why", why).into()
    })
}
