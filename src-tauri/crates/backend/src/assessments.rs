//! 定期评估: people sit down with the numbers in a rhythm. The agenda is made from the report, what was decided becomes
//! improvements, and the numbers that were looked at are kept with it.

use crate::api::assessments::{
    AssessmentAgenda, AssessmentBoard, AssessmentDue, AssessmentPlan, AssessmentView, NewAssessment, NextAssessment,
};
use crate::api::books::Nothing;
use crate::api::complaints::ClockView;
use crate::api::complaints::corrections::CaseOwner;
use crate::app::{App, Moment, Op, Written};
use crate::complaints::ready::{self, Answers, Ticking};
use crate::complaints::{self, Rulebook};
use crate::error::{ApiError, Result};
use crate::store::assessments::{self as rows, AssessmentToStore, StoredAssessment, StoredPlan};
use crate::{improvements, store};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::assessment::{AssessmentStanding, on_an_open_day};
use shukebu_domain::complaint::report::Dimension;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::AssessmentId;
use std::cell::RefCell;

/// Earlier ones that the page lists.
const HELD_SHOWN: i64 = 60;
/// At most so many improvements come of one.
const MOST_IMPROVEMENTS: usize = 20;

/// The rhythm, the next one, its agenda, and the earlier ones.
///
/// # Errors
/// `Locked` while no book is open.
pub fn board(app: &App, _: Nothing) -> Result<AssessmentBoard> {
    app.read_in_background(|connection, moment| {
        let plan = rows::plan(connection)?;
        let people = store::staff::active(connection)?;
        let held = rows::newest(connection, HELD_SHOWN)?;
        Ok(AssessmentBoard {
            next: next(connection, moment, plan.as_ref())?,
            agenda: agenda(connection, moment, plan.as_ref())?,
            rhythm: plan.map(|plan| plan.rhythm),
            held: held.into_iter().map(|stored| view(connection, moment, stored)).collect::<Result<_>>()?,
            held_in_all: rows::count(connection)?,
            people: people.into_iter().map(|(id, name)| CaseOwner { id, name }).collect(),
        })
    })
}

/// Another rhythm from today on; what was held stays.
///
/// # Errors
/// A rhythm that no day follows from.
pub fn plan(app: &App, input: AssessmentPlan) -> Result<AssessmentBoard> {
    if let Some(rhythm) = &input.rhythm {
        rhythm.check()?;
    }
    app.write(Op::new("assessment.change").keyed(input.client_key), move |tx, moment| {
        rows::insert_plan(tx, input.rhythm.as_ref(), moment.today, moment.now, moment.session.staff)?;
        Ok(Written::many("assessment").detail(json!({ "rhythm": input.rhythm })))
    })?;
    board(app, Nothing {})
}

/// Writes down one that was held. It stands for the planned day if that is near or past.
///
/// # Errors
/// A day in the future, nobody who was there, nothing that was decided, an improvement that says nothing.
pub fn record(app: &App, input: NewAssessment) -> Result<AssessmentBoard> {
    app.write(Op::new("assessment.change").keyed(input.client_key.clone()), move |tx, moment| {
        let id = keep(tx, moment, &input)?;
        let improvements = input.improvements.len();
        Ok(Written::one("assessment", id.0).detail(json!({ "improvements": improvements })))
    })?;
    board(app, Nothing {})
}

fn keep(tx: &Transaction, moment: &Moment, input: &NewAssessment) -> Result<AssessmentId> {
    let text = |text: &Option<String>| text.as_deref().map(clean_text).filter(|text| !text.is_empty());
    let held_on = input.held_on.unwrap_or(moment.today);
    let others = input.others.as_deref().map(clean_line).filter(|others| !others.is_empty());
    let notes = text(&input.notes);
    let mut problems = vec![];
    if held_on > moment.today {
        problems.push(FieldError::new("held_on", "time.in_future"));
    }
    if input.people.is_empty() && others.is_none() {
        problems.push(FieldError::new("people", "assessment.nobody"));
    }
    for staff in &input.people {
        if !store::staff::is_known(tx, *staff)? {
            problems.push(FieldError::new("people", "not_found.staff"));
        }
    }
    if notes.is_none() && input.improvements.is_empty() {
        problems.push(FieldError::new("notes", "assessment.nothing_decided"));
    }
    problems.extend(others.as_ref().and_then(|others| check_length("others", others, MAX_LINE).err()));
    problems.extend(notes.as_ref().and_then(|notes| check_length("notes", notes, MAX_TEXT).err()));
    if input.improvements.len() > MOST_IMPROVEMENTS {
        problems
            .push(FieldError::new("improvements", "assessment.too_many_improvements").with("most", MOST_IMPROVEMENTS));
    }
    refuse_if_any(problems)?;
    let plan = rows::plan(tx)?;
    let (from_on, to_on) = stretch(tx, plan.as_ref(), held_on)?;
    let due_on = next(tx, moment, plan.as_ref())?.filter(|next| held_on >= next.counts_from);
    let figures = complaints::report_of(tx, moment, from_on, to_on, Dimension::Owner)?.totals;
    let due_on = due_on.map(|next| next.planned_on);
    let it = AssessmentToStore { due_on, held_on, from_on, to_on, figures: &figures, others, notes };
    let id = rows::insert(tx, &it, moment.now, moment.session.staff)?;
    for staff in &input.people {
        rows::insert_person(tx, id, *staff)?;
    }
    for (n, improvement) in input.improvements.iter().enumerate() {
        let added = improvements::add(tx, moment, improvement).map_err(|refusal| at_item(refusal, n))?;
        rows::link(tx, id, added)?;
    }
    Ok(id)
}

/// A refusal of an improvement, at its place in the form.
fn at_item(mut refusal: ApiError, n: usize) -> ApiError {
    for field in &mut refusal.fields {
        field.field = format!("improvements.{n}.{}", field.field);
    }
    refusal
}

/// What the top bar says to whoever looks at the numbers: nothing before the day.
pub(crate) fn due(connection: &Connection, moment: &Moment) -> Result<Option<AssessmentDue>> {
    if !moment.may_alone("assessment.look") {
        return Ok(None);
    }
    ready::answer(&DUE, connection, moment, "assessment", || {
        let next = next(connection, moment, rows::plan(connection)?.as_ref())?;
        Ok(next
            .filter(|next| next.standing != AssessmentStanding::Coming)
            .map(|next| AssessmentDue { due_on: next.due_on, days_late: next.days }))
    })
}

thread_local! {
    static DUE: RefCell<Answers<Option<AssessmentDue>>> = const { RefCell::new(Answers::NONE) };
}

impl Ticking for Option<AssessmentDue> {
    fn clocks(&mut self) -> impl Iterator<Item = &mut ClockView> {
        std::iter::empty()
    }
}

fn next(connection: &Connection, moment: &Moment, plan: Option<&StoredPlan>) -> Result<Option<NextAssessment>> {
    let Some(plan) = plan else { return Ok(None) };
    let before_plan = plan.from_on.checked_sub_days(Days::new(1));
    let after = before_plan.max(rows::last_planned(connection)?).unwrap_or(plan.from_on);
    let Some(planned_on) = plan.rhythm.next_after(after) else { return Ok(None) };
    let due_on = on_an_open_day(Rulebook::load(connection)?.calendar(), planned_on);
    Ok(Some(NextAssessment {
        planned_on,
        due_on,
        standing: AssessmentStanding::of(due_on, moment.today),
        days: (due_on - moment.today).num_days().abs(),
        counts_from: plan.rhythm.counts_from(planned_on),
    }))
}

/// From the day after the last one to the day of this one; the first looks back as far as its rhythm goes.
fn stretch(connection: &Connection, plan: Option<&StoredPlan>, held_on: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let from = match rows::last_held(connection, held_on)? {
        Some((_, last)) => last.succ_opt().unwrap_or(last).min(held_on),
        None => plan.map_or_else(
            || held_on.checked_sub_months(chrono::Months::new(1)).unwrap_or(held_on),
            |plan| plan.rhythm.looks_back_from(held_on),
        ),
    };
    Ok((from, held_on))
}

fn agenda(connection: &Connection, moment: &Moment, plan: Option<&StoredPlan>) -> Result<AssessmentAgenda> {
    let (from, to) = stretch(connection, plan, moment.today)?;
    let report = complaints::report_of(connection, moment, from, to, Dimension::Owner)?;
    let days = u64::try_from((to - from).num_days()).unwrap_or(0);
    let until = from.pred_opt().unwrap_or(from);
    let since = until.checked_sub_days(Days::new(days)).unwrap_or(until);
    let before = complaints::report_of(connection, moment, since, until, Dimension::Owner)?.totals;
    let last = rows::last_held(connection, moment.today)?;
    let decided = match last {
        Some((id, _)) => improvements::of_assessment(connection, moment, id)?,
        None => vec![],
    };
    let mut open = improvements::unfinished(connection, moment)?;
    open.retain(|each| !decided.iter().any(|known| known.id == each.id));
    Ok(AssessmentAgenda { report, before, decided, open })
}

fn view(connection: &Connection, moment: &Moment, stored: StoredAssessment) -> Result<AssessmentView> {
    Ok(AssessmentView {
        people: rows::people_of(connection, stored.id)?,
        improvements: improvements::of_assessment(connection, moment, stored.id)?,
        figures: serde_json::from_str(&stored.figures)?,
        id: stored.id,
        due_on: stored.due_on,
        held_on: stored.held_on,
        from: stored.from_on,
        to: stored.to_on,
        others: stored.others,
        notes: stored.notes,
        recorded_at: stored.recorded_at,
        recorded_by: stored.recorded_by,
    })
}
