//! A scheme made ready for many customers. Every comparison, whatever band or fraction it came from, becomes a range
//! of whole numbers in one column; each different range is tested once for 64 customers at a time, and the trees of
//! 且 and 或 then work on whole words of bits.

use super::condition::{Comparison, Condition};
use super::cuts::SchemeCuts;
use super::measure::{FieldRef, Measure, MeasureRef};
use super::scheme::{Band, Scheme};
use super::score::ScoreScale;
use super::table::{ABSENT, MeasureTable};
use crate::error::RuleError;
use crate::segmentation::window::Window;

/// One bit per customer, 64 in a word.
pub(super) type Bits = Vec<u64>;

/// A condition over the leaves of a plan.
pub(super) enum Node {
    Leaf(usize),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Never,
}

/// What a leaf tests; equal tests are made once.
#[derive(PartialEq, Eq)]
enum Test {
    Range { column: Column, low: i64, high: i64 },
    Words { field: FieldRef, one_of: Vec<String> },
}

#[derive(Clone, PartialEq, Eq)]
enum Column {
    Measure(MeasureRef),
    Score(String),
    Sum(Vec<String>),
}

/// Collects the tests of a scheme's conditions.
pub(super) struct Plan<'a> {
    scheme: &'a Scheme,
    cuts: &'a SchemeCuts,
    tests: Vec<Test>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(scheme: &'a Scheme, cuts: &'a SchemeCuts) -> Self {
        Self { scheme, cuts, tests: Vec::new() }
    }

    /// Customers with any purchase.
    pub(super) fn bought(&mut self) -> Node {
        self.compare(Column::Measure(MeasureRef::new(Measure::RecencyDays, Window::Lifetime)), Comparison::Present)
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Node {
        match condition {
            Condition::All { of } => Node::All(of.iter().map(|part| self.condition(part)).collect()),
            Condition::Any { of } => Node::Any(of.iter().map(|part| self.condition(part)).collect()),
            Condition::Not { of } => Node::Not(Box::new(self.condition(of))),
            Condition::Measure { measure, is } => self.compare(Column::Measure(measure.normal()), *is),
            Condition::Band { band, is } => self.band(band, *is),
            Condition::BandAtLeastMean { band } => {
                let mean = self.cuts.bands.get(band).and_then(|cuts| cuts.mean_step);
                match mean {
                    Some(mean) => self.band(band, Comparison::AtLeast { value: mean.ceil() }),
                    None => Node::Never,
                }
            }
            Condition::BandSum { bands, is } => self.compare(Column::Sum(bands.clone()), *is),
            Condition::Score { score, is } => self.compare(Column::Score(score.clone()), *is),
            Condition::Field { field, one_of } => {
                self.leaf(Test::Words { field: field.clone(), one_of: one_of.clone() })
            }
        }
    }

    fn band(&mut self, key: &str, is: Comparison) -> Node {
        if is == Comparison::Missing {
            return Node::Not(Box::new(self.band(key, Comparison::Present)));
        }
        let (from, to) = is.interval();
        let (Some(band), Some(cuts)) = (self.scheme.band(key), self.cuts.bands.get(key)) else { return Node::Never };
        let Some((low, high)) = cuts.interval(band, from, to) else { return Node::Never };
        let inside = self.leaf(Test::Range { column: Column::Measure(band.measure.normal()), low, high });
        if band.cut.is_relative() { Node::All(vec![self.population(), inside]) } else { inside }
    }

    fn population(&mut self) -> Node {
        self.compare(Column::Measure(self.scheme.population_measure()), Comparison::AtLeast { value: 1 })
    }

    fn compare(&mut self, column: Column, is: Comparison) -> Node {
        let (low, high) = match is {
            Comparison::Missing => (ABSENT, ABSENT),
            _ => is.interval(),
        };
        // `ABSENT` lies below every number, so a range that starts above it leaves customers without the number out.
        let low = if is == Comparison::Missing { low } else { low.max(ABSENT + 1) };
        if low > high { Node::Never } else { self.leaf(Test::Range { column, low, high }) }
    }

    fn leaf(&mut self, test: Test) -> Node {
        let place = self.tests.iter().position(|known| *known == test).unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        });
        Node::Leaf(place)
    }

    /// Tests all customers: one row of bits per leaf.
    ///
    /// # Errors
    /// `measure.not_loaded`, `field.not_loaded` when the table lacks a column.
    pub(super) fn test_all(&self, table: &MeasureTable) -> Result<Vec<Bits>, RuleError> {
        let mut derived: Vec<(&Column, Vec<i64>)> = Vec::new();
        for test in &self.tests {
            if let Test::Range { column, .. } = test
                && !derived.iter().any(|(known, _)| *known == column)
            {
                match column {
                    Column::Measure(_) => {}
                    Column::Score(key) => derived.push((column, score_column(self.scheme, self.cuts, table, key)?)),
                    Column::Sum(bands) => derived.push((column, sum_column(self.scheme, self.cuts, table, bands)?)),
                }
            }
        }
        self.tests
            .iter()
            .map(|test| match test {
                Test::Words { field, one_of } => table.rows_with(field, one_of),
                Test::Range { column: Column::Measure(measure), low, high } => {
                    Ok(range_bits(table.column(measure)?, *low, *high))
                }
                Test::Range { column, low, high } => {
                    let values = derived.iter().find(|(known, _)| *known == column).map_or(&[][..], |(_, it)| it);
                    Ok(range_bits(values, *low, *high))
                }
            })
            .collect()
    }
}

impl Node {
    /// The answer for the 64 customers whose leaf words these are.
    pub(super) fn eval(&self, leaves: &[u64]) -> u64 {
        match self {
            Self::Leaf(place) => leaves.get(*place).copied().unwrap_or(0),
            Self::Not(of) => !of.eval(leaves),
            Self::All(of) => of.iter().fold(u64::MAX, |bits, node| bits & node.eval(leaves)),
            Self::Any(of) => of.iter().fold(0, |bits, node| bits | node.eval(leaves)),
            Self::Never => 0,
        }
    }
}

fn range_bits(column: &[i64], low: i64, high: i64) -> Bits {
    let word = |rows: &[i64]| {
        rows.iter().rev().fold(0_u64, |bits, value| (bits << 1) | u64::from((low <= *value) & (*value <= high)))
    };
    column.chunks(64).map(word).collect()
}

/// The steps of all customers in a band, 0 for none.
pub(super) fn step_column(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    band: &Band,
) -> Result<Vec<u8>, RuleError> {
    let values = table.column(&band.measure)?;
    let orders = table.column(&scheme.population_measure())?;
    let Some(limits) = cuts.bands.get(&band.key).and_then(|cuts| cuts.limits(band)) else {
        return Ok(vec![0; values.len()]);
    };
    let relative = band.cut.is_relative();
    let top = limits.len() + 1;
    let step = |(value, orders): (&i64, &i64)| {
        if *value == ABSENT || (relative && *orders < 1) {
            return 0;
        }
        let above: usize = limits.iter().map(|limit| usize::from(value >= limit)).sum();
        let step = match band.best {
            super::scheme::Best::High => above + 1,
            super::scheme::Best::Low => top - above,
        };
        u8::try_from(step).unwrap_or(u8::MAX)
    };
    Ok(values.iter().zip(orders).map(step).collect())
}

fn steps_of(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    keys: &[String],
) -> Result<Vec<Vec<u8>>, RuleError> {
    keys.iter()
        .map(|key| match scheme.band(key) {
            Some(band) => step_column(scheme, cuts, table, band),
            None => Ok(vec![0; table.len()]),
        })
        .collect()
}

fn sum_column(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    bands: &[String],
) -> Result<Vec<i64>, RuleError> {
    let steps = steps_of(scheme, cuts, table, bands)?;
    let mut sums = vec![0; table.len()];
    for column in &steps {
        for (sum, step) in sums.iter_mut().zip(column) {
            *sum = if *sum == ABSENT || *step == 0 { ABSENT } else { *sum + i64::from(*step) };
        }
    }
    Ok(sums)
}

fn score_column(scheme: &Scheme, cuts: &SchemeCuts, table: &MeasureTable, key: &str) -> Result<Vec<i64>, RuleError> {
    let Some(rule) = scheme.score(key) else { return Ok(vec![ABSENT; table.len()]) };
    let keys: Vec<String> = rule.parts.iter().map(|part| part.band.clone()).collect();
    let columns = steps_of(scheme, cuts, table, &keys)?;
    let scale = ScoreScale::new(scheme, cuts, rule);
    let mut steps = Vec::with_capacity(columns.len());
    let points = |row: usize| {
        steps.clear();
        steps.extend(columns.iter().map(|column| column.get(row).copied().filter(|step| *step > 0)));
        scale.points(&steps).unwrap_or(ABSENT)
    };
    Ok((0..table.len()).map(points).collect())
}
