//! Fields that the shop adds by itself.

use super::books::Trade;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::custom_field::FieldKind;
use shukebu_domain::ids::{CustomFieldId, CustomerId};

/// A field as it is defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomFieldView {
    /// Which.
    pub id: CustomFieldId,
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Options of a choice.
    pub options: Vec<String>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Stands in 需求偏好 instead of 基础属性.
    pub is_preference: bool,
    /// Still asked for.
    pub is_active: bool,
    /// Customers with a value.
    pub filled: i64,
}

/// All fields in their order, those no longer asked for at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CustomFields {
    /// In order.
    pub fields: Vec<CustomFieldView>,
    /// Trade of the shop, whose preset is offered first.
    pub trade: Option<Trade>,
}

/// A field to be made or changed. What a field holds never changes once somebody has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomFieldChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Left out: a new one.
    #[serde(default)]
    pub id: Option<CustomFieldId>,
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Options of a choice.
    #[serde(default)]
    pub options: Vec<String>,
    /// Unit of a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// Stands in 需求偏好.
    #[serde(default)]
    pub is_preference: bool,
    /// False: no longer asked for; values stay.
    #[serde(default = "yes")]
    pub is_active: bool,
}

fn yes() -> bool {
    true
}

/// The fields in a new order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomFieldOrder {
    /// All of them.
    pub ids: Vec<CustomFieldId>,
}

/// The fields of a trade to be added; those whose name is there already stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct CustomFieldPreset {
    /// Which trade.
    pub trade: Trade,
}

/// A field with the values of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FieldValues {
    /// Which.
    pub field_id: CustomFieldId,
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Stands in 需求偏好.
    pub is_preference: bool,
    /// As typed; several only where many may be chosen.
    pub values: Vec<String>,
}

/// Values of one customer; fields that are not named stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FieldValuesChange {
    /// Whose.
    pub id: CustomerId,
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// The fields that change.
    pub values: Vec<FieldValueInput>,
}

/// New values of one field; none empties it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct FieldValueInput {
    /// Which.
    pub field_id: CustomFieldId,
    /// As typed.
    pub values: Vec<String>,
}
