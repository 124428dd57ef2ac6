//! Workbooks as shops and attackers write them.

use super::super::{Format, OpenFile, ReadOptions, Row};
use super::number_text;
use crate::imports::refusal::Refusal;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

fn at(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn open(path: &Path) -> Result<OpenFile, Refusal> {
    OpenFile::open(&path.to_owned().into(), &ReadOptions::default())
}

fn rows(file: &OpenFile) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::new();
    file.scan(&mut |row, _| {
        rows.push(row.clone());
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

fn zip_of(path: &Path, parts: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="客户" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn xlsx_with(path: &Path, sheet_data: &str, texts: Option<&str>) {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(texts.map(|texts| ("xl/sharedStrings.xml", texts.as_bytes())));
    zip_of(path, &parts);
}

fn ods_with(path: &Path, tables: &str) {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    let mime = b"application/vnd.oasis.opendocument.spreadsheet";
    zip_of(path, &[("mimetype", mime), ("content.xml", content.as_bytes())]);
}

#[test]
fn a_sheet_gives_its_cells_as_a_person_would_type_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("会员").unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    let moment = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d hh:mm");
    sheet.write(0, 0, "手机").unwrap().write(0, 1, "生日").unwrap().write(0, 2, "时间").unwrap();
    sheet.write(1, 0, 13_800_138_000.0).unwrap();
    sheet.write_with_format(1, 1, 32_875.0, &day).unwrap();
    sheet.write_with_format(1, 2, 45_356.5, &moment).unwrap();
    sheet.write(4, 3, "远").unwrap();
    book.save(&path).unwrap();
    let file = open(&path).unwrap();
    assert_eq!((file.format, file.sheets.as_slice()), (Format::Xlsx, ["会员".to_owned()].as_slice()));
    let rows = rows(&file).unwrap();
    assert_eq!(rows[1].cells().collect::<Vec<_>>(), ["13800138000", "1990-01-02", "2024-03-05 12:00:00"]);
    assert_eq!((rows[2].number, rows[2].cell(3)), (5, "远"), "empty rows count, but are not given");
}

#[test]
fn an_unknown_sheet_is_refused_with_the_names_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    xlsx_with(&path, "", None);
    let options = ReadOptions { sheet: Some("订单".to_owned()), ..ReadOptions::default() };
    let refusal = OpenFile::open(&path.clone().into(), &options).unwrap_err();
    assert_eq!((refusal.key.as_ref(), refusal.values["sheets"].as_str()), ("import.sheet_unknown", "客户"));
}

#[test]
fn a_workbook_that_begins_with_an_empty_sheet_is_read_from_the_first_one_that_holds_anything() {
    let folder = TempDir::new().unwrap();
    let path = at(&folder, "two.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Sheet1").unwrap();
    book.add_worksheet().set_name("会员").unwrap().write_string(0, 0, "姓名").unwrap();
    book.save(&path).unwrap();
    let file = open(&path).unwrap();
    assert_eq!((file.sheet.as_deref(), file.sheets.len()), (Some("会员"), 2));
    let first = ReadOptions { sheet: Some("Sheet1".into()), ..ReadOptions::default() };
    let file = OpenFile::open(&path.clone().into(), &first).unwrap();
    assert!(rows(&file).unwrap().is_empty(), "the empty one is read when somebody asks for it");
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    xlsx_with(
        &path,
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>7</v></c></row>"#,
        None,
    );
    let rows = rows(&open(&path).unwrap()).unwrap();
    assert_eq!((rows.len(), rows[1].number, rows[1].cell(16_383)), (2, 1_048_576, "7"));
}

#[test]
fn a_formula_gives_its_last_value_and_is_never_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    xlsx_with(
        &path,
        r#"<row r="1"><c r="A1"><f>1+41</f><v>42</v></c><c r="B1"><f>HYPERLINK("http://x","y")</f></c></row>"#,
        None,
    );
    assert_eq!(rows(&open(&path).unwrap()).unwrap()[0].cells().collect::<Vec<_>>(), ["42"]);
}

#[test]
fn bombs_are_refused_before_a_parser_sees_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "texts.xlsx");
    let claim = r#"<?xml version="1.0"?><sst uniqueCount="22876792454"><si><t>x</t></si></sst>"#;
    xlsx_with(&path, "", Some(claim));
    assert_eq!(open(&path).unwrap_err().key, "import.too_large_inside", "a table of texts that claims 549 GB");

    let path = at(&folder, "blank.xlsx");
    xlsx_with(&path, &" ".repeat(4 << 20), None);
    assert_eq!(open(&path).unwrap_err().key, "import.cell_too_long", "one endless stretch");

    let path = at(&folder, "rows.xlsx");
    xlsx_with(&path, &"<row/>".repeat(8 << 20), None);
    assert_eq!(open(&path).unwrap_err().key, "import.too_large_inside", "a part that packs a thousand to one");
}

#[test]
fn what_is_no_workbook_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    zip_of(&path, &[("readme.txt", b"hello")]);
    assert_eq!(open(&path).unwrap_err().values["kind"], "ZIP");
    zip_of(&path, &[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", b"<w/>")]);
    assert_eq!(open(&path).unwrap_err().values["kind"], "Office");
    std::fs::write(&path, b"PK\x03\x04 and then nothing of the kind").unwrap();
    assert_eq!(open(&path).unwrap_err().key, "import.damaged");
    std::fs::write(&path, [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat()).unwrap();
    assert_eq!(open(&path).unwrap_err().key, "import.damaged");
}

#[test]
fn a_workbook_with_a_password_is_said_to_have_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.xlsx");
    let mut container = cfb::create(&path).unwrap();
    container.create_stream("/EncryptedPackage").unwrap().write_all(b"secret").unwrap();
    container.flush().unwrap();
    assert_eq!(open(&path).unwrap_err().key, "import.encrypted");
}

#[test]
fn an_ods_is_read_with_its_repeats() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.ods");
    ods_with(
        &path,
        r#"<table:table table:name="会员"><table:table-row><table:table-cell office:value-type="string"><text:p>姓名 &amp; 称呼</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2024-03-05T08:26:00"><text:p>3月5日</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="13800138000"><text:p>1.38E+10</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#,
    );
    let file = open(&path).unwrap();
    assert_eq!(file.sheets, ["会员"]);
    let rows = rows(&file).unwrap();
    assert_eq!(rows[0].cells().collect::<Vec<_>>(), ["姓名 & 称呼", "x", "x"]);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 5, 6]);
    assert_eq!(rows[2].cells().collect::<Vec<_>>(), ["2024-03-05 08:26:00", "13800138000"]);
}

#[test]
fn an_ods_that_repeats_a_full_row_a_million_times_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = at(&folder, "a.ods");
    let cell = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    ods_with(
        &path,
        &format!(
            r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row></table:table>"#
        ),
    );
    assert_eq!(rows(&open(&path).unwrap()).unwrap_err().key, "import.too_large_inside");
    let wide = cell.replacen("<table:table-cell", r#"<table:table-cell table:number-columns-repeated="99999999""#, 1);
    ods_with(&path, &format!(r#"<table:table table:name="a"><table:table-row>{wide}</table:table-row></table:table>"#));
    assert_eq!(rows(&open(&path).unwrap()).unwrap_err().key, "import.too_many_columns");
}

#[test]
fn numbers_of_a_sheet_look_as_they_were_typed() {
    for (number, text) in [
        (13_800_138_000.0, "13800138000"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (-3.0, "-3"),
        (1158.0, "1158"),
        (19.99, "19.99"),
        (69_000_000_000_014.0, "69000000000014"),
        (1e300, "1e300"),
    ] {
        assert_eq!(number_text(number), text);
    }
}
