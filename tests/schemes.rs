//! Schemes that the shop edits, what a change would do, who stands behind a shape, and what a class means for the day.

use crate::support::{Shop, fields};
use serde_json::{Value, json};
use shukebu_backend::segmentation::run_if_due;

fn sale_on(shop: &Shop, customer: i64, amount_minor: i64, day: &str) -> i64 {
    let input = json!({ "customer_id": customer, "amount_minor": amount_minor, "sold_on": day });
    shop.call("sale_create", input)["sale"]["row"]["id"].as_i64().expect("an id")
}

/// Ten customers, each with more and larger sales than the one before, and one who never bought.
pub(crate) fn shop_of_eleven() -> (Shop, Vec<i64>) {
    let shop = Shop::open();
    let customers: Vec<i64> = (0..11).map(|number| shop.customer(&format!("客人{number}"))).collect();
    for (number, customer) in (0_i64..10).zip(&customers) {
        for visit in 0..=number {
            sale_on(&shop, *customer, 1_000 * (number + 1), &format!("2026-02-{:02}", visit + 1));
        }
    }
    (shop, customers)
}

pub(crate) fn definition(shop: &Shop, key: &str) -> Value {
    shop.call("scheme_get", json!({ "key": key }))["definition"].clone()
}

/// People by class, the sum last.
pub(crate) fn people(view: &Value) -> Vec<(String, i64)> {
    let classes = view["classes"].as_array().expect("classes");
    let pair = |class: &Value| {
        (class["tag"]["key"].as_str().expect("a key").to_owned(), class["people"].as_i64().expect("a number"))
    };
    classes.iter().map(pair).collect()
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
    assert_eq!(before[1]["lines"].as_array().map(Vec::len), Some(2), "one that nobody gave is no line: {before}");
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

#[test]
fn the_table_of_a_run_counts_everybody_and_each_of_its_cells_is_a_list() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let pin =
        json!({ "customer_id": customers[2], "class": "core_value", "reason": "老板的朋友", "until": "2026-12-31" });
    shop.call("segment_pin", pin);
    let mut scheme = definition(&shop, "simple_rfm");
    scheme["bands"][0]["cut"] = json!({ "kind": "fixed", "cuts": [25] });
    shop.call("scheme_save", json!({ "definition": scheme }));
    // A sale after the run is no part of it.
    shop.sale(customers[0], 100);
    let charts = shop.call("segment_charts", json!({ "key": "simple_rfm" }));
    let matrix = &charts["matrix"];
    let to: Vec<&str> =
        matrix["to"].as_array().expect("columns").iter().map(|tag| tag["key"].as_str().expect("a key")).collect();
    let mut everybody = 0;
    for row in matrix["rows"].as_array().expect("rows") {
        for (class, people) in to.iter().zip(row["people"].as_array().expect("cells")) {
            let people = people.as_i64().expect("a number");
            assert!(people >= 0, "{matrix}");
            everybody += people;
            let from = row["from"]["key"].as_str();
            if from != Some(class) {
                let who = json!({ "kind": "moved", "scheme": "simple_rfm", "from": from, "to": class });
                assert_eq!(shop.call("segment_people", json!({ "who": who }))["total"], people, "{from:?} → {class}");
            }
        }
    }
    assert_eq!(everybody, 11);
    let moved: i64 = charts["moves"].as_array().expect("moves").iter().filter_map(|flow| flow["people"].as_i64()).sum();
    assert_eq!(moved, 3, "four came less often, one of them stays by hand");
    let course = ["up", "down", "new", "lost"].map(|word| matrix[word].as_i64());
    assert_eq!(course, [Some(0), Some(0), Some(0), Some(3)], "they are lost for now");
    let sizes = charts["history"].as_array().expect("days").last().expect("a day")["sizes"].clone();
    let of =
        |sizes: &Value| sizes.as_array().expect("sizes").iter().filter_map(|it| it["people"].as_i64()).sum::<i64>();
    assert_eq!(of(&sizes), 11);
}

#[test]
fn a_class_by_hand_sleeps_while_its_customer_is_merged_away() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let (stays, goes) = (customers[9], customers[0]);
    let before = shop.profile(stays)["segment"]["tag"].clone();
    let pin = json!({ "customer_id": goes, "class": "win_back", "reason": "搬走了", "until": "2026-03-20" });
    shop.call("segment_pin", pin);
    let merge = shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    let merged = shop.profile(stays)["segment"].clone();
    assert_eq!((&merged["tag"], &merged["manual"]), (&before, &Value::Null), "the one who stays was never given it");
    shop.call("segment_run", json!({}));
    assert_eq!(shop.profile(stays)["segment"]["manual"], Value::Null);
    shop.call("customer_merge_undo", json!({ "id": merge["id"] }));
    let back = shop.profile(goes)["segment"].clone();
    assert_eq!((back["tag"]["key"].as_str(), back["manual"]["reason"].as_str()), (Some("win_back"), Some("搬走了")));
    let view = shop.call("scheme_get", json!({ "key": "simple_rfm" }));
    assert_eq!(people(&view).iter().map(|(_, people)| people).sum::<i64>(), 11);
    shop.set_clock("2026-03-21T10:00:00+08:00");
    run_if_due(&shop.app).expect("looks");
    let after = shop.profile(goes)["segment"].clone();
    assert_ne!((after["tag"]["key"].as_str(), &after["manual"]), (Some("win_back"), &Value::Null), "its end passed");
}

#[test]
fn customers_who_are_all_alike_are_in_one_class_of_every_scheme() {
    let shop = Shop::open();
    for number in 0..12 {
        let customer = shop.customer(&format!("客人{number}"));
        sale_on(&shop, customer, 8_600, "2026-02-10");
    }
    shop.call("segment_run", json!({}));
    for scheme in shop.call("scheme_list", json!({}))["schemes"].as_array().expect("schemes") {
        let view = shop.call("scheme_get", json!({ "key": scheme["key"] }));
        let filled: Vec<_> = people(&view).into_iter().filter(|(_, people)| *people > 0).collect();
        assert!(filled.len() == 1 && filled[0].1 == 12, "{}: {filled:?}", scheme["key"]);
        let charts = shop.call("segment_charts", json!({ "key": scheme["key"] }));
        let cells = charts["grid"]["cells"].as_array().map_or(1, Vec::len);
        assert_eq!(cells, 1, "equal values stand in one cell");
        let preview = shop.call("segment_preview", json!({ "definition": view["definition"] }));
        assert_eq!(preview["moved"], 0);
    }
}

#[test]
fn the_service_card_says_what_to_write_and_when_the_next_contact_is_due() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let policy = json!({ "class_key": "core_value", "interval_days": 30, "care": "fine", "minutes_per_contact": 10,
                         "channel": "wechat", "questions": ["最近还好吗"], "complaint_response_minutes": 30,
                         "templates": ["{称呼}您好, {店名}想念您。", "{公司}的{等级}有{积分}分"] });
    let saved = shop.call("service_save", json!({ "scheme": "simple_rfm", "policy": policy, "strategy": "专人" }));
    assert_eq!(saved["classes"][0]["policy"]["complaint_response_minutes"], 30, "kept and read again");
    let core = customers[9];
    let card = shop.call("service_card", json!({ "id": core }));
    assert_eq!(card["class"]["tag"]["key"], "core_value");
    let service = &card["service"];
    assert_eq!(service["messages"][0], json!({ "text": "客人9您好, 测试店想念您。", "missing": [] }));
    assert_eq!(service["messages"][1]["missing"], json!(["公司"]), "what is not known is pointed out");
    assert_eq!((&service["last_contact_on"], &service["next_contact_on"]), (&Value::Null, &json!("2026-04-01")));
    let talk = json!({ "customer_id": core, "kind": "phone", "direction": "out", "text": "问候", "minutes": 12,
                       "at": "2026-03-01T11:00:00+08:00" });
    shop.call("interaction_add", talk);
    let service = shop.call("service_card", json!({ "id": core }))["service"].clone();
    assert_eq!(
        (&service["last_contact_on"], &service["next_contact_on"]),
        (&json!("2026-03-01"), &json!("2026-03-31"))
    );
    assert_eq!(shop.call("segment_card", json!({ "id": core }))["service"], service, "the profile says the same");
    let week = shop.call("service_get", json!({ "key": "simple_rfm" }));
    assert_eq!(week["classes"][0]["logged_minutes"], 3, "12 minutes in four weeks");
    assert_eq!(service["review_on"], Value::Null, "this class stays");
    let nobody = shop.call("service_card", json!({ "id": customers[10] }));
    assert_eq!(nobody["service"]["next_contact_on"], Value::Null, "no planned contact");
}

#[test]
fn a_class_on_trial_says_when_it_is_looked_at_again() {
    let (shop, customers) = shop_of_eleven();
    shop.call("scheme_make_primary", json!({ "key": "old_new_large_small" }));
    let card = shop.call("service_card", json!({ "id": customers[0] }));
    assert_eq!(card["class"]["tag"]["key"], "new_small");
    assert_eq!(card["service"]["review_on"], "2026-05-31", "ninety days after it came into the class");
}

#[test]
fn what_was_said_after_a_complaint_makes_a_list() {
    let (shop, customers) = shop_of_eleven();
    let case = shop.call("complaint_open", json!({ "customer_id": customers[4], "description": "慢" }));
    let id = case["row"]["id"].clone();
    let resolution = json!({ "id": id, "empathy": "真对不起", "compensation_kind": "redo", "compensation_minor": 3000,
                             "compensation_note": "重做一个", "root_cause": "人手", "improvement": "加一个人",
                             "improvement_due_on": "2026-03-31" });
    shop.call("complaint_resolve", resolution);
    shop.advance_minutes(5 * 60);
    shop.call("complaint_follow_up", json!({ "id": id, "channel": "phone", "result": "unhappy" }));
    let field = json!({ "kind": "field", "field": { "profile": "follow_up" }, "one_of": ["dissatisfied"] });
    let complained =
        json!({ "kind": "measure", "measure": { "measure": "complaints" }, "is": { "op": "at_least", "value": 1 } });
    let both = json!({ "kind": "all", "of": [field, complained] });
    let lists = shop.call("segment_list_save", json!({ "name": "还不满意", "condition": both }));
    assert_eq!(lists["lists"][0]["people"], 1);
    let rule = lists["lists"][0]["rule"].as_str().expect("a sentence");
    assert_eq!(rule, "投诉回访结果 = 仍不满, 且近 12 个月 投诉次数 ≥ 1");
    let fields = shop.call("scheme_list", json!({}))["fields"].clone();
    let follow_up = fields.as_array().expect("fields").iter().find(|field| field["field"] == "follow_up").expect("it");
    assert_eq!(follow_up["words"], json!([{ "word": "dissatisfied", "name": "仍不满" }]));
}
