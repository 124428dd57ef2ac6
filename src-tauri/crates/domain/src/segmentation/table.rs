//! The measures of all customers as columns, which is what a run reads. A store fills it row by row from its
//! rolled-up sums; nothing here looks at sales.

use super::facts::CustomerMeasures;
use super::measure::{FieldRef, MeasureRef, Measured};
use super::scheme::Needs;
use crate::error::RuleError;
use crate::ids::CustomerId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Stands for "has no number" inside a column. No amount and no count comes near it.
pub(super) const ABSENT: i64 = i64::MIN;

/// All customers with the measures and words that some schemes need.
#[derive(Debug, Clone, Default)]
pub struct MeasureTable {
    customers: Vec<CustomerId>,
    columns: BTreeMap<MeasureRef, Vec<i64>>,
    words: BTreeMap<FieldRef, WordColumn>,
}

/// The words of one field for all customers: each row holds some of the known words, most rows one or none.
#[derive(Debug, Clone, Default)]
struct WordColumn {
    known: BTreeMap<String, u32>,
    names: Vec<String>,
    /// The first word of each row, `NO_WORD` for none.
    first: Vec<u32>,
    /// The others of the rows that have several.
    others: BTreeMap<usize, Vec<u32>>,
}

const NO_WORD: u32 = u32::MAX;

/// The numbers of one measure.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<'t>(&'t [i64]);

impl Numbers<'_> {
    /// A customer's number by row.
    pub fn at(self, row: usize) -> Option<i64> {
        self.0.get(row).copied().filter(|value| *value != ABSENT)
    }
}

/// One customer of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'t> {
    table: &'t MeasureTable,
    row: usize,
    customer: CustomerId,
    as_of: NaiveDate,
}

impl Measured for TableRow<'_> {
    fn customer(&self) -> CustomerId {
        self.customer
    }

    fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn value(&self, measure: &MeasureRef) -> Option<i64> {
        self.table.value(self.row, measure)
    }

    fn words(&self, field: &FieldRef) -> Vec<&str> {
        self.table.words.get(field).map(|column| column.words(self.row).collect()).unwrap_or_default()
    }
}

impl MeasureTable {
    /// An empty table with a column for everything that is needed.
    pub fn new(needs: &Needs) -> Self {
        Self {
            customers: Vec::new(),
            columns: needs.measures.iter().map(|measure| (measure.normal(), Vec::new())).collect(),
            words: needs.fields.iter().map(|field| (field.clone(), WordColumn::default())).collect(),
        }
    }

    /// A table of these customers.
    pub fn of(needs: &Needs, customers: &[CustomerMeasures]) -> Self {
        let mut table = Self::new(needs);
        table.customers.reserve_exact(customers.len());
        table.columns.values_mut().for_each(|column| column.reserve_exact(customers.len()));
        customers.iter().for_each(|measures| table.push(measures));
        table
    }

    /// A table from its columns, in the order of `columns`. Words are not part of it.
    ///
    /// # Errors
    /// `table.uneven` when there is not one number of each measure for each customer.
    pub fn from_columns(
        needs: &Needs,
        customers: Vec<CustomerId>,
        columns: Vec<Vec<Option<i64>>>,
    ) -> Result<Self, RuleError> {
        let mut table = Self::new(needs);
        let even = columns.iter().all(|column| column.len() == customers.len());
        if !even || columns.len() != table.columns.len() {
            return Err(RuleError::field("table", "table.uneven"));
        }
        for (column, numbers) in table.columns.values_mut().zip(columns) {
            *column = numbers.into_iter().map(|number| number.unwrap_or(ABSENT)).collect();
        }
        for column in table.words.values_mut() {
            column.first = vec![NO_WORD; customers.len()];
        }
        table.customers = customers;
        Ok(table)
    }

    /// The numbers of some rows, one column for each measure in the order of the measures.
    pub fn columns(&self, rows: std::ops::Range<usize>) -> impl Iterator<Item = Vec<Option<i64>>> {
        let some = |value: &i64| Some(*value).filter(|value| *value != ABSENT);
        self.columns.values().map(move |column| column.get(rows.clone()).unwrap_or_default().iter().map(some).collect())
    }

    /// One customer as of the day of the table.
    pub fn row(&self, row: usize, as_of: NaiveDate) -> Option<TableRow<'_>> {
        Some(TableRow { table: self, row, customer: *self.customers.get(row)?, as_of })
    }

    /// The row of a customer, where customers stand in the order of their ids.
    pub fn row_of(&self, customer: CustomerId) -> Option<usize> {
        self.customers.binary_search(&customer).ok()
    }

    /// Adds a customer.
    pub fn push(&mut self, measures: &CustomerMeasures) {
        self.push_row(measures.customer, |measure| measures.value(measure), |field| measures.words(field));
    }

    /// Adds a customer whose numbers and words are looked up one by one, in the order of `Needs`.
    pub fn push_row<'w>(
        &mut self,
        customer: CustomerId,
        mut value: impl FnMut(&MeasureRef) -> Option<i64>,
        mut words: impl FnMut(&FieldRef) -> Vec<&'w str>,
    ) {
        self.customers.push(customer);
        for (measure, column) in &mut self.columns {
            column.push(value(measure).unwrap_or(ABSENT));
        }
        for (field, column) in &mut self.words {
            column.push(&words(field));
        }
    }

    /// How many customers the table holds.
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether the book is empty.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// The customers in the order of the rows.
    pub fn customers(&self) -> &[CustomerId] {
        &self.customers
    }

    /// A customer's number by row.
    pub fn value(&self, row: usize, measure: &MeasureRef) -> Option<i64> {
        self.columns.get(&measure.normal())?.get(row).copied().filter(|value| *value != ABSENT)
    }

    /// The numbers of a measure by row, looked up once for many rows.
    pub fn numbers(&self, measure: &MeasureRef) -> Numbers<'_> {
        Numbers(self.columns.get(&measure.normal()).map(Vec::as_slice).unwrap_or_default())
    }

    /// All numbers of a measure that customers have, in the order of the rows.
    pub fn values(&self, measure: &MeasureRef) -> impl Iterator<Item = i64> {
        self.columns.get(&measure.normal()).into_iter().flatten().copied().filter(|value| *value != ABSENT)
    }

    /// The column of a measure, with `ABSENT` for customers without the number.
    pub(super) fn column(&self, measure: &MeasureRef) -> Result<&[i64], RuleError> {
        self.columns
            .get(&measure.normal())
            .map(Vec::as_slice)
            .ok_or_else(|| RuleError::field("table", "measure.not_loaded").with("measure", format!("{measure:?}")))
    }

    /// For every 64 rows one word of bits: whether the row holds one of the words.
    pub(super) fn rows_with(&self, field: &FieldRef, one_of: &[String]) -> Result<Vec<u64>, RuleError> {
        let column = self
            .words
            .get(field)
            .ok_or_else(|| RuleError::field("table", "field.not_loaded").with("field", format!("{field:?}")))?;
        Ok(column.rows_with(one_of))
    }

    /// Writes the numbers and words of a row anew. A row that does not exist stays away.
    pub fn set(&mut self, row: usize, measures: &CustomerMeasures) {
        for (measure, column) in &mut self.columns {
            if let Some(cell) = column.get_mut(row) {
                *cell = measures.value(measure).unwrap_or(ABSENT);
            }
        }
        for (field, column) in &mut self.words {
            column.set(row, &measures.words(field));
        }
    }

    /// Takes a row out; those behind it move up.
    pub fn remove(&mut self, row: usize) {
        if row >= self.customers.len() {
            return;
        }
        self.customers.remove(row);
        self.columns.values_mut().for_each(|column| _ = column.remove(row));
        self.words.values_mut().for_each(|column| column.remove(row));
    }

    /// Puts a customer in before a row; those from there on move down.
    pub fn insert(&mut self, row: usize, measures: &CustomerMeasures) {
        if row > self.customers.len() {
            return;
        }
        self.customers.insert(row, measures.customer);
        for (measure, column) in &mut self.columns {
            column.insert(row, measures.value(measure).unwrap_or(ABSENT));
        }
        for (field, column) in &mut self.words {
            column.insert(row, &measures.words(field));
        }
    }

    /// Writes one column anew from its rows, such as recency on a new day. A column that was not asked for stays away.
    pub fn set_column(&mut self, measure: &MeasureRef, mut value: impl FnMut(usize) -> Option<i64>) {
        if let Some(column) = self.columns.get_mut(&measure.normal()) {
            for (row, cell) in column.iter_mut().enumerate() {
                *cell = value(row).unwrap_or(ABSENT);
            }
        }
    }

    /// Writes the words of a field anew, row by row.
    pub fn set_words<'w>(&mut self, field: &FieldRef, mut words: impl FnMut(usize) -> Vec<&'w str>) {
        let rows = self.customers.len();
        if let Some(column) = self.words.get_mut(field) {
            *column = WordColumn::default();
            (0..rows).for_each(|row| column.push(&words(row)));
        }
    }
}

impl WordColumn {
    fn push(&mut self, words: &[&str]) {
        self.first.push(NO_WORD);
        self.set(self.first.len() - 1, words);
    }

    fn insert(&mut self, row: usize, words: &[&str]) {
        self.first.insert(row, NO_WORD);
        self.others = self.others.split_off(&0).into_iter().map(|(at, it)| (at + usize::from(at >= row), it)).collect();
        self.set(row, words);
    }

    fn remove(&mut self, row: usize) {
        self.first.remove(row);
        self.others.remove(&row);
        self.others = self.others.split_off(&0).into_iter().map(|(at, it)| (at - usize::from(at > row), it)).collect();
    }

    fn set(&mut self, row: usize, words: &[&str]) {
        let ids: Vec<u32> = words.iter().map(|word| self.id(word)).collect();
        let Some(first) = self.first.get_mut(row) else { return };
        *first = ids.first().copied().unwrap_or(NO_WORD);
        match ids.get(1..) {
            Some(others) if !others.is_empty() => drop(self.others.insert(row, others.to_vec())),
            _ => drop(self.others.remove(&row)),
        }
    }

    fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.known.get(word) {
            return *id;
        }
        let next = u32::try_from(self.names.len()).unwrap_or(NO_WORD);
        self.names.push(word.to_owned());
        *self.known.entry(word.to_owned()).or_insert(next)
    }

    fn words(&self, row: usize) -> impl Iterator<Item = &str> {
        let first = self.first.get(row).filter(|id| **id != NO_WORD);
        let ids = first.into_iter().chain(self.others.get(&row).into_iter().flatten());
        ids.filter_map(|id| Some(self.names.get(usize::try_from(*id).ok()?)?.as_str()))
    }

    fn rows_with(&self, one_of: &[String]) -> Vec<u64> {
        let mut bits = vec![0_u64; self.first.len().div_ceil(64)];
        let wanted: Vec<u32> = one_of.iter().filter_map(|word| self.known.get(word).copied()).collect();
        if wanted.is_empty() {
            return bits;
        }
        for (word, rows) in bits.iter_mut().zip(self.first.chunks(64)) {
            for (place, id) in rows.iter().enumerate() {
                *word |= u64::from(wanted.contains(id)) << place;
            }
        }
        for (row, ids) in &self.others {
            if ids.iter().any(|id| wanted.contains(id))
                && let Some(word) = bits.get_mut(row / 64)
            {
                *word |= 1 << (row % 64);
            }
        }
        bits
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
