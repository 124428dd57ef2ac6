//! A customer out of a row. Somebody is needed: a name, a phone, a member number or a foreign id; everything else may
//! be left empty.

use super::RowIssue;
use super::cells::{Cells, line, some};
use crate::api::customers::{ContactInput, ContactKind, CustomerKind};
use crate::imports::mapping::Field;
use crate::imports::reader::Row;
use crate::values::{self, Birthday, Gender};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shukebu_domain::customer::{MAX_LINE, MAX_NAME, MAX_TEXT};
use shukebu_domain::money::Money;
use shukebu_domain::phone::Phone;

/// A customer as a file brings them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Foreign id.
    pub reference: Option<String>,
    /// 会员号
    pub member_no: Option<String>,
    /// Name; may be empty where there is a number.
    pub name: String,
    /// 称呼
    pub salutation: Option<String>,
    /// Phones in their stored form, the first one first.
    pub phones: Vec<String>,
    /// Handles of other kinds.
    pub others: Vec<ContactInput>,
    /// A person or a company, where the file says so.
    pub kind: Option<CustomerKind>,
    /// 微信
    pub wechat: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// Birthday.
    pub birthday: Option<Birthday>,
    /// 性别
    pub gender: Option<Gender>,
    /// 公司
    pub company: Option<String>,
    /// 标签
    pub tags: Vec<String>,
    /// 地址
    pub address: Option<String>,
    /// 来源
    pub source: Option<String>,
    /// 入会日期
    pub joined_on: Option<NaiveDate>,
    /// 备注
    pub note: Option<String>,
    /// 习惯
    pub habits: Option<String>,
    /// The day on which the figures below hold.
    pub opening_on: Option<NaiveDate>,
    /// 累计消费 before the book began.
    pub opening_spend: Option<Money>,
    /// Visits before the book began.
    pub opening_visits: Option<i64>,
    /// Points before the book began.
    pub opening_points: Option<i64>,
}

impl CustomerRow {
    /// Whether it says who it is.
    pub(super) fn is_somebody(&self) -> bool {
        !self.name.is_empty() || !self.phones.is_empty() || self.member_no.is_some() || self.reference.is_some()
    }
}

pub(super) fn read(cells: &mut Cells<'_>, row: &Row) -> Result<CustomerRow, RowIssue> {
    let name = values::name(cells.raw(row, Field::Name));
    if name.chars().count() > MAX_NAME {
        return Err(cells.error(row, Field::Name, "name.too_long"));
    }
    let found = CustomerRow {
        reference: cells.code(row, Field::Ref),
        member_no: cells.code(row, Field::MemberNo),
        name,
        phones: phones(cells, row),
        ..CustomerRow::default()
    };
    if !found.is_somebody() {
        return Err(RowIssue::row(cells.row, "customer.nobody"));
    }
    let today = cells.shop.today;
    let (joined, opened) = (cells.order(Field::JoinedOn), cells.order(Field::OpeningOn));
    let opening_spend = cells.lenient_amount(row, Field::OpeningSpend);
    Ok(CustomerRow {
        salutation: line(cells, row, Field::Salutation),
        others: others(cells, row),
        kind: kind(cells.raw(row, Field::Kind)),
        habits: line(cells, row, Field::Habits),
        opening_on: cells.lenient(row, Field::OpeningOn, |cell| values::day(cell, opened, today)),
        wechat: cells.code(row, Field::Wechat),
        email: cells.lenient(row, Field::Email, email),
        birthday: birthday(cells, row),
        gender: cells.lenient(row, Field::Gender, values::gender).flatten(),
        company: line(cells, row, Field::Company),
        tags: tags(cells.raw(row, Field::Tags)),
        address: line(cells, row, Field::Address),
        source: line(cells, row, Field::Source),
        joined_on: cells.lenient(row, Field::JoinedOn, |cell| values::day(cell, joined, today)),
        note: some(values::note(cells.raw(row, Field::Note)).chars().take(MAX_TEXT).collect()),
        opening_spend,
        opening_visits: cells.lenient(row, Field::OpeningVisits, values::whole),
        opening_points: cells.lenient(row, Field::OpeningPoints, values::whole),
        ..found
    })
}

/// Every readable phone of the cells; a damaged one is listed and never guessed.
fn phones(cells: &mut Cells<'_>, row: &Row) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for field in [Field::Phone, Field::OtherPhones] {
        let (phones, problems) = read_phones(cells.raw(row, field));
        for problem in problems {
            cells.warn(row, field, problem);
        }
        for phone in phones {
            if !all.contains(&phone) {
                all.push(phone);
            }
        }
    }
    all
}

/// Handles as our own list has them: `qq: 12345; line: anna`.
fn others(cells: &mut Cells<'_>, row: &Row) -> Vec<ContactInput> {
    let cell = values::clean(cells.raw(row, Field::OtherContacts)).into_owned();
    let mut found = Vec::new();
    for part in cell.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
        let named = part.split_once([':', '：']).map(|(kind, value)| (contact_kind(kind.trim()), value.trim()));
        let (kind, value) = named.unwrap_or((None, part));
        // A word that names no kind is part of the handle.
        let (kind, value) = kind.map_or((ContactKind::Other, part), |kind| (kind, value));
        if value.chars().count() > MAX_LINE {
            cells.warn(row, Field::OtherContacts, "text.cut");
        }
        found.push(ContactInput { kind, value: value.chars().take(MAX_LINE).collect() });
    }
    found
}

fn contact_kind(word: &str) -> Option<ContactKind> {
    serde_json::from_value(serde_json::Value::String(word.to_lowercase())).ok()
}

fn kind(cell: &str) -> Option<CustomerKind> {
    match values::clean(cell).to_lowercase().as_str() {
        "person" | "个人" | "個人" => Some(CustomerKind::Person),
        "company" | "企业" | "企業" | "公司" | "单位" | "單位" => Some(CustomerKind::Company),
        _ => None,
    }
}

/// The stored forms of all phones in a text, and why others are none.
pub(super) fn read_phones(cell: &str) -> (Vec<String>, Vec<String>) {
    let (mut phones, mut problems) = (Vec::new(), Vec::new());
    for read in Phone::parse_all(&values::clean(cell)) {
        match read {
            Ok(phone) => {
                let stored = phone.canonical();
                if !phones.contains(&stored) {
                    phones.push(stored);
                }
            }
            Err(refused) => problems.push(refused.problem),
        }
    }
    (phones, problems)
}

pub(super) fn email(cell: &str) -> Result<String, values::Problem> {
    let text = values::code(cell).into_owned();
    let is_mail = text.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if is_mail && text.len() <= 254 { Ok(text) } else { Err("email.unreadable") }
}

fn tags(cell: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in values::clean(cell).split([',', '，', ';', '；', '、', '|']).map(str::trim) {
        if !tag.is_empty() && tag.chars().count() <= 40 && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn birthday(cells: &mut Cells<'_>, row: &Row) -> Option<Birthday> {
    let today = cells.shop.today;
    let order = cells.order(Field::Birthday);
    let whole = cells.lenient(row, Field::Birthday, |cell| values::birthday(cell, order, today));
    if whole.is_some() {
        return whole;
    }
    let parts = (cells.raw(row, Field::BirthYear), cells.raw(row, Field::BirthMonth), cells.raw(row, Field::BirthDay));
    let calendar = cells.raw(row, Field::BirthdayCalendar);
    let is_leap = values::yes(cells.raw(row, Field::BirthLeap));
    match values::birthday_from_parts(calendar, parts, is_leap, today) {
        Ok(birthday) => birthday,
        Err(problem) => {
            cells.warn(row, Field::BirthMonth, problem);
            None
        }
    }
}
