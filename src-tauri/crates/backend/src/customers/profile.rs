//! One customer with everything on it: three panels and one timeline, in one call.

use super::fields::as_birthday;
use crate::api::customers::{
    CustomerProfile, CustomerRef, CustomerView, PreferencePanel, PreferenceShare, TimelineEntry, TimelineKind,
    TradePanel,
};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::messages::{Language, say};
use crate::store::sales::{HistoryRow, TopBy};
use crate::{complaints, ladder, segmentation, store};
use chrono::{Datelike, Months, NaiveDate, Timelike};
use rusqlite::Connection;
use shukebu_domain::customer::completeness;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::{Timestamp, day_start};

const TIMELINE_ROWS: usize = 50;

/// Everything about a customer.
///
/// # Errors
/// An unknown customer.
pub fn profile(app: &App, input: CustomerRef) -> Result<CustomerProfile> {
    app.read(move |connection, moment| {
        // Asked for a record that was merged away, the profile is that of the customer who stays.
        let id = store::customers::get(connection, input.id)?.id;
        let customer = view(connection, moment, id)?;
        let history = store::sales::history(connection, id)?;
        let row = super::rows(connection, moment, &[id])?.into_iter().next();
        Ok(CustomerProfile {
            row: row.ok_or_else(|| crate::error::ApiError::not_found("customer"))?,
            trade: trade(connection, moment, id, &history)?,
            preferences: preferences(connection, moment, id, &customer)?,
            standing: ladder::standing_of(connection, moment, id)?,
            points: crate::points::card(connection, moment, id)?,
            segment: segmentation::segment_of(connection, moment, id)?,
            complaints: complaints::open_of_customer(connection, moment, id)?,
            do_not_disturb: complaints::do_not_disturb(connection, id)?,
            timeline: timeline(connection, moment, id, &customer)?,
            customer,
        })
    })
}

/// What the form of a customer shows.
pub(super) fn view(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<CustomerView> {
    let stored = store::customers::get(connection, id)?;
    let id = stored.id;
    let mut contacts = store::customers::contacts(connection, id)?;
    let tags = store::customers::tags(connection, id)?;
    let twins = store::customers::same_phone(connection, id)?;
    let completeness = completeness(&[
        !stored.name.is_empty(),
        !contacts.is_empty(),
        stored.birthday.is_some(),
        stored.gender.is_some(),
        stored.address.is_some(),
        stored.source.is_some(),
        stored.habits.is_some() || !tags.is_empty(),
        stored.salutation.is_some(),
    ]);
    if moment.session.role == shukebu_domain::rights::Role::Clerk {
        for contact in &mut contacts {
            contact.shown = shukebu_domain::phone::mask(&contact.value);
            contact.value.clone_from(&contact.shown);
        }
    }
    let birthday = stored.birthday.as_ref().map(as_birthday);
    Ok(CustomerView {
        id,
        member_no: stored.member_no,
        name: stored.name,
        salutation: stored.salutation,
        mnemonic: stored.mnemonic,
        kind: stored.kind,
        company: stored.company,
        gender: stored.gender,
        birthday_text: birthday.as_ref().map(|birthday| birthday_text(birthday, moment.language)),
        next_birthday_on: birthday.as_ref().and_then(|birthday| birthday.next_on_or_after(moment.today)),
        birthday: stored.birthday,
        contacts,
        address: stored.address,
        source: stored.source,
        note: stored.note,
        habits: stored.habits,
        tags,
        joined_on: stored.joined_on,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
        completeness,
        same_phone: super::rows(connection, moment, &twins)?,
    })
}

pub(super) fn birthday_text(birthday: &shukebu_domain::birthday::Birthday, language: Language) -> String {
    match language {
        Language::English => birthday.english(),
        Language::Simplified => birthday.simplified(),
        Language::Traditional => birthday.traditional(),
    }
}

/// 交易行为
fn trade(connection: &Connection, moment: &Moment, id: CustomerId, history: &[HistoryRow]) -> Result<TradePanel> {
    let opening = store::merges::opening_spend(connection, id)?;
    let kept = |row: &HistoryRow| row.net.checked_sub(row.refunded).unwrap_or(Money::ZERO);
    let bought: Vec<&HistoryRow> = history.iter().filter(|row| kept(row) > Money::ZERO).collect();
    let sum = |rows: &[&HistoryRow]| Money::checked_sum(rows.iter().map(|row| kept(row))).unwrap_or(Money::ZERO);
    let year_ago = moment.today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    let recent: Vec<&HistoryRow> = bought.iter().copied().filter(|row| row.sold_on > year_ago).collect();
    let net = Money::checked_sum(history.iter().map(kept)).unwrap_or(Money::ZERO);
    let interval_days = median_interval(&bought);
    let last_on = bought.last().map(|row| row.sold_on);
    let next_likely_on =
        interval_days.zip(last_on).and_then(|(days, last)| last.checked_add_signed(chrono::Duration::days(days)));
    let average = Money::round_half_up(i128::from(sum(&bought).minor()), i128::try_from(bought.len()).unwrap_or(0));
    Ok(TradePanel {
        first_on: bought.first().map(|row| row.sold_on),
        last_on,
        recency_days: last_on.map(|last| (moment.today - last).num_days()),
        orders: i64::try_from(bought.len()).unwrap_or(i64::MAX),
        net_minor: net,
        net_12m_minor: sum(&recent),
        orders_12m: i64::try_from(recent.len()).unwrap_or(i64::MAX),
        average_ticket_minor: average,
        interval_days,
        next_likely_on,
        opening_minor: Some(opening).filter(|opening| *opening > Money::ZERO),
        last_sales: store::sales::of_customer(connection, id, 8)?,
    })
}

/// Median days between days with a purchase; needs three such days.
fn median_interval(bought: &[&HistoryRow]) -> Option<i64> {
    let mut days: Vec<NaiveDate> = bought.iter().map(|row| row.sold_on).collect();
    days.dedup();
    if days.len() < 3 {
        return None;
    }
    let mut gaps: Vec<i64> =
        days.windows(2).filter_map(|pair| Some((*pair.last()? - *pair.first()?).num_days())).collect();
    gaps.sort_unstable();
    let (low, high) = (gaps.get((gaps.len() - 1) / 2)?, gaps.get(gaps.len() / 2)?);
    Some((low + high) / 2)
}

/// 需求偏好: what was said and what the sales show, kept apart.
fn preferences(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    customer: &CustomerView,
) -> Result<PreferencePanel> {
    let shares = |rows: Vec<(String, i64, Money)>| {
        rows.into_iter().map(|(name, times, net_minor)| PreferenceShare { name, times, net_minor }).collect()
    };
    let times = store::sales::times(connection, id, 200)?;
    let local = |at: &Timestamp| at.utc().with_timezone(&moment.zone);
    Ok(PreferencePanel {
        declared: customer.tags.clone(),
        habits: customer.habits.clone(),
        top_categories: shares(store::sales::top(connection, id, TopBy::Category, 5)?),
        top_items: shares(store::sales::top(connection, id, TopBy::Item, 5)?),
        usual_weekday: most_common(times.iter().map(|at| local(at).weekday().number_from_monday())),
        usual_hour: most_common(times.iter().map(|at| local(at).hour())),
    })
}

/// The most common value of at least three; the smaller one of equals.
fn most_common(values: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0_usize) += 1;
    }
    if counts.values().sum::<usize>() < 3 {
        return None;
    }
    counts.into_iter().max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value))).map(|(value, _)| value)
}

fn timeline(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    customer: &CustomerView,
) -> Result<Vec<TimelineEntry>> {
    let language = moment.language;
    let limit = i64::try_from(TIMELINE_ROWS).unwrap_or(50);
    let mut entries: Vec<TimelineEntry> = store::sales::of_customer(connection, id, limit)?
        .into_iter()
        .map(|sale| TimelineEntry {
            at: sale.sold_at,
            kind: TimelineKind::Sale,
            text: if sale.items.is_empty() { sale.sale_no.clone() } else { sale.items.clone() },
            amount_minor: Some(sale.net_minor),
            subject_id: Some(sale.id.0),
        })
        .collect();
    for (sale, refund) in store::sales::refunds_of_customer(connection, id, limit)? {
        entries.push(TimelineEntry {
            at: refund.refunded_at,
            kind: TimelineKind::Refund,
            text: timeline_sentence(language, &refund.kind, refund.reason.as_deref()),
            amount_minor: Money::ZERO.checked_sub(refund.amount_minor),
            subject_id: Some(sale.0),
        });
    }
    for (note_id, at, text) in store::customers::notes(connection, id, limit)? {
        let entry = TimelineEntry { at, kind: TimelineKind::Note, text, amount_minor: None, subject_id: Some(note_id) };
        entries.push(entry);
    }
    entries.extend(ladder::timeline(connection, moment, id)?);
    entries.extend(segmentation::timeline(connection, moment, id)?);
    entries.extend(complaints::timeline(connection, moment, id)?);
    entries.push(TimelineEntry {
        at: day_start(moment.zone, customer.joined_on),
        kind: TimelineKind::Joined,
        text: say(language, "timeline.joined", &[]),
        amount_minor: None,
        subject_id: None,
    });
    entries.sort_by(|a, b| b.at.cmp(&a.at).then(b.kind.cmp(&a.kind)).then(b.subject_id.cmp(&a.subject_id)));
    entries.truncate(TIMELINE_ROWS);
    Ok(entries)
}

/// `refund` or `void` with its reason, as one sentence.
fn timeline_sentence(language: Language, kind: &str, reason: Option<&str>) -> String {
    let key = if kind == "void" { "timeline.void" } else { "timeline.refund" };
    match reason {
        Some(reason) => format!("{} · {reason}", say(language, key, &[])),
        None => say(language, key, &[]),
    }
}
