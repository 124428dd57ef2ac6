//! A scheme made ready for many customers. Every comparison, whatever band or fraction it came from, becomes a range
//! of whole numbers in one column; each different range is tested once for all customers, and the trees of 且 and 或
//! then work on words of 64 bits.

use super::condition::{Comparison, Condition};
use super::cuts::SchemeCuts;
use super::measure::{FieldRef, Measure, MeasureRef};
use super::scheme::{Band, Best, Scheme};
use super::score::ScoreScale;
use super::table::{ABSENT, MeasureTable};
use crate::error::RuleError;
use crate::segmentation::window::Window;
use std::borrow::Cow;

/// So many combinations of steps are scored beforehand; beyond that each customer is scored.
const MOST_COMBINATIONS: usize = 1 << 15;
/// Customers whose combinations are put together before they are looked up.
const BLOCK: usize = 4096;
/// Stands for "no points" and "no sum" inside a column of small numbers.
const NONE: u16 = u16::MAX;

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
        let mut derived: Vec<(&Column, Vec<u16>)> = Vec::new();
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
                    Ok(small_range_bits(values, *low, *high))
                }
            })
            .collect()
    }
}

impl Node {
    /// The answer for all customers, from the leaves' bits. Rows past the last customer hold anything.
    pub(super) fn eval<'b>(&self, leaves: &'b [Bits], words: usize) -> Cow<'b, [u64]> {
        match self {
            Self::Leaf(place) => Cow::Borrowed(leaves.get(*place).map_or(&[][..], Vec::as_slice)),
            Self::Not(of) => Cow::Owned(of.eval(leaves, words).iter().map(|bits| !bits).collect()),
            Self::All(of) => joined(of, leaves, words, u64::MAX, |bits, more| bits & more),
            Self::Any(of) => joined(of, leaves, words, 0, |bits, more| bits | more),
            Self::Never => Cow::Owned(vec![0; words]),
        }
    }
}

fn joined<'b>(of: &[Node], leaves: &'b [Bits], words: usize, none: u64, join: fn(u64, u64) -> u64) -> Cow<'b, [u64]> {
    let Some((first, rest)) = of.split_first() else { return Cow::Owned(vec![none; words]) };
    let first = first.eval(leaves, words);
    if rest.is_empty() {
        return first;
    }
    let mut all = first.into_owned();
    for node in rest {
        for (bits, more) in all.iter_mut().zip(node.eval(leaves, words).iter()) {
            *bits = join(*bits, *more);
        }
    }
    Cow::Owned(all)
}

fn range_bits(column: &[i64], low: i64, high: i64) -> Bits {
    // One subtraction and one comparison tell both ends, because a difference below zero wraps far above the span.
    let span = high.wrapping_sub(low).cast_unsigned();
    bits_where(column, |value| u8::from(value.wrapping_sub(low).cast_unsigned() <= span))
}

/// The same over points of a score or sums of steps.
fn small_range_bits(column: &[u16], low: i64, high: i64) -> Bits {
    if high == ABSENT {
        return bits_where(column, |value| u8::from(value == NONE));
    }
    let ends = u16::try_from(low.max(0)).ok().zip(u16::try_from(high.min(i64::from(NONE) - 1)).ok());
    match ends.filter(|(low, high)| low <= high) {
        Some((low, high)) => {
            let span = high - low;
            bits_where(column, |value| u8::from(value.wrapping_sub(low) <= span))
        }
        None => vec![0; column.len().div_ceil(64)],
    }
}

fn bits_where<T: Copy>(column: &[T], inside: impl Fn(T) -> u8) -> Bits {
    let (whole, rest) = column.as_chunks::<8>();
    let mut bits: Bits = Vec::with_capacity(column.len().div_ceil(64));
    bits.extend(whole.chunks(8).map(|rows| {
        let eight = |place: usize, values: &[T; 8]| u64::from(packed(values.map(&inside))) << (8 * place);
        rows.iter().enumerate().fold(0, |word, (place, values)| word | eight(place, values))
    }));
    let tail = rest.iter().rev().fold(0_u64, |bits, value| (bits << 1) | u64::from(inside(*value)));
    match (whole.len() % 8, bits.last_mut()) {
        _ if rest.is_empty() => {}
        (0, _) | (_, None) => bits.push(tail),
        (filled, Some(last)) => *last |= tail << (8 * filled),
    }
    bits
}

/// Eight bytes of 0 or 1 as eight bits, the first the lowest: the product gathers them in its highest byte.
fn packed(bytes: [u8; 8]) -> u8 {
    (u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
}

/// Eight bits as eight bytes of 0 or 1, the lowest first.
fn unpacked(bits: u8) -> u64 {
    let spread = u64::from(bits).wrapping_mul(0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    (spread.wrapping_add(0x7f7f_7f7f_7f7f_7f7f) >> 7) & 0x0101_0101_0101_0101
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
    // A relative band knows the buyers of the window only; else whoever has the number has a step.
    let (counted, least) = if band.cut.is_relative() { (orders, 1) } else { (values, ABSENT + 1) };
    let steps = Steps { values, counted, least, is_high: band.best == Best::High };
    Ok(match *limits.as_slice() {
        [one] => steps.compared(&[one]),
        [one, two] => steps.compared(&[one, two]),
        [one, two, three, four] => steps.compared(&[one, two, three, four]),
        _ => steps.looked_up(&limits),
    })
}

/// A column that is put into steps.
struct Steps<'t> {
    values: &'t [i64],
    /// Whoever reaches `least` here has a step, if the value is there.
    counted: &'t [i64],
    least: i64,
    is_high: bool,
}

impl Steps<'_> {
    /// Whoever has a step is on the first one, and one higher for each limit reached, or not reached where less is
    /// better. Compared without a branch, which would be guessed wrong for every other customer.
    fn compared<const N: usize>(&self, limits: &[i64; N]) -> Vec<u8> {
        let step = |value: i64| {
            let reached: u8 = limits.iter().map(|limit| u8::from(value >= *limit)).sum();
            1 + if self.is_high { reached } else { N as u8 - reached }
        };
        self.each(step)
    }

    /// The same where the limits, which ascend, are many.
    fn looked_up(&self, limits: &[i64]) -> Vec<u8> {
        self.each(|value| {
            let reached = limits.partition_point(|limit| *limit <= value);
            u8::try_from(1 + if self.is_high { reached } else { limits.len() - reached }).unwrap_or(u8::MAX)
        })
    }

    fn each(&self, step: impl Fn(i64) -> u8) -> Vec<u8> {
        let rows = self.values.iter().zip(self.counted);
        let has = |value: i64, counted: i64| u8::from((value != ABSENT) & (counted >= self.least));
        rows.map(|(value, counted)| step(*value) * has(*value, *counted)).collect()
    }
}

/// Small numbers from rows of bits, one for each binary digit, the lowest first.
pub(super) fn bytes_of(digits: &[Bits], rows: usize) -> Vec<u8> {
    let mut bytes = vec![0_u8; rows];
    let (whole, rest) = bytes.as_chunks_mut::<8>();
    let eight = |group: usize| {
        let of_digit = |(place, digit): (usize, &Bits)| {
            let bits = digit.get(group / 8).copied().unwrap_or(0) >> (8 * (group % 8));
            unpacked(bits as u8) << place
        };
        digits.iter().enumerate().map(of_digit).fold(0, |all, digit| all | digit).to_le_bytes()
    };
    let tail = eight(whole.len());
    whole.iter_mut().enumerate().for_each(|(group, bytes)| *bytes = eight(group));
    rest.iter_mut().zip(tail).for_each(|(byte, mark)| *byte = mark);
    bytes
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

/// Sums of steps, `NONE` for whoever lacks one of them.
fn sum_column(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    bands: &[String],
) -> Result<Vec<u16>, RuleError> {
    let steps = steps_of(scheme, cuts, table, bands)?;
    let mut sums = vec![0_u16; table.len()];
    for column in &steps {
        for (sum, step) in sums.iter_mut().zip(column) {
            let more = (*sum).saturating_add(u16::from(*step));
            *sum = if (*sum == NONE) | (*step == 0) { NONE } else { more };
        }
    }
    Ok(sums)
}

/// The points of a score for every row, `NONE` where no part counts.
pub(super) fn score_column(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    table: &MeasureTable,
    key: &str,
) -> Result<Vec<u16>, RuleError> {
    let Some(rule) = scheme.score(key) else { return Ok(vec![NONE; table.len()]) };
    let keys: Vec<String> = rule.parts.iter().map(|part| part.band.clone()).collect();
    let columns = steps_of(scheme, cuts, table, &keys)?;
    let scale = ScoreScale::new(scheme, cuts, rule);
    let most = |column: &Vec<u8>| column.iter().copied().max().unwrap_or(0);
    let radices: Vec<usize> = columns.iter().map(|column| usize::from(most(column)) + 1).collect();
    let combinations = radices.iter().try_fold(1_usize, |all, radix| all.checked_mul(*radix));
    match combinations.filter(|all| *all <= MOST_COMBINATIONS) {
        Some(all) => Ok(looked_up(&scale, &radices, all, &columns, table.len())),
        None => Ok(one_by_one(&scale, &columns, table.len())),
    }
}

/// Customers share few combinations of steps: each is scored once, and everybody looks theirs up. In blocks that stay
/// in the first-level cache, because a column of places for everybody costs more than the places themselves.
fn looked_up(scale: &ScoreScale, radices: &[usize], all: usize, columns: &[Vec<u8>], rows: usize) -> Vec<u16> {
    let mut steps = vec![None; radices.len()];
    let points_of = |combination: usize| {
        let mut rest = combination;
        for (step, radix) in steps.iter_mut().zip(radices).rev() {
            *step = u8::try_from(rest % radix).ok().filter(|step| *step > 0);
            rest /= radix;
        }
        as_column(scale.points(&steps))
    };
    let points: Vec<u16> = (0..all).map(points_of).collect();
    let mut found = Vec::with_capacity(rows);
    let mut places = [0_u16; BLOCK];
    for start in (0..rows).step_by(BLOCK) {
        let block = start..(start + BLOCK).min(rows);
        places.fill(0);
        for (column, radix) in columns.iter().zip(radices) {
            let steps = column.get(block.clone()).unwrap_or_default();
            // `MOST_COMBINATIONS` of them fit.
            let radix = *radix as u16;
            places.iter_mut().zip(steps).for_each(|(place, step)| *place = *place * radix + u16::from(*step));
        }
        let of_block = places.iter().take(block.len());
        found.extend(of_block.map(|place| points.get(usize::from(*place)).copied().unwrap_or(NONE)));
    }
    found
}

fn one_by_one(scale: &ScoreScale, columns: &[Vec<u8>], rows: usize) -> Vec<u16> {
    let mut steps = Vec::with_capacity(columns.len());
    let points = |row: usize| {
        steps.clear();
        steps.extend(columns.iter().map(|column| column.get(row).copied().filter(|step| *step > 0)));
        as_column(scale.points(&steps))
    };
    (0..rows).map(points).collect()
}

fn as_column(points: Option<i64>) -> u16 {
    points.and_then(|points| u16::try_from(points).ok()).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_and_bytes_turn_into_each_other() {
        for bits in 0..=255_u8 {
            assert_eq!(packed(unpacked(bits).to_le_bytes()), bits);
        }
        assert_eq!(unpacked(0b0000_0101).to_le_bytes(), [1, 0, 1, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_range_holds_both_its_ends_for_every_number_of_rows() {
        for rows in [0_usize, 1, 7, 8, 9, 63, 64, 65, 71, 72, 128, 200] {
            let column: Vec<i64> = (0..rows as i64).map(|row| if row % 11 == 10 { ABSENT } else { row % 7 }).collect();
            for (low, high) in [(2, 4), (ABSENT + 1, i64::MAX), (ABSENT, ABSENT), (6, i64::MAX), (ABSENT + 1, 0)] {
                let bits = range_bits(&column, low, high);
                assert_eq!(bits.len(), rows.div_ceil(64));
                for (row, value) in column.iter().enumerate() {
                    assert_eq!((bits[row / 64] >> (row % 64)) & 1 == 1, low <= *value && *value <= high, "{value}");
                }
            }
        }
    }

    #[test]
    fn a_range_of_points_leaves_out_whoever_has_none_unless_they_are_asked_for() {
        let column: Vec<u16> = (0..=150).map(|row| if row % 11 == 10 { NONE } else { row }).collect();
        let ranges = [(ABSENT + 1, i64::MAX), (50, i64::MAX), (ABSENT + 1, 49), (0, 0), (-9, -1), (70_000, i64::MAX)];
        for (low, high) in ranges {
            let bits = small_range_bits(&column, low, high);
            for (row, value) in column.iter().enumerate() {
                let holds = *value != NONE && (low..=high).contains(&i64::from(*value));
                assert_eq!((bits[row / 64] >> (row % 64)) & 1 == 1, holds, "{value} in {low}..={high}");
            }
        }
        let absent = small_range_bits(&column, ABSENT, ABSENT);
        assert_eq!(absent.iter().map(|bits| bits.count_ones()).sum::<u32>(), 13);
    }

    #[test]
    fn many_limits_and_few_make_the_same_steps_in_both_directions() {
        use crate::segmentation::presets::simple_rfm;
        use crate::segmentation::scheme::{Best, CutRule};
        use crate::segmentation::test_support::{buyer, nobody, table};
        let customers: Vec<_> = (1..=150_i64)
            .map(|id| if id % 9 == 0 { nobody(id) } else { buyer(id, id.unsigned_abs() % 61, 1, id) })
            .collect();
        let mut scheme = simple_rfm();
        for (many, best) in [1, 2, 3, 4, 5, 40].into_iter().zip([Best::High, Best::Low].into_iter().cycle()) {
            scheme.bands[0].cut = CutRule::Fixed { cuts: (0..many as i64).map(|place| place * 2).collect() };
            scheme.bands[0].best = best;
            let table = table(&scheme, &customers);
            let cuts = crate::segmentation::cut_points(&scheme, &table).unwrap();
            let steps = step_column(&scheme, &cuts, &table, &scheme.bands[0]).unwrap();
            let alone =
                |customer| crate::segmentation::score::customer_step(&scheme, &cuts, customer, "r").unwrap_or(0);
            assert_eq!(steps, customers.iter().map(|one| alone(one)).collect::<Vec<_>>(), "{many} {best:?}");
        }
    }

    #[test]
    fn a_score_that_is_looked_up_is_that_of_each_alone() {
        use crate::segmentation::presets::contribution_potential;
        use crate::segmentation::test_support::{buyer, table, with};
        let customers: Vec<_> = (1..=60_i64)
            .map(|id| {
                let one = buyer(id, id.unsigned_abs() * 9, (id % 7) as u32, id * 37 % 101);
                with(one, |it| it.judgement = (id % 3 > 0).then_some((id % 5 - 2) as i8))
            })
            .collect();
        let mut scheme = contribution_potential();
        scheme.scores[1].parts[2].weight = 33;
        let table = table(&scheme, &customers);
        let cuts = crate::segmentation::cut_points(&scheme, &table).unwrap();
        for rule in &scheme.scores {
            let keys: Vec<String> = rule.parts.iter().map(|part| part.band.clone()).collect();
            let columns = steps_of(&scheme, &cuts, &table, &keys).unwrap();
            let alone = one_by_one(&ScoreScale::new(&scheme, &cuts, rule), &columns, table.len());
            assert_eq!(score_column(&scheme, &cuts, &table, &rule.key).unwrap(), alone);
        }
    }
}
