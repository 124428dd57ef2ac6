//! 意向客户 of a product: who waits for it, asked about it, was quoted a price, or buys its category again and again; each with
//! the reason in words. Who is told nothing for sales is left out and counted. The list of a product that was asked for
//! last is kept until something is written, so that its pages and the table cost one look.

use crate::api::intents::{IntentPage, IntentQuestion, IntentRow};
use crate::api::members::{LeftOut, LeftOutWhy};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::messages::say;
use crate::wording;
use crate::{paging, store, wishes};
use chrono::{Days, Months, NaiveDate};
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, ProductId};
use shukebu_domain::intent::{ASKED_WITHIN_DAYS, Signs};
use shukebu_domain::time::day_start;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What one customer said and did.
#[derive(Clone, Default)]
struct Found {
    signs: Signs,
    wish: Option<String>,
    asked_on: Option<NaiveDate>,
    quoted_on: Option<NaiveDate>,
}

/// Everybody of a product, the likeliest first, and who is left out.
struct Intent {
    people: Vec<(CustomerId, Found)>,
    left_out: Vec<LeftOut>,
}

struct Kept {
    of: (ProductId, NaiveDate),
    written: (u64, u64),
    intent: Rc<Intent>,
}

thread_local! {
    static LAST: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// A page of the list.
///
/// # Errors
/// An unknown product; a negative offset.
pub fn page(app: &App, input: IntentQuestion) -> Result<IntentPage> {
    let limit = usize::try_from(paging::rows(input.offset, input.limit, 50, 200)?).unwrap_or(0);
    let offset = usize::try_from(input.offset).unwrap_or(0);
    app.read_in_background(move |connection, moment| {
        let product = store::products::view(connection, input.product_id)?.row;
        let intent = of(connection, moment, input.product_id)?;
        let shown: Vec<&(CustomerId, Found)> = intent.people.iter().skip(offset).take(limit).collect();
        let ids: Vec<CustomerId> = shown.iter().map(|(id, _)| *id).collect();
        let category = product.category.clone().unwrap_or_default();
        let rows = crate::rows::customers(connection, moment, &ids)?.into_iter().map(|customer| {
            let found = shown.iter().find(|(id, _)| *id == customer.id);
            let reasons = found.map(|(_, found)| reasons(moment, found, &category)).unwrap_or_default();
            IntentRow { customer, reasons }
        });
        Ok(IntentPage {
            rows: rows.collect(),
            total: i64::try_from(intent.people.len()).unwrap_or(i64::MAX),
            left_out: intent.left_out.clone(),
            product,
        })
    })
}

/// Everybody of that list, for the table.
pub(crate) fn people(connection: &Connection, moment: &Moment, product: ProductId) -> Result<Vec<CustomerId>> {
    Ok(of(connection, moment, product)?.people.iter().map(|(id, _)| *id).collect())
}

fn of(connection: &Connection, moment: &Moment, product: ProductId) -> Result<Rc<Intent>> {
    let (of, written) = ((product, moment.today), store::changes::written(connection));
    let known = LAST.with_borrow(|last| {
        let kept = last.as_ref().filter(|kept| kept.of == of && kept.written == written)?;
        Some(Rc::clone(&kept.intent))
    });
    if let Some(intent) = known {
        return Ok(intent);
    }
    let intent = Rc::new(look(connection, moment, product)?);
    // What is seen inside a transaction may never have been.
    if connection.is_autocommit() {
        LAST.set(Some(Kept { of, written, intent: Rc::clone(&intent) }));
    }
    Ok(intent)
}

fn look(connection: &Connection, moment: &Moment, id: ProductId) -> Result<Intent> {
    let (name, category) = store::wishes::product(connection, id)?;
    let since = moment.today.checked_sub_days(Days::new(ASKED_WITHIN_DAYS)).unwrap_or(NaiveDate::MIN);
    let mut found: BTreeMap<CustomerId, Found> = BTreeMap::new();
    for wish in store::wishes::asked(connection)? {
        if wishes::answers(&wish, Some(id), &name, category.as_deref()) {
            let person = found.entry(store::intents::home(connection, wish.customer)?).or_default();
            person.signs.waits = true;
            person.wish = wish.text.or(wish.category).or_else(|| Some(name.clone()));
        }
    }
    for (person, at) in store::intents::asked(connection, &name, day_start(moment.zone, since))? {
        let person = found.entry(person).or_default();
        person.signs.asked = true;
        person.asked_on = Some(at.day_in(moment.zone));
    }
    for (person, on) in store::intents::quoted(connection, id, since)? {
        let person = found.entry(person).or_default();
        person.signs.quoted = true;
        person.quoted_on = Some(on);
    }
    if let Some(category) = &category {
        let year = moment.today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
        for (person, orders) in store::intents::buys_again(connection, category, year)? {
            found.entry(person).or_default().signs.category_orders = orders;
        }
    }
    spare(connection, found)
}

/// Who is told nothing for sales is counted by the reason; the others come in order.
fn spare(connection: &Connection, found: BTreeMap<CustomerId, Found>) -> Result<Intent> {
    let silent = store::members::left_out(connection)?;
    let mut left_out: BTreeMap<LeftOutWhy, i64> = BTreeMap::new();
    let mut people = vec![];
    for (id, found) in found.into_iter().filter(|(_, found)| found.signs.tell_an_intent()) {
        match silent.get(&id) {
            Some(why) => *left_out.entry(*why).or_default() += 1,
            None => people.push((id, found)),
        }
    }
    people.sort_by_key(|(id, found)| (Reverse(found.signs.strength()), *id));
    Ok(Intent { people, left_out: left_out.into_iter().map(|(why, people)| LeftOut { why, people }).collect() })
}

fn reasons(moment: &Moment, found: &Found, category: &str) -> Vec<String> {
    let word = |key: &str, what: &dyn std::fmt::Display| say(moment.language, key, &[("what", what)]);
    let on = |day: &NaiveDate| wording::day(moment.language, *day);
    let orders = found.signs.category_orders;
    let again = (orders >= shukebu_domain::intent::REPEATED)
        .then(|| say(moment.language, "intent.category", &[("what", &category), ("n", &orders)]));
    let said = [
        found.wish.as_ref().map(|what| word("intent.wish", what)),
        found.quoted_on.as_ref().map(|day| word("intent.quoted", &on(day))),
        found.asked_on.as_ref().map(|day| word("intent.asked", &on(day))),
        again,
    ];
    said.into_iter().flatten().collect()
}
