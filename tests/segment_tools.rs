//! What is done with segmentation beside looking at it: days of the shop's own as measures, charts as tables in files,
//! suggestions that are confirmed together.

use crate::schemes::{definition, people, shop_of_eleven};
use crate::support::{Shop, fields};
use serde_json::{Value, json};
use shukebu_backend::segmentation::run_if_due;

#[test]
fn a_day_of_the_shops_own_makes_a_class_a_band_a_reason_and_a_list() {
    let (shop, customers) = shop_of_eleven();
    let fields = shop.call("custom_field_save", json!({ "name": "合同到期", "kind": "date", "options": [] }));
    let field = fields["fields"][0]["id"].as_i64().expect("an id");
    // Today is 2 March: over for ten days, today, in 20 days, in 40 days; the others have none.
    for (customer, day) in customers.iter().zip(["2026-02-20", "2026-03-02", "2026-03-22", "2026-04-11"]) {
        let values = json!([{ "field_id": field, "values": [day] }]);
        shop.call("customer_fields", json!({ "id": customer, "values": values }));
    }
    let choices = shop.call("scheme_list", json!({}))["measures"].clone();
    let names: Vec<(&str, &str)> = choices
        .as_array()
        .expect("measures")
        .iter()
        .filter(|choice| choice["unit"] == "days")
        .filter_map(|choice| Some((choice["measure"].as_str()?, choice["name"].as_str()?)))
        .collect();
    let (since, until) = (format!("days_since custom:{field}"), format!("days_until custom:{field}"));
    assert!(names.contains(&(since.as_str(), "距合同到期已过")) && names.contains(&(until.as_str(), "距合同到期还有")));
    let measure = |side: &str| json!({ "measure": { side: format!("custom:{field}") } });
    let mut scheme = definition(&shop, "custom");
    scheme["bands"] = json!([{ "key": "since", "measure": measure("days_since"), "edge": "at_or_above", "best": "low",
                               "cut": { "kind": "fixed", "cuts": [7] } }]);
    scheme["classes"][0]["when"] =
        json!({ "kind": "measure", "measure": measure("days_until"), "is": { "op": "at_most", "value": 30 } });
    let second = json!({ "face": { "key": "over", "names": { "zh-Hans": "到期" , "zh-Hant": "", "en": "" }, "color": "amber" },
                         "when": { "kind": "band", "band": "since", "is": { "op": "equal", "value": 1 } } });
    scheme["classes"].as_array_mut().expect("classes").push(second);
    let saved = shop.call("scheme_save", json!({ "definition": scheme }));
    let expected = [("full_service", 2), ("over", 1), ("single_service", 7), ("inquiry", 1)];
    assert_eq!(people(&saved), expected.map(|(key, people)| (key.to_owned(), people)));
    assert_eq!(saved["classes"][0]["rule"], "距合同到期还有 ≤ 30 天");
    let preview = shop.call("segment_preview", json!({ "definition": scheme }));
    let bars = preview["bands"][0]["bars"].as_array().expect("bars");
    assert_eq!(bars.iter().filter_map(|bar| bar["people"].as_i64()).sum::<i64>(), 2, "who has a day that was");
    let who = json!({ "kind": "class", "scheme": "custom", "class": "full_service" });
    let page = shop.call("segment_people", json!({ "who": who }));
    let reasons: Vec<&str> =
        page["rows"].as_array().expect("rows").iter().filter_map(|row| row["reason"].as_str()).collect();
    assert_eq!(reasons, ["合同到期 20 天后 → 品牌全案", "合同到期 今天 → 品牌全案"]);
    let file = shop.folder().join("due.csv");
    shop.call("segment_export", json!({ "who": who, "file": file.to_str().expect("a path") }));
    assert!(std::fs::read_to_string(file).expect("a file").contains("合同到期 20 天后"), "the file says so too");
    shop.set_clock("2026-03-13T10:00:00+08:00");
    run_if_due(&shop.app).expect("looks");
    let then = people(&shop.call("scheme_get", json!({ "key": "custom" })));
    assert_eq!(
        &then[..2],
        [("full_service".to_owned(), 2), ("over".to_owned(), 2)],
        "days go by: in 9, in 29; 11, 21 ago"
    );
}

/// The rows of a chart's table as a spreadsheet reads them from CSV, the headings first.
fn table(shop: &Shop, chart: Value) -> Vec<Vec<String>> {
    let path = shop.folder().join("chart.csv");
    let file = shop.call("segment_chart_export", json!({ "chart": chart, "file": path.to_str().expect("a path") }));
    let text = std::fs::read_to_string(&path).expect("a file");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(file["rows"], json!(rows.len() - 1), "the answer says how many");
    rows
}

fn sum(rows: &[Vec<String>], column: usize) -> i64 {
    rows.iter().skip(1).map(|row| row[column].parse::<i64>().expect("a number")).sum()
}

#[test]
fn the_grid_and_the_quadrants_are_tables() {
    let (shop, _) = shop_of_eleven();
    let grid = table(&shop, json!({ "kind": "grid", "scheme": "rfm_555" }));
    assert_eq!(grid[0][2..5], ["人数", "近 12 个月消费", "人均消费"]);
    assert_eq!(grid[0].len(), 10, "people of each step of the third band beside: {:?}", grid[0]);
    assert_eq!(sum(&grid, 2), 10, "everybody with a score");
    for row in &grid[1..] {
        let by_step: i64 = row[5..].iter().map(|people| people.parse::<i64>().expect("a number")).sum();
        assert_eq!(by_step.to_string(), row[2]);
    }
    let best = grid.iter().skip(1).find(|row| row[0] == "5" && row[1] == "5").expect("the last ones come most often");
    assert_eq!(best[2..5], ["2", "1810.00", "905.00"], "nine times ¥90 and ten times ¥100");
    let one_step = table(&shop, json!({ "kind": "grid", "scheme": "rfm_555", "step": 5 }));
    assert_eq!((one_step[0].len(), sum(&one_step, 2)), (5, 2));
    let quadrants = table(&shop, json!({ "kind": "quadrants", "scheme": "contribution_potential" }));
    assert_eq!(quadrants.len(), 5);
    assert_eq!(quadrants[0], ["分层", "人数", "占比（%）", "近 12 个月消费", "规则", "策略"]);
    assert_eq!(sum(&quadrants, 1), 10);
    let missing = json!({ "chart": { "kind": "quadrants", "scheme": "simple_rfm" }, "file": "/nowhere/x.csv" });
    assert_eq!(shop.refused("segment_chart_export", missing)["code"], "not_found");
}

#[test]
fn moves_their_matrix_and_the_sizes_are_tables() {
    let (shop, _) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    shop.set_clock("2026-05-06T10:00:00+08:00");
    shop.call("segment_run", json!({}));
    let charts = shop.call("segment_charts", json!({ "key": "simple_rfm" }));
    let moves = table(&shop, json!({ "kind": "moves", "scheme": "simple_rfm" }));
    assert_eq!(moves[0], ["原分层", "现分层", "人数"]);
    assert_eq!(moves.len() - 1, charts["moves"].as_array().expect("moves").len());
    assert!(sum(&moves, 2) > 0 && moves.iter().skip(1).all(|row| row[1] == "唤醒召回"), "{moves:?}");
    let matrix = table(&shop, json!({ "kind": "matrix", "scheme": "simple_rfm" }));
    assert_eq!(sum(&matrix, matrix[0].len() - 1), 11, "everybody");
    let sizes = table(&shop, json!({ "kind": "sizes", "scheme": "simple_rfm" }));
    assert_eq!(sizes.len(), 3, "two days with a run");
    assert_eq!(sizes[1][0], "2026-03-02");
    for row in &sizes[1..] {
        assert_eq!(row[1..].iter().map(|people| people.parse::<i64>().expect("a number")).sum::<i64>(), 11);
    }
}

#[test]
fn the_curve_the_few_the_top_fifth_and_a_distribution_are_tables() {
    let (shop, customers) = shop_of_eleven();
    shop.call("customer_change", json!({ "id": customers[9], "tags": ["团购"] }));
    let curve = table(&shop, json!({ "kind": "curve" }));
    assert_eq!(curve[0], ["名次", "客人占比（%）", "消费占比（%）"]);
    // Of 1² + … + 10² = 385 parts of the money the first one has 100.
    assert_eq!(curve[1], ["1", "10.00", "25.97"]);
    assert_eq!(curve[10], ["10", "100.00", "100.00"]);
    let few = table(&shop, json!({ "kind": "concentration" }));
    assert_eq!(few[1], ["1", "25.97", "20.00"]);
    let top = table(&shop, json!({ "kind": "top_fifth" }));
    let tagged = top.iter().find(|row| row[1] == "团购").expect("a trait of the top");
    assert_eq!(*tagged, ["标签", "团购", "50.00", "0.00"]);
    let scheme = definition(&shop, "amount_thirds");
    let spread = table(&shop, json!({ "kind": "distribution", "definition": scheme, "band": "m3" }));
    assert_eq!(sum(&spread, 2), 10);
    assert_eq!(spread[1][0], "10.00", "the least that anybody spent, in yuan");
    assert_eq!(spread.iter().skip(1).filter(|row| !row[3].is_empty()).count(), 2, "where the thirds are cut");
}

#[test]
fn a_chart_without_an_ending_becomes_a_spreadsheet_and_a_clerk_takes_none() {
    let (shop, _) = shop_of_eleven();
    let path = shop.folder().join("curve");
    let input = json!({ "chart": { "kind": "curve" }, "file": path.to_str().expect("a path") });
    let file = shop.call("segment_chart_export", input.clone());
    assert_eq!(file["file_name"], "curve.xlsx");
    let bytes = std::fs::read(shop.folder().join("curve.xlsx")).expect("a file");
    assert!(bytes.starts_with(b"PK"), "a spreadsheet is a zip");
    std::fs::remove_file(shop.folder().join("curve.xlsx")).expect("removed");
    shop.call("staff_add", json!({ "name": "小王", "role": "clerk" }));
    shop.app.act_as("小王").expect("works here");
    assert_eq!(shop.refused("segment_chart_export", input)["code"], "not_permitted");
    assert!(!shop.folder().join("curve.xlsx").exists(), "nothing is left of what was refused");
}

#[test]
fn suggestions_are_confirmed_together_and_taken_back_as_one() {
    let (shop, customers) = shop_of_eleven();
    shop.call("segment_run", json!({}));
    let product = |category: &str| {
        let facts = json!({ "name": category, "category": category });
        shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone()
    };
    let products: Vec<Value> = ["面包", "咖啡", "礼盒"].into_iter().map(product).collect();
    // The smallest three try everything and talk a lot: low contribution, high potential.
    for customer in &customers[..3] {
        for id in &products {
            let lines = json!([{ "product_id": id, "quantity": "1", "unit_price_minor": 10 }]);
            shop.call("sale_create", json!({ "customer_id": customer, "lines": lines, "sold_on": "2026-02-20" }));
        }
        let said = json!({ "customer_id": customer, "kind": "phone", "direction": "in", "text": "问问新品" });
        shop.call("interaction_add", said);
    }
    let who = json!({ "kind": "latent" });
    let suggested = shop.call("segment_people", json!({ "who": who }));
    let ids: Vec<i64> =
        suggested["rows"].as_array().expect("rows").iter().filter_map(|row| row["customer"]["id"].as_i64()).collect();
    assert!(ids.len() >= 2, "{suggested}");
    let class = |id: i64| shop.profile(id)["segment"].clone();
    // One of them had a class by hand already.
    let earlier =
        json!({ "customer_id": ids[0], "class": "core_value", "reason": "老板的朋友", "until": "2026-12-31" });
    shop.call("segment_pin", earlier);
    let before: Vec<Value> = ids.iter().map(|id| class(*id)["tag"]["key"].clone()).collect();
    let input = |only: Value| json!({ "who": who, "only": only, "class": "potential", "reason": "爱尝新", "until": "2026-06-30" });
    let some = shop.call("segment_confirm", input(json!([ids[0]])));
    assert_eq!(some["pins"].as_array().expect("pins").len(), 1);
    assert_eq!(class(ids[0])["manual"]["reason"], "爱尝新");
    assert_eq!(class(ids[1])["tag"]["key"], before[1], "only who was picked");
    shop.call("segment_confirm_undo", json!({ "pins": some["pins"] }));
    assert_eq!(class(ids[0])["manual"]["reason"], "老板的朋友", "what it replaced holds again");
    let all = shop.call(
        "segment_confirm",
        json!({ "who": who, "class": "potential", "reason": "爱尝新", "until": "2026-06-30" }),
    );
    assert_eq!(all["pins"].as_array().expect("pins").len(), ids.len());
    for id in &ids {
        assert_eq!(class(*id)["tag"]["key"], "potential");
        assert_eq!(class(*id)["manual"]["until"], "2026-06-30");
    }
    let rows = shop.call("segment_people", json!({ "who": who }))["rows"].clone();
    assert!(rows.as_array().expect("rows").iter().all(|row| row["by_hand"] == true), "the list shows who is confirmed");
    // Somebody decides otherwise for one of them; taking the others back leaves that alone.
    let own = json!({ "customer_id": ids[1], "class": "ordinary", "reason": "搬走了", "until": "2026-12-31" });
    shop.call("segment_pin", own);
    let back = shop.call("segment_confirm_undo", json!({ "pins": all["pins"] }));
    assert_eq!(back["people"], json!(ids.len() - 1));
    assert_eq!(class(ids[1])["manual"]["reason"], "搬走了");
    assert_eq!(class(ids[0])["manual"]["reason"], "老板的朋友");
    assert_eq!(shop.call("segment_confirm_undo", json!({ "pins": all["pins"] }))["people"], 0, "twice is once");
}

#[test]
fn a_confirmation_needs_a_class_a_reason_a_day_and_somebody() {
    let (shop, customers) = shop_of_eleven();
    let who = json!({ "kind": "top" });
    let bad = json!({ "who": who, "class": "nothing", "reason": " ", "until": "2026-03-01" });
    assert_eq!(fields(&shop.refused("segment_confirm", bad)), ["class_key", "reason", "until"]);
    let nobody =
        json!({ "who": who, "only": [customers[10]], "class": "potential", "reason": "x", "until": "2026-06-30" });
    assert_eq!(fields(&shop.refused("segment_confirm", nobody)), ["only"]);
}
