//! Consents per purpose, the notice to print, and a number shown whole on purpose.

use crate::api::books::{Done, Nothing};
use crate::api::privacy::{ConsentChange, ConsentNotice, RevealInput, Revealed};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::{people, store};
use chrono::NaiveDate;
use serde_json::json;
use std::sync::{Arc, Mutex};

/// Notes that a customer agreed, or took it back. Nothing is changed: the newest of a purpose holds.
///
/// # Errors
/// A day that is not yet; an unknown customer; a child without a guardian.
pub fn consent(app: &App, input: ConsentChange) -> Result<Done> {
    app.write(Op::new("consent.change").keyed(input.client_key.clone()), move |tx, moment| {
        let customer_id = people::must_be_there(tx, input.customer_id)?;
        let input = ConsentChange { customer_id, ..input };
        let given_on: NaiveDate = input.given_on.unwrap_or(moment.today);
        if given_on > moment.today {
            return Err(ApiError::field("given_on", "date.in_future").with("today", moment.today));
        }
        if input.is_given && is_child_alone(tx, moment.today, input.customer_id)? {
            return Err(ApiError::not_now("consent.needs_guardian"));
        }
        let id = store::privacy::insert_consent(tx, &input, given_on, (moment.session.staff, moment.now))?;
        let detail = json!({ "customer": input.customer_id.0, "purpose": input.purpose, "given": input.is_given });
        Ok(Written::one("consent", id).detail(detail))
    })?;
    Ok(Done {})
}

/// A person under 14 agrees through a guardian (PIPL art. 31).
fn is_child_alone(
    connection: &rusqlite::Connection,
    today: NaiveDate,
    id: shukebu_domain::ids::CustomerId,
) -> Result<bool> {
    let customer = store::customers::get(connection, id)?;
    let birthday = customer.birthday.as_ref().map(crate::customers::as_birthday);
    let age = birthday.and_then(|birthday| shukebu_domain::signs::age(&birthday, today));
    Ok(age.is_some_and(|age| age < 14) && store::people::details(connection, id)?.guardian.is_none())
}

/// The notice that a customer reads and signs, in the language of the window.
///
/// # Errors
/// `Locked` while no book is open.
pub fn notice(app: &App, _: Nothing) -> Result<ConsentNotice> {
    let (shop, language) = (app.book()?.facts().name, app.language());
    let word = |key: &str| say(language, key, &[("shop", &shop)]);
    Ok(ConsentNotice {
        title: word("consent.title"),
        paragraphs: ["consent.what", "consent.where", "consent.rights", "consent.child"].map(word).to_vec(),
        purposes: ["consent.service", "consent.marketing", "consent.sharing"].map(word).to_vec(),
        signature: word("consent.signature"),
    })
}

/// Shows one number whole; every click is a row of the log.
///
/// # Errors
/// An unknown customer or handle.
pub fn reveal(app: &App, input: RevealInput) -> Result<Revealed> {
    let shown = Arc::new(Mutex::new(String::new()));
    let found = Arc::clone(&shown);
    app.write(Op::new("customer.reveal_phone"), move |tx, moment| {
        let contacts = store::customers::contacts(tx, input.customer_id)?;
        let wanted = match input.contact_id {
            Some(id) => contacts.into_iter().find(|contact| contact.id == id),
            None => contacts.into_iter().next(),
        };
        let contact = wanted.ok_or_else(|| ApiError::not_found("contact"))?;
        let hour_ago = moment.now.plus_seconds(-3600);
        let in_hour = store::privacy::reveals_since(tx, moment.session.staff, hour_ago)? + 1;
        *found.lock().map_err(ApiError::internal)? = contact.shown;
        // Thirty an hour is more than a counter needs; the owner finds it in the log.
        let detail = json!({ "contact": contact.id.0, "in_hour": in_hour, "unusual": in_hour > 30 });
        Ok(Written::one("customer", input.customer_id.0).detail(detail))
    })?;
    let shown = shown.lock().map_err(ApiError::internal)?.clone();
    Ok(Revealed { shown })
}
