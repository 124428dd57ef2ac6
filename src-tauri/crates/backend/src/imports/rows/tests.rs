//! Rows of real and of broken files, from bytes to meaning.

use super::*;
use crate::api::imports::ImportKind;
use crate::imports::plan::{Plan, Wishes};
use crate::imports::refusal::Refusal;
use crate::values::{Gender, Severity};
use std::ops::ControlFlow;

fn stage_bytes(kind: ImportKind, bytes: &[u8]) -> Result<Vec<Staged>, Refusal> {
    stage_bytes_as(kind, bytes, None)
}

fn stage_bytes_as(kind: ImportKind, bytes: &[u8], encoding: Option<String>) -> Result<Vec<Staged>, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let mut wishes = Wishes { kind: Some(kind), ..Wishes::default() };
    wishes.read.encoding = encoding;
    let plan = Plan::make(&path.clone().into(), &wishes)?;
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let shop = Shop { zone: chrono_tz::Asia::Shanghai, exponent: 2, today };
    let mut all = Vec::new();
    stage(&plan, &shop, &mut |staged, _| {
        all.push(staged);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

fn staged(kind: ImportKind, text: &str) -> Vec<Staged> {
    stage_bytes(kind, text.as_bytes()).unwrap()
}

fn customers(text: &str) -> Vec<CustomerRow> {
    let rows = staged(ImportKind::Customers, text).into_iter();
    rows.map(|staged| match staged.outcome {
        Ok(AnyRow::Customer(row)) => *row,
        other => panic!("{other:?}"),
    })
    .collect()
}

fn sales(text: &str) -> Vec<SaleRow> {
    let rows = staged(ImportKind::Sales, text).into_iter();
    rows.map(|staged| match staged.outcome {
        Ok(AnyRow::Sale(row)) => *row,
        other => panic!("{other:?}"),
    })
    .collect()
}

fn problem(staged: &Staged) -> (u64, String, String) {
    let issue = staged.outcome.as_ref().unwrap_err();
    (issue.row, issue.field.as_deref().unwrap_or("").to_owned(), issue.code.to_string())
}

#[test]
fn a_dirty_list_of_customers_becomes_clean_ones() {
    let rows = customers(
        "姓名,手机号,性别,生日,会员号,入会日期,累计消费,备注\n\u{3000}张婉 ,+86 13207603957,女,农历7月3日,M00000640,2023/11/10,\"¥1,158.00\",\"VIP,老客\"\"常来\"\"\"\n\
         苏 月,17607036561.0,男,19730409,M00000698,2026-09-17,575,=9+9\n\
         王妹瑾,159 1307 7297 / １８３０１７６２３９３,,2007.6.30,M1,,,\n",
    );
    assert_eq!((rows[0].name.as_str(), rows[0].phones[0].as_str()), ("张婉", "13207603957"));
    assert_eq!(rows[0].opening_spend.map(|amount| amount.minor()), Some(115_800));
    assert_eq!(rows[0].note.as_deref(), Some("VIP,老客\"常来\""));
    assert_eq!((rows[1].name.as_str(), rows[1].phones[0].as_str()), ("苏月", "17607036561"));
    assert_eq!((rows[1].gender, rows[1].note.as_deref()), (Some(Gender::Male), Some("=9+9")));
    assert_eq!(rows[2].phones, ["15913077297", "18301762393"]);
}

#[test]
fn a_damaged_cell_is_left_empty_and_listed_and_the_row_stays() {
    let rows = staged(
        ImportKind::Customers,
        "姓名,手机号,性别,生日,入会日期,累计消费\n陈中轩,1.66581E+10,猫,2023-02-29,昨天,abc\n李丽叶,1562163632,,,,\n",
    );
    let codes: Vec<&str> = rows[0].warnings.iter().map(|issue| issue.code.as_ref()).collect();
    assert_eq!(
        codes,
        ["phone.scientific", "amount.unreadable", "date.not_existing", "gender.unreadable", "date.unreadable"]
    );
    assert!(rows.iter().all(|row| row.outcome.is_ok()));
    assert_eq!((rows[1].row, rows[1].warnings[0].code.as_ref()), (3, "phone.digit_missing"));
}

#[test]
fn a_row_of_nobody_is_left_out() {
    let rows = staged(ImportKind::Customers, "姓名,手机,备注\n,1.38E+10,x\n,,y\n张三,,\n");
    assert_eq!(problem(&rows[0]), (2, String::new(), "customer.nobody".into()));
    assert_eq!(problem(&rows[1]), (3, String::new(), "customer.nobody".into()));
    assert!(rows[2].outcome.is_ok());
}

#[test]
fn a_line_of_a_log_is_quantity_times_price_rounded_once() {
    let rows = sales(
        "InvoiceNo,InvoiceDate,CustomerID,StockCode,Description,Quantity,UnitPrice\n536365,2010-12-01 08:26:00,17850,85123A,HOLDER,6,2.55\n536366,2010-12-01 08:26:00,17850.0,x,y,3,0.335\n",
    );
    let line = rows[0].line.as_ref().unwrap();
    assert_eq!((rows[0].gross.minor(), rows[0].net.minor(), line.quantity_milli), (1530, 1530, 6000));
    assert_eq!((rows[0].customer.as_str(), line.item.as_deref()), ("17850", Some("85123A")));
    assert_eq!(rows[0].sold_at.to_string(), "2010-12-01T00:26:00Z");
    assert_eq!(rows[1].gross.minor(), 101, "1.005 rounds up");
}

#[test]
fn a_sale_as_one_amount_has_no_line() {
    let rows = sales(
        "sale_id,sold_at,customer_id,staff,payment,gross_cents,discount_cents,paid_cents,points\n1,2023-11-01 10:58:16,338,4,wechat,97500,14600,82900,829\n",
    );
    let row = &rows[0];
    assert_eq!((row.gross.minor(), row.discount.minor(), row.net.minor()), (97_500, 14_600, 82_900));
    assert_eq!((row.line.as_ref(), row.points, row.payment.as_deref()), (None, Some(829), Some("wechat")));
}

#[test]
fn what_was_paid_is_believed() {
    let money = |row: &SaleRow| (row.gross.minor(), row.discount.minor(), row.net.minor());
    let rows = sales(
        "单号,日期,金额,优惠,实收\na,2024-1-1,100,,90\nb,2024-1-1,,,50\nc,2024-1-1,100,10,\nd,2024-1-1,100,5,80\ne,2024-1-1,100,,103\n",
    );
    assert_eq!(
        rows.iter().map(money).collect::<Vec<_>>(),
        [(10_000, 1000, 9000), (5000, 0, 5000), (10_000, 1000, 9000), (10_000, 2000, 8000), (10_300, 0, 10_300)]
    );
}

#[test]
fn rows_of_a_log_that_cannot_be_are_left_out_with_row_and_field() {
    let rows = staged(
        ImportKind::Sales,
        "单号,日期,会员号,数量,单价,金额,优惠\n1,2024-1-1,a,1,-5,,\n2,2024-13-1,a,1,5,,\n3,,a,1,5,,\n4,2024-1-1,a,-1,5,,\n5,2024-1-1,a,0,5,,\n6,2024-1-1,a,,,,\n7,2024-1-1,a,,,10,20\n8,2024-1-1,a,1,99999999999999999,,\n9,2024-1-1,a,1,x,,\n",
    );
    let problems: Vec<_> = rows.iter().map(problem).map(|(row, field, code)| format!("{row} {field} {code}")).collect();
    assert_eq!(
        problems,
        [
            "2 unit_price amount.negative",
            "3 sold_at date.not_existing",
            "4 sold_at date.missing",
            "5 quantity quantity.negative",
            "6 quantity quantity.zero",
            "7 amount amount.missing",
            "8 discount discount.beyond_sale",
            "9 unit_price amount.too_large",
            "10 unit_price amount.unreadable"
        ]
    );
}

#[test]
fn sales_without_numbers_get_the_same_ones_every_time() {
    let text = "日期,姓名,金额\n2024-1-1,张三,10\n2024-1-1,张三,10\n2024-1-1,李四,10\n";
    let numbers = |text| sales(text).into_iter().map(|row| row.sale_no).collect::<Vec<_>>();
    let first = numbers(text);
    assert_eq!(first, numbers(text));
    assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "two equal rows are two sales");
    assert!(first[0].starts_with("20240101-"));
}

#[test]
fn a_log_in_american_days_is_read_by_its_whole_column() {
    let mut text = String::from("InvoiceNo,InvoiceDate,Amount\n");
    (0..4000).for_each(|number| text.push_str(&format!("{number},12/1/2010 8:26,1\n")));
    text.push_str("4000,12/13/2010 8:26,1\n");
    let rows = sales(&text);
    assert_eq!(rows[0].sold_at.to_string(), "2010-12-01T00:26:00Z");
    let open = staged(ImportKind::Sales, "InvoiceNo,InvoiceDate,Amount\n1,3/4/2010 8:26,1\n");
    assert_eq!(problem(&open[0]).2, "date.ambiguous");
}

#[test]
fn a_complaint_brings_its_moments_in_order() {
    let rows = staged(
        ImportKind::Complaints,
        "complaint_id,customer_id,opened_at,category,priority,first_response_at,resolved_at,status\n1,777,2023-11-08 11:44:50,price,urgent,2023-11-08 13:27:50,2023-11-08 16:04:12,resolved\n2,777,2023-11-08 11:44:50,price,low,2023-11-07 13:27:50,,answered\n",
    );
    let Ok(AnyRow::Complaint(row)) = &rows[0].outcome else { panic!("{:?}", rows[0]) };
    assert_eq!((row.severity, row.description.as_str(), row.resolved_at.is_some()), (Severity::High, "price", true));
    let Ok(AnyRow::Complaint(row)) = &rows[1].outcome else { panic!("{:?}", rows[1]) };
    assert_eq!(row.responded_at, None, "nobody answers before he was asked");
    assert_eq!(rows[1].warnings[0].code, "time.before_start");
}

#[test]
fn a_file_whose_characters_are_wrong_is_refused_and_one_torn_row_is_listed() {
    let (gbk, _, _) = encoding_rs::GBK.encode("姓名,手机\n张三,13800138000\n李四,\n王五,\n赵六,\n");
    let mut torn = gbk.into_owned();
    let at = torn.len() - 4;
    torn[at] = 0xFF;
    let rows = stage_bytes(ImportKind::Customers, &torn).unwrap();
    assert_eq!(problem(rows.last().unwrap()), (5, String::new(), "row.undecodable".into()));
    assert_eq!(rows.iter().filter(|row| row.outcome.is_ok()).count(), 3);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, encoding_rs::GBK.encode("姓名,手机\n张三,13800138000\n").0).unwrap();
    let mut wishes = Wishes { kind: Some(ImportKind::Customers), ..Wishes::default() };
    wishes.read.encoding = Some("utf-8".into());
    assert_eq!(Plan::make(&path.clone().into(), &wishes).unwrap_err().key, "import.encoding_wrong");
}

#[test]
fn one_line_of_another_encoding_is_read_as_what_it_is_and_named() {
    let mut mixed = "姓名,手机,备注\n张三,13800138000,\"常来\n喜欢茶\"\n".as_bytes().to_vec();
    mixed.extend_from_slice(&encoding_rs::GBK.encode("王晓华,13900139000,\"要发票\"\r\n").0);
    mixed.extend_from_slice("李四,13700137000,\n赵六,x,\n".as_bytes());
    for encoding in [None, Some("utf-8".to_owned())] {
        let rows = stage_bytes_as(ImportKind::Customers, &mixed, encoding).unwrap();
        let names: Vec<&str> = rows
            .iter()
            .map(|row| match &row.outcome {
                Ok(AnyRow::Customer(customer)) => customer.name.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(names, ["张三", "王晓华", "李四", "赵六"]);
        let warned: Vec<(u64, &str)> =
            rows.iter().flat_map(|row| &row.warnings).map(|issue| (issue.row, issue.code.as_ref())).collect();
        assert_eq!(warned[0], (3, "row.read_as_gbk"), "{warned:?}");
        let Ok(AnyRow::Customer(customer)) = &rows[1].outcome else { panic!() };
        assert_eq!(customer.note.as_deref(), Some("要发票"), "without a trace of the mark");
    }
}

#[test]
fn what_cannot_have_happened_is_left_out_and_named() {
    let rows = staged(ImportKind::Sales, "单号,日期,金额\n1,2099-01-01,5\n2,2027-11-23,5\n3,2027-11-24,5\n");
    assert_eq!(problem(&rows[0]), (2, "sold_at".into(), "date.far_ahead".into()));
    assert!(rows[1].outcome.is_ok(), "the clock of the computer may stand back");
    assert_eq!(problem(&rows[2]), (4, "sold_at".into(), "date.far_ahead".into()));
    let rows = staged(ImportKind::Refunds, "单号,退款时间,退款金额\n1,2099-01-01,5\n");
    assert_eq!(problem(&rows[0]), (2, "refunded_at".into(), "date.far_ahead".into()));
    let rows = staged(ImportKind::Complaints, "编号,客户,受理时间,描述\n1,A1,2099-01-01,太硬\n");
    assert_eq!(problem(&rows[0]), (2, "opened_at".into(), "date.far_ahead".into()));
}

#[test]
fn names_with_code_in_them_travel_as_text() {
    let rows = customers(
        "姓名,手机\n\"=cmd|'/c calc'!A1\",13800138000\n<img src=x onerror=alert(1)>,13800138001\n'=1+1,13800138002\n",
    );
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["=cmd|'/c calc'!A1", "<img src=x onerror=alert(1)>", "=1+1"]);
}
