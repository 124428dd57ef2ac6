//! Columns of the table of customers and what stands in their cells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::{CustomFieldId, CustomerId};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// A column by its name: `name`, `net`, or `field.7` for a field of the shop's own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum TableColumn {
            $($(#[$doc])* $name,)*
            /// A field of the shop's own.
            Field(CustomFieldId),
        }

        impl TableColumn {
            /// Every column but the shop's own fields.
            pub const BUILT_IN: &'static [Self] = &[$(Self::$name,)*];

            /// The column of a name.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)*
                    // As views called them before columns could be chosen.
                    "last" => Some(Self::LastOn),
                    "joined" => Some(Self::JoinedOn),
                    other => other.strip_prefix("field.")?.parse().ok().map(|id| Self::Field(CustomFieldId(id))),
                }
            }
        }

        impl std::fmt::Display for TableColumn {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$name => f.write_str($text),)*
                    Self::Field(id) => write!(f, "field.{id}"),
                }
            }
        }
    };
}

columns! {
    /// 姓名, sorted by reading.
    Name = "name";
    /// 称呼
    Salutation = "salutation";
    /// 会员号
    MemberNo = "member_no";
    /// 助记码
    Mnemonic = "mnemonic";
    /// First phone.
    Phone = "phone";
    /// 微信
    Wechat = "wechat";
    /// 邮箱
    Email = "email";
    /// 等级
    Tier = "tier";
    /// Class of the primary scheme.
    Segment = "segment";
    /// 优先级, 1 first to 5 last.
    Priority = "priority";
    /// Class by frequency (频率三档).
    FrequencyClass = "class_frequency";
    /// Class by amount (累计金额三档).
    AmountClass = "class_amount";
    /// Class by what is bought most (产品偏好).
    ProductClass = "class_product";
    /// 标签
    Tags = "tags";
    /// 最近到店
    LastOn = "last_on";
    /// 第一次来
    FirstOn = "first_on";
    /// 单数
    Orders = "orders";
    /// 累计消费
    Net = "net";
    /// Points that have not ended.
    Points = "points";
    /// 未结投诉
    OpenComplaints = "open_complaints";
    /// 入会
    JoinedOn = "joined_on";
    /// 个人或企业
    Kind = "kind";
    /// 单位
    Company = "company";
    /// 性别
    Gender = "gender";
    /// 生日, sorted by month and day.
    Birthday = "birthday";
    /// 地址
    Address = "address";
    /// 来源
    Source = "source";
    /// 备注
    Note = "note";
    /// 习惯
    Habits = "habits";
    /// 资料完整度, per cent.
    Completeness = "completeness";
}

impl TableColumn {
    /// Whether it follows the numbers of the day and stands in no column of the book.
    pub fn follows_numbers(self) -> bool {
        self == Self::Priority || self.scheme().is_some()
    }

    /// The scheme whose classes it shows, beside the primary one.
    pub fn scheme(self) -> Option<&'static str> {
        match self {
            Self::FrequencyClass => Some("frequency_thirds"),
            Self::AmountClass => Some("amount_thirds"),
            Self::ProductClass => Some("product_preference"),
            _ => None,
        }
    }
}

impl TryFrom<String> for TableColumn {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| format!("`{name}` is no column of the table"))
    }
}

impl From<TableColumn> for String {
    fn from(column: TableColumn) -> Self {
        column.to_string()
    }
}

impl JsonSchema for TableColumn {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TableColumn".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<String> = Self::BUILT_IN.iter().map(ToString::to_string).collect();
        schemars::json_schema!({
            "type": "string", "anyOf": [{ "enum": names }, { "pattern": "^field\\.[0-9]+$" }]
        })
    }
}

#[cfg(feature = "bindings")]
impl ts_rs::TS for TableColumn {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        let names: Vec<String> = Self::BUILT_IN.iter().map(|column| format!("\"{column}\"")).collect();
        format!("{} | `field.${{number}}`", names.join(" | "))
    }
    fn inline(cfg: &ts_rs::Config) -> String {
        Self::name(cfg)
    }
}

/// What stands in a cell: words, a count or amount in minor units, or several words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum CellValue {
    /// Nothing was filled in.
    Nothing,
    /// A count, rank, share or amount in minor units.
    Number(i64),
    /// Words; a day as `2026-03-02`.
    Text(String),
    /// Tags, or what was chosen of many.
    Words(Vec<String>),
}

impl CellValue {
    /// As it is typed into the cell.
    pub fn typed(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Words(words) => words.join("、"),
        }
    }
}

/// A row of the table: a cell for each column that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TableRow {
    /// Whose.
    pub id: CustomerId,
    /// In the order of the columns.
    pub cells: Vec<CellValue>,
    /// Number of an open case because of which nothing may be sold to this customer now.
    pub do_not_disturb: Option<String>,
}

/// Which rows and which columns of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TableInput {
    /// Who, in which order, which page.
    #[serde(default)]
    pub filter: super::customers::CustomerFilter,
    /// Columns, at most 60.
    pub columns: Vec<TableColumn>,
}

/// The table as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TableExport {
    /// These customers; left out, all whom the filter shows.
    #[serde(default)]
    pub ids: Option<Vec<CustomerId>>,
    /// The filter of the table.
    #[serde(default)]
    pub filter: Option<super::customers::CustomerFilter>,
    /// Whom the filter shows and who is not meant all the same.
    #[serde(default)]
    pub except: Vec<CustomerId>,
    /// Columns in their order.
    pub columns: Vec<TableColumn>,
    /// For a partner: names, phones and addresses are covered.
    #[serde(default)]
    pub masked: bool,
    /// A handle from a dialog; the ending says XLSX, CSV or JSON.
    pub file: String,
}

/// A page of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TablePage {
    /// Rows of the page.
    pub rows: Vec<TableRow>,
    /// Rows in all.
    pub total: i64,
}

/// Who stands in some rows of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TableIds {
    /// In the order of the rows.
    pub ids: Vec<CustomerId>,
    /// Rows in all.
    pub total: i64,
}

/// A cell that somebody typed into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CellChange {
    /// The edit's key: the same key twice is one change.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Whose row.
    pub id: CustomerId,
    /// Which column.
    pub column: TableColumn,
    /// What the person saw when the edit began; another content since then is refused. Left out, not asked.
    #[serde(default)]
    pub was: Option<String>,
    /// As typed; nothing empties the cell.
    pub value: String,
}

/// A cell after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CellView {
    /// What stands in it now.
    pub value: CellValue,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_known_by_its_own_name() {
        for column in TableColumn::BUILT_IN {
            assert_eq!(TableColumn::parse(&column.to_string()), Some(*column));
        }
        assert_eq!(TableColumn::parse("field.7"), Some(TableColumn::Field(CustomFieldId(7))));
        assert_eq!(TableColumn::parse("field.x"), None);
        assert_eq!(TableColumn::parse("salary"), None);
    }
}
