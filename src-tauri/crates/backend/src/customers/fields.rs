//! What may stand in the fields of a customer: everything is cleaned, checked and, where wrong, refused at once.

use super::short_contacts;
use crate::api::customers::{
    BirthdayInput, ContactInput, ContactKind, ContactView, CustomerChange, CustomerKind, Gender, NewCustomer,
};
use crate::error::Result;
use crate::people::phone_contact;
use crate::search;
use crate::store::customers::StoredCustomer;
use chrono::NaiveDate;
use shukebu_domain::birthday::Birthday;
use shukebu_domain::customer::{MAX_LINE, MAX_NAME, MAX_TEXT, check_length, clean_line, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::required::{self, RequiredField};

/// A new customer whose every field may be stored.
pub(super) struct CleanCustomer {
    pub member_no: Option<String>,
    pub name: String,
    pub salutation: Option<String>,
    pub mnemonic: String,
    pub kind: CustomerKind,
    pub company: Option<String>,
    pub gender: Option<Gender>,
    pub birthday: Option<BirthdayInput>,
    pub contacts: Vec<ContactInput>,
    pub address: Option<String>,
    pub source: Option<String>,
    pub note: Option<String>,
    pub habits: Option<String>,
    pub tags: Vec<String>,
    pub joined_on: NaiveDate,
}

/// Checks a new customer's fields.
pub(super) fn clean_new(input: &NewCustomer, required: &[RequiredField], today: NaiveDate) -> Result<CleanCustomer> {
    let mut problems = vec![];
    let phone = line(input.phone.as_deref()).and_then(|text| phone_contact("phone", &text, &mut problems));
    let email = line(input.email.as_deref());
    if let Some(email) = &email {
        check_email("email", email, &mut problems);
    }
    let contacts = short_contacts(phone, line(input.wechat.as_deref()), email);
    let mut name = clean_line(&input.name);
    if name.is_empty() {
        match contacts.first().filter(|contact| contact.kind != ContactKind::Email) {
            Some(contact) => name.clone_from(&contact.value),
            None if problems.is_empty() => problems.push(FieldError::new("name", "name.missing")),
            None => {}
        }
    }
    collect(check_length("name", &name, MAX_NAME), &mut problems);
    if let Some(birthday) = &input.birthday {
        check_birthday(birthday, today, &mut problems);
    }
    let joined_on = input.joined_on.unwrap_or(today);
    if joined_on > today {
        problems.push(FieldError::new("joined_on", "date.in_future").with("today", today));
    }
    let mut short = |field: &str, text: Option<&str>| {
        let text = line(text)?;
        collect(check_length(field, &text, MAX_LINE), &mut problems);
        Some(text)
    };
    let clean = CleanCustomer {
        member_no: short("member_no", input.member_no.as_deref()),
        salutation: short("salutation", input.salutation.as_deref()),
        mnemonic: short("mnemonic", input.mnemonic.as_deref()).unwrap_or_else(|| search::mnemonic(&name)),
        company: short("company", input.company.as_deref()),
        address: short("address", input.address.as_deref()),
        source: short("source", input.source.as_deref()),
        habits: short("habits", input.habits.as_deref()),
        note: text("note", input.note.as_deref(), &mut problems),
        name,
        kind: input.kind.unwrap_or(CustomerKind::Person),
        gender: input.gender,
        birthday: input.birthday.clone(),
        contacts,
        tags: clean_tags(&input.tags),
        joined_on,
    };
    // What was typed and cannot be read is said as that, not as missing.
    let lacking = required::lacking(required, clean.kind == CustomerKind::Person, |field| clean.has(field));
    let unsaid = lacking.into_iter().filter(|field| !problems.iter().any(|problem| is_of(problem, *field)));
    problems.extend(unsaid.map(|field| required::refusal(field, field.name())).collect::<Vec<_>>());
    refuse_if_any(problems)?;
    Ok(clean)
}

fn is_of(problem: &FieldError, field: RequiredField) -> bool {
    problem.field.split('.').next() == Some(field.name())
}

impl CleanCustomer {
    fn has(&self, field: RequiredField) -> bool {
        match field {
            RequiredField::Salutation => self.salutation.is_some(),
            RequiredField::Gender => self.gender.is_some(),
            RequiredField::Birthday => self.birthday.is_some(),
            RequiredField::Company => self.company.is_some(),
            RequiredField::Address => self.address.is_some(),
            RequiredField::Source => self.source.is_some(),
            _ => self.contacts.iter().any(|contact| is_handle(contact.kind, field)),
        }
    }
}

/// Whether a handle is what a required field asks for.
fn is_handle(kind: ContactKind, field: RequiredField) -> bool {
    match field {
        RequiredField::Phone => matches!(kind, ContactKind::Mobile | ContactKind::Landline),
        RequiredField::Wechat => kind == ContactKind::Wechat,
        RequiredField::Email => kind == ContactKind::Email,
        _ => false,
    }
}

/// What the shop requires and is known stays known. What was empty before may stay so: somebody who comes for another
/// change shall not be stopped by it.
pub(super) fn refuse_emptied(
    required: &[RequiredField],
    (before, contacts): (&StoredCustomer, &[ContactView]),
    changed: &Changed,
) -> Result<()> {
    let had = |field| has_own(before, field) || contacts.iter().any(|contact| is_handle(contact.kind, field));
    let has = |field| {
        let handles = changed.contacts.as_ref().map(|new| new.iter().any(|contact| is_handle(contact.kind, field)));
        has_own(&changed.customer, field) || handles.unwrap_or_else(|| had(field) && !is_own(field))
    };
    let lost = required::lacking(required, changed.customer.kind == CustomerKind::Person, has);
    let lost = lost.into_iter().filter(|field| had(*field));
    refuse_if_any(lost.map(|field| required::refusal(field, place(field))).collect())?;
    Ok(())
}

/// Where the form of a known customer shows a field.
const fn place(field: RequiredField) -> &'static str {
    if is_own(field) { field.name() } else { "contacts" }
}

/// Whether a field stands in the customer's own row.
const fn is_own(field: RequiredField) -> bool {
    !matches!(field, RequiredField::Phone | RequiredField::Wechat | RequiredField::Email)
}

fn has_own(customer: &StoredCustomer, field: RequiredField) -> bool {
    match field {
        RequiredField::Salutation => customer.salutation.is_some(),
        RequiredField::Gender => customer.gender.is_some(),
        RequiredField::Birthday => customer.birthday.is_some(),
        RequiredField::Company => customer.company.is_some(),
        RequiredField::Address => customer.address.is_some(),
        RequiredField::Source => customer.source.is_some(),
        RequiredField::Phone | RequiredField::Wechat | RequiredField::Email => false,
    }
}

/// A customer after a change, with what was named in it.
pub(super) struct Changed {
    pub customer: StoredCustomer,
    pub contacts: Option<Vec<ContactInput>>,
    pub tags: Option<Vec<String>>,
    pub named: Vec<&'static str>,
}

/// Applies a change to what is stored.
pub(super) fn apply_change(before: &StoredCustomer, change: &CustomerChange, today: NaiveDate) -> Result<Changed> {
    let mut problems = vec![];
    let mut named = vec![];
    let mut customer = before.clone();
    if let Some(name) = &change.name {
        named.push("name");
        customer.name = clean_line(name);
        if customer.name.is_empty() {
            problems.push(FieldError::new("name", "name.missing"));
        }
        collect(check_length("name", &customer.name, MAX_NAME), &mut problems);
        if before.mnemonic == search::mnemonic(&before.name) && change.mnemonic.is_none() {
            customer.mnemonic = search::mnemonic(&customer.name);
        }
    }
    let mut short = |field: &'static str, given: &Option<Option<String>>, target: &mut Option<String>| {
        if let Some(given) = given {
            named.push(field);
            *target = line(given.as_deref());
            if let Some(text) = target {
                collect(check_length(field, text, MAX_LINE), &mut problems);
            }
        }
    };
    short("salutation", &change.salutation, &mut customer.salutation);
    short("company", &change.company, &mut customer.company);
    short("address", &change.address, &mut customer.address);
    short("source", &change.source, &mut customer.source);
    short("habits", &change.habits, &mut customer.habits);
    let mut mnemonic = Some(customer.mnemonic.clone());
    short("mnemonic", &change.mnemonic, &mut mnemonic);
    customer.mnemonic = mnemonic.unwrap_or_else(|| search::mnemonic(&customer.name));
    if let Some(note) = &change.note {
        named.push("note");
        customer.note = text("note", note.as_deref(), &mut problems);
    }
    if let Some(kind) = change.kind {
        named.push("kind");
        customer.kind = kind;
    }
    if let Some(gender) = change.gender {
        named.push("gender");
        customer.gender = gender;
    }
    if let Some(birthday) = &change.birthday {
        named.push("birthday");
        if let Some(birthday) = birthday {
            check_birthday(birthday, today, &mut problems);
        }
        customer.birthday.clone_from(birthday);
    }
    let contacts = change.contacts.as_ref().map(|contacts| clean_contacts(contacts, &mut problems));
    if contacts.is_some() {
        named.push("contacts");
    }
    let tags = change.tags.as_deref().map(clean_tags);
    if tags.is_some() {
        named.push("tags");
    }
    refuse_if_any(problems)?;
    Ok(Changed { customer, contacts, tags, named })
}

/// A masked handle comes back from somebody who could not see it: it means the one that is stored.
pub(super) fn unmask(contacts: &mut [ContactInput], stored: &[ContactView]) {
    let mut left: Vec<&ContactView> = stored.iter().collect();
    for contact in contacts.iter_mut().filter(|contact| contact.value.contains('*')) {
        let fits = |known: &&ContactView| {
            known.kind == contact.kind && shukebu_domain::phone::mask(&known.value) == contact.value
        };
        if let Some(position) = left.iter().position(&fits) {
            contact.value.clone_from(&left.remove(position).value);
        }
    }
}

fn clean_contacts(contacts: &[ContactInput], problems: &mut Vec<FieldError>) -> Vec<ContactInput> {
    let mut clean: Vec<ContactInput> = vec![];
    for (position, contact) in contacts.iter().enumerate() {
        let field = format!("contacts.{position}.value");
        let Some(value) = line(Some(&contact.value)) else { continue };
        let stored = match contact.kind {
            ContactKind::Mobile | ContactKind::Landline => phone_contact(&field, &value, problems),
            ContactKind::Email => {
                check_email(&field, &value, problems);
                Some(ContactInput { kind: ContactKind::Email, value })
            }
            kind => Some(ContactInput { kind, value }),
        };
        if let Some(stored) = stored
            && !clean.contains(&stored)
        {
            clean.push(stored);
        }
    }
    clean
}

fn check_email(field: &str, email: &str, problems: &mut Vec<FieldError>) {
    let looks_right = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !email.contains(' ')
    });
    if !looks_right {
        problems.push(FieldError::new(field, "email.unreadable"));
    }
}

fn check_birthday(birthday: &BirthdayInput, today: NaiveDate, problems: &mut Vec<FieldError>) {
    if let Err(mut problem) = Birthday::from(birthday).check(today) {
        problem.field = format!("birthday.{}", problem.field);
        problems.push(problem);
    }
}

pub(super) fn clean_tags(tags: &[String]) -> Vec<String> {
    let mut clean: Vec<String> = tags.iter().map(|tag| clean_line(tag).chars().take(40).collect()).collect();
    clean.retain(|tag: &String| !tag.is_empty());
    clean.sort();
    clean.dedup();
    clean
}

fn line(text: Option<&str>) -> Option<String> {
    text.map(clean_line).filter(|text| !text.is_empty())
}

fn text(field: &str, text: Option<&str>, problems: &mut Vec<FieldError>) -> Option<String> {
    let text = text.map(clean_text).filter(|text| !text.is_empty())?;
    collect(check_length(field, &text, MAX_TEXT), problems);
    Some(text)
}

fn collect(checked: std::result::Result<(), FieldError>, problems: &mut Vec<FieldError>) {
    problems.extend(checked.err());
}
