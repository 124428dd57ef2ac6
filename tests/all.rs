//! One integration binary: what the program promises, seen from outside, through the one list of commands.

#![allow(clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod architecture;
mod book;
mod complaints;
mod counter;
mod exports;
mod imports;
mod segmentation;
mod support;
