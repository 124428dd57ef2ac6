//! Schemes that the shop edits, what a change would do, who stands behind a shape, and what a class means for the day.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use shukebu_backend::segmentation::run_if_due;

/// Small numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn sale_on(shop: &Shop, customer: i64, amount_minor: i64, day: &str) -> i64 {
    let input = json!({ "customer_id": customer, "amount_minor": amount_minor, "sold_on": day });
    shop.call("sale_create", input)["sale"]["row"]["id"].as_i64().expect("an id")
}

/// Ten customers, each with more and larger sales than the one before, and one who never bought.
fn shop_of_eleven() -> (Shop, Vec<i64>) {
    let shop = Shop::open();
    let customers: Vec<i64> = (0..11).map(|number| shop.customer(&format!("客人{number}"))).collect();
    for (number, customer) in (0_i64..10).zip(&customers) {
        for visit in 0..=number {
            sale_on(&shop, *customer, 1_000 * (number + 1), &format!("2026-02-{:02}", visit + 1));
        }
    }
    (shop, customers)
}

fn definition(shop: &Shop, key: &str) -> Value {
    shop.call("scheme_get", json!({ "key": key }))["definition"].clone()
}

/// People by class, the sum last.
fn people(view: &Value) -> Vec<(String, i64)> {
    let classes = view["classes"].as_array().expect("classes");
    let pair = |class: &Value| {
        (class["tag"]["key"].as_str().expect("a key").to_owned(), class["people"].as_i64().expect("a number"))
    };
    classes.iter().map(pair).collect()
}

/// Everybody's class by every scheme, with the money: what is kept in memory shows here.
fn everything(shop: &Shop) -> Vec<Value> {
    let schemes = shop.call("scheme_list", json!({}))["schemes"].clone();
    let keys = schemes.as_array().expect("schemes").iter().map(|scheme| scheme["key"].clone());
    let mut seen: Vec<Value> =
        keys.map(|key| shop.call("scheme_get", json!({ "key": key }))["classes"].clone()).collect();
    let condition = json!({ "kind": "any", "of": [
        { "kind": "field", "field": { "profile": "tags" }, "one_of": ["团购"] },
        { "kind": "measure", "measure": { "measure": "discounted_share_bp" }, "is": { "op": "at_least", "value": 1 } },
        { "kind": "measure", "measure": { "measure": "refunds", "window": { "kind": "days", "n": 30 } },
          "is": { "op": "at_least", "value": 1 } } ] });
    let listed = shop.call("segment_people", json!({ "who": { "kind": "condition", "condition": condition } }));
    seen.push(json!([listed["total"], listed["net_minor"]]));
    seen
}

#[test]
fn numbers_kept_in_memory_are_those_counted_from_scratch() {
    let mut shop = Shop::at("2025-01-10T10:00:00+08:00");
    let mut dice = Dice(7);
    let mut customers: Vec<i64> = (0..8).map(|number| shop.customer(&format!("客人{number}"))).collect();
    let mut sales: Vec<i64> = vec![];
    let mut day = chrono::NaiveDate::from_ymd_opt(2025, 1, 10).expect("a day");
    for step in 0..120 {
        let customer = customers[dice.roll(customers.len() as u64) as usize];
        match dice.roll(12) {
            0 => customers.push(shop.customer(&format!("新客{step}"))),
            1 => {
                let tags = if dice.roll(2) == 0 { json!(["团购"]) } else { json!([]) };
                shop.call("customer_change", json!({ "id": customer, "tags": tags }));
            }
            2 => {
                shop.call("complaint_open", json!({ "customer_id": customer, "description": "慢" }));
            }
            3 if !sales.is_empty() => {
                let sale = sales.swap_remove(dice.roll(sales.len() as u64) as usize);
                shop.call("sale_void", json!({ "sale_id": sale, "reason": "错" }));
            }
            4 | 5 => {
                // Days go by: one, a month, most of a year.
                day = day + chrono::Days::new([1, 31, 200][dice.roll(3) as usize]);
                shop.set_clock(&format!("{day}T10:00:00+08:00"));
            }
            6 => {
                let judgement = json!({ "customer_id": customer, "judgement": 1, "reason": "爱介绍朋友" });
                shop.call("customer_judge", judgement);
            }
            _ => {
                let back = day - chrono::Days::new(dice.roll(40));
                sales.push(sale_on(&shop, customer, 100 + dice.roll(9_000) as i64, &back.to_string()));
            }
        }
        let kept = everything(&shop);
        if step % 6 == 5 {
            shop.restart();
            assert_eq!(everything(&shop), kept, "step {step} on {day}");
        }
    }
}

#[test]
fn what_a_refused_act_did_is_not_kept_in_memory() {
    let (mut shop, customers) = shop_of_eleven();
    let before = everything(&shop);
    // Runs over everybody inside a transaction that is then taken back.
    shop.refused("scheme_make_primary", json!({ "key": "nothing" }));
    shop.refused(
        "segment_pin",
        json!({ "customer_id": customers[0], "class": "nothing", "reason": "x", "until": "2026-04-01" }),
    );
    assert_eq!(everything(&shop), before);
    shop.restart();
    assert_eq!(everything(&shop), before);
}

#[test]
fn everybody_is_in_exactly_one_class_of_every_scheme() {
    let (shop, _) = shop_of_eleven();
    for scheme in shop.call("scheme_list", json!({}))["schemes"].as_array().expect("schemes") {
        let view = shop.call("scheme_get", json!({ "key": scheme["key"] }));
        let counts = people(&view);
        assert_eq!(counts.iter().map(|(_, people)| people).sum::<i64>(), 11, "{}", scheme["key"]);
        for (class, expected) in counts {
            let who = json!({ "kind": "class", "scheme": scheme["key"], "class": class });
            assert_eq!(shop.call("segment_people", json!({ "who": who }))["total"], expected, "{class}");
        }
    }
}

#[test]
fn a_preview_says_who_would_move_and_writes_nothing() {
    let (shop, _) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let mut scheme = definition(&shop, "simple_rfm");
    let before = people(&shop.call("scheme_get", json!({ "key": "simple_rfm" })));
    scheme["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": [25] });
    let preview = shop.call("segment_preview", json!({ "definition": scheme }));
    let then = people(&preview);
    let win_back = |people: &[(String, i64)]| people.iter().find(|(key, _)| key == "win_back").expect("a class").1;
    assert_eq!(win_back(&before), 0);
    // Last visits are on 1 to 10 February, 29 to 20 days before 2 March: four are over 25 days ago.
    assert_eq!(win_back(&then), 4);
    assert_eq!(preview["moved"], 4);
    let moves = preview["moves"].as_array().expect("moves");
    assert_eq!(moves.iter().filter_map(|flow| flow["people"].as_i64()).sum::<i64>(), 4);
    assert!(moves.iter().all(|flow| flow["to"]["key"] == "win_back"));
    let bars = preview["bands"][0]["bars"].as_array().expect("bars");
    assert_eq!(bars.iter().filter_map(|bar| bar["people"].as_i64()).sum::<i64>(), 10, "everybody who bought");
    assert_eq!(preview["bands"][0]["cuts"][0]["at"], 25);
    assert_eq!(people(&shop.call("scheme_get", json!({ "key": "simple_rfm" }))), before);
}

#[test]
fn what_the_preview_said_is_what_saving_does() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let mut scheme = definition(&shop, "simple_rfm");
    scheme["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": [25] });
    let promised = people(&shop.call("segment_preview", json!({ "definition": scheme })));
    let saved = shop.call("scheme_save", json!({ "definition": scheme }));
    assert_eq!(people(&saved), promised);
    assert_eq!((&saved["row"]["version"], &saved["versions"][0]["version"]), (&json!(2), &json!(2)));
    assert_eq!(shop.profile(customers[0])["segment"]["tag"]["key"], "win_back", "lists follow at once");
    let moves = shop.call("segment_charts", json!({ "key": "simple_rfm" }))["moves"].clone();
    assert_eq!(moves.as_array().expect("moves").iter().filter_map(|flow| flow["people"].as_i64()).sum::<i64>(), 4);
}

#[test]
fn a_scheme_that_cannot_be_meant_is_refused_at_its_fields() {
    let (shop, _) = shop_of_eleven();
    let mut scheme = definition(&shop, "simple_rfm");
    scheme["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": [90, 30] });
    scheme["classes"][1]["face"]["names"] = json!({ "zh-Hans": " ", "zh-Hant": "", "en": "" });
    scheme["classes"][2]["when"] = json!({ "kind": "all", "of": [] });
    for command in ["segment_preview", "scheme_save"] {
        let refusal = shop.refused(command, json!({ "definition": scheme }));
        assert_eq!(fields(&refusal), ["bands.0.cut", "classes.1.names", "classes.2.when"], "{command}");
        assert!(refusal["fields"].as_array().expect("fields").iter().all(|field| field["message"] != ""));
    }
}

#[test]
fn a_shop_has_a_scheme_of_its_own_beside_the_primary_one() {
    let (shop, customers) = shop_of_eleven();
    let before = shop.profile(customers[3])["segment"]["tag"]["key"].clone();
    let mut scheme = definition(&shop, "custom");
    scheme["names"] = json!({ "zh-Hans": "我的分法", "zh-Hant": "", "en": "" });
    let saved = shop.call("scheme_save", json!({ "definition": scheme, "is_new": true }));
    let key = saved["row"]["key"].as_str().expect("a key").to_owned();
    assert_eq!(
        (saved["row"]["is_primary"].clone(), saved["row"]["is_ready_made"].clone()),
        (json!(false), json!(false))
    );
    shop.call("customer_change", json!({ "id": customers[3], "tags": ["品牌全案"] }));
    let view = shop.call("scheme_get", json!({ "key": key }));
    let expected = [("full_service", 1), ("single_service", 9), ("inquiry", 1)].map(|(key, n)| (key.to_owned(), n));
    assert_eq!(people(&view), expected);
    let moves = shop.call("segment_run", json!({ "scheme": key }))["moves"].clone();
    assert_eq!(moves.as_array().expect("moves").len(), 3);
    assert_eq!(shop.call("segment_run", json!({ "scheme": key }))["moves"], json!([]), "again nobody moves");
    assert_eq!(shop.profile(customers[3])["segment"]["tag"]["key"], before, "the day still goes by the primary one");
    let others = shop.call("segment_card", json!({ "id": customers[3] }))["others"].clone();
    assert!(others.as_array().expect("others").iter().any(|one| one["tag"]["key"] == "full_service"));
    shop.call("scheme_delete", json!({ "key": key }));
    assert_eq!(shop.refused("scheme_get", json!({ "key": key }))["code"], "not_found");
}

#[test]
fn another_scheme_becomes_the_one_that_drives_the_day() {
    let (shop, customers) = shop_of_eleven();
    shop.call("scheme_make_primary", json!({ "key": "value_grid" }));
    assert_eq!(shop.profile(customers[9])["segment"]["tag"]["key"], "high_value");
    shop.sale(customers[10], 5_000);
    assert_ne!(shop.profile(customers[10])["segment"]["tag"]["key"], "not_purchased", "sales follow it");
    assert_eq!(shop.refused("scheme_delete", json!({ "key": "value_grid" }))["code"], "not_allowed_now");
    shop.call("scheme_make_primary", json!({ "key": "simple_rfm" }));
    assert_eq!(shop.call("segment_get", json!({}))["scheme"], "simple_rfm");
    let listed: i64 = people(&shop.call("segment_get", json!({}))).iter().map(|(_, people)| people).sum();
    assert_eq!(listed, 11);
}

#[test]
fn a_class_by_hand_holds_until_its_last_day_and_says_whose_decision_it_was() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let customer = customers[0];
    let computed = shop.profile(customer)["segment"]["tag"]["key"].clone();
    let pin = json!({ "customer_id": customer, "class": "core_value", "reason": "老板的朋友", "until": "2026-03-20" });
    let card = shop.call("segment_pin", pin);
    assert_eq!(card["primary"]["tag"]["key"], "core_value");
    assert_eq!(card["primary"]["manual"]["reason"], "老板的朋友");
    assert!(card["history"][0]["text"].as_str().expect("a line").contains("手动"));
    shop.sale(customer, 100);
    shop.call("segment_run", json!({}));
    assert_eq!(shop.profile(customer)["segment"]["tag"]["key"], "core_value", "neither a sale nor a run undoes it");
    let view = shop.call("scheme_get", json!({ "key": "simple_rfm" }));
    assert_eq!(view["classes"][0]["by_hand"], 1);
    shop.set_clock("2026-03-20T10:00:00+08:00");
    run_if_due(&shop.app).expect("looks");
    assert_eq!(shop.profile(customer)["segment"]["tag"]["key"], "core_value", "its last day still counts");
    shop.set_clock("2026-03-21T10:00:00+08:00");
    run_if_due(&shop.app).expect("looks");
    let after = shop.profile(customer)["segment"].clone();
    assert_ne!(after["tag"]["key"], "core_value");
    assert_eq!(after["manual"], Value::Null);
    assert_eq!(after["tag"]["key"], computed);
}

#[test]
fn a_class_by_hand_needs_a_reason_and_a_day_to_come() {
    let (shop, customers) = shop_of_eleven();
    let pin = json!({ "customer_id": customers[0], "class": "nothing", "reason": " ", "until": "2026-03-01" });
    assert_eq!(fields(&shop.refused("segment_pin", pin)), ["class_key", "reason", "until"]);
    assert_eq!(shop.refused("segment_unpin", json!({ "customer_id": customers[0] }))["code"], "not_found");
}

#[test]
fn a_judgement_stands_beside_the_score_until_it_is_given_a_weight() {
    let (shop, customers) = shop_of_eleven();
    let before = shop.call("segment_card", json!({ "id": customers[5] }))["scores"].clone();
    let input = json!({ "customer_id": customers[5], "judgement": 2, "reason": "常介绍朋友来" });
    let card = shop.call("customer_judge", input);
    assert_eq!(card["judgements"][0]["judgement"], 2);
    let points = |scores: &Value| [scores[0]["points"].clone(), scores[1]["points"].clone()];
    assert_eq!(points(&card["scores"]), points(&before));
    let mut scheme = definition(&shop, "contribution_potential");
    scheme["scores"][1]["parts"][2]["weight"] = json!(100);
    shop.call("scheme_save", json!({ "definition": scheme }));
    let weighted = shop.call("segment_card", json!({ "id": customers[5] }))["scores"].clone();
    assert!(weighted[1]["points"].as_i64() > before[1]["points"].as_i64(), "{weighted}");
    assert_eq!(
        fields(&shop.refused("customer_judge", json!({ "customer_id": customers[5], "judgement": 3, "reason": "x" }))),
        ["judgement"]
    );
}

#[test]
fn a_list_fills_itself_with_people_who_never_bought_too() {
    let (shop, customers) = shop_of_eleven();
    let never = json!({ "kind": "measure", "measure": { "measure": "recency_days" }, "is": { "op": "missing" } });
    let lists = shop.call("segment_list_save", json!({ "name": "还没买过", "condition": never }));
    assert_eq!(lists["lists"][0]["people"], 1);
    let id = lists["lists"][0]["id"].clone();
    let who = json!({ "kind": "list", "id": id });
    let page = shop.call("segment_people", json!({ "who": who }));
    assert_eq!(page["rows"][0]["customer"]["id"], customers[10]);
    shop.sale(customers[10], 100);
    assert_eq!(shop.call("segment_people", json!({ "who": who }))["total"], 0, "it follows");
    assert_eq!(fields(&shop.refused("segment_list_save", json!({ "name": " ", "condition": never }))), ["name"]);
    shop.call("segment_list_delete", json!({ "id": id }));
    assert_eq!(shop.call("segment_lists", json!({}))["lists"], json!([]));
}

#[test]
fn everybody_of_a_shape_gets_a_tag_and_goes_into_a_file() {
    let (shop, _) = shop_of_eleven();
    let who = json!({ "kind": "top" });
    assert_eq!(shop.call("segment_tag", json!({ "who": who, "tag": "大客户" }))["people"], 2);
    assert_eq!(shop.call("segment_tag", json!({ "who": who, "tag": "大客户" }))["people"], 0, "nobody gets it twice");
    assert_eq!(shop.call("customer_list", json!({ "tag": "大客户" }))["total"], 2);
    assert_eq!(shop.call("customer_search", json!({ "text": "大客户" }))["total"], 2, "the search knows");
    let file = shop.folder().join("top.csv");
    let input = json!({ "who": who, "file": file.to_str().expect("a path") });
    assert_eq!(shop.call("segment_export", input)["people"], 2);
    let text = std::fs::read_to_string(file).expect("a file");
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains("客人9") && text.contains("近 12 个月"), "{text}");
}

#[test]
fn a_week_that_does_not_fit_says_what_to_change() {
    let (shop, _) = shop_of_eleven();
    let policy = json!({ "class_key": "core_value", "interval_days": 1, "care": "fine", "minutes_per_contact": 60 });
    let input = json!({ "scheme": "simple_rfm", "policy": policy, "strategy": "专人联系" });
    let view = shop.call("service_save", input);
    // Open from nine to nine with an hour's break, a tenth of it for contacts.
    assert_eq!((&view["open_minutes"], &view["available_minutes"]), (&json!(4_620), &json!(462)));
    let core = &view["classes"][0];
    let needed = core["people"].as_i64().expect("people") * 60 * 7;
    assert_eq!(view["needed_minutes"], needed);
    assert_eq!(view["missing_minutes"], needed - 462);
    let advice = view["advice"][0].as_str().expect("a sentence");
    let longer: i64 = advice
        .split("放宽到 ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .expect("days")
        .parse()
        .expect("a number");
    let mut again = view["classes"][0]["policy"].clone();
    again["interval_days"] = json!(longer);
    let fits = shop.call("service_save", json!({ "scheme": "simple_rfm", "policy": again }));
    assert_eq!(fits["missing_minutes"], 0, "the advice is enough");
    assert_eq!(fits["classes"][0]["strategy"], "专人联系", "what was not named stays");
}

#[test]
fn few_customers_and_none_break_no_chart() {
    let shop = Shop::open();
    for number in 0..2 {
        let insights = shop.call("segment_insights", json!({}));
        assert_eq!(insights["buyers"], number);
        for scheme in shop.call("scheme_list", json!({}))["schemes"].as_array().expect("schemes") {
            shop.call("segment_charts", json!({ "key": scheme["key"] }));
            shop.call("service_get", json!({ "key": scheme["key"] }));
        }
        let customer = shop.customer("独一位");
        let sale = shop.sale(customer, 8_600);
        if number == 1 {
            shop.call("sale_void", json!({ "sale_id": sale, "reason": "错" }));
        }
    }
    let insights = shop.call("segment_insights", json!({}));
    assert_eq!(insights["concentration"][0]["share_bp"], 10_000);
}

#[test]
fn the_cells_of_the_grid_hold_everybody_with_a_score_once() {
    let (shop, _) = shop_of_eleven();
    let grid = shop.call("segment_charts", json!({ "key": "rfm_555" }))["grid"].clone();
    let cells = grid["cells"].as_array().expect("cells");
    assert_eq!(cells.iter().filter_map(|cell| cell["people"].as_i64()).sum::<i64>(), 10);
    for cell in cells {
        let steps = ["r", "f", "m"].iter().zip(cell["steps"].as_array().expect("steps"));
        let steps: Vec<Value> = steps.map(|(band, step)| json!({ "band": band, "step": step })).collect();
        let who = json!({ "kind": "cell", "scheme": "rfm_555", "steps": steps });
        let page = shop.call("segment_people", json!({ "who": who }));
        assert_eq!((&page["total"], &page["net_minor"]), (&cell["people"], &cell["net_minor"]));
    }
}

#[test]
fn a_page_of_strengths_and_weaknesses_keeps_the_earlier_ones() {
    let shop = Shop::open();
    let page =
        |text: &str| json!({ "strengths": text, "weaknesses": "", "opportunities": "", "threats": "", "actions": "" });
    shop.call("swot_save", page("手艺"));
    let view = shop.call("swot_save", page("手艺, 位置"));
    assert_eq!(
        (&view["pages"][0]["strengths"], &view["pages"][1]["strengths"]),
        (&json!("手艺, 位置"), &json!("手艺"))
    );
    assert_eq!(fields(&shop.refused("swot_save", page(" "))), ["strengths"]);
}
