//! The report: cases of a stretch of days with all their clocks, handed to the domain.

use super::case::{Case, is_about, promised};
use super::owed;
use super::rulebook::Rulebook;
use crate::api::complaint_reports::{ComplaintReport, ReportQuestion};
use crate::api::complaints::{CaseKind, PromiseKind};
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::complaints::StoredCase;
use crate::store::complaints::remedies::StoredRemedy;
use crate::store::whose::Whose;
use chrono::{Days, Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::complaint::remedy::{RemedyState, ReportRemedy, figures};
use shukebu_domain::complaint::report::{Dimension, ReportCase, ReportClock, given, groups, pareto, totals};
use shukebu_domain::complaint::{CaseClocks, ClockState, ClockStatus, EventKind, FollowUpResult, Promise, Status};
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::money::Money;
use shukebu_domain::time::day_start;

/// How promises were kept for the complaints received from one day to another. Inquiries are not among them: they have
/// other times.
///
/// # Errors
/// A last day before the first.
pub fn report(app: &App, input: ReportQuestion) -> Result<ComplaintReport> {
    app.read_in_background(move |connection, moment| {
        let to = input.to.unwrap_or(moment.today);
        let from = input.from.unwrap_or_else(|| to.checked_sub_months(Months::new(12)).unwrap_or(to));
        if to < from {
            return Err(ApiError::field("to", "time.before_start"));
        }
        report_of(connection, moment, from, to, input.by)
    })
}

/// The report of complaints received from one day to another.
pub(crate) fn report_of(
    connection: &Connection,
    moment: &Moment,
    from: NaiveDate,
    to: NaiveDate,
    by: Dimension,
) -> Result<ComplaintReport> {
    let end = to.checked_add_days(Days::new(1)).unwrap_or(to);
    let mut stored =
        store::complaints::received_between(connection, day_start(moment.zone, from), day_start(moment.zone, end))?;
    stored.retain(|case| case.kind == CaseKind::Complaint && case.duplicate_of.is_none());
    let cases = report_cases(connection, moment, by, &stored)?;
    Ok(ComplaintReport {
        from,
        to,
        totals: totals(&cases),
        groups: groups(&cases),
        causes: pareto(&cases),
        compensation: given(&cases),
        remedies: figures(&promised_things(connection, moment, &stored)?),
        promises: vec![PromiseKind::Response, PromiseKind::Update, PromiseKind::Resolution, PromiseKind::FollowUp],
    })
}

fn report_cases(
    connection: &Connection,
    moment: &Moment,
    by: Dimension,
    stored: &[StoredCase],
) -> Result<Vec<ReportCase>> {
    let rulebook = Rulebook::load(connection)?;
    let merged = store::merges::links(connection, Whose::Everyone)?;
    let ids: Vec<ComplaintId> = stored.iter().map(|case| case.id).collect();
    let cases = Case::load_many(connection, &ids)?;
    let mut found = Vec::with_capacity(stored.len());
    // Both are in the order of their ids.
    let returned = store::complaints::postings::returned(connection)?;
    for (stored, case) in stored.iter().zip(&cases) {
        let clocks = case.clocks(&rulebook, moment.now)?;
        let resolutions = store::complaints::events::numbered_resolutions(connection, stored.id)?;
        let count = |is: &dyn Fn(&EventKind) -> bool| {
            u32::try_from(case.events.iter().filter(|event| is(&event.what)).count()).unwrap_or(u32::MAX)
        };
        found.push(ReportCase {
            groups: groups_of(connection, moment, by, stored)?,
            // Two records of one person are one person.
            customer: stored.customer.map(|customer| merged.get(&customer).unwrap_or(&customer).0),
            clocks: clocks_of(case, &clocks),
            resolved: count(&|event| matches!(event, EventKind::Resolved)),
            reopened: count(&|event| matches!(event, EventKind::Reopened { .. })),
            is_withdrawn: clocks.status == Status::Withdrawn,
            is_unreachable: count(&|event| {
                matches!(event, EventKind::FollowedUp { result: FollowUpResult::Unreachable })
            }) > 0,
            causes: resolutions.iter().filter_map(|(_, done)| done.root_cause.clone()).collect(),
            compensation: resolutions
                .iter()
                .flat_map(|(number, done)| {
                    let beside = done.compensation_also.iter().map(|item| (item.kind.clone(), item.cost_minor));
                    let given =
                        std::iter::once((done.compensation_kind.clone(), done.compensation_minor)).chain(beside);
                    // What came back has cost nothing.
                    (0..).zip(given).filter(|(position, _)| !returned.contains(&(*number, *position)))
                })
                .map(|(_, item)| item)
                .collect(),
        });
    }
    Ok(found)
}

/// What was promised in the cases with a date of its own.
fn promised_things(connection: &Connection, moment: &Moment, stored: &[StoredCase]) -> Result<Vec<ReportRemedy>> {
    let cases: Vec<ComplaintId> = stored.iter().map(|case| case.id).collect();
    let promised = store::complaints::remedies::of_cases(connection, &cases)?;
    promised.iter().map(|remedy| promised_thing(moment, remedy)).collect()
}

fn promised_thing(moment: &Moment, remedy: &StoredRemedy) -> Result<ReportRemedy> {
    let cost = match &remedy.end {
        Some(end) if !remedy.is_compensation => end.cost,
        _ => Money::ZERO,
    };
    let mut verdicts: Vec<bool> = remedy.dates.iter().filter_map(|said| said.is_kept).collect();
    let state = owed::state(moment, remedy)?;
    // It is late although the program has not looked since.
    if state == RemedyState::Late && remedy.date()?.is_kept.is_none() {
        verdicts.push(false);
    }
    Ok(ReportRemedy { kind: remedy.kind, verdicts, state, cost })
}

fn groups_of(connection: &Connection, moment: &Moment, by: Dimension, stored: &StoredCase) -> Result<Vec<String>> {
    Ok(match by {
        Dimension::Month => vec![stored.received_at.day_in(moment.zone).format("%Y-%m").to_string()],
        Dimension::Owner => vec![stored.owner_name.clone()],
        Dimension::Category => vec![stored.category.clone().unwrap_or_default()],
        Dimension::Severity => vec![store::as_word(stored.severity)?],
        Dimension::Product => {
            let lines = stored.sale.map(|sale| store::sales::lines(connection, sale)).transpose()?.unwrap_or_default();
            if lines.is_empty() {
                vec![String::new()]
            } else {
                lines.into_iter().map(|line| line.description).collect()
            }
        }
    })
}

/// Clocks of this cycle as they stand, and those of earlier cycles as they were judged. What was never promised is no
/// clock.
fn clocks_of(case: &Case, clocks: &CaseClocks) -> Vec<ReportClock> {
    let current = promised(clocks).map(|(_, clock)| clock);
    let is_current = |past: &&ClockState| {
        promised(clocks).any(|(_, clock)| {
            (clock.promise, clock.cycle, clock.started_at) == (past.promise, past.cycle, past.started_at)
        })
    };
    let past = clocks.verdicts.iter().filter(|past| !is_current(past));
    current.chain(past).filter_map(|clock| clock_of(case, clock)).collect()
}

fn clock_of(case: &Case, clock: &ClockState) -> Option<ReportClock> {
    let judged = case.verdicts.iter().find(|verdict| is_about(clock, verdict));
    let state = match judged {
        Some(verdict) if verdict.is_met => ClockStatus::Met,
        Some(_) => ClockStatus::Breached,
        None => clock.state,
    };
    // A follow-up that nobody promised leaves no trace; a withdrawn response was promised once.
    let was_promised = clock.target_s.is_some() || (clock.promise != Promise::FollowUp && clock.ended_at.is_some());
    was_promised.then_some(ReportClock {
        promise: clock.promise,
        state,
        has_ended: clock.ended_at.is_some(),
        elapsed_s: clock.elapsed_s,
        target_s: clock.target_s.unwrap_or(clock.elapsed_s),
        corrected_met: clock.correction.map(|correction| correction.met),
    })
}
