//! Use cases of the book of regulars over one encrypted SQLite book. No window.
//!
//! `api` is what crosses the wall, `commands` the one list of what can be done, `app` the only way to read and
//! change a book; a module per noun holds its use cases, and `store` everything that speaks SQL.

pub mod api;
pub mod app;
pub mod approvals;
pub mod assessments;
pub mod attachments;
pub mod backups;
pub mod books;
pub mod calendar;
mod classes;
pub mod clock;
pub mod commands;
pub mod complaints;
pub mod counter;
pub mod custom_fields;
pub mod customers;
pub mod demo;
pub mod error;
pub mod exports;
mod files;
#[cfg(feature = "for-tests")]
mod for_tests;
pub mod frame;
pub mod imports;
pub mod improvements;
pub mod intents;
pub mod jobs;
mod kept;
pub mod keys;
pub mod ladder;
mod left_out;
pub mod members;
pub mod messages;
pub mod offers;
pub mod open_book;
mod opening_hours;
mod paging;
pub mod people;
pub mod pictures;
pub mod points;
pub mod policies;
pub mod privacy;
pub mod product_sheets;
pub mod products;
mod responsible;
mod rows;
pub mod sales;
pub mod search;
mod search_texts;
pub mod segmentation;
pub mod settings;
mod sheets;
pub mod staff;
mod store;
mod tiers;
pub mod usual_orders;
pub mod values;
pub mod wishes;
mod wording;

// A command names its module by one word.
pub use offers::{cashback, coupons, packs, terms};
