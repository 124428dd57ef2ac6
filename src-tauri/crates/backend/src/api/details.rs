//! What is known of a customer beside the first form: how to be reached, people and ties, days to remember, contacts.

use super::attachments::AttachmentView;
use super::custom_fields::FieldValues;
use super::privacy::ConsentView;
use super::wishes::WishView;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::reach::ReachBy;
use shukebu_domain::time::Timestamp;

/// Everything about a customer that stands beside the first form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerDetails {
    /// How to be reached.
    pub reach: ReachView,
    /// Own fields with a value, in the order of the shop.
    pub fields: Vec<FieldValues>,
    /// People of a company.
    pub persons: Vec<ContactPersonView>,
    /// Companies in which this person is one of the people.
    pub person_of: Vec<TieView>,
    /// The company above (集团).
    pub parent: Option<TieView>,
    /// Companies below, all steps together.
    pub group: Option<TreeSum>,
    /// Who brought this customer.
    pub referrer: Option<TieView>,
    /// Whom this customer brought, all steps together.
    pub referred: Option<TreeSum>,
    /// Days to remember beside the birthday.
    pub anniversaries: Vec<AnniversaryView>,
    /// Animal of the lunar year (生肖), as a key.
    pub animal: Option<String>,
    /// Star sign (星座), as a key.
    pub star: Option<String>,
    /// Whole years, where the year of birth is known.
    pub age: Option<u32>,
    /// Guardian of a person under 14.
    pub guardian: Option<String>,
    /// What was agreed to, one of each purpose that was ever asked.
    pub consents: Vec<ConsentView>,
    /// What the customer waits for.
    pub wishes: Vec<WishView>,
    /// Files kept with the customer.
    pub attachments: Vec<AttachmentView>,
    /// What the profile lacks, as keys.
    pub missing: Vec<String>,
}

/// How a customer wants to be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReachView {
    /// The channel that was asked for.
    pub preferred: Option<ReachBy>,
    /// The channel to use now: the one asked for, else the usual one of persons or companies.
    pub channel: ReachBy,
    /// First quiet minute, `22:00`.
    pub quiet_from: Option<String>,
    /// End of the quiet hours, `08:00`.
    pub quiet_to: Option<String>,
    /// Whether it is quiet now.
    pub is_quiet: bool,
    /// Not to be contacted at all.
    pub do_not_contact: bool,
    /// Why not.
    pub do_not_contact_why: Option<String>,
}

/// How a customer wants to be reached from now on; replaces what was there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ReachChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Left out: the usual one of persons or companies.
    #[serde(default)]
    pub preferred: Option<ReachBy>,
    /// `22:00`; both or none.
    #[serde(default)]
    pub quiet_from: Option<String>,
    /// `08:00`.
    #[serde(default)]
    pub quiet_to: Option<String>,
    /// Not to be contacted at all.
    #[serde(default)]
    pub do_not_contact: bool,
    /// Why not.
    #[serde(default)]
    pub do_not_contact_why: Option<String>,
}

/// What a person is in a decision of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Influence {
    /// 拍板
    Decides,
    /// 有影响
    Advises,
    /// 使用
    Uses,
    /// 付款
    Pays,
    /// 有顾虑
    Blocks,
}

/// A person of a company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ContactPersonView {
    /// Name.
    pub name: String,
    /// The customer this person is, if one.
    pub person_id: Option<CustomerId>,
    /// Role in the company.
    pub role: Option<String>,
    /// Influence on a decision.
    pub influence: Influence,
    /// Relation to us.
    pub relation: Option<String>,
    /// Phone as people read it (masked for those without the right).
    pub phone: Option<String>,
}

/// A person of a company to be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ContactPersonInput {
    /// Name.
    pub name: String,
    /// The customer this person is.
    #[serde(default)]
    pub person_id: Option<CustomerId>,
    /// Role in the company.
    #[serde(default)]
    pub role: Option<String>,
    /// Influence on a decision.
    pub influence: Influence,
    /// Relation to us.
    #[serde(default)]
    pub relation: Option<String>,
    /// Phone; a masked one stays as it was.
    #[serde(default)]
    pub phone: Option<String>,
}

/// All people of a company, replacing those before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PersonsChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// In order.
    pub persons: Vec<ContactPersonInput>,
}

/// Another customer, as a tie names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TieView {
    /// Who.
    pub id: CustomerId,
    /// Name.
    pub name: String,
}

/// How many customers stand below and what they bring together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TreeSum {
    /// Customers below.
    pub customers: i64,
    /// Their sales with positive net.
    pub orders: i64,
    /// Their net paid.
    pub net_minor: Money,
}

/// Ties of a customer; replaces what was there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TiesChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The company above.
    #[serde(default)]
    pub parent_id: Option<CustomerId>,
    /// Who brought this customer.
    #[serde(default)]
    pub referrer_id: Option<CustomerId>,
    /// Guardian of a person under 14.
    #[serde(default)]
    pub guardian: Option<String>,
}

/// The group of companies and the referrals around a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomerTrees {
    /// From the topmost company down; empty without a group.
    pub group: Vec<TreeRow>,
    /// From this customer down; empty when nobody was brought.
    pub referrals: Vec<TreeRow>,
}

/// One customer in a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TreeRow {
    /// Who.
    pub id: CustomerId,
    /// Name.
    pub name: String,
    /// Steps below the root.
    pub depth: u32,
    /// Own sales with positive net.
    pub orders: i64,
    /// Own net paid.
    pub net_minor: Money,
    /// Net paid with everybody below.
    pub total_minor: Money,
}

/// What is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AnniversaryKind {
    /// 公司成立
    Founded,
    /// 合作开始
    Cooperation,
    /// Anything else, with a name.
    Other,
}

/// A day to remember, to be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct AnniversaryInput {
    /// What.
    pub kind: AnniversaryKind,
    /// Its name; needed for `other`.
    #[serde(default)]
    pub name: Option<String>,
    /// Year, if known.
    #[serde(default)]
    pub year: Option<i32>,
    /// Month.
    pub month: u32,
    /// Day.
    pub day: u32,
}

/// All days to remember, replacing those before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct AnniversariesChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// In order.
    pub anniversaries: Vec<AnniversaryInput>,
}

/// A day to remember.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AnniversaryView {
    /// What.
    pub kind: AnniversaryKind,
    /// Its name.
    pub name: Option<String>,
    /// Year, if known.
    pub year: Option<i32>,
    /// Month.
    pub month: u32,
    /// Day.
    pub day: u32,
    /// Next time.
    pub next_on: Option<NaiveDate>,
    /// Whole years at the next time.
    pub years: Option<i32>,
}

/// What kind of contact it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InteractionKind {
    /// 到店
    Visit,
    /// 电话
    Phone,
    /// 微信
    Wechat,
    /// 短信
    Sms,
    /// 邮件
    Email,
    /// 拜访
    CallOn,
    /// 动态 (what a person posted)
    Post,
    /// 问卷
    Survey,
    /// Anything else.
    Other,
}

/// Who began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The customer.
    In,
    /// The shop.
    Out,
    /// Neither: a post was seen.
    None,
}

/// A contact to be put on the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewInteraction {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// With whom.
    pub customer_id: CustomerId,
    /// What kind.
    pub kind: InteractionKind,
    /// Who began it.
    pub direction: Direction,
    /// When; left out, now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// What it was about; words after `#` become tags of the customer.
    pub text: String,
    /// The shop's call or message reached the person.
    #[serde(default)]
    pub is_answered: bool,
    /// 深度沟通
    #[serde(default)]
    pub is_deep: bool,
    /// How long it took.
    #[serde(default)]
    pub minutes: Option<u32>,
}
