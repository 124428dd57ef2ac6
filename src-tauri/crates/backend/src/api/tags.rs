//! Tags of the shop: what there is, in which groups, on how many people. A tag is also a list kept by hand.

use super::customers::CustomerFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::scheme::ClassColor;

/// Tags that stand together: 关系, 行业, 口味.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TagGroup {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Colour of its tags.
    pub color: ClassColor,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TagView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Group, if it stands in one.
    pub group: Option<i64>,
    /// Customers who have it.
    pub people: i64,
}

/// All tags and groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TagList {
    /// Groups in their order.
    pub groups: Vec<TagGroup>,
    /// Tags by name.
    pub tags: Vec<TagView>,
}

/// A tag to be made or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TagSave {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Left out: a new one.
    #[serde(default)]
    pub id: Option<i64>,
    /// Name; another one renames the tag for everybody who has it.
    pub name: String,
    /// Group; left out, none.
    #[serde(default)]
    pub group: Option<i64>,
}

/// A tag that goes up in another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TagMerge {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The tag that goes.
    pub from: i64,
    /// The tag that stays and is given to everybody who had the other.
    pub into: i64,
}

/// A tag by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TagRef {
    /// Which.
    pub id: i64,
}

/// A group of tags to be made or changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct TagGroupSave {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Left out: a new one.
    #[serde(default)]
    pub id: Option<i64>,
    /// Name.
    pub name: String,
    /// Colour of its tags.
    pub color: ClassColor,
    /// Tags that a new group begins with; those that are there already move into it.
    #[serde(default)]
    pub tags: Vec<String>,
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
