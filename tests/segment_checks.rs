//! What the program says about generated logs, against simple computations of the tests' own: product preference,
//! contribution × potential, small orders, a scheme of the shop's own, and the Pareto curve on profit and on spend.

use crate::segment_numbers::Dice;
use crate::support::Shop;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const CATEGORIES: [&str; 3] = ["烘焙", "礼盒", "饮品"];
/// The as-of day is 2 March 2026; a year before it is the last day outside the window.
const YEAR_BEGINS_AFTER: &str = "2025-03-02";

/// One line of the log.
struct Bought {
    customer: i64,
    on: String,
    category: usize,
    amount: i64,
    cost: i64,
}

/// A shop whose log is known: sales of one line each over fourteen months, contacts, and people who never bought.
struct Log {
    shop: Shop,
    customers: Vec<i64>,
    bought: Vec<Bought>,
    /// Inbound or answered contacts of the year.
    contacts: BTreeMap<i64, i64>,
}

fn log(seed: u64, with_costs: bool) -> Log {
    let (shop, mut dice) = (Shop::open(), Dice(seed));
    let products: Vec<i64> = CATEGORIES
        .iter()
        .zip(1_i64..)
        .map(|(category, n)| {
            let cost = if with_costs { json!(n * 100) } else { Value::Null };
            let facts = json!({ "name": category, "category": category, "cost_minor": cost });
            shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
        })
        .collect();
    let customers: Vec<i64> = (0..45).map(|n| shop.customer(&format!("客{n}"))).collect();
    let (mut bought, mut contacts) = (vec![], BTreeMap::new());
    for (n, customer) in customers.iter().enumerate().skip(3) {
        let visits = 1 + dice.roll(if n % 4 == 0 { 16 } else { 5 });
        for _ in 0..visits {
            let on = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + chrono::Days::new(dice.roll(420));
            let (category, quantity) = (dice.roll(3) as usize, 1 + dice.roll(3) as i64);
            let price = 100 * (1 + dice.roll(60) as i64);
            let lines = json!([{ "product_id": products[category], "quantity": quantity.to_string(), "unit_price_minor": price }]);
            shop.call("sale_create", json!({ "customer_id": customer, "lines": lines, "sold_on": on }));
            let cost = if with_costs { (category as i64 + 1) * 100 * quantity } else { 0 };
            bought.push(Bought { customer: *customer, on: on.to_string(), category, amount: price * quantity, cost });
        }
        for _ in 0..dice.roll(4) {
            let is_answered = dice.roll(2) == 0;
            let said = json!({ "customer_id": customer, "kind": "phone", "direction": "out", "text": "问候",
                               "is_answered": is_answered });
            shop.call("interaction_add", said);
            *contacts.entry(*customer).or_insert(0) += i64::from(is_answered);
        }
    }
    Log { shop, customers, bought, contacts }
}

impl Log {
    fn of_year(&self, customer: i64) -> impl Iterator<Item = &Bought> {
        self.bought.iter().filter(move |one| one.customer == customer && one.on.as_str() > YEAR_BEGINS_AFTER)
    }

    fn orders(&self, customer: i64) -> i64 {
        self.of_year(customer).count() as i64
    }

    fn net(&self, customer: i64) -> i64 {
        self.of_year(customer).map(|one| one.amount).sum()
    }

    fn ticket(&self, customer: i64) -> i64 {
        let orders = self.orders(customer);
        // Half up.
        (2 * self.net(customer) + orders) / (2 * orders)
    }

    fn variety(&self, customer: i64) -> i64 {
        self.of_year(customer).map(|one| one.category).collect::<BTreeSet<_>>().len() as i64
    }

    fn buyers(&self) -> Vec<i64> {
        self.customers.iter().copied().filter(|id| self.orders(*id) > 0).collect()
    }

    fn ever_bought(&self, customer: i64) -> bool {
        self.bought.iter().any(|one| one.customer == customer)
    }

    /// Step 1 to `parts` of a buyer by quantiles over all buyers.
    fn step(&self, customer: i64, parts: i64, value: impl Fn(i64) -> i64) -> i64 {
        let mut values: Vec<i64> = self.buyers().into_iter().map(&value).collect();
        values.sort_unstable();
        let below = |cut: &i64| {
            let place = (values.len() as i64 - 1) * cut;
            let (low, rest) = ((place / parts) as usize, place % parts);
            let high = (low + 1).min(values.len() - 1);
            values[low] * (parts - rest) + values[high] * rest < value(customer) * parts
        };
        1 + (1..parts).filter(below).count() as i64
    }

    /// 0 to 100: the mean of two measures by fifths, rounded half up.
    fn points(&self, customer: i64, one: impl Fn(i64) -> i64, other: impl Fn(i64) -> i64) -> i64 {
        if self.orders(customer) == 0 {
            return 0;
        }
        let points = |step: i64| (step - 1) * 25;
        (points(self.step(customer, 5, one)) + points(self.step(customer, 5, other)) + 1) / 2
    }

    fn potential(&self, customer: i64) -> i64 {
        self.points(customer, |id| self.variety(id), |id| self.contacts.get(&id).copied().unwrap_or(0))
    }

    /// The class of everybody as the program says it.
    fn said(&self, scheme: &str) -> BTreeMap<i64, String> {
        let view = self.shop.call("scheme_get", json!({ "key": scheme }));
        let mut said = BTreeMap::new();
        for class in view["classes"].as_array().expect("classes") {
            let key = class["tag"]["key"].as_str().expect("a key");
            let who = json!({ "kind": "class", "scheme": scheme, "class": key });
            let page = self.shop.call("segment_people", json!({ "who": who, "limit": 200 }));
            for row in page["rows"].as_array().expect("rows") {
                let before = said.insert(row["customer"]["id"].as_i64().expect("an id"), key.to_owned());
                assert_eq!(before, None, "nobody is in two classes");
            }
        }
        said
    }

    fn expected(&self, class: impl Fn(i64) -> String) -> BTreeMap<i64, String> {
        self.customers.iter().map(|id| (*id, class(*id))).collect()
    }
}

#[test]
fn product_preference_is_the_category_with_half_of_the_money() {
    let log = log(11, false);
    let expected = log.expected(|id| {
        if !log.ever_bought(id) {
            return "not_purchased".to_owned();
        }
        let of = |category: usize| log.of_year(id).filter(|one| one.category == category).map(|one| one.amount).sum();
        let sums: Vec<i64> = (0..3).map(of).collect();
        let best = (0..3).max_by_key(|place| (sums[*place], std::cmp::Reverse(CATEGORIES[*place]))).expect("three");
        let (most, all) = (sums[best], sums.iter().sum::<i64>());
        // The share is rounded half up to a hundredth of a per cent.
        let share = if all == 0 { 0 } else { (2 * most * 10_000 + all) / (2 * all) };
        if share >= 5_000 { format!("prefers_{}", CATEGORIES[best]) } else { "mixed".to_owned() }
    });
    assert_eq!(log.said("product_preference"), expected);
    assert!(expected.values().collect::<BTreeSet<_>>().len() >= 4, "the log has all kinds");
}

#[test]
fn contribution_and_potential_are_means_of_fifths() {
    let log = log(12, false);
    let expected = log.expected(|id| {
        let contribution = log.points(id, |id| log.net(id), |id| log.orders(id));
        let class = match (contribution >= 50, log.potential(id) >= 50) {
            _ if !log.ever_bought(id) => "not_purchased",
            (true, true) => "star",
            (true, false) => "mature",
            (false, true) => "latent",
            (false, false) => "basic",
        };
        class.to_owned()
    });
    assert_eq!(log.said("contribution_potential"), expected);
    assert_eq!(expected.values().collect::<BTreeSet<_>>().len(), 5, "the log has all kinds");
    let latent = log.shop.call("segment_people", json!({ "who": { "kind": "latent" } }))["total"].clone();
    assert_eq!(latent, expected.values().filter(|class| *class == "latent").count());
}

#[test]
fn small_orders_are_told_apart_by_orders_ticket_and_potential() {
    let log = log(13, false);
    let judged: Vec<i64> = log.customers.iter().copied().skip(5).step_by(9).collect();
    for customer in &judged {
        log.shop.call("customer_judge", json!({ "customer_id": customer, "judgement": 1, "reason": "有眼光" }));
    }
    let mut tickets: Vec<i64> = log.buyers().into_iter().map(|id| log.ticket(id)).collect();
    tickets.sort_unstable();
    // Twice the median, so that it stays whole.
    let median = tickets[(tickets.len() - 1) / 2] + tickets[tickets.len() / 2];
    let expected = log.expected(|id| {
        let buys = log.orders(id) > 0;
        let class = if !log.ever_bought(id) {
            "not_purchased"
        } else if log.orders(id) >= 12 && 2 * log.ticket(id) < median {
            "key_maintenance"
        } else if buys && log.orders(id) < 12 && log.step(id, 3, |id| log.ticket(id)) == 3 {
            "key_development"
        } else if log.potential(id) >= 60 || judged.contains(&id) {
            "potential"
        } else {
            "general"
        };
        class.to_owned()
    });
    assert_eq!(log.said("small_orders"), expected);
}

#[test]
fn a_scheme_of_the_shops_own_joins_fields_contacts_and_feedback() {
    let log = log(14, false);
    let field = |name: &str, kind: &str, options: Value| {
        let fields = log.shop.call("custom_field_save", json!({ "name": name, "kind": kind, "options": options }));
        let of_name = |field: &&Value| field["name"] == name;
        fields["fields"].as_array().expect("fields").iter().find(of_name).expect("it")["id"].as_i64().expect("an id")
    };
    let (size, taste) = (field("面积", "number", json!([])), field("户型", "choice", json!(["三室", "两室"])));
    let large: Vec<i64> = log.customers.iter().copied().step_by(4).collect();
    for (n, customer) in log.customers.iter().enumerate() {
        let area = if large.contains(customer) { "120.5" } else { "60" };
        let values = json!([{ "field_id": size, "values": [area] },
                            { "field_id": taste, "values": [if n % 3 == 0 { "三室" } else { "两室" }] }]);
        log.shop.call("customer_fields", json!({ "id": customer, "values": values }));
    }
    let mut scheme = log.shop.call("scheme_get", json!({ "key": "custom" }))["definition"].clone();
    let measure = |measure: Value, value: i64| {
        json!({ "kind": "measure", "measure": { "measure": measure, "window": { "kind": "months", "n": 12 } },
                "is": { "op": "at_least", "value": value } })
    };
    scheme["classes"][0]["when"] = json!({ "kind": "any", "of": [
        { "kind": "all", "of": [
            measure(json!({ "field": format!("custom:{size}") }), 120_500),
            { "kind": "field", "field": { "profile": format!("custom:{taste}") }, "one_of": ["三室"] } ] },
        measure(json!("interactions"), 2) ] });
    let saved = log.shop.call("scheme_save", json!({ "definition": scheme }));
    let expected = log.expected(|id| {
        let place = log.customers.iter().position(|known| *known == id).expect("a customer");
        let is_full = (large.contains(&id) && place % 3 == 0) || log.contacts.get(&id).copied().unwrap_or(0) >= 2;
        let class = match (log.ever_bought(id), is_full) {
            (false, _) => "inquiry",
            (true, true) => "full_service",
            (true, false) => "single_service",
        };
        class.to_owned()
    });
    assert_eq!(log.said("custom"), expected);
    let rule = saved["classes"][0]["rule"].as_str().expect("a sentence");
    assert_eq!(rule, "(面积 ≥ 120.5, 且户型 = 三室) 或 近 12 个月 互动次数 ≥ 2", "in the shop's own words");
}

/// Shares of the first customers by money, and the sentence of the first fifth.
fn shares(log: &Log, money: impl Fn(&Bought) -> i64) -> (Vec<i64>, Vec<i64>) {
    let mut ranked: Vec<(i64, i64)> =
        log.buyers().into_iter().map(|id| (log.of_year(id).map(&money).sum::<i64>(), id)).collect();
    ranked.sort_by_key(|(sum, id)| (std::cmp::Reverse(*sum), *id));
    let all: i64 = ranked.iter().map(|(sum, _)| sum.max(&0)).sum();
    let share = |count: usize| {
        let first: i64 = ranked.iter().take(count).map(|(sum, _)| sum.max(&0)).sum();
        (2 * first * 10_000 + all) / (2 * all)
    };
    let fifth = ranked.len().div_ceil(5);
    let least = ranked[fifth - 1].0;
    let top = ranked.iter().take_while(|(sum, _)| *sum >= least).map(|(_, id)| *id).collect();
    (vec![share(1), share(5), share(10), share(fifth)], top)
}

#[test]
fn the_curve_ranks_by_profit_where_costs_are_known_and_by_spend_where_not() {
    for with_costs in [true, false] {
        let log = log(15, with_costs);
        let (expected, mut top) = shares(&log, |one| one.amount - one.cost);
        let view = log.shop.call("segment_insights", json!({}));
        assert_eq!(view["is_profit"], with_costs);
        let said: Vec<&Value> =
            view["concentration"].as_array().expect("a list").iter().map(|few| &few["share_bp"]).collect();
        assert_eq!(said, expected[..3].iter().map(|share| json!(share)).collect::<Vec<_>>().iter().collect::<Vec<_>>());
        let percent = format!("{}.{:02}", expected[3] / 100, expected[3] % 100);
        let percent = percent.trim_end_matches('0').trim_end_matches('.');
        let sentence = view["sentence"].as_str().expect("a sentence");
        assert!(sentence.contains(&format!("{percent}%")), "{sentence} says {percent}");
        assert_eq!(sentence.contains("毛利"), with_costs, "{sentence}");
        let page = log.shop.call("segment_people", json!({ "who": { "kind": "top" }, "limit": 200 }));
        let rows = page["rows"].as_array().expect("rows");
        let mut ids: Vec<i64> = rows.iter().filter_map(|row| row["customer"]["id"].as_i64()).collect();
        ids.sort_unstable();
        top.sort_unstable();
        assert_eq!(ids, top);
    }
}
