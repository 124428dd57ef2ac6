//! The measures of all customers as columns, which is what a run reads. A store fills it row by row from its
//! rolled-up sums; nothing here looks at sales.

use super::facts::CustomerMeasures;
use super::measure::{FieldRef, MeasureRef};
use super::scheme::Needs;
use crate::error::RuleError;
use crate::ids::CustomerId;
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

/// The words of one field for all customers: each row holds some of the known words.
#[derive(Debug, Clone, Default)]
struct WordColumn {
    known: BTreeMap<String, u32>,
    /// Where each row ends in `held`.
    ends: Vec<usize>,
    held: Vec<u32>,
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

    /// Writes the numbers of a row anew; words stay. A row that does not exist stays away.
    pub fn set_numbers(&mut self, row: usize, mut value: impl FnMut(&MeasureRef) -> Option<i64>) {
        for (measure, column) in &mut self.columns {
            if let Some(cell) = column.get_mut(row) {
                *cell = value(measure).unwrap_or(ABSENT);
            }
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
        for word in words {
            let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            let id = match self.known.get(*word) {
                Some(id) => *id,
                None => *self.known.entry((*word).to_owned()).or_insert(next),
            };
            self.held.push(id);
        }
        self.ends.push(self.held.len());
    }

    fn rows_with(&self, one_of: &[String]) -> Vec<u64> {
        let mut bits = vec![0_u64; self.ends.len().div_ceil(64)];
        let wanted: Vec<u32> = one_of.iter().filter_map(|word| self.known.get(word).copied()).collect();
        if wanted.is_empty() {
            return bits;
        }
        let mut start = 0;
        for (row, end) in self.ends.iter().enumerate() {
            let held = self.held.get(start..*end).unwrap_or_default();
            if held.iter().any(|id| wanted.contains(id))
                && let Some(word) = bits.get_mut(row / 64)
            {
                *word |= 1 << (row % 64);
            }
            start = *end;
        }
        bits
    }
}
