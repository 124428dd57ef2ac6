//! Fills the demo book: products, customers and two years of sales in one transaction, then ladder and classes. A shop
//! of any size is made so, from a demo to the largest that is measured.

use super::random::Numbers;
use super::visits::{self, Item};
use super::words::{self, Words};
use super::{Demo, HISTORY_DAYS, loyalty};
use crate::api::customers::{BirthdayCalendar, BirthdayInput, ContactInput, ContactKind, CustomerKind, Gender};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::jobs::Progress;
use crate::search_texts;
use crate::store::customers::CustomerToStore;
use crate::{customers, ladder, search, segmentation, store};
use chrono::{Duration, NaiveDate};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;

/// Products, customers, sales, then tiers and classes.
pub(super) fn everything(app: &App, demo: &Demo, words: &'static Words, progress: &Progress) -> Result<()> {
    let (count, pace, progress) = (demo.customers, demo.pace, progress.clone());
    progress.set_total(u64::from(count));
    app.write(Op::new("demo.fill"), move |tx, moment| {
        let mut numbers = Numbers::seeded(0x5348_554B_4542_5500 ^ u64::from(count));
        let items = products(tx, moment, words)?;
        let mut people = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
        let mut visits = vec![];
        for index in 0..count {
            progress.check()?;
            let (id, joined_on) = customer(tx, moment, words, &mut numbers, index)?;
            visits::plan(&mut visits, moment, words, &mut numbers, id, joined_on, pace);
            people.push(id);
            progress.set_done(u64::from(index) + 1);
        }
        // As in a real shop the sales come in the order of time, whoever it is that buys.
        visits.sort_unstable();
        for visit in &visits {
            progress.check()?;
            visits::sale(tx, moment, &items, &mut numbers, visit)?;
        }
        drop(visits);
        for id in &people {
            store::figures::rebuild(tx, *id)?;
        }
        search_texts::renew(tx, &people)?;
        loyalty::benefits(tx, moment, moment.today - Duration::days(HISTORY_DAYS))?;
        ladder::after_many(tx, moment, &people)?;
        loyalty::points_brought_along(tx, moment, &people)?;
        segmentation::after_import(tx, moment)?;
        Ok(Written::many("demo").detail(json!({ "customers": count })).reindex_all())
    })?;
    Ok(())
}

fn products(tx: &Transaction, moment: &Moment, words: &Words) -> Result<Vec<Item>> {
    let mut items = vec![];
    for (position, (name, category, price)) in words.products.iter().enumerate() {
        let sku = format!("P{:03}", position + 1);
        let cost = Money::from_minor(price * 45 / 100);
        let id = store::products::insert(
            tx,
            &store::products::ProductToStore {
                reference: None,
                sku: Some(&sku),
                barcode: None,
                name,
                search_text: &crate::products::search_text(name),
                category: Some(category),
                price: Some(Money::from_minor(*price)),
                cost: Some(cost),
                at: moment.now,
            },
        )?;
        if let Ok(place @ 1..=6) = i64::try_from(position + 1) {
            store::products::make_favourite(tx, id, place)?;
        }
        items.push(Item { id, price: *price, cost: Some(cost.minor()) });
    }
    Ok(items)
}

fn customer(
    tx: &Transaction,
    moment: &Moment,
    words: &Words,
    numbers: &mut Numbers,
    index: u32,
) -> Result<(CustomerId, NaiveDate)> {
    let is_company = numbers.percent(words.companies);
    let surname = numbers.one_of_the_first_more_often(words::SURNAMES);
    let gender = if numbers.percent(65) { Gender::Female } else { Gender::Male };
    let name = if is_company {
        format!("{}{}", numbers.one_of(words::COMPANY_FRONTS), numbers.one_of(words::COMPANY_ENDS))
    } else {
        format!("{surname}{}", given_name(numbers))
    };
    let title = match gender {
        Gender::Female => numbers.one_of(&["姐", "女士"]),
        Gender::Male => numbers.one_of(&["哥", "先生", "总"]),
    };
    let salutation = format!("{surname}{title}");
    let birthday = numbers.percent(60).then(|| BirthdayInput {
        calendar: if numbers.percent(35) { BirthdayCalendar::Lunar } else { BirthdayCalendar::Solar },
        year: Some(i32::try_from(numbers.between(1960, 2006)).unwrap_or(1990)),
        month: u32::try_from(numbers.between(1, 13)).unwrap_or(1),
        day: u32::try_from(numbers.between(1, 29)).unwrap_or(1),
        leap: false,
    });
    let habits = numbers.percent(35).then(|| numbers.one_of(words.habits));
    let joined_on = moment.today - Duration::days(numbers.between(1, HISTORY_DAYS));
    let source = numbers.one_of(words::SOURCES);
    let member_no = customers::free_member_number(tx)?;
    let id = store::customers::insert(
        tx,
        &CustomerToStore {
            member_no: &member_no,
            reference: None,
            name: &name,
            salutation: Some(&salutation),
            mnemonic: &search::mnemonic(&name),
            sort_key: &search::sort_key(&name),
            kind: if is_company { CustomerKind::Company } else { CustomerKind::Person },
            company: None,
            gender: (!is_company).then_some(gender),
            birthday: birthday.as_ref().filter(|_| !is_company),
            address: None,
            source: Some(source),
            note: None,
            habits,
            joined_on,
            import: None,
            at: moment.now,
        },
    )?;
    // 199 is a network that gives out no such numbers to persons yet: nobody real is called by a demo.
    let phone = ContactInput {
        kind: ContactKind::Mobile,
        value: format!("1990{:07}", 1_000_000 + u64::from(index) * 7919 % 8_999_999),
    };
    store::customers::set_contacts(tx, id, &[phone], moment.now)?;
    if numbers.percent(50) {
        store::customers::set_tags(tx, id, &[numbers.one_of(words.tags).to_owned()])?;
    }
    Ok((id, joined_on))
}

/// Names as people have them: some very common, the others put together from two characters.
fn given_name(numbers: &mut Numbers) -> String {
    if numbers.percent(30) {
        numbers.one_of(words::GIVEN).to_owned()
    } else {
        format!("{}{}", numbers.one_of(words::GIVEN_FIRST), numbers.one_of(words::GIVEN_SECOND))
    }
}
