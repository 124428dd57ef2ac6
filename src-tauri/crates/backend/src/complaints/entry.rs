//! An entry of a case as it is stored: the domain's event, and beside it the words that move no clock.

use crate::error::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shukebu_domain::complaint::{CaseTraits, Channel, EventKind, Promise};
use shukebu_domain::ids::StaffId;
use shukebu_domain::time::Timestamp;

/// What an entry says beside its event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Words {
    /// What was said or noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How the customer was reached, where the event itself does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Channel>,
    /// Of a receipt: what the promises look at. Kept, because tier and class of the customer may change later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traits: Option<CaseTraits>,
    /// Of a receipt: why it went to somebody else than the person on duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routed: Option<Routed>,
    /// Of a note by the program: new hours or promises moved a due time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

/// To whom a case went by itself: the customer's own contact, or who stands in for that person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Routed {
    pub to: StaffId,
    /// The contact who is away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy_of: Option<StaffId>,
}

/// A due time that new hours or promises moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Moved {
    pub promise: Promise,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

impl Words {
    /// Only what was said.
    pub(super) fn text(text: Option<String>) -> Self {
        Self { text, ..Self::default() }
    }

    /// The words of a stored entry; an entry without any has none.
    pub(super) fn read(stored: &str) -> Result<Self> {
        Ok(serde_json::from_str(stored)?)
    }
}

/// Event and words as one JSON object.
pub(super) fn stored(event: &EventKind, words: &Words) -> Result<String> {
    let mut whole = serde_json::to_value(event)?;
    if let (Value::Object(whole), Value::Object(words)) = (&mut whole, serde_json::to_value(words)?) {
        whole.extend(words);
    }
    Ok(whole.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shukebu_domain::complaint::{FollowUpResult, Severity};

    #[test]
    fn an_entry_reads_back_as_its_event_and_its_words() {
        let event = EventKind::FollowedUp { result: FollowUpResult::Satisfied };
        let words = Words { text: Some("都好".into()), by: Some(Channel::Phone), ..Words::default() };
        let text = stored(&event, &words).unwrap();
        assert_eq!(serde_json::from_str::<EventKind>(&text).unwrap(), event);
        assert_eq!(Words::read(&text).unwrap(), words);
    }

    #[test]
    fn an_entry_without_words_is_the_event_alone() {
        let event = EventKind::Received { severity: Severity::Red };
        let text = stored(&event, &Words::default()).unwrap();
        assert_eq!(text, serde_json::to_string(&event).unwrap());
    }
}
