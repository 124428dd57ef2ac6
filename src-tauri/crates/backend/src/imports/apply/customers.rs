//! A customer row into the book.

use super::{Apply, Outcome, Verdict, who};
use crate::api::customers::{ContactInput, ContactKind, CustomerKind};
use crate::api::imports::DuplicatePolicy;
use crate::error::Result;
use crate::imports::mapping::Field;
use crate::imports::rows::{CustomerRow, RowIssue};
use crate::search::{self, CustomerFields};
use crate::search_texts;
use crate::store::customers::{CustomerToStore, StoredCustomer};
use crate::store::imports::Opening;
use crate::{customers, store};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::phone::{Phone, PhoneKind};
use shukebu_domain::required::{self, RequiredField};

/// So many rows are named one by one that lack the same required field.
const NAMED_LACKING: usize = 200;

/// Takes a row of a customer list.
pub(super) fn take(apply: &mut Apply<'_>, row_number: u64, row: &CustomerRow) -> Outcome {
    match who::of_row(apply, row)? {
        None => {
            warn_of_shared_phones(apply, row_number, row)?;
            warn_of_lacking(apply, row_number, row);
            make(apply, row)?;
            Ok(Ok(Verdict::Created))
        }
        Some(id) => {
            let identity = store::imports::identity(apply.tx, id)?;
            // Somebody of whom a log told only the number gets a face, whatever the policy.
            let is_placeholder = who::is_placeholder(&identity) && !row.name.is_empty();
            if apply.policy == DuplicatePolicy::Skip && !is_placeholder {
                return Ok(Ok(Verdict::Skipped));
            }
            let changed = fill(apply, row_number, id, row, is_placeholder)?;
            Ok(Ok(if changed { Verdict::Updated } else { Verdict::Skipped }))
        }
    }
}

/// A family may share a phone; whoever reads the result shall know.
fn warn_of_shared_phones(apply: &mut Apply<'_>, row_number: u64, row: &CustomerRow) -> Result<()> {
    for phone in &row.phones {
        if !who::by_phone(apply, phone)?.is_empty() {
            apply.tally.warnings.push(RowIssue::of(row_number, Field::Phone, "phone.shared", phone));
        }
    }
    Ok(())
}

/// An old list tells of people who are customers already, so nobody is left out for what the shop requires of new ones;
/// whoever reads the result shall know, and their profiles are incomplete until it is filled in.
fn warn_of_lacking(apply: &mut Apply<'_>, row_number: u64, row: &CustomerRow) {
    let is_person = row.kind != Some(CustomerKind::Company);
    for field in required::lacking(&apply.required, is_person, |field| has(row, field)) {
        let named = apply.lacking.entry(field).or_default();
        *named += 1;
        // A list without the column says it once for every row; the rest stands among the incomplete profiles.
        if *named <= NAMED_LACKING {
            apply.tally.warnings.push(RowIssue::of(row_number, column(field), "field.required_later", ""));
        }
    }
}

fn has(row: &CustomerRow, field: RequiredField) -> bool {
    match field {
        RequiredField::Salutation => row.salutation.is_some(),
        RequiredField::Phone => !row.phones.is_empty(),
        RequiredField::Wechat => row.wechat.is_some(),
        RequiredField::Email => row.email.is_some(),
        RequiredField::Gender => row.gender.is_some(),
        RequiredField::Birthday => row.birthday.is_some(),
        RequiredField::Company => row.company.is_some(),
        RequiredField::Address => row.address.is_some(),
        RequiredField::Source => row.source.is_some(),
    }
}

const fn column(field: RequiredField) -> Field {
    match field {
        RequiredField::Salutation => Field::Salutation,
        RequiredField::Phone => Field::Phone,
        RequiredField::Wechat => Field::Wechat,
        RequiredField::Email => Field::Email,
        RequiredField::Gender => Field::Gender,
        RequiredField::Birthday => Field::Birthday,
        RequiredField::Company => Field::Company,
        RequiredField::Address => Field::Address,
        RequiredField::Source => Field::Source,
    }
}

/// Brings a customer into being.
pub(super) fn make(apply: &mut Apply<'_>, row: &CustomerRow) -> Result<CustomerId> {
    let member_no = match &row.member_no {
        Some(number) => number.clone(),
        None => customers::free_member_number(apply.tx)?,
    };
    let reference = row.reference.as_deref();
    let fallback = row.phones.first().or(row.member_no.as_ref()).or(row.reference.as_ref());
    let name = if row.name.is_empty() { fallback.map_or(member_no.as_str(), String::as_str) } else { &row.name };
    let mnemonic = search::mnemonic(name);
    let id = store::customers::insert(
        apply.tx,
        &CustomerToStore {
            member_no: &member_no,
            reference,
            name,
            salutation: row.salutation.as_deref(),
            mnemonic: &mnemonic,
            sort_key: &search::sort_key(name),
            kind: row.kind.unwrap_or(CustomerKind::Person),
            company: row.company.as_deref(),
            gender: row.gender,
            birthday: row.birthday.as_ref(),
            address: row.address.as_deref(),
            source: row.source.as_deref(),
            note: row.note.as_deref(),
            habits: row.habits.as_deref(),
            joined_on: row.joined_on.unwrap_or(apply.moment.today),
            import: Some(apply.import),
            at: apply.moment.now,
        },
    )?;
    let contacts = contacts_of(row);
    if !contacts.is_empty() {
        store::imports::insert_contacts(apply.tx, id, &contacts)?;
    }
    if !row.tags.is_empty() {
        store::customers::set_tags(apply.tx, id, &row.tags)?;
    }
    if has_opening(row) {
        open_balance(apply, id, row)?;
    }
    let text = search::search_text(&CustomerFields {
        name,
        mnemonic: &mnemonic,
        aliases: [row.salutation.as_deref(), row.company.as_deref()].into_iter().flatten().collect(),
        phones: row.phones.iter().map(String::as_str).collect(),
        member_number: &member_no,
        handles: [row.wechat.as_deref(), row.email.as_deref()]
            .into_iter()
            .flatten()
            .chain(row.others.iter().map(|other| other.value.as_str()))
            .collect(),
        tags: row.tags.iter().map(String::as_str).collect(),
        ..CustomerFields::default()
    });
    store::customers::set_search_text(apply.tx, id, &text)?;
    apply.who.learn(id, row, &member_no, name);
    apply.created.push(id);
    Ok(id)
}

/// A list that has a column for it and nothing in it tells of no time before the book.
fn has_opening(row: &CustomerRow) -> bool {
    row.opening_spend.is_some_and(|spend| spend != Money::ZERO)
        || [row.opening_visits, row.opening_points].into_iter().flatten().any(|count| count != 0)
}

fn open_balance(apply: &mut Apply<'_>, id: CustomerId, row: &CustomerRow) -> Result<()> {
    if row.opening_spend.is_none() && row.opening_visits.is_none() && row.opening_points.is_none() {
        return Ok(());
    }
    let opening = Opening {
        spend: row.opening_spend,
        visits: row.opening_visits,
        points: row.opening_points,
        on: row.opening_on.unwrap_or(apply.moment.today),
    };
    store::imports::set_opening(apply.tx, id, &opening)?;
    apply.touched.insert(id);
    Ok(())
}

fn contacts_of(row: &CustomerRow) -> Vec<ContactInput> {
    let phones = row.phones.iter().map(|phone| ContactInput { kind: phone_kind(phone), value: phone.clone() });
    let wechat = row.wechat.iter().map(|value| ContactInput { kind: ContactKind::Wechat, value: value.clone() });
    let email = row.email.iter().map(|value| ContactInput { kind: ContactKind::Email, value: value.clone() });
    phones.chain(wechat).chain(email).chain(row.others.iter().cloned()).collect()
}

fn phone_kind(phone: &str) -> ContactKind {
    match Phone::parse(phone).map(|phone| phone.kind()) {
        Ok(PhoneKind::Fixed | PhoneKind::Local | PhoneKind::Service | PhoneKind::Short) => ContactKind::Landline,
        _ => ContactKind::Mobile,
    }
}

/// Fills what a row knows into a customer; what it does not know stays. Answers whether anything changed.
fn fill(apply: &mut Apply<'_>, row_number: u64, id: CustomerId, row: &CustomerRow, renumber: bool) -> Result<bool> {
    let before = store::customers::get(apply.tx, id)?;
    let mut after = filled(&before, row);
    let mut has_changed = false;
    let contacts = store::customers::contacts(apply.tx, id)?;
    let mut handles: Vec<ContactInput> =
        contacts.into_iter().map(|contact| ContactInput { kind: contact.kind, value: contact.value }).collect();
    let known = handles.len();
    for contact in contacts_of(row) {
        if !handles.iter().any(|handle| handle.value == contact.value) {
            handles.push(contact);
        }
    }
    if handles.len() > known {
        store::customers::set_contacts(apply.tx, id, &handles, apply.moment.now)?;
        has_changed = true;
    }
    let mut tags = store::customers::tags(apply.tx, id)?;
    let known_tags = tags.len();
    tags.extend(row.tags.iter().filter(|tag| !tags.contains(tag)).cloned().collect::<Vec<_>>());
    if tags.len() > known_tags {
        store::customers::set_tags(apply.tx, id, &tags)?;
        has_changed = true;
    }
    has_changed |= fill_numbers(apply, row_number, id, row, renumber, &mut after)?;
    let opening = (row.opening_spend, row.opening_visits);
    let known_opening = (before.opening_spend_minor, before.opening_visits);
    if opening.0.is_some_and(|spend| spend.minor() != known_opening.0)
        || opening.1.is_some_and(|visits| visits != known_opening.1)
    {
        open_balance(apply, id, row)?;
        has_changed = true;
    }
    if after != before {
        if after.mnemonic == search::mnemonic(&before.name) {
            after.mnemonic = search::mnemonic(&after.name);
        }
        store::customers::update(apply.tx, &after, &search::sort_key(&after.name), apply.moment.now)?;
        has_changed = true;
    }
    if has_changed {
        let contacts = store::customers::contact_values(apply.tx, id)?;
        let merged = store::merges::names_of_merged(apply.tx, id)?;
        let text = search_texts::text_of(&after, &contacts, &tags, &merged);
        store::customers::set_search_text(apply.tx, id, &text)?;
    }
    Ok(has_changed)
}

/// A foreign id is kept where there was none; a member number replaces only one that a log made up.
fn fill_numbers(
    apply: &mut Apply<'_>,
    row_number: u64,
    id: CustomerId,
    row: &CustomerRow,
    renumber: bool,
    after: &mut StoredCustomer,
) -> Result<bool> {
    let identity = store::imports::identity(apply.tx, id)?;
    let mut number = identity.member_no.clone();
    if let Some(wanted) = row.member_no.as_ref().filter(|wanted| **wanted != identity.member_no) {
        let is_free = who::by_number(apply, wanted)?.is_none();
        if renumber && is_free {
            number.clone_from(wanted);
        } else {
            apply.tally.warnings.push(RowIssue::of(row_number, Field::MemberNo, "member_no.kept", wanted));
        }
    }
    let reference = row.reference.as_deref().filter(|_| identity.reference.is_none());
    if number == identity.member_no && reference.is_none() {
        return Ok(false);
    }
    store::imports::set_numbers(apply.tx, id, reference, &number)?;
    apply.who.renumber(id, reference, &number);
    after.member_no = number;
    Ok(true)
}

fn filled(before: &StoredCustomer, row: &CustomerRow) -> StoredCustomer {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    StoredCustomer {
        name: if row.name.is_empty() { before.name.clone() } else { row.name.clone() },
        salutation: or(&row.salutation, &before.salutation),
        kind: row.kind.unwrap_or(before.kind),
        company: or(&row.company, &before.company),
        gender: row.gender.or(before.gender),
        birthday: row.birthday.clone().or_else(|| before.birthday.clone()),
        address: or(&row.address, &before.address),
        source: or(&row.source, &before.source),
        note: or(&row.note, &before.note),
        habits: or(&row.habits, &before.habits),
        ..before.clone()
    }
}
