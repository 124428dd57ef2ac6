//! Privacy: masking by role, consents, one person's copy, erasing for good, reviewing.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn member(shop: &Shop) -> i64 {
    let birthday = json!({ "calendar": "solar", "year": 1988, "month": 5, "day": 6 });
    let new = json!({ "name": "欧阳静秋", "salutation": "欧阳姐", "phone": "13812340001", "wechat": "jingqiu88",
        "address": "梧桐路九号", "note": "对花粉过敏", "habits": "坐窗边", "tags": ["咖啡"], "birthday": birthday });
    shop.call("customer_create", new)["id"].as_i64().expect("an id")
}

/// Every word of [`member`] by which the person could be known again.
const KNOWN_BY: [&str; 6] = ["欧阳", "13812340001", "jingqiu88", "梧桐路", "花粉", "窗边"];

#[test]
fn a_clerk_sees_no_whole_number_in_any_answer() {
    let shop = Shop::open();
    let customer = member(&shop);
    let company = shop.call("customer_create", json!({ "name": "晨光", "kind": "company", "phone": "13812340001" }));
    let company = company["id"].as_i64().unwrap();
    let person = json!({ "name": "单晓华", "influence": "uses", "phone": "13912345678" });
    shop.call("customer_persons", json!({ "id": company, "persons": [person] }));
    shop.sale(customer, 100);
    shop.call("complaint_open", json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    let answers = [
        shop.call("customer_search", json!({ "text": "0001" })),
        shop.call("customer_list", json!({})),
        shop.profile(customer),
        shop.profile(company),
        shop.call("customer_incomplete", json!({})),
        shop.call("complaint_inbox", json!({})),
        shop.call("sale_list", json!({})),
    ];
    for answer in answers {
        let text = answer.to_string().replace(' ', "");
        assert!(!text.contains("13812340001") && !text.contains("13912345678"), "{text}");
    }
    let hit = &shop.call("customer_search", json!({ "text": "13812340001" }))["rows"][0];
    assert_eq!(hit["phone"], "138****0001", "found by the whole number, shown in part");
}

#[test]
fn every_look_at_a_whole_number_is_a_row_of_the_log() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    let before = shop.call("backup_status", json!({}))["operations_since"].as_i64().unwrap();
    let contact = shop.profile(customer)["customer"]["contacts"][0]["id"].clone();
    let shown = shop.call("customer_reveal", json!({ "customer_id": customer, "contact_id": contact }));
    assert_eq!(shown["shown"], "138 1234 0001");
    shop.call("customer_reveal", json!({ "customer_id": customer }));
    let after = shop.call("backup_status", json!({}))["operations_since"].as_i64().unwrap();
    assert_eq!(after - before, 2, "one row for each click");
}

#[test]
fn a_clerk_who_saves_the_form_does_not_lose_the_number() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    let contacts: Vec<Value> = shop.profile(customer)["customer"]["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contact| json!({ "kind": contact["kind"], "value": contact["value"] }))
        .collect();
    assert_eq!(contacts[0]["value"], "138****0001");
    shop.call("customer_change", json!({ "id": customer, "contacts": contacts, "habits": "要无糖" }));
    assert_eq!(shop.call("customer_reveal", json!({ "customer_id": customer }))["shown"], "138 1234 0001");
    let strange = json!({ "id": customer, "contacts": [{ "kind": "mobile", "value": "139****9999" }] });
    assert_eq!(fields(&shop.refused("customer_change", strange)), ["contacts.0.value"], "no such number is stored");
}

#[test]
fn the_newest_consent_of_a_purpose_holds_and_taking_it_back_is_one_call() {
    let shop = Shop::open();
    let customer = member(&shop);
    let say =
        |given: bool| json!({ "customer_id": customer, "purpose": "marketing", "is_given": given, "way": "paper" });
    shop.call("consent_change", say(true));
    shop.call("consent_change", say(false));
    let consents = shop.profile(customer)["details"]["consents"].clone();
    assert_eq!(consents.as_array().unwrap().len(), 1);
    assert_eq!((&consents[0]["is_given"], &consents[0]["given_on"]), (&json!(false), &json!("2026-03-02")));
    let notice = shop.call("consent_notice", json!({}));
    assert_eq!(notice["purposes"].as_array().unwrap().len(), 3);
    // The paper carries the shop's name at its head; the paragraphs say where it is kept.
    assert!(notice["paragraphs"][1].as_str().unwrap().contains("测试店"), "{notice}");
}

#[test]
fn a_child_agrees_through_a_guardian() {
    let shop = Shop::open();
    let birthday = json!({ "calendar": "solar", "year": 2015, "month": 5, "day": 6 });
    let made = shop.call("customer_create", json!({ "name": "小宝", "birthday": birthday }));
    let child = made["id"].as_i64().unwrap();
    let consent = json!({ "customer_id": child, "purpose": "service", "is_given": true, "way": "paper" });
    assert_eq!(shop.refused("consent_change", consent.clone())["code"], "not_allowed_now");
    shop.call("customer_ties", json!({ "id": child, "guardian": "妈妈 王丽" }));
    shop.call("consent_change", consent);
}

#[test]
fn one_persons_copy_holds_that_person_and_nobody_else() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.call("customer_create", json!({ "name": "旁人甲", "phone": "13900000002" }));
    shop.call("customer_note", json!({ "customer_id": customer, "text": "下周要蛋糕" }));
    shop.sale(customer, 4321);
    let copy = shop.call("customer_copy", json!({ "customer_id": customer }));
    let text = copy["text"].as_str().unwrap();
    for word in KNOWN_BY.iter().chain(&["下周要蛋糕", "4321", "咖啡"]) {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("旁人甲") && !text.contains("13900000002"));
    let read: Value = serde_json::from_str(text).unwrap();
    assert_eq!(read["tables"]["customers"].as_array().unwrap().len(), 1);
    let written = shop.call("customer_copy", json!({ "customer_id": customer, "folder": shop.folder() }));
    let path = written["path"].as_str().unwrap();
    assert!(!path.contains("欧阳"), "the file's name names nobody");
    assert!(std::fs::read_to_string(path).unwrap().contains("欧阳静秋"));
}

/// Everything that the book says, as text.
fn whole_book(shop: &Shop) -> String {
    use shukebu_backend::exports::{Destination, Export, Kind, run};
    let file = shop.folder().join("everything.json");
    run(&shop.app, Export::of(Kind::Everything), Destination::File(file.clone())).expect("an export");
    std::fs::read_to_string(file).expect("a file")
}

fn busy_member(shop: &Shop) -> i64 {
    let customer = member(shop);
    shop.sale(customer, 5000);
    shop.call("customer_note", json!({ "customer_id": customer, "text": "欧阳姐说下周来" }));
    let opened = shop.call("complaint_open", json!({ "customer_id": customer, "description": "欧阳姐的蛋糕塌了" }));
    let case = opened["row"]["id"].clone();
    shop.call("complaint_withdraw", json!({ "id": case, "text": "欧阳姐说算了" }));
    let file = shop.folder().join("欧阳.txt");
    std::fs::write(&file, "欧阳").expect("written");
    shop.call("attachment_add", json!({ "customer_id": customer, "file": file }));
    customer
}

#[test]
fn erasing_takes_the_person_and_leaves_the_sums_and_the_log() {
    let shop = Shop::open();
    let customer = busy_member(&shop);
    let other = shop.customer("旁人");
    shop.call("customer_ties", json!({ "id": other, "referrer_id": customer }));
    let net = shop.call("book_info", json!({}))["net_minor"].clone();
    let before = whole_book(&shop);
    assert!(KNOWN_BY.iter().all(|word| before.contains(word)), "the test looks for words that were there");
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    let after = whole_book(&shop);
    for word in KNOWN_BY {
        assert!(!after.contains(word), "{word} is still in the book");
    }
    assert_eq!(shop.call("book_info", json!({}))["net_minor"], net);
    assert_eq!(shop.call("customer_search", json!({ "text": "欧阳" }))["total"], 0);
    assert_eq!(shop.call("customer_list", json!({}))["total"], 1);
    assert_eq!(shop.app.first_broken_audit_row().unwrap(), None, "the log is whole");
    assert_eq!(shop.refused("customer_note", json!({ "customer_id": customer, "text": "x" }))["code"], "not_found");
    let again = json!({ "customer_id": customer, "reason": "asked" });
    assert_eq!(shop.refused("customer_erase", again)["code"], "not_found");
    for command in ["customer_profile", "ladder_standing", "benefit_get", "segment_card"] {
        assert_eq!(shop.refused(command, json!({ "id": customer }))["code"], "not_found", "{command}");
    }
    let more = json!({ "customer_id": customer, "points": 5, "reason": "x" });
    assert_eq!(shop.refused("points_adjust", more)["code"], "not_found");
}

/// Whoever stands below a group is found by its name.
#[test]
fn the_name_of_an_erased_group_finds_nobody_below_it() {
    let mut shop = Shop::open();
    let company =
        |name: &str| shop.call("customer_create", json!({ "name": name, "kind": "company" }))["id"].as_i64().unwrap();
    let (group, middle, low) = (company("欧阳集团"), company("南方公司"), company("第三门市"));
    shop.call("customer_ties", json!({ "id": middle, "parent_id": group }));
    shop.call("customer_ties", json!({ "id": low, "parent_id": middle }));
    let found = |shop: &Shop, text: &str| {
        let hits = shop.call("customer_search", json!({ "text": text }));
        hits["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(found(&shop, "欧阳").len(), 3);
    shop.call("customer_erase", json!({ "customer_id": group, "reason": "asked" }));
    assert_eq!(found(&shop, "欧阳"), [0_i64; 0], "as the search has it in memory");
    assert_eq!(found(&shop, "南方").len(), 2, "those below are still a group of their own");
    shop.restart();
    assert_eq!(found(&shop, "ouyang"), [0_i64; 0], "and as it is stored");
}

#[test]
fn nobody_is_erased_while_a_complaint_is_open_and_only_the_owner_erases() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.call("complaint_open", json!({ "customer_id": customer, "description": "蛋糕塌了" }));
    let erase = json!({ "customer_id": customer, "reason": "asked" });
    assert_eq!(shop.refused("customer_erase", erase.clone())["code"], "not_allowed_now");
    shop.app.add_staff_for_tests("小李", "manager").unwrap();
    shop.app.act_as("小李").unwrap();
    assert_eq!(shop.refused("customer_erase", erase)["code"], "not_permitted");
}

#[test]
fn an_older_backup_does_not_bring_an_erased_person_back() {
    let shop = Shop::open();
    let customer = busy_member(&shop);
    let stick = shop.folder().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let backup = shop.call("backup_create", json!({ "folder": stick }));
    let told = shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    assert_eq!(told["backups"][0]["path"], backup["path"], "it is said which backups still hold the person");
    let target = shop.folder().join("restored.shukebu");
    shop.call("backup_restore", json!({ "file": backup["path"], "target": target }));
    assert_eq!(shop.call("customer_search", json!({ "text": "欧阳" }))["total"], 0);
    let book = whole_book(&shop);
    assert!(KNOWN_BY.iter().all(|word| !book.contains(word)), "erased again");
    assert_eq!(shop.app.first_broken_audit_row().unwrap(), None);
}

#[test]
fn the_list_of_the_erased_finds_the_person_on_another_computer_too() {
    let shop = Shop::open();
    let customer = busy_member(&shop);
    let stick = shop.folder().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let backup = shop.call("backup_create", json!({ "folder": stick }));
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "retention" }));
    let list = std::fs::read_to_string(stick.join("熟客簿.erased")).unwrap();
    assert!(KNOWN_BY.iter().all(|word| !list.contains(word)), "the list names nobody: {list}");
    // Another computer knows the stick only.
    let far = tempfile::tempdir().unwrap();
    let clock = std::sync::Arc::new(shukebu_backend::clock::ManualClock::at(crate::support::instant(
        "2026-03-03T09:00:00+08:00",
    )));
    let app = crate::support::app_in(&far, &clock);
    let input = json!({ "file": backup["path"], "target": far.path().join("new.shukebu") }).to_string();
    shukebu_backend::commands::call(&app, "backup_restore", &input).unwrap();
    let found = shukebu_backend::commands::call(&app, "customer_search", r#"{"text":"欧阳"}"#).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&found).unwrap()["total"], 0);
}

#[test]
fn a_whole_shop_goes_out_and_in_with_its_files_and_fields() {
    let shop = Shop::open();
    let customer = busy_member(&shop);
    let made = shop.call("custom_field_save", json!({ "name": "身高", "kind": "number", "unit": "厘米" }));
    let values = json!([{ "field_id": made["fields"][0]["id"], "values": ["162.5"] }]);
    shop.call("customer_fields", json!({ "id": customer, "values": values }));
    let text = whole_book(&shop);
    assert!(text.contains("\"content\":{\"base64\":\"5qyn6Ziz\"}"), "the content of the file");
    assert!(text.contains("162500"), "thousandths");
}

#[test]
fn who_has_not_been_here_for_years_is_listed_for_review() {
    let shop = Shop::at("2023-01-10T10:00:00+08:00");
    let (gone, written, back) = (shop.customer("走了"), shop.customer("来过信"), shop.customer("回来了"));
    shop.set_clock("2025-06-01T10:00:00+08:00");
    shop.call(
        "interaction_add",
        json!({ "customer_id": written, "kind": "wechat", "direction": "in", "text": "在吗" }),
    );
    shop.sale(back, 100);
    shop.set_clock("2026-03-02T10:00:00+08:00");
    let page = shop.call("customer_retention", json!({ "months": 36 }));
    assert_eq!(page["total"], 1);
    assert_eq!((&page["rows"][0]["customer"]["id"], &page["rows"][0]["last_on"]), (&json!(gone), &json!("2023-01-10")));
    assert_eq!(shop.call("customer_retention", json!({ "months": 6 }))["total"], 3);
}

#[test]
fn who_still_has_an_open_case_is_counted_beside_the_review_and_not_silently_left_out() {
    let shop = Shop::at("2023-01-10T10:00:00+08:00");
    let (gone, open) = (shop.customer("走了"), shop.customer("没了结"));
    let case =
        shop.call("complaint_open", json!({ "customer_id": open, "description": "退款没到" }))["row"]["id"].clone();
    shop.set_clock("2026-03-02T10:00:00+08:00");
    let page = shop.call("customer_retention", json!({ "months": 36 }));
    assert_eq!((&page["total"], &page["left_out"]), (&json!(1), &json!(1)));
    assert_eq!(page["rows"][0]["customer"]["id"], gone);
    shop.call("complaint_withdraw", json!({ "id": case, "text": "算了" }));
    let page = shop.call("customer_retention", json!({ "months": 36 }));
    assert_eq!((&page["total"], &page["left_out"]), (&json!(2), &json!(0)), "the case is over");
    assert_eq!(shop.call("customer_incomplete", json!({}))["left_out"], 0);
}

#[test]
fn what_an_import_changed_of_a_person_goes_with_the_person() {
    let shop = Shop::open();
    let customer = member(&shop);
    let number = shop.profile(customer)["customer"]["member_no"].as_str().unwrap().to_owned();
    let list = shop.folder().join("list.csv");
    std::fs::write(&list, format!("会员号,姓名,手机\n{number},欧阳静秋,13812340009\n")).unwrap();
    let mut job = shop.call("import_run", json!({ "file": list, "kind": "customers", "policy": "update" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["result"]["updated"], 1, "{job}");
    shop.call("customer_erase", json!({ "customer_id": customer, "reason": "asked" }));
    let whole = whole_book(&shop);
    for word in KNOWN_BY.iter().chain(&["13812340009"]) {
        assert!(!whole.contains(word), "{word}");
    }
}

#[test]
fn the_owner_is_told_of_somebody_who_looks_at_more_than_thirty_numbers_an_hour() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    let look = || shop.call("customer_reveal", json!({ "customer_id": customer }));
    (0..30).for_each(|_| drop(look()));
    shop.app.act_as("店主").unwrap();
    assert_eq!(shop.call("frame_get", json!({}))["unusual_reveals"], json!([]), "thirty are a busy hour");
    shop.app.act_as("小李").unwrap();
    look();
    look();
    assert_eq!(shop.call("frame_get", json!({}))["unusual_reveals"], json!([]), "nobody but the owner is told");
    shop.app.act_as("店主").unwrap();
    let told = shop.call("frame_get", json!({}))["unusual_reveals"].clone();
    assert_eq!((&told[0]["staff"], &told[0]["in_hour"]), (&json!("小李"), &json!(32)));
    assert_eq!(told.as_array().map(Vec::len), Some(1), "one word for each person");
    shop.call("customer_reveals_seen", json!({}));
    assert_eq!(shop.call("frame_get", json!({}))["unusual_reveals"], json!([]));
    shop.app.act_as("小李").unwrap();
    shop.advance_minutes(61);
    look();
    shop.app.act_as("店主").unwrap();
    assert_eq!(shop.call("frame_get", json!({}))["unusual_reveals"], json!([]), "another hour counts anew");
}

#[test]
fn a_number_of_before_stands_on_the_profile_and_is_masked_for_a_clerk() {
    let shop = Shop::open();
    let customer = member(&shop);
    shop.call("customer_change", json!({ "id": customer, "contacts": [{ "kind": "mobile", "value": "13912345678" }] }));
    let view = shop.profile(customer)["customer"].clone();
    let retired: Vec<&str> =
        view["retired_contacts"].as_array().unwrap().iter().filter_map(|it| it["value"].as_str()).collect();
    assert!(retired.contains(&"13812340001") && retired.contains(&"jingqiu88"), "{retired:?}");
    assert_eq!(view["contacts"].as_array().map(Vec::len), Some(1));
    shop.app.add_staff_for_tests("小李", "clerk").unwrap();
    shop.app.act_as("小李").unwrap();
    assert!(!shop.profile(customer).to_string().contains("13812340001"));
}

#[test]
fn what_an_import_said_of_a_persons_cells_goes_with_the_person() {
    let shop = Shop::open();
    let list = shop.folder().join("欧阳静秋.csv");
    std::fs::write(
        &list,
        "会员号,姓名,手机,生日\nM1,欧阳静秋,13812340001,1988-02-31\nM2,欧阳静秋,13812340001欧阳,1990-01-01\n",
    )
    .unwrap();
    let mut job = shop.call("import_run", json!({ "file": list, "kind": "customers" }));
    while job["state"] == "running" {
        std::thread::sleep(std::time::Duration::from_millis(5));
        job = shop.call("job_get", json!({ "job": job["job"] }));
    }
    assert_eq!(job["state"], "done", "{job}");
    let customers = shop.call("customer_list", json!({}))["rows"].clone();
    for customer in customers.as_array().unwrap() {
        shop.call("customer_erase", json!({ "customer_id": customer["id"], "reason": "asked" }));
    }
    let whole = whole_book(&shop);
    for word in ["欧阳静秋", "13812340001"] {
        assert!(!whole.contains(word), "{word}");
    }
}
