//! From the book's rows to the numbers of a day: which facts a scheme needs, read for everybody in a few walks or for
//! one customer in a few lookups, and handed to the domain, which does all arithmetic.
//!
//! A sale counts with what is left of it after its refunds. Categories count by the lines as they were sold: a refund
//! or discount of a whole sale is not spread over its lines. Costs are those of the products today; a sale of which
//! nothing is left costs nothing. A complaint is a contact by which the customer came forward; a message that nobody
//! answered is a contact, but no interaction.

use crate::app::Moment;
use crate::error::Result;
use crate::store::measures::{self, LineFact, ProductFact, StoredContact};
use crate::store::whose::Whose;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::MeasureRef;
use shukebu_domain::segmentation::facts::{CategoryNet, ContactFact, SaleFact};
use shukebu_domain::segmentation::presets::rfm_scores_needs;
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{CustomerFacts, CustomerMeasures, FieldRef, Measure, Window, measures_of};
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;

/// The numbers of every customer on a day, by customer id.
///
/// # Errors
/// Sums that leave the range of amounts.
pub(crate) fn of_everyone(
    connection: &Connection,
    moment: &Moment,
    as_of: NaiveDate,
    needs: &Needs,
) -> Result<Vec<CustomerMeasures>> {
    read(connection, moment, as_of, needs, Whose::Everyone)
}

/// The numbers of one customer on a day; the work grows with that customer's own sales only.
///
/// # Errors
/// Sums that leave the range of amounts.
pub(crate) fn of_one(
    connection: &Connection,
    moment: &Moment,
    as_of: NaiveDate,
    needs: &Needs,
    id: CustomerId,
) -> Result<Option<CustomerMeasures>> {
    if is_added_up(needs) {
        return added_up(connection, as_of, needs, id);
    }
    Ok(read(connection, moment, as_of, needs, Whose::One(id))?.pop())
}

/// Whether all that is asked for are sums over days of sales: then the index adds them up, and no sale is looked at by
/// itself. The lifetime is left to the walk, for an opening balance counts in it.
fn is_added_up(needs: &Needs) -> bool {
    let is_sum = |measure: &Measure| match measure {
        Measure::Orders
        | Measure::PurchaseDays
        | Measure::NetMinor
        | Measure::AverageTicketMinor
        | Measure::LargestTicketMinor
        | Measure::RefundedMinor
        | Measure::RecencyDays
        | Measure::TenureDays
        | Measure::TenureMonths
        | Measure::Judgement
        | Measure::Field(_)
        | Measure::DaysSince(_)
        | Measure::DaysUntil(_) => true,
        Measure::ProfitMinor
        | Measure::Categories
        | Measure::TopCategoryShareBp
        | Measure::DiscountedShareBp
        | Measure::Refunds
        | Measure::Interactions
        | Measure::DeepTalks
        | Measure::ActiveMonthsBp
        | Measure::Referrals
        | Measure::Complaints
        | Measure::DaysSinceContact => false,
    };
    needs.measures.iter().all(|it| is_sum(&it.measure))
        && !needs.fields.iter().any(|field| matches!(field, FieldRef::TopCategory(_)))
        && !needs.windows().contains(&Window::Lifetime)
}

/// The numbers of one customer where [`is_added_up`]: the same as of the walk over all sales, whose length hardly counts.
fn added_up(
    connection: &Connection,
    as_of: NaiveDate,
    needs: &Needs,
    id: CustomerId,
) -> Result<Option<CustomerMeasures>> {
    let whose = Whose::One(id);
    let Some(person) = measures::people(connection, whose)?.pop() else { return Ok(None) };
    let asks_for = |measure: Measure| needs.measures.iter().any(|it| it.measure == measure);
    let opened_on = person.opening.map(|opening| opening.on).filter(|on| *on <= as_of);
    let (first_on, last_on) = measures::first_and_last(connection, id, as_of)?;
    let mut windows = vec![];
    for window in needs.windows() {
        let mut totals = measures::sums_of_days(connection, id, window.range(as_of))?;
        if asks_for(Measure::PurchaseDays) {
            totals.purchase_days = measures::purchase_days(connection, id, window.range(as_of))?;
        }
        windows.push((window, totals));
    }
    let mut by_field: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, (field, word)) in words(connection, needs, whose)? {
        by_field.entry(field).or_default().push(word);
    }
    Ok(Some(CustomerMeasures {
        customer: person.id,
        as_of,
        first_on: first_on.into_iter().chain(opened_on).min(),
        last_on: last_on.into_iter().chain(opened_on).max(),
        last_contact_on: None,
        judgement: measures::judgements(connection, whose)?.remove(&person.id),
        referrals: 0,
        windows,
        numbers: numbers(connection, needs, whose)?.into_iter().map(|(_, number)| number).collect(),
        days: days(connection, needs, whose)?.into_iter().map(|(_, day)| day).collect(),
        words: by_field,
    }))
}

fn read(
    connection: &Connection,
    moment: &Moment,
    as_of: NaiveDate,
    needs: &Needs,
    whose: Whose,
) -> Result<Vec<CustomerMeasures>> {
    let windows: Vec<Window> = needs.windows().into_iter().collect();
    let beside = Beside::read(connection, needs, whose)?;
    let mut contacts = contacts(connection, moment, needs, whose)?.into_iter().peekable();
    let mut words = words(connection, needs, whose)?.into_iter().peekable();
    let mut numbers = numbers(connection, needs, whose)?.into_iter().peekable();
    let mut days = days(connection, needs, whose)?.into_iter().peekable();
    let judgements = measures::judgements(connection, whose)?;
    let referrals =
        if counts_referrals(needs) { measures::referrals(connection, whose, as_of)? } else { BTreeMap::new() };
    let mut people = measures::people(connection, whose)?.into_iter().peekable();
    let mut found = Vec::with_capacity(people.len());
    let mut facts = CustomerFacts {
        customer: CustomerId(0),
        opening: None,
        sales: vec![],
        contacts: vec![],
        judgement: None,
        referrals: 0,
        numbers: BTreeMap::new(),
        days: BTreeMap::new(),
        words: BTreeMap::new(),
    };
    // Sales come by customer id as people do; a customer is done when a sale of a later one shows up.
    let mut finish = |facts: &mut CustomerFacts, before: Option<CustomerId>| -> Result<()> {
        while let Some(person) = people.next_if(|person| before.is_none_or(|before| person.id < before)) {
            facts.customer = person.id;
            facts.opening = person.opening;
            facts.judgement = judgements.get(&person.id).copied();
            facts.referrals = referrals.get(&person.id).copied().unwrap_or(0);
            facts.contacts = take_of(&mut contacts, person.id);
            facts.numbers = take_of(&mut numbers, person.id).into_iter().collect();
            facts.days = take_of(&mut days, person.id).into_iter().collect();
            facts.words.clear();
            for (field, word) in take_of(&mut words, person.id) {
                facts.words.entry(field).or_default().push(word);
            }
            found.push(measures_of(facts, as_of, &windows)?);
            facts.sales.clear();
        }
        Ok(())
    };
    let mut walked = CustomerId(0);
    measures::walk_sales(connection, whose, |sale| {
        if sale.customer != walked {
            finish(&mut facts, Some(sale.customer))?;
            walked = sale.customer;
        }
        let net = sale.net.checked_sub(sale.refunded).unwrap_or(Money::ZERO);
        let (categories, known_cost) = beside.of_lines(sale.id, net);
        facts.sales.push(SaleFact {
            on: sale.on,
            net,
            known_cost,
            discounted: beside.discounted.contains(&sale.id),
            refunds: beside.refunds.get(&sale.id).copied().unwrap_or(0),
            refunded: sale.refunded,
            categories,
        });
        Ok(())
    })?;
    finish(&mut facts, None)?;
    Ok(found)
}

/// Whether it is asked whom somebody brought: then the purchases of others count.
pub(super) fn counts_referrals(needs: &Needs) -> bool {
    needs.measures.iter().any(|it| it.measure == Measure::Referrals)
}

/// Takes what belongs to a customer from a list that is ordered by customer.
fn take_of<T>(list: &mut Peekable<impl Iterator<Item = (CustomerId, T)>>, id: CustomerId) -> Vec<T> {
    let mut taken = vec![];
    while let Some((customer, item)) = list.next_if(|(customer, _)| *customer <= id) {
        if customer == id {
            taken.push(item);
        }
    }
    taken
}

/// Whether the lines of sales are looked at, and so the products.
pub(super) fn looks_at_lines(needs: &Needs) -> bool {
    let of_lines = [Measure::Categories, Measure::TopCategoryShareBp, Measure::ProfitMinor];
    needs.measures.iter().any(|it| of_lines.contains(&it.measure))
        || needs.fields.iter().any(|field| matches!(field, FieldRef::TopCategory(_)))
}

/// What stands beside the covering index, read only when it is needed.
struct Beside {
    lines: Vec<LineFact>,
    products: BTreeMap<i64, ProductFact>,
    discounted: BTreeSet<i64>,
    refunds: BTreeMap<i64, u32>,
}

impl Beside {
    fn read(connection: &Connection, needs: &Needs, whose: Whose) -> Result<Self> {
        let wants = |measures: &[Measure]| needs.measures.iter().any(|it| measures.contains(&it.measure));
        let of_lines = looks_at_lines(needs);
        Ok(Self {
            lines: if of_lines { measures::lines(connection, whose)? } else { vec![] },
            products: if of_lines { measures::products(connection, whose)? } else { BTreeMap::new() },
            discounted: if wants(&[Measure::DiscountedShareBp]) {
                measures::discounted_sales(connection, whose)?
            } else {
                BTreeSet::new()
            },
            refunds: if wants(&[Measure::Refunds]) {
                measures::refunds_by_sale(connection, whose)?
            } else {
                BTreeMap::new()
            },
        })
    }

    /// Money per category and known cost of a sale.
    fn of_lines(&self, sale: i64, net: Money) -> (Vec<CategoryNet>, Money) {
        let first = self.lines.partition_point(|line| line.sale < sale);
        let mut cost = Money::ZERO;
        let mut categories: Vec<CategoryNet> = vec![];
        for line in self.lines.iter().skip(first).take_while(|line| line.sale == sale) {
            let Some(product) = self.products.get(&line.product) else { continue };
            let line_cost = product.cost.and_then(|cost| {
                Money::round_half_up(i128::from(cost.minor()) * i128::from(line.quantity_milli), 1000)
            });
            cost = line_cost.and_then(|more| cost.checked_add(more)).unwrap_or(cost);
            let Some(category) = &product.category else { continue };
            match categories.iter_mut().find(|known| known.category == *category) {
                Some(known) => known.net = known.net.checked_add(line.amount).unwrap_or(known.net),
                None => categories.push(CategoryNet { category: category.clone(), net: line.amount }),
            }
        }
        (categories, if net == Money::ZERO { Money::ZERO } else { cost })
    }
}

fn contacts(
    connection: &Connection,
    moment: &Moment,
    needs: &Needs,
    whose: Whose,
) -> Result<Vec<(CustomerId, ContactFact)>> {
    let asked = |measure: &Measure| {
        matches!(measure, Measure::Interactions | Measure::DeepTalks | Measure::Complaints | Measure::DaysSinceContact)
    };
    if !needs.measures.iter().any(|it| asked(&it.measure)) {
        return Ok(vec![]);
    }
    let fact = |(customer, contact): (CustomerId, StoredContact)| {
        let fact = ContactFact {
            on: contact.at.day_in(moment.zone),
            inbound_or_answered: contact.is_mutual,
            is_deep: contact.is_deep,
            is_complaint: contact.is_complaint,
        };
        (customer, fact)
    };
    Ok(measures::contacts(connection, whose)?.into_iter().map(fact).collect())
}

/// Numbers of the shop's own fields that are asked for, by customer.
fn numbers(connection: &Connection, needs: &Needs, whose: Whose) -> Result<Vec<(CustomerId, (String, i64))>> {
    let mut found = vec![];
    for needed in &needs.measures {
        if let Measure::Field(key) = &needed.measure {
            let numbers = measures::own_numbers(connection, whose, key)?;
            found.extend(numbers.into_iter().map(|(customer, number)| (customer, (key.clone(), number))));
        }
    }
    found.sort_by_key(|(customer, _)| *customer);
    Ok(found)
}

/// Days in the shop's own fields that are asked for, by customer.
fn days(connection: &Connection, needs: &Needs, whose: Whose) -> Result<Vec<(CustomerId, (String, NaiveDate))>> {
    let is_day = |measure: &Measure| matches!(measure, Measure::DaysSince(_) | Measure::DaysUntil(_));
    let asked = needs.measures.iter().filter(|it| is_day(&it.measure));
    // Since and until look at the same day.
    let keys: BTreeSet<&str> = asked.filter_map(|it| it.measure.own_field()).collect();
    let mut found = vec![];
    for key in keys {
        let days = measures::own_days(connection, whose, key)?;
        found.extend(days.into_iter().map(|(customer, day)| (customer, (key.to_owned(), day))));
    }
    found.sort_by_key(|(customer, _)| *customer);
    Ok(found)
}

/// Words of the profile fields that are asked for, by customer.
fn words(connection: &Connection, needs: &Needs, whose: Whose) -> Result<Vec<(CustomerId, (String, String))>> {
    let mut found = vec![];
    for field in &needs.fields {
        if let FieldRef::Profile(field) = field {
            let words = measures::profile_words(connection, whose, field)?;
            found.extend(words.into_iter().map(|(customer, word)| (customer, (field.clone(), word))));
        }
    }
    found.sort_by_key(|(customer, _)| *customer);
    Ok(found)
}

/// What `export measures` says beside the classes.
pub(crate) fn exported_needs(window: Window) -> Needs {
    let more = [Measure::PurchaseDays, Measure::AverageTicketMinor, Measure::Categories];
    let more = more.map(|measure| MeasureRef::new(measure, window));
    rfm_scores_needs(window).and(Needs { measures: more.into(), ..Needs::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn what_the_index_adds_up_is_what_a_walk_over_all_sales_finds() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        measures::fixture::four_hundred_sales(&connection);
        let windows = [Window::Days { n: 30 }, Window::Months { n: 12 }, Window::CalendarYear];
        let sums = [
            Measure::Orders,
            Measure::PurchaseDays,
            Measure::NetMinor,
            Measure::AverageTicketMinor,
            Measure::LargestTicketMinor,
            Measure::RefundedMinor,
        ];
        let mut needs = Needs::default();
        for measure in [Measure::RecencyDays, Measure::TenureDays, Measure::Judgement] {
            needs.measures.insert(MeasureRef::new(measure, Window::Lifetime).normal());
        }
        needs
            .measures
            .extend(windows.iter().flat_map(|window| sums.iter().map(|sum| MeasureRef::new(sum.clone(), *window))));
        assert!(is_added_up(&needs));
        let moment = Moment {
            now: shukebu_domain::time::Timestamp::from_millis(0),
            today: NaiveDate::default(),
            zone: chrono_tz::Asia::Shanghai,
            currency: "CNY".into(),
            exponent: 2,
            language: crate::messages::Language::default(),
            session: crate::app::Session {
                staff: shukebu_domain::ids::StaffId(1),
                name: "店主".into(),
                role: shukebu_domain::rights::Role::Owner,
            },
            approval: None,
        };
        for as_of in ["2023-12-31", "2024-01-25", "2024-03-01", "2025-02-28", "2026-07-08", "2030-01-01"] {
            let as_of: NaiveDate = as_of.parse().unwrap();
            for id in [1, 2, 3, 4] {
                let mut walked = read(&connection, &moment, as_of, &needs, Whose::One(CustomerId(id))).unwrap().pop();
                // Months are counted while walking only; nothing here asks for them.
                for (_, totals) in walked.iter_mut().flat_map(|walked| &mut walked.windows) {
                    totals.active_months = 0;
                }
                assert_eq!(added_up(&connection, as_of, &needs, CustomerId(id)).unwrap(), walked, "{id} on {as_of}");
            }
        }
    }
}
