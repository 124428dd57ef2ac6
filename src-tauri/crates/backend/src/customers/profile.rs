//! One customer with everything on it: three panels and one timeline, in one call.

use crate::api::customers::{ContactView, CustomerRef, CustomerView};
use crate::api::profile::{CustomerProfile, PreferencePanel, PreferenceShare, TradePanel, YearAheadView};
use crate::api::sales::SaleRow;
use crate::app::{App, Moment};
use crate::error::Result;
use crate::messages::Language;
use crate::store::customers::StoredCustomer;
use crate::store::sales::{ByName, HistoryRow};
use crate::{complaints, ladder, people, segmentation, store};
use chrono::{Datelike, Months, NaiveDate, Timelike};
use rusqlite::Connection;
use shukebu_domain::birthday::Birthday;
use shukebu_domain::habit;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// How many of the newest sales stand by themselves.
const SHOWN_SALES: usize = 8;
/// How many categories and items are shown.
const SHOWN_SHARES: usize = 5;

/// Everything about a customer.
///
/// # Errors
/// An unknown customer.
pub fn profile(app: &App, input: CustomerRef) -> Result<CustomerProfile> {
    app.read(move |connection, moment| {
        // Asked for a record that was merged away, the profile is that of the customer who stays.
        let stored = store::customers::get(connection, input.id)?;
        let id = stored.id;
        let sales = people::newest_sales(connection, id)?;
        let timeline = people::page(connection, moment, &stored, &sales, 0)?;
        let history = store::sales::history(connection, id)?;
        let row = crate::rows::customers(connection, moment, &[id])?.into_iter().next();
        let contacts = store::customers::contacts(connection, id)?;
        let filled = store::lacking::of_customer(connection, id)?;
        let details = people::of_customer(connection, moment, &stored, &contacts, filled.lacks)?;
        let customer = view_of(connection, moment, stored, contacts, filled.completeness)?;
        Ok(CustomerProfile {
            row: row.ok_or_else(|| crate::error::ApiError::not_found("customer"))?,
            trade: trade(connection, moment, id, &history, sales)?,
            preferences: preferences(connection, moment, &customer, &history)?,
            standing: ladder::standing_of(connection, moment, id)?,
            points: crate::points::card(connection, moment, id)?,
            membership: crate::members::of_customer(connection, moment, id)?,
            segment: segmentation::segment_of(connection, moment, id)?,
            complaints: complaints::open_of_customer(connection, moment, id)?,
            do_not_disturb: complaints::do_not_disturb(connection, id)?,
            details,
            timeline: timeline.entries,
            has_older: timeline.has_more,
            customer,
        })
    })
}

/// What the form of a customer shows.
pub(super) fn view(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<CustomerView> {
    let stored = store::customers::get(connection, id)?;
    let contacts = store::customers::contacts(connection, stored.id)?;
    let completeness = store::lacking::of_customer(connection, stored.id)?.completeness;
    view_of(connection, moment, stored, contacts, completeness)
}

fn view_of(
    connection: &Connection,
    moment: &Moment,
    stored: StoredCustomer,
    mut contacts: Vec<ContactView>,
    completeness: u32,
) -> Result<CustomerView> {
    let id = stored.id;
    let mut retired_contacts = store::customers::retired_contacts(connection, id)?;
    let tags = store::customers::tags(connection, id)?;
    let twins = store::customers::same_phone(connection, id)?;
    if moment.masks() {
        for contact in contacts.iter_mut().chain(&mut retired_contacts) {
            contact.shown = shukebu_domain::phone::mask(&contact.value);
            contact.value.clone_from(&contact.shown);
        }
    }
    let birthday = stored.birthday.as_ref().map(Birthday::from);
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
        retired_contacts,
        address: stored.address,
        source: stored.source,
        note: stored.note,
        habits: stored.habits,
        tags,
        joined_on: stored.joined_on,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
        completeness,
        same_phone: crate::rows::customers(connection, moment, &twins)?,
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
fn trade(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    history: &[HistoryRow],
    mut newest: Vec<SaleRow>,
) -> Result<TradePanel> {
    newest.truncate(SHOWN_SALES);
    let opening = store::merges::opening_spend(connection, id)?;
    let kept = |row: &HistoryRow| row.net.checked_sub(row.refunded).unwrap_or(Money::ZERO);
    let bought: Vec<&HistoryRow> = history.iter().filter(|row| kept(row) > Money::ZERO).collect();
    let sum = |rows: &[&HistoryRow]| Money::checked_sum(rows.iter().map(|row| kept(row))).unwrap_or(Money::ZERO);
    let year_ago = moment.today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    let recent: Vec<&HistoryRow> = bought.iter().copied().filter(|row| row.sold_on > year_ago).collect();
    let net = Money::checked_sum(history.iter().map(kept)).unwrap_or(Money::ZERO);
    let days: Vec<NaiveDate> = bought.iter().map(|row| row.sold_on).collect();
    let rhythm = habit::rhythm(&days);
    let last_on = days.last().copied();
    let visits = days.iter().zip(days.iter().skip(1)).filter(|(one, next)| one != next).count() + 1;
    let ahead = rhythm.and_then(|rhythm| habit::year_ahead(&rhythm, sum(&bought), visits, moment.today));
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
        interval_days: rhythm.map(|rhythm| rhythm.interval_days),
        next_likely_on: rhythm.map(|rhythm| rhythm.next_on),
        next_from_on: rhythm.map(|rhythm| rhythm.from_on),
        next_to_on: rhythm.map(|rhythm| rhythm.to_on),
        year_ahead: ahead.map(|ahead| YearAheadView {
            visits: ahead.visits,
            per_visit_minor: ahead.per_visit,
            net_minor: ahead.money,
        }),
        opening_minor: Some(opening).filter(|opening| *opening > Money::ZERO),
        last_sales: newest,
    })
}

/// 需求偏好: what was said and what the sales show, kept apart.
fn preferences(
    connection: &Connection,
    moment: &Moment,
    customer: &CustomerView,
    history: &[HistoryRow],
) -> Result<PreferencePanel> {
    let id = customer.id;
    let bought: Vec<(NaiveDate, Money)> = history
        .iter()
        .filter_map(|row| Some((row.sold_on, row.net.checked_sub(row.refunded)?)))
        .filter(|(_, kept)| *kept > Money::ZERO)
        .collect();
    let mut days: Vec<NaiveDate> = bought.iter().map(|(day, _)| *day).collect();
    days.dedup();
    let band = habit::price_band(&bought.iter().map(|(_, kept)| *kept).collect::<Vec<_>>());
    let (by_category, by_item) = store::sales::bought(connection, id)?;
    let paid = store::sales::last_paid(connection, id, 200)?;
    let local = |(at, _): &(Timestamp, Option<String>)| at.utc().with_timezone(&moment.zone);
    Ok(PreferencePanel {
        declared: customer.tags.clone(),
        habits: customer.habits.clone(),
        top_categories: shares(by_category, |share| (0, std::cmp::Reverse(share.net_minor))),
        top_items: shares(by_item, |share| (-share.times, std::cmp::Reverse(share.net_minor))),
        usual_weekday: habit::most_common(paid.iter().map(|sale| local(sale).weekday().number_from_monday())),
        usual_hour: habit::most_common(paid.iter().map(|sale| local(sale).hour())),
        usual_payment: habit::most_common(paid.into_iter().filter_map(|(_, payment)| payment)),
        band_from_minor: band.map(|(from, _)| from),
        band_to_minor: band.map(|(_, to)| to),
        months: if days.is_empty() { vec![] } else { habit::months(&days).to_vec() },
        purchase_days: i64::try_from(days.len()).unwrap_or(i64::MAX),
    })
}

/// The first few in an order, of equals by name.
fn shares<K: Ord>(names: ByName, key: impl Fn(&PreferenceShare) -> K) -> Vec<PreferenceShare> {
    let mut all: Vec<PreferenceShare> = names
        .into_iter()
        .map(|(name, bought)| PreferenceShare { name, times: bought.times, net_minor: bought.spend })
        .collect();
    all.sort_by(|one, other| key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name)));
    all.truncate(SHOWN_SHARES);
    all
}
