//! Conditions over customers, joined by 且 / 或.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FilterField {
    /// 姓名
    Name,
    /// 等级, by rank.
    Tier,
    /// 分层, by key.
    Segment,
    /// 标签
    Tag,
    /// 来源
    Source,
    /// 个人或企业
    Kind,
    /// 单位
    Company,
    /// 性别
    Gender,
    /// 累计消费, minor units.
    NetMinor,
    /// 单数
    Orders,
    /// 最近到店
    LastOn,
    /// 第一次来
    FirstOn,
    /// 入会
    JoinedOn,
    /// 生日的月份
    BirthMonth,
    /// 未结投诉
    OpenComplaints,
    /// 电话
    Phone,
    /// 资料完整度, per cent.
    Completeness,
    /// 地址
    Address,
    /// 备注
    Note,
    /// 习惯
    Habits,
    /// The class of a scheme; `of` names the scheme.
    Scheme,
    /// 优先级, 1 first to 5 last.
    Priority,
    /// A list that fills itself, by its id.
    List,
    /// 意向商品: who is likely to want a product, by its id.
    Intent,
    /// A field of the shop's own; `of` is its id.
    Field,
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// 是
    Is,
    /// 不是
    IsNot,
    /// 含有
    Contains,
    /// 至少; of days: on or after.
    AtLeast,
    /// 至多; of days: on or before.
    AtMost,
    /// 最近多少天内
    WithinDays,
    /// 超过多少天
    OverDays,
    /// 没有填
    Empty,
    /// 填了
    Filled,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FilterCondition {
    /// About what.
    pub field: FilterField,
    /// Which scheme or own field, where the field alone does not say it.
    #[serde(default)]
    pub of: Option<String>,
    /// Compared how.
    pub op: FilterOp,
    /// With what; nothing for [`FilterOp::Empty`] and [`FilterOp::Filled`].
    #[serde(default)]
    pub value: Option<String>,
}

/// Conditions that stand together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FilterGroup {
    /// 或: one of them is enough; else all must hold.
    #[serde(default)]
    pub any: bool,
    /// The conditions; none holds for everybody.
    pub conditions: Vec<FilterCondition>,
}

/// Groups of conditions: two levels, as people say it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FilterTree {
    /// 或: one of the groups is enough; else all must hold.
    #[serde(default)]
    pub any: bool,
    /// The groups; none holds for everybody.
    #[serde(default)]
    pub groups: Vec<FilterGroup>,
}
