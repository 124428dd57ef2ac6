//! Contacts of a phone: vCard 2.1 with quoted-printable and soft breaks (Android, Huawei), 3.0 and 4.0. A property
//! that says its characters are GBK is decoded so. Every card is one row, counted from 1.

use super::cells::some;
use super::customer::{CustomerRow, email, read_phones};
use super::staged::{Shop, Staged, StagedSink};
use super::{AnyRow, RowIssue};
use crate::imports::limits;
use crate::imports::mapping::Field;
use crate::imports::reader::Position;
use crate::imports::refusal::Refusal;
use crate::values::{self, Birthday, Calendar, DayOrder, Gender};
use calcard::common::PartialDateTime;
use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardSex, VCardValue};
use calcard::{Entry, Parser};
use shukebu_domain::customer::{MAX_LINE, MAX_NAME};

pub(super) fn stage(text: &str, shop: &Shop, sink: &mut StagedSink<'_>) -> Result<(), Refusal> {
    let total = text.lines().filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD")).count() as u64;
    let mut parser = Parser::new(text);
    let (mut row, mut stray) = (0, 0);
    loop {
        let outcome = match parser.entry() {
            Entry::Eof => break,
            Entry::VCard(card) => Ok(card),
            Entry::UnterminatedComponent(_) => Err("contact.cut_off"),
            _ => {
                stray += 1;
                if stray > limits::ROW_PROBLEMS {
                    return Err(Refusal::file("import.damaged"));
                }
                continue;
            }
        };
        row += 1;
        let mut warnings = Vec::new();
        let outcome = match outcome {
            Ok(card) => read(row, &card, shop, &mut warnings).map(|found| AnyRow::Customer(Box::new(found))),
            Err(code) => Err(RowIssue::row(row, code)),
        };
        if sink(Staged { row, outcome, warnings }, Position { done: row, total })?.is_break() {
            return Ok(());
        }
    }
    if row == 0 { Err(Refusal::file("import.empty")) } else { Ok(()) }
}

fn read(row: u64, card: &VCard, shop: &Shop, warnings: &mut Vec<RowIssue>) -> Result<CustomerRow, RowIssue> {
    let mut found = CustomerRow::default();
    let mut parts_of_name = String::new();
    let mut warn = |field: Field, code: String, text: &str| warnings.push(RowIssue::of(row, field, code, text));
    for entry in &card.entries {
        let text = || one_text(entry);
        match &entry.name {
            VCardProperty::Fn if found.name.is_empty() => found.name = values::name(&text()),
            VCardProperty::N => parts_of_name = name_of_parts(entry),
            VCardProperty::Tel => {
                let cell = text();
                let (phones, problems) = read_phones(cell.trim_start_matches("tel:"));
                for phone in phones.into_iter().filter(|phone| !found.phones.contains(phone)).collect::<Vec<_>>() {
                    found.phones.push(phone);
                }
                problems.into_iter().for_each(|problem| warn(Field::Phone, problem, &cell));
            }
            VCardProperty::Email if found.email.is_none() => match email(&text()) {
                Ok(mail) => found.email = Some(mail),
                Err(problem) => warn(Field::Email, problem.to_owned(), &text()),
            },
            VCardProperty::Bday => match birthday(entry, shop) {
                Ok(birthday) => found.birthday = Some(birthday),
                Err(problem) => warn(Field::Birthday, problem.to_owned(), &text()),
            },
            VCardProperty::Gender => found.gender = gender(entry),
            VCardProperty::Org if found.company.is_none() => found.company = some(line(&texts(entry).join(" "))),
            VCardProperty::Adr if found.address.is_none() => found.address = some(line(&texts(entry).concat())),
            VCardProperty::Note if found.note.is_none() => found.note = some(values::note(&text())),
            VCardProperty::Nickname if found.salutation.is_none() => found.salutation = some(line(&text())),
            VCardProperty::Categories => {
                found.tags.extend(texts(entry).iter().map(|tag| line(tag)).filter(|tag| !tag.is_empty()));
            }
            VCardProperty::Uid => found.reference = some(values::code(&text()).into_owned()),
            VCardProperty::Other(name) if name.to_ascii_uppercase().contains("WECHAT") => {
                found.wechat = some(values::code(&text()).into_owned());
            }
            _ => {}
        }
    }
    if found.name.is_empty() {
        found.name = parts_of_name;
    }
    if found.name.chars().count() > MAX_NAME {
        return Err(RowIssue::of(row, Field::Name, "name.too_long", &found.name));
    }
    // A foreign id alone says nobody: phones give one to every empty card.
    if found.name.is_empty() && found.phones.is_empty() {
        return Err(RowIssue::row(row, "customer.nobody"));
    }
    Ok(found)
}

fn line(text: &str) -> String {
    values::clean(text).chars().take(MAX_LINE).collect()
}

/// All texts of a property. Bytes without a known character set are Chinese ones of an old phone.
fn texts(entry: &VCardEntry) -> Vec<String> {
    let mut found = Vec::new();
    for value in &entry.values {
        match value {
            VCardValue::Text(text) => found.push(text.clone()),
            VCardValue::Component(parts) => found.extend(parts.iter().cloned()),
            VCardValue::Binary(data) => {
                found.push(encoding_rs::GB18030.decode_without_bom_handling(&data.data).0.into())
            }
            VCardValue::Integer(number) => found.push(number.to_string()),
            _ => {}
        }
    }
    found
}

fn one_text(entry: &VCardEntry) -> String {
    texts(entry).into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// Family and given name: together for Chinese names, given name first for others.
fn name_of_parts(entry: &VCardEntry) -> String {
    let parts = texts(entry);
    let part = |index: usize| parts.get(index).map(|text| values::name(text)).unwrap_or_default();
    let (family, given, middle) = (part(0), part(1), part(2));
    let joined = if format!("{family}{given}").is_ascii() {
        format!("{given} {middle} {family}")
    } else {
        format!("{family}{middle}{given}")
    };
    values::name(&joined)
}

fn gender(entry: &VCardEntry) -> Option<Gender> {
    let word = one_text(entry);
    for value in &entry.values {
        match value {
            VCardValue::Sex(VCardSex::Female) => return Some(Gender::Female),
            VCardValue::Sex(VCardSex::Male) => return Some(Gender::Male),
            _ => {}
        }
    }
    values::gender(&word).ok().flatten()
}

/// A day, or month and day (`--0418`); a phone that knows no year writes 1604.
fn birthday(entry: &VCardEntry, shop: &Shop) -> Result<Birthday, values::Problem> {
    for value in &entry.values {
        if let VCardValue::PartialDateTime(PartialDateTime { year, month: Some(month), day: Some(day), .. }) = value {
            let year = year.filter(|year| *year > 1604).map(i32::from);
            let birthday = Birthday {
                calendar: Calendar::Solar,
                year,
                month: u32::from(*month),
                day: u32::from(*day),
                leap: false,
            };
            return values::check_birthday(birthday, shop.today);
        }
    }
    values::birthday(&one_text(entry), DayOrder::Unknown, shop.today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    fn read_all(text: &str) -> Vec<Staged> {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let shop = Shop { zone: chrono_tz::Asia::Shanghai, exponent: 2, today };
        let mut all = Vec::new();
        stage(text, &shop, &mut |staged, _| {
            all.push(staged);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        all
    }

    fn customer(staged: &Staged) -> &CustomerRow {
        match &staged.outcome {
            Ok(AnyRow::Customer(row)) => row,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_old_phone_writes_quoted_printable_with_soft_breaks() {
        let all = read_all(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=AC=A7=E9=98=B3;=E5=A8=9C;;;\r\n\
             FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=AC=A7=E9=98=B3=\r\n=E5=A8=9C\r\n\
             TEL;CELL;PREF:138-0013-8000\r\nTEL;HOME:010-62345678\r\nBDAY:1990-03-25\r\nEND:VCARD\r\n",
        );
        let row = customer(&all[0]);
        assert_eq!(
            (row.name.as_str(), row.phones.as_slice()),
            ("欧阳娜", ["13800138000".to_owned(), "01062345678".to_owned()].as_slice())
        );
        assert_eq!(row.birthday.as_ref().map(|day| (day.year, day.month, day.day)), Some((Some(1990), 3, 25)));
    }

    #[test]
    fn a_property_in_gbk_is_read() {
        let all = read_all(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5=C8=FD\r\nTEL;CELL:13800138000\r\nEND:VCARD\r\n",
        );
        assert_eq!(customer(&all[0]).name, "张三");
    }

    #[test]
    fn newer_cards_are_read_with_what_they_hold() {
        let all = read_all(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Anna;;;\r\nORG:甲公司;采购部\r\nEMAIL;TYPE=WORK:anna@example.com\r\nNOTE:第一行\\n第二行\r\nTEL;TYPE=CELL:+852 9123 4567\r\nEND:VCARD\r\n\
             BEGIN:VCARD\r\nVERSION:4.0\r\nFN:李四\r\nGENDER:F\r\nBDAY:--0418\r\nTEL;VALUE=uri:tel:+86-138-0013-8001\r\nEND:VCARD\r\n",
        );
        let row = customer(&all[0]);
        assert_eq!((row.name.as_str(), row.company.as_deref()), ("Anna Lee", Some("甲公司 采购部")));
        assert_eq!((row.phones[0].as_str(), row.note.as_deref()), ("+85291234567", Some("第一行\n第二行")));
        let row = customer(&all[1]);
        assert_eq!((row.phones[0].as_str(), row.gender), ("13800138001", Some(Gender::Female)));
        assert_eq!(row.birthday.as_ref().map(|day| (day.year, day.month, day.day)), Some((None, 4, 18)));
    }

    #[test]
    fn a_card_of_nobody_is_left_out_and_the_next_one_is_read() {
        let all = read_all(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\r\nUID:1\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:王五\r\nTEL:1.38E+10\r\nEND:VCARD\r\n",
        );
        assert_eq!(all[0].outcome.as_ref().unwrap_err().code, "customer.nobody");
        assert_eq!(customer(&all[1]).name, "王五");
        assert_eq!((all[1].row, all[1].warnings[0].code.as_ref()), (2, "phone.scientific"));
    }

    #[test]
    fn broken_cards_neither_panic_nor_hang() {
        for text in [
            "BEGIN:VCARD",
            "BEGIN:VCARD\r\nFN:张三",
            "BEGIN:VCARD\r\nEND:VCARD\r\n",
            "BEGIN:VCARD\r\nN;;;;;;;;:::::\r\nTEL\r\nEND:VCARD",
            "BEGIN:VCARD\r\nPHOTO;ENCODING=b:!!!!\r\nFN;ENCODING=QUOTED-PRINTABLE:=ZZ=\r\nEND:VCARD\r\n",
        ] {
            let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
            let shop = Shop { zone: chrono_tz::Asia::Shanghai, exponent: 2, today };
            let _ = stage(text, &shop, &mut |_, _| Ok(ControlFlow::Continue(())));
        }
    }
}
