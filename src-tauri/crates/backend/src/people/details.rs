//! Everything beside the first form in one view; how to be reached; days to remember.

use super::{line, phone_for, write};
use crate::api::books::Done;
use crate::api::customers::{ContactKind, ContactView, CustomerKind};
use crate::api::details::{
    AnniversariesChange, AnniversaryInput, AnniversaryKind, AnniversaryView, CustomerDetails, ReachChange, ReachView,
};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store::customers::StoredCustomer;
use crate::store::people::{StoredDetails, Tie};
use crate::{complaints, store};
use chrono::{Datelike, NaiveDate, Timelike};
use rusqlite::Connection;
use shukebu_domain::birthday::{Birthday, Calendar};
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::reach::{QuietHours, ReachBy, channel};
use shukebu_domain::signs;

/// Most days to remember of one customer.
const MAX_DAYS: usize = 20;
const ATTACHMENTS_SHOWN: i64 = 20;

/// Everything beside the first form; its contacts and what it lacks are known to whoever asks.
pub(crate) fn of_customer(
    connection: &Connection,
    moment: &Moment,
    customer: &StoredCustomer,
    contacts: &[ContactView],
    missing: Vec<String>,
) -> Result<CustomerDetails> {
    let id = customer.id;
    let details = store::people::details(connection, id)?;
    let birthday = customer.birthday.as_ref().map(Birthday::from);
    let mut persons = store::people::persons(connection, id)?;
    for person in &mut persons {
        person.phone = person.phone.as_deref().map(|phone| phone_for(moment, phone));
    }
    let tie = |id: Option<CustomerId>| id.map_or(Ok(None), |id| store::people::tie(connection, id));
    Ok(CustomerDetails {
        reach: reach_view(moment, customer, &details, contacts),
        fields: store::custom_fields::of_customer(connection, id)?,
        persons,
        person_of: store::people::person_of(connection, id)?,
        parent: tie(details.parent)?,
        group: store::people::tree_sum(connection, id, Tie::Group)?,
        referrer: tie(details.referrer)?,
        referred: store::people::tree_sum(connection, id, Tie::Referral)?,
        anniversaries: store::people::anniversaries(connection, id)?
            .into_iter()
            .map(|day| anniversary_view(day, moment.today))
            .collect(),
        animal: birthday.as_ref().and_then(signs::animal).map(str::to_owned),
        star: birthday.as_ref().and_then(signs::star).map(str::to_owned),
        age: birthday.as_ref().and_then(|birthday| signs::age(birthday, moment.today)),
        guardian: details.guardian,
        consents: store::privacy::consents(connection, id)?,
        wishes: store::wishes::of_customer(connection, id)?,
        attachments: store::attachments::of_customer(connection, id, ATTACHMENTS_SHOWN)?,
        missing,
    })
}

fn reach_view(
    moment: &Moment,
    customer: &StoredCustomer,
    details: &StoredDetails,
    contacts: &[ContactView],
) -> ReachView {
    let text = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    ReachView {
        preferred: details.preferred,
        channel: resolved(customer, details, contacts),
        quiet_from: details.quiet.map(|quiet| text(quiet.from)),
        quiet_to: details.quiet.map(|quiet| text(quiet.to)),
        is_quiet: details.quiet.is_some_and(|quiet| quiet.hold(minute_of_day(moment))),
        do_not_contact: details.do_not_contact,
        do_not_contact_why: details.do_not_contact_why.clone(),
    }
}

/// The channel to use for a customer, and why not now where there is a reason: a key of a sentence.
pub(crate) fn channel_of(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
) -> Result<(ReachBy, Option<&'static str>)> {
    let customer = store::customers::get(connection, id)?;
    let details = store::people::details(connection, id)?;
    let hold = if details.do_not_contact {
        Some("reach.do_not_contact")
    } else if complaints::do_not_disturb(connection, id)?.is_some() {
        Some("reach.open_complaint")
    } else if details.quiet.is_some_and(|quiet| quiet.hold(minute_of_day(moment))) {
        Some("reach.quiet_hours")
    } else {
        None
    };
    let contacts = store::customers::contacts(connection, customer.id)?;
    Ok((resolved(&customer, &details, &contacts), hold))
}

fn resolved(customer: &StoredCustomer, details: &StoredDetails, contacts: &[ContactView]) -> ReachBy {
    let has = |by: ReachBy| {
        let kind = match by {
            ReachBy::Mobile | ReachBy::Sms => ContactKind::Mobile,
            ReachBy::Landline => ContactKind::Landline,
            ReachBy::Wechat => ContactKind::Wechat,
            ReachBy::Wecom => ContactKind::Wecom,
            ReachBy::Qq => ContactKind::Qq,
            ReachBy::Email => ContactKind::Email,
            ReachBy::Whatsapp => ContactKind::Whatsapp,
            ReachBy::Line => ContactKind::Line,
            ReachBy::Xiaohongshu => ContactKind::Xiaohongshu,
            ReachBy::Douyin => ContactKind::Douyin,
            ReachBy::Visit => return true,
        };
        contacts.iter().any(|contact| contact.kind == kind)
    };
    channel(details.preferred, customer.kind == CustomerKind::Company, has)
}

fn minute_of_day(moment: &Moment) -> u32 {
    let local = moment.now.utc().with_timezone(&moment.zone);
    local.hour() * 60 + local.minute()
}

/// Sets how a customer wants to be reached.
///
/// # Errors
/// Quiet hours of which one end is missing or that are no times; an unknown customer.
pub fn reach(app: &App, input: ReachChange) -> Result<Done> {
    let mut problems = vec![];
    let from = minute("quiet_from", input.quiet_from.as_deref(), &mut problems);
    let to = minute("quiet_to", input.quiet_to.as_deref(), &mut problems);
    match (from, to) {
        (Some(_), None) if problems.is_empty() => problems.push(FieldError::new("quiet_to", "quiet.both_ends")),
        (None, Some(_)) if problems.is_empty() => problems.push(FieldError::new("quiet_from", "quiet.both_ends")),
        _ => {}
    }
    let why = line("do_not_contact_why", input.do_not_contact_why.as_deref(), &mut problems);
    refuse_if_any(problems)?;
    let (preferred, never) = (input.preferred, input.do_not_contact);
    write(app, input.id, input.client_key, "reach", move |tx, id| {
        let before = store::people::details(tx, id)?;
        let details = StoredDetails {
            preferred,
            quiet: from.zip(to).map(|(from, to)| QuietHours { from, to }),
            do_not_contact: never,
            do_not_contact_why: why.filter(|_| never),
            ..before
        };
        store::people::set_details(tx, id, &details)
    })?;
    Ok(Done {})
}

/// `22:00`, `22：00` or `2200` as minutes since midnight.
fn minute(field: &str, text: Option<&str>, problems: &mut Vec<FieldError>) -> Option<u32> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    let plain = text.replace('：', ":");
    let parts = plain.split_once(':').or_else(|| (plain.len() == 4).then(|| plain.split_at_checked(2)).flatten());
    let read = parts.and_then(|(hour, minute)| {
        let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    });
    if read.is_none() {
        problems.push(FieldError::new(field, "calendar.bad_time").with("text", text));
    }
    read
}

/// Replaces the days to remember.
///
/// # Errors
/// A day that never was; a name that is missing; an unknown customer.
pub fn anniversaries(app: &App, input: AnniversariesChange) -> Result<Done> {
    let today = app.moment()?.today;
    let mut problems = vec![];
    if input.anniversaries.len() > MAX_DAYS {
        problems.push(FieldError::new("anniversaries", "list.too_long").with("most", MAX_DAYS));
    }
    let mut days = vec![];
    for (position, day) in input.anniversaries.iter().enumerate() {
        let field = |name: &str| format!("anniversaries.{position}.{name}");
        if let Err(mut problem) = as_solar(day).check(today) {
            problem.field = field(&problem.field);
            problems.push(problem);
        }
        let name = line(&field("name"), day.name.as_deref(), &mut problems);
        if day.kind == AnniversaryKind::Other && name.is_none() {
            problems.push(FieldError::new(field("name"), "name.missing"));
        }
        days.push(AnniversaryInput { name: name.filter(|_| day.kind == AnniversaryKind::Other), ..day.clone() });
    }
    refuse_if_any(problems)?;
    write(app, input.id, input.client_key, "anniversaries", move |tx, id| {
        store::people::set_anniversaries(tx, id, &days)
    })?;
    Ok(Done {})
}

fn as_solar(day: &AnniversaryInput) -> Birthday {
    Birthday { calendar: Calendar::Solar, year: day.year, month: day.month, day: day.day, leap: false }
}

fn anniversary_view(day: AnniversaryInput, today: NaiveDate) -> AnniversaryView {
    let next_on = as_solar(&day).next_on_or_after(today);
    AnniversaryView {
        years: day.year.zip(next_on).map(|(year, next)| next.year() - year),
        kind: day.kind,
        name: day.name,
        year: day.year,
        month: day.month,
        day: day.day,
        next_on,
    }
}
