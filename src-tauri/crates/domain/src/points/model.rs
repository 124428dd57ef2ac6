//! An independent model of points: every single point is a thing of its own, and every state is taken again from the
//! first event. Slow and plain, so that lots, draws and differences can be held against it.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
struct One {
    ends: Option<NaiveDate>,
    earned: NaiveDate,
    born: usize,
    spendable: NaiveDate,
}

#[derive(Debug, Default, Clone)]
struct Purse {
    points: Vec<One>,
    debt: i64,
    /// The points that paid a loan back, the newest last.
    repaid: Vec<One>,
    born: usize,
    /// The points that paid for each sale; `None` was lent.
    paid: BTreeMap<usize, Vec<Option<One>>>,
}

impl Purse {
    fn forget(&mut self, today: NaiveDate) {
        self.points.retain(|one| one.ends.is_none_or(|last| today <= last));
    }

    fn give(&mut self, count: i64, one: One) {
        self.born += 1;
        for _ in 0..count {
            self.give_one(One { born: self.born, ..one.clone() });
        }
    }

    fn give_one(&mut self, one: One) {
        if self.debt > 0 {
            self.debt -= 1;
            self.repaid.push(one);
        } else {
            self.points.push(one);
        }
    }

    fn take(&mut self, count: i64, today: NaiveDate) -> Vec<Option<One>> {
        (0..count)
            .map(|_| {
                let key = |one: &One| (one.spendable > today, one.ends.is_none(), one.ends, one.earned, one.born);
                let best = (0..self.points.len()).min_by_key(|index| key(&self.points[*index]));
                if best.is_none() {
                    self.debt += 1;
                }
                best.map(|index| self.points.remove(index))
            })
            .collect()
    }

    fn put_back(&mut self, sale: usize, count: i64, today: NaiveDate, revive_days: u32) {
        // One lot comes to life again for each lot the points come from.
        let mut lots: Vec<(Option<One>, i64)> = Vec::new();
        for _ in 0..count {
            let Some(one) = self.paid.get_mut(&sale).and_then(Vec::pop) else { break };
            // A loan that is still open is cancelled; one that was paid back goes to the points that paid.
            let one = match one {
                None if self.debt > 0 => {
                    self.debt -= 1;
                    continue;
                }
                None => self.repaid.pop(),
                one => one,
            };
            match lots.last_mut() {
                Some((last, count)) if *last == one => *count += 1,
                _ => lots.push((one, 1)),
            }
        }
        for (one, count) in lots {
            let revived = |earned| One { ends: Some(later(today, revive_days)), earned, born: 0, spendable: today };
            match one {
                Some(one) if one.ends.is_none_or(|last| today <= last) => {
                    (0..count).for_each(|_| self.give_one(one.clone()));
                }
                Some(one) => self.give(count, revived(one.earned)),
                None => self.give(count, revived(today)),
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Did {
    Sale { amount: i64, redeem: i64 },
    Earn(i64),
    Redeem(i64),
    Adjust(i64),
    Refund { sale: usize, amount: i64 },
    Void { sale: usize },
}

type Story = Vec<(NaiveDate, Did)>;

const WORTH: i64 = 10;

fn rules(expiry: Expiry, pending_days: u32) -> Rules {
    let redeem =
        Redeem { points: Points(1), worth_minor: Money::from_minor(WORTH), step: Points(1), max_share_bp: 5_000 };
    Rules { expiry, pending_days, revive_days: 15, redeem: Some(redeem), ..Rules::default() }
}

/// What the accepted events so far add up to, sales being as small as they turned out.
fn purse(story: &Story, accepted: &[bool], upto: usize, rules: &Rules, today: NaiveDate) -> Purse {
    let net = |sale: usize| match story[sale].1 {
        Did::Sale { amount, redeem } => amount - redeem * WORTH,
        _ => 0,
    };
    let back = |sale: usize, upto: usize| -> (i64, bool) {
        let mut sum = 0;
        let mut voided = false;
        for index in (0..upto).filter(|index| accepted[*index]) {
            match story[index].1 {
                Did::Refund { sale: of, amount } if of == sale => sum += amount,
                Did::Void { sale: of } if of == sale => voided = true,
                _ => {}
            }
        }
        if voided { (net(sale), true) } else { (sum, false) }
    };
    let returned = |sale: usize, upto: usize| -> i64 {
        let Did::Sale { redeem, .. } = story[sale].1 else { return 0 };
        match back(sale, upto) {
            (_, true) => redeem,
            (sum, _) if sum >= net(sale) && sum > 0 => redeem,
            (sum, _) => redeem * sum / net(sale).max(1),
        }
    };
    let mut purse = Purse::default();
    for index in (0..upto).filter(|index| accepted[*index]) {
        let (on, did) = &story[index];
        purse.forget(*on);
        let wait = |days| later(*on, days);
        let fresh = |days| One { ends: rules.expiry.last_day(*on), earned: *on, born: 0, spendable: wait(days) };
        match did {
            Did::Sale { redeem, .. } => {
                let paid = purse.take(*redeem, *on);
                purse.paid.insert(index, paid);
                let owed = (net(index) - back(index, upto).0) / 100;
                if owed > 0 {
                    purse.give(owed, fresh(rules.pending_days));
                }
            }
            Did::Earn(count) => purse.give(*count, fresh(rules.pending_days)),
            Did::Adjust(count) if *count > 0 => purse.give(*count, fresh(0)),
            Did::Redeem(count) => drop(purse.take(*count, *on)),
            Did::Adjust(count) => drop(purse.take(-count, *on)),
            Did::Refund { sale, .. } | Did::Void { sale } => {
                let count = returned(*sale, index + 1) - returned(*sale, index);
                purse.put_back(*sale, count, *on, rules.revive_days);
            }
        }
    }
    purse.forget(today);
    purse
}

/// Decides each event by what was known on its day.
fn decide(story: &Story, rules: &Rules) -> Vec<bool> {
    let mut accepted = Vec::new();
    for index in 0..story.len() {
        let (on, did) = &story[index];
        let now = purse(story, &accepted, index, rules, *on);
        let spendable = now.points.iter().filter(|one| one.spendable <= *on).count() as i64;
        let may = |count: i64| count > 0 && now.debt == 0 && count <= spendable;
        let left = |sale: usize| -> Option<i64> {
            let Some((_, Did::Sale { amount, redeem })) = story.get(sale).filter(|_| sale < index && accepted[sale])
            else {
                return None;
            };
            let mut left = amount - redeem * WORTH;
            for before in (0..index).filter(|before| accepted[*before]) {
                match story[before].1 {
                    Did::Refund { sale: of, amount } if of == sale => left -= amount,
                    Did::Void { sale: of } if of == sale => left = 0,
                    _ => {}
                }
            }
            Some(left)
        };
        accepted.push(match did {
            Did::Sale { redeem: 0, .. } => true,
            Did::Sale { amount, redeem } => redeem * WORTH * 2 <= *amount && may(*redeem),
            Did::Earn(count) => *count > 0,
            Did::Redeem(count) => may(*count),
            Did::Adjust(count) => *count != 0,
            Did::Refund { sale, amount } => *amount > 0 && left(*sale).is_some_and(|left| *amount <= left),
            Did::Void { sale } => left(*sale).is_some(),
        });
    }
    accepted
}

fn events(story: &Story) -> Vec<Event> {
    let name = |index: usize| format!("s{index}");
    let event = |(index, (on, did)): (usize, &(NaiveDate, Did))| match did.clone() {
        Did::Sale { amount, redeem } => Event::Sale {
            on: *on,
            id: Some(name(index)),
            lines: vec![],
            amount_minor: Some(Money::from_minor(amount)),
            discount_minor: Money::ZERO,
            redeem_points: Points(redeem),
            multiplier_bp: None,
        },
        Did::Earn(points) => Event::Earn { on: *on, id: None, points: Points(points) },
        Did::Redeem(points) => Event::Redeem { on: *on, id: None, points: Points(points) },
        Did::Adjust(points) => Event::Adjust { on: *on, id: None, points: Points(points) },
        Did::Refund { sale, amount } => Event::Refund {
            on: *on,
            sale: name(sale),
            amount_minor: Money::from_minor(amount),
            lines: vec![],
            id: None,
        },
        Did::Void { sale } => Event::Void { on: *on, sale: name(sale), id: None },
    };
    story.iter().enumerate().map(event).collect()
}

/// Two stories as one by their days, and where each event of the first and then of the second stands in it.
fn put_together(one: &Story, other: &Story) -> (Story, Vec<usize>) {
    let mut places: Vec<(NaiveDate, usize)> = one.iter().chain(other).map(|(on, _)| *on).zip(0..).collect();
    places.sort_by_key(|(on, _)| *on);
    let mut order = vec![0; places.len()];
    for (now, (_, before)) in places.iter().enumerate() {
        order[*before] = now;
    }
    let mut story: Story = Vec::new();
    for (_, before) in &places {
        let (from, whose) = if *before < one.len() { (0, one) } else { (one.len(), other) };
        // What names no event of its own record names none of the other's either.
        let sale = |sale: usize| if sale < whose.len() { order[from + sale] } else { places.len() + sale };
        let (on, did) = whose[before - from].clone();
        let did = match did {
            Did::Refund { sale: of, amount } => Did::Refund { sale: sale(of), amount },
            Did::Void { sale: of } => Did::Void { sale: sale(of) },
            did => did,
        };
        story.push((on, did));
    }
    (story, order)
}

fn any_story() -> impl Strategy<Value = Story> {
    let did = prop_oneof![
        4 => (0_i64..3_000, prop_oneof![Just(0_i64), 1_i64..30]).prop_map(|(amount, redeem)| Did::Sale { amount, redeem }),
        2 => (1_i64..40).prop_map(Did::Earn),
        3 => (1_i64..40).prop_map(Did::Redeem),
        1 => (-30_i64..20).prop_map(Did::Adjust),
        4 => (0_usize..25, 1_i64..2_000).prop_map(|(sale, amount)| Did::Refund { sale, amount }),
        1 => (0_usize..25).prop_map(|sale| Did::Void { sale }),
    ];
    prop::collection::vec((0_u64..9, did), 1..25).prop_map(|steps| {
        let mut today: NaiveDate = "2026-01-20".parse().unwrap();
        steps
            .into_iter()
            .map(|(days, did)| {
                today = today + Days::new(days);
                (today, did)
            })
            .collect()
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let expiry = prop_oneof![
        Just(Expiry::Never),
        (0_u32..40).prop_map(|n| Expiry::Days { n }),
        Just(Expiry::Months { n: 1 }),
        Just(Expiry::EndOfMonth),
        Just(Expiry::EndOfYear),
    ];
    (expiry, prop_oneof![Just(0_u32), 1_u32..6]).prop_map(|(expiry, pending)| rules(expiry, pending))
}

fn run(rules: &Rules, events: &[Event], as_of: NaiveDate) -> History {
    let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules: rules.clone() }];
    replay(&versions, events, as_of).unwrap()
}

/// What remains by day earned and last day.
fn remaining(history: &History) -> BTreeMap<(NaiveDate, Option<NaiveDate>), i64> {
    let mut sums = BTreeMap::new();
    for lot in history.lots.iter().filter(|lot| lot.remaining > Points::ZERO) {
        *sums.entry((lot.earned_on, lot.expires_on)).or_default() += lot.remaining.0;
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lots_and_draws_equal_counting_every_point(story in any_story(), rules in any_rules(), later_days in 0_u64..60) {
        let as_of = story.last().unwrap().0 + Days::new(later_days);
        let accepted = decide(&story, &rules);
        let purse = purse(&story, &accepted, story.len(), &rules, as_of);
        let history = run(&rules, &events(&story), as_of);

        let refused: Vec<usize> = history.refused.iter().map(|refusal| refusal.event).collect();
        let expected: Vec<usize> = (0..story.len()).filter(|index| !accepted[*index]).collect();
        prop_assert_eq!(refused, expected);
        let mut left = BTreeMap::new();
        for one in &purse.points {
            *left.entry((one.earned, one.ends)).or_default() += 1;
        }
        prop_assert_eq!(remaining(&history), left);
        prop_assert_eq!(history.debt.0, purse.debt);
    }

    #[test]
    fn the_balance_is_the_lots_is_the_ledger(story in any_story(), rules in any_rules()) {
        let history = run(&rules, &events(&story), story.last().unwrap().0);
        let lots: Points = history.lots.iter().map(|lot| lot.remaining).sum();
        let rows: Points = history.ledger.iter().map(|row| row.points).sum();
        prop_assert_eq!((history.balance, history.balance), (lots, rows));
        for (index, lot) in history.lots.iter().enumerate() {
            let of_lot: Points =
                history.ledger.iter().filter(|row| row.lot == Some(index)).map(|row| row.points).sum();
            prop_assert_eq!(of_lot, lot.remaining, "each lot is the sum of its own rows");
            prop_assert!(lot.remaining >= Points::ZERO);
        }
        let lent = history.ledger.iter().filter(|row| row.kind == RowKind::Debt).map(|row| row.points).sum::<Points>();
        let repaid =
            history.ledger.iter().filter(|row| row.kind == RowKind::DebtRepaid).map(|row| row.points).sum::<Points>();
        prop_assert_eq!(history.debt, lent + repaid);
        prop_assert!(history.debt == Points::ZERO || history.balance == Points::ZERO);
    }

    #[test]
    fn looking_every_day_writes_the_rows_that_looking_once_writes(
        story in any_story(), rules in any_rules(), early in 0_u64..200,
    ) {
        // The rows known on an early day are the first rows of a later look: nothing written is ever rewritten.
        let events = events(&story);
        let late = story.last().unwrap().0 + Days::new(90);
        let once = run(&rules, &events, late);
        let before = run(&rules, &events, story[0].0 + Days::new(early));
        let shared = before.ledger.len().min(once.ledger.len());
        if story[0].0 + Days::new(early) <= late {
            prop_assert_eq!(&before.ledger[..], &once.ledger[..shared]);
        }
    }

    #[test]
    fn any_split_of_a_refund_ends_alike(
        story in any_story(), rules in any_rules(), amount in 2_i64..3_000, percent in 1_i64..=100, parts in 1_i64..20,
    ) {
        let mut events = events(&story);
        let first = story[0].0;
        let last = story.last().unwrap().0;
        events.insert(0, Event::Sale {
            on: first, id: Some("split".into()), lines: vec![], amount_minor: Some(Money::from_minor(amount)),
            discount_minor: Money::ZERO, redeem_points: Points::ZERO, multiplier_bp: None,
        });
        let total = (amount * percent / 100).max(1);
        let refund = |minor: i64| Event::Refund {
            on: last, sale: "split".into(), amount_minor: Money::from_minor(minor), lines: vec![], id: None,
        };
        let whole = [events.clone(), vec![refund(total)]].concat();
        let split: Vec<Event> = (0..parts)
            .map(|part| total / parts + i64::from(part < total % parts))
            .filter(|minor| *minor > 0)
            .map(refund)
            .collect();
        let split = [events, split].concat();
        let (one, many) = (run(&rules, &whole, last), run(&rules, &split, last));
        prop_assert_eq!((one.balance, one.debt, remaining(&one)), (many.balance, many.debt, remaining(&many)));
    }

    #[test]
    fn a_void_is_never_sold(story in any_story(), rules in any_rules(), amount in 0_i64..3_000) {
        let events = events(&story);
        let (first, last) = (story[0].0, story.last().unwrap().0);
        let sale = Event::Sale {
            on: first, id: Some("void".into()), lines: vec![], amount_minor: Some(Money::from_minor(amount)),
            discount_minor: Money::ZERO, redeem_points: Points::ZERO, multiplier_bp: None,
        };
        let void = Event::Void { on: last, sale: "void".into(), id: None };
        let never = run(&rules, &events, last);
        let voided = run(&rules, &[vec![sale], events, vec![void]].concat(), last);
        // Only where nothing was spent that the sale alone made possible is there anything to compare.
        let shifted: Vec<usize> = never.refused.iter().map(|refusal| refusal.event + 1).collect();
        if !voided.refused.iter().map(|refusal| refusal.event).eq(shifted) {
            return Ok(());
        }
        prop_assert_eq!(remaining(&never), remaining(&voided));
        prop_assert_eq!(never.debt, voided.debt);
    }

    #[test]
    fn a_late_entry_leads_the_stored_account_to_the_replayed_one(story in any_story(), rules in any_rules()) {
        // The first event is typed in last: the rows of the difference have to bring the balance where a replay is.
        let events = events(&story);
        let as_of = story.last().unwrap().0;
        let late = [events[1..].to_vec(), vec![events[0].clone()]].concat();
        let versions = [RulesVersion { effective_on: NaiveDate::MIN, rules }];
        let stored = replay_account(&versions, &late[..late.len() - 1], as_of).unwrap();
        let replayed = replay_account(&versions, &late, as_of).unwrap();
        let rows: Points = difference(&stored, &replayed, as_of).iter().map(|row| row.points).sum();
        prop_assert_eq!(stored.balance() + rows, replayed.balance());
    }

    #[test]
    fn merged_accounts_are_what_counting_both_gives(
        one in any_story(), other in any_story(), rules in any_rules(), later_days in 0_u64..60,
    ) {
        // The survivor's events first, then those of the other record; the days decide.
        let (story, order) = put_together(&one, &other);
        let as_of = story.last().unwrap().0 + Days::new(later_days);
        let accepted = decide(&story, &rules);
        let purse = purse(&story, &accepted, story.len(), &rules, as_of);
        let all = events(&story);
        let merged: Vec<Event> = order.iter().map(|place| all[*place].clone()).collect();
        let history = run(&rules, &merged, as_of);

        let mut refused: Vec<usize> = history.refused.iter().map(|refusal| order[refusal.event]).collect();
        refused.sort_unstable();
        let expected: Vec<usize> = (0..story.len()).filter(|index| !accepted[*index]).collect();
        prop_assert_eq!(refused, expected);
        let mut left = BTreeMap::new();
        for one in &purse.points {
            *left.entry((one.earned, one.ends)).or_default() += 1;
        }
        prop_assert_eq!(remaining(&history), left);
        prop_assert_eq!(history.debt.0, purse.debt);
    }

    #[test]
    fn a_program_that_was_off_for_months_writes_what_daily_runs_write(
        story in any_story(), rules in any_rules(), off in 90_u64..180,
    ) {
        let events = events(&story);
        let last = story.last().unwrap().0;
        let once = run(&rules, &events, last + Days::new(off));
        let mut daily = run(&rules, &events, last).ledger;
        for day in 1..=off {
            let today = run(&rules, &events, last + Days::new(day)).ledger;
            prop_assert_eq!(&today[..daily.len()], &daily[..], "what was written stays");
            daily = today;
        }
        prop_assert_eq!(daily, once.ledger);
    }
}
