//! Hostile and broken files, one after the other, through the built program and its child process: each is read or
//! refused with its reason, none takes ten seconds, and nothing ends the program itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// What the program shall say about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// Refused, with the key of the reason.
    Refused(&'static str),
    /// Read: rows, rows that an import leaves out, cells that it leaves empty.
    Read(u64, u64, u64),
}
use Verdict::{Read, Refused};

struct Files {
    folder: tempfile::TempDir,
    list: Vec<(PathBuf, Verdict)>,
}

impl Files {
    fn add(&mut self, name: &str, bytes: impl AsRef<[u8]>, verdict: Verdict) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        self.list.push((path, verdict));
    }
}

fn verdict_of(path: &Path) -> Verdict {
    let output = Command::new(env!("CARGO_BIN_EXE_shukebu-cli")).args(["drill", "import"]).arg(path).output().unwrap();
    assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let get = |key: &str| said.get(key).cloned().unwrap_or_default();
    let number = |key: &str| get(key).as_u64().unwrap_or(u64::MAX);
    if get("read") == Value::Bool(true) {
        return Read(number("rows"), number("errors"), number("warnings"));
    }
    let message = get("message").as_str().unwrap_or("").to_owned();
    assert!(message.contains(' ') && !message.starts_with("import."), "a sentence: {said}");
    Refused(Box::leak(get("code").as_str().unwrap_or("").to_owned().into_boxed_str()))
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &[u8] =
    br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn book(sheets: usize) -> String {
    let list: String = (1..=sheets).map(|n| format!(r#"<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>"#)).collect();
    format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#
    )
}

fn xlsx(sheet_data: &str, sheets: usize, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let book = book(sheets);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    zip_of(&parts)
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn ods(table: &str, before: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?>{before}<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="a">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn ods_cell(text: &str, more: &str) -> String {
    format!(r#"<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn old_container(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    container.create_stream(name).unwrap().write_all(stream).unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

/// An old workbook with one sheet of these records.
fn xls(records: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = record(0x0085, &[16_u32.to_le_bytes().as_slice(), &[0; 4]].concat());
    stream.extend(record(0x000A, &[]));
    stream.extend(records.concat());
    stream.extend(record(0x000A, &[]));
    old_container("/Workbook", &stream)
}

fn number_at(row: u16, column: u16) -> Vec<u8> {
    record(0x0203, &[row.to_le_bytes().as_slice(), &column.to_le_bytes(), &[0; 2], &1.0_f64.to_le_bytes()].concat())
}

fn gzip(bytes: &[u8], times: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..times).for_each(|_| packer.write_all(bytes).unwrap());
    packer.finish().unwrap()
}

fn what_is_no_table(files: &mut Files) {
    files.add("empty.csv", b"", Refused("import.empty"));
    files.add("mark.csv", b"\xEF\xBB\xBF", Refused("import.empty"));
    files.add("blank.csv", b"\r\n \n\t\r\n", Refused("import.empty"));
    files.add("zeros.csv", b"name,phone\nx,\0\0\0\n", Refused("import.binary"));
    let noise: Vec<u8> = (0..40_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    files.add("noise.csv", noise, Refused("import.binary"));
    for (name, start) in [
        ("a.csv", &b"%PDF-1.7\n"[..]),
        ("b.xlsx", b"\x89PNG\r\n\x1a\n"),
        ("c.csv", b"MZ\x90\0"),
        ("d.xls", b"Rar!\x1a\x07"),
        ("e.csv", b"SQLite format 3\0"),
        ("f.csv", b"\x7FELF"),
        ("g.csv", b"7z\xBC\xAF\x27\x1C"),
    ] {
        files.add(name, start, Refused("import.unknown_kind"));
    }
    files.add("page.xls", b"<html><body><table><tr><td>x</td></tr></table>", Refused("import.web_page"));
    files.add("old.xls", b"<?xml version=\"1.0\"?><Workbook></Workbook>", Refused("import.xml"));
    files.add("data.csv", b"{\"customers\": []}", Refused("import.json"));
}

fn broken_texts(files: &mut Files) {
    files.add("line.csv", "x".repeat(3 << 20), Refused("import.row_too_long"));
    files.add("columns.csv", ",".repeat(40_000), Refused("import.too_many_columns"));
    files.add("cell.csv", format!("name,note\nx,{}\n", "y".repeat(300 << 10)), Refused("import.cell_too_long"));
    files.add("quote.csv", "name,note\nx,\"y\nz,w\n", Refused("import.quote_open"));
    files.add("other.csv", "甲,乙\n1,2\n", Refused("import.columns_missing"));
    files.add("heading.csv", "姓名,手机\n", Read(0, 0, 0));
    files.add("ragged.csv", "姓名,手机\n张三\n李四,13800138000,多,余\n", Read(2, 0, 0));
    files.add("phone.csv", "姓名,手机\n张三,1.38E+10\n", Read(1, 0, 1));
    files.add("day.csv", "姓名,生日\n张三,2023-02-29\n李四,农历1991年闰五月初一\n王五,农历十三月初一\n", Read(3, 0, 3));
    files.add(
        "log.csv",
        "单号,日期,金额\n1,2026-02-30,5\n2,2026-01-01,-5\n3,2026-01-01,=1+1\n4,2026-01-01,5\n",
        Read(4, 3, 0),
    );
    files.add(
        "code.csv",
        "姓名,手机\n=cmd|'/c calc'!A1,\n<img src=x onerror=alert(1)>,\n\u{202e}gpj.exe,\n",
        Read(3, 0, 0),
    );
    files.add("nobody.csv", "姓名,手机,备注\n,,x\n", Read(1, 1, 0));
    let mut torn = "name,note\n".as_bytes().to_vec();
    (0..10).for_each(|_| torn.extend_from_slice("张三,好\n".as_bytes()));
    torn.extend_from_slice(b"x,\xE5\xBC\n");
    files.add("torn.csv", torn, Read(11, 1, 0));
    files.add("gzip.csv", gzip(&b"name,x\n".repeat(1 << 18), 32), Refused("import.too_large_inside"));
    let whole = gzip(b"name,phone\nx,1\n", 1000);
    files.add("cut.csv.gz", whole.get(..whole.len() - 9).unwrap(), Refused("import.damaged"));
    files.add("twice.csv.gz", gzip(&gzip(b"name\nx\n", 1), 1), Refused("import.binary"));
    files.add("packed.csv.gz", gzip(&xlsx("", 1, &[]), 1), Refused("import.packed_workbook"));
    files.add("card.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张三\r\n", Read(1, 0, 0));
    files.add("cards.vcf", "BEGIN:VCARD\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:=ZZ=\r\nTEL:x\r\nEND:VCARD\r\n", Read(2, 1, 0));
}

fn hostile_workbooks(files: &mut Files) {
    files.add("text.xlsx", zip_of(&[("readme.txt", b"x")]), Refused("import.unknown_kind"));
    let word = zip_of(&[("[Content_Types].xml", TYPES), ("word/document.xml", b"<w/>")]);
    files.add("word.xlsx", word, Refused("import.unknown_kind"));
    let binary = zip_of(&[("[Content_Types].xml", TYPES), ("xl/workbook.bin", b"x")]);
    files.add("binary.xlsx", binary, Refused("import.unknown_kind"));
    let whole = xlsx(&format!("<row r=\"1\">{}</row>", cell("A1", "姓名")), 1, &[]);
    files.add("cut.xlsx", whole.get(..whole.len() / 2).unwrap(), Refused("import.damaged"));
    files.add("sheet.xlsx", xlsx("<row><c r=\"A1\"><v>1</v></row", 1, &[]), Refused("import.damaged"));
    files.add(
        "rows.xlsx",
        xlsx(&format!("<row r=\"5\">{}</row><row r=\"2\">{}</row>", cell("A5", "姓名"), cell("A2", "x")), 1, &[]),
        Refused("import.damaged"),
    );
    files.add("locked.xlsx", old_container("/EncryptedPackage", b"secret"), Refused("import.encrypted"));
    let claim: (&str, &[u8]) =
        ("xl/sharedStrings.xml", br#"<?xml version="1.0"?><sst uniqueCount="22876792454"><si><t>x</t></si></sst>"#);
    files.add("texts.xlsx", xlsx("", 1, &[claim]), Refused("import.too_large_inside"));
    files.add("bomb.xlsx", xlsx(&"<row/>".repeat(8 << 20), 1, &[]), Refused("import.too_large_inside"));
    files.add("run.xlsx", xlsx(&" ".repeat(4 << 20), 1, &[]), Refused("import.cell_too_long"));
    let names: Vec<String> = (0..10_100).map(|n| format!("x/{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"<x/>"[..])).collect();
    files.add("parts.xlsx", zip_of(&parts), Refused("import.too_large_inside"));
    files.add("sheets.xlsx", xlsx("", 2000, &[]), Refused("import.too_many_sheets"));
    let corner =
        format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", cell("A1", "姓名"), cell("XFD1048576", "x"));
    files.add("corner.xlsx", xlsx(&corner, 1, &[]), Read(1, 1, 0));
    let formula = format!(
        "<row r=\"1\">{}</row><row r=\"2\"><c r=\"A2\"><f>HYPERLINK(\"http://x\")</f><v>7</v></c></row>",
        cell("A1", "姓名")
    );
    files.add("formula.xlsx", xlsx(&formula, 1, &[]), Read(1, 0, 0));
    files.add("locked.xls", old_container("/Workbook", &record(0x002F, &[1, 0, 0, 0])), Refused("import.encrypted"));
    files.add("corner.xls", xls(&[number_at(0, 0), number_at(65_535, 255)]), Refused("import.too_large_inside"));
    let size = [0_u32.to_le_bytes().as_slice(), &u32::MAX.to_le_bytes(), &[0, 0, 255, 255, 0, 0]].concat();
    files.add("claim.xls", xls(&[record(0x0200, &size)]), Refused("import.too_large_inside"));
    files.add("word.xls", old_container("/WordDocument", b"x"), Refused("import.unknown_kind"));
    files.add(
        "garbage.xls",
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[7; 2000]].concat(),
        Refused("import.damaged"),
    );
    let row = |cells: &str, more: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
    let heading = row(&ods_cell("姓名", ""), "");
    let repeated = row(&ods_cell("x", ""), "table:number-rows-repeated=\"1000000\"");
    files.add("rows.ods", ods(&format!("{heading}{repeated}"), ""), Refused("import.too_large_inside"));
    let wide = row(&ods_cell("x", "table:number-columns-repeated=\"99999999\""), "");
    files.add("wide.ods", ods(&format!("{heading}{wide}"), ""), Refused("import.too_many_columns"));
    let laugh = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let laughing = row(&ods_cell("张&b;三", ""), "");
    files.add("laugh.ods", ods(&format!("{heading}{laughing}"), laugh), Read(1, 0, 0));
    let empty = "<table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    files.add("empty.ods", ods(&format!("{heading}{empty}"), ""), Read(0, 0, 0));
}

/// What tries to be something else by its encoding, its names or its size.
fn disguises(files: &mut Files) {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    files.add("marks.csv", "\u{feff}\u{feff}姓名,手机\n张三,13800138000\n", Read(1, 0, 0));
    files.add(
        "liar.csv",
        [b"\xFF\xFE".as_slice(), "姓名,手机\n张三,13800138000\n".as_bytes()].concat(),
        Refused("import.encoding_wrong"),
    );
    files.add("wide.csv", [b"\xFF\xFE".to_vec(), utf16("姓名,手机\n张三,13800138000\n")].concat(), Read(1, 0, 0));
    files.add(
        "odd.csv",
        [b"\xFF\xFE".to_vec(), utf16("姓名,手机\n张三,1"), vec![0x33]].concat(),
        Refused("import.encoding_wrong"),
    );
    let mut mixed = "姓名,手机\n".as_bytes().to_vec();
    (0..30).for_each(|_| mixed.extend_from_slice("欧阳娜,13800138000\n".as_bytes()));
    mixed.extend_from_slice(b"\xD5\xC5\xC8\xFD,13900139000\n");
    files.add("mixed.csv", mixed, Read(31, 0, 1));
    files.add("long.csv", format!("姓名,备注\n张三,{}\n", "好".repeat(68_000)), Read(1, 0, 0));
    let columns: Vec<String> = (0..16_384).map(|n| format!("c{n}")).collect();
    files.add(
        "broad.csv",
        format!("姓名,{}\n张三\n", columns.get(..16_383).unwrap_or_default().join(",")),
        Read(1, 0, 0),
    );
    files.add("lead.csv", "姓名,备注\n'=1+1,'+1\n@x,-2\n\t=3,x\n", Read(3, 0, 0));
    files.add("same.csv", "姓名,姓名,手机\n张三,李四,13800138000\n", Read(1, 0, 0));
    files.add("bidi.csv", "姓名\n\u{202e}\u{2066}\u{0000}\u{200b}\n".replace('\u{0}', ""), Read(1, 1, 0));
    files.add(
        "huge.csv",
        "单号,日期,金额\n1,2026-01-01,99999999999999999999\n2,2026-01-01,1e400\n3,2026-01-01,NaN\n",
        Read(3, 3, 0),
    );
    files.add("age.csv", "单号,日期,金额\n1,0000-00-00,5\n2,99999-01-01,5\n3,1e9,5\n", Read(3, 3, 0));
    let away = zip_of(&[("../../../etc/passwd", b"x"), ("C:\\Windows\\x.dll", b"x"), ("[Content_Types].xml", TYPES)]);
    files.add("away.xlsx", away, Refused("import.unknown_kind"));
    let secret = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let heading = format!("<table:table-row>{}</table:table-row>", ods_cell("姓名", ""));
    let stolen = format!("<table:table-row>{}</table:table-row>", ods_cell("张&e;三", ""));
    files.add("secret.ods", ods(&format!("{heading}{stolen}"), secret), Read(1, 0, 0));
    let sheet = format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row>",
        cell("A1", "姓名"),
        cell("A2", "&lt;img src=x onerror=alert(1)&gt;")
    );
    files.add("tag.xlsx", xlsx(&sheet, 1, &[]), Read(1, 0, 0));
    let deep = format!("<row r=\"1\">{}</row>{}", cell("A1", "姓名"), "<a>".repeat(200_000));
    files.add("deep.xlsx", xlsx(&deep, 1, &[]), Read(0, 0, 0));
    let card = |more: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:张三\r\n{more}END:VCARD\r\n");
    files.add("photo.vcf", card(&format!("PHOTO;ENCODING=b:{}\r\n", "QUJD".repeat(1 << 20))), Read(1, 0, 0));
    files.add("folds.vcf", card(&format!("NOTE:x{}\r\n", "\r\n x".repeat(200_000))), Read(1, 0, 0));
    files.add("nest.vcf", "BEGIN:VCARD\r\n".repeat(50_000), Read(25_000, 25_000, 0));
    files.add("gzip.vcf.gz", gzip(&card("").into_bytes().repeat(1 << 12), 64), Refused("import.too_large_inside"));
}

/// Tables as other programs write them: no mark, other ends of lines, other separators, rows in any order.
fn as_others_write_them(files: &mut Files) {
    let list = "姓名,手机,生日,备注\n张三,13800138000,1990-01-02,好\n李四,13900139000,,\n";
    let units = |bytes: fn(u16) -> [u8; 2]| list.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    files.add("little.csv", units(u16::to_le_bytes), Read(2, 0, 0));
    files.add("big.csv", units(u16::to_be_bytes), Read(2, 0, 0));
    files.add("returns.csv", list.replace('\n', "\r"), Read(2, 0, 0));
    files.add("ends.csv", list.replace("好\n", "\"a\r\nb\"\r"), Read(2, 0, 0));
    files.add("named.csv", format!("sep=;\n{}", list.replace(',', ";")), Read(2, 0, 0));
    files.add("bars.csv", list.replace(',', "|"), Read(2, 0, 0));
    files.add("tabs.xls", list.replace(',', "\t"), Read(2, 0, 0));
    let days = "姓名,生日\n甲,1990年闰五月初一\n乙,1991年闰五月初一\n丙,农历八月三十一\n丁,1989/6/31\n戊,0000-00-00\n";
    files.add("days.csv", days, Read(5, 0, 4));
    let back = format!("<row r=\"5\">{}</row><row r=\"2\">{}</row>", cell("A5", "name"), cell("A2", "x"));
    files.add("back.xlsx", xlsx(&back, 1, &[]), Refused("import.damaged"));
    let place = format!("<row r=\"1\">{}</row>", cell("ZZZZZZ99999999999", "name"));
    files.add("place.xlsx", xlsx(&place, 1, &[]), Refused("import.damaged"));
}

#[test]
fn every_hostile_or_broken_file_is_read_or_refused_with_its_reason_in_time() {
    let mut files = Files { folder: tempfile::tempdir().unwrap(), list: Vec::new() };
    what_is_no_table(&mut files);
    broken_texts(&mut files);
    hostile_workbooks(&mut files);
    disguises(&mut files);
    as_others_write_them(&mut files);
    let missing = files.folder.path().join("missing.csv");
    files.list.push((missing, Refused("import.not_found")));
    files.list.push((files.folder.path().to_owned(), Refused("import.not_a_file")));
    assert!(files.list.len() >= 54, "{}", files.list.len());
    // An unoptimised program on a busy machine gets more; what would hang takes for ever.
    let most = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 10 });
    let mut wrong = Vec::new();
    for (path, expected) in &files.list {
        let started = Instant::now();
        let said = verdict_of(path);
        let took = started.elapsed();
        if said != *expected || took > most {
            wrong.push(format!("{}: {said:?} instead of {expected:?} in {took:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
