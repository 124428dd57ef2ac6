//! The till: lines and prices, discounts and rights, refunds by line, products and their stock, the draft, the day.

use crate::support::{Shop, fields};
use serde_json::json;

/// A product; answers its id.
fn product(shop: &Shop, facts: serde_json::Value) -> i64 {
    shop.call("product_create", json!({ "facts": facts }))["row"]["id"].as_i64().expect("an id")
}

#[test]
fn a_product_is_sold_at_its_own_price_its_agreed_price_or_the_one_typed() {
    let shop = Shop::open();
    let customer = shop.customer("王总");
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000 }));
    let line = json!([{ "product_id": cake, "quantity": "2" }]);
    assert_eq!(shop.call("sale_quote", json!({ "lines": line }))["net_minor"], 20_000);
    shop.call(
        "price_agree",
        json!({ "customer_id": customer, "product_id": cake, "price_minor": 8000, "until_on": "2026-03-02" }),
    );
    let quote = shop.call("sale_quote", json!({ "customer_id": customer, "lines": line }));
    assert_eq!(quote["lines"][0]["unit_price_minor"], 8000);
    assert_eq!(quote["lines"][0]["list_price_minor"], 10_000, "the screen shows what it would have been");
    assert_eq!(quote["needs_reason"], false, "an agreed price is no discount given at the counter");
    assert_eq!(shop.call("sale_quote", json!({ "lines": line }))["net_minor"], 20_000, "agreed with him alone");
    shop.set_clock("2026-03-03T10:00:00+08:00");
    let late = shop.call("sale_quote", json!({ "customer_id": customer, "lines": line }));
    assert_eq!(late["net_minor"], 20_000, "its last day is over");
    let typed = json!([{ "product_id": cake, "quantity": "2", "unit_price_minor": 9900 }]);
    assert_eq!(shop.call("sale_quote", json!({ "lines": typed }))["needs_reason"], true);
}

#[test]
fn an_agreed_price_names_its_approver_and_gives_way_to_a_later_one() {
    let shop = Shop::open();
    let customer = shop.customer("王总");
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000 }));
    let agree = |price| json!({ "customer_id": customer, "product_id": cake, "price_minor": price });
    shop.call("price_agree", agree(9000));
    let prices = shop.call("price_agree", agree(8500))["rows"].clone();
    assert_eq!(prices.as_array().map(Vec::len), Some(1));
    assert_eq!(prices[0]["price_minor"], 8500);
    assert!(prices[0]["approved_by"].as_str().is_some_and(|name| !name.is_empty()));
    shop.call("price_end", json!({ "id": prices[0]["id"] }));
    assert_eq!(shop.call("price_list", json!({ "id": customer }))["rows"], json!([]));
    assert_eq!(shop.refused("price_end", json!({ "id": prices[0]["id"] }))["code"], "not_found");
}

#[test]
fn a_discount_needs_a_reason_and_above_the_limit_the_right() {
    let shop = Shop::open();
    let sale = |discount: i64, reason: &str| json!({ "amount_minor": 10_000, "discount_minor": discount, "discount_reason": reason });
    assert_eq!(fields(&shop.refused("sale_create", sale(100, " "))), ["discount_reason"]);
    assert_eq!(shop.call("sale_create", sale(500, "老客户"))["sale"]["row"]["net_minor"], 9500);
    shop.call("sale_create", sale(5000, "店主同意"));
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    shop.call("sale_create", sale(500, "老客户"));
    let refusal = shop.refused("sale_create", sale(501, "老客户"));
    assert_eq!(refusal["code"], "not_permitted");
    assert!(refusal["message"].as_str().is_some_and(|text| text.contains("5%")), "{refusal}");
    let quote = shop.call("sale_quote", sale(501, "老客户"));
    assert_eq!(quote["has_right"], false);
    assert!(quote["needs_right"].is_string(), "the till says so before anybody tries");
}

#[test]
fn nothing_is_sold_below_its_cost_by_somebody_without_the_right() {
    let shop = Shop::open();
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000, "cost_minor": 9800 }));
    let below =
        json!({ "lines": [{ "product_id": cake, "quantity": "1", "discount_minor": 300 }], "discount_reason": "微瑕" });
    assert!(shop.call("sale_quote", below.clone())["needs_right"].as_str().is_some_and(|why| why.contains("毛利")));
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    assert_eq!(shop.refused("sale_create", below)["code"], "not_permitted");
}

#[test]
fn a_backdated_sale_keeps_both_days_and_why() {
    let shop = Shop::open();
    let sale = json!({ "amount_minor": 880, "sold_on": "2026-02-27", "backdate_note": "周五停电手记" });
    let view = shop.call("sale_create", sale.clone())["sale"].clone();
    assert_eq!(view["row"]["sold_on"], "2026-02-27");
    assert_eq!(view["recorded_at"], "2026-03-02T02:00:00Z");
    assert_eq!(view["backdate_note"], "周五停电手记");
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    assert_eq!(shop.refused("sale_create", sale)["code"], "not_permitted");
}

#[test]
fn an_order_remembers_scene_packaging_and_delivery() {
    let shop = Shop::open();
    let sale = json!({
        "amount_minor": 8800, "scene": "company", "packaging": "金色丝带，卡片写英文", "delivery_cost_minor": 1200,
        "note": "企业采购，预算有限",
    });
    let id = shop.call("sale_create", sale)["sale"]["row"]["id"].clone();
    let view = shop.call("sale_get", json!({ "id": id }));
    assert_eq!(view["scene"], "company");
    assert_eq!(view["packaging"], "金色丝带，卡片写英文");
    assert_eq!(view["delivery_cost_minor"], 1200);
    assert_eq!(view["row"]["net_minor"], 8800, "the shop bears the delivery");
}

#[test]
fn a_refund_by_line_gives_back_its_share_and_never_more_than_was_sold() {
    let shop = Shop::open();
    let cake = product(&shop, json!({ "name": "蛋糕", "price_minor": 1000, "stock": "10" }));
    let sale = json!({
        "lines": [{ "product_id": cake, "quantity": "3" }, { "description": "蜡烛", "quantity": "1", "unit_price_minor": 1000 }],
        "discount_minor": 100, "discount_reason": "老客户",
    });
    let id = shop.call("sale_create", sale)["sale"]["row"]["id"].clone();
    let back = |quantity: &str| json!({ "sale_id": id, "lines": [{ "line_no": 1, "quantity": quantity }] });
    assert_eq!(shop.call("sale_refund_preview", back("2"))["amount_minor"], 1950, "3,900 of 4,000 were paid");
    let view = shop.call("sale_refund", back("2"))["sale"].clone();
    assert_eq!(view["row"]["refunded_minor"], 1950);
    assert_eq!(view["lines"][0]["returnable"], "1");
    let refusal = shop.refused("sale_refund", back("1.5"));
    assert_eq!(fields(&refusal), ["lines.0.quantity"]);
    assert!(refusal["message"].as_str().is_some_and(|text| text.contains('1')));
    shop.call("sale_refund", back("1"));
    assert_eq!(shop.call("product_get", json!({ "id": cake }))["row"]["stock"], "10", "what came back is on the shelf");
    shop.call("sale_refund", json!({ "sale_id": id, "lines": [{ "line_no": 2, "quantity": "1" }] }));
    assert_eq!(shop.call("sale_get", json!({ "id": id }))["row"]["refunded_minor"], 3900, "to the last 分");
}

#[test]
fn the_same_key_twice_is_one_refund() {
    let shop = Shop::open();
    let sale = shop.sale(shop.customer("张三"), 1000);
    let refund = json!({ "sale_id": sale, "amount_minor": 300, "client_key": "refund-1" });
    assert_eq!(shop.call("sale_refund", refund.clone())["is_new"], true);
    let again = shop.call("sale_refund", refund);
    assert_eq!(again["is_new"], false);
    assert_eq!(again["sale"]["row"]["refunded_minor"], 300);
}

#[test]
fn taking_back_another_persons_sale_needs_the_greater_right() {
    let shop = Shop::open();
    shop.app.add_staff_for_tests("王店长", "manager").expect("a manager");
    let sale = shop.sale(shop.customer("张三"), 1000);
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["is_own_today"], true);
    shop.app.act_as("王店长").expect("the manager is there");
    assert_eq!(shop.call("sale_get", json!({ "id": sale }))["is_own_today"], false);
    shop.call("sale_void", json!({ "sale_id": sale, "reason": "客人没付" }));
    shop.app.add_staff_for_tests("小李", "clerk").expect("a clerk");
    shop.app.act_as("小李").expect("the clerk is there");
    let own = shop.call("sale_create", json!({ "amount_minor": 500 }))["sale"]["row"]["id"].clone();
    let refusal = shop.refused("sale_void", json!({ "sale_id": own, "reason": "输错" }));
    assert_eq!(refusal["code"], "not_permitted", "a clerk has to ask even for an own one");
}

#[test]
fn a_void_puts_everything_back_on_the_shelf() {
    let shop = Shop::open();
    let tea = product(&shop, json!({ "name": "红茶", "price_minor": 500, "stock": "2.5", "low_stock": "1" }));
    let receipt = shop.call("sale_create", json!({ "lines": [{ "product_id": tea, "quantity": "1.5" }] }));
    let low = shop.call("product_list", json!({ "show": "low" }));
    assert_eq!(low["rows"][0]["row"]["stock"], "1", "at its mark it runs low");
    assert_eq!(low["low"], 1);
    shop.call("sale_void", json!({ "sale_id": receipt["sale"]["row"]["id"], "reason": "输错" }));
    assert_eq!(shop.call("product_get", json!({ "id": tea }))["row"]["stock"], "2.5");
    assert_eq!(shop.call("product_list", json!({ "show": "low" }))["total"], 0);
}

#[test]
fn a_product_keeps_its_number_to_itself_and_is_taken_off_the_list_never_deleted() {
    let shop = Shop::open();
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "sku": "C1", "price_minor": 1000, "favourite": 1 }));
    assert_eq!(
        fields(&shop.refused("product_create", json!({ "facts": { "name": "", "sku": "C1" } }))),
        ["name", "sku"]
    );
    let tea = product(&shop, json!({ "name": "红茶", "price_minor": 500, "favourite": 1 }));
    let favourites = shop.call("product_favourites", json!({}))["rows"].clone();
    assert_eq!(favourites.as_array().map(Vec::len), Some(1));
    assert_eq!(favourites[0]["id"], tea, "the later one has the key");
    shop.call(
        "product_change",
        json!({ "id": cake, "facts": { "name": "奶油蛋糕", "sku": "C1" }, "is_active": false }),
    );
    assert_eq!(shop.call("product_search", json!({ "text": "nydg" }))["rows"], json!([]));
    assert_eq!(shop.call("product_list", json!({ "show": "inactive" }))["rows"][0]["row"]["id"], cake);
}

#[test]
fn stock_that_was_sold_while_the_form_was_open_stays_sold() {
    let shop = Shop::open();
    let tea = product(&shop, json!({ "name": "红茶", "price_minor": 500, "stock": "5" }));
    shop.call("sale_create", json!({ "lines": [{ "product_id": tea, "quantity": "2" }] }));
    let change = |stock: &str| json!({ "id": tea, "facts": { "name": "祁门红茶", "price_minor": 500, "stock": stock }, "is_active": true, "stock_before": "5" });
    assert_eq!(shop.call("product_change", change("5"))["row"]["stock"], "3");
    assert_eq!(shop.call("product_change", change("8"))["row"]["stock"], "8", "counted anew");
}

#[test]
fn a_scanned_code_finds_its_product_with_or_without_the_leading_zero() {
    let shop = Shop::open();
    let tea = product(&shop, json!({ "name": "红茶", "barcode": "0012345678905", "price_minor": 500 }));
    for code in ["0012345678905", "012345678905"] {
        assert_eq!(shop.call("product_scan", json!({ "code": code }))["rows"][0]["id"], tea, "{code}");
    }
    assert_eq!(shop.call("product_scan", json!({ "code": "12345678905" }))["rows"], json!([]));
}

#[test]
fn the_last_order_comes_back_at_todays_prices_without_what_is_no_longer_sold() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 1000 }));
    let tea = product(&shop, json!({ "name": "红茶", "price_minor": 500 }));
    let lines = json!([{ "product_id": cake, "quantity": "2" }, { "product_id": tea, "quantity": "1" }]);
    shop.call("sale_create", json!({ "customer_id": customer, "lines": lines, "packaging": "红丝带" }));
    shop.call("product_change", json!({ "id": tea, "facts": { "name": "红茶" }, "is_active": false }));
    let order = shop.call("sale_last_order", json!({ "id": customer }));
    assert_eq!(order["lines"].as_array().map(Vec::len), Some(1));
    assert_eq!(order["lines"][0]["quantity"], "2");
    assert_eq!(order["lines"][0]["unit_price_minor"], json!(null), "the product has its own price");
    assert_eq!(order["left_out"], json!(["红茶"]));
    assert_eq!(order["packaging"], "红丝带");
}

#[test]
fn a_word_of_a_note_becomes_a_tag_or_a_habit_once() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    for _ in 0..2 {
        shop.call("customer_keep_word", json!({ "customer_id": customer, "text": "企业采购", "keep_as": "tag" }));
        shop.call("customer_keep_word", json!({ "customer_id": customer, "text": "要无糖", "keep_as": "habit" }));
    }
    let profile = shop.profile(customer);
    assert_eq!(profile["customer"]["tags"], json!(["企业采购"]));
    assert_eq!(profile["preferences"]["habits"], "要无糖");
}

#[test]
fn a_draft_survives_the_end_of_the_program_and_goes_with_its_sale() {
    let mut shop = Shop::open();
    shop.call("draft_save", json!({ "till": "1", "content": "{\"amount\":\"36.5\"}" }));
    let log = shop.call("frame_get", json!({}))["operations_since_backup"].clone();
    shop.restart();
    assert_eq!(shop.call("draft_get", json!({ "till": "1" }))["content"], "{\"amount\":\"36.5\"}");
    assert_eq!(shop.call("frame_get", json!({}))["operations_since_backup"], log, "no fact of the shop yet");
    shop.call("sale_create", json!({ "amount_minor": 3650, "till": "1" }));
    assert_eq!(shop.call("draft_get", json!({ "till": "1" }))["content"], json!(null));
    shop.call("draft_save", json!({ "till": "1", "content": "{}" }));
    shop.refused("sale_create", json!({ "amount_minor": -1, "till": "1" }));
    assert_eq!(shop.call("draft_get", json!({ "till": "1" }))["content"], "{}", "a refused sale loses nothing");
}

#[test]
fn the_day_counts_what_was_sold_and_what_went_back_on_it() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let yesterday =
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 900, "sold_on": "2026-03-01" }));
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1000, "payment": "微信" }));
    shop.call("sale_create", json!({ "amount_minor": 501, "payment": "现金" }));
    shop.call("sale_refund", json!({ "sale_id": yesterday["sale"]["row"]["id"], "amount_minor": 400 }));
    let day = shop.call("sale_day", json!({}));
    assert_eq!(day["sold_minor"], 1501);
    assert_eq!(day["refunded_minor"], 400, "money reports count a refund on its own day");
    assert_eq!(day["net_minor"], 1101);
    assert_eq!(day["orders"], 2);
    assert_eq!(day["customers"], 1);
    assert_eq!(day["average_minor"], 751, "750.5 rounds half up");
    assert_eq!(day["payments"][0]["payment"], "微信");
}

#[test]
fn sales_are_found_by_number_amount_day_and_customer() {
    let shop = Shop::open();
    let customer = shop.customer("张三");
    let sale =
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1234 }))["sale"]["row"].clone();
    shop.call("sale_create", json!({ "amount_minor": 999, "sold_on": "2026-02-01" }));
    for filter in [
        json!({ "sale_no": sale["sale_no"] }),
        json!({ "sale_no": "s20260302" }),
        json!({ "net_minor": 1234 }),
        json!({ "customer_id": customer }),
        json!({ "from_on": "2026-03-01" }),
        json!({ "from_on": "2026-03-02", "to_on": "2026-03-02", "net_minor": 1234 }),
    ] {
        let page = shop.call("sale_list", filter.clone());
        assert_eq!(page["total"], 1, "{filter}");
        assert_eq!(page["rows"][0]["id"], sale["id"], "{filter}");
    }
    assert_eq!(shop.call("sale_list", json!({ "sale_no": "S2027" }))["total"], 0);
    assert_eq!(shop.call("sale_list", json!({}))["total"], 2);
}

#[test]
fn a_qr_code_of_a_member_number_is_square_and_small() {
    let shop = Shop::open();
    let code = shop.call("qr_code", json!({ "text": "1000017" }));
    assert_eq!(code["size"], 21, "the smallest there is");
    assert_eq!(code["rows"].as_array().map(Vec::len), Some(21));
    shop.refused("qr_code", json!({ "text": "" }));
}

/// The code as a camera sees it, four points a module with the quiet zone around it; read by a reader of strangers.
fn scanned(code: &serde_json::Value) -> String {
    const POINTS: usize = 4;
    const QUIET: usize = 4;
    let rows: Vec<Vec<u8>> = code["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row.as_str().expect("a row").as_bytes().to_vec())
        .collect();
    let side = (rows.len() + 2 * QUIET) * POINTS;
    let is_dark = |x: usize, y: usize| {
        let module = |at: usize| (at / POINTS).checked_sub(QUIET);
        let row = module(y).and_then(|y| rows.get(y));
        row.zip(module(x)).and_then(|(row, x)| row.get(x)).is_some_and(|module| *module == b'1')
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if is_dark(x, y) { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("the code can be read").1
}

#[test]
fn a_stranger_reads_the_code_of_a_member_card_and_finds_nothing_but_the_number() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "欧阳静秋", "phone": "13812340001" }))["id"].clone();
    let number = shop.call("customer_profile", json!({ "id": customer }))["customer"]["member_no"].clone();
    let number = number.as_str().expect("a number");
    let code = shop.call("qr_code", json!({ "text": number }));
    assert_eq!(scanned(&code), number);
    let hits = shop.call("customer_search", json!({ "text": scanned(&code) }));
    assert_eq!(hits["rows"][0]["id"], customer, "scanned, the card finds its owner");
    for text in ["M00000017", "熟客簿 会员", "https://example.com/?a=1&b=2"] {
        assert_eq!(scanned(&shop.call("qr_code", json!({ "text": text }))), text);
    }
}

#[test]
fn a_merged_customer_keeps_prices_last_order_and_sales_of_both_records() {
    let shop = Shop::open();
    let (stays, goes) = (shop.customer("王姐"), shop.customer("王大姐"));
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 1000 }));
    shop.call("price_agree", json!({ "customer_id": goes, "product_id": cake, "price_minor": 800 }));
    shop.call("sale_create", json!({ "customer_id": goes, "lines": [{ "product_id": cake, "quantity": "1" }] }));
    shop.call("customer_merge", json!({ "survivor_id": stays, "absorbed_id": goes }));
    let line = json!([{ "product_id": cake, "quantity": "1" }]);
    assert_eq!(shop.call("sale_quote", json!({ "customer_id": stays, "lines": line }))["net_minor"], 800);
    assert_eq!(shop.call("sale_last_order", json!({ "id": stays }))["lines"][0]["product_id"], cake);
    assert_eq!(shop.call("sale_list", json!({ "customer_id": stays }))["total"], 1);
    shop.call("price_agree", json!({ "customer_id": stays, "product_id": cake, "price_minor": 700 }));
    assert_eq!(shop.call("price_list", json!({ "id": stays }))["rows"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_usual_order_is_kept_under_a_name_and_sold_again_at_the_price_of_the_day() {
    let shop = Shop::open();
    let customer = shop.customer("晨光公司");
    let cake = product(&shop, json!({ "name": "奶油蛋糕", "price_minor": 10_000 }));
    let old = product(&shop, json!({ "name": "旧款饼干", "price_minor": 2_000 }));
    let order = json!({
        "customer_id": customer, "name": "周五下午茶", "packaging": "金色丝带，英文卡片", "note": "送到前台",
        "lines": [
            { "product_id": cake, "quantity": "2", "unit_price_minor": 9_000, "discount_minor": 100 },
            { "product_id": old, "quantity": "5" },
            { "description": "手写卡片", "quantity": "1", "unit_price_minor": 500 },
        ],
    });
    shop.call("usual_order_save", order.clone());
    shop.call(
        "product_change",
        json!({ "id": old, "facts": { "name": "旧款饼干", "price_minor": 2_000 }, "is_active": false }),
    );
    let kept = shop.call("usual_order_list", json!({ "id": customer }))["rows"][0].clone();
    assert_eq!((&kept["name"], &kept["packaging"]), (&json!("周五下午茶"), &json!("金色丝带，英文卡片")));
    assert_eq!(kept["left_out"], json!(["旧款饼干"]), "what is no longer sold is named");
    assert_eq!(kept["lines"][0]["unit_price_minor"], serde_json::Value::Null, "a product has the price of the day");
    assert_eq!(kept["lines"][1]["unit_price_minor"], 500);
    shop.call(
        "product_change",
        json!({ "id": cake, "facts": { "name": "奶油蛋糕", "price_minor": 12_000 }, "is_active": true }),
    );
    let again = shop.call("sale_quote", json!({ "customer_id": customer, "lines": kept["lines"] }));
    assert_eq!(again["net_minor"], 24_500);

    let mut other = order;
    other["lines"] = json!([{ "product_id": cake, "quantity": "9" }]);
    let rows = shop.call("usual_order_save", other)["rows"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "the same name is the same order");
    assert_eq!(rows[0]["lines"][0]["quantity"], "9");
    let refusal = shop.refused("usual_order_save", json!({ "customer_id": customer, "name": " ", "lines": [] }));
    assert_eq!(fields(&refusal), ["name", "lines"]);
    let unread = json!({ "customer_id": customer, "name": "x", "lines": [{ "product_id": cake, "quantity": "0" }] });
    assert_eq!(fields(&shop.refused("usual_order_save", unread)), ["lines.0.quantity"]);
    shop.call("usual_order_delete", json!({ "id": rows[0]["id"] }));
    assert_eq!(shop.refused("usual_order_delete", json!({ "id": rows[0]["id"] }))["code"], "not_found");
    assert_eq!(shop.call("usual_order_list", json!({ "id": customer }))["rows"], json!([]));
}
