//! What is planned for a customer who could become a good one: words, a day, and who sees to it.

use super::card;
use crate::api::customer_plans::{CustomerPlanDone, CustomerPlanSave};
use crate::api::customers::CustomerRef;
use crate::api::value::SegmentCard;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::customer_plans::Plan;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::CustomerId;
use std::sync::{Arc, Mutex};

/// Makes a plan or changes an open one.
///
/// # Errors
/// Nothing said, a day that is past, a person who does not work here, a plan that is not there or over.
pub fn customer_plan_save(app: &App, input: CustomerPlanSave) -> Result<SegmentCard> {
    let id = input.customer_id;
    let words = clean_text(&input.words);
    app.write(Op::new("customer.note").keyed(input.client_key), move |tx, moment| {
        let owner = input.owner_id.unwrap_or(moment.session.staff);
        let mut problems = vec![];
        if words.is_empty() {
            problems.push(FieldError::new("words", "text.missing"));
        }
        problems.extend(check_length("words", &words, MAX_TEXT).err());
        if input.due_on < moment.today {
            problems.push(FieldError::new("due_on", "until.past"));
        }
        if !store::staff::is_active(tx, owner)? {
            problems.push(FieldError::new("owner_id", "not_found.staff"));
        }
        refuse_if_any(problems)?;
        let customer = store::customers::must_be_there(tx, id)?;
        let by = moment.session.staff;
        let plan = Plan { customer, words: &words, due_on: input.due_on, owner, by, at: moment.now };
        let row = match input.id {
            Some(row) => store::customer_plans::update(tx, row, &plan).map(|()| row)?,
            None => store::customer_plans::insert(tx, &plan)?,
        };
        Ok(Written::one("customer_plan", row).detail(json!({ "customer": customer.0, "due_on": input.due_on })))
    })?;
    card::card(app, CustomerRef { id })
}

/// A plan is over, with what came of it.
///
/// # Errors
/// A far too long text; a plan that is not there or over already.
pub fn customer_plan_done(app: &App, input: CustomerPlanDone) -> Result<SegmentCard> {
    let note = input.note.as_deref().map(clean_text).filter(|note| !note.is_empty());
    if let Some(note) = &note {
        check_length("note", note, MAX_TEXT)?;
    }
    let found: Arc<Mutex<Option<CustomerId>>> = Arc::default();
    let whose = Arc::clone(&found);
    app.write(Op::new("customer.note"), move |tx, moment| {
        let customer = store::customer_plans::end(tx, input.id, note.as_deref(), moment.today)?;
        if let Ok(mut whose) = whose.lock() {
            *whose = Some(customer);
        }
        Ok(Written::one("customer_plan", input.id).detail(json!({ "customer": customer.0, "is_done": true })))
    })?;
    let id = found.lock().map(|id| *id).map_err(ApiError::internal)?;
    card::card(app, CustomerRef { id: id.ok_or_else(|| ApiError::not_found("plan"))? })
}
