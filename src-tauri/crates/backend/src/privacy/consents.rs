//! Consents per purpose, the notice to print, and a number shown whole on purpose.

use crate::api::books::{Done, Nothing};
use crate::api::privacy::{ConsentChange, ConsentNotice, RevealInput, Revealed, UnusualReveals};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::birthday::Birthday;
use shukebu_domain::rights::Role;
use std::sync::{Arc, Mutex};

/// Notes that a customer agreed, or took it back. Nothing is changed: the newest of a purpose holds.
///
/// # Errors
/// A day that is not yet; an unknown customer; a child without a guardian.
pub fn consent(app: &App, input: ConsentChange) -> Result<Done> {
    app.write(Op::new("consent.change").keyed(input.client_key.clone()), move |tx, moment| {
        let customer_id = store::customers::must_be_there(tx, input.customer_id)?;
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
pub(crate) fn is_child_alone(
    connection: &rusqlite::Connection,
    today: NaiveDate,
    id: shukebu_domain::ids::CustomerId,
) -> Result<bool> {
    let customer = store::customers::get(connection, id)?;
    let birthday = customer.birthday.as_ref().map(Birthday::from);
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

/// More in an hour than a counter needs.
const USUAL_REVEALS: i64 = 30;
/// What the owner has not read yet, by person: a setting, so that every screen can show it without walking the log.
const UNUSUAL: &str = "unusual_reveals";

/// Notes for the owner that somebody looks at many numbers: one entry for each person, the newest hour.
fn tell_owner(tx: &Transaction, moment: &Moment, in_hour: i64) -> Result<()> {
    let mut told: Vec<UnusualReveals> = store::book::setting(tx, UNUSUAL, vec![])?;
    let most = told.iter().filter(|each| each.staff_id == moment.session.staff).map(|each| each.in_hour).max();
    told.retain(|each| each.staff_id != moment.session.staff);
    told.push(UnusualReveals {
        staff_id: moment.session.staff,
        staff: moment.session.name.clone(),
        in_hour: most.unwrap_or(0).max(in_hour),
        at: moment.now,
    });
    store::book::set_setting(tx, UNUSUAL, json!(told), moment.now)
}

/// What the owner has to read about numbers that were looked at; nothing for anybody else.
pub(crate) fn unusual_reveals(connection: &Connection, moment: &Moment) -> Result<Vec<UnusualReveals>> {
    match moment.session.role {
        Role::Owner => store::book::setting(connection, UNUSUAL, vec![]),
        _ => Ok(vec![]),
    }
}

/// The owner has read it.
///
/// # Errors
/// `Locked` while no book is open.
pub fn reveals_seen(app: &App, _: Nothing) -> Result<Done> {
    app.write(Op::new("privacy.seen"), |tx, moment| {
        let told: Vec<UnusualReveals> = store::book::setting(tx, UNUSUAL, vec![])?;
        store::book::set_setting(tx, UNUSUAL, json!([]), moment.now)?;
        Ok(Written::many("settings")
            .detail(json!({ "people": told.iter().map(|each| each.staff_id.0).collect::<Vec<_>>() })))
    })?;
    Ok(Done {})
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
        let is_unusual = in_hour > USUAL_REVEALS;
        if is_unusual {
            tell_owner(tx, moment, in_hour)?;
        }
        let detail = json!({ "contact": contact.id.0, "in_hour": in_hour, "unusual": is_unusual });
        Ok(Written::one("customer", input.customer_id.0).detail(detail))
    })?;
    let shown = shown.lock().map_err(ApiError::internal)?.clone();
    Ok(Revealed { shown })
}
