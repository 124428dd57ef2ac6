//! What a file is, judged by its first bytes. The extension is never asked: a CSV called `.xls` is read, a picture
//! called `.csv` is refused.

use super::source::{self, Source, TextSource};
use super::{Format, OpenFile, ReadOptions, delimited, encoding, workbook};
use crate::imports::refusal::Refusal;
use encoding_rs::Encoding;
use std::io::Read;
use std::path::Path;

/// Bytes that are looked at.
const HEAD_BYTES: usize = 256 << 10;

/// Starts of files that are certainly no table, with a word for the owner.
const OTHERS: [(&[u8], &str); 14] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF", "7z"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"SQLite format 3", "SQLite"),
    (b"MZ", "EXE"),
    (b"\x7FELF", "ELF"),
    (b"{\\rtf", "RTF"),
    (b"SHUKEBAK", "backup"),
];

/// Looks at a file, or at what was pasted.
pub(super) fn look(source: &Source, options: &ReadOptions) -> Result<OpenFile, Refusal> {
    match source {
        Source::File(path) => look_at_file(path, options),
        Source::Pasted(text) => look_at_pasted(source, text),
    }
}

/// A spreadsheet puts its cells on the clipboard as text with tabs between.
fn look_at_pasted(source: &Source, text: &str) -> Result<OpenFile, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::file("import.empty"));
    }
    if is_binary(text) {
        return Err(Refusal::file("import.binary"));
    }
    let (separator, names_separator) =
        if text.contains('\t') { (b'\t', false) } else { delimited::detect_separator(first_lines(text)) };
    Ok(OpenFile {
        source: source.clone(),
        format: Format::Csv,
        is_gzip: false,
        size: text.len() as u64,
        encoding: Some(encoding_rs::UTF_8),
        separator,
        names_separator,
        sheets: Vec::new(),
        sheet: None,
    })
}

fn look_at_file(path: &Path, options: &ReadOptions) -> Result<OpenFile, Refusal> {
    let (mut file, size) = source::open(path)?;
    let mut start = [0; 8];
    let read = file.read(&mut start).map_err(|error| Refusal::unreadable(&error))?;
    let start = start.get(..read).unwrap_or_default();
    drop(file);
    let is_gzip = start.starts_with(b"\x1F\x8B");
    let mut found = OpenFile {
        source: path.to_owned().into(),
        format: Format::Csv,
        is_gzip,
        size,
        encoding: None,
        separator: b',',
        names_separator: false,
        sheets: Vec::new(),
        sheet: None,
    };
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return look_at_workbook(found, path, workbook::container_format(path)?, options);
    }
    if start.starts_with(b"\xD0\xCF\x11\xE0") {
        workbook::check_old(path, size)?;
        return look_at_workbook(found, path, Format::Xls, options);
    }
    let mut head = vec![0; HEAD_BYTES];
    let filled = TextSource::open(&found.source, is_gzip)?.fill(&mut head)?;
    head.truncate(filled);
    refuse_others(&head)?;
    look_at_text(&mut found, &head, options)?;
    Ok(found)
}

fn look_at_workbook(
    mut found: OpenFile,
    path: &Path,
    format: Format,
    options: &ReadOptions,
) -> Result<OpenFile, Refusal> {
    found.format = format;
    found.sheets = workbook::sheets(path, format)?;
    let wanted = options.sheet.as_deref().map(str::trim).filter(|name| !name.is_empty());
    found.sheet = match wanted {
        None => first_with_rows(path, format, &found.sheets),
        Some(name) => found.sheets.iter().find(|sheet| sheet.trim() == name).cloned(),
    };
    if found.sheet.is_some() {
        return Ok(found);
    }
    Err(Refusal::field("sheet", "import.sheet_unknown")
        .with("name", wanted.unwrap_or_default())
        .with("sheets", found.sheets.join("、")))
}

/// Sheets among which the first one that holds anything is looked for.
const SHEETS_LOOKED_INTO: usize = 20;

/// The first sheet that holds anything: many workbooks begin with an empty one. A sheet that cannot be read is taken as it
/// is, so that its reason is told.
fn first_with_rows(path: &Path, format: Format, sheets: &[String]) -> Option<String> {
    let has_rows = |sheet: &&String| {
        let mut has_any = false;
        let scanned = workbook::scan(path, format, sheet, &mut |_, _| {
            has_any = true;
            Ok(std::ops::ControlFlow::Break(()))
        });
        has_any || scanned.is_err()
    };
    let first = sheets.first();
    if sheets.len() < 2 {
        return first.cloned();
    }
    sheets.iter().take(SHEETS_LOOKED_INTO).find(has_rows).or(first).cloned()
}

/// Whatever is no text, and texts that are no tables.
fn refuse_others(head: &[u8]) -> Result<(), Refusal> {
    if let Some((_, kind)) = OTHERS.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(Refusal::file("import.unknown_kind").with("kind", kind));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::file("import.packed_workbook"));
    }
    let body = encoding::mark(head).map_or(head, |(_, length)| head.get(length..).unwrap_or_default());
    let body = body.trim_ascii_start();
    let lower: Vec<u8> = body.iter().take(256).map(u8::to_ascii_lowercase).collect();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    if lower.starts_with(b"<") && (has(b"<html") || has(b"<table") || has(b"<!doctype html")) {
        // Many cash desks write a web page and call it .xls.
        return Err(Refusal::file("import.web_page"));
    }
    if lower.starts_with(b"<?xml") {
        return Err(Refusal::file("import.xml"));
    }
    Ok(())
}

fn look_at_text(found: &mut OpenFile, head: &[u8], options: &ReadOptions) -> Result<(), Refusal> {
    let marked = encoding::mark(head);
    let said = options.encoding.as_deref().map(str::trim).filter(|name| !name.is_empty());
    found.encoding = match (said, marked) {
        // A mark in the file is surer than a choice made for another file.
        (Some(name), None) => Some(encoding::by_name(name)?),
        (_, Some((encoding, _))) => Some(encoding),
        (None, None) => encoding::detect(head),
    };
    let sample = decode(found.encoding, head);
    if sample.trim().is_empty() {
        return Err(Refusal::file("import.empty"));
    }
    if is_binary(&sample) {
        return Err(Refusal::file("import.binary"));
    }
    if sample.trim_start().get(..11).is_some_and(|word| word.eq_ignore_ascii_case("BEGIN:VCARD")) {
        found.format = Format::Vcard;
        return Ok(());
    }
    if matches!(sample.trim_start().as_bytes(), [b'{' | b'[', ..]) {
        return Err(Refusal::file("import.json"));
    }
    (found.separator, found.names_separator) = delimited::detect_separator(first_lines(&sample));
    Ok(())
}

fn decode(encoding: Option<&'static Encoding>, head: &[u8]) -> String {
    encoding.unwrap_or(encoding_rs::UTF_8).decode_with_bom_removal(head).0.into_owned()
}

/// NUL, or more control characters than a torn text could have.
fn is_binary(sample: &str) -> bool {
    let odd = |ch: &char| ch.is_control() && !matches!(ch, '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{1a}');
    sample.contains('\0') || sample.chars().filter(odd).count() * 100 > sample.chars().count()
}

/// Enough whole lines to judge the separator by.
fn first_lines(sample: &str) -> &str {
    let mut end = sample.len().min(16 << 10);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    sample.get(..end).unwrap_or(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(name: &str, bytes: &[u8]) -> Result<OpenFile, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        look(&path.into(), &ReadOptions::default())
    }

    fn refusal(name: &str, bytes: &[u8]) -> String {
        look_at(name, bytes).unwrap_err().key.into_owned()
    }

    #[test]
    fn the_name_of_a_file_is_never_believed() {
        assert_eq!(look_at("a.xlsx", "姓名,手机\n张三,1\n".as_bytes()).unwrap().format, Format::Csv);
        assert_eq!(look_at("a.csv", b"BEGIN:VCARD\r\nEND:VCARD\r\n").unwrap().format, Format::Vcard);
        assert_eq!(refusal("a.csv", b"%PDF-1.4 ..."), "import.unknown_kind");
        assert_eq!(refusal("a.csv", b"\x89PNG\r\n\x1a\n"), "import.unknown_kind");
        assert_eq!(refusal("a.xls", b"<html><table><tr><td>x"), "import.web_page");
        assert_eq!(refusal("a.xls", b"<?xml version=\"1.0\"?><Workbook>"), "import.xml");
        assert_eq!(refusal("a.csv", b"{\"customers\":[]}"), "import.json");
    }

    #[test]
    fn what_holds_nothing_is_empty() {
        for bytes in [&b""[..], b"\xEF\xBB\xBF", b"\r\n \n\t\n", b"\xFF\xFE"] {
            assert_eq!(refusal("a.csv", bytes), "import.empty", "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(refusal("a.csv", b"name\0phone\n\0\0\x01\x02"), "import.binary");
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(look_at("a.csv", &noise).is_err());
    }

    #[test]
    fn a_missing_file_is_said_to_be_missing() {
        assert_eq!(
            look(&Source::File("/no/such/file.csv".into()), &ReadOptions::default()).unwrap_err().key,
            "import.not_found"
        );
    }

    #[test]
    fn a_wide_text_without_a_mark_is_text() {
        let wide: Vec<u8> = "姓名,手机\n张三,13800138000\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(look_at("a.csv", &wide).unwrap().encoding.map(Encoding::name), Some("UTF-16LE"));
    }
}
