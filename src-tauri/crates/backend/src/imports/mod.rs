//! Import of strangers' files: customers, products, sale logs, complaints, phone contacts.
//!
//! The way of a file: `reader` opens it by what is in it and yields rows of text, `mapping` finds out which column is
//! which field, the crate's `values` reads single cells, `rows` makes typed rows of them, `plan` is what is known before the first
//! row. None of these touches the book, so `reading` lets a `child` process do them. `apply` writes rows inside one transaction; `run` puts it all together. What
//! is refused as a whole is a [`Refusal`]; what is wrong with one row stays with the row.

mod apply;
pub mod child;
pub mod everything;
mod here;
pub mod limits;
pub mod mapping;
pub mod plan;
mod problems;
pub mod reader;
pub mod reading;
pub mod refusal;
pub mod rows;
mod run;
mod undo;

pub use problems::save as problems;
pub use refusal::Refusal;
pub use run::{import, look, paste, run};
pub use undo::{list, undo, undo_preview};
