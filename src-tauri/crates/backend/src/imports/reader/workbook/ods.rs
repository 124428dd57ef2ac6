//! ODS read as a stream. LibreOffice writes "this row, a million times" for the empty end of a sheet, and a stranger
//! may write it for a full row; so repeats are counted, not expanded, and empty ones only move the row number on.

use super::super::source::Position;
use super::super::{Row, Sink};
use super::{container, number_text};
use crate::imports::limits;
use crate::imports::refusal::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, BufReader};
use std::path::Path;

fn damaged<E>(_: E) -> Refusal {
    Refusal::file("import.damaged")
}

/// Opens `content.xml` and lets `work` read it.
fn with_content<T>(
    path: &Path,
    work: impl FnOnce(&mut Reader<Box<dyn BufRead + '_>>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let mut archive = container::open(path)?;
    let part = archive.by_name("content.xml").map_err(damaged)?;
    let mut reader = Reader::from_reader(Box::new(BufReader::with_capacity(64 << 10, part)) as Box<dyn BufRead + '_>);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    work(&mut reader)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.try_get_attribute(name).ok().flatten().and_then(|found| {
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    })
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

pub(super) fn sheets(path: &Path) -> Result<Vec<String>, Refusal> {
    with_content(path, |reader| {
        let mut names = Vec::new();
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(element) if is(&element, "table:table") => {
                    names.extend(attribute(&element, "table:name"));
                    if names.len() > limits::WORKBOOK_SHEETS {
                        return Ok(names);
                    }
                }
                Event::Start(element) if is(&element, "manifest:encryption-data") => {
                    return Err(Refusal::file("import.encrypted"));
                }
                Event::Eof => return Ok(names),
                _ => {}
            }
            buffer.clear();
        }
    })
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    let found = element.name();
    found.as_ref() == name
}

pub(super) fn scan(path: &Path, sheet: &str, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    with_content(path, |reader| {
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(element)
                    if is(&element, "table:table") && attribute(&element, "table:name").as_deref() == Some(sheet) =>
                {
                    return table(reader, sink);
                }
                Event::Eof => return Err(Refusal::field("sheet", "import.sheet_unknown").with("name", sheet)),
                _ => {}
            }
            buffer.clear();
        }
    })
}

type Xml<'x> = Reader<Box<dyn BufRead + 'x>>;

fn table(reader: &mut Xml<'_>, sink: &mut Sink<'_>) -> Result<(), Refusal> {
    let mut buffer = Vec::new();
    let mut row = Row::default();
    let mut number = 0_u64;
    loop {
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) if is(&element, "table:table-row") => {
                let times = repeats(&element, "table:number-rows-repeated");
                row.start(number + 1);
                cells(reader, &mut row)?;
                if row.is_empty() {
                    number = number.saturating_add(times);
                } else if times > limits::ODS_ROW_REPEATS {
                    return Err(Refusal::file("import.too_large_inside"));
                } else {
                    for _ in 0..times {
                        number += 1;
                        row.number = number;
                        if sink(&row, Position { done: number, total: 0 })?.is_break() {
                            return Ok(());
                        }
                    }
                }
            }
            Event::End(element) if element.name().as_ref() == "table:table" => return Ok(()),
            Event::Eof => return Err(Refusal::file("import.damaged")),
            _ => {}
        }
        buffer.clear();
    }
}

fn cells(reader: &mut Xml<'_>, row: &mut Row) -> Result<(), Refusal> {
    let mut buffer = Vec::new();
    let mut column = 0_usize;
    loop {
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) if is(&element, "table:table-cell") || is(&element, "table:covered-table-cell") => {
                let times = usize::try_from(repeats(&element, "table:number-columns-repeated")).unwrap_or(usize::MAX);
                let typed = typed_value(&element);
                let shown = cell_text(reader)?;
                let text = typed.unwrap_or(shown);
                if text.is_empty() {
                    column = column.saturating_add(times);
                    continue;
                }
                let too_wide = || Refusal::file("import.too_many_columns").with("row", row.number);
                let end = column.checked_add(times).filter(|end| *end <= limits::COLUMNS).ok_or_else(too_wide)?;
                if text.len() > limits::CELL_BYTES || row.text_bytes() + text.len() * times > limits::ROW_BYTES * 4 {
                    return Err(Refusal::file("import.cell_too_long").with("row", row.number));
                }
                row.pad_to(column);
                for _ in column..end {
                    row.push(&text);
                }
                column = end;
            }
            Event::End(element) if element.name().as_ref() == "table:table-row" => return Ok(()),
            Event::Eof => return Err(Refusal::file("import.damaged")),
            _ => {}
        }
        buffer.clear();
    }
}

/// The value behind what is shown: a date without its local form, a number without its grouping.
fn typed_value(element: &BytesStart<'_>) -> Option<String> {
    match attribute(element, "office:value-type")?.as_str() {
        "date" => attribute(element, "office:date-value").map(|text| text.replacen('T', " ", 1)),
        "float" | "currency" => attribute(element, "office:value").and_then(|text| text.parse().ok()).map(number_text),
        "percentage" => attribute(element, "office:value"),
        "boolean" => attribute(element, "office:boolean-value").map(|text| text.to_uppercase()),
        "time" => attribute(element, "office:time-value").map(|text| time_text(&text)),
        _ => None,
    }
}

/// `PT08H26M00S` as `08:26:00`; anything else stays.
fn time_text(duration: &str) -> String {
    let numbers: Vec<&str> = duration
        .trim_start_matches("PT")
        .split(|ch: char| !ch.is_ascii_digit() && ch != '.')
        .filter(|part| !part.is_empty())
        .collect();
    match numbers.as_slice() {
        [hour, minute, second] => format!("{hour}:{minute}:{}", second.split('.').next().unwrap_or("00")),
        _ => duration.to_owned(),
    }
}

/// The shown text of a cell: its paragraphs, one a line. Notes of the cell are not part of it.
fn cell_text(reader: &mut Xml<'_>) -> Result<String, Refusal> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut depth = 1_u32;
    let mut note = 0_u32;
    let mut paragraphs = 0_u32;
    loop {
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) => {
                depth += 1;
                if note > 0 || is(&element, "office:annotation") {
                    note += 1;
                } else if is(&element, "text:p") {
                    paragraphs += 1;
                    if paragraphs > 1 {
                        text.push('\n');
                    }
                } else if is(&element, "text:s") {
                    let spaces = usize::try_from(repeats(&element, "text:c")).unwrap_or(1).min(100);
                    text.extend(std::iter::repeat_n(' ', spaces));
                }
            }
            Event::End(_) => {
                depth -= 1;
                note = note.saturating_sub(1);
                if depth == 0 {
                    return Ok(text);
                }
            }
            Event::Text(piece) if note == 0 && paragraphs > 0 => text.push_str(&piece),
            Event::CData(piece) if note == 0 && paragraphs > 0 => text.push_str(&piece),
            Event::GeneralRef(reference) if note == 0 => text.extend(entity(&reference)),
            Event::Eof => return Err(Refusal::file("import.damaged")),
            _ => {}
        }
        if text.len() > limits::CELL_BYTES {
            return Err(Refusal::file("import.cell_too_long"));
        }
        buffer.clear();
    }
}

/// `&amp;` and its like; anything that a file defines for itself is left out.
fn entity(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match reference.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
