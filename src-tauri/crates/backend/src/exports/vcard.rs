//! Contacts as vCard 3.0, which every phone reads. A customer without any handle makes no contact.

use crate::error::{ApiError, Result};
use crate::store;
use crate::store::exports::CustomerToExport;
use calcard::vcard::{VCard, VCardEntry, VCardParameter, VCardProperty, VCardValue, VCardVersion};
use rusqlite::Transaction;
use std::io::Write;

pub(super) fn write(tx: &Transaction, mut out: impl Write) -> Result<u64> {
    let mut contacts = store::exports::contacts(tx)?;
    let mut count = 0;
    store::exports::customers(tx, |customer| {
        let handles = contacts.remove(&customer.id).unwrap_or_default();
        if handles.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        card(&customer, &handles).write_to(&mut text, VCardVersion::V3_0).map_err(ApiError::internal)?;
        count += 1;
        Ok(out.write_all(text.as_bytes())?)
    })?;
    out.flush()?;
    Ok(count)
}

fn card(customer: &CustomerToExport, handles: &[(String, String)]) -> VCard {
    let text =
        |property: VCardProperty, text: &str| VCardEntry::new(property).with_value(VCardValue::Text(text.to_owned()));
    let name = ["", "", "", ""].iter().map(|blank| VCardValue::Text((*blank).to_owned()));
    let mut entries = vec![
        text(VCardProperty::Uid, &customer.member_no),
        text(VCardProperty::Fn, &customer.name),
        // One name field: the whole name stands as the family name, as phones in China do it.
        VCardEntry::new(VCardProperty::N)
            .with_values([VCardValue::Text(customer.name.clone())].into_iter().chain(name).collect()),
    ];
    for (kind, value) in handles {
        entries.push(match kind.as_str() {
            "mobile" => text(VCardProperty::Tel, value).with_param(VCardParameter::typ("CELL".to_owned())),
            "landline" => text(VCardProperty::Tel, value).with_param(VCardParameter::typ("VOICE".to_owned())),
            "email" => text(VCardProperty::Email, value),
            other => text(VCardProperty::Other(format!("X-{}", other.to_ascii_uppercase())), value),
        });
    }
    let others = [
        (VCardProperty::Nickname, &customer.salutation),
        (VCardProperty::Org, &customer.company),
        (VCardProperty::Note, &customer.note),
    ];
    for (property, value) in others {
        entries.extend(value.as_ref().map(|value| text(property, value)));
    }
    if let Some(address) = &customer.address {
        let parts = ["", "", address.as_str(), "", "", "", ""];
        let values = parts.iter().map(|part| VCardValue::Text((*part).to_owned())).collect();
        entries.push(VCardEntry::new(VCardProperty::Adr).with_values(values));
    }
    // A lunar birthday has no place in a phone's calendar, and neither has one without its year.
    if let (Some("solar"), Some(year), Some(month), Some(day)) =
        (customer.birthday_calendar.as_deref(), customer.birth_year, customer.birth_month, customer.birth_day)
    {
        entries.push(text(VCardProperty::Bday, &format!("{year:04}-{month:02}-{day:02}")));
    }
    VCard { entries }
}
