//! Columns of the table of customers, by their names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomFieldId;

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
