//! The people behind a shape as a file: who, why, and what they bring.

use crate::api::people::SegmentPerson;
use crate::error::Result;
use crate::messages::{Language, say};
use crate::sheets::{Out, Sheet, Style, as_named, into_file};
use std::path::Path;

const COLUMNS: [&str; 9] =
    ["member_no", "name", "salutation", "phone", "tier", "last_on", "orders", "net_minor", "reason"];

fn rows(mut sheet: Sheet<'_, impl Out>, language: Language, people: &[SegmentPerson]) -> Result<u64> {
    let words = COLUMNS.map(|column| say(language, &format!("people.column.{column}"), &[]));
    sheet.header(&words.each_ref().map(String::as_str))?;
    for person in people {
        let customer = &person.customer;
        sheet.row(&[
            customer.member_no.as_str().into(),
            customer.name.as_str().into(),
            customer.salutation.clone().into(),
            customer.phone.clone().into(),
            customer.tier.name.as_str().into(),
            customer.last_on.into(),
            person.orders.into(),
            person.net_minor.into(),
            person.reason.as_str().into(),
        ])?;
    }
    sheet.finish()
}

/// A list of people as a file: a spreadsheet, or CSV when its name says so.
pub(super) fn write(path: &Path, language: Language, people: &[SegmentPerson]) -> Result<u64> {
    let (path, format) = as_named(path);
    into_file(&path, |file, beside| rows(Sheet::new(Style::file(format, beside), file)?, language, people))
}
