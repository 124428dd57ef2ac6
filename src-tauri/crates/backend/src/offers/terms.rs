//! 附加政策: what was agreed with one customer, by whom, until when; shown at the counter, so that no deal lives in
//! somebody's head. A trial (先看表现再投入政策) names the day on which it is looked at and what has to be seen by then.

use crate::api::offers::terms::{TermEnd, TermFilter, TermInput, TermList};
use crate::app::{App, Op, Written};
use crate::error::Result;
use crate::store;
use crate::store::offers::terms::{self as rows, TermToStore};
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};

/// Agreements that hold or will hold: of one customer, or all.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, filter: TermFilter) -> Result<TermList> {
    app.read(move |connection, moment| {
        let rows = match filter.customer_id {
            Some(id) => rows::of_customer(connection, id, moment.today)?,
            None => rows::open(connection, moment.today)?,
        };
        Ok(TermList { due: rows.iter().filter(|row| row.is_due).count(), rows })
    })
}

/// Writes an agreement down; whoever has the right to and does it is the approver.
///
/// # Errors
/// Nothing said, nobody who agreed, days that cannot be, a discount beyond everything.
pub fn agree(app: &App, input: TermInput) -> Result<TermList> {
    let customer = input.customer_id;
    app.write(Op::new("term.change").keyed(input.client_key.clone()), move |tx, moment| {
        store::customers::get(tx, customer)?;
        let (text, agreed_by) = (clean_text(&input.text), clean_line(&input.agreed_by));
        let criteria = input.criteria.as_deref().map(clean_text).filter(|text| !text.is_empty());
        let from_on = input.from_on.unwrap_or(moment.today);
        let mut problems = vec![];
        for (field, said, most) in [("text", &text, MAX_TEXT), ("agreed_by", &agreed_by, MAX_LINE)] {
            if said.is_empty() {
                problems.push(FieldError::new(field, "text.missing"));
            }
            problems.extend(check_length(field, said, most).err());
        }
        problems.extend(criteria.as_ref().and_then(|text| check_length("criteria", text, MAX_TEXT).err()));
        if input.discount_bp.is_some_and(|bp| !(1..=10_000).contains(&bp)) {
            problems.push(FieldError::new("discount_bp", "rate.out_of_range"));
        }
        if input.until_on < from_on || input.until_on < moment.today {
            problems.push(FieldError::new("until_on", "coupon.until_before_from"));
        }
        if input.review_on.is_some_and(|day| day < from_on || day > input.until_on) {
            problems.push(FieldError::new("review_on", "term.review_outside"));
        }
        if input.review_on.is_some() && criteria.is_none() {
            problems.push(FieldError::new("criteria", "term.criteria_missing"));
        }
        if input.cost_minor.is_some_and(shukebu_domain::money::Money::is_negative) {
            problems.push(FieldError::new("cost_minor", "amount.negative"));
        }
        refuse_if_any(problems)?;
        let term = TermToStore {
            customer,
            text: &text,
            discount_bp: input.discount_bp,
            agreed_by: &agreed_by,
            approver: moment.session.staff,
            from_on,
            until_on: input.until_on,
            cost: input.cost_minor,
            review_on: input.review_on,
            criteria: criteria.as_deref(),
            at: moment.now,
        };
        let id = rows::insert(tx, &term)?;
        Ok(Written::one("term", id.0).detail(json!({ "customer": customer, "discount_bp": input.discount_bp })))
    })?;
    list(app, TermFilter { customer_id: Some(customer) })
}

/// Ends an agreement today.
///
/// # Errors
/// An unknown one, one that was ended.
pub fn end(app: &App, input: TermEnd) -> Result<TermList> {
    app.write(Op::new("term.change").keyed(input.client_key), move |tx, moment| {
        rows::end(tx, input.id, moment.now)?;
        Ok(Written::one("term", input.id.0))
    })?;
    list(app, TermFilter { customer_id: None })
}
