//! Products as the counter finds them.

use crate::api::products::{ProductHits, ProductSearch};
use crate::app::App;
use crate::error::Result;
use crate::search::{self as finding, CustomerFields};
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

/// Everything by which a product can be found, beside its number and barcode: its name as written, then its name as
/// folded, with initials and spellings, all in lower case.
pub(crate) fn search_text(name: &str) -> String {
    let keys = finding::search_text(&CustomerFields { name, ..CustomerFields::default() });
    let keys: String = keys.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
    format!("{} {}", name.to_lowercase(), keys.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::search_text;

    #[test]
    fn a_product_is_found_by_name_initials_and_pinyin() {
        let text = search_text("悦己洗面奶A");
        for fragment in ["洗面奶", "xmn", "ximian"] {
            assert!(text.contains(fragment), "{fragment} in {text}");
        }
    }
}
