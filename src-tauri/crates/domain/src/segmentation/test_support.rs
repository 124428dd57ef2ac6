//! Customers for tests: a builder that states only what matters.

use super::facts::{CustomerMeasures, TopCategory, WindowTotals};
use super::scheme::Scheme;
use super::table::MeasureTable;
use super::window::Window;
use crate::ids::CustomerId;
use crate::money::Money;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

pub(super) fn today() -> NaiveDate {
    "2026-03-01".parse().unwrap()
}

/// A customer without a purchase.
pub(super) fn nobody(id: i64) -> CustomerMeasures {
    CustomerMeasures {
        customer: CustomerId(id),
        as_of: today(),
        first_on: None,
        last_on: None,
        last_contact_on: None,
        judgement: None,
        referrals: 0,
        windows: vec![(Window::Lifetime, WindowTotals::default()), (Window::default(), WindowTotals::default())],
        numbers: BTreeMap::new(),
        days: BTreeMap::new(),
        words: BTreeMap::new(),
    }
}

/// A customer who came `recency` days ago, with that many orders and that much money in the year and in life.
pub(super) fn buyer(id: i64, recency: u64, orders: u32, net: i64) -> CustomerMeasures {
    let mut customer = nobody(id);
    customer.last_on = today().checked_sub_days(Days::new(recency));
    customer.first_on = customer.last_on;
    for (_, totals) in &mut customer.windows {
        totals.orders = orders;
        totals.purchase_days = orders;
        totals.net_minor = Money::from_minor(net);
        totals.largest_ticket_minor = Some(Money::from_minor(net));
    }
    customer
}

/// The same customer, changed.
pub(super) fn with(mut customer: CustomerMeasures, change: impl FnOnce(&mut CustomerMeasures)) -> CustomerMeasures {
    change(&mut customer);
    customer
}

/// Changes the sums of all windows.
pub(super) fn in_windows(customer: CustomerMeasures, change: impl Fn(&mut WindowTotals)) -> CustomerMeasures {
    with(customer, |it| it.windows.iter_mut().for_each(|(_, totals)| change(totals)))
}

/// First purchase so many days ago.
pub(super) fn since(customer: CustomerMeasures, days: u64) -> CustomerMeasures {
    with(customer, |it| it.first_on = today().checked_sub_days(Days::new(days)))
}

pub(super) fn likes(customer: CustomerMeasures, category: &str, net: i64, of: i64) -> CustomerMeasures {
    let top = TopCategory {
        category: category.to_owned(),
        net_minor: Money::from_minor(net),
        all_minor: Money::from_minor(of),
    };
    in_windows(customer, |totals| totals.top_category = Some(top.clone()))
}

pub(super) fn table(scheme: &Scheme, customers: &[CustomerMeasures]) -> MeasureTable {
    MeasureTable::of(&scheme.needs(), customers)
}

/// The class of every customer, checked to be the same from the run and one by one.
pub(super) fn classes(scheme: &Scheme, customers: &[CustomerMeasures]) -> Vec<String> {
    super::check(scheme).unwrap();
    let table = table(scheme, customers);
    let run = super::run(scheme, &table).unwrap();
    assert_eq!(run.counts.iter().sum::<u32>() as usize, customers.len(), "the counts add up to all customers");
    let mut found = Vec::new();
    for (row, customer) in customers.iter().enumerate() {
        let alone = super::assign(scheme, &run.cuts, customer);
        assert_eq!(run.class_key(row), Some(alone.class_key.as_str()), "run and assign agree on row {row}");
        let kinds = scheme.classes.iter().find(|class| class.face.key == alone.class_key);
        let kind = kinds.and_then(|class| class.sub_kinds.get(usize::from(run.sub_kinds[row]).wrapping_sub(1)));
        assert_eq!(kind.map(|kind| &kind.key), alone.sub_kind.as_ref(), "and on the kind within the class");
        let shown = alone.sub_kind.map_or(alone.class_key.clone(), |kind| format!("{}/{kind}", alone.class_key));
        found.push(shown);
    }
    found
}
