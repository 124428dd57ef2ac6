//! What stands beside the first form of a customer: how to be reached, people and ties, days to remember, contacts.

mod details;
mod interactions;
mod ties;

pub use details::{anniversaries, reach};
pub use interactions::{interact, timeline};
pub use ties::{persons, ties, trees};

pub(crate) use details::{channel_of, of_customer};
pub(crate) use interactions::{add_note_tags, newest_sales, page};

use crate::api::customers::{ContactInput, ContactKind};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::{search_texts, store};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::customer::{MAX_LINE, check_length, clean_line};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::phone::{Phone, PhoneKind};

/// Writes something about one customer who is there and was not erased.
fn write(
    app: &App,
    id: CustomerId,
    key: Option<String>,
    what: &'static str,
    work: impl FnOnce(&Transaction, CustomerId) -> Result<()> + Send + 'static,
) -> Result<()> {
    app.write(Op::new("customer.details").keyed(key), move |tx, _| {
        let id = store::customers::must_be_there(tx, id)?;
        work(tx, id)?;
        let stale = search_texts::renew_group(tx, id)?;
        let written = Written::one("customer", id.0).detail(json!({ "what": what }));
        Ok(stale.into_iter().fold(written, Written::reindex))
    })?;
    Ok(())
}

/// A cleaned line, or nothing; too long is a problem of the field.
fn line(field: &str, text: Option<&str>, problems: &mut Vec<FieldError>) -> Option<String> {
    let text = text.map(clean_line).filter(|text| !text.is_empty())?;
    problems.extend(check_length(field, &text, MAX_LINE).err());
    Some(text)
}

/// A phone as this person may see it.
fn phone_for(moment: &Moment, stored: &str) -> String {
    if moment.masks() {
        shukebu_domain::phone::mask(stored)
    } else {
        store::customers::shown(crate::api::customers::ContactKind::Mobile, stored)
    }
}

/// A phone in its stored form; whether it is a mobile follows from the number.
pub(crate) fn phone_contact(field: &str, text: &str, problems: &mut Vec<FieldError>) -> Option<ContactInput> {
    match Phone::parse(text) {
        Ok(phone) => {
            let is_landline =
                matches!(phone.kind(), PhoneKind::Fixed | PhoneKind::Local | PhoneKind::Service | PhoneKind::Short);
            let kind = if is_landline { ContactKind::Landline } else { ContactKind::Mobile };
            Some(ContactInput { kind, value: phone.canonical() })
        }
        Err(mut problem) => {
            field.clone_into(&mut problem.field);
            problems.push(problem);
            None
        }
    }
}
