//! Who a row means. By foreign id, else member number, else phone, else name; a phone that a family shares belongs to
//! the one of the same name, and a name alone never joins two people whom anything tells apart.

use super::Apply;
use crate::api::customers::BirthdayInput;
use crate::error::Result;
use crate::imports::rows::CustomerRow;
use crate::store::imports::{self as known, Identity};
use shukebu_domain::ids::CustomerId;
use std::collections::{HashMap, HashSet};

/// How a word of a log was understood; a refusal is remembered like a finding.
pub(super) type Found = std::result::Result<Option<CustomerId>, &'static str>;

/// What is known about people beside the book itself.
pub(super) struct Who {
    /// Whether the book had anybody when the import began; an empty one is not asked.
    has_people: bool,
    by_ref: HashMap<String, CustomerId>,
    by_number: HashMap<String, CustomerId>,
    by_phone: HashMap<String, Vec<CustomerId>>,
    by_name: HashMap<String, Vec<CustomerId>>,
    /// Customers whose member number this import brought.
    numbered: HashSet<CustomerId>,
    /// Answers given before, by the word of the log.
    pub answers: HashMap<String, Found>,
}

impl Who {
    pub fn new(has_people: bool) -> Self {
        Self {
            has_people,
            by_ref: HashMap::new(),
            by_number: HashMap::new(),
            by_phone: HashMap::new(),
            by_name: HashMap::new(),
            numbered: HashSet::new(),
            answers: HashMap::new(),
        }
    }

    /// Somebody came into being.
    pub fn learn(&mut self, id: CustomerId, row: &CustomerRow, member_no: &str, name: &str) {
        if let Some(reference) = &row.reference {
            self.by_ref.insert(reference.clone(), id);
        }
        if row.member_no.is_some() {
            self.numbered.insert(id);
        }
        self.by_number.insert(member_no.to_owned(), id);
        self.by_name.entry(name.to_owned()).or_default().push(id);
        for phone in &row.phones {
            self.by_phone.entry(phone.clone()).or_default().push(id);
        }
    }

    /// Numbers of a customer changed.
    pub fn renumber(&mut self, id: CustomerId, reference: Option<&str>, member_no: &str) {
        if let Some(reference) = reference {
            self.by_ref.insert(reference.to_owned(), id);
        }
        self.by_number.insert(member_no.to_owned(), id);
        self.numbered.insert(id);
    }
}

pub(super) fn by_ref(apply: &Apply<'_>, reference: &str) -> Result<Option<CustomerId>> {
    match apply.who.by_ref.get(reference) {
        Some(id) => Ok(Some(*id)),
        None if apply.who.has_people => known::customer_by_ref(apply.tx, reference),
        None => Ok(None),
    }
}

/// The customer with this member number.
pub(super) fn by_number(apply: &Apply<'_>, number: &str) -> Result<Option<CustomerId>> {
    match apply.who.by_number.get(number) {
        Some(id) => Ok(Some(*id)),
        None if apply.who.has_people => known::customer_by_member_no(apply.tx, number),
        None => Ok(None),
    }
}

/// Owners of a phone.
pub(super) fn by_phone(apply: &Apply<'_>, phone: &str) -> Result<Vec<CustomerId>> {
    let mut found = if apply.who.has_people { known::customers_by_phone(apply.tx, phone)? } else { Vec::new() };
    for id in apply.who.by_phone.get(phone).into_iter().flatten() {
        if !found.contains(id) {
            found.push(*id);
        }
    }
    Ok(found)
}

pub(super) fn by_name(apply: &Apply<'_>, name: &str) -> Result<Vec<CustomerId>> {
    let mut found = if apply.who.has_people { known::customers_by_name(apply.tx, name)? } else { Vec::new() };
    for id in apply.who.by_name.get(name).into_iter().flatten() {
        if !found.contains(id) {
            found.push(*id);
        }
    }
    Ok(found)
}

/// The customer of the book that a row of a customer list means.
pub(super) fn of_row(apply: &Apply<'_>, row: &CustomerRow) -> Result<Option<CustomerId>> {
    if let Some(reference) = &row.reference
        && let Some(id) = by_ref(apply, reference)?
    {
        return Ok(Some(id));
    }
    if let Some(number) = &row.member_no
        && let Some(id) = by_number(apply, number)?
    {
        return Ok(Some(id));
    }
    // Two member numbers of one file are two people, whatever else they share.
    let may_be = |id: &CustomerId| row.member_no.is_none() || !apply.who.numbered.contains(id);
    for phone in &row.phones {
        for id in by_phone(apply, phone)?.into_iter().filter(|id| may_be(id)) {
            let identity = known::identity(apply.tx, id)?;
            if row.name.is_empty() || identity.name == row.name || is_placeholder(&identity) {
                return Ok(Some(id));
            }
        }
    }
    if row.name.is_empty() {
        return Ok(None);
    }
    for id in by_name(apply, &row.name)?.into_iter().filter(|id| may_be(id)) {
        if is_same_person(row, &known::identity(apply.tx, id)?) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whether a row means a customer of the same name: by name and full birthday, or because nothing tells them apart.
fn is_same_person(row: &CustomerRow, identity: &Identity) -> bool {
    let (ours, theirs) = (row.birthday.as_ref(), identity.birthday.as_ref());
    let differs = ours.zip(theirs).is_some_and(|(ours, theirs)| !is_same_birthday(ours, theirs));
    let other_phone = !row.phones.is_empty()
        && !identity.phones.is_empty()
        && !row.phones.iter().any(|phone| identity.phones.contains(phone));
    if differs || other_phone {
        return false;
    }
    let is_full = ours.zip(theirs).is_some_and(|(ours, theirs)| ours.year.is_some() && theirs.year.is_some());
    let is_bare = row.phones.is_empty() && row.member_no.is_none() && row.reference.is_none();
    is_full || is_bare
}

fn is_same_birthday(ours: &BirthdayInput, theirs: &BirthdayInput) -> bool {
    let same_year = ours.year.zip(theirs.year).is_none_or(|(ours, theirs)| ours == theirs);
    same_year && (ours.calendar, ours.month, ours.day) == (theirs.calendar, theirs.month, theirs.day)
}

/// Somebody of whom a log told only a number or a phone: that is the name.
pub(super) fn is_placeholder(identity: &Identity) -> bool {
    let name = &identity.name;
    *name == identity.member_no || identity.reference.as_ref() == Some(name) || identity.phones.contains(name)
}
