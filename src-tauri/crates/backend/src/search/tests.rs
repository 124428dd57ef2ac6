//! The conventions of the trade as claims about whole searches.

use super::*;
use chrono::NaiveDate;

struct Shop {
    index: SearchIndex,
    names: Vec<String>,
}

/// A shop with these names, ids from 1, and enough strangers that nothing is found by chance.
fn shop(names: &[&str]) -> Shop {
    let mut shop = Shop { index: SearchIndex::new(), names: Vec::new() };
    for name in names {
        shop.add(CustomerFields { name, ..CustomerFields::default() });
    }
    shop
}

impl Shop {
    fn add(&mut self, fields: CustomerFields<'_>) -> CustomerId {
        self.names.push(fields.name.to_owned());
        let id = CustomerId(self.names.len() as i64);
        self.index.upsert(id, &search_text(&fields), Rank::default());
        id
    }

    fn found(&self, typed: &str) -> Vec<&str> {
        self.with(typed, SearchOptions::default())
    }

    fn with(&self, typed: &str, options: SearchOptions) -> Vec<&str> {
        self.index.search(typed, options).hits.iter().map(|hit| self.names[hit.id.0 as usize - 1].as_str()).collect()
    }
}

const CONVENTION: [(&str, &[&str]); 11] = [
    ("单晓华", &["shan", "dan", "sxh", "dxh", "shanxiaohua", "danxiaohua", "单", "晓华", "shan晓华"]),
    ("尉迟恭", &["yuchi", "ycg", "wcg", "weichi", "尉迟", "yuchigong"]),
    ("曾婉", &["zw", "cw", "zengwan", "cengwan"]),
    ("仇英", &["qy", "cy", "qiuying", "chou"]),
    ("解缙", &["xj", "jj", "xiejin", "jiejin"]),
    ("万俟雪", &["mqx", "wsx", "moqixue", "wansi", "wqx"]),
    ("區小姐", &["ou", "qu", "ouxiaojie", "区小姐", "區", "区"]),
    ("葉問", &["yw", "yewen", "叶问", "葉"]),
    ("呂布", &["lu", "lv", "lü", "LÜ BU", "lb", "吕布", "lvbu", "lubu"]),
    ("䶮", &["yan", "䶮", "y"]),
    ("陳麵包店", &["陈面包", "陈面包店", "面包", "陳麵", "cmb", "mianbao", "chen面包", "麵bao"]),
];

#[test]
fn every_example_of_the_conventions_finds_its_customer() {
    let names: Vec<&str> =
        CONVENTION.iter().map(|(name, _)| *name).chain(["王小明", "李秋芳", "张三", "刘德华"]).collect();
    let shop = shop(&names);
    for (name, typed) in CONVENTION {
        for typed in typed {
            assert!(shop.found(typed).contains(&name), "{name} by {typed}: {:?}", shop.found(typed));
        }
    }
}

#[test]
fn chinese_letters_and_their_mixture_find_the_same_customer() {
    let shop = shop(&["张三", "章三丰", "李四"]);
    for typed in [
        "张三",
        "張三",
        "zhang三",
        "张san",
        "zhangsan",
        "ZhangSan",
        "ｚｈａｎｇ三",
        "zhang san",
        "zhang'san",
        "zs",
        "张s",
        "三",
    ] {
        assert!(shop.found(typed).contains(&"张三"), "{typed}");
    }
    assert_eq!(shop.found("zhang三")[0], "张三");
    assert_eq!(shop.found("张s"), ["张三"]);
    assert!(shop.found("zhangsf").contains(&"章三丰"));
    assert!(shop.found("zsanf").contains(&"章三丰"));
}

#[test]
fn surnames_that_simplify_to_one_character_find_each_other_and_stay_themselves() {
    for (a, b) in [("范冰", "範冰"), ("后羿", "後羿"), ("余华", "餘华")] {
        let shop = shop(&[a, b]);
        for typed in [a, b] {
            assert_eq!(shop.found(typed).len(), 2, "{typed}");
        }
        assert_ne!(a, b, "what is stored stays different");
    }
}

fn digits_shop() -> Shop {
    let mut shop = shop(&[]);
    shop.add(CustomerFields { name: "卡", card_codes: vec!["5678"], ..CustomerFields::default() });
    shop.add(CustomerFields { name: "头", phones: vec!["567-8123 4567"], ..CustomerFields::default() });
    shop.add(CustomerFields { name: "尾", phones: vec!["13912345678"], ..CustomerFields::default() });
    shop.add(CustomerFields { name: "中", phones: vec!["13956781234"], ..CustomerFields::default() });
    shop.add(CustomerFields { name: "别人", phones: vec!["13700000000"], ..CustomerFields::default() });
    shop
}

#[test]
fn four_digits_are_a_tail_first_then_a_front_then_a_card() {
    assert_eq!(digits_shop().found("5678"), ["尾", "头", "卡", "中"]);
    assert_eq!(digits_shop().found("５６７８")[0], "尾");
}

#[test]
fn a_phone_is_found_in_every_notation_and_old_ones_too() {
    let mut shop = shop(&["王五"]);
    shop.add(CustomerFields {
        name: "张三",
        phones: vec!["138 1234 5678", "020-88889999-8001", "+852 91234567", "0912-345-678"],
        ..CustomerFields::default()
    });
    for typed in [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "0086-13812345678",
        "１３８１２３４５６７８",
        "5678",
        "3812",
        "1234 5678",
        "020 8888 9999",
        "88889999",
        "+86 20 88889999",
        "02088889999转8001",
        "+852 9123 4567",
        "91234567",
        "0912345678",
        "+886912345678",
        "+886 912",
        "电话：138 1234 5678",
        "姓名：张三 电话：13812345678",
        "姓名：李四（新） 电话：138-1234-5678",
        "张三13812345678",
        "张三5678",
        "zhang 5678",
        "张三 13812345678 广东省深圳市",
    ] {
        assert_eq!(shop.found(typed).first(), Some(&"张三"), "{typed}");
    }
}

#[test]
fn numbers_codes_handles_companies_and_tags_find_their_customer() {
    let mut shop = shop(&["王五"]);
    shop.add(CustomerFields {
        name: "张三",
        mnemonic: "VIPZS",
        aliases: vec!["张总", "深圳市大發貿易有限公司"],
        member_number: "M00000017",
        card_codes: vec!["0012-7788"],
        handles: vec!["wxid_Abc-9", "zhang.san@example.com"],
        tags: vec!["素食", "VIP客户"],
        ..CustomerFields::default()
    });
    for (typed, field) in [
        ("vipzs", MatchedField::Name),
        ("张总", MatchedField::Alias),
        ("zz", MatchedField::Alias),
        ("大发贸易", MatchedField::Alias),
        ("dafamaoyi", MatchedField::Alias),
        ("dfmy", MatchedField::Alias),
        ("m00000017", MatchedField::MemberNumber),
        ("000017", MatchedField::MemberNumber),
        ("00127788", MatchedField::Card),
        ("0012-7788\r\n", MatchedField::Card),
        ("7788", MatchedField::Card),
        ("wxid_abc", MatchedField::Handle),
        ("zhang.san@ex", MatchedField::Handle),
        ("素食", MatchedField::Tag),
        ("vip客", MatchedField::Tag),
    ] {
        let hits = shop.index.search(typed, SearchOptions::default()).hits;
        assert_eq!(hits.first().map(|hit| (hit.id.0, hit.field)), Some((2, field)), "{typed}");
        assert_eq!(hits.len(), 1, "{typed}");
    }
}

#[test]
fn all_terms_must_match() {
    let mut shop = shop(&["张三", "李三"]);
    shop.add(CustomerFields {
        name: "张三",
        phones: vec!["13812345678"],
        tags: vec!["素食"],
        ..CustomerFields::default()
    });
    assert_eq!(shop.index.search("张 5678 素食", SearchOptions::default()).hits.len(), 1);
    assert_eq!(shop.index.search("zs 素", SearchOptions::default()).hits.len(), 1);
    assert_eq!(shop.index.search("张三 荤食", SearchOptions::default()).hits.len(), 0);
}

#[test]
fn better_matches_come_first_and_equal_ones_by_visit_then_tier() {
    let shop = shop(&["王张三", "张三丰", "张三", "章三"]);
    assert_eq!(shop.found("张三"), ["张三", "张三丰", "王张三"]);
    assert_eq!(shop.found("zs")[..2], ["张三", "章三"]);
    assert_eq!(shop.found("zhangsan")[2..], ["张三丰", "王张三"]);
    let mut index = SearchIndex::new();
    let line = search_text(&CustomerFields { name: "王", ..CustomerFields::default() });
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d);
    for (id, rank) in
        [(1, Rank::new(None, 9)), (2, Rank::new(day(1), 1)), (3, Rank::new(day(1), 2)), (4, Rank::new(day(2), 0))]
    {
        index.upsert(CustomerId(id), &line, rank);
    }
    let order = |index: &SearchIndex| {
        index.search("王", SearchOptions::default()).hits.iter().map(|h| h.id.0).collect::<Vec<_>>()
    };
    assert_eq!(order(&index), [4, 3, 2, 1]);
    assert_eq!(index.recent(2), [CustomerId(4), CustomerId(3)]);
    index.set_rank(CustomerId(1), Rank::new(day(3), 0));
    assert_eq!(order(&index), [1, 4, 3, 2]);
}

#[test]
fn confused_sounds_are_found_only_by_the_switch_and_last() {
    let shop = shop(&["张三", "臧三", "陈兰", "程南"]);
    let fuzzy = SearchOptions { fuzzy: true, ..SearchOptions::default() };
    assert_eq!(shop.found("zangsan"), ["臧三"]);
    assert_eq!(shop.with("zangsan", fuzzy), ["臧三", "张三"]);
    assert_eq!(shop.with("chenlan", fuzzy), ["陈兰", "程南"]);
    assert_eq!(shop.with("zan三", fuzzy).len(), 2);
}

#[test]
fn a_changed_or_forgotten_customer_is_found_only_by_what_is_true_now() {
    let mut index = SearchIndex::new();
    let line = |name: &str, phone: &str| {
        search_text(&CustomerFields { name, phones: vec![phone], ..CustomerFields::default() })
    };
    for id in 1..=500 {
        index.upsert(CustomerId(id), &line("王小明", &format!("138{id:08}")), Rank::default());
    }
    for round in 0..20 {
        for id in 1..=500 {
            let name = ["李四", "欧阳娜娜", "张三丰的老朋友"][(id as usize + round) % 3];
            index.upsert(CustomerId(id), &line(name, &format!("139{id:08}")), Rank::default());
        }
    }
    let all = SearchOptions { limit: usize::MAX, fuzzy: false };
    assert_eq!(index.len(), 500);
    assert!(index.search("王小明", all).hits.is_empty());
    assert!(index.search("13800000007", all).hits.is_empty());
    assert_eq!(index.search("13900000007", all).hits.len(), 1);
    assert_eq!(
        index.search("oynn", all).hits.len()
            + index.search("lisi", all).hits.len()
            + index.search("zsf", all).hits.len(),
        500
    );
    assert!(index.memory() < 200_000, "waste is given back: {}", index.memory());
    for id in 1..=499 {
        index.remove(CustomerId(id));
    }
    index.remove(CustomerId(12345));
    assert_eq!(index.search("1", all).hits.len(), 1);
    assert_eq!(index.len(), 1);
}

#[test]
fn ids_of_any_size_are_kept_apart() {
    let mut index = SearchIndex::new();
    let line = search_text(&CustomerFields { name: "王", ..CustomerFields::default() });
    let ids = [1, 7_000_001, 7_000_002, i64::MAX, -5, 0];
    for id in ids {
        index.upsert(CustomerId(id), &line, Rank::default());
        index.upsert(CustomerId(id), &line, Rank::default());
    }
    assert_eq!(index.search("王", SearchOptions::default()).hits.len(), ids.len());
    index.remove(CustomerId(i64::MAX));
    assert_eq!(index.search("w", SearchOptions::default()).hits.len(), ids.len() - 1);
}

#[test]
fn what_was_found_can_be_shown_bold() {
    let options = SearchOptions::default();
    for (name, typed, range) in [
        ("陳麵包店", "面包", Some((1, 3))),
        ("单晓华", "sx", Some((0, 2))),
        ("单晓华", "xiaoh", Some((1, 3))),
        ("阿依·古丽", "guli", Some((3, 5))),
        ("𠮷野家", "野", Some((1, 2))),
        ("张三", "5678", None),
        ("Anna Lee", "na l", Some((2, 4))),
    ] {
        assert_eq!(highlight(name, typed, options), range, "{name} {typed}");
    }
}
