//! The numbers of everybody are kept in memory and in the book and brought up to date by what changed; they have to be
//! those that counting from scratch gives, whatever happened in between.

use crate::support::Shop;
use serde_json::{Value, json};
use shukebu_backend::segmentation::run_if_due;

/// Small numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 up to one less than the sides.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len() as u64) as usize]
    }
}

/// Everybody's class by every scheme with the money, whom conditions of every kind hold for, and the classes as history
/// has them: what is kept shows here.
fn everything(shop: &Shop) -> Vec<Value> {
    let schemes = shop.call("scheme_list", json!({}))["schemes"].clone();
    let keys = schemes.as_array().expect("schemes").iter().map(|scheme| scheme["key"].clone());
    let mut seen: Vec<Value> =
        keys.map(|key| shop.call("scheme_get", json!({ "key": key }))["classes"].clone()).collect();
    let field = |key: &str, word: &str| json!({ "kind": "field", "field": { "profile": key }, "one_of": [word] });
    let measure = |measure: Value, days: i64, value: i64| {
        json!({ "kind": "measure", "measure": { "measure": measure, "window": { "kind": "days", "n": days } },
                "is": { "op": "at_least", "value": value } })
    };
    let life = |measure: Value, value: i64| json!({ "kind": "measure", "measure": { "measure": measure }, "is": { "op": "at_most", "value": value } });
    let conditions = [
        field("tags", "团购"),
        field("source", "路过"),
        field("tier", "1"),
        field("open_complaint", "yes"),
        field("custom:1", "甜"),
        measure(json!("discounted_share_bp"), 100, 1),
        measure(json!("refunds"), 30, 1),
        measure(json!("interactions"), 60, 1),
        measure(json!("deep_talks"), 400, 1),
        measure(json!("active_months_bp"), 100, 5_000),
        life(json!("referrals"), 0),
        measure(json!("complaints"), 90, 1),
        measure(json!("profit_minor"), 365, 3_000),
        life(json!("days_since_contact"), 20),
        life(json!("judgement"), 1),
        life(json!({ "field": "custom:2" }), 12_500),
        life(json!({ "days_since": "custom:3" }), 40),
        life(json!({ "days_until": "custom:3" }), 40),
    ];
    for condition in conditions {
        let who = json!({ "kind": "condition", "condition": condition });
        let page = shop.call("segment_people", json!({ "who": who, "limit": 200 }));
        let ids = page["rows"].as_array().expect("rows").iter().map(|row| &row["customer"]["id"]);
        seen.push(json!([page["total"], page["net_minor"], ids.collect::<Vec<_>>()]));
    }
    seen.push(shop.call("segment_get", json!({}))["classes"].clone());
    seen.push(shop.call("segment_insights", json!({})));
    seen
}

/// Two products, three fields, and whatever acts are done to eight customers and those who come.
struct Life {
    shop: Shop,
    dice: Dice,
    day: chrono::NaiveDate,
    customers: Vec<i64>,
    sales: Vec<i64>,
    merges: Vec<(i64, i64)>,
    products: Vec<i64>,
}

impl Life {
    fn begin(seed: u64) -> Self {
        let shop = Shop::at("2025-01-10T10:00:00+08:00");
        let field = |name: &str, kind: &str, options: Value| {
            shop.call("custom_field_save", json!({ "name": name, "kind": kind, "options": options }));
        };
        field("口味", "choice", json!(["甜", "咸"]));
        field("面积", "number", json!([]));
        field("合同到期", "date", json!([]));
        let product = |name: &str, category: &str| {
            let facts = json!({ "name": name, "category": category });
            shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
        };
        let products = vec![product("面包", "烘焙"), product("咖啡", "饮品")];
        let customers = (0..8).map(|number| shop.customer(&format!("客人{number}"))).collect();
        let day = chrono::NaiveDate::from_ymd_opt(2025, 1, 10).expect("a day");
        let (sales, merges) = (vec![], vec![]);
        Self { shop, dice: Dice(seed), day, customers, sales, merges, products }
    }

    fn act(&mut self, step: usize) {
        let customer = self.dice.of(&self.customers);
        let shop = &self.shop;
        match self.dice.roll(19) {
            0 => self.customers.push(shop.customer(&format!("新客{step}"))),
            1 => {
                let tags = if self.dice.roll(2) == 0 { json!(["团购"]) } else { json!([]) };
                shop.call("customer_change", json!({ "id": customer, "tags": tags, "source": "路过" }));
            }
            2 => {
                shop.call("complaint_open", json!({ "customer_id": customer, "description": "慢" }));
            }
            3 if !self.sales.is_empty() => {
                let sale = self.sales.swap_remove(self.dice.roll(self.sales.len() as u64) as usize);
                shop.call("sale_void", json!({ "sale_id": sale, "reason": "错" }));
            }
            4 | 5 => {
                // Days go by: one, a month, most of a year.
                self.day = self.day + chrono::Days::new(self.dice.of(&[1, 31, 200]));
                // A merge can be taken back for ninety days only.
                self.merges.clear();
                shop.set_clock(&format!("{}T10:00:00+08:00", self.day));
            }
            6 => {
                let judgement = json!({ "customer_id": customer, "judgement": 1, "reason": "爱介绍朋友" });
                shop.call("customer_judge", judgement);
            }
            7 => {
                let direction = self.dice.of(&["in", "out"]);
                let (is_answered, is_deep) = (self.dice.roll(2) == 0, self.dice.roll(3) == 0);
                let said = json!({ "customer_id": customer, "kind": "phone", "direction": direction, "text": "聊聊",
                                   "is_answered": is_answered, "is_deep": is_deep });
                shop.call("interaction_add", said);
            }
            8 => {
                let taste = self.dice.of(&[None, Some("甜"), Some("咸")]);
                let size = self.dice.of(&[None, Some("12.5"), Some("90")]);
                let value = |id: i64, text: Option<&str>| json!({ "field_id": id, "values": Vec::from_iter(text) });
                let ends = self.dice.of(&[None, Some(-20), Some(0), Some(35), Some(300)]);
                let ends = ends.map(|days| (self.day + chrono::Duration::days(days)).to_string());
                let values = [value(1, taste), value(2, size), value(3, ends.as_deref())];
                shop.call("customer_fields", json!({ "id": customer, "values": values }));
            }
            9 => {
                let (id, cost) = (self.dice.of(&self.products), self.dice.roll(900));
                let category = self.dice.of(&["烘焙", "饮品", "礼盒"]);
                let facts = json!({ "name": format!("货{id}"), "category": category, "cost_minor": cost });
                shop.call("product_change", json!({ "id": id, "facts": facts, "is_active": true }));
            }
            10 if self.customers.len() > 4 => {
                let gone = self.customers.swap_remove(self.dice.roll(self.customers.len() as u64) as usize);
                let stays = self.dice.of(&self.customers);
                let merge = shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": gone }));
                self.merges.push((merge["id"].as_i64().expect("an id"), gone));
            }
            11 if !self.merges.is_empty() => {
                // Only the newest merge of a person can be taken back, so the newest of all.
                let (merge, back) = self.merges.pop().expect("a merge");
                shop.call("customer_merge_undo", json!({ "id": merge }));
                self.customers.push(back);
            }
            12 => {
                run_if_due(&shop.app).expect("looks");
            }
            13 => {
                let scheme = self.dice.of(&["simple_rfm", "pareto_20_60_20", "custom"]);
                shop.call("segment_run", json!({ "scheme": scheme }));
            }
            _ => {
                let back = self.day - chrono::Days::new(self.dice.roll(40));
                let lines = json!([{ "product_id": self.dice.of(&self.products), "quantity": "2",
                                     "unit_price_minor": 100 + self.dice.roll(4_000) }]);
                let sale = json!({ "customer_id": customer, "lines": lines, "sold_on": back,
                                   "discount_minor": self.dice.of(&[0, 10]), "discount_reason": "熟客" });
                let sale = shop.call("sale_create", sale);
                self.sales.extend(sale["sale"]["row"]["id"].as_i64());
            }
        }
    }
}

#[test]
fn numbers_kept_in_memory_and_in_the_book_are_those_counted_from_scratch() {
    for (seed, steps) in [(7, 60), (2_026, 45)] {
        let mut life = Life::begin(seed);
        for step in 0..steps {
            life.act(step);
            if step % 5 != 4 {
                continue;
            }
            let kept = everything(&life.shop);
            if step % 15 == 14 {
                life.shop.restart();
                assert_eq!(everything(&life.shop), kept, "from the book, seed {seed}, step {step} on {}", life.day);
                life.shop.app.forget_numbers_for_tests().expect("forgets");
                life.shop.restart();
                assert_eq!(everything(&life.shop), kept, "from scratch, seed {seed}, step {step} on {}", life.day);
                run_if_due(&life.shop.app).expect("looks");
                life.shop.call("segment_run", json!({}));
            }
        }
    }
}

#[test]
fn what_a_refused_act_did_is_not_kept_in_memory() {
    let mut life = Life::begin(3);
    (0..40).for_each(|step| life.act(step));
    let before = everything(&life.shop);
    // Runs over everybody inside a transaction that is then taken back.
    life.shop.refused("scheme_make_primary", json!({ "key": "nothing" }));
    let pin = json!({ "customer_id": life.customers[0], "class": "nothing", "reason": "x", "until": "2027-04-01" });
    life.shop.refused("segment_pin", pin);
    assert_eq!(everything(&life.shop), before);
    life.shop.restart();
    assert_eq!(everything(&life.shop), before);
}
