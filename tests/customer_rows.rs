//! Rows about customers and the counter that stand in no other room: what a shop requires of a new customer, who is
//! likely to want a product, points for whoever brought somebody.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn require(shop: &Shop, fields: &[&str]) {
    let settings = shop.call("settings_change", json!({ "required_fields": fields }));
    assert_eq!(settings["required_fields"], json!(fields));
}

fn incomplete(shop: &Shop, lacking: &str) -> Vec<Value> {
    let page = shop.call("customer_incomplete", json!({ "lacking": lacking }));
    page["rows"].as_array().expect("rows").iter().map(|row| row["customer"]["name"].clone()).collect()
}

/// S1-3
#[test]
fn a_shop_chooses_what_a_new_customer_must_have_and_the_form_says_it_at_the_field() {
    let shop = Shop::open();
    shop.customer("先来的");
    require(&shop, &["phone", "birthday", "source"]);
    let refusal = shop.refused("customer_create", json!({ "name": "王芳", "phone": "1380013800" }));
    assert_eq!(fields(&refusal), ["phone", "birthday", "source"]);
    assert_eq!(refusal["fields"][0]["problem"], "phone.digit_missing", "what was typed is not called missing");
    assert_eq!(refusal["fields"][1]["message"], "请填写生日，这是店里要求的。");
    let company = shop.refused("customer_create", json!({ "kind": "company", "name": "晨光公司" }));
    assert_eq!(fields(&company), ["phone", "source"], "a company has no birthday");
    let whole = json!({
        "name": "王芳", "phone": "138 1234 5678", "source": "路过", "birthday": { "calendar": "solar", "month": 3, "day": 5 },
    });
    let id = shop.call("customer_create", whole)["id"].clone();
    let emptied = shop.refused("customer_change", json!({ "id": id, "source": "", "contacts": [], "birthday": null }));
    assert_eq!(fields(&emptied), ["contacts", "birthday", "source"]);
    let cell = shop.refused("customer_cell", json!({ "id": id, "column": "source", "value": "" }));
    assert_eq!(fields(&cell), ["value"]);
    require(&shop, &[]);
    shop.call("customer_change", json!({ "id": id, "source": "" }));
}

/// S1-3
#[test]
fn at_the_counter_what_is_required_may_follow_and_a_known_customer_is_not_held_up() {
    let shop = Shop::open();
    let known = shop.customer("老客");
    require(&shop, &["wechat", "company"]);
    let new = shop.call("customer_create", json!({ "name": "等着的", "phone": "13900001111", "at_counter": true }));
    assert_eq!(incomplete(&shop, "wechat").len(), 2, "both are listed until it is filled in");
    assert_eq!(incomplete(&shop, "company").len(), 2);
    shop.call("customer_change", json!({ "id": known, "note": "爱喝茶" }));
    let before =
        shop.profile(new["id"].as_i64().expect("a number"))["customer"]["completeness"].as_i64().expect("a number");
    let contacts = json!([{ "kind": "mobile", "value": "13900001111" }, { "kind": "wechat", "value": "dengzhe" }]);
    let after = shop.call("customer_change", json!({ "id": new["id"], "contacts": contacts, "company": "晨光" }));
    assert!(after["completeness"].as_i64().expect("a number") > before, "what is required counts: {before}");
    assert_eq!(incomplete(&shop, "wechat"), ["老客"]);
    let sorted = json!({ "filter": { "sort": "completeness" }, "columns": ["name", "completeness"] });
    let share = |shop: &Shop| shop.call("customer_table", sorted.clone())["rows"][0]["cells"][1].clone();
    let with = share(&shop);
    require(&shop, &[]);
    assert_ne!(share(&shop), with, "the table follows the setting");
    assert_eq!(incomplete(&shop, "wechat"), Vec::<Value>::new(), "asked of nobody any more");
}

fn import_list(shop: &Shop, text: &str) -> Value {
    let file = shop.folder().join("list.csv");
    std::fs::write(&file, text).expect("a file");
    let mut job = shop.call("import_run", json!({ "file": file, "kind": "customers" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    job["result"].clone()
}

/// S1-3
#[test]
fn a_list_is_imported_whole_and_names_every_required_field_that_it_lacks() {
    let shop = Shop::open();
    require(&shop, &["phone", "birthday", "address"]);
    let report = import_list(&shop, "姓名,手机,生日\n王芳,13812345678,1990-03-05\n李雷,,\n");
    assert_eq!((&report["created"], &report["errors"]), (&json!(2), &json!([])), "{report}");
    let warnings = report["warnings"].as_array().expect("rows").iter();
    let named: Vec<String> =
        warnings.map(|warning| format!("{} {} {}", warning["row"], warning["field"], warning["code"])).collect();
    let later = |row: u32, field: &str| format!("{row} \"{field}\" \"field.required_later\"");
    assert_eq!(named, [later(2, "address"), later(3, "phone"), later(3, "birthday"), later(3, "address")]);
    assert_eq!(incomplete(&shop, "birthday"), ["李雷"]);
    // A list without the column does not say it a hundred thousand times.
    require(&shop, &["source"]);
    let many: String = (0..230).map(|n| format!("客{n},1370000{n:04}\n")).collect();
    let report = import_list(&shop, &format!("姓名,手机\n{many}"));
    assert_eq!((&report["created"], report["warnings"].as_array().expect("rows").len()), (&json!(230), 200));
}

fn intent(shop: &Shop, product: &Value) -> Vec<(String, Vec<String>)> {
    let page = shop.call("product_intent", json!({ "product_id": product }));
    let words = |row: &Value| {
        row["reasons"].as_array().expect("rows").iter().map(|it| it.as_str().expect("a text").to_owned()).collect()
    };
    let rows = page["rows"].as_array().expect("rows").iter();
    rows.map(|row| (row["customer"]["name"].as_str().expect("a text").to_owned(), words(row))).collect()
}

/// S1-8
#[test]
fn who_is_likely_to_want_a_product_is_listed_with_the_reason_and_goes_into_the_table() {
    let shop = Shop::open();
    let facts = |name: &str| json!({ "facts": { "name": name, "category": "护肤", "price_minor": 9900 } });
    let product = shop.call("product_create", facts("悦己精华"))["row"]["id"].clone();
    let other = shop.call("product_create", facts("悦己面霜"))["row"]["id"].clone();
    let [waits, asks, buys, once, spared] =
        ["等货的", "来问的", "常买的", "买一次的", "投诉的"].map(|name| shop.customer(name));
    shop.call("wish_add", json!({ "customer_id": waits, "text": "精华" }));
    let talk = |who: i64, direction: &str, text: &str| {
        let input = json!({ "customer_id": who, "kind": "wechat", "direction": direction, "text": text });
        shop.call("interaction_add", input)
    };
    talk(asks, "in", "悦己精华还有吗");
    talk(once, "out", "推荐过悦己精华");
    let buy = |who: i64| {
        let line = json!({ "product_id": other, "quantity": "1" });
        shop.call("sale_create", json!({ "customer_id": who, "lines": [line] }))["sale"]["row"]["id"].clone()
    };
    for who in [buys, buys, once, spared, spared] {
        buy(who);
    }
    shop.call("complaint_open", json!({ "customer_id": spared, "description": "过敏" }));
    let found = intent(&shop, &product);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["等货的", "来问的", "常买的"],
        "what was said comes first; one order, an offer of ours and an open case are none"
    );
    assert_eq!(found[0].1, ["在等：精华"]);
    assert_eq!(found[1].1, ["2026年3月2日 问过"]);
    assert_eq!(found[2].1, ["近 12 个月买过 2 次“护肤”"]);
    let page = shop.call("product_intent", json!({ "product_id": product }));
    assert_eq!(page["left_out"], json!([{ "why": "open_complaint", "people": 1 }]));
    let condition = json!({ "field": "intent", "op": "is", "value": product.to_string() });
    let filter = json!({ "conditions": { "any": false, "groups": [{ "any": false, "conditions": [condition] }] } });
    assert_eq!(shop.call("customer_table", json!({ "filter": filter, "columns": ["name"] }))["total"], 3);
    // A record that was merged away counts for the one who stayed, and a purchase that went back counts for nobody.
    shop.call("customer_merge", json!({ "survivor_id": buys, "absorbed_id": waits }));
    assert_eq!(intent(&shop, &product)[0].1.len(), 2);
    assert_eq!(shop.refused("product_intent", json!({ "product_id": 1 }))["code"], "not_found");
}

fn points(shop: &Shop, customer: i64) -> i64 {
    shop.profile(customer)["points"]["balance"].as_i64().expect("a number")
}

fn brought(shop: &Shop, name: &str, by: i64) -> i64 {
    let customer = shop.customer(name);
    shop.call("customer_ties", json!({ "id": customer, "referrer_id": by }));
    customer
}

/// S0-46
#[test]
fn whoever_brings_a_customer_is_given_points_once_and_a_refund_takes_them_back() {
    let shop = Shop::open();
    let referrer = shop.customer("王姐");
    let early = brought(&shop, "早来的", referrer);
    shop.sale(early, 5000);
    assert_eq!(points(&shop, referrer), 0, "off until the shop says a number");
    shop.call("settings_change", json!({ "referral_points": 100 }));
    assert_eq!(fields(&shop.refused("settings_change", json!({ "referral_points": -1 }))), ["referral_points"]);
    shop.sale(early, 5000);
    assert_eq!(points(&shop, referrer), 0, "not the first purchase");
    let new = brought(&shop, "新来的", referrer);
    let first = shop.sale(new, 6800);
    let second = shop.sale(new, 6800);
    assert_eq!(points(&shop, referrer), 100, "once");
    let row = shop.call("points_statement", json!({ "customer_id": referrer }))["rows"][0].clone();
    assert_eq!((&row["kind"], &row["points"]), (&json!("adjust"), &json!(100)));
    assert!(
        row["reason"].as_str().expect("a text").contains("第一次消费") && !row["reason"].to_string().contains("新来的"),
        "{row}"
    );
    shop.call("sale_refund", json!({ "sale_id": first, "amount_minor": 800, "reason": "少一件" }));
    assert_eq!(points(&shop, referrer), 100, "something of the purchase is left");
    shop.call("sale_refund", json!({ "sale_id": first, "amount_minor": 6000, "reason": "全退" }));
    assert_eq!(points(&shop, referrer), 0);
    shop.call("sale_refund", json!({ "sale_id": second, "amount_minor": 6800, "reason": "全退" }));
    shop.sale(new, 1000);
    assert_eq!(points(&shop, referrer), 100, "the first purchase that stays");
}

/// S0-46
#[test]
fn a_merge_does_not_double_the_points_for_bringing_a_customer_and_its_undo_gives_them_back() {
    let shop = Shop::open();
    shop.call("settings_change", json!({ "referral_points": 50 }));
    let referrer = shop.customer("王姐");
    let (one, same) = (brought(&shop, "李雷", referrer), brought(&shop, "李磊", referrer));
    shop.sale(one, 1000);
    shop.sale(same, 1000);
    assert_eq!(points(&shop, referrer), 100, "two records, two people as far as anybody knows");
    let merge = shop.call("customer_merge", json!({ "survivor_id": one, "absorbed_id": same }));
    assert_eq!(points(&shop, referrer), 50, "one person was brought once");
    shop.call("customer_merge_undo", json!({ "id": merge["id"] }));
    assert_eq!(points(&shop, referrer), 100);
    shop.call("customer_merge", json!({ "survivor_id": referrer, "absorbed_id": one }));
    assert_eq!(
        points(&shop, referrer),
        60,
        "nobody brings themselves: the points of the other and of their own sale stay"
    );
}

/// S4-46
#[test]
fn the_sheet_of_a_product_holds_facts_photo_price_and_questions_and_nothing_of_its_cost() {
    let shop = Shop::open();
    let facts = json!({ "name": "悦己精华", "category": "护肤", "price_minor": 29_900, "cost_minor": 4_000 });
    let id = shop.call("product_create", json!({ "facts": facts }))["row"]["id"].clone();
    let empty = shop.call("product_sheet", json!({ "id": id }));
    assert_eq!((&empty["specification"], &empty["photo"]), (&Value::Null, &Value::Null));
    let file = shop.folder().join("照片.txt");
    std::fs::write(&file, b"\x89PNG\r\n\x1a\n a photo, whatever its name").expect("a file");
    let change = json!({ "id": id, "specification": "净含量：30 毫升\r\n产地：上海\n", "questions": "孕妇能用吗？能。", "photo": file });
    let sheet = shop.call("product_sheet_save", change);
    assert_eq!(sheet["specification"], "净含量：30 毫升\n产地：上海");
    assert!(sheet["photo"].as_str().expect("a text").starts_with("data:image/png;base64,iVBORw0KGgog"), "{sheet}");
    assert_eq!(sheet["product"]["price_minor"], 29_900);
    assert!(!sheet.to_string().contains("cost"), "it is handed out: {sheet}");
    let words = shop.call("product_sheet_save", json!({ "id": id, "specification": "净含量：50 毫升" }));
    assert_eq!((&words["photo"], &words["questions"]), (&sheet["photo"], &Value::Null), "the photo stays");
    std::fs::write(&file, "<svg onload=alert(1)>").expect("a file");
    let refusal = shop.refused("product_sheet_save", json!({ "id": id, "photo": file }));
    assert_eq!(
        (fields(&refusal), &refusal["fields"][0]["problem"]),
        (vec!["photo".to_owned()], &json!("photo.unreadable"))
    );
    std::fs::write(&file, vec![0; 5 * 1024 * 1024 + 1]).expect("a file");
    assert_eq!(fields(&shop.refused("product_sheet_save", json!({ "id": id, "photo": file }))), ["photo"]);
    assert_eq!(shop.call("product_sheet_save", json!({ "id": id, "without_photo": true }))["photo"], Value::Null);
    assert_eq!(shop.refused("product_sheet", json!({ "id": 1 }))["code"], "not_found");
}
