//! Merging two records of one person: what moves, which value of a field stays, and the way back for 90 days.

use super::customers::{CustomerRow, TierTag};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A field of which only one value can stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MergeField {
    /// 姓名
    Name,
    /// 称呼
    Salutation,
    /// 个人或企业
    Kind,
    /// 单位
    Company,
    /// 性别
    Gender,
    /// 生日
    Birthday,
    /// 地址
    Address,
    /// 来源
    Source,
    /// 习惯
    Habits,
    /// 备注
    Note,
    /// 加入日期
    JoinedOn,
}

/// Which two records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct MergeLook {
    /// The one that stays.
    pub survivor_id: CustomerId,
    /// The one that goes into it.
    pub absorbed_id: CustomerId,
}

/// A merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// The form's key: the same key twice is one merge.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The one that stays.
    pub survivor_id: CustomerId,
    /// The one that goes into it.
    pub absorbed_id: CustomerId,
    /// Fields that take the value of the one that goes; left out, those that the preview proposes.
    #[serde(default)]
    pub take: Option<Vec<MergeField>>,
}

/// A merge to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct MergeUndo {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Which merge.
    pub id: i64,
}

/// Whose merges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct MergeFilter {
    /// Of this customer; left out, the newest of all.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
}

/// One of the two records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergeSide {
    /// As lists show it.
    pub row: CustomerRow,
    /// Contact handles as people read them.
    pub contacts: Vec<String>,
    /// Days with a purchase and those of the opening balance.
    pub visits: i64,
    /// First business day with a sale.
    pub first_on: Option<NaiveDate>,
    /// Opening balance.
    pub opening_minor: Money,
    /// Points that were carried over with the opening balance.
    pub opening_points: i64,
    /// Notes.
    pub notes: i64,
    /// Complaints, open and ended.
    pub complaints: i64,
    /// Everything else that hangs on the record, kinds without any left out.
    pub carried: Vec<Carried>,
}

/// Something that a merge carries along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Carried {
    /// What.
    pub what: CarriedKind,
    /// How many.
    pub count: i64,
}

/// What hangs on a record beside sales, notes and cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CarriedKind {
    /// 积分
    Points,
    /// 积分批次
    PointLots,
    /// 优惠券
    Coupons,
    /// 次卡
    Packs,
    /// 权益使用
    Benefits,
    /// 联系方式
    Contacts,
    /// 往来
    Interactions,
    /// 联系人
    Persons,
    /// 纪念日
    Anniversaries,
    /// 自定义字段
    OwnFields,
    /// 到货关注
    Wishes,
    /// 附件
    Attachments,
    /// 协议价
    AgreedPrices,
    /// 特别约定
    SpecialTerms,
    /// 常购组合
    UsualOrders,
    /// 同意记录
    Consents,
}

/// A field of both records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergeFieldView {
    /// Which field.
    pub field: MergeField,
    /// Value of the one that stays, as people read it.
    pub kept: Option<String>,
    /// Value of the other one.
    pub other: Option<String>,
    /// Whether the value of the other one is proposed.
    pub take_other: bool,
}

/// What the two will be as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergeTogether {
    /// Sales with positive net.
    pub orders: i64,
    /// Days with a purchase and those of the opening balances.
    pub visits: i64,
    /// Net paid.
    pub net_minor: Money,
    /// First business day with a sale.
    pub first_on: Option<NaiveDate>,
    /// Last business day with a sale.
    pub last_on: Option<NaiveDate>,
    /// The tier of both histories replayed as one.
    pub tier: TierTag,
    /// Contact handles that the one that stays does not have yet.
    pub new_contacts: Vec<String>,
    /// Tags that it does not have yet.
    pub new_tags: Vec<String>,
}

/// Everything that a merge will do, before it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergePreview {
    /// The one that stays.
    pub survivor: MergeSide,
    /// The one that goes into it.
    pub absorbed: MergeSide,
    /// Fields, in the order of the form.
    pub fields: Vec<MergeFieldView>,
    /// What the two will be as one.
    pub together: MergeTogether,
    /// Until which day the merge can be undone.
    pub undo_until: NaiveDate,
}

/// A merge that holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergeView {
    /// Id.
    pub id: i64,
    /// Who stays.
    pub survivor_id: CustomerId,
    /// Name of who stays.
    pub survivor_name: String,
    /// Which record was merged.
    pub absorbed_id: CustomerId,
    /// Its name.
    pub absorbed_name: String,
    /// Its member number.
    pub absorbed_no: String,
    /// When.
    pub merged_at: Timestamp,
    /// Until which day it can be undone.
    pub undo_until: NaiveDate,
    /// Why it cannot be undone now, in words; `None` when it can.
    pub why_not: Option<String>,
}

/// Merges that hold, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MergeList {
    /// At most 50.
    pub rows: Vec<MergeView>,
}
