//! What is known of a person beside the first form: reach, ties, own fields, preferences, wishes, the timeline.

use crate::support::{Shop, fields};
use serde_json::{Value, json};

fn details(shop: &Shop, customer: i64) -> Value {
    shop.profile(customer)["details"].clone()
}

#[test]
fn a_person_is_reached_by_wechat_and_a_company_by_mail_unless_they_say_otherwise() {
    let shop = Shop::open();
    let person = shop.call("customer_create", json!({ "name": "王姐", "phone": "13812340001", "wechat": "wj" }));
    let person = person["id"].as_i64().unwrap();
    assert_eq!(details(&shop, person)["reach"]["channel"], "wechat");
    let company = shop.call("customer_create", json!({ "name": "晨光科技", "kind": "company", "email": "a@cg.cn" }));
    let company = company["id"].as_i64().unwrap();
    assert_eq!(details(&shop, company)["reach"]["channel"], "email");
    shop.call(
        "customer_reach",
        json!({ "id": company, "preferred": "mobile", "quiet_from": "22:00", "quiet_to": "8:30" }),
    );
    let reach = details(&shop, company)["reach"].clone();
    assert_eq!((&reach["channel"], &reach["quiet_to"]), (&json!("mobile"), &json!("08:30")));
    assert_eq!(reach["is_quiet"], false, "ten o'clock");
    let refusal = shop.refused("customer_reach", json!({ "id": company, "quiet_from": "22:00" }));
    assert_eq!(fields(&refusal), ["quiet_to"]);
}

#[test]
fn a_child_company_counts_for_its_group_and_no_tie_closes_a_ring() {
    let shop = Shop::open();
    let company = |name: &str| {
        let made = shop.call("customer_create", json!({ "name": name, "kind": "company" }));
        made["id"].as_i64().unwrap()
    };
    let (top, middle, low) = (company("集团"), company("华东公司"), company("苏州门店"));
    shop.call("customer_ties", json!({ "id": middle, "parent_id": top }));
    shop.call("customer_ties", json!({ "id": low, "parent_id": middle }));
    shop.sale(middle, 1000);
    shop.sale(low, 200);
    let trees = shop.call("customer_trees", json!({ "id": low }));
    let totals: Vec<&Value> = trees["group"].as_array().unwrap().iter().map(|row| &row["total_minor"]).collect();
    assert_eq!(totals, [1200, 1200, 200], "the tree begins at the top and rolls up");
    assert_eq!(details(&shop, top)["group"], json!({ "customers": 2, "orders": 2, "net_minor": 1200 }));
    assert_eq!(fields(&shop.refused("customer_ties", json!({ "id": top, "parent_id": low }))), ["parent_id"]);
    let person = shop.customer("张三");
    assert_eq!(fields(&shop.refused("customer_ties", json!({ "id": top, "parent_id": person }))), ["parent_id"]);
}

#[test]
fn a_referrer_is_credited_with_what_the_referred_spend() {
    let shop = Shop::open();
    let (first, second, third) = (shop.customer("甲"), shop.customer("乙"), shop.customer("丙"));
    shop.call("customer_ties", json!({ "id": second, "referrer_id": first }));
    shop.call("customer_ties", json!({ "id": third, "referrer_id": second }));
    shop.sale(second, 300);
    let sale = shop.sale(third, 500);
    shop.call("sale_refund", json!({ "sale_id": sale, "amount_minor": 100 }));
    assert_eq!(details(&shop, first)["referred"], json!({ "customers": 2, "orders": 2, "net_minor": 700 }));
    assert_eq!(details(&shop, second)["referrer"]["name"], "甲");
    assert_eq!(fields(&shop.refused("customer_ties", json!({ "id": first, "referrer_id": first }))), ["referrer_id"]);
}

#[test]
fn a_company_is_found_by_its_people_and_their_phones() {
    let shop = Shop::open();
    let made = shop.call("customer_create", json!({ "name": "晨光科技", "kind": "company" }));
    let company = made["id"].as_i64().unwrap();
    let person = json!({ "name": "单晓华", "role": "采购", "influence": "decides", "relation": "老板的同学", "phone": "138 1234 5678" });
    shop.call("customer_persons", json!({ "id": company, "persons": [person] }));
    for text in ["单晓华", "sxh", "5678"] {
        assert_eq!(shop.call("customer_search", json!({ "text": text }))["rows"][0]["name"], "晨光科技", "{text}");
    }
    assert_eq!(details(&shop, company)["persons"][0]["phone"], "138 1234 5678");
    let wrong = json!({ "id": company, "persons": [{ "name": "", "influence": "uses", "phone": "12" }] });
    assert_eq!(fields(&shop.refused("customer_persons", wrong)), ["persons.0.name", "persons.0.phone"]);
}

#[test]
fn anniversaries_name_their_next_day_and_how_many_years_it_will_be() {
    let shop = Shop::open();
    let customer = shop.customer("晨光科技");
    let days = json!([{ "kind": "founded", "year": 2016, "month": 3, "day": 2 }, { "kind": "other", "name": "店庆", "month": 1, "day": 1 }]);
    shop.call("customer_anniversaries", json!({ "id": customer, "anniversaries": days }));
    let days = details(&shop, customer)["anniversaries"].clone();
    assert_eq!((&days[0]["next_on"], &days[0]["years"]), (&json!("2026-03-02"), &json!(10)), "today counts");
    assert_eq!((&days[1]["next_on"], &days[1]["years"]), (&json!("2027-01-01"), &json!(null)));
    let wrong = json!({ "id": customer, "anniversaries": [{ "kind": "other", "month": 2, "day": 30 }] });
    let refusal = shop.refused("customer_anniversaries", wrong);
    assert_eq!(fields(&refusal), ["anniversaries.0.day", "anniversaries.0.name"]);
}

#[test]
fn a_birthday_tells_animal_star_sign_and_age() {
    let shop = Shop::open();
    let birthday = json!({ "calendar": "solar", "year": 1990, "month": 1, "day": 26 });
    let made = shop.call("customer_create", json!({ "name": "王姐", "birthday": birthday }));
    let details = details(&shop, made["id"].as_i64().unwrap());
    assert_eq!((&details["animal"], &details["star"]), (&json!("snake"), &json!("aquarius")));
    assert_eq!(details["age"], 36);
}

#[test]
fn own_fields_are_typed_and_every_wrong_value_is_named() {
    let shop = Shop::open();
    shop.call("custom_field_preset", json!({ "trade": "bakery" }));
    let all = shop.call("custom_field_preset", json!({ "trade": "bakery" }));
    let all = all["fields"].as_array().unwrap();
    assert_eq!(all.len(), 5, "a preset is added once");
    let id = |name: &str| all.iter().find(|field| field["name"] == name).unwrap()["id"].clone();
    let customer = shop.customer("王姐");
    let values = json!([
        { "field_id": id("口味偏好"), "values": ["低糖", "坚果"] },
        { "field_id": id("常订尺寸"), "values": ["6.5"] },
    ]);
    shop.call("customer_fields", json!({ "id": customer, "values": values }));
    let kept = details(&shop, customer)["fields"].clone();
    assert_eq!(kept[0]["values"], json!(["低糖", "坚果"]));
    assert_eq!(kept[1]["values"], json!(["6.5"]));
    let wrong = json!([
        { "field_id": id("复购周期"), "values": ["月度"] },
        { "field_id": id("常订尺寸"), "values": ["六寸"] },
        { "field_id": id("口味偏好"), "values": ["榴莲"] },
    ]);
    let refusal = shop.refused("customer_fields", json!({ "id": customer, "values": wrong }));
    assert_eq!(fields(&refusal), ["values.1", "values.2"]);
    assert_eq!(details(&shop, customer)["fields"], kept, "nothing of a wrong form is kept");
    let refusal =
        shop.refused("custom_field_save", json!({ "id": id("常订尺寸"), "name": "常订尺寸", "kind": "text" }));
    assert_eq!(fields(&refusal), ["kind"], "what a field holds is fixed once somebody has a value");
}

#[test]
fn an_option_that_is_no_longer_offered_stays_where_it_was_chosen() {
    let shop = Shop::open();
    let made = shop.call("custom_field_save", json!({ "name": "口味", "kind": "choice", "options": ["甜", "咸"] }));
    let field = made["fields"][0]["id"].clone();
    let (sweet, other) = (shop.customer("甲"), shop.customer("乙"));
    let set = |customer: i64| json!({ "id": customer, "values": [{ "field_id": field, "values": ["甜"] }] });
    shop.call("customer_fields", set(sweet));
    shop.call("custom_field_save", json!({ "id": field, "name": "口味", "kind": "choice", "options": ["咸", "辣"] }));
    shop.call("customer_fields", set(sweet));
    shop.refused("customer_fields", set(other));
}

#[test]
fn a_quick_note_carries_tags_and_a_contact_stands_on_the_timeline() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    shop.call("customer_note", json!({ "customer_id": customer, "text": "咨询定制礼盒，偏好 #国风 #礼盒" }));
    let contact = json!({ "customer_id": customer, "kind": "phone", "direction": "in", "text": "问交期", "is_deep": true, "minutes": 12, "at": "2026-03-01T15:00:00+08:00" });
    shop.call("interaction_add", contact);
    let profile = shop.profile(customer);
    assert_eq!(profile["preferences"]["declared"], json!(["国风", "礼盒"]));
    let lines: Vec<&str> =
        profile["timeline"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert!(lines.contains(&"电话 · 客人主动 · 深度沟通 · 12 分钟：问交期"), "{lines:?}");
    assert_eq!(shop.call("customer_search", json!({ "text": "国风" }))["total"], 1, "found by the tag at once");
    let later = json!({ "customer_id": customer, "kind": "visit", "direction": "in", "text": "x", "at": "2026-03-02T10:00:01+08:00" });
    assert_eq!(fields(&shop.refused("interaction_add", later)), ["at"], "nothing has happened in the future");
}

#[test]
fn a_long_timeline_comes_in_pages_and_a_profile_stays_small() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    for number in 0..75 {
        shop.call("customer_note", json!({ "customer_id": customer, "text": format!("第 {number} 次来") }));
    }
    let profile = shop.profile(customer);
    assert!(profile.to_string().len() < 10_000, "{} bytes", profile.to_string().len());
    let mut seen = profile["timeline"].as_array().unwrap().clone();
    let mut has_more = profile["has_older"].as_bool().unwrap();
    while has_more {
        let page = shop.call("customer_timeline", json!({ "id": customer, "offset": seen.len() }));
        seen.extend(page["entries"].as_array().unwrap().clone());
        has_more = page["has_more"].as_bool().unwrap();
    }
    assert!(seen.len() >= 76, "75 notes and the joining: {}", seen.len());
    let notes: std::collections::BTreeSet<i64> =
        seen.iter().filter(|line| line["kind"] == "note").map(|line| line["subject_id"].as_i64().unwrap()).collect();
    assert_eq!(notes.len(), 75, "each once");
}

#[test]
fn preferences_are_computed_apart_and_say_when_there_is_too_little() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    for (day, amount) in [("02", 1000), ("09", 2000), ("09", 3000)] {
        shop.set_clock(&format!("2026-03-{day}T15:00:00+08:00"));
        shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": amount, "payment": "微信" }));
    }
    let profile = shop.profile(customer);
    assert_eq!(profile["preferences"]["purchase_days"], 2);
    assert_eq!(profile["trade"]["next_likely_on"], json!(null), "two days are no rhythm");
    shop.set_clock("2026-03-16T15:00:00+08:00");
    shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 4000 }));
    let profile = shop.profile(customer);
    assert_eq!(profile["trade"]["next_likely_on"], "2026-03-23");
    assert_eq!(profile["preferences"]["usual_payment"], "微信");
    assert_eq!(profile["preferences"]["usual_weekday"], 1);
    assert_eq!(profile["preferences"]["band_from_minor"], 1000);
    assert_eq!(profile["preferences"]["band_to_minor"], 3000);
    assert_eq!(profile["preferences"]["months"][2], 3, "days, not sales");
    assert_eq!(profile["preferences"]["declared"], json!([]), "what was computed is never declared");
}

#[test]
fn when_goods_come_everybody_who_waits_is_listed_with_a_message_and_told_once() {
    let shop = Shop::open();
    let made = shop.call("customer_create", json!({ "name": "王丽", "salutation": "王姐", "wechat": "wj" }));
    let waiting = made["id"].as_i64().unwrap();
    let (peace, other) = (shop.customer("乙"), shop.customer("丙"));
    shop.call("wish_add", json!({ "customer_id": waiting, "text": "国风 礼盒" }));
    shop.call("wish_add", json!({ "customer_id": peace, "text": "礼盒" }));
    shop.call("wish_add", json!({ "customer_id": other, "text": "吐司" }));
    shop.call("customer_reach", json!({ "id": peace, "do_not_contact": true }));
    let board = shop.call("wish_arrive", json!({ "text": "国风中秋礼盒" }));
    let arrival = board["arrivals"][0].clone();
    let to_tell = arrival["to_tell"].as_array().unwrap().clone();
    assert_eq!(to_tell.len(), 2, "who waits for bread is not bothered");
    let draft = to_tell[0]["draft"].as_str().unwrap();
    assert!(draft.starts_with("王姐您好") && draft.contains("国风中秋礼盒"), "{draft}");
    assert_eq!((&to_tell[0]["channel"], &to_tell[0]["hold"]), (&json!("wechat"), &json!(null)));
    assert_eq!(to_tell[1]["hold"], "客人要求不要联系");
    let told = json!({ "arrival_id": arrival["id"], "wish_id": to_tell[0]["wish_id"] });
    let board = shop.call("wish_told", told.clone());
    assert_eq!(board["arrivals"][0]["to_tell"].as_array().unwrap().len(), 1);
    assert_eq!(board["open"], 2, "the wish ended");
    assert_eq!(shop.refused("wish_told", told)["code"], "not_found");
    assert!(shop.profile(waiting)["timeline"].to_string().contains("告知到货"), "the timeline has it");
    assert_eq!(fields(&shop.refused("wish_arrive", json!({ "text": "月饼" }))), ["text"], "nobody waits");
}

#[test]
fn files_are_kept_in_slices_and_come_out_byte_for_byte() {
    let shop = Shop::open();
    let customer = shop.customer("王姐");
    let content: Vec<u8> = (0..700_000_u32).map(|number| (number % 251) as u8).collect();
    let file = shop.folder().join("合同.pdf");
    std::fs::write(&file, &content).unwrap();
    shop.call("attachment_add", json!({ "customer_id": customer, "file": file }));
    let kept = details(&shop, customer)["attachments"][0].clone();
    assert_eq!((&kept["name"], &kept["bytes"]), (&json!("合同.pdf"), &json!(700_000)));
    let written = shop.call("attachment_copy", json!({ "id": kept["id"], "folder": shop.folder() }));
    let path = written["path"].as_str().unwrap();
    assert!(path.ends_with("合同-2.pdf"), "nothing is overwritten: {path}");
    assert_eq!(std::fs::read(path).unwrap(), content);
    std::fs::write(&file, vec![0; 5 * 1024 * 1024 + 1]).unwrap();
    assert_eq!(fields(&shop.refused("attachment_add", json!({ "customer_id": customer, "file": file }))), ["file"]);
    shop.call("attachment_remove", json!({ "id": kept["id"] }));
    assert_eq!(details(&shop, customer)["attachments"], json!([]));
}

#[test]
fn the_list_of_incomplete_profiles_begins_with_those_who_spend_most() {
    let shop = Shop::open();
    let (small, large) = (shop.customer("小"), shop.customer("大"));
    shop.sale(small, 100);
    shop.sale(large, 9000);
    let page = shop.call("customer_incomplete", json!({ "lacking": "birthday" }));
    assert_eq!(page["total"], 2);
    assert_eq!(page["rows"][0]["customer"]["id"], large);
    assert!(page["rows"][0]["missing"].as_array().unwrap().contains(&json!("phone")));
    shop.call("customer_change", json!({ "id": large, "birthday": { "calendar": "solar", "month": 1, "day": 1 } }));
    assert_eq!(shop.call("customer_incomplete", json!({ "lacking": "birthday" }))["total"], 1);
}

#[test]
fn whoever_is_past_their_own_rhythm_is_due_and_a_complaint_spares_them() {
    let shop = Shop::open();
    let bought = |name: &str, days: &[&str]| {
        let customer = shop.customer(name);
        for day in days {
            shop.call("sale_create", json!({ "customer_id": customer, "amount_minor": 1_000, "sold_on": day }));
        }
        customer
    };
    let weekly = bought("张三", &["2026-02-01", "2026-02-08", "2026-02-15"]);
    let monthly = bought("李四", &["2025-12-01", "2026-01-01", "2026-02-10"]);
    bought("王五", &["2026-01-01"]);
    let angry = bought("赵六", &["2026-02-01", "2026-02-04", "2026-02-07"]);
    let due = |shop: &Shop| {
        let page = shop.call("customer_due", json!({}));
        let rows =
            page["rows"].as_array().expect("rows").iter().map(|row| row["customer"]["id"].as_i64().expect("an id"));
        (rows.collect::<Vec<_>>(), page)
    };
    let (rows, page) = due(&shop);
    assert_eq!(rows, [weekly, angry], "became due last first; once is no rhythm, and a month is not over: {page}");
    let row = &page["rows"][0];
    assert_eq!(
        (&row["interval_days"], &row["due_on"], &row["late_days"]),
        (&json!(7), &json!("2026-02-22"), &json!(8))
    );
    shop.call("complaint_open", json!({ "customer_id": angry, "description": "蛋糕塌了" }));
    let (rows, page) = due(&shop);
    assert_eq!((rows, &page["spared"]), (vec![weekly], &json!(1)), "nobody is asked to buy while a case is open");

    shop.call("custom_field_preset", json!({ "trade": "bakery" }));
    let fields = shop.call("custom_field_list", json!({}))["fields"].clone();
    let cycle = fields.as_array().expect("fields").iter().find(|field| field["name"] == "复购周期").expect("a preset");
    let weekly_word = json!({ "id": monthly, "values": [{ "field_id": cycle["id"], "values": ["每周"] }] });
    shop.call("customer_fields", weekly_word);
    let (rows, page) = due(&shop);
    assert_eq!(rows, [weekly, monthly], "what was declared is shorter and counts: {page}");
    assert_eq!(page["rows"][1]["is_declared"], true);
    shop.sale(weekly, 500);
    assert_eq!(due(&shop).0, [monthly], "who came is due no longer");
}

#[test]
fn a_company_is_found_by_the_name_of_its_group_also_after_the_group_is_renamed() {
    let shop = Shop::open();
    let company = |name: &str| {
        shop.call("customer_create", json!({ "name": name, "kind": "company" }))["id"].as_i64().expect("an id")
    };
    let (group, middle, shop_below) = (company("大发集团"), company("南方公司"), company("第三门市"));
    let found = |text: &str| -> Vec<i64> {
        let hits = shop.call("customer_search", json!({ "text": text }));
        hits["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
    };
    assert_eq!(found("大发"), [group]);
    shop.call("customer_ties", json!({ "id": shop_below, "parent_id": middle }));
    shop.call("customer_ties", json!({ "id": middle, "parent_id": group }));
    assert_eq!(found("大发")[0], group, "the group itself stands first");
    let mut all = found("dafa");
    all.sort_unstable();
    assert_eq!(all, [group, middle, shop_below]);
    shop.call("customer_change", json!({ "id": group, "name": "宏图集团" }));
    assert_eq!(found("大发"), [0_i64; 0]);
    assert_eq!(found("宏图").len(), 3);
    shop.call("customer_ties", json!({ "id": middle, "parent_id": null }));
    assert_eq!(found("宏图"), [group]);
}

#[test]
fn a_book_with_search_lines_of_the_first_version_learns_the_groups_when_it_is_opened() {
    let mut shop = Shop::open();
    let company =
        |name: &str| shop.call("customer_create", json!({ "name": name, "kind": "company" }))["id"].as_i64().unwrap();
    let (group, below) = (company("大发集团"), company("南方公司"));
    shop.call("customer_ties", json!({ "id": below, "parent_id": group }));
    shop.customer("单晓华");
    shop.app.pretend_first_search_for_tests().expect("an open book");
    shop.restart();
    let found = |text: &str| {
        let rows = shop.call("customer_search", json!({ "text": text }))["rows"].clone();
        rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("大发"), ["大发集团", "南方公司"]);
    assert_eq!(found("dxh"), ["单晓华"], "whoever stands below nobody is found as before");
}
