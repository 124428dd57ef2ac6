//! The shop's tags: groups, renaming, merging, deleting, and the way back.

use crate::support::{Shop, fields};
use crate::table::{ids, listed, one, shop};
use serde_json::{Value, json};

fn tag_of(shop: &Shop, name: &str) -> Value {
    let list = shop.call("tag_list", json!({}));
    let tags = list["tags"].as_array().expect("tags");
    tags.iter().find(|tag| tag["name"] == name).cloned().unwrap_or_default()
}

#[test]
fn a_tag_is_renamed_for_everybody_and_whatever_asks_for_it_follows() {
    let shop = shop();
    let view =
        json!({ "name": "团购的", "definition": { "columns": ["name"], "conditions": one("tag", "is", "团购") } });
    shop.call("customer_view_save", view);
    let rule = json!({ "kind": "field", "field": { "profile": "tags" }, "one_of": ["团购", "老街坊"] });
    let list = shop.call("segment_list_save", json!({ "name": "熟人", "condition": rule }))["lists"][0]["id"].clone();
    let group = shop.call("tag_group_save", json!({ "name": "渠道", "color": "gold", "tags": ["线上"] }));
    let group = group["groups"][0]["id"].clone();
    assert_eq!(tag_of(&shop, "线上")["group"], group, "a group may begin with tags");
    let id = tag_of(&shop, "团购")["id"].clone();
    assert_eq!(tag_of(&shop, "团购")["people"], 2);
    let refusal = shop.refused("tag_save", json!({ "id": id, "name": "老街坊" }));
    assert_eq!(fields(&refusal), ["name"]);
    let done = shop.call("tag_save", json!({ "id": id, "name": "社区团购", "group": group }));
    assert_eq!(done["changes"], 2);
    let found = shop.call("customer_search", json!({ "text": "社区团购" }));
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(2), "the search knows at once");
    let asked = |shop: &Shop| {
        let views = shop.call("customer_views", json!({}));
        let lists = shop.call("segment_lists", json!({}));
        let of_view = views["rows"][0]["definition"]["conditions"]["groups"][0]["conditions"][0]["value"].clone();
        (of_view, lists["lists"][0]["condition"]["one_of"].clone(), lists["lists"][0]["people"].clone())
    };
    assert_eq!(asked(&shop), (json!("社区团购"), json!(["社区团购", "老街坊"]), json!(2)));
    shop.call("customer_bulk_tag_undo", json!({ "id": done["id"] }));
    assert_eq!(asked(&shop), (json!("团购"), json!(["团购", "老街坊"]), json!(2)));
    assert_eq!(tag_of(&shop, "团购")["group"], Value::Null, "it stands where it stood");
    shop.call("segment_list_delete", json!({ "id": list }));
}

#[test]
fn two_tags_become_one_and_two_again() {
    let shop = shop();
    let (from, into) = (tag_of(&shop, "老街坊")["id"].clone(), tag_of(&shop, "团购")["id"].clone());
    let only = ids(&shop)["乙"];
    shop.call("customer_cell", json!({ "id": only, "column": "tags", "value": "老街坊" }));
    let done = shop.call("tag_merge", json!({ "from": from, "into": into }));
    assert_eq!(done["changes"], 2, "甲 had both, 乙 the one that went");
    assert_eq!(listed(&shop, &one("tag", "is", "团购")), ["丙", "乙", "甲"]);
    assert_eq!(tag_of(&shop, "老街坊"), Value::Null);
    shop.call("customer_bulk_tag_undo", json!({ "id": done["id"] }));
    assert_eq!(listed(&shop, &one("tag", "is", "老街坊")), ["乙", "甲"]);
    assert_eq!(listed(&shop, &one("tag", "is", "团购")), ["丙", "甲"]);
    shop.refused("tag_merge", json!({ "from": into, "into": into }));
}

#[test]
fn a_deleted_tag_comes_back_with_its_people_and_its_group() {
    let shop = shop();
    let made = shop.call("tag_group_save", json!({ "name": "渠道", "color": "blue", "tags": ["团购"] }));
    let group = made["groups"][0]["id"].clone();
    let done = shop.call("tag_delete", json!({ "id": tag_of(&shop, "团购")["id"] }));
    assert_eq!((&done["changes"], tag_of(&shop, "团购")), (&json!(2), Value::Null));
    shop.call("customer_bulk_tag_undo", json!({ "id": done["id"] }));
    assert_eq!((&tag_of(&shop, "团购")["people"], &tag_of(&shop, "团购")["group"]), (&json!(2), &group));
    shop.call("tag_group_delete", json!({ "id": group }));
    assert_eq!(tag_of(&shop, "团购")["group"], Value::Null, "the tags of a group stay");
    shop.refused("tag_group_save", json!({ "name": " ", "color": "blue" }));
}

#[test]
fn a_tag_that_a_scheme_asks_for_stands_until_the_scheme_is_changed() {
    let shop = shop();
    let mut scheme = shop.call("scheme_get", json!({ "key": "simple_rfm" }))["definition"].clone();
    scheme["classes"][0]["when"] = json!({ "kind": "field", "field": { "profile": "tags" }, "one_of": ["团购"] });
    shop.call("scheme_save", json!({ "definition": scheme }));
    let refusal = shop.refused("tag_delete", json!({ "id": tag_of(&shop, "团购")["id"] }));
    assert_eq!(refusal["key"], "tag.in_scheme");
}
