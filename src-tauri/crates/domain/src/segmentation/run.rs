//! A run: every customer of a day in exactly one class of a scheme. The same on the same customers, however often
//! and in whatever order they come; `assign` says the same of each of them alone.

use super::cuts::{SchemeCuts, cut_points};
use super::plan::{Bits, Node, Plan, step_column};
use super::scheme::Scheme;
use super::table::MeasureTable;
use crate::error::RuleError;
use serde::{Deserialize, Serialize};

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
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, rename = "SegmentCount"))]
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
    let bits = plan.test_all(table)?;
    let mut classes = Vec::with_capacity(table.len());
    let mut sub_kinds = Vec::with_capacity(table.len());
    let mut leaves = Vec::with_capacity(bits.len());
    let (residual, no_purchase) = (rules.len() as u8, rules.len() as u8 + 1);
    for start in (0..table.len()).step_by(64) {
        leaves.clear();
        leaves.extend(bits.iter().map(|row: &Bits| row.get(start / 64).copied().unwrap_or(0)));
        let buyers = bought.eval(&leaves);
        let mut class_of = [residual; 64];
        let mut kind_of = [0; 64];
        mark(&mut class_of, !buyers, no_purchase);
        let mut free = buyers;
        for (place, (rule, kinds)) in rules.iter().enumerate() {
            let members = rule.eval(&leaves) & free;
            free &= !members;
            mark(&mut class_of, members, place as u8);
            let mut unkind = members;
            for (kind, rule) in kinds.iter().enumerate() {
                let of_kind = if unkind == 0 { 0 } else { rule.eval(&leaves) & unkind };
                unkind &= !of_kind;
                mark(&mut kind_of, of_kind, kind as u8 + 1);
            }
        }
        let rows = (table.len() - start).min(64);
        classes.extend(class_of.into_iter().take(rows));
        sub_kinds.extend(kind_of.into_iter().take(rows));
    }
    let counts = count(&classes, rules.len() + 2);
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

/// Writes a mark for every set bit.
fn mark(rows: &mut [u8; 64], mut bits: u64, value: u8) {
    if bits == u64::MAX {
        *rows = [value; 64];
        return;
    }
    while bits != 0 {
        if let Some(row) = rows.get_mut(bits.trailing_zeros() as usize) {
            *row = value;
        }
        bits &= bits - 1;
    }
}

fn count(classes: &[u8], of: usize) -> Vec<u32> {
    let mut all = [0_u32; 256];
    for class in classes {
        if let Some(count) = all.get_mut(usize::from(*class)) {
            *count += 1;
        }
    }
    all.into_iter().take(of).collect()
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

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
