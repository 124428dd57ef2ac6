//! What the person at the counter may not do alone, and somebody with the right approves there and then.
//!
//! An approval travels in the same call as the form that it is about (`"approval": {…}` beside the form's own fields),
//! so it is bound to this one operation and to its amounts: nothing can be approved beforehand or for the next time.
//! It counts only where it is needed, and then the log names both.

use super::{App, Session};
use crate::api::approvals::NewApproval;
use crate::error::{ApiError, Result};
use crate::store;
use serde_json::{Map, Value};
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::{Right, Role, right};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Beside the fields of any input.
const FIELD: &str = "approval";

/// Somebody's approval of one call.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Who approves.
    pub staff: StaffId,
    /// With which rights.
    pub role: Role,
    /// Why.
    pub reason: String,
    used: Arc<Mutex<BTreeSet<&'static str>>>,
}

impl Approval {
    /// Whether it covers an action for a person of this role; a right that it lent is noted.
    pub(super) fn covers(&self, asker: Role, action: &'static str) -> bool {
        let covers = can_approve(self.role, asker, action);
        if covers && let Ok(mut used) = self.used.lock() {
            used.insert(action);
        }
        covers
    }

    /// The actions for which it was needed.
    pub(super) fn used(&self) -> Vec<&'static str> {
        self.used.lock().map(|used| used.iter().copied().collect()).unwrap_or_default()
    }
}

/// Whether a role approves this action for another. Who has no more to say than the one who asks approves nothing: a
/// clerk's own limit is not lifted by another clerk.
pub(crate) fn can_approve(approver: Role, asker: Role, action: &str) -> bool {
    approver > asker && right(approver, action) == Right::Yes
}

thread_local! {
    /// The approval of the call that this thread carries out. A command runs on one thread from its input to the moment
    /// that it hands to the book's thread.
    static GIVEN: RefCell<Option<Approval>> = const { RefCell::new(None) };
}

/// The approval of the call under way.
pub(super) fn given() -> Option<Approval> {
    GIVEN.with_borrow(Clone::clone)
}

/// Takes the approval away again, also after a panic.
struct Taken;

impl Drop for Taken {
    fn drop(&mut self) {
        GIVEN.set(None);
    }
}

impl App {
    /// Carries a call out under the approval that lies beside its input, if any does.
    ///
    /// # Errors
    /// Nobody who works here, an approval by oneself, a reason left out; whatever the call itself refuses.
    pub(crate) fn with_approval<T>(&self, input: &str, call: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        let Some((approval, rest)) = apart(input)? else { return call(input) };
        GIVEN.set(Some(self.looked_up(approval)?));
        let _taken = Taken;
        call(&rest)
    }

    fn looked_up(&self, input: NewApproval) -> Result<Approval> {
        let session = self.session()?;
        let reason = clean_line(&input.reason);
        if reason.is_empty() {
            return Err(ApiError::field("approval.reason", "reason.missing"));
        }
        check_length("approval.reason", &reason, MAX_LINE)?;
        if input.staff_id == session.staff {
            return Err(ApiError::field("approval.staff_id", "approval.own"));
        }
        let found: Option<Session> = self.read(move |connection, _| store::staff::by_id(connection, input.staff_id))?;
        let found = found.ok_or_else(|| ApiError::field("approval.staff_id", "approval.nobody"))?;
        Ok(Approval { staff: found.staff, role: found.role, reason, used: Arc::default() })
    }
}

/// The approval and the input without it. Only a text that could hold one is read for it.
fn apart(input: &str) -> Result<Option<(NewApproval, String)>> {
    if !input.contains("\"approval\"") {
        return Ok(None);
    }
    // What cannot be read is told by whoever reads the whole input.
    let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(input) else { return Ok(None) };
    let Some(approval) = fields.remove(FIELD).filter(|approval| !approval.is_null()) else { return Ok(None) };
    let approval = serde_path_to_error::deserialize(approval).map_err(|error| {
        ApiError::from(
            shukebu_domain::error::FieldError::new(format!("{FIELD}.{}", error.path()), "input.unreadable")
                .with("why", error.inner()),
        )
    })?;
    Ok(Some((approval, Value::Object(fields).to_string())))
}
