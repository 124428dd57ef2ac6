//! The schemes as they run, and the marks of their classes wherever a customer is shown.

use crate::api::customers::SegmentTag;
use crate::error::Result;
use crate::messages::Language;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::segmentation::presets::product_preference;
use shukebu_domain::segmentation::scheme::ClassFace;
use shukebu_domain::segmentation::{Lang, Scheme};
use std::collections::BTreeMap;

/// Key of the scheme whose classes are the shop's categories.
const PRODUCT_PREFERENCE: &str = "product_preference";
/// More categories than a person can tell apart make no classes.
const MOST_CATEGORIES: i64 = 50;

/// The scheme that drives the day, ready to run.
pub(crate) fn primary(connection: &Connection) -> Result<Scheme> {
    filled(connection, store::segmentation::primary(connection)?)
}

/// All schemes, ready to run.
pub(crate) fn schemes(connection: &Connection) -> Result<Vec<Scheme>> {
    let stored = store::segmentation::schemes(connection)?;
    stored.into_iter().map(|scheme| filled(connection, scheme)).collect()
}

/// One scheme, ready to run.
pub(crate) fn scheme(connection: &Connection, key: &str) -> Result<Scheme> {
    filled(connection, store::segmentation::scheme(connection, key)?)
}

/// The scheme of product preference has the shop's categories for its classes until the shop edits them.
fn filled(connection: &Connection, scheme: Scheme) -> Result<Scheme> {
    if scheme.key != PRODUCT_PREFERENCE || !scheme.classes.is_empty() {
        return Ok(scheme);
    }
    let categories = store::measures::categories(connection, MOST_CATEGORIES)?;
    let names: Vec<&str> = categories.iter().map(String::as_str).collect();
    Ok(Scheme { classes: product_preference(&names).classes, ..scheme })
}

/// The domain's name of a language.
pub(crate) fn lang(language: Language) -> Lang {
    match language {
        Language::Simplified => Lang::ZhHans,
        Language::Traditional => Lang::ZhHant,
        Language::English => Lang::En,
    }
}

/// The mark of a class.
pub(crate) fn tag(face: &ClassFace, language: Language) -> Result<SegmentTag> {
    Ok(SegmentTag {
        key: face.key.clone(),
        name: face.names.get(lang(language)).to_owned(),
        color: store::as_word(face.color)?,
    })
}

/// The mark of a class by key; one that the scheme no longer has keeps its key.
pub(crate) fn tag_of(scheme: &Scheme, key: &str, language: Language) -> Result<SegmentTag> {
    match scheme.face(key) {
        Some(face) => tag(face, language),
        None => Ok(SegmentTag { key: key.to_owned(), name: key.to_owned(), color: "stone".into() }),
    }
}

/// Tags of the primary scheme's classes by key.
pub(crate) fn tags(connection: &Connection, language: Language) -> Result<BTreeMap<String, SegmentTag>> {
    let scheme = primary(connection)?;
    scheme.faces().map(|face| Ok((face.key.clone(), tag(face, language)?))).collect()
}
