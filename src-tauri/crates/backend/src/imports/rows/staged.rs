//! A row after reading, and whoever takes it.

use super::{AnyRow, RowIssue};
use crate::imports::reader::Position;
use crate::imports::refusal::Refusal;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// What a row needs to know about the shop.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Shop {
    /// Times without a zone are of this one.
    pub zone: Tz,
    /// Decimals of the book's currency.
    pub exponent: u32,
    /// The shop's day.
    pub today: NaiveDate,
}

/// One row of the file after reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    /// Row of the file (header = row 1).
    pub row: u64,
    /// What it means, or why it is left out.
    pub outcome: Result<AnyRow, RowIssue>,
    /// Cells that were left empty.
    pub warnings: Vec<RowIssue>,
}

/// What receives the rows; it may break off.
pub type StagedSink<'a> = dyn FnMut(Staged, Position) -> Result<ControlFlow<()>, Refusal> + 'a;
