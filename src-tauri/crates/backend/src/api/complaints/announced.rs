//! What the shell announces about clocks, and when it looks again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::time::Timestamp;

/// Something the shell announces: a warning or a breach, each once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Notice {
    /// Which case.
    pub id: ComplaintId,
    /// Title in the window's language.
    pub title: String,
    /// Body in the window's language.
    pub body: String,
    /// `warning` or `breach` or `summary`.
    pub kind: String,
}

impl Notice {
    /// The place of the page that it is about: its case, or the list where it sums up several.
    pub fn place(&self) -> String {
        if self.kind == "summary" { "/complaints".to_owned() } else { format!("/complaints/{}", self.id) }
    }
}

/// What a tick found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TickView {
    /// To be announced.
    pub notices: Vec<Notice>,
    /// When to look again.
    pub next_wake_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_leads_to_its_case_and_a_summary_to_the_list() {
        let notice = |kind: &str| Notice {
            id: ComplaintId(7),
            title: String::new(),
            body: String::new(),
            kind: kind.to_owned(),
        };
        assert_eq!([notice("breach").place(), notice("warning").place()], ["/complaints/7", "/complaints/7"]);
        assert_eq!(notice("summary").place(), "/complaints");
    }
}
