//! From the plain facts of one customer to the numbers of a day. Everything is exact: sums of minor units, whole
//! days, and averages rounded half up once. A purchase is a sale that still has a positive net after its refunds: a
//! voided sale or a free gift makes nobody a buyer, though a negative net still lowers the money.
//!
//! An opening balance (历史累计) counts in the lifetime window only, because its days are unknown; there, sales before
//! its date are part of it. The customer counts as a buyer from its date at the latest.

use super::measure::{FieldRef, Measure, MeasureRef, Measured};
use super::window::{Window, whole_months};
use crate::error::RuleError;
use crate::ids::CustomerId;
use crate::money::Money;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a sale brought in one category, after refunds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryNet {
    /// The category's key or name.
    pub category: String,
    /// Net paid for it in this sale.
    pub net: Money,
}

/// One sale as it stands after all its refunds. It counts on its own business day, whenever it was refunded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleFact {
    /// Business day of the sale.
    pub on: NaiveDate,
    /// Net paid after refunds; zero for a voided sale.
    pub net: Money,
    /// Costs of its lines where known, after returns; zero when nothing is known.
    pub known_cost: Money,
    /// Whether a discount or coupon lowered it.
    pub discounted: bool,
    /// How many refunds point at it.
    pub refunds: u32,
    /// What these refunds paid back.
    pub refunded: Money,
    /// Its categories; several entries of one category add up.
    pub categories: Vec<CategoryNet>,
}

/// One contact with the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactFact {
    /// Shop day of the contact.
    pub on: NaiveDate,
    /// Whether the customer came forward or answered; outbound alone is no interaction.
    pub inbound_or_answered: bool,
    /// Whether it went into depth (深度沟通).
    pub is_deep: bool,
    /// Whether the customer complained.
    pub is_complaint: bool,
}

/// 历史累计 of a shop that starts midway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpeningBalance {
    /// The first day that is not part of it.
    pub on: NaiveDate,
    /// Net spend before that day.
    pub spend: Money,
    /// Visits before that day.
    pub visits: u32,
}

/// Everything about one customer that measures are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Whose facts.
    pub customer: CustomerId,
    /// The opening balance, if any.
    pub opening: Option<OpeningBalance>,
    /// All sales, in any order.
    pub sales: Vec<SaleFact>,
    /// All contacts, in any order.
    pub contacts: Vec<ContactFact>,
    /// The owner's judgement, −2 to +2.
    pub judgement: Option<i8>,
    /// Customers whom they brought and who have bought.
    pub referrals: u32,
    /// The shop's own number fields.
    pub numbers: BTreeMap<String, i64>,
    /// The shop's own date fields.
    pub days: BTreeMap<String, NaiveDate>,
    /// Words of the profile by field.
    pub words: BTreeMap<String, Vec<String>>,
}

/// The category with the most money; of equals the first by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TopCategory {
    /// The category's key or name.
    pub category: String,
    /// Net paid for it in the window.
    pub net_minor: Money,
    /// Net paid for all categories in the window.
    pub all_minor: Money,
}

/// Sums over the days of one window.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WindowTotals {
    /// Purchases: sales with a positive net.
    pub orders: u32,
    /// Different business days with a purchase.
    pub purchase_days: u32,
    /// Net paid of all sales, those with a negative net too.
    pub net_minor: Money,
    /// Known costs of all sales.
    pub known_cost_minor: Money,
    /// The largest purchase.
    pub largest_ticket_minor: Option<Money>,
    /// Different categories with a positive net in a purchase.
    pub categories: u32,
    /// The best of them.
    pub top_category: Option<TopCategory>,
    /// Purchases with a discount or coupon.
    pub discounted_orders: u32,
    /// Refunds of sales of the window.
    pub refunds: u32,
    /// What they paid back.
    pub refunded_minor: Money,
    /// Inbound or answered contacts.
    pub interactions: u32,
    /// Contacts in depth.
    #[serde(default)]
    pub deep_talks: u32,
    /// Complaints received.
    #[serde(default)]
    pub complaints: u32,
    /// Different calendar months with a purchase.
    #[serde(default)]
    pub active_months: u32,
    /// Day of the oldest sale or contact that counts: when it leaves the window, the sums change by themselves.
    #[serde(default)]
    pub oldest_on: Option<NaiveDate>,
}

/// One customer's numbers on a day. A store that keeps rolled-up sums fills the same structure without facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerMeasures {
    /// Whose numbers.
    pub customer: CustomerId,
    /// The day they are about.
    pub as_of: NaiveDate,
    /// First purchase of the whole life up to that day.
    pub first_on: Option<NaiveDate>,
    /// Last purchase up to that day.
    pub last_on: Option<NaiveDate>,
    /// Last contact up to that day.
    pub last_contact_on: Option<NaiveDate>,
    /// The owner's judgement, −2 to +2.
    pub judgement: Option<i8>,
    /// Customers whom they brought and who have bought.
    #[serde(default)]
    pub referrals: u32,
    /// Sums per window asked for.
    pub windows: Vec<(Window, WindowTotals)>,
    /// The shop's own number fields.
    pub numbers: BTreeMap<String, i64>,
    /// The shop's own date fields.
    #[serde(default)]
    pub days: BTreeMap<String, NaiveDate>,
    /// Words of the profile by field.
    pub words: BTreeMap<String, Vec<String>>,
}

/// The numbers of one customer on a day, over each window asked for. Sales and contacts after the day do not count.
///
/// # Errors
/// `amount.too_large` at field `sales` when a sum leaves the range of amounts.
pub fn measures_of(facts: &CustomerFacts, as_of: NaiveDate, windows: &[Window]) -> Result<CustomerMeasures, RuleError> {
    let opening = facts.opening.filter(|opening| opening.on <= as_of);
    let opened_on = opening.filter(|opening| opening.visits > 0 || opening.spend > Money::ZERO).map(|it| it.on);
    let purchases = || facts.sales.iter().filter(|sale| sale.on <= as_of && sale.net > Money::ZERO).map(|sale| sale.on);
    let mut distinct: Vec<Window> = Vec::new();
    for window in windows {
        if !distinct.contains(window) {
            distinct.push(*window);
        }
    }
    let windows = distinct
        .into_iter()
        .map(|window| {
            let totals = match (window, opening) {
                (Window::Lifetime, Some(opening)) => sum_window(facts, window, as_of, Some(opening)),
                _ => sum_window(facts, window, as_of, None),
            };
            totals.map(|totals| (window, totals)).ok_or_else(|| RuleError::field("sales", "amount.too_large"))
        })
        .collect::<Result<_, _>>()?;
    Ok(CustomerMeasures {
        customer: facts.customer,
        as_of,
        first_on: purchases().chain(opened_on).min(),
        last_on: purchases().chain(opened_on).max(),
        last_contact_on: facts.contacts.iter().map(|contact| contact.on).filter(|on| *on <= as_of).max(),
        judgement: facts.judgement,
        referrals: facts.referrals,
        windows,
        numbers: facts.numbers.clone(),
        days: facts.days.clone(),
        words: facts.words.clone(),
    })
}

/// `None` when a sum leaves the range of amounts.
fn sum_window(
    facts: &CustomerFacts,
    window: Window,
    as_of: NaiveDate,
    opening: Option<OpeningBalance>,
) -> Option<WindowTotals> {
    let range = window.range(as_of);
    let counts = |day: NaiveDate| range.contains(day) && opening.is_none_or(|opening| day >= opening.on);
    let mut totals = WindowTotals::default();
    let mut days = BTreeSet::new();
    let mut by_category: BTreeMap<&str, Money> = BTreeMap::new();
    for sale in facts.sales.iter().filter(|sale| counts(sale.on)) {
        totals.oldest_on = Some(totals.oldest_on.map_or(sale.on, |oldest| oldest.min(sale.on)));
        totals.net_minor = totals.net_minor.checked_add(sale.net)?;
        totals.known_cost_minor = totals.known_cost_minor.checked_add(sale.known_cost)?;
        totals.refunds = totals.refunds.checked_add(sale.refunds)?;
        totals.refunded_minor = totals.refunded_minor.checked_add(sale.refunded)?;
        if sale.net <= Money::ZERO {
            continue;
        }
        totals.orders += 1;
        totals.discounted_orders += u32::from(sale.discounted);
        totals.largest_ticket_minor = totals.largest_ticket_minor.max(Some(sale.net));
        days.insert(sale.on);
        for part in sale.categories.iter().filter(|part| part.net > Money::ZERO) {
            let sum = by_category.entry(part.category.as_str()).or_default();
            *sum = sum.checked_add(part.net)?;
        }
    }
    totals.purchase_days = u32::try_from(days.len()).ok()?;
    // The days are in order, so a month begins where the one before is another.
    let mut before = None;
    let begins = |day: &&NaiveDate| {
        let month = Some((day.year(), day.month()));
        std::mem::replace(&mut before, month) != month
    };
    totals.active_months = u32::try_from(days.iter().filter(begins).count()).ok()?;
    totals.categories = u32::try_from(by_category.len()).ok()?;
    totals.top_category = top_category(&by_category)?;
    for contact in facts.contacts.iter().filter(|contact| range.contains(contact.on)) {
        totals.interactions = totals.interactions.checked_add(contact.inbound_or_answered.into())?;
        totals.deep_talks = totals.deep_talks.checked_add(contact.is_deep.into())?;
        totals.complaints = totals.complaints.checked_add(contact.is_complaint.into())?;
        totals.oldest_on = Some(totals.oldest_on.map_or(contact.on, |oldest| oldest.min(contact.on)));
    }
    if let Some(opening) = opening {
        totals.orders = totals.orders.checked_add(opening.visits)?;
        totals.purchase_days = totals.purchase_days.checked_add(opening.visits)?;
        totals.net_minor = totals.net_minor.checked_add(opening.spend)?;
    }
    Some(totals)
}

/// The outer `None` is a sum out of range, the inner one no category at all.
fn top_category(by_category: &BTreeMap<&str, Money>) -> Option<Option<TopCategory>> {
    let all_minor = Money::checked_sum(by_category.values().copied())?;
    let mut best: Option<(&str, Money)> = None;
    for (category, net) in by_category {
        if best.is_none_or(|(_, most)| *net > most) {
            best = Some((category, *net));
        }
    }
    Some(best.map(|(category, net_minor)| TopCategory { category: category.to_owned(), net_minor, all_minor }))
}

impl CustomerMeasures {
    /// The sums over a window; `None` when the window was not asked for.
    pub fn totals(&self, window: Window) -> Option<&WindowTotals> {
        self.windows.iter().find(|(known, _)| *known == window).map(|(_, totals)| totals)
    }

    fn number(&self, wanted: &MeasureRef) -> Option<i64> {
        let days_since = |day: Option<NaiveDate>| day.map(|day| (self.as_of - day).num_days());
        match &wanted.measure {
            Measure::RecencyDays => days_since(self.last_on),
            Measure::TenureDays => days_since(self.first_on),
            Measure::TenureMonths => self.first_on.map(|first| i64::from(whole_months(first, self.as_of))),
            Measure::DaysSinceContact => days_since(self.last_contact_on),
            Measure::Judgement => self.judgement.map(i64::from),
            Measure::Referrals => Some(i64::from(self.referrals)),
            Measure::ActiveMonthsBp => self.active_months(wanted.window),
            Measure::Field(key) => self.numbers.get(key).copied(),
            Measure::DaysSince(key) | Measure::DaysUntil(key) => {
                self.days.get(key).and_then(|day| wanted.measure.of_own_day(*day, self.as_of))
            }
            windowed => self.totals(wanted.window).and_then(|totals| totals.value(windowed)),
        }
    }
}

impl CustomerMeasures {
    /// Months with a purchase out of those that a window reaches since the first purchase, both ends counted; `None`
    /// for whoever had not bought by then.
    fn active_months(&self, window: Window) -> Option<i64> {
        let active = self.totals(window)?.active_months;
        let begins = window.range(self.as_of).after.and_then(|after| after.succ_opt());
        let first = self.first_on?.max(begins.unwrap_or(NaiveDate::MIN));
        let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        basis_points(i64::from(active), count(self.as_of) - count(first) + 1)
    }
}

impl Measured for CustomerMeasures {
    fn customer(&self) -> CustomerId {
        self.customer
    }

    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn value(&self, measure: &MeasureRef) -> Option<i64> {
        self.number(measure)
    }

    fn words(&self, field: &FieldRef) -> Vec<&str> {
        match field {
            FieldRef::Profile(key) => self.words.get(key).into_iter().flatten().map(String::as_str).collect(),
            FieldRef::TopCategory(window) => self
                .totals(*window)
                .and_then(|totals| totals.top_category.as_ref())
                .map(|top| top.category.as_str())
                .into_iter()
                .collect(),
        }
    }
}

impl WindowTotals {
    /// Net paid per order, rounded half up; `None` without an order.
    pub fn average_ticket(&self) -> Option<Money> {
        Money::round_half_up(i128::from(self.net_minor.minor()), i128::from(self.orders))
    }

    fn value(&self, measure: &Measure) -> Option<i64> {
        match measure {
            Measure::Orders => Some(i64::from(self.orders)),
            Measure::PurchaseDays => Some(i64::from(self.purchase_days)),
            Measure::NetMinor => Some(self.net_minor.minor()),
            Measure::ProfitMinor => self.net_minor.checked_sub(self.known_cost_minor).map(Money::minor),
            Measure::AverageTicketMinor => self.average_ticket().map(Money::minor),
            Measure::LargestTicketMinor => self.largest_ticket_minor.map(Money::minor),
            Measure::Categories => Some(i64::from(self.categories)),
            Measure::TopCategoryShareBp => {
                self.top_category.as_ref().and_then(|top| basis_points(top.net_minor.minor(), top.all_minor.minor()))
            }
            Measure::DiscountedShareBp => basis_points(i64::from(self.discounted_orders), i64::from(self.orders)),
            Measure::Refunds => Some(i64::from(self.refunds)),
            Measure::RefundedMinor => Some(self.refunded_minor.minor()),
            Measure::Interactions => Some(i64::from(self.interactions)),
            Measure::DeepTalks => Some(i64::from(self.deep_talks)),
            Measure::Complaints => Some(i64::from(self.complaints)),
            Measure::RecencyDays
            | Measure::TenureDays
            | Measure::TenureMonths
            | Measure::DaysSinceContact
            | Measure::Judgement
            | Measure::Referrals
            | Measure::ActiveMonthsBp
            | Measure::Field(_)
            | Measure::DaysSince(_)
            | Measure::DaysUntil(_) => None,
        }
    }
}

/// `part / whole` in ten-thousandths, rounded half up; `None` of nothing.
fn basis_points(part: i64, whole: i64) -> Option<i64> {
    Money::round_half_up(i128::from(part) * 10_000, i128::from(whole)).map(Money::minor)
}

#[cfg(test)]
#[path = "facts_tests.rs"]
mod tests;
