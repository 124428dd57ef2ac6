//! 打印: what comes out as a PDF is read back, characters and all, by a reader that knows nothing of the page.

use crate::bakery;
use flate2::read::ZlibDecoder;
use serde_json::json;
use shukebu_tests::equipment::webdriver::Held;
use std::collections::BTreeMap;
use std::io::Read;

/// The words of a PDF, by the tables with which its fonts say what their glyphs mean. Reads what Chromium writes: plain
/// objects, deflated streams, two-byte glyphs.
fn words_of(pdf: &[u8]) -> String {
    assert!(pdf.starts_with(b"%PDF-"), "a PDF");
    let objects = objects(pdf);
    let text_of = |number: u32| objects.get(&number).map(|object| object.0.as_str()).unwrap_or_default();
    let mut fonts: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    for (dictionary, _) in
        objects.values().filter(|(dictionary, _)| dictionary.contains("/Font <<") || dictionary.contains("/Font<<"))
    {
        let listed = dictionary.split("/Font").nth(1).and_then(|rest| rest.split(">>").next()).unwrap_or_default();
        let parts: Vec<&str> = listed.split(['/', ' ', '<', '\n']).filter(|part| !part.is_empty()).collect();
        for four in parts.windows(4).filter(|four| four[0].starts_with('F') && four[3] == "R") {
            let unicode = text_of(four[1].parse().unwrap_or(0)).split("/ToUnicode ").nth(1).unwrap_or_default();
            let table = unicode.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
            let stream = objects.get(&table).and_then(|(_, stream)| stream.clone()).unwrap_or_default();
            fonts.insert(four[0].to_owned(), glyphs(&String::from_utf8_lossy(&stream)));
        }
    }
    let mut words = String::new();
    for (_, stream) in objects.values() {
        let page = String::from_utf8_lossy(stream.as_deref().unwrap_or_default()).into_owned();
        if !page.contains(" Tf") {
            continue;
        }
        let mut font: Option<&BTreeMap<u32, String>> = None;
        for line in page.lines() {
            let parts: Vec<&str> = line.split_whitespace().collect();
            for pair in parts.windows(3).filter(|pair| pair[2] == "Tf") {
                font = fonts.get(pair[0].trim_start_matches('/'));
            }
            let Some(font) = font.filter(|_| line.contains('<')) else { continue };
            for hex in line.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let glyphs = hex.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok());
                words.extend(
                    glyphs.filter_map(|glyph| font.get(&u32::from_str_radix(glyph, 16).ok()?)).map(String::as_str),
                );
            }
        }
        words.push('\n');
    }
    words.chars().map(plain).collect()
}

/// A font may give a character that is also a radical the number of the radical; people see the same.
fn plain(character: char) -> char {
    const RADICALS: &str =
        "⼩小⾯面⽰示⾏行⽆无⽤用⽇日⽉月⼈人⼤大⽣生⾦金⽔水⽕火⽊木⾼高⾷食⾐衣⼝口⼦子⼥女⼿手⽴立⻢马";
    let mut pairs = RADICALS.chars();
    while let (Some(radical), Some(usual)) = (pairs.next(), pairs.next()) {
        if radical == character {
            return usual;
        }
    }
    character
}

/// The objects of a PDF by number: the text of each, and its stream inflated.
fn objects(pdf: &[u8]) -> BTreeMap<u32, (String, Option<Vec<u8>>)> {
    let find = |from: usize, what: &[u8]| {
        pdf.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| at + from)
    };
    let mut found = BTreeMap::new();
    let mut from = 0;
    while let Some(at) = find(from, b" 0 obj") {
        let number = pdf[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&pdf[at - number..at]).unwrap_or_default().parse().unwrap_or(0);
        let end = find(at, b"endobj").unwrap_or(pdf.len());
        let stream = find(at, b"stream").filter(|stream| *stream < end).map(|stream| stream + b"stream".len());
        let text = String::from_utf8_lossy(&pdf[at..stream.unwrap_or(end)]).into_owned();
        let inflated = stream.map(|stream| {
            let skipped = pdf[stream..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            // A stream may hold the word that ends an object.
            let end = find(stream, b"endstream").unwrap_or(end);
            let raw = &pdf[stream + skipped..end];
            let mut bytes = vec![];
            match ZlibDecoder::new(raw).read_to_end(&mut bytes) {
                Ok(_) => bytes,
                Err(_) => raw.to_vec(),
            }
        });
        from = stream.and_then(|stream| find(stream, b"endstream")).unwrap_or(end);
        found.insert(number, (text, inflated));
    }
    found
}

/// From glyph to characters, as a font's table says.
fn glyphs(table: &str) -> BTreeMap<u32, String> {
    let number = |hex: &str| u32::from_str_radix(hex, 16).unwrap_or(0);
    let text = |hex: &str| {
        let units: Vec<u16> = hex
            .as_bytes()
            .chunks(4)
            .filter_map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
            .collect();
        String::from_utf16_lossy(&units)
    };
    let mut found = BTreeMap::new();
    let mut is_range = false;
    for line in table.lines() {
        if line.contains("beginbfrange") || line.contains("beginbfchar") {
            is_range = line.contains("range");
        }
        let cells: Vec<&str> = line.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
        match (is_range, cells.as_slice()) {
            (true, [first, last, to]) => {
                let begin = text(to).chars().next().map_or(0, u32::from);
                for glyph in number(first)..=number(last) {
                    let character = char::from_u32(begin + glyph - number(first)).map(String::from);
                    found.extend(character.map(|character| (glyph, character)));
                }
            }
            (false, [glyph, to]) => {
                found.insert(number(glyph), text(to));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_member_card_and_a_portrait_come_out_of_the_printer_with_every_character() {
    let desk = bakery("paper", |host| {
        let new =
            json!({ "name": "欧阳䶮", "salutation": "欧阳姐", "phone": "13800138001", "habits": "要无糖，坐窗边" });
        let id = host.call("customer_create", &new)["id"].clone();
        host.call("sale_create", &json!({ "customer_id": id, "amount_minor": 123_450 }));
    });
    let number = desk.host.call("customer_list", &json!({}))["rows"][0]["member_no"].as_str().unwrap().to_owned();
    let page = &desk.browser.page;
    page.go("/customers/1");
    page.sees("欧阳䶮");
    page.click("打印");
    page.click("会员卡");
    page.sees("出示此卡即可享受会员服务");
    let card = words_of(&page.pdf());
    for words in ["小满面包房", "会员卡", "欧阳姐", number.as_str()] {
        assert!(card.contains(words), "{words} of {card}");
    }
    assert!(!card.contains("8001"), "a card that is lost tells no number: {card}");
    page.press(shukebu_tests::equipment::webdriver::Key::Escape);
    page.no_longer_sees("出示此卡即可享受会员服务");
    page.click("打印");
    page.click("客户画像");
    page.sees("要无糖");
    let portrait = words_of(&page.pdf());
    for words in ["欧阳䶮", "基础属性", "交易行为", "需求偏好", "要无糖，坐窗边", "1,234.50"] {
        assert!(portrait.contains(words), "{words} of {portrait}");
    }
}

/// The labels lie on the paper where the sheet has them, measured as the browser laid them out: a CSS inch is 96 pixels and
/// 25.4 mm.
#[test]
fn labels_lie_on_their_sheet_to_a_tenth_of_a_millimetre() {
    let desk = bakery("stickers", |host| {
        for number in 0..30 {
            host.call("customer_create", &json!({ "name": format!("客人{number}"), "address": "小满街 1 号" }));
        }
    });
    let page = &desk.browser.page;
    page.go("/customers");
    page.sees("客人7");
    page.click("地址标签");
    page.click("A4 不干胶");
    page.sees("从第几张开始");
    let places = |page: &shukebu_tests::equipment::page::Page| -> Vec<[f64; 4]> {
        let script = "const mm = (px) => px * 25.4 / 96;
            const paper = document.querySelector('[data-preview]').getBoundingClientRect();
            return [...document.querySelectorAll('[data-preview] section')].map((piece) => {
              const { left, top, width, height } = piece.parentElement.getBoundingClientRect();
              return [mm(left - paper.left), mm(top - paper.top), mm(width), mm(height)];
            });";
        serde_json::from_value(page.ask(script)).unwrap()
    };
    let close = |found: [f64; 4], wanted: [f64; 4]| {
        let is_close = found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.1);
        assert!(is_close, "{found:?} instead of {wanted:?}");
    };
    let first = places(page);
    assert_eq!(first.len(), 30);
    close(first[0], [0.0, 0.5, 70.0, 37.0]);
    close(first[1], [70.0, 0.5, 70.0, 37.0]);
    close(first[23], [140.0, 259.5, 70.0, 37.0]);
    page.click("3×8");
    page.click("2×7");
    close(places(page)[0], [4.65, 15.15, 99.1, 38.1]);
    close(places(page)[13], [106.25, 243.75, 99.1, 38.1]);
    page.fill("从第几张开始", "4");
    close(places(page)[0], [106.25, 53.25, 99.1, 38.1]);
    page.picture("stickers");
}

#[test]
fn a_receipt_is_no_wider_than_its_roll_whatever_the_customer_is_called() {
    let desk = bakery("roll", |host| {
        let customer = host.add_customer(&"长".repeat(120), "13800138002");
        let lines = json!([{ "description": "x".repeat(80), "quantity": "1", "unit_price_minor": 123_456 }]);
        host.call("sale_create", &json!({ "customer_id": customer, "lines": lines }));
    });
    let page = &desk.browser.page;
    let sale = desk.host.call("sale_list", &json!({}))["rows"][0]["id"].clone();
    page.go(&format!("/counter/sales/{sale}"));
    page.sees("实收");
    page.chord(Held::Control, 'p');
    page.sees("收银小票");
    let rows = page
        .ask("return [...document.querySelectorAll('[class*=pair]')].map(row => row.scrollWidth - row.clientWidth);");
    let over: Vec<i64> = rows.as_array().unwrap().iter().filter_map(serde_json::Value::as_i64).collect();
    assert!(over.len() > 3 && over.iter().all(|beyond| *beyond <= 0), "{over:?}");
}
