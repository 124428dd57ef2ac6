//! A run: every customer of a day in exactly one class of a scheme. The same on the same customers, however often
//! and in whatever order they come; `assign` says the same of each of them alone.

use super::condition::Condition;
use super::cuts::{SchemeCuts, cut_points};
use super::plan::{Bits, Node, Plan, bytes_of, score_column, step_column};
use super::scheme::Scheme;
use super::table::MeasureTable;
use crate::error::RuleError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where everybody is. Rows are those of the table that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which scheme.
    pub scheme_key: String,
    /// Which version of it.
    pub scheme_version: u32,
    /// The cut points that were used.
    pub cuts: SchemeCuts,
    /// Keys of the classes: the listed ones, the residual one, those without a purchase.
    pub class_keys: Vec<String>,
    /// For each row the place of its class in `class_keys`.
    pub classes: Vec<u8>,
    /// For each row 1 + the place of its sub-kind within the class, 0 for none.
    pub sub_kinds: Vec<u8>,
    /// How many customers each class has, in the order of `class_keys`; adds up to all customers.
    pub counts: Vec<u32>,
}

/// How many customers a class has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentCount"))]
pub struct ClassCount {
    /// The class.
    pub class_key: String,
    /// Its customers.
    pub customers: u32,
}

/// Finds the cut points on these customers and puts everyone into a class.
///
/// # Errors
/// `measure.not_loaded`, `field.not_loaded` when the table was not made for this scheme's needs.
pub fn run(scheme: &Scheme, table: &MeasureTable) -> Result<Run, RuleError> {
    classify(scheme, cut_points(scheme, table)?, table)
}

/// Puts everyone into a class by cut points that are known already: those of the last run, or a preview's.
///
/// # Errors
/// `measure.not_loaded`, `field.not_loaded` when the table was not made for this scheme's needs.
pub fn classify(scheme: &Scheme, cuts: SchemeCuts, table: &MeasureTable) -> Result<Run, RuleError> {
    let mut plan = Plan::new(scheme, &cuts);
    let bought = plan.bought();
    let rules: Vec<(Node, Vec<Node>)> = scheme
        .classes
        .iter()
        .map(|class| {
            let kinds = class.sub_kinds.iter().map(|kind| plan.condition(&kind.when)).collect();
            (plan.condition(&class.when), kinds)
        })
        .collect();
    let leaves = plan.test_all(table)?;
    let words = table.len().div_ceil(64);
    let mut free = bought.eval(&leaves, words).into_owned();
    let never: Bits = free.iter().map(|buyers| !buyers).collect();
    let mut classes = Marks::new(words);
    let mut sub_kinds = Marks::new(words);
    let buyers = counted(&free);
    let mut counts = Vec::with_capacity(rules.len() + 2);
    for (place, (rule, kinds)) in (0..).zip(&rules) {
        let members = take(&mut free, &rule.eval(&leaves, words));
        let mut unkind = members.clone();
        for (kind, rule) in (1..).zip(kinds) {
            sub_kinds.mark(&take(&mut unkind, &rule.eval(&leaves, words)), kind);
        }
        classes.mark(&members, place);
        counts.push(counted(&members));
    }
    let residual = rules.len() as u8;
    classes.mark(&free, residual);
    classes.mark(&never, residual + 1);
    // Rows past the last customer bought nothing, so only those who never bought have to be counted by what is left.
    counts.push(counted(&free));
    counts.push(u32::try_from(table.len()).unwrap_or(u32::MAX).saturating_sub(buyers));
    let (classes, sub_kinds) = (classes.bytes(table.len()), sub_kinds.bytes(table.len()));
    Ok(Run {
        scheme_key: scheme.key.clone(),
        scheme_version: scheme.version,
        cuts,
        class_keys: scheme.faces().map(|face| face.key.clone()).collect(),
        classes,
        sub_kinds,
        counts,
    })
}

/// The rows for which a condition holds, taken literally: who never bought may be among them.
///
/// # Errors
/// `measure.not_loaded`, `field.not_loaded` when the table lacks what the condition looks at.
pub fn matching(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    condition: &Condition,
    table: &MeasureTable,
) -> Result<Vec<usize>, RuleError> {
    let mut plan = Plan::new(scheme, cuts);
    let node = plan.condition(condition);
    let leaves = plan.test_all(table)?;
    let bits = node.eval(&leaves, table.len().div_ceil(64));
    let holds = |row: &usize| bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1);
    Ok((0..table.len()).filter(holds).collect())
}

/// Takes those who fulfil a rule out of those who are free, and returns them.
fn take(free: &mut Bits, rule: &[u64]) -> Bits {
    let one = |(free, rule): (&mut u64, &u64)| {
        let taken = *free & rule;
        *free &= !taken;
        taken
    };
    free.iter_mut().zip(rule).map(one).collect()
}

/// One small number per customer, kept as one row of bits per binary digit while it is written.
struct Marks {
    words: usize,
    digits: Vec<Bits>,
}

impl Marks {
    fn new(words: usize) -> Self {
        Self { words, digits: Vec::new() }
    }

    /// Gives a number to customers who have none yet.
    fn mark(&mut self, rows: &Bits, number: u8) {
        let digits = (u8::BITS - number.leading_zeros()) as usize;
        while self.digits.len() < digits {
            self.digits.push(vec![0; self.words]);
        }
        for (place, digit) in self.digits.iter_mut().enumerate() {
            if number >> place & 1 == 1 {
                digit.iter_mut().zip(rows).for_each(|(bits, row)| *bits |= row);
            }
        }
    }

    fn bytes(&self, rows: usize) -> Vec<u8> {
        bytes_of(&self.digits, rows)
    }
}

fn counted(rows: &Bits) -> u32 {
    rows.iter().map(|bits| bits.count_ones()).sum()
}

impl Run {
    /// The class of a row.
    pub fn class_key(&self, row: usize) -> Option<&str> {
        let class = self.classes.get(row)?;
        self.class_keys.get(usize::from(*class)).map(String::as_str)
    }

    /// Class sizes in the order in which classes are shown.
    pub fn class_counts(&self) -> Vec<ClassCount> {
        let pair = |(key, customers): (&String, &u32)| ClassCount { class_key: key.clone(), customers: *customers };
        self.class_keys.iter().zip(&self.counts).map(pair).collect()
    }

    /// The rows of a class, for the list behind a chart.
    pub fn rows_of(&self, class_key: &str) -> Vec<usize> {
        let Some(wanted) = self.class_keys.iter().position(|key| key == class_key) else { return Vec::new() };
        let members = self.classes.iter().enumerate().filter(|(_, class)| usize::from(**class) == wanted);
        members.map(|(row, _)| row).collect()
    }

    /// The steps of all rows in a band (0 for none): the scores of `export measures` and the cells of the RFM grid.
    ///
    /// # Errors
    /// `band.unknown`, `measure.not_loaded`.
    pub fn steps(&self, scheme: &Scheme, table: &MeasureTable, band: &str) -> Result<Vec<u8>, RuleError> {
        let found = scheme.band(band);
        let found = found.ok_or_else(|| RuleError::field("band", "band.unknown").with("band", band))?;
        step_column(scheme, &self.cuts, table, found)
    }
}

/// How many customers stand in a cell of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentCell"))]
pub struct Cell {
    /// The step in each band asked for, in that order.
    pub steps: Vec<u8>,
    /// Its customers, at least one.
    pub customers: u32,
}

/// The cells of a grid of bands that hold anybody, in the order of the steps: 5×5 for the heat map of `r` and `f`,
/// 125 with `m`. Customers without a step in one of the bands stand in no cell.
///
/// # Errors
/// `band.unknown`, `measure.not_loaded`.
pub fn grid(run: &Run, scheme: &Scheme, table: &MeasureTable, bands: &[&str]) -> Result<Vec<Cell>, RuleError> {
    let columns = bands.iter().map(|band| run.steps(scheme, table, band)).collect::<Result<Vec<_>, _>>()?;
    let mut cells: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    let mut steps = Vec::with_capacity(bands.len());
    for row in 0..table.len() {
        steps.clear();
        steps.extend(columns.iter().filter_map(|column| column.get(row).copied().filter(|step| *step > 0)));
        if steps.len() < bands.len() {
            continue;
        }
        match cells.get_mut(&steps) {
            Some(customers) => *customers += 1,
            None => drop(cells.insert(steps.clone(), 1)),
        }
    }
    Ok(cells.into_iter().map(|(steps, customers)| Cell { steps, customers }).collect())
}

/// The points of everybody by one score of a scheme, by row; `None` where no part of it counts.
///
/// # Errors
/// `measure.not_loaded` when the table was not made for this scheme's needs.
pub fn score_points(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    score: &str,
) -> Result<Vec<Option<u8>>, RuleError> {
    Ok(score_column(scheme, cuts, table, score)?.into_iter().map(|points| u8::try_from(points).ok()).collect())
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
