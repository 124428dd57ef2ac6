//! People of the shop: who works here, who is away and who stands in, and who sees to one customer (专属客服). Nobody is
//! ever deleted; whoever leaves hands open cases and customers to somebody else.

use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::api::staff::{
    DedicatedChange, DedicatedContact, DedicatedView, NewStaff, StaffAway, StaffList, StaffRename, StaffRetire,
};
use crate::app::{App, Op, Written};
use crate::complaints;
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::responsible::standing_in;
use crate::store;
use crate::store::staff::StoredStaff;
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::StaffId;
use shukebu_domain::rights::{Right, Role, right};

const MAX_NAME: usize = 30;

/// Everybody who works here or did.
///
/// # Errors
/// `Locked` while no book is open.
pub fn list(app: &App, _: Nothing) -> Result<StaffList> {
    app.read(|connection, moment| {
        let may = |action| right(moment.session.role, action) == Right::Yes;
        Ok(StaffList {
            people: store::staff::all(connection, moment.session.staff)?,
            may_change: may("staff.add_remove"),
            may_plan: may("staff.away"),
        })
    })
}

/// Adds somebody.
///
/// # Errors
/// No name, or one that somebody has or had.
pub fn add(app: &App, input: NewStaff) -> Result<StaffList> {
    let name = name(&input.name)?;
    app.write(Op::new("staff.add_remove").keyed(input.client_key), move |tx, moment| {
        check_is_free(tx, &name, None)?;
        let id = store::staff::insert(tx, &name, input.role, moment.now)?;
        Ok(Written::one("staff", id.0).detail(json!({ "role": input.role })))
    })?;
    list(app, Nothing {})
}

/// Gives somebody another name; everything that was done under the old one carries the new one.
///
/// # Errors
/// No name, or one that somebody else has or had; nobody of this id.
pub fn rename(app: &App, input: StaffRename) -> Result<StaffList> {
    let name = name(&input.name)?;
    app.write(Op::new("staff.add_remove"), move |tx, _| {
        store::staff::get(tx, input.id)?;
        check_is_free(tx, &name, Some(input.id))?;
        store::staff::rename(tx, input.id, &name)?;
        Ok(Written::one("staff", input.id.0))
    })?;
    list(app, Nothing {})
}

fn name(text: &str) -> Result<String> {
    let name = clean_line(text);
    if name.is_empty() {
        return Err(ApiError::field("name", "name.missing"));
    }
    check_length("name", &name, MAX_NAME)?;
    Ok(name)
}

fn check_is_free(tx: &Transaction, name: &str, but: Option<StaffId>) -> Result<()> {
    if store::staff::has_name(tx, name, but)? { Err(ApiError::field("name", "staff.name_taken")) } else { Ok(()) }
}

/// Somebody leaves: open cases and customers go to a successor, each with its entry. Or somebody comes back.
///
/// # Errors
/// Oneself, the last owner; open cases or customers and nobody to take them.
pub fn retire(app: &App, input: StaffRetire) -> Result<StaffList> {
    app.write(Op::new("staff.add_remove").keyed(input.client_key), move |tx, moment| {
        let person = store::staff::get(tx, input.id)?;
        if !input.leaves {
            store::staff::set_active(tx, person.id, true)?;
            return Ok(Written::one("staff", person.id.0).detail(json!({ "is_active": true })));
        }
        if person.id == moment.session.staff {
            return Err(ApiError::not_now("staff.retire_oneself"));
        }
        if person.role == Role::Owner && store::staff::owners(tx)? <= 1 {
            return Err(ApiError::not_now("staff.last_owner"));
        }
        let cases = store::complaints::open_of_owner(tx, person.id)?;
        let customers = store::dedicated::of_contact(tx, person.id)?;
        let successor = input.successor_id.filter(|to| *to != person.id);
        let has_successor = successor.map(|to| store::staff::is_active(tx, to)).transpose()?.unwrap_or(false);
        let leaves_something = !cases.is_empty() || !customers.is_empty();
        if leaves_something && !has_successor {
            let missing = FieldError::new("successor_id", "staff.successor_missing");
            return Err(missing.with("cases", cases.len()).with("customers", customers.len()).into());
        }
        let reason = say(moment.language, "staff.left", &[("name", &person.name)]);
        if let Some(to) = successor {
            for case in &cases {
                complaints::hand_over_to(tx, moment, *case, to, &reason)?;
            }
            for customer in &customers {
                store::dedicated::insert(tx, *customer, Some(to), Some(&reason), (moment.session.staff, moment.now))?;
            }
        }
        store::staff::set_active(tx, person.id, false)?;
        let detail = json!({ "is_active": false, "cases": cases.len(), "customers": customers.len() });
        Ok(Written::one("staff", person.id.0).detail(detail))
    })?;
    list(app, Nothing {})
}

/// Somebody is away until a day, or back; who stands in is kept for the next time.
///
/// # Errors
/// A day that is over, a deputy who is the person himself or does not work here.
pub fn away(app: &App, input: StaffAway) -> Result<StaffList> {
    app.write(Op::new("staff.away"), move |tx, moment| {
        let person = store::staff::get(tx, input.id)?;
        if input.until_on.is_some_and(|day| day < moment.today) {
            return Err(ApiError::field("until_on", "staff.away_past"));
        }
        if let Some(deputy) = input.deputy_id {
            if deputy == person.id {
                return Err(ApiError::field("deputy_id", "staff.own_deputy"));
            }
            if !store::staff::is_active(tx, deputy)? {
                return Err(ApiError::field("deputy_id", "not_found.staff"));
            }
        }
        store::staff::set_away(tx, person.id, input.until_on, input.deputy_id)?;
        Ok(Written::one("staff", person.id.0).detail(json!({ "away_until": input.until_on })))
    })?;
    list(app, Nothing {})
}

/// Who sees to a customer, and who did.
///
/// # Errors
/// An unknown customer.
pub fn dedicated(app: &App, input: CustomerRef) -> Result<DedicatedView> {
    app.read(move |connection, moment| {
        let id = store::customers::get(connection, input.id)?.id;
        let contact = store::dedicated::of_customer(connection, id)?;
        let contact = contact.map(|contact| store::staff::get(connection, contact)).transpose()?;
        let deputy = match &contact {
            Some(person) if !person.is_here(moment.today) => standing_in(connection, person, moment.today)?,
            _ => None,
        };
        Ok(DedicatedView {
            away_until_on: contact.as_ref().and_then(|person| person.away_on(moment.today)),
            contact: contact.map(named),
            deputy: deputy.map(named),
            history: store::dedicated::history(connection, id)?,
            people: store::staff::active(connection)?
                .into_iter()
                .map(|(id, name)| DedicatedContact { id, name })
                .collect(),
            may_change: right(moment.session.role, "customer.dedicate") == Right::Yes,
        })
    })
}

fn named(person: StoredStaff) -> DedicatedContact {
    DedicatedContact { id: person.id, name: person.name }
}

/// Says who sees to a customer.
///
/// # Errors
/// Somebody who does not work here, the same person as before, no reason where somebody was before.
pub fn dedicate(app: &App, input: DedicatedChange) -> Result<DedicatedView> {
    let reason = input.reason.as_deref().map(clean_line).filter(|reason| !reason.is_empty());
    if let Some(reason) = &reason {
        check_length("reason", reason, MAX_LINE)?;
    }
    let customer = input.customer_id;
    app.write(Op::new("customer.dedicate").keyed(input.client_key), move |tx, moment| {
        let id = store::customers::must_be_there(tx, customer)?;
        if let Some(contact) = input.contact_id
            && !store::staff::is_active(tx, contact)?
        {
            return Err(ApiError::field("contact_id", "not_found.staff"));
        }
        let before = store::dedicated::of_customer(tx, id)?;
        if before == input.contact_id {
            return Err(ApiError::field("contact_id", "staff.same_contact"));
        }
        if before.is_some() && reason.is_none() {
            return Err(ApiError::field("reason", "complaint.reason_missing"));
        }
        let by = (moment.session.staff, moment.now);
        store::dedicated::insert(tx, id, input.contact_id, reason.as_deref(), by)?;
        Ok(Written::one("customer", id.0).detail(json!({ "contact": input.contact_id })))
    })?;
    dedicated(app, CustomerRef { id: customer })
}
