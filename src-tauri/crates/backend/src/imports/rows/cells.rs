//! Cells of a row, read by the field that they hold.

use super::RowIssue;
use super::staged::Shop;
use crate::imports::mapping::{Field, Mapping};
use crate::imports::plan::Plan;
use crate::imports::reader::Row;
use crate::values::{self, Moments, Problem};
use chrono::Days;
use shukebu_domain::customer::MAX_LINE;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;

/// A clock that stands back further than that is noticed before anybody imports.
const MOST_AHEAD_DAYS: u64 = 366;

/// Reads cells of the present row by field.
pub(super) struct Cells<'a> {
    mapping: &'a Mapping,
    pub shop: &'a Shop,
    moments: BTreeMap<Field, Moments>,
    orders: BTreeMap<Field, values::DayOrder>,
    pub row: u64,
    pub warnings: Vec<RowIssue>,
}

impl<'a> Cells<'a> {
    pub fn new(plan: &'a Plan, shop: &'a Shop) -> Self {
        let dates = || plan.mapping.found().filter(|(field, _)| field.is_date());
        let orders: BTreeMap<_, _> = dates().map(|(field, column)| (field, plan.order(column.index))).collect();
        let moments =
            orders.iter().map(|(field, order)| (*field, Moments::new(shop.zone, *order, shop.today))).collect();
        Self { mapping: &plan.mapping, shop, moments, orders, row: 0, warnings: Vec::new() }
    }

    /// The cell as it stands.
    pub fn raw<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        self.mapping.cell(row, field)
    }

    /// One line of text, if there is any.
    pub fn text(&self, row: &Row, field: Field) -> Option<String> {
        some(values::clean(self.raw(row, field)).into_owned())
    }

    /// A number that is a name, if there is any.
    pub fn code(&self, row: &Row, field: Field) -> Option<String> {
        some(values::code(self.raw(row, field)).into_owned())
    }

    /// The cell was left empty.
    pub fn warn(&mut self, row: &Row, field: Field, problem: impl Into<std::borrow::Cow<'static, str>>) {
        let cell = self.raw(row, field);
        self.warnings.push(RowIssue::of(self.row, field, problem, cell));
    }

    /// The row is left out.
    pub fn error(&self, row: &Row, field: Field, problem: impl Into<std::borrow::Cow<'static, str>>) -> RowIssue {
        RowIssue::of(self.row, field, problem, self.raw(row, field))
    }

    /// A value that the row can do without: what cannot be read is left empty and listed.
    pub fn lenient<T>(&mut self, row: &Row, field: Field, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let cell = self.raw(row, field);
        if cell.trim().is_empty() {
            return None;
        }
        match read(cell) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.warn(row, field, problem);
                None
            }
        }
    }

    /// An amount that is not negative; nothing for an empty cell.
    ///
    /// # Errors
    /// What cannot be read, and `amount.negative`.
    pub fn amount(&self, row: &Row, field: Field) -> Result<Option<Money>, RowIssue> {
        let cell = self.raw(row, field);
        if cell.trim().is_empty() {
            return Ok(None);
        }
        let is_minor = self.mapping.get(field).is_some_and(|column| column.is_minor);
        let amount =
            values::amount(cell, is_minor, self.shop.exponent).map_err(|problem| self.error(row, field, problem))?;
        if amount.is_negative() { Err(self.error(row, field, "amount.negative")) } else { Ok(Some(amount)) }
    }

    /// An amount that the row can do without; an unreadable one is listed.
    pub fn lenient_amount(&mut self, row: &Row, field: Field) -> Option<Money> {
        match self.amount(row, field) {
            Ok(amount) => amount,
            Err(issue) => {
                self.warnings.push(issue);
                None
            }
        }
    }

    /// Whether the amounts of a field are in minor units.
    pub fn is_minor(&self, field: Field) -> bool {
        self.mapping.get(field).is_some_and(|column| column.is_minor)
    }

    /// A moment that the row needs.
    ///
    /// # Errors
    /// `date.missing` and what cannot be read.
    pub fn moment(&mut self, row: &Row, field: Field) -> Result<Timestamp, RowIssue> {
        let cell = self.raw(row, field);
        if cell.trim().is_empty() {
            return Err(self.error(row, field, "date.missing"));
        }
        let read = self.moments.get_mut(&field).map_or(Err("date.missing"), |moments| moments.read(cell));
        read.map_err(|problem| self.error(row, field, problem))
    }

    /// A moment whose time may stand in a column of its own.
    ///
    /// # Errors
    /// As [`Cells::moment`].
    pub fn split_moment(&mut self, row: &Row, day: Field, time: Field) -> Result<Timestamp, RowIssue> {
        let (cell, time_cell) = (self.raw(row, day), self.raw(row, time));
        if time_cell.trim().is_empty() || cell.trim().is_empty() {
            return self.moment(row, day);
        }
        let read =
            self.moments.get_mut(&day).map_or(Err("date.missing"), |moments| moments.read_split(cell, time_cell));
        read.map_err(|problem| self.error(row, day, problem))
    }

    /// A moment of something that happened. The clock of a computer may stand back, so only what lies more than a year
    /// after today cannot have happened.
    ///
    /// # Errors
    /// `date.far_ahead`.
    pub fn happened(&self, row: &Row, field: Field, at: Timestamp) -> Result<Timestamp, RowIssue> {
        if at.day_in(self.shop.zone) > self.shop.today + Days::new(MOST_AHEAD_DAYS) {
            Err(self.error(row, field, "date.far_ahead"))
        } else {
            Ok(at)
        }
    }

    /// A moment that the row can do without.
    pub fn lenient_moment(&mut self, row: &Row, field: Field) -> Option<Timestamp> {
        if self.raw(row, field).trim().is_empty() {
            return None;
        }
        match self.moment(row, field) {
            Ok(moment) => Some(moment),
            Err(issue) => {
                self.warnings.push(issue);
                None
            }
        }
    }

    /// The order of days in the column of a field.
    pub fn order(&self, field: Field) -> values::DayOrder {
        self.orders.get(&field).copied().unwrap_or_default()
    }
}

/// A text, unless it is empty.
pub(super) fn some(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

/// A line of text; one that is too long is cut and listed.
pub(super) fn line(cells: &mut Cells<'_>, row: &Row, field: Field) -> Option<String> {
    let text = cells.text(row, field)?;
    if text.chars().count() <= MAX_LINE {
        return Some(text);
    }
    cells.warn(row, field, "text.cut");
    Some(text.chars().take(MAX_LINE).collect())
}
