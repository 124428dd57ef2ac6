//! 产品单: facts, photo, price and questions of a product on one sheet, to be printed or kept as a PDF and handed out. The
//! price is the product's own; nothing on the sheet tells what it costs the shop.

use crate::api::product_sheets::{ProductSheet, ProductSheetChange};
use crate::api::products::ProductRef;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::product_sheets::Photo;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::error::{FieldError, refuse_if_any};

/// Largest photo: what a phone takes.
const MAX_PHOTO: u64 = 5 * 1024 * 1024;

/// The sheet of a product.
///
/// # Errors
/// An unknown product.
pub fn get(app: &App, input: ProductRef) -> Result<ProductSheet> {
    app.read(move |connection, _| {
        let product = store::products::view(connection, input.id)?.row;
        let sheet = store::product_sheets::get(connection, input.id)?;
        let photo = sheet.photo.map(|(kind, content)| format!("data:image/{kind};base64,{}", STANDARD.encode(content)));
        Ok(ProductSheet { product, specification: sheet.specification, questions: sheet.questions, photo })
    })
}

/// Writes what the sheet says.
///
/// # Errors
/// An unknown product, texts that are far too long, a photo that is none or too large.
pub fn save(app: &App, input: ProductSheetChange) -> Result<ProductSheet> {
    let text = |text: Option<&str>| text.map(clean_text).filter(|text| !text.is_empty());
    let (specification, questions) = (text(input.specification.as_deref()), text(input.questions.as_deref()));
    let mut problems = vec![];
    for (field, text) in [("specification", &specification), ("questions", &questions)] {
        problems.extend(text.as_deref().and_then(|text| check_length(field, text, MAX_TEXT).err()));
    }
    refuse_if_any(problems)?;
    let photo = input.photo.as_deref().map(|handle| photo(app, handle)).transpose()?;
    let id = input.id;
    app.write(Op::new("product.change").keyed(input.client_key), move |tx, moment| {
        store::products::view(tx, id)?;
        let by = (moment.session.staff, moment.now);
        store::product_sheets::put(tx, id, (specification.as_deref(), questions.as_deref()), by)?;
        if photo.is_some() || input.without_photo {
            store::product_sheets::set_photo(tx, id, photo.as_ref())?;
        }
        Ok(Written::one("product", id.0))
    })?;
    get(app, ProductRef { id })
}

/// A photo that a person chose; what it is, its first bytes say and not its name.
fn photo(app: &App, handle: &str) -> Result<Photo> {
    let path = app.granted("photo", handle)?;
    let too_large = || ApiError::from(FieldError::new("photo", "attachment.too_large").with("most", MAX_PHOTO >> 20));
    if std::fs::metadata(&path)?.len() > MAX_PHOTO {
        return Err(too_large());
    }
    let content = std::fs::read(&path)?;
    if content.len() as u64 > MAX_PHOTO {
        return Err(too_large());
    }
    let kind = kind_of(&content).ok_or_else(|| ApiError::field("photo", "photo.unreadable"))?;
    Ok(Photo { kind, content })
}

fn kind_of(content: &[u8]) -> Option<&'static str> {
    match content {
        [0xFF, 0xD8, 0xFF, ..] => Some("jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn a_photo_is_known_by_its_first_bytes() {
        assert_eq!(kind_of(b"\xFF\xD8\xFF\xE0 and so on"), Some("jpeg"));
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n and so on"), Some("png"));
        assert_eq!(kind_of(b"RIFF\0\0\0\0WEBP and so on"), Some("webp"));
        assert_eq!(kind_of(b"<svg onload=alert(1)>"), None);
        assert_eq!(kind_of(b""), None);
    }
}
