//! The table of customers: conditions joined by 且 / 或, views that the shop saves, and tags for many at once.

use super::columns::TableColumn;
use super::customers::CustomerFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

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

/// What a saved view shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ViewDefinition {
    /// Columns in their order.
    pub columns: Vec<TableColumn>,
    /// Widths that differ from the usual one, in pixels at letters of 100 %.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(as = "BTreeMap<String, u32>"))]
    pub widths: BTreeMap<TableColumn, u32>,
    /// So many columns at the left stay while the others are scrolled.
    #[serde(default)]
    pub frozen: u32,
    /// Order of the rows; left out, as the table comes.
    #[serde(default)]
    pub sort: Option<TableColumn>,
    /// Descending.
    #[serde(default)]
    pub descending: bool,
    /// Conditions.
    #[serde(default)]
    pub conditions: Option<FilterTree>,
}

/// How a person left the table, or a view of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct KeptLayout {
    /// Of which view; nothing for the table without one.
    pub view: Option<i64>,
    /// Columns, widths, order; conditions are those of the view.
    pub layout: ViewDefinition,
}

/// The columns as a person leaves them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct LayoutToKeep {
    /// Of which view; left out, of the table without one.
    #[serde(default)]
    pub view: Option<i64>,
    /// Left out: as the view itself has it.
    #[serde(default)]
    pub layout: Option<ViewDefinition>,
}

/// A view to be saved; the same name again replaces it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Name.
    pub name: String,
    /// What it shows.
    pub definition: ViewDefinition,
    /// Whether the table opens with it.
    #[serde(default)]
    pub is_default: bool,
}

/// A saved view by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ViewRef {
    /// Which.
    pub id: i64,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SavedView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// What it shows.
    pub definition: ViewDefinition,
    /// Whether the table opens with it.
    pub is_default: bool,
}

/// All saved views, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ViewList {
    /// The views.
    pub rows: Vec<SavedView>,
    /// All tags of the shop, by name, for the conditions.
    pub tags: Vec<String>,
    /// How the person who asks left the table and its views.
    pub layouts: Vec<KeptLayout>,
}

/// Tags for many customers at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BulkTags {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// These customers; left out, all whom the filter shows.
    #[serde(default)]
    pub ids: Option<Vec<CustomerId>>,
    /// The filter of the table.
    #[serde(default)]
    pub filter: Option<CustomerFilter>,
    /// Whom the filter shows and who is not meant all the same.
    #[serde(default)]
    pub except: Vec<CustomerId>,
    /// Tags that they get.
    #[serde(default)]
    pub add: Vec<String>,
    /// Tags that they lose.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// How many a change is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BulkCount {
    /// Customers who are meant.
    pub people: i64,
    /// Those of them for whom something changes.
    pub changes: i64,
    /// The change, once it is made: what the undo takes.
    pub id: Option<i64>,
}

/// A change for many, to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct BulkUndo {
    /// Which change.
    pub id: i64,
}
