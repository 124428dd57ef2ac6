//! 产品单: what is handed out about a product: facts, a photo, the price, what people ask.

use super::products::ProductRow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::ProductId;

/// What the sheet of a product says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProductSheet {
    /// The product with its name and price.
    pub product: ProductRow,
    /// One line for each fact, the word and what it is parted by a colon.
    pub specification: Option<String>,
    /// What people ask, and the answers.
    pub questions: Option<String>,
    /// The photo as a `data:` address.
    pub photo: Option<String>,
}

/// What the sheet says from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ProductSheetChange {
    /// The form's key.
    #[serde(default)]
    pub client_key: Option<String>,
    /// Of which product.
    pub id: ProductId,
    /// One line for each fact.
    #[serde(default)]
    pub specification: Option<String>,
    /// What people ask, and the answers.
    #[serde(default)]
    pub questions: Option<String>,
    /// A handle of another photo from a dialog; left out, the photo stays.
    #[serde(default)]
    pub photo: Option<String>,
    /// Takes the photo away.
    #[serde(default)]
    pub without_photo: bool,
}
