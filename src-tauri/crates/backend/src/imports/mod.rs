//! Import of strangers' files: customers, products, sale logs, complaints, phone contacts.
//!
//! The way of a file: `reader` opens it by what is in it and yields rows of text, `mapping` finds out which column is
//! which field, `values` reads single cells, `rows` makes typed rows of them. None of these touches the book: they
//! could run in a process without one. What is refused as a whole is a [`Refusal`]; what is wrong with one row stays
//! with the row.

pub mod limits;
pub mod mapping;
pub mod plan;
pub mod reader;
pub mod refusal;
pub mod rows;
pub mod values;

pub use refusal::Refusal;
/// Looks into a file.
pub fn look(
    _: &crate::app::App,
    _: crate::api::imports::ImportLook,
) -> crate::error::Result<crate::api::imports::ImportPreview> {
    Err(crate::error::ApiError::internal("imports"))
}
/// Imports a file.
pub fn run(_: &crate::app::App, _: crate::api::imports::ImportRun) -> crate::error::Result<crate::api::jobs::JobView> {
    Err(crate::error::ApiError::internal("imports"))
}
