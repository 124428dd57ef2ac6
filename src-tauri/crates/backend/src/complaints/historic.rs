//! Complaints of another program: their moments become entries of real cases, and their promises are judged from those
//! moments. Nobody is alarmed about what is long past.

use super::alarms::untold;
use super::case::Case;
use super::entry::{self, Words};
use super::opening::next_case_no;
use super::rulebook::Rulebook;
use super::settle::settle;
use super::steps::channel;
use crate::api::complaints::CaseKind;
use crate::app::Moment;
use crate::error::Result;
use crate::messages::say;
use crate::store;
use crate::store::complaints::CaseToStore;
use crate::store::complaints::events::StoredEvent;
use rusqlite::Transaction;
use shukebu_domain::complaint::{CaseTraits, Channel, EventKind, Severity};
use shukebu_domain::ids::{ComplaintId, CustomerId, ImportId, SaleId};
use shukebu_domain::time::Timestamp;

/// A follow-up that the other program did not promise is owed only for what was resolved this recently.
const RECENT_S: i64 = 72 * 3600;

/// A complaint as an imported log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoricComplaint {
    /// Foreign id; the same one twice is one complaint.
    pub reference: Option<String>,
    /// Whose.
    pub customer: Option<CustomerId>,
    /// About which sale.
    pub sale: Option<SaleId>,
    /// When it came in.
    pub opened_at: Timestamp,
    /// How it came.
    pub channel: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// How much is at stake.
    pub severity: Severity,
    /// First answer.
    pub responded_at: Option<Timestamp>,
    /// Resolution.
    pub resolved_at: Option<Timestamp>,
    /// Opened again after that.
    pub reopened_at: Option<Timestamp>,
    /// Status as the other program says it.
    pub status: Option<String>,
    /// What happened.
    pub description: String,
    /// With which import it comes.
    pub import: Option<ImportId>,
}

/// Adds a complaint of the past; `None` when its reference is in the book already. A moment in the future, or before
/// the one it follows, is left out.
///
/// # Errors
/// What the book itself refuses.
pub fn import_historic(tx: &Transaction, moment: &Moment, historic: &HistoricComplaint) -> Result<Option<ComplaintId>> {
    if let Some(reference) = &historic.reference
        && store::complaints::has_ref(tx, reference)?
    {
        return Ok(None);
    }
    let opened_at = historic.opened_at.min(moment.now);
    let id = store::complaints::insert(
        tx,
        &CaseToStore {
            case_no: &next_case_no(tx, moment, opened_at)?,
            kind: CaseKind::Complaint,
            reference: historic.reference.as_deref(),
            customer: historic.customer,
            customer_text: None,
            received_at: opened_at,
            recorded_at: moment.now,
            channel: historic.channel.as_deref(),
            category: historic.category.as_deref(),
            severity: historic.severity,
            description: &historic.description,
            remedy_sought: None,
            sale: historic.sale,
            owner: moment.session.staff,
            import: historic.import,
        },
    )?;
    let traits = CaseTraits { category: historic.category.clone(), ..CaseTraits::default() };
    let mut case = Case::new(id, traits.clone());
    let imported = say(moment.language, "complaint.imported", &[]);
    for (position, (at, event)) in entries(historic, opened_at, moment.now, &imported).into_iter().enumerate() {
        let words = Words { traits: (position == 0).then(|| traits.clone()), ..Words::default() };
        // Recorded when it happened: the other program was told in time, so nothing counts as said too late.
        let entry = StoredEvent {
            at,
            recorded_at: at,
            staff: moment.session.staff,
            event: entry::stored(&event, &words)?,
            is_flagged: false,
        };
        store::complaints::events::append(tx, id, &entry)?;
        case.push(entry)?;
    }
    let rulebook = Rulebook::load(tx)?;
    for alarm in untold(&case.clocks(&rulebook, moment.now)?, &Default::default()) {
        store::complaints::events::announce(tx, &[(id, alarm.key, alarm.at)], moment.now)?;
    }
    settle(tx, moment, &rulebook, &mut case)?;
    if let Some(customer) = historic.customer {
        store::complaints::recount(tx, customer)?;
    }
    Ok(Some(id))
}

/// How another program's case stands, whatever it calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Open,
    Resolved,
    Closed,
    Withdrawn,
}

fn ending(status: Option<&str>) -> Option<Ending> {
    match status?.trim().to_lowercase().as_str() {
        "open" | "new" | "received" | "answered" | "responded" | "pending" | "in_progress" | "in progress"
        | "waiting" | "reopened" | "未处理" | "处理中" | "已受理" | "已响应" | "待处理" | "重开" => {
            Some(Ending::Open)
        }
        "resolved" | "solved" | "done" | "已解决" | "已处理" | "已回访" => Some(Ending::Resolved),
        "closed" | "已关闭" | "关闭" | "已完成" | "完成" | "已结案" => Some(Ending::Closed),
        "withdrawn" | "cancelled" | "canceled" | "撤回" | "已撤回" | "撤销" | "已撤销" => {
            Some(Ending::Withdrawn)
        }
        _ => None,
    }
}

/// The entries that the moments of a complaint stand for, in their order.
fn entries(
    historic: &HistoricComplaint,
    opened_at: Timestamp,
    now: Timestamp,
    imported: &str,
) -> Vec<(Timestamp, EventKind)> {
    let mut entries = vec![(opened_at, EventKind::Received { severity: historic.severity })];
    let mut last = opened_at;
    let mut follow = |at: Option<Timestamp>| {
        let at = at.filter(|at| (last..=now).contains(at))?;
        last = at;
        Some(at)
    };
    if let Some(at) = follow(historic.responded_at) {
        let by = historic.channel.as_deref().and_then(|text| channel(text).ok()).unwrap_or(Channel::Message);
        entries.push((at, EventKind::Responded { channel: by }));
    }
    let resolved_at = follow(historic.resolved_at);
    if let Some(at) = resolved_at {
        entries.push((at, EventKind::Resolved));
    }
    let reopened_at = resolved_at.and_then(|_| follow(historic.reopened_at));
    if let Some(at) = reopened_at {
        entries.push((at, EventKind::Reopened { reason: imported.to_owned() }));
    }
    let ending = ending(historic.status.as_deref());
    let is_resolved = resolved_at.is_some() && reopened_at.is_none();
    let is_recent = now.seconds_since(last) < RECENT_S;
    let closed = EventKind::Closed { without_follow_up: Some(imported.to_owned()) };
    match (ending, is_resolved) {
        (Some(Ending::Closed), true) => entries.push((last, closed)),
        // The other program promised no follow-up; it is owed only for what is still fresh.
        (_, true) if !is_recent => entries.push((last, closed)),
        (_, true) => {}
        // It ended, but nobody knows when: its clocks stop without a verdict.
        (Some(Ending::Resolved | Ending::Closed | Ending::Withdrawn), false) => {
            entries.push((last, EventKind::Withdrawn { reason: imported.to_owned() }));
        }
        (Some(Ending::Open) | None, false) => {}
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn historic(status: &str) -> HistoricComplaint {
        HistoricComplaint {
            reference: None,
            customer: None,
            sale: None,
            opened_at: at("2026-01-05T10:00:00+08:00"),
            channel: None,
            category: None,
            severity: Severity::Normal,
            responded_at: None,
            resolved_at: None,
            reopened_at: None,
            status: Some(status.into()),
            description: "蛋糕塌了".into(),
            import: None,
        }
    }

    fn kinds(historic: &HistoricComplaint) -> Vec<EventKind> {
        let now = at("2026-03-02T10:00:00+08:00");
        entries(historic, historic.opened_at, now, "导入").into_iter().map(|(_, event)| event).collect()
    }

    #[test]
    fn what_was_resolved_long_ago_is_closed_and_owes_no_follow_up() {
        let resolved = HistoricComplaint { resolved_at: Some(at("2026-01-06T10:00:00+08:00")), ..historic("resolved") };
        let kinds = kinds(&resolved);
        assert_eq!(kinds.last(), Some(&EventKind::Closed { without_follow_up: Some("导入".into()) }));
    }

    #[test]
    fn what_was_resolved_yesterday_still_owes_its_follow_up() {
        let resolved = HistoricComplaint { resolved_at: Some(at("2026-03-01T10:00:00+08:00")), ..historic("resolved") };
        assert_eq!(kinds(&resolved).last(), Some(&EventKind::Resolved));
    }

    #[test]
    fn what_ended_at_an_unknown_moment_stops_without_a_verdict() {
        assert_eq!(kinds(&historic("closed")).last(), Some(&EventKind::Withdrawn { reason: "导入".into() }));
    }

    #[test]
    fn what_is_open_there_is_open_here() {
        let answered =
            HistoricComplaint { responded_at: Some(at("2026-01-05T10:30:00+08:00")), ..historic("answered") };
        assert_eq!(kinds(&answered).last(), Some(&EventKind::Responded { channel: Channel::Message }));
        let reopened = HistoricComplaint {
            resolved_at: Some(at("2026-01-06T10:00:00+08:00")),
            reopened_at: Some(at("2026-01-07T10:00:00+08:00")),
            ..answered
        };
        assert_eq!(kinds(&reopened).last(), Some(&EventKind::Reopened { reason: "导入".into() }));
    }

    #[test]
    fn a_moment_that_cannot_be_is_left_out() {
        let early = HistoricComplaint { responded_at: Some(at("2026-01-04T10:00:00+08:00")), ..historic("open") };
        let late = HistoricComplaint { responded_at: Some(at("2027-01-04T10:00:00+08:00")), ..historic("open") };
        assert_eq!((kinds(&early).len(), kinds(&late).len()), (1, 1));
    }
}
