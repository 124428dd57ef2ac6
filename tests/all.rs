//! One integration binary: what the program promises, seen from outside, through the one list of commands.

#![allow(clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod approvals;
mod architecture;
mod assessments;
mod benefits;
mod book;
mod cases;
mod compensations;
mod compensations_back;
mod complaints;
mod conventions;
mod counter;
mod coupon_plans;
mod customer_rows;
mod duplicates;
mod entry;
mod export_lists;
mod export_records;
mod exports;
#[path = "benches/figures/run.rs"]
#[allow(dead_code, reason = "only the bench has a command line")]
mod figures;
mod given_away;
mod import_undo;
mod imports;
mod long_history;
mod loyalty_rows;
mod members;
mod merges;
mod migrations;
mod offers;
mod pages;
mod people;
mod points;
mod priority;
mod privacy;
mod promises;
mod receipts;
mod remedies;
mod schemes;
mod segment_checks;
mod segment_numbers;
mod segment_tools;
mod segment_value;
mod segmentation;
mod staff;
mod support;
mod table;
mod table_files;
mod tags;
mod taken_back;
mod till;
