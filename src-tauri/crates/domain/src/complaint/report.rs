//! The report on complaints (`rules.md` F 14): how many promises were kept, how long it took, what it was about.
//!
//! Every clock that was judged counts once, of every cycle; a share is told only where something was judged. Running,
//! paused and withdrawn clocks stand apart. Median and 90th percentile are nearest-rank: the smallest value that at
//! least half (nine tenths) of the finished clocks do not exceed. Lateness is taken over broken promises, up to now
//! where they are still owed.

use super::promise::{ClockStatus, Promise};
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// By what cases are put into groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The month of the receipt.
    #[default]
    Month,
    /// The person who sees to the case.
    Owner,
    /// The category.
    Category,
    /// What was bought on the sale that the case is about.
    Product,
    /// How much is at stake.
    Severity,
}

/// One clock of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportClock {
    /// Whose.
    pub promise: Promise,
    /// How it stands.
    pub state: ClockStatus,
    /// Whether it has stopped.
    pub has_ended: bool,
    /// Seconds used so far.
    pub elapsed_s: i64,
    /// Seconds promised.
    pub target_s: i64,
    /// What a later correction of the times says beside the verdict; the verdict counts.
    pub corrected_met: Option<bool>,
}

/// A case as the report sees it.
#[derive(Debug, Clone, Default)]
pub struct ReportCase {
    /// The groups that it belongs to; a sale of two products puts a case into both.
    pub groups: Vec<String>,
    /// Whose.
    pub customer: Option<i64>,
    /// All its clocks of all cycles.
    pub clocks: Vec<ReportClock>,
    /// How often it was resolved.
    pub resolved: u32,
    /// How often it came back.
    pub reopened: u32,
    /// The customer took it back.
    pub is_withdrawn: bool,
    /// The customer could not be reached for the follow-up.
    pub is_unreachable: bool,
    /// Root causes that were written down.
    pub causes: Vec<String>,
    /// What was given, by kind.
    pub compensation: Vec<(String, Money)>,
}

/// How a promise was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PromiseFigures {
    /// Which.
    pub promise: Promise,
    /// Kept.
    pub met: u32,
    /// Broken, done since or not.
    pub broken: u32,
    /// Judged as broken, and in time by a correction that came later.
    pub corrected_to_met: u32,
    /// Judged as kept, and late by a correction that came later.
    pub corrected_to_broken: u32,
    /// Kept of those that were judged, in hundredths of a per cent; none where nothing was judged.
    pub met_bp: Option<u32>,
    /// Still counting and in time.
    pub running: u32,
    /// Waiting for the customer.
    pub paused: u32,
    /// Given up without a verdict.
    pub withdrawn: u32,
    /// Half of the finished ones took no longer.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub median_s: Option<i64>,
    /// Nine tenths of the finished ones took no longer.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub p90_s: Option<i64>,
    /// Half of the broken ones were late by no more.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub late_median_s: Option<i64>,
    /// The latest of all was late by so much.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub late_worst_s: Option<i64>,
}

/// A group and its promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GroupReport {
    /// Its key: `2026-03`, a name, a category, a product or a severity; empty where the case does not say.
    pub group: String,
    /// Cases in it.
    pub cases: u32,
    /// In the order in which promises fall due; only those that some case had.
    pub promises: Vec<PromiseFigures>,
}

/// All cases together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Totals {
    /// Cases received.
    pub cases: u32,
    /// Their promises.
    pub promises: Vec<PromiseFigures>,
    /// Cases that were resolved at least once.
    pub resolved: u32,
    /// Of those, cases that came back.
    pub reopened: u32,
    /// Their share in hundredths of a per cent.
    pub reopened_bp: Option<u32>,
    /// Cases that the customer took back.
    pub withdrawn: u32,
    /// Customers who could not be reached for the follow-up.
    pub unreachable: u32,
    /// Customers with more than one case.
    pub repeat_customers: u32,
    /// Cases of theirs after the first.
    pub repeat_cases: u32,
    /// What was given away.
    pub compensation_minor: Money,
}

/// A root cause and how often it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Cause {
    /// As it was written down.
    pub cause: String,
    /// How often.
    pub times: u32,
    /// Of all causes, this one and those before it, in hundredths of a per cent.
    pub up_to_here_bp: u32,
}

/// What was given, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Compensated {
    /// Kind.
    pub kind: String,
    /// How often.
    pub times: u32,
    /// What it cost.
    pub cost_minor: Money,
}

/// All cases together.
pub fn totals(cases: &[ReportCase]) -> Totals {
    let count = |is: &dyn Fn(&ReportCase) -> bool| u32_of(cases.iter().filter(|case| is(case)).count());
    let mut of_customer: BTreeMap<i64, u32> = BTreeMap::new();
    for customer in cases.iter().filter_map(|case| case.customer) {
        *of_customer.entry(customer).or_default() += 1;
    }
    let resolved = count(&|case| case.resolved > 0);
    let reopened = count(&|case| case.resolved > 0 && case.reopened > 0);
    Totals {
        cases: u32_of(cases.len()),
        promises: figures(&cases.iter().collect::<Vec<_>>()),
        resolved,
        reopened,
        reopened_bp: share(reopened, resolved),
        withdrawn: count(&|case| case.is_withdrawn),
        unreachable: count(&|case| case.is_unreachable),
        repeat_customers: u32_of(of_customer.values().filter(|count| **count > 1).count()),
        repeat_cases: of_customer.values().map(|count| count - 1).sum(),
        compensation_minor: Money::from_minor(given(cases).iter().map(|given| given.cost_minor.minor()).sum()),
    }
}

/// The groups in the order of their keys.
pub fn groups(cases: &[ReportCase]) -> Vec<GroupReport> {
    let mut members: BTreeMap<&str, Vec<&ReportCase>> = BTreeMap::new();
    for case in cases {
        let mut of_case: Vec<&str> = case.groups.iter().map(String::as_str).collect();
        of_case.sort_unstable();
        of_case.dedup();
        for group in of_case {
            members.entry(group).or_default().push(case);
        }
    }
    members
        .into_iter()
        .map(|(group, cases)| GroupReport {
            group: group.to_owned(),
            cases: u32_of(cases.len()),
            promises: figures(&cases),
        })
        .collect()
}

/// Causes, most frequent first; equal ones by their words.
pub fn pareto(cases: &[ReportCase]) -> Vec<Cause> {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for cause in cases.iter().flat_map(|case| &case.causes) {
        *times.entry(cause.trim()).or_default() += 1;
    }
    let all: u32 = times.values().sum();
    let mut ranked: Vec<(&str, u32)> = times.into_iter().collect();
    ranked.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let mut so_far = 0;
    ranked
        .into_iter()
        .map(|(cause, times)| {
            so_far += times;
            Cause { cause: cause.to_owned(), times, up_to_here_bp: share(so_far, all).unwrap_or(0) }
        })
        .collect()
}

/// What was given, dearest kind first.
pub fn given(cases: &[ReportCase]) -> Vec<Compensated> {
    let mut kinds: BTreeMap<&str, (u32, i64)> = BTreeMap::new();
    for (kind, cost) in cases.iter().flat_map(|case| &case.compensation) {
        let (times, sum) = kinds.entry(kind).or_default();
        *times += 1;
        *sum = sum.saturating_add(cost.minor());
    }
    let mut given: Vec<Compensated> = kinds
        .into_iter()
        .map(|(kind, (times, cost))| Compensated { kind: kind.into(), times, cost_minor: Money::from_minor(cost) })
        .collect();
    given.sort_by_key(|given| (std::cmp::Reverse(given.cost_minor), std::cmp::Reverse(given.times)));
    given
}

fn figures(cases: &[&ReportCase]) -> Vec<PromiseFigures> {
    let of = |promise| {
        let clocks: Vec<&ReportClock> =
            cases.iter().flat_map(|case| &case.clocks).filter(|clock| clock.promise == promise).collect();
        if clocks.is_empty() {
            return None;
        }
        let count = |state| u32_of(clocks.iter().filter(|clock| clock.state == state).count());
        let corrected = |from, met| {
            let is = |clock: &&&ReportClock| clock.state == from && clock.corrected_met == Some(met);
            u32_of(clocks.iter().filter(is).count())
        };
        let sorted = |of: &dyn Fn(&ReportClock) -> Option<i64>| {
            let mut values: Vec<i64> = clocks.iter().filter_map(|clock| of(clock)).collect();
            values.sort_unstable();
            values
        };
        let is_judged = |clock: &ReportClock| matches!(clock.state, ClockStatus::Met | ClockStatus::Breached);
        let taken = sorted(&|clock| (is_judged(clock) && clock.has_ended).then_some(clock.elapsed_s));
        let late =
            sorted(&|clock| (clock.state == ClockStatus::Breached).then(|| (clock.elapsed_s - clock.target_s).max(0)));
        let (met, broken) = (count(ClockStatus::Met), count(ClockStatus::Breached));
        Some(PromiseFigures {
            promise,
            met,
            broken,
            corrected_to_met: corrected(ClockStatus::Breached, true),
            corrected_to_broken: corrected(ClockStatus::Met, false),
            met_bp: share(met, met + broken),
            running: count(ClockStatus::Running),
            paused: count(ClockStatus::Paused),
            withdrawn: count(ClockStatus::Withdrawn),
            median_s: nearest_rank(&taken, 50),
            p90_s: nearest_rank(&taken, 90),
            late_median_s: nearest_rank(&late, 50),
            late_worst_s: late.last().copied(),
        })
    };
    Promise::ALL.into_iter().filter_map(of).collect()
}

/// The smallest of the sorted values that at least so many per cent do not exceed.
fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

pub(super) fn share(part: u32, whole: u32) -> Option<u32> {
    let bp = (u64::from(part) * 10_000).checked_div(u64::from(whole))?;
    u32::try_from(bp).ok()
}

fn u32_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(state: ClockStatus, minutes: i64) -> ReportClock {
        ReportClock {
            promise: Promise::Response,
            state,
            has_ended: matches!(state, ClockStatus::Met | ClockStatus::Breached),
            elapsed_s: minutes * 60,
            target_s: 3600,
            corrected_met: None,
        }
    }

    fn case(group: &str, clocks: &[ReportClock]) -> ReportCase {
        ReportCase { groups: vec![group.into()], clocks: clocks.to_vec(), ..ReportCase::default() }
    }

    #[test]
    fn a_share_counts_what_was_judged_and_nothing_else() {
        let cases = [
            case("2026-03", &[clock(ClockStatus::Met, 10)]),
            case("2026-03", &[clock(ClockStatus::Met, 60)]),
            case("2026-03", &[clock(ClockStatus::Breached, 90)]),
            case("2026-03", &[clock(ClockStatus::Running, 5)]),
            case("2026-03", &[clock(ClockStatus::Paused, 5), clock(ClockStatus::Withdrawn, 5)]),
        ];
        let figures = &totals(&cases).promises[0];
        assert_eq!((figures.met, figures.broken, figures.met_bp), (2, 1, Some(6_666)));
        assert_eq!((figures.running, figures.paused, figures.withdrawn), (1, 1, 1));
        assert_eq!((figures.median_s, figures.p90_s), (Some(3_600), Some(5_400)));
        assert_eq!((figures.late_median_s, figures.late_worst_s), (Some(1_800), Some(1_800)));
    }

    #[test]
    fn a_correction_stands_beside_the_verdict_and_does_not_change_the_share() {
        let corrected = |state, minutes, met| ReportClock { corrected_met: Some(met), ..clock(state, minutes) };
        let cases = [
            case("a", &[corrected(ClockStatus::Breached, 90, true), clock(ClockStatus::Met, 10)]),
            case("a", &[corrected(ClockStatus::Met, 10, false), corrected(ClockStatus::Met, 10, true)]),
        ];
        let figures = &totals(&cases).promises[0];
        assert_eq!((figures.met, figures.broken, figures.met_bp), (3, 1, Some(7_500)));
        assert_eq!((figures.corrected_to_met, figures.corrected_to_broken), (1, 1));
    }

    #[test]
    fn where_nothing_was_judged_there_is_no_share() {
        let figures = &totals(&[case("a", &[clock(ClockStatus::Running, 5)])]).promises[0];
        assert_eq!((figures.met_bp, figures.median_s, figures.late_worst_s), (None, None, None));
        assert!(totals(&[]).promises.is_empty());
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<i64> = (1..=10).collect();
        assert_eq!((nearest_rank(&values, 50), nearest_rank(&values, 90)), (Some(5), Some(9)));
        assert_eq!((nearest_rank(&[7], 50), nearest_rank(&[7], 90), nearest_rank(&[], 50)), (Some(7), Some(7), None));
        assert_eq!(nearest_rank(&[1, 2, 3], 90), Some(3));
    }

    #[test]
    fn a_promise_broken_and_still_owed_is_late_up_to_now_but_has_no_duration() {
        let owed = ReportClock { has_ended: false, ..clock(ClockStatus::Breached, 100) };
        let figures = &totals(&[case("a", &[owed])]).promises[0];
        assert_eq!((figures.broken, figures.median_s, figures.late_worst_s), (1, None, Some(2_400)));
    }

    #[test]
    fn a_case_of_two_products_is_in_both_groups_once() {
        let mut both = case("面包", &[clock(ClockStatus::Met, 1)]);
        both.groups.extend(["蛋糕".to_owned(), "面包".to_owned()]);
        let found = groups(&[both, case("蛋糕", &[clock(ClockStatus::Breached, 61)])]);
        let cases: Vec<(&str, u32)> = found.iter().map(|group| (group.group.as_str(), group.cases)).collect();
        assert_eq!(cases, [("蛋糕", 2), ("面包", 1)]);
        assert_eq!(found[0].promises[0].met_bp, Some(5_000));
    }

    #[test]
    fn causes_stand_by_how_often_they_were_found() {
        let mut cases = vec![];
        for (cause, times) in [("看错字", 1), ("冷藏不够", 3)] {
            for _ in 0..times {
                cases.push(ReportCase { causes: vec![cause.into()], ..ReportCase::default() });
            }
        }
        let found = pareto(&cases);
        assert_eq!(
            found,
            [
                Cause { cause: "冷藏不够".into(), times: 3, up_to_here_bp: 7_500 },
                Cause { cause: "看错字".into(), times: 1, up_to_here_bp: 10_000 }
            ]
        );
    }

    #[test]
    fn reopening_repeats_and_costs_are_counted() {
        let of = |customer, resolved, reopened, cost| ReportCase {
            customer: Some(customer),
            resolved,
            reopened,
            compensation: vec![("refund".into(), Money::from_minor(cost))],
            ..ReportCase::default()
        };
        let totals = totals(&[of(1, 2, 1, 500), of(1, 1, 0, 300), of(2, 1, 0, 0), of(3, 0, 0, 0)]);
        assert_eq!((totals.resolved, totals.reopened, totals.reopened_bp), (3, 1, Some(3_333)));
        assert_eq!((totals.repeat_customers, totals.repeat_cases), (1, 1));
        assert_eq!(totals.compensation_minor, Money::from_minor(800));
    }
}
