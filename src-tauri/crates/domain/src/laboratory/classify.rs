//! `{"op":"classify"}`: the customers of a book in the classes of a scheme on a day, from the plain facts.

use super::{Refusal, read, write};
use crate::error::{FieldError, RuleError};
use crate::ids::{CustomerId, StaffId};
use crate::money::Money;
use crate::segmentation::facts::{CategoryNet, ContactFact, OpeningBalance, SaleFact};
use crate::segmentation::presets::{product_preference, ready_made};
use crate::segmentation::run::ClassCount;
use crate::segmentation::{
    CustomerFacts, CustomerMeasures, ManualClass, MeasureTable, Scheme, SchemeCuts, Window, assign, check,
    holding_class, measures_of, run, value_score,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is asked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Question {
    /// Key of a ready-made scheme, or a whole definition.
    #[schemars(with = "Value")]
    scheme: Chosen,
    /// Of `product_preference` its categories, in order.
    #[serde(default)]
    categories: Vec<String>,
    /// Everybody.
    customers: Vec<Customer>,
    /// The day.
    as_of: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Chosen {
    ReadyMade(String),
    Definition(Box<Scheme>),
}

/// A customer with everything that measures are made from.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Customer {
    /// A number of its own.
    id: i64,
    /// 历史累计.
    #[serde(default)]
    opening: Option<Opening>,
    /// All sales, in any order.
    #[serde(default)]
    sales: Vec<Sale>,
    /// All contacts, in any order.
    #[serde(default)]
    contacts: Vec<Contact>,
    /// The owner's judgement, −2 to +2.
    #[serde(default)]
    judgement: Option<i64>,
    /// Customers whom they brought and who have bought.
    #[serde(default)]
    referrals: u32,
    /// Number fields, in thousandths.
    #[serde(default)]
    numbers: BTreeMap<String, i64>,
    /// Date fields.
    #[serde(default)]
    days: BTreeMap<String, NaiveDate>,
    /// Words by field: `tags`, `open_complaint` …
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    /// A class by hand.
    #[serde(default)]
    manual: Option<Manual>,
}

/// 历史累计 of a shop that starts midway.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Opening {
    /// The first day that is not part of it.
    on: NaiveDate,
    /// Net spend before that day.
    #[serde(default)]
    spend_minor: Money,
    /// Visits before that day.
    #[serde(default)]
    visits: u32,
}

/// A sale as it stands after all its refunds.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Sale {
    /// Business day.
    on: NaiveDate,
    /// Net paid after refunds.
    net_minor: Money,
    /// Known costs.
    #[serde(default)]
    known_cost_minor: Money,
    /// Whether a discount or coupon lowered it.
    #[serde(default)]
    discounted: bool,
    /// How many refunds point at it.
    #[serde(default)]
    refunds: u32,
    /// What they paid back.
    #[serde(default)]
    refunded_minor: Money,
    /// Net paid by category.
    #[serde(default)]
    categories: BTreeMap<String, Money>,
}

/// A contact.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Contact {
    /// Shop day.
    on: NaiveDate,
    /// Whether the customer came forward or answered.
    #[serde(default)]
    inbound_or_answered: bool,
    /// Whether it went into depth.
    #[serde(default)]
    is_deep: bool,
    /// Whether it was a complaint.
    #[serde(default)]
    is_complaint: bool,
}

/// A class by hand.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Manual {
    /// The class.
    class: String,
    /// The last day it holds.
    until: NaiveDate,
}

/// Everybody's class, and what it was found with.
#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Answer {
    /// In the order of the question.
    customers: Vec<Placed>,
    /// Class sizes by the rules, in the order in which classes are shown; they add up to all customers.
    counts: Vec<ClassCount>,
    /// The cut points.
    cuts: SchemeCuts,
}

/// One customer's class.
#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Placed {
    /// Whose.
    id: i64,
    /// The class that holds.
    class: String,
    /// The class by the rules.
    computed: String,
    /// The kind within the class by the rules.
    sub_kind: Option<String>,
    /// Whether a person gave the class that holds.
    by_hand: bool,
    /// Points by score.
    scores: BTreeMap<String, Option<u8>>,
}

pub(super) fn answer(question: Value) -> Result<Value, Refusal> {
    let question: Question = read(question)?;
    let scheme = chosen(question.scheme, &question.categories)?;
    check(&scheme).map_err(|refused| super::ladder::within("scheme", refused))?;
    let needs = scheme.needs();
    let windows: Vec<Window> = needs.windows().into_iter().collect();
    for (place, customer) in question.customers.iter().enumerate() {
        if customer.judgement.is_some_and(|judgement| !(-2..=2).contains(&judgement)) {
            let field = format!("customers.{place}.judgement");
            return Err(Refusal::invalid(&field, format!("`{field}` must be from -2 to 2.")));
        }
    }
    let manual: Vec<Option<ManualClass>> = question.customers.iter().map(Customer::manual).collect();
    let mut people: Vec<CustomerMeasures> = Vec::with_capacity(question.customers.len());
    for customer in question.customers {
        people.push(measures_of(&customer.facts(), question.as_of, &windows)?);
    }
    let found = run(&scheme, &MeasureTable::of(&needs, &people))?;
    let place = |(person, manual): (&CustomerMeasures, &Option<ManualClass>)| {
        let holding = holding_class(&scheme, assign(&scheme, &found.cuts, person), manual.as_ref(), question.as_of);
        let points = |key: &String| value_score(&scheme, &found.cuts, person, key).and_then(|score| score.points);
        Placed {
            id: person.customer.0,
            class: holding.class_key,
            computed: holding.computed.class_key,
            sub_kind: holding.computed.sub_kind,
            by_hand: holding.manual.is_some(),
            scores: scheme.scores.iter().map(|rule| (rule.key.clone(), points(&rule.key))).collect(),
        }
    };
    let customers = people.iter().zip(&manual).map(place).collect();
    write(&Answer { customers, counts: found.class_counts(), cuts: found.cuts })
}

fn chosen(scheme: Chosen, categories: &[String]) -> Result<Scheme, RuleError> {
    match scheme {
        Chosen::Definition(scheme) => Ok(*scheme),
        Chosen::ReadyMade(key) if key == "product_preference" => {
            Ok(product_preference(&categories.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Chosen::ReadyMade(key) => {
            let found = ready_made().into_iter().find(|scheme| scheme.key == key);
            found.ok_or_else(|| FieldError::new("scheme", "scheme.unknown").with("scheme", key).into())
        }
    }
}

impl Customer {
    fn manual(&self) -> Option<ManualClass> {
        let Manual { class, until } = self.manual.as_ref()?;
        Some(ManualClass { class_key: class.clone(), reason: String::new(), by: StaffId(0), until: *until })
    }

    fn facts(self) -> CustomerFacts {
        CustomerFacts {
            customer: CustomerId(self.id),
            opening: self.opening.map(|it| OpeningBalance { on: it.on, spend: it.spend_minor, visits: it.visits }),
            sales: self.sales.into_iter().map(Sale::fact).collect(),
            contacts: self.contacts.into_iter().map(Contact::fact).collect(),
            judgement: self.judgement.and_then(|judgement| i8::try_from(judgement).ok()),
            referrals: self.referrals,
            numbers: self.numbers,
            days: self.days,
            words: self.words,
        }
    }
}

impl Sale {
    fn fact(self) -> SaleFact {
        let parts = self.categories.into_iter();
        SaleFact {
            on: self.on,
            net: self.net_minor,
            known_cost: self.known_cost_minor,
            discounted: self.discounted,
            refunds: self.refunds,
            refunded: self.refunded_minor,
            categories: parts.map(|(category, net)| CategoryNet { category, net }).collect(),
        }
    }
}

impl Contact {
    fn fact(self) -> ContactFact {
        ContactFact {
            on: self.on,
            inbound_or_answered: self.inbound_or_answered,
            is_deep: self.is_deep,
            is_complaint: self.is_complaint,
        }
    }
}

pub(super) fn schema() -> Value {
    json!({ "input": schemars::schema_for!(Question), "output": schemars::schema_for!(Answer) })
}

#[cfg(test)]
mod tests {
    use super::super::evaluate;
    use super::*;

    #[test]
    fn customers_are_put_into_classes_from_their_facts() {
        let sale = |on: &str, net: i64| json!({ "on": on, "net_minor": net });
        let question = |scheme: Value| {
            json!({ "op": "classify", "scheme": scheme, "as_of": "2026-03-01", "customers": [
                { "id": 1, "sales": [sale("2026-02-01", 500), sale("2026-02-03", 700)] },
                { "id": 2, "sales": [sale("2025-11-30", 100)], "manual": { "class": "core_value", "until": "2026-03-01" } },
                { "id": 3, "sales": [sale("2026-03-02", 900)], "judgement": -2 }
            ] })
        };
        let answer = evaluate(question(json!("simple_rfm")));
        let classes: Vec<&str> =
            answer["customers"].as_array().unwrap().iter().map(|one| one["class"].as_str().unwrap()).collect();
        assert_eq!(classes, ["core_value", "core_value", "not_purchased"], "tomorrow never counts: {answer}");
        assert_eq!(answer["customers"][1]["computed"], "win_back", "91 days ago");
        assert_eq!(answer["cuts"]["bands"]["f"]["cuts"], json!([{ "numerator": 3, "denominator": 2 }]));
        let definition = serde_json::to_value(crate::segmentation::presets::simple_rfm()).unwrap();
        assert_eq!(evaluate(question(definition)), answer, "a definition says the same as its key");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_at_its_field() {
        let ask = |scheme: Value| {
            let answer =
                evaluate(json!({ "op": "classify", "scheme": scheme, "customers": [], "as_of": "2026-03-01" }));
            answer["error"]["fields"][0]["field"].clone()
        };
        assert_eq!(ask(json!("nothing")), "scheme");
        let mut scheme = serde_json::to_value(crate::segmentation::presets::simple_rfm()).unwrap();
        scheme["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": [9, 3] });
        assert_eq!(ask(scheme), "scheme.bands.0.cut");
        let empty = evaluate(json!({ "op": "classify", "scheme": "rfm_555", "customers": [], "as_of": "2026-03-01" }));
        assert_eq!(empty["customers"], json!([]), "an empty book has no classes to fill");
    }
}
