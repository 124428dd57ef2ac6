//! Use cases of the book of regulars over one encrypted SQLite book.

pub mod api;
pub mod error;
pub mod imports;
pub mod search;
