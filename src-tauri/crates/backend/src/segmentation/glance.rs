//! How one customer is served, at a glance: what the class asks for, what to write with everything filled in, and when
//! the next contact is due.

use super::{measures, policies, priority, promising, promotion, segment_of};
use crate::api::customers::CustomerRef;
use crate::api::promotion::PriceSensitive;
use crate::api::segmentation::SegmentView;
use crate::api::value::{ServiceCard, ServiceGlance, ServiceMessage};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use crate::messages::say;
use crate::{points, store, wording};
use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::complaint::fill;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::policy::care_of;
use shukebu_domain::segmentation::{CustomerMeasures, Scheme, ServicePolicy};
use std::collections::BTreeMap;

/// The class of a customer and how it is served: for the counter, where nothing else of the card is needed.
///
/// # Errors
/// A customer that is not there.
pub fn service_card_get(app: &App, input: CustomerRef) -> Result<ServiceGlance> {
    app.read(move |connection, moment| {
        let id = store::customers::get(connection, input.id)?.id;
        let class = segment_of(connection, moment, id)?;
        let primary = classes::primary(connection)?;
        let person = person(connection, moment, id)?;
        let service =
            class.as_ref().map(|class| service_card(connection, moment, &primary, class, (id, person.as_ref())));
        let service = service.transpose()?;
        let priority = priority::of_customer(connection, moment, id)?;
        let price_sensitive = price_sensitive(connection, moment, person.as_ref())?;
        Ok(ServiceGlance { service: service.flatten(), class, priority, price_sensitive })
    })
}

/// The numbers that the label and the list of those to promote to look at, from one walk over the customer's own sales.
pub(super) fn person(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Option<CustomerMeasures>> {
    let needs = promotion::needs().and(promising::needs(connection));
    measures::of_one(connection, moment, moment.today, &needs, id)
}

/// The label of whoever buys nearly only what is discounted.
pub(super) fn price_sensitive(
    connection: &Connection,
    moment: &Moment,
    person: Option<&CustomerMeasures>,
) -> Result<Option<PriceSensitive>> {
    Ok(person.map(|person| promotion::of_person(connection, moment, person)).transpose()?.flatten())
}

/// How a customer of a class is served. Nobody who is new or complains is served least.
pub(super) fn service_card(
    connection: &Connection,
    moment: &Moment,
    scheme: &Scheme,
    holding: &SegmentView,
    (id, person): (CustomerId, Option<&CustomerMeasures>),
) -> Result<Option<ServiceCard>> {
    let class = &holding.tag.key;
    let policies = policies::policies(connection, scheme)?;
    let Some(policy) = policies.into_iter().find(|policy| policy.class_key == *class) else { return Ok(None) };
    let kind = store::segmentation::class_of(connection, id)?.kind;
    let last_contact_on = last_contact(connection, moment, id)?;
    let since = last_contact_on.or(holding.since).unwrap_or(moment.today);
    // Where several plans apply, the shortest interval wins.
    let promising = person.map(|person| promising::of_person(connection, moment, person)).transpose()?.flatten();
    let interval_days = policy.interval_days.into_iter().chain(promising.as_ref().map(|it| it.interval_days)).min();
    let interval = interval_days.map(|days| Days::new(days.into()));
    let trial = promising::trial(connection, moment, scheme, &policy, holding, id)?;
    let review_on = review_on(scheme, &policy, holding);
    let next_contact_on = interval.and_then(|days| since.checked_add_days(days));
    Ok(Some(ServiceCard {
        care: care_of(&policy, kind.as_deref()),
        interval_days,
        promising: promising.map(|it| it.text),
        channel: policy.channel,
        questions: policy.questions,
        messages: messages(connection, moment, &policy.templates, holding, id)?,
        last_contact_on,
        review_on,
        trial,
        is_due: next_contact_on.is_some_and(|day| day <= moment.today),
        next_contact_on,
        minutes_per_contact: policy.minutes_per_contact,
        complaint_response_minutes: policy.complaint_response_minutes,
        strategy: policies::strategy(connection, scheme, class, |key| say(moment.language, key, &[]))?,
    }))
}

/// The days of trial after somebody came into the class: those of its service, else those of the class itself.
fn review_on(scheme: &Scheme, policy: &ServicePolicy, holding: &SegmentView) -> Option<NaiveDate> {
    let on_trial = policy.trial.as_ref().map(|trial| trial.after_days);
    let days = on_trial.or(scheme.face(&holding.tag.key)?.review_after_days)?;
    holding.since?.checked_add_days(Days::new(days.into()))
}

fn last_contact(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Option<NaiveDate>> {
    let contacts = store::measures::contacts(connection, store::whose::Whose::One(id))?;
    Ok(contacts.into_iter().map(|(_, contact)| contact.at.day_in(moment.zone)).max())
}

/// The templates of a class with everything filled in that is known of the customer.
fn messages(
    connection: &Connection,
    moment: &Moment,
    templates: &[String],
    holding: &SegmentView,
    id: CustomerId,
) -> Result<Vec<ServiceMessage>> {
    if templates.is_empty() {
        return Ok(vec![]);
    }
    let values = values(connection, moment, holding, id)?;
    let filled = templates.iter().map(|template| fill(template, &values));
    Ok(filled.map(|filled| ServiceMessage { text: filled.text, missing: filled.missing }).collect())
}

/// What a customer can fill in, by the names of the variables in every language.
fn values(
    connection: &Connection,
    moment: &Moment,
    holding: &SegmentView,
    id: CustomerId,
) -> Result<BTreeMap<&'static str, String>> {
    let customer = store::customers::get(connection, id)?;
    let row = crate::rows::customers(connection, moment, &[id])?.pop();
    let last = store::sales::of_customer(connection, id, 1)?.pop();
    let salutation = customer.salutation.filter(|said| !said.is_empty()).unwrap_or_else(|| customer.name.clone());
    let named = [
        (["称呼", "稱呼", "salutation"], salutation),
        (["姓名", "姓名", "name"], customer.name),
        (["公司", "公司", "company"], customer.company.unwrap_or_default()),
        (["店名", "店名", "shop"], store::book::facts(connection)?.name),
        (["分层", "分層", "class"], holding.tag.name.clone()),
        (["等级", "等級", "tier"], row.map(|row| row.tier.name).unwrap_or_default()),
        (["积分", "積分", "points"], points::balance(connection, moment, id)?.0.to_string()),
        (["上次购买", "上次購買", "last_items"], last.as_ref().map(|sale| sale.items.clone()).unwrap_or_default()),
        (
            ["上次到店", "上次到店", "last_visit"],
            last.map(|sale| wording::day(moment.language, sale.sold_on)).unwrap_or_default(),
        ),
    ];
    Ok(named.into_iter().flat_map(|(names, value)| names.map(|name| (name, value.clone()))).collect())
}
