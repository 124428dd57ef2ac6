//! A case in memory: its entries and verdicts, and where its clocks stand.

use super::entry::Words;
use super::rulebook::Rulebook;
use crate::api::complaints::{PromiseKind, VerdictView};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::complaints::events::StoredEvent;
use rusqlite::Connection;
use shukebu_domain::complaint::{
    CaseClocks, CaseTraits, ClockState, ClockStatus, Event, EventKind, Promise, Stretch, clock_line, clocks,
};
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::time::Timestamp;

/// A case with everything that its clocks depend on.
pub(super) struct Case {
    pub id: ComplaintId,
    /// The entries as rows, in their order.
    pub entries: Vec<StoredEvent>,
    /// The same as the domain reads them.
    pub events: Vec<Event>,
    /// What was judged so far.
    pub verdicts: Vec<VerdictView>,
    traits: CaseTraits,
}

impl Case {
    /// One case.
    pub(super) fn load(connection: &Connection, id: ComplaintId) -> Result<Self> {
        Self::load_many(connection, &[id])?.pop().ok_or_else(|| ApiError::not_found("complaint"))
    }

    /// Many cases, in the order of their ids.
    pub(super) fn load_many(connection: &Connection, ids: &[ComplaintId]) -> Result<Vec<Self>> {
        let mut verdicts = store::complaints::events::verdicts(connection, ids)?;
        let entries = store::complaints::events::of(connection, ids)?;
        entries
            .into_iter()
            .map(|(id, entries)| {
                let events = entries.iter().map(read_event).collect::<Result<Vec<_>>>()?;
                let receipt = entries.first().map(|entry| Words::read(&entry.event)).transpose()?;
                let traits = receipt.and_then(|words| words.traits).unwrap_or_default();
                Ok(Self { id, events, verdicts: verdicts.remove(&id).unwrap_or_default(), entries, traits })
            })
            .collect()
    }

    /// A case to which nothing has happened yet.
    pub(super) fn new(id: ComplaintId, traits: CaseTraits) -> Self {
        Self { id, entries: vec![], events: vec![], verdicts: vec![], traits }
    }

    /// Adds an entry that was just stored.
    pub(super) fn push(&mut self, entry: StoredEvent) -> Result<()> {
        self.events.push(read_event(&entry)?);
        self.entries.push(entry);
        Ok(())
    }

    /// Where the clocks stand at `now`. A promise that was judged stands as it was judged.
    pub(super) fn clocks(&self, rulebook: &Rulebook, now: Timestamp) -> Result<CaseClocks> {
        let mut found = clocks(&rulebook.terms(), &self.traits, &self.events, now)?;
        for verdict in &self.verdicts {
            if let Some(clock) = clock_mut(&mut found, verdict.promise)
                && is_about(clock, verdict)
            {
                clock.state = if verdict.is_met { ClockStatus::Met } else { ClockStatus::Breached };
                clock.due_at = Some(verdict.due_at);
            }
        }
        Ok(found)
    }

    /// What the promises look at.
    pub(super) const fn traits(&self) -> &CaseTraits {
        &self.traits
    }

    /// Whether a business complains: it is answered by phone and by mail.
    pub(super) fn is_of_business(&self) -> bool {
        self.traits.business
    }

    /// The line of a clock.
    pub(super) fn line(&self, rulebook: &Rulebook, now: Timestamp, promise: Promise) -> Result<Vec<Stretch>> {
        Ok(clock_line(&rulebook.terms(), &self.traits, &self.events, now, promise)?)
    }
}

fn read_event(entry: &StoredEvent) -> Result<Event> {
    let what: EventKind = serde_json::from_str(&entry.event)?;
    Ok(Event { at: entry.at, recorded_at: entry.recorded_at, what })
}

fn clock_mut(clocks: &mut CaseClocks, promise: PromiseKind) -> Option<&mut ClockState> {
    match promise {
        PromiseKind::Response => Some(&mut clocks.response),
        PromiseKind::Update => clocks.update.as_mut(),
        PromiseKind::Resolution => Some(&mut clocks.resolution),
        PromiseKind::FollowUp => clocks.follow_up.as_mut(),
    }
}

/// Whether a verdict was reached on this very clock: of an update there may be several in a cycle.
pub(super) fn is_about(clock: &ClockState, verdict: &VerdictView) -> bool {
    promise_kind(clock.promise) == verdict.promise
        && clock.cycle == verdict.cycle
        && verdict.asked_at == asked_at(clock)
}

/// Of an update, when the customer wrote.
pub(super) fn asked_at(clock: &ClockState) -> Option<Timestamp> {
    (clock.promise == Promise::Update).then_some(clock.started_at)
}

/// The clocks that a shop promises by, in the order in which they fall due.
pub(super) fn promised(clocks: &CaseClocks) -> impl Iterator<Item = (PromiseKind, &ClockState)> {
    [
        Some((PromiseKind::Response, &clocks.response)),
        clocks.update.as_ref().map(|clock| (PromiseKind::Update, clock)),
        Some((PromiseKind::Resolution, &clocks.resolution)),
        clocks.follow_up.as_ref().map(|clock| (PromiseKind::FollowUp, clock)),
    ]
    .into_iter()
    .flatten()
}

/// Whether a promise is broken and still owed.
pub(super) fn is_late(clocks: &CaseClocks) -> bool {
    promised(clocks).any(|(_, clock)| clock.is_open() && clock.state == ClockStatus::Breached)
}

/// The promise as the window names it.
pub(super) const fn promise_kind(promise: Promise) -> PromiseKind {
    match promise {
        Promise::Response => PromiseKind::Response,
        Promise::Update => PromiseKind::Update,
        Promise::Resolution => PromiseKind::Resolution,
        Promise::FollowUp => PromiseKind::FollowUp,
    }
}
