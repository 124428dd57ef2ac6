//! Resolving a case: what was said, what was given, what will be different. A part is left out only with a reason, and
//! what is given moves in the shop's other books in the same transaction ([`giving`](super::giving)).

use super::entry::Words;
use super::giving::Thing;
use super::limits::{APPROVE, limit_for};
use super::remedies;
use super::steps::{Entry, Standing, stand, take, words};
use crate::api::complaints::corrections::{CompensationItem, NewCompensation};
use crate::api::complaints::{ComplaintResolution, ComplaintView, ResolutionView};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::messages::say;
use crate::store;
use crate::store::complaints::StoredCase;
use crate::store::improvements::ImprovementToStore;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::complaint::{CompensationKind, Empathy, EventKind, Improvement, Part, Resolution, advance};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{ComplaintId, StaffId};
use shukebu_domain::money::Money;

/// Resolves a case. That counts as a response, and the follow-up begins.
///
/// # Errors
/// Every part that is empty, a cost above the person's limit, a refund beyond what is left of the sale, a case that is
/// resolved already or has ended.
pub fn resolve(app: &App, input: ComplaintResolution) -> Result<ComplaintView> {
    let id = input.id;
    let saved = app.write(Op::new("complaint.resolve").keyed(input.client_key.clone()), move |tx, moment| {
        let mut standing = stand(tx, moment, id)?;
        // A case that cannot be resolved now says so before its form is looked at.
        advance(standing.before.status, &EventKind::Resolved)?;
        if standing.case.traits().inquiry {
            return answer_inquiry(tx, moment, &mut standing, &input);
        }
        let mut parts = Parts::read(&input)?;
        let stored = store::complaints::get(tx, id)?;
        parts.check(tx, moment, &stored)?;
        let written = Written::one("complaint", id.0).detail(json!({
            "compensation": parts.first.kind,
            "compensation_minor": parts.first.cost,
            "also": parts.also.iter().map(|thing| (thing.kind, thing.cost)).collect::<Vec<_>>(),
        }));
        let things: Vec<Thing> = parts.things().cloned().collect();
        let resolution = parts.stored(standing.before.cycle, moment);
        let number = store::complaints::events::insert_resolution(tx, id, moment.session.staff, &resolution)?;
        for (position, thing) in things.iter().enumerate() {
            let posted = thing.post(tx, moment, &stored, position).map_err(|refusal| at_field(refusal, position))?;
            if let Some(posting) = posted {
                store::complaints::postings::insert(tx, number, position, &posting)?;
            }
        }
        let written =
            match stored.customer.filter(|_| things.iter().any(|thing| thing.kind != CompensationKind::Nothing)) {
                Some(customer) => written.reindex(customer),
                None => written,
            };
        keep_improvement(tx, moment, id, &resolution)?;
        take(tx, moment, &mut standing, Entry { at: moment.now, event: EventKind::Resolved, words: Words::default() })?;
        for (position, thing) in things.iter().enumerate() {
            if let Some((remedy, date)) =
                thing.promised(moment, standing.rulebook.calendar(), id, (number, position))?
            {
                remedies::add(tx, moment, &remedy, &date)?;
            }
        }
        Ok(written)
    })?;
    super::steps::answer(app, saved)
}

/// An inquiry is done with its answer: no parts, no follow-up. It needs a result all the same.
fn answer_inquiry(
    tx: &Transaction,
    moment: &Moment,
    standing: &mut Standing,
    input: &ComplaintResolution,
) -> Result<Written> {
    let Some(answer) = words("empathy", input.empathy.as_deref())? else {
        return Err(ApiError::field("empathy", "resolution.answer_missing"));
    };
    let (id, at) = (standing.case.id, moment.now);
    take(tx, moment, standing, Entry { at, event: EventKind::Resolved, words: Words::text(Some(answer)) })?;
    standing.before = standing.case.clocks(&standing.rulebook, moment.now)?;
    let why = say(moment.language, "complaint.inquiry_answered", &[]);
    let event = EventKind::Closed { without_follow_up: Some(why) };
    take(tx, moment, standing, Entry { at, event, words: Words::default() })?;
    Ok(Written::one("complaint", id.0).detail(json!({ "inquiry": true })))
}

/// What will be different goes on the list of improvements, where it is looked after.
fn keep_improvement(tx: &Transaction, moment: &Moment, id: ComplaintId, done: &ResolutionView) -> Result<()> {
    let (Some(action), Some(due_on)) = (done.improvement.clone(), done.improvement_due_on) else { return Ok(()) };
    let what = ImprovementToStore {
        problem: store::complaints::get(tx, id)?.description,
        cause: done.root_cause.clone(),
        action,
        owner: moment.session.staff,
        due_on,
        done_on: None,
        checked_on: None,
        effect: None,
        customer_told_on: None,
    };
    crate::improvements::of_resolution(tx, moment, id, what)?;
    Ok(())
}

/// What a ledger refuses stands at the thing that it refused.
fn at_field(mut refusal: ApiError, position: usize) -> ApiError {
    for field in &mut refusal.fields {
        field.field = match (position, field.field.as_str()) {
            (0, "amount_minor") => "compensation_minor".into(),
            (n, "amount_minor") => format!("compensation_also.{}.cost_minor", n - 1),
            (0, other) if other.starts_with("goods.") => format!("compensation_{other}"),
            (n, other) if other.starts_with("goods.") => format!("compensation_also.{}.{other}", n - 1),
            (_, other) => other.into(),
        };
    }
    refusal
}

/// The form, cleaned.
struct Parts {
    empathy: Option<String>,
    empathy_waived: Option<String>,
    first: Thing,
    also: Vec<Thing>,
    root_cause: Option<String>,
    improvement: Option<String>,
    due_on: Option<NaiveDate>,
    improvement_waived: Option<String>,
}

impl Parts {
    fn read(input: &ComplaintResolution) -> Result<Self> {
        Ok(Self {
            empathy: words("empathy", input.empathy.as_deref())?,
            empathy_waived: words("empathy_waived", input.empathy_waived.as_deref())?,
            first: Thing::new(
                kind(input.compensation_kind.as_deref())?,
                input.compensation_minor,
                words("compensation_note", input.compensation_note.as_deref())?,
                input.compensation_goods.clone(),
            ),
            also: read_also(&input.compensation_also)?,
            root_cause: words("root_cause", input.root_cause.as_deref())?,
            improvement: words("improvement", input.improvement.as_deref())?,
            due_on: input.improvement_due_on,
            improvement_waived: words("improvement_waived", input.improvement_waived.as_deref())?,
        })
    }

    /// Everything that is given, in the order of the form.
    fn things(&self) -> impl Iterator<Item = &Thing> {
        std::iter::once(&self.first).chain(&self.also)
    }

    /// All problems of the form at once, each at its own field.
    fn check(&mut self, connection: &Connection, moment: &Moment, case: &StoredCase) -> Result<()> {
        // What the book knows about costs counts against the limit.
        let mut problems = self.first.read(connection, moment, case, "compensation_")?;
        for (n, thing) in self.also.iter_mut().enumerate() {
            problems.extend(thing.read(connection, moment, case, &format!("compensation_also.{n}."))?);
        }
        let limit = self.limit(connection, moment)?;
        if let Err(refusal) = self.as_domain(moment).validate(limit, moment.today) {
            problems.extend(ApiError::from(refusal).fields);
        }
        for problem in problems.iter_mut().filter(|problem| problem.problem == "resolution.approval_missing") {
            problem.values.insert("limit".into(), crate::wording::amount(moment, limit));
        }
        if self.improvement_waived.is_none() && self.due_on.is_none() {
            problems.push(FieldError::new("improvement.due_on", "resolution.due_missing"));
        }
        if self.first.kind == CompensationKind::Refund && self.first.cost == Money::ZERO {
            problems.push(FieldError::new("compensation.cost_minor", "amount.not_positive"));
        }
        for (n, thing) in self.also.iter().enumerate() {
            if thing.kind == CompensationKind::Refund && thing.cost == Money::ZERO {
                problems.push(FieldError::new(format!("also.{n}.cost_minor"), "amount.not_positive"));
            }
        }
        for problem in &mut problems {
            problem.field = match problem.field.strip_prefix("also.") {
                Some(of_item) => format!("compensation_also.{of_item}"),
                None => input_field(&problem.field).into(),
            };
        }
        if problems.is_empty() {
            return Ok(());
        }
        // Nobody is asked to approve a form that would be refused all the same.
        let is_all = problems.iter().all(|problem| problem.problem == "resolution.approval_missing");
        let refusal = ApiError { fields: problems, ..ApiError::new(ErrorCode::Invalid, "invalid") };
        Err(if is_all { refusal.asking(APPROVE) } else { refusal })
    }

    fn limit(&self, connection: &Connection, moment: &Moment) -> Result<Money> {
        let all = self.things().fold(0_i64, |sum, thing| sum.saturating_add(thing.cost.minor()));
        limit_for(connection, moment, Money::from_minor(all))
    }

    fn as_domain(&self, moment: &Moment) -> Resolution {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        Resolution {
            empathy: match (&self.empathy, &self.empathy_waived) {
                (None, Some(reason)) => Part::Waived { reason: reason.clone() },
                (said, _) => Part::Recorded(Empathy { said: said.clone().unwrap_or_default() }),
            },
            compensation: Part::Recorded(self.first.as_domain()),
            also: self.also.iter().map(Thing::as_domain).collect(),
            improvement: match &self.improvement_waived {
                Some(reason) => Part::Waived { reason: reason.clone() },
                None => Part::Recorded(Improvement {
                    root_cause: said(&self.root_cause),
                    action: said(&self.improvement),
                    owner: self.owner(moment),
                    due_on: self.due_on.unwrap_or(moment.today),
                    checked_on: None,
                    customer_told: false,
                }),
            },
        }
    }

    /// Who resolves a case sees to its improvement.
    fn owner(&self, moment: &Moment) -> StaffId {
        moment.session.staff
    }

    fn stored(self, cycle: u32, moment: &Moment) -> ResolutionView {
        let kept = self.improvement_waived.is_none();
        ResolutionView {
            cycle,
            resolved_at: moment.now,
            empathy_waived: self.empathy_waived.filter(|_| self.empathy.is_none()),
            empathy: self.empathy,
            compensation_kind: word(self.first.kind).into(),
            compensation_minor: self.first.cost,
            compensation_note: self.first.note,
            compensation_also: self
                .also
                .into_iter()
                .map(|thing| CompensationItem {
                    kind: word(thing.kind).into(),
                    cost_minor: thing.cost,
                    note: thing.note.unwrap_or_default(),
                })
                .collect(),
            posted: vec![],
            noted: vec![],
            returnable: vec![],
            root_cause: self.root_cause.filter(|_| kept),
            improvement: self.improvement.filter(|_| kept),
            improvement_due_on: self.due_on.filter(|_| kept),
            improvement_waived: self.improvement_waived,
        }
    }
}

/// What is given beside the first; a kind that nobody knows is said at its place.
fn read_also(items: &[NewCompensation]) -> Result<Vec<Thing>> {
    let read = |(n, item): (usize, &NewCompensation)| {
        let known = KINDS.iter().find(|(_, word)| *word == item.kind.trim()).map(|(kind, _)| *kind);
        let kind =
            known.ok_or_else(|| ApiError::field(format!("compensation_also.{n}.kind"), "resolution.kind_missing"))?;
        let note = words("compensation_also", item.note.as_deref())?;
        Ok(Thing::new(kind, item.cost_minor, note, item.goods.clone()))
    };
    items.iter().enumerate().map(read).collect()
}

/// A field of the domain's resolution as the form names it.
fn input_field(field: &str) -> &str {
    match field {
        "empathy.said" => "empathy",
        "empathy.reason" => "empathy_waived",
        "compensation.note" => "compensation_note",
        "compensation.cost_minor" | "compensation.approved_by" => "compensation_minor",
        "improvement.root_cause" => "root_cause",
        "improvement.action" => "improvement",
        "improvement.due_on" => "improvement_due_on",
        "improvement.reason" => "improvement_waived",
        other => other,
    }
}

const KINDS: [(CompensationKind, &str); 9] = [
    (CompensationKind::Refund, "refund"),
    (CompensationKind::Replacement, "replacement"),
    (CompensationKind::Repair, "repair"),
    (CompensationKind::Redo, "redo"),
    (CompensationKind::Coupon, "coupon"),
    (CompensationKind::Gift, "gift"),
    (CompensationKind::Points, "points"),
    (CompensationKind::Benefit, "benefit"),
    (CompensationKind::Nothing, "none"),
];

fn kind(text: Option<&str>) -> Result<CompensationKind> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Err(ApiError::field("compensation_kind", "resolution.kind_missing"));
    };
    let known = KINDS.iter().find(|(_, word)| *word == text);
    known.map(|(kind, _)| *kind).ok_or_else(|| ApiError::field("compensation_kind", "resolution.kind_missing"))
}

fn word(kind: CompensationKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("none", |(_, word)| word)
}
