//! Headings of real files.

use super::*;

fn row(cells: &[&str]) -> Row {
    let mut row = Row::default();
    row.start(1);
    cells.iter().for_each(|cell| row.push(cell));
    row
}

fn said(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect()
}

fn guessed(kind: ImportKind, heading: &str) -> Vec<String> {
    let cells: Vec<&str> = heading.split(',').collect();
    let mapping = Mapping::new(kind, &row(&cells), &BTreeMap::new()).unwrap();
    let mut found: Vec<_> = mapping.found().collect();
    found.sort_by_key(|(_, column)| column.index);
    found
        .into_iter()
        .map(|(field, column)| {
            let unit = if column.is_minor { "_minor" } else { "" };
            format!("{}{unit}={}", field.name(), cells[column.index])
        })
        .collect()
}

const WHOLESALER: &str = "InvoiceNo,InvoiceDate,CustomerID,Country,StockCode,Description,Quantity,UnitPrice";

#[test]
fn a_published_sale_log_is_understood() {
    assert_eq!(
        guessed(ImportKind::Sales, WHOLESALER),
        [
            "sale_no=InvoiceNo",
            "sold_at=InvoiceDate",
            "customer=CustomerID",
            "item=StockCode",
            "description=Description",
            "quantity=Quantity",
            "unit_price=UnitPrice"
        ]
    );
}

#[test]
fn tables_of_another_program_are_understood() {
    assert_eq!(
        guessed(
            ImportKind::Customers,
            "customer_id,member_no,name,phone,gender,birthday_kind,birth_year,birth_month,birth_day,birth_leap,joined_on,source"
        ),
        [
            "ref=customer_id",
            "member_no=member_no",
            "name=name",
            "phone=phone",
            "gender=gender",
            "birthday_calendar=birthday_kind",
            "birth_year=birth_year",
            "birth_month=birth_month",
            "birth_day=birth_day",
            "birth_leap=birth_leap",
            "joined_on=joined_on",
            "source=source"
        ]
    );
    assert_eq!(
        guessed(ImportKind::Products, "product_id,sku,barcode,name,category,category_zh,price_cents,cost_cents"),
        [
            "ref=product_id",
            "sku=sku",
            "barcode=barcode",
            "name=name",
            "category=category",
            "price_minor=price_cents",
            "cost_minor=cost_cents"
        ]
    );
    assert_eq!(
        guessed(
            ImportKind::Sales,
            "sale_id,sold_at,customer_id,staff,payment,gross_cents,discount_cents,paid_cents,points"
        ),
        [
            "sale_no=sale_id",
            "sold_at=sold_at",
            "customer=customer_id",
            "staff=staff",
            "payment=payment",
            "amount_minor=gross_cents",
            "discount_minor=discount_cents",
            "paid_minor=paid_cents",
            "points=points"
        ]
    );
    assert_eq!(
        guessed(ImportKind::SaleLines, "sale_id,line_no,product_id,qty,unit_cents,amount_cents"),
        [
            "sale_no=sale_id",
            "line_no=line_no",
            "product=product_id",
            "quantity=qty",
            "unit_price_minor=unit_cents",
            "amount_minor=amount_cents"
        ]
    );
    assert_eq!(
        guessed(
            ImportKind::Complaints,
            "complaint_id,customer_id,sale_id,opened_at,channel,category,priority,first_response_at,resolved_at,reopened_at,status"
        ),
        [
            "ref=complaint_id",
            "customer=customer_id",
            "sale=sale_id",
            "opened_at=opened_at",
            "channel=channel",
            "category=category",
            "severity=priority",
            "responded_at=first_response_at",
            "resolved_at=resolved_at",
            "reopened_at=reopened_at",
            "status=status"
        ]
    );
}

#[test]
fn lists_of_a_chinese_shop_are_understood() {
    assert_eq!(
        guessed(ImportKind::Customers, "姓名,手机号,性别,生日,会员号,入会日期,累计消费,备注"),
        [
            "name=姓名",
            "phone=手机号",
            "gender=性别",
            "birthday=生日",
            "member_no=会员号",
            "joined_on=入会日期",
            "opening_spend=累计消费",
            "note=备注"
        ]
    );
    assert_eq!(
        guessed(ImportKind::Customers, "會員編號,客戶姓名,聯絡電話,出生日期,備註"),
        ["member_no=會員編號", "name=客戶姓名", "phone=聯絡電話", "birthday=出生日期", "note=備註"]
    );
    assert_eq!(
        guessed(ImportKind::Sales, "单号,日期,时间,会员号,姓名,手机,商品名称,数量,单价,金额(元),实收(元),支付方式"),
        [
            "sale_no=单号",
            "sold_at=日期",
            "sold_time=时间",
            "customer=会员号",
            "customer_name=姓名",
            "customer_phone=手机",
            "description=商品名称",
            "quantity=数量",
            "unit_price=单价",
            "amount=金额(元)",
            "paid=实收(元)",
            "payment=支付方式"
        ]
    );
    let ours = guessed(ImportKind::Sales, "sale_no,sold_at,member_no,customer,amount_minor");
    assert!(ours.contains(&"customer=member_no".to_owned()) && ours.contains(&"customer_name=customer".to_owned()));
    let ours = guessed(ImportKind::Complaints, "member_no,customer,received_at,description");
    assert!(ours.contains(&"customer=member_no".to_owned()), "{ours:?}");
    assert_eq!(guessed(ImportKind::Sales, "时间,姓名,金额"), ["sold_at=时间", "customer=姓名", "amount=金额"]);
}

#[test]
fn what_the_person_says_wins_over_the_guess() {
    let heading = row(&["客户", "电话", "家里电话", "价"]);
    let mapping =
        Mapping::new(ImportKind::Customers, &heading, &said(&[("phone", "家里电话"), ("name", "#1"), ("note", "价")]))
            .unwrap();
    assert_eq!(mapping.get(Field::Phone).unwrap().index, 2);
    assert_eq!(mapping.get(Field::Note).unwrap().index, 3);
    let none = Mapping::new(ImportKind::Customers, &heading, &said(&[("phone", "")])).unwrap();
    assert_eq!(none.get(Field::Phone), None, "an empty column takes the guess away");
    let minor = Mapping::new(ImportKind::Products, &heading, &said(&[("price_minor", "价")])).unwrap();
    assert!(minor.get(Field::Price).unwrap().is_minor);
}

#[test]
fn an_unknown_field_or_column_is_refused_with_what_there_is() {
    let heading = row(&["姓名", "电话"]);
    let refusal = |pairs| Mapping::new(ImportKind::Customers, &heading, &said(pairs)).unwrap_err();
    let unknown = refusal(&[("telefon", "电话")]);
    assert_eq!((unknown.key.as_ref(), unknown.values["name"].as_str()), ("import.map_field_unknown", "telefon"));
    let unknown = refusal(&[("phone", "手机")]);
    assert_eq!((unknown.key.as_ref(), unknown.values["columns"].as_str()), ("import.map_column_unknown", "姓名、电话"));
    assert_eq!(refusal(&[("phone", "#3")]).key, "import.map_column_unknown");
}

#[test]
fn missing_columns_are_named_together_with_what_was_found() {
    let mapping = Mapping::new(ImportKind::Sales, &row(&["甲", "乙"]), &BTreeMap::new()).unwrap();
    let refusal = mapping.require().unwrap_err();
    assert_eq!(refusal.key, "import.columns_missing");
    assert_eq!(refusal.values["missing"], "sold_at, amount / paid / unit_price");
    assert_eq!(refusal.values["columns"], "甲、乙");
}

#[test]
fn titles_above_the_table_are_no_headings() {
    let rows = [row(&["会员列表 2024"]), row(&["打印: 小王", "", "x"]), row(&["姓名", "手机"]), row(&["张三", "1"])];
    assert_eq!(heading_row(ImportKind::Customers, &rows), 2);
    assert_eq!(heading_row(ImportKind::Customers, &rows[2..]), 0);
}

#[test]
fn the_kind_of_a_table_is_guessed() {
    for (heading, kind) in [
        (WHOLESALER, ImportKind::Sales),
        ("姓名,手机号,生日", ImportKind::Customers),
        ("sale_id,line_no,product_id,qty,unit_cents,amount_cents", ImportKind::SaleLines),
        ("sku,barcode,name,category,price", ImportKind::Products),
        ("客户,投诉时间,投诉内容,响应时间", ImportKind::Complaints),
    ] {
        assert_eq!(guess_kind(&[row(&heading.split(',').collect::<Vec<_>>())]), kind, "{heading}");
    }
}

#[test]
fn a_layout_is_known_again() {
    let mark = |cells: &[&str]| Mapping::new(ImportKind::Customers, &row(cells), &BTreeMap::new()).unwrap().layout();
    assert_eq!(mark(&["姓名", "手机"]), mark(&["姓名", "手机"]));
    assert_ne!(mark(&["姓名", "手机"]), mark(&["手机", "姓名"]));
}

#[test]
fn pairs_of_the_command_line_are_read() {
    assert_eq!(
        parse_map("phone=家里电话, paid_minor=实收").unwrap(),
        said(&[("phone", "家里电话"), ("paid_minor", "实收")])
    );
    assert_eq!(parse_map("phone").unwrap_err().key, "import.map_unreadable");
}
