//! Every customer with all handles, profile fields and figures; the columns are called as the import calls them.
//!
//! As of an earlier day everybody is still listed, with the figures and the class of that day; the tier is told for
//! today only, because it follows from reviews that took place.

use crate::app::Moment;
use crate::classes;
use crate::error::Result;
use crate::segmentation;
use crate::sheets::{Cell, Out, Sheet};
use crate::store;
use crate::store::exports::CustomerToExport;
use crate::tiers;
use chrono::NaiveDate;
use rusqlite::Transaction;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{CustomerMeasures, Measure, MeasureRef, MeasureTable, Window, run};
use std::collections::BTreeMap;

const COLUMNS: [&str; 35] = [
    "member_no",
    "ref",
    "name",
    "salutation",
    "kind",
    "company",
    "gender",
    "phone",
    "other_phones",
    "wechat",
    "email",
    "other_contacts",
    "birthday_calendar",
    "birth_year",
    "birth_month",
    "birth_day",
    "birth_leap",
    "address",
    "source",
    "tags",
    "note",
    "habits",
    "joined_on",
    "opening_spend_minor",
    "opening_visits",
    "opening_points",
    "opening_on",
    "tier",
    "class",
    "class_since",
    "first_on",
    "last_on",
    "orders",
    "net_minor",
    "open_complaints",
];

pub(super) fn write(
    tx: &Transaction,
    moment: &Moment,
    as_of: NaiveDate,
    window: Window,
    mut sheet: Sheet<'_, impl Out>,
) -> Result<u64> {
    sheet.header(&COLUMNS)?;
    let is_today = as_of == moment.today;
    let scheme = classes::primary(tx)?;
    let needs =
        scheme.needs().and(Needs { measures: [MeasureRef::new(Measure::Orders, window)].into(), ..Needs::default() });
    let people = segmentation::measures::of_everyone(tx, moment, as_of, &needs)?;
    let fresh = if is_today { None } else { Some(run(&scheme, &MeasureTable::of(&needs, &people))?) };
    let rows: BTreeMap<CustomerId, usize> = people.iter().enumerate().map(|(row, it)| (it.customer, row)).collect();
    let tiers = tiers::tags(tx, moment)?;
    let mut contacts = store::exports::contacts(tx)?;
    let mut tags = store::exports::tags(tx)?;
    store::exports::customers(tx, |customer| {
        let row = rows.get(&customer.id).copied();
        let handles = Handles::of(contacts.remove(&customer.id).unwrap_or_default());
        let tags = tags.remove(&customer.id).unwrap_or_default().join("; ");
        let class = match (&fresh, row) {
            (Some(fresh), Some(row)) => fresh.class_key(row).map(str::to_owned),
            _ => customer.class_key.clone(),
        };
        let tier = is_today.then(|| tiers.of_rank(customer.tier_rank).name);
        let since = customer.class_since.clone().filter(|_| is_today);
        let person = row.and_then(|row| people.get(row));
        sheet.row(&cells(customer, handles, tags, tier, class, since, person.map(|person| (person, window))))
    })?;
    sheet.finish()
}

/// Handles by their kind, in the customer's own order.
#[derive(Default)]
struct Handles {
    phones: Vec<String>,
    wechat: Option<String>,
    email: Option<String>,
    others: Vec<String>,
}

impl Handles {
    fn of(contacts: Vec<(String, String)>) -> Self {
        let mut found = Self::default();
        for (kind, value) in contacts {
            match kind.as_str() {
                "mobile" | "landline" => found.phones.push(value),
                "wechat" if found.wechat.is_none() => found.wechat = Some(value),
                "email" if found.email.is_none() => found.email = Some(value),
                _ => found.others.push(format!("{kind}: {value}")),
            }
        }
        found
    }
}

fn cells(
    customer: CustomerToExport,
    handles: Handles,
    tags: String,
    tier: Option<String>,
    class: Option<String>,
    class_since: Option<String>,
    person: Option<(&CustomerMeasures, Window)>,
) -> Vec<Cell<'static>> {
    let totals = person.and_then(|(person, window)| person.totals(window));
    let mut phones = handles.phones.into_iter();
    let first_phone = phones.next();
    let has_birthday = customer.birthday_calendar.is_some();
    vec![
        customer.member_no.into(),
        customer.reference.into(),
        customer.name.into(),
        customer.salutation.into(),
        customer.kind.into(),
        customer.company.into(),
        customer.gender.into(),
        first_phone.into(),
        blank_if_empty(phones.collect::<Vec<_>>().join("; ")),
        handles.wechat.into(),
        handles.email.into(),
        blank_if_empty(handles.others.join("; ")),
        customer.birthday_calendar.into(),
        customer.birth_year.into(),
        customer.birth_month.into(),
        customer.birth_day.into(),
        Some(i64::from(customer.birth_is_leap)).filter(|_| has_birthday).into(),
        customer.address.into(),
        customer.source.into(),
        blank_if_empty(tags),
        customer.note.into(),
        customer.habits.into(),
        customer.joined_on.into(),
        customer.opening_spend_minor.into(),
        customer.opening_visits.into(),
        customer.opening_points.into(),
        customer.opening_on.into(),
        tier.into(),
        class.into(),
        class_since.into(),
        person.and_then(|(person, _)| person.first_on).into(),
        person.and_then(|(person, _)| person.last_on).into(),
        totals.map_or(0, |totals| totals.orders).into(),
        totals.map_or(Money::ZERO, |totals| totals.net_minor).into(),
        customer.open_complaints.into(),
    ]
}

fn blank_if_empty(text: String) -> Cell<'static> {
    if text.is_empty() { Cell::Blank } else { text.into() }
}
