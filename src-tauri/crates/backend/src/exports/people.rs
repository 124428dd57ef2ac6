//! The people behind a shape as a list: who, why, and what they bring.

use super::sheet::{Out, Sheet};
use crate::api::people::SegmentPerson;
use crate::error::Result;
use crate::messages::{Language, say};

const COLUMNS: [&str; 9] =
    ["member_no", "name", "salutation", "phone", "tier", "last_on", "orders", "net_minor", "reason"];

pub(super) fn write(mut sheet: Sheet<'_, impl Out>, language: Language, people: &[SegmentPerson]) -> Result<u64> {
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
