//! What the program promises about files of strangers, seen from outside.

use crate::support::Shop;
use serde_json::{Value, json};
use shukebu_backend::api::imports::ImportRun;
use shukebu_backend::imports;
use shukebu_backend::jobs::Progress;
use std::io::Write;

/// Writes a file and imports it by the commands of the list; answers the job as it ended.
fn import_bytes(shop: &Shop, kind: &str, bytes: &[u8], more: Value) -> Value {
    let path = shop.folder().join("file");
    std::fs::write(&path, bytes).expect("the file is written");
    let mut input = json!({ "file": path, "kind": kind });
    for (key, value) in more.as_object().expect("an object") {
        input[key] = value.clone();
    }
    let mut job = shop.call("import_run", input);
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    job
}

/// The report of an import that must work, after its rows were added up.
#[track_caller]
fn import_with(shop: &Shop, kind: &str, text: &str, more: Value) -> Value {
    let job = import_bytes(shop, kind, text.as_bytes(), more);
    assert_eq!(job["state"], "done", "{job}");
    let report = job["result"].clone();
    let count = |key: &str| report[key].as_u64().expect("a number");
    let errors = report["errors"].as_array().expect("a list").len() as u64;
    assert_eq!(count("created") + count("updated") + count("skipped") + errors, count("rows"), "{report}");
    report
}

#[track_caller]
fn import(shop: &Shop, kind: &str, text: &str) -> Value {
    import_with(shop, kind, text, json!({}))
}

/// The key of the refusal of an import that must not work.
#[track_caller]
fn refused(shop: &Shop, kind: &str, bytes: &[u8], more: Value) -> (String, String) {
    let job = import_bytes(shop, kind, bytes, more);
    assert_eq!(job["state"], "failed", "{job}");
    let problem = &job["error"]["fields"][0];
    let text = |key: &str| problem[key].as_str().unwrap_or("").to_owned();
    assert!(!text("message").is_ascii(), "a sentence in the owner's language: {job}");
    (text("field"), text("problem"))
}

fn counts(report: &Value) -> [u64; 4] {
    let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
    let count = |key: &str| report[key].as_u64().unwrap_or(0);
    [count("created"), count("updated"), count("skipped"), errors]
}

fn codes(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|problem| {
            let field = problem["field"].as_str().unwrap_or("");
            format!("{} {field} {}", problem["row"], problem["code"].as_str().unwrap_or(""))
        })
        .collect()
}

fn rows(shop: &Shop) -> Vec<Value> {
    shop.call("customer_list", json!({ "limit": 200 }))["rows"].as_array().cloned().unwrap_or_default()
}

fn named(shop: &Shop, name: &str) -> Vec<Value> {
    rows(shop).into_iter().filter(|row| row["name"] == name).collect()
}

fn info(shop: &Shop) -> Value {
    shop.call("book_info", json!({}))
}

const LOG: &str = "InvoiceNo,InvoiceDate,CustomerID,Country,StockCode,Description,Quantity,UnitPrice\n\
    536365,2010-12-01 08:28:00,17850,UK,85123A,HOLDER,6,2.55\n\
    536365,2010-12-01 08:28:00,17850,UK,71053,LANTERN,6,3.39\n\
    536365,2010-12-01 08:28:00,17850,UK,71053,LANTERN,6,3.39\n\
    536366,2010-12-01 08:30:00,13047,UK,22633,WARMER,1,0\n\
    536365,2010-12-01 08:26:00,17850,UK,84406B,HANGER,8,2.75\n";

#[test]
fn a_log_becomes_sales_whose_lines_and_sums_are_those_of_the_file() {
    let shop = Shop::open();
    let report = import(&shop, "sales", LOG);
    assert_eq!(counts(&report), [5, 0, 0, 0]);
    assert_eq!(report["entities"], json!({ "customers": 2, "products": 4, "sales": 2, "sale_lines": 5 }));
    let info = info(&shop);
    assert_eq!(info["counts"]["sale_lines"], 5, "equal lines are all kept");
    assert_eq!(info["totals"]["net_minor"], 1530 + 2034 + 2034 + 2200);
    let sales = shop.call("sale_list", json!({}));
    let sale = sales["rows"].as_array().unwrap().iter().find(|row| row["sale_no"] == "536365").unwrap().clone();
    assert_eq!(sale["sold_at"], "2010-12-01T00:26:00Z", "the earliest time counts, wherever its row stands");
    let view = shop.call("sale_get", json!({ "id": sale["id"] }));
    assert_eq!(view["lines"].as_array().unwrap().len(), 4);
    assert_eq!((view["lines"][0]["description"].as_str(), view["source"].as_str()), (Some("HOLDER"), Some("import")));
}

#[test]
fn importing_the_same_file_again_creates_nothing() {
    let shop = Shop::open();
    import(&shop, "sales", LOG);
    let before = info(&shop);
    assert_eq!(counts(&import(&shop, "sales", LOG)), [0, 0, 5, 0]);
    assert_eq!(info(&shop), before);
    let without_numbers = "日期,会员号,金额\n2024-1-1,A1,10\n2024-1-1,A1,10\n";
    assert_eq!(counts(&import(&shop, "sales", without_numbers)), [2, 0, 0, 0]);
    assert_eq!(counts(&import(&shop, "sales", without_numbers)), [0, 0, 2, 0]);
}

#[test]
fn imported_sales_count_for_figures_tier_class_and_search() {
    let shop = Shop::open();
    import(&shop, "customers", "会员号,姓名,手机\nA1,欧阳娜,13800138000\n");
    import(&shop, "sales", "单号,日期,会员号,金额\n1,2026-02-01,A1,1200\n2,2026-02-20,A1,300\n");
    let found = shop.call("customer_search", json!({ "text": "oyn" }))["rows"][0].clone();
    assert_eq!((found["orders"].as_i64(), found["net_minor"].as_i64()), (Some(2), Some(150_000)));
    assert_eq!((found["tier"]["name"].as_str(), found["last_on"].as_str()), (Some("银卡"), Some("2026-02-20")));
    assert!(found["segment"]["key"].is_string(), "{found}");
}

#[test]
fn a_dirty_list_gives_every_customer_once_with_the_phone_that_can_be_read() {
    let shop = Shop::open();
    let report = import(
        &shop,
        "customers",
        "\u{feff}姓名,手机号,性别,生日,会员号,入会日期,累计消费,备注\n\
         王彤,+86 13207603957,女,1968-04-11,M1,2023/11/05,3500,\n\
         陈中轩,1.66581E+10,女,农历7月3日,M2,2023-11-05,\"¥1,158.00\",=9+9\n\
         李丽叶,1562163632,女,,M3,,,\n\
         \u{3000}王彤 ,132-0760-3957,女,1968/4/11,M1,2023-11-05,3500.00,\n",
    );
    assert_eq!(counts(&report), [3, 0, 1, 0]);
    assert_eq!(codes(&report["warnings"]), ["3 phone phone.scientific", "4 phone phone.digit_missing"]);
    assert_eq!(named(&shop, "王彤")[0]["phone"], "132 0760 3957");
    let chen = named(&shop, "陈中轩");
    assert_eq!((chen[0]["phone"].as_str(), chen[0]["member_no"].as_str()), (None, Some("M2")));
    let view = shop.profile(chen[0]["id"].as_i64().unwrap());
    assert_eq!(view["customer"]["birthday"]["calendar"], "lunar");
    assert_eq!(view["customer"]["note"], "=9+9");
}

#[test]
fn a_known_customer_is_skipped_or_filled_in_as_the_policy_says() {
    let shop = Shop::open();
    import(&shop, "customers", "会员号,姓名,手机\nA1,张三,13800138000\n");
    let more = "会员号,姓名,手机,邮箱,备注\nA1,张三,13900139000,z@example.com,靠窗\n";
    assert_eq!(counts(&import(&shop, "customers", more)), [0, 0, 1, 0]);
    let update = json!({ "policy": "update" });
    assert_eq!(counts(&import_with(&shop, "customers", more, update.clone())), [0, 1, 0, 0]);
    assert_eq!(counts(&import_with(&shop, "customers", more, update)), [0, 0, 1, 0], "nothing is left to fill in");
    let id = named(&shop, "张三")[0]["id"].as_i64().unwrap();
    let customer = shop.profile(id)["customer"].clone();
    assert_eq!(customer["note"], "靠窗");
    assert_eq!(customer["contacts"].as_array().unwrap().len(), 3, "the phone of before stays");
    assert_eq!(shop.call("customer_search", json!({ "text": "9000" }))["rows"][0]["id"], id);
}

#[test]
fn a_number_of_a_log_gets_its_face_when_the_list_of_customers_comes() {
    let shop = Shop::open();
    import(&shop, "sales", "sale_id,sold_at,customer_id,paid_cents\n1,2026-01-05 10:00:00,338,82900\n");
    assert_eq!(named(&shop, "338").len(), 1);
    let list = "customer_id,member_no,name,phone\n338,M00000338,徐月,15737749752\n";
    assert_eq!(counts(&import(&shop, "customers", list)), [0, 1, 0, 0]);
    let rows = rows(&shop);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["name"].as_str(), rows[0]["member_no"].as_str()), (Some("徐月"), Some("M00000338")));
    assert_eq!(rows[0]["net_minor"], 82_900);
}

#[test]
fn a_phone_of_a_log_gets_its_face_too_and_the_family_stays_apart() {
    let shop = Shop::open();
    import(&shop, "sales", "单号,日期,客户,金额\n1,2026-1-5,138 0013 8000,829\n");
    let list = "会员号,姓名,手机\nA1,王芳,13800138000\nA2,王刚,13800138000\n";
    let report = import(&shop, "customers", list);
    assert_eq!(counts(&report), [1, 1, 0, 0]);
    assert_eq!(codes(&report["warnings"]), ["3 phone phone.shared"]);
    let rows = rows(&shop);
    let who: Vec<_> = rows.iter().map(|row| (row["member_no"].as_str(), row["name"].as_str())).collect();
    assert_eq!(who, [(Some("A1"), Some("王芳")), (Some("A2"), Some("王刚"))]);
    assert_eq!(rows[0]["net_minor"], 82_900, "what the phone bought is hers");
}

#[test]
fn a_family_shares_a_phone_and_two_people_share_a_name() {
    let shop = Shop::open();
    let report = import(
        &shop,
        "customers",
        "姓名,手机,生日\n王芳,13800138000,1990-01-02\n王刚,13800138000,\n王芳,13900139000,1985-05-05\n王芳,,1990-01-02\n",
    );
    assert_eq!(counts(&report), [3, 0, 1, 0], "the last 王芳 is the first one: same name and birthday");
    assert_eq!(codes(&report["warnings"]), ["3 phone phone.shared"]);
}

#[test]
fn whom_a_sale_means_is_found_by_id_number_phone_and_name() {
    let shop = Shop::open();
    import(&shop, "customers", "ref,会员号,姓名,手机\n7,A7,张三,13800138000\n,B8,李四,\n,C9,李四,\n");
    let report = import(
        &shop,
        "sales",
        "单号,日期,客户,金额\n1,2026-1-1,7,1\n2,2026-1-1,A7,1\n3,2026-1-1,138 0013 8000,1\n4,2026-1-1,张三,1\n\
         5,2026-1-1,李四,1\n6,2026-1-1,王五,1\n7,2026-1-1,13900139000,1\n8,2026-1-1,,1\n",
    );
    assert_eq!(codes(&report["errors"]), ["6 customer customer.ambiguous", "7 customer customer.unknown"]);
    assert_eq!(
        (named(&shop, "张三")[0]["orders"].as_i64(), report["entities"]["customers"].as_u64()),
        (Some(4), Some(1))
    );
    assert_eq!(named(&shop, "13900139000")[0]["phone"], "139 0013 9000");
    assert_eq!(info(&shop)["counts"]["sales"], 6, "a passer-by is nobody's sale");
}

#[test]
fn bad_rows_are_left_out_and_listed_and_strict_refuses_everything() {
    let shop = Shop::open();
    let text = "单号,日期,会员号,数量,单价\n1,2026-1-1,a1,1,5\n2,2026-2-30,a1,1,5\n3,2026-1-1,a1,1,-5\n";
    let job = import_bytes(&shop, "sales", text.as_bytes(), json!({ "strict": true }));
    assert_eq!((job["state"].as_str(), job["error"]["key"].as_str()), (Some("failed"), Some("import.strict")));
    let fields: Vec<_> = job["error"]["fields"].as_array().unwrap().iter().map(|field| &field["field"]).collect();
    assert_eq!(fields, ["rows.3.sold_at", "rows.4.unit_price"]);
    assert_eq!(info(&shop)["counts"]["sales"], 0);
    let report = import(&shop, "sales", text);
    assert_eq!(counts(&report), [1, 0, 0, 2]);
    assert_eq!(codes(&report["errors"]), ["3 sold_at date.not_existing", "4 unit_price amount.negative"]);
}

#[test]
fn a_dry_run_says_what_would_be_and_leaves_nothing() {
    let shop = Shop::open();
    let before = info(&shop);
    let dry = import_with(&shop, "sales", LOG, json!({ "dry_run": true }));
    assert_eq!(info(&shop), before);
    assert_eq!(dry, import(&shop, "sales", LOG), "the real run does the same");
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let shop = Shop::open();
    let path = shop.folder().join("log.csv");
    std::fs::write(&path, LOG).expect("written");
    let run: ImportRun = serde_json::from_value(json!({ "file": path, "kind": "sales" })).expect("an input");
    let progress = Progress::default();
    progress.cancel();
    let refusal = imports::import(&shop.app, run, &progress).expect_err("it was cancelled");
    assert_eq!((refusal.key.as_str(), info(&shop)["counts"]["sales"].as_i64()), ("cancelled", Some(0)));
}

#[test]
fn a_corrected_mapping_is_remembered_for_the_layout() {
    let shop = Shop::open();
    let first = "甲,乙\n张三,13800138000\n";
    assert_eq!(
        refused(&shop, "customers", first.as_bytes(), json!({})),
        ("map".to_owned(), "import.columns_missing".to_owned())
    );
    import_with(&shop, "customers", first, json!({ "map": { "name": "甲", "phone": "乙" } }));
    assert_eq!(counts(&import(&shop, "customers", "甲,乙\n李四,13900139000\n")), [1, 0, 0, 0]);
    assert_eq!(named(&shop, "李四")[0]["phone"], "139 0013 9000");
    let path = shop.folder().join("look");
    std::fs::write(&path, first).expect("written");
    let look = shop.call("import_look", json!({ "file": path, "kind": "customers" }));
    let name = look["fields"].as_array().unwrap().iter().find(|field| field["field"] == "name").unwrap().clone();
    assert_eq!((name["column"].as_str(), look["rows"][0][1].as_str()), (Some("甲"), Some("13800138000")));
}

#[test]
fn lines_come_after_their_sales_and_only_once() {
    let shop = Shop::open();
    import(&shop, "products", "product_id,sku,name,price_cents\n4,BE4,洗面奶,15900\n");
    import(
        &shop,
        "sales",
        "sale_id,sold_at,customer_id,gross_cents,discount_cents,paid_cents\n1,2026-01-05 10:00:00,3,31800,800,31000\n",
    );
    let lines = "sale_id,line_no,product_id,qty,unit_cents,amount_cents\n1,1,4,1,15900,15900\n1,2,4,1,15900,15900\n9,1,4,1,100,100\n";
    let report = import(&shop, "sale_lines", lines);
    assert_eq!((counts(&report), codes(&report["errors"])), ([2, 0, 0, 1], vec!["4 sale_no sale.unknown".to_owned()]));
    assert_eq!(counts(&import(&shop, "sale_lines", lines)), [0, 0, 2, 1]);
    let id = shop.call("sale_list", json!({}))["rows"][0]["id"].clone();
    let sale = shop.call("sale_get", json!({ "id": id }));
    assert_eq!(
        (sale["lines"][1]["description"].as_str(), sale["row"]["net_minor"].as_i64()),
        (Some("洗面奶"), Some(31_000))
    );
    assert_eq!((sale["gross_minor"].as_i64(), sale["discount_minor"].as_i64()), (Some(31_800), Some(800)));
}

#[test]
fn a_complaint_of_another_program_is_judged_from_its_own_moments() {
    let shop = Shop::open();
    import(&shop, "customers", "customer_id,name\n777,张三\n");
    let text = "complaint_id,customer_id,sale_id,opened_at,channel,category,priority,first_response_at,resolved_at,status\n\
        1,777,100,2026-02-10 10:00:00,phone,price,urgent,2026-02-10 13:27:50,2026-02-10 16:04:12,resolved\n";
    let report = import(&shop, "complaints", text);
    assert_eq!((counts(&report), codes(&report["warnings"])), ([1, 0, 0, 0], vec!["2 sale sale.unknown".to_owned()]));
    assert_eq!(counts(&import(&shop, "complaints", text)), [0, 0, 1, 0]);
    assert_eq!(info(&shop)["counts"]["complaints"], 1);
}

#[test]
fn contacts_of_a_phone_are_customers() {
    let shop = Shop::open();
    let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5=C8=FD\r\nTEL;CELL:138-0013-8000\r\nEND:VCARD\r\n";
    assert_eq!(counts(&import(&shop, "vcard", card)), [1, 0, 0, 0]);
    assert_eq!(counts(&import(&shop, "vcard", card)), [0, 0, 1, 0]);
    assert_eq!(named(&shop, "张三")[0]["phone"], "138 0013 8000");
}

#[test]
fn a_gzip_is_read_as_it_comes() {
    let shop = Shop::open();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(LOG.as_bytes()).expect("packed");
    let job = import_bytes(&shop, "sales", &packer.finish().expect("packed"), json!({}));
    assert_eq!(counts(&job["result"]), [5, 0, 0, 0]);
}

#[test]
fn files_that_cannot_be_used_are_refused_in_words() {
    let shop = Shop::open();
    for (bytes, kind, more, field, problem) in [
        (&b""[..], "sales", json!({}), "file", "import.empty"),
        (b"%PDF-1.7", "sales", json!({}), "file", "import.unknown_kind"),
        (b"a,b\n1,\0\n", "sales", json!({}), "file", "import.binary"),
        (b"a,b\n1,2\n", "sales", json!({}), "map", "import.columns_missing"),
        (b"name\nx\n", "customers", json!({ "map": { "telefon": "name" } }), "map", "import.map_field_unknown"),
        (b"name\nx\n", "customers", json!({ "map": { "phone": "tel" } }), "map", "import.map_column_unknown"),
        (b"name\nx\n", "customers", json!({ "encoding": "klingon" }), "encoding", "import.encoding_unknown"),
        ("姓名\n张三\n".as_bytes(), "customers", json!({ "encoding": "big5" }), "encoding", "import.encoding_wrong"),
        (b"name\nx\n", "vcard", json!({}), "kind", "import.not_contacts"),
    ] {
        assert_eq!(refused(&shop, kind, bytes, more), (field.to_owned(), problem.to_owned()));
    }
    assert_eq!(info(&shop)["counts"]["customers"], 0);
}

#[test]
fn a_customer_number_that_lost_its_digits_makes_nobody() {
    let shop = Shop::open();
    let report =
        import(&shop, "sales", "单号,日期,客户,金额\nA1,2026-03-01,1.38E+10,12.00\nA2,2026-03-01,13800138000,5.00\n");
    assert_eq!(report["errors"][0]["code"], "phone.scientific", "{report}");
    assert_eq!(report["created"], 1);
    assert_eq!(shop.call("book_info", json!({}))["counts"]["customers"], 1);
}

#[test]
fn the_row_of_the_headings_is_the_one_that_holds_the_named_columns_or_the_one_that_is_said() {
    let shop = Shop::open();
    let text = "甲,乙\nphone,status\n张三,13800138000\n";
    let named = json!({ "map": { "name": "甲", "phone": "乙" } });
    assert_eq!(counts(&import_with(&shop, "customers", text, named)), [2, 0, 0, 0]);
    let path = shop.folder().join("titles.csv");
    std::fs::write(&path, "会员,姓名,手机\n共 1 位\n客人,电话\n李四,13900139000\n").expect("the file is written");
    let look = |more: Value| {
        let mut input = json!({ "file": path, "kind": "customers" });
        for (key, value) in more.as_object().expect("an object") {
            input[key] = value.clone();
        }
        shop.call("import_look", input)
    };
    assert_eq!(look(json!({}))["heading"], 1);
    let by_hand = look(json!({ "heading": 3 }));
    assert_eq!((&by_hand["heading"], &by_hand["columns"][0]), (&json!(3), &json!("客人")));
    assert_eq!(by_hand["rows"].as_array().map(Vec::len), Some(1));
    let refusal = shop.refused("import_look", json!({ "file": path, "kind": "customers", "heading": 77 }));
    assert_eq!(refusal["fields"][0]["problem"], "import.heading_unknown");
}

#[test]
fn a_price_that_cannot_be_read_is_left_empty_and_listed() {
    let shop = Shop::open();
    let report = import(&shop, "products", "货号,名称,售价,成本\nA1,面包,免费,3\nA2,蛋糕,12.5,-1\n");
    assert_eq!(counts(&report), [2, 0, 0, 0]);
    assert_eq!(codes(&report["warnings"]), ["2 price amount.unreadable", "3 cost amount.negative"]);
}

/// A list as the program exports it.
fn exported(shop: &Shop, kind: &str) -> String {
    let mut job = shop.call("export_run", json!({ "kind": kind, "format": "csv", "folder": shop.folder() }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    let path = job["result"]["path"].as_str().unwrap_or_else(|| panic!("{job}"));
    std::fs::read_to_string(path).expect("the list can be read")
}

#[test]
fn the_exported_lists_of_a_shop_make_an_equal_book() {
    let shop = Shop::open();
    let customer = shop.call("customer_create", json!({ "name": "欧阳静秋", "phone": "13812340001" }))["id"].clone();
    let lines = json!([
        { "description": "奶油蛋糕", "quantity": "2", "unit_price_minor": 8_800 },
        { "description": "蜡烛, \"数字\"", "quantity": "1.5", "unit_price_minor": 333 },
        { "description": "卡片", "quantity": "1", "unit_price_minor": 500, "discount_minor": 100 },
    ]);
    let sale = json!({ "customer_id": customer, "lines": lines, "discount_minor": 700, "discount_reason": "老客户", "payment": "微信" });
    shop.call("sale_create", sale);
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1_250, "note": "=1+1" }));
    shop.call("sale_create", json!({ "amount_minor": 990 }));

    let other = Shop::open();
    import(&other, "customers", &exported(&shop, "customers"));
    let report = import(&other, "sales", &exported(&shop, "sales"));
    assert_eq!((&report["errors"], &report["warnings"]), (&json!([]), &json!([])), "{report}");
    let sales = |shop: &Shop| {
        let rows = shop.call("sale_list", json!({}))["rows"].clone();
        let mut views: Vec<Value> = vec![];
        for row in rows.as_array().expect("rows") {
            let view = shop.call("sale_get", json!({ "id": row["id"] }));
            let lines: Vec<Value> = view["lines"]
                .as_array()
                .expect("lines")
                .iter()
                .map(|line| json!([line["description"], line["quantity"], line["amount_minor"]]))
                .collect();
            let facts = ["sale_no", "sold_at", "sold_on", "customer_name", "net_minor", "payment", "note"];
            let head: Vec<Value> = facts.iter().map(|fact| view["row"][*fact].clone()).collect();
            views.push(json!([head, view["gross_minor"], view["discount_minor"], lines]));
        }
        views.sort_by_key(ToString::to_string);
        views
    };
    assert_eq!(sales(&other), sales(&shop));
    let again = import(&other, "sales", &exported(&shop, "sales"));
    assert_eq!((&again["created"], &again["skipped"]), (&json!(0), &again["rows"]), "nothing comes twice");
}

#[test]
fn lines_that_do_not_come_to_what_was_paid_are_booked_as_paid_and_listed_with_their_row() {
    let shop = Shop::open();
    let log = "sale_no,sold_at,description,quantity,amount_minor,discount_minor,paid_minor\n\
               S1,2026-03-01 10:00,蛋糕,1,8800,,8000\n\
               S1,2026-03-01 10:00,蜡烛,1,200,,\n\
               S2,2026-03-01 11:00,蛋糕,1,8800,1000,8000\n\
               S2,2026-03-01 11:00,蜡烛,1,200,,\n\
               S3,2026-03-01 12:00,蛋糕,1,8800,,8800\n\
               S3,2026-03-01 12:00,蜡烛,1,200,,200\n";
    let report = import(&shop, "sales", log);
    assert_eq!(report["entities"]["sales"], 3, "{report}");
    let warned = report["warnings"].as_array().expect("warnings");
    assert_eq!(warned.len(), 1, "{report}");
    assert_eq!((&warned[0]["row"], &warned[0]["field"]), (&json!(2), &json!("paid")), "{report}");
    assert!(warned[0]["message"].as_str().is_some_and(|text| text.contains("实付")), "{report}");
    let rows = shop.call("sale_list", json!({ "from_on": "2026-03-01", "to_on": "2026-03-01" }))["rows"].clone();
    let net: std::collections::BTreeMap<&str, i64> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["sale_no"].as_str().expect("a number"), row["net_minor"].as_i64().expect("an amount")))
        .collect();
    assert_eq!(net, [("S1", 8_000), ("S2", 8_000), ("S3", 9_000)].into());
}
