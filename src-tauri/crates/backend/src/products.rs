//! Products as the counter finds them.

use crate::api::products::{ProductHits, ProductSearch};
use crate::app::App;
use crate::error::Result;
use crate::store;

/// Finds products by name, initials, pinyin, sku or barcode.
///
/// # Errors
/// `Locked` while no book is open.
pub fn search(app: &App, input: ProductSearch) -> Result<ProductHits> {
    let limit = input.limit.unwrap_or(20).clamp(1, 200);
    app.read(move |connection, _| {
        let text = input.text.trim().to_lowercase();
        Ok(ProductHits { rows: store::products::search(connection, &text, limit)? })
    })
}

/// Everything by which a product can be found: its name and initials in lower case.
pub(crate) fn search_text(name: &str) -> String {
    format!("{} {}", name.to_lowercase(), crate::search::mnemonic(name))
}
