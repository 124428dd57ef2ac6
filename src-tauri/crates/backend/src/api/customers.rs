//! Customers: what may be set and what a list shows.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::birthday::{Birthday, Calendar};
use shukebu_domain::ids::{ContactId, CustomerId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A person or a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// 个人
    Person,
    /// 企业
    Company,
}

/// 性别
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// 女
    Female,
    /// 男
    Male,
}

/// Which calendar a birthday is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BirthdayCalendar {
    /// 公历
    Solar,
    /// 农历
    Lunar,
}

/// A birthday, solar or lunar, the year optional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BirthdayInput {
    /// Which calendar.
    pub calendar: BirthdayCalendar,
    /// Year, if known.
    #[serde(default)]
    pub year: Option<i32>,
    /// Month 1–12.
    pub month: u32,
    /// Day 1–31 (lunar 1–30).
    pub day: u32,
    /// Born in a leap month (lunar only).
    #[serde(default)]
    pub leap: bool,
}

impl From<&BirthdayInput> for Birthday {
    fn from(input: &BirthdayInput) -> Self {
        let calendar = match input.calendar {
            BirthdayCalendar::Solar => Calendar::Solar,
            BirthdayCalendar::Lunar => Calendar::Lunar,
        };
        Self { calendar, year: input.year, month: input.month, day: input.day, leap: input.leap }
    }
}

/// A way to reach a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// 手机
    Mobile,
    /// 座机
    Landline,
    /// 微信
    Wechat,
    /// 企业微信
    Wecom,
    /// QQ
    Qq,
    /// 邮箱
    Email,
    /// WhatsApp
    Whatsapp,
    /// LINE
    Line,
    /// 小红书
    Xiaohongshu,
    /// 抖音
    Douyin,
    /// Other
    Other,
}

/// A contact handle to be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    /// What kind.
    pub kind: ContactKind,
    /// As typed; phones are normalised.
    pub value: String,
}

/// A contact handle as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ContactView {
    /// Which row.
    pub id: ContactId,
    /// What kind.
    pub kind: ContactKind,
    /// Normalised, without spaces.
    pub value: String,
    /// As people read it: 138 1234 5678.
    pub shown: String,
}

/// A customer to be created. Only the name or a phone is needed, and what the shop requires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    /// The form's key: the same key twice is one customer.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Name as the shop writes it.
    #[serde(default)]
    pub name: String,
    /// 称呼: 王姐, 李总.
    #[serde(default)]
    pub salutation: Option<String>,
    /// Person (default) or company.
    #[serde(default)]
    pub kind: Option<CustomerKind>,
    /// First mobile or fixed line, as typed.
    #[serde(default)]
    pub phone: Option<String>,
    /// WeChat id.
    #[serde(default)]
    pub wechat: Option<String>,
    /// Mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Own member number; left out, the program gives one with a check digit.
    #[serde(default)]
    pub member_no: Option<String>,
    /// 助记码; left out, the initials.
    #[serde(default)]
    pub mnemonic: Option<String>,
    /// Company a person belongs to.
    #[serde(default)]
    pub company: Option<String>,
    /// Gender.
    #[serde(default)]
    pub gender: Option<Gender>,
    /// Birthday.
    #[serde(default)]
    pub birthday: Option<BirthdayInput>,
    /// Address.
    #[serde(default)]
    pub address: Option<String>,
    /// How the customer came.
    #[serde(default)]
    pub source: Option<String>,
    /// Note.
    #[serde(default)]
    pub note: Option<String>,
    /// Pinned habits ("要无糖, 坐窗边").
    #[serde(default)]
    pub habits: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Customer since; left out, today.
    #[serde(default)]
    pub joined_on: Option<NaiveDate>,
    /// At the counter somebody waits: what the shop requires may follow later, and the profile is incomplete until then.
    #[serde(default)]
    pub at_counter: bool,
}

/// What may change about a customer. A field left out stays; `null` empties it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomerChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 称呼
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub salutation: Option<Option<String>>,
    /// Person or company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CustomerKind>,
    /// All contact handles, replacing those before; removed phones stay searchable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<ContactInput>>,
    /// 助记码
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub mnemonic: Option<Option<String>>,
    /// Company.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub company: Option<Option<String>>,
    /// Gender.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional = nullable, as = "Option<Gender>"))]
    pub gender: Option<Option<Gender>>,
    /// Birthday.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional = nullable, as = "Option<BirthdayInput>"))]
    pub birthday: Option<Option<BirthdayInput>>,
    /// Address.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub address: Option<Option<String>>,
    /// How the customer came.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub source: Option<Option<String>>,
    /// Note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub note: Option<Option<String>>,
    /// Pinned habits.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional, type = "string | null"))]
    pub habits: Option<Option<String>>,
    /// All tags, replacing those before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl CustomerChange {
    /// A change that changes nothing yet.
    pub fn of(id: CustomerId) -> Self {
        Self {
            id,
            client_key: None,
            name: None,
            salutation: None,
            kind: None,
            contacts: None,
            mnemonic: None,
            company: None,
            gender: None,
            birthday: None,
            address: None,
            source: None,
            note: None,
            habits: None,
            tags: None,
        }
    }
}

/// Tells "left out" from `null`.
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

/// One customer by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomerRef {
    /// Whose.
    pub id: CustomerId,
}

/// Everything the form of a customer shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerView {
    /// Id.
    pub id: CustomerId,
    /// Member number.
    pub member_no: String,
    /// Name.
    pub name: String,
    /// 称呼
    pub salutation: Option<String>,
    /// 助记码
    pub mnemonic: String,
    /// Person or company.
    pub kind: CustomerKind,
    /// Company.
    pub company: Option<String>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Birthday.
    pub birthday: Option<BirthdayInput>,
    /// Birthday as people read it: `1990年3月5日` or `农历八月初三`.
    pub birthday_text: Option<String>,
    /// Next birthday on a day of the shop's calendar.
    pub next_birthday_on: Option<NaiveDate>,
    /// Contact handles.
    pub contacts: Vec<ContactView>,
    /// Handles of before, which still find the customer.
    pub retired_contacts: Vec<ContactView>,
    /// Address.
    pub address: Option<String>,
    /// How the customer came.
    pub source: Option<String>,
    /// Note.
    pub note: Option<String>,
    /// Pinned habits.
    pub habits: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Customer since.
    pub joined_on: NaiveDate,
    /// Typed in at.
    pub created_at: Timestamp,
    /// Last changed at.
    pub updated_at: Timestamp,
    /// How much of the profile is filled in, 0–100.
    pub completeness: u32,
    /// Other customers with the same phone: a warning, not an error.
    pub same_phone: Vec<CustomerRow>,
}

/// A customer in a list or a hit of the search: enough to choose without opening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerRow {
    /// Id.
    pub id: CustomerId,
    /// Member number.
    pub member_no: String,
    /// Name.
    pub name: String,
    /// 称呼
    pub salutation: Option<String>,
    /// Person or company.
    pub kind: CustomerKind,
    /// First phone as people read it (masked for those without the right).
    pub phone: Option<String>,
    /// Tier of the ladder.
    pub tier: TierTag,
    /// Class of the primary scheme.
    pub segment: Option<SegmentTag>,
    /// Last business day with a sale.
    pub last_on: Option<NaiveDate>,
    /// Sales with positive net, lifetime.
    pub orders: i64,
    /// Net paid, lifetime.
    pub net_minor: Money,
    /// Points that have not ended.
    pub points: shukebu_domain::points::Points,
    /// Complaints that are open.
    pub open_complaints: i64,
    /// Number of the case because of which nothing may be sold to the customer now.
    pub do_not_disturb: Option<String>,
    /// Customer since.
    pub joined_on: NaiveDate,
    /// Tags.
    pub tags: Vec<String>,
}

/// A tier as a small mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TierTag {
    /// Name as in the ladder.
    pub name: String,
    /// 0 is the lowest.
    pub rank: u32,
    /// How many tiers the ladder has, for the metal of the mark.
    pub of: u32,
}

/// A class of a scheme as a small tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentTag {
    /// Key of the class.
    pub key: String,
    /// Name in the window's language.
    pub name: String,
    /// Colour token.
    pub color: String,
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomerFilter {
    /// Search text; empty for all.
    #[serde(default)]
    pub text: String,
    /// Only this class of the primary scheme.
    #[serde(default)]
    pub segment: Option<String>,
    /// Only this tier.
    #[serde(default)]
    pub tier: Option<u32>,
    /// Only customers with this tag.
    #[serde(default)]
    pub tag: Option<String>,
    /// Conditions joined by 且 and 或.
    #[serde(default)]
    pub conditions: Option<super::conditions::FilterTree>,
    /// Order; left out, by name, or hits of a search text as they fit best.
    #[serde(default)]
    pub sort: Option<super::columns::TableColumn>,
    /// Descending.
    #[serde(default)]
    pub descending: bool,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 100).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerPage {
    /// Rows of the page.
    pub rows: Vec<CustomerRow>,
    /// Rows in all.
    pub total: i64,
}

/// What was typed into the search box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SearchInput {
    /// As typed.
    pub text: String,
    /// At most so many hits (default 12).
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Hits, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SearchHits {
    /// The text that was searched, to drop answers that come late.
    pub text: String,
    /// Best first.
    pub rows: Vec<CustomerRow>,
    /// Hits in all.
    pub total: usize,
}

/// A one-line note on the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose.
    pub customer_id: CustomerId,
    /// The text.
    pub text: String,
}
