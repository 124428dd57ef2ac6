//! An independent model of the ladder: every day is looked at, every sum is taken again from the raw events. Slow and
//! plain, so that the walk by moments and the counter's one step can be held against it.

use super::*;
use crate::ladder::timeline::Event;
use chrono::{Datelike, Days, Months};
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Bought {
    on: NaiveDate,
    amount: i64,
    refunded: i64,
}

struct Naive<'a> {
    ladder: &'a Ladder,
    sales: &'a [Bought],
    tier: usize,
    since: NaiveDate,
    grace: Option<NaiveDate>,
    year_from: Option<NaiveDate>,
    changes: Vec<(NaiveDate, usize)>,
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

impl Naive<'_> {
    /// Spend and visits of the sales that `counts` lets through, the first `upto` ones in order.
    fn sum(&self, upto: usize, counts: impl Fn(NaiveDate) -> bool) -> (i64, i64) {
        let mut days: std::collections::HashMap<NaiveDate, i64> = std::collections::HashMap::new();
        for sale in &self.sales[..upto] {
            if counts(sale.on) {
                *days.entry(sale.on).or_default() += sale.amount - sale.refunded;
            }
        }
        let minimum = self.ladder.visit_minimum_minor.minor().max(1);
        (days.values().sum(), days.values().filter(|net| **net >= minimum).count() as i64)
    }

    fn figures(&self, upto: usize, today: NaiveDate) -> (i64, i64) {
        match self.ladder.window {
            Window::Lifetime => self.sum(upto, |_| true),
            Window::RollingDays { n } => self.sum(upto, |on| on > today - Days::new(n.into())),
            Window::RollingMonths { n } => self.sum(upto, |on| on > today - Months::new(n)),
            Window::CalendarYear => self.sum(upto, |on| on.year() == today.year()),
            Window::SincePromotion { n } => {
                let last = today - Days::new(n.unwrap().into());
                match self.year_from {
                    Some(from) if self.tier > 0 => self.sum(upto, |on| on >= from),
                    Some(from) => self.sum(upto, |on| on >= from && on > last),
                    None => self.sum(upto, |on| on > last),
                }
            }
        }
    }

    fn meets(&self, goal: Thresholds, have: (i64, i64)) -> bool {
        let spend = goal.spend_minor.map(|goal| have.0 >= goal.minor());
        let visits = goal.visits.map(|goal| have.1 >= goal);
        match self.ladder.combine {
            Combine::All => spend.unwrap_or(true) && visits.unwrap_or(true),
            Combine::Any if goal.is_empty() => true,
            Combine::Any => spend.unwrap_or(false) || visits.unwrap_or(false),
        }
    }

    fn keeps(&self, rank: usize, upto: usize, today: NaiveDate) -> bool {
        let last_year = self.ladder.window == Window::CalendarYear
            && self.meets(self.ladder.keep(rank), self.sum(upto, |on| on.year() == today.year() - 1));
        last_year || self.meets(self.ladder.keep(rank), self.figures(upto, today))
    }

    fn change(&mut self, today: NaiveDate, tier: usize) {
        self.tier = tier;
        self.since = today;
        self.grace = None;
        self.year_from = Some(today);
        self.changes.push((today, tier));
    }

    fn morning(&mut self, upto: usize, today: NaiveDate) {
        let demotion = self.ladder.demotion;
        let is_review = match demotion.review {
            Review::Monthly => today.day() == 1,
            Review::YearEnd => today.ordinal() == 1,
            Review::Continuous => true,
        };
        if !is_review || self.tier == 0 || demotion.style == DemotionStyle::Never || today <= self.since {
            return;
        }
        if let (Window::SincePromotion { n }, Some(from), None) = (self.ladder.window, self.year_from, self.grace)
            && today < from + Days::new(n.unwrap().into())
        {
            return;
        }
        if self.keeps(self.tier, upto, today) {
            self.grace = None;
            self.year_from = Some(today);
            return;
        }
        let end = *self.grace.get_or_insert(today + Days::new(demotion.grace_days.into()));
        if today >= end {
            let mut to = self.tier - 1;
            while demotion.style == DemotionStyle::Deserved && to > 0 && !self.keeps(to, upto, today) {
                to -= 1;
            }
            self.change(today, to);
        }
    }

    fn run(&mut self, through: NaiveDate) {
        let Some(first) = self.sales.first() else { return };
        let mut today = first.on;
        let mut upto = 0;
        while today <= through {
            if today > first.on {
                self.morning(upto, today);
            }
            while self.sales.get(upto).is_some_and(|sale| sale.on == today) {
                upto += 1;
                let have = self.figures(upto, today);
                let reached = (1..self.ladder.tiers.len()).filter(|r| self.meets(self.ladder.enter(*r), have)).max();
                match reached {
                    Some(to) if to > self.tier => self.change(today, to),
                    _ if self.grace.is_some() && self.keeps(self.tier, upto, today) => {
                        self.grace = None;
                        self.year_from = Some(today);
                    }
                    _ => {}
                }
            }
            today = today.succ_opt().unwrap();
        }
    }
}

fn any_ladder() -> impl Strategy<Value = Ladder> {
    let window = prop_oneof![
        Just(Window::Lifetime),
        (20_u32..200).prop_map(|n| Window::RollingDays { n }),
        (1_u32..8).prop_map(|n| Window::RollingMonths { n }),
        Just(Window::CalendarYear),
        (30_u32..200).prop_map(|n| Window::SincePromotion { n: Some(n) }),
    ];
    let review = prop_oneof![Just(Review::Monthly), Just(Review::YearEnd), Just(Review::Continuous)];
    let style = prop_oneof![Just(DemotionStyle::Deserved), Just(DemotionStyle::OneStep), Just(DemotionStyle::Never)];
    let combine = prop_oneof![Just(Combine::Any), Just(Combine::All)];
    let grace = prop_oneof![Just(0_u32), 1_u32..70];
    (window, review, style, combine, grace, 1_i64..300, prop::bool::ANY, 30_i64..101).prop_map(
        |(window, review, style, combine, grace_days, visit_minimum, by_visits, keep)| {
            let goal = |rank: i64, percent: i64| Thresholds {
                spend_minor: Some(Money::from_minor(rank * 500 * percent / 100)),
                visits: by_visits.then_some((rank * 3 * percent / 100).max(1)),
                points_earned: None,
            };
            let tier = |rank: i64| Tier {
                name: format!("t{rank}"),
                enter: (rank > 0).then(|| goal(rank, 100)),
                keep: (rank > 0 && keep < 100).then(|| goal(rank, keep)),
            };
            Ladder {
                tiers: (0..4).map(tier).collect(),
                combine,
                window,
                visit_minimum_minor: Money::from_minor(visit_minimum),
                demotion: Demotion { review, style, grace_days },
            }
        },
    )
}

/// Sales with what came back of them, in order of days.
fn any_history() -> impl Strategy<Value = Vec<Bought>> {
    let sale = (0_u64..700, 0_i64..400, prop_oneof![3 => Just(0_i64), 1 => 0_i64..=100]);
    prop::collection::vec(sale, 1..25).prop_map(|raw| {
        let mut sales: Vec<Bought> = raw
            .into_iter()
            .map(|(after, amount, percent)| Bought {
                on: date(2024, 1, 20) + Days::new(after),
                amount,
                refunded: amount * percent / 100,
            })
            .collect();
        sales.sort_by_key(|sale| sale.on);
        sales
    })
}

/// The history as events, every refund split into `parts` and known long after.
fn events(sales: &[Bought], parts: i64) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, sale) in sales.iter().enumerate() {
        events.push(Event::Sale {
            on: sale.on,
            id: Some(index.to_string()),
            amount_minor: Money::from_minor(sale.amount),
            points_earned: None,
        });
        for part in 0..parts {
            let amount = sale.refunded / parts + i64::from(part < sale.refunded % parts);
            if amount > 0 {
                events.push(Event::Refund {
                    on: sale.on + Days::new(part as u64),
                    sale: index.to_string(),
                    amount_minor: Money::from_minor(amount),
                    id: None,
                });
            }
        }
    }
    events
}

/// The same events under names of their own, as another record has them.
fn named(events: Vec<Event>, of: &str) -> Vec<Event> {
    let name = |id: String| format!("{of} {id}");
    let renamed = |event| match event {
        Event::Sale { on, id, amount_minor, points_earned } => {
            Event::Sale { on, id: id.map(name), amount_minor, points_earned }
        }
        Event::Refund { on, sale, amount_minor, id } => Event::Refund { on, sale: name(sale), amount_minor, id },
        other => other,
    };
    events.into_iter().map(renamed).collect()
}

/// Where the walk puts a customer on a day is where looking at every day before puts them.
fn stands_as_counted(
    ladder: &Ladder,
    sales: &[Bought],
    events: &[Event],
    as_of: NaiveDate,
) -> Result<(), TestCaseError> {
    let mut naive = Naive { ladder, sales, tier: 0, since: sales[0].on, grace: None, year_from: None, changes: vec![] };
    naive.run(as_of);
    let got = standing(ladder, events, as_of).unwrap();
    let changes: Vec<_> = got.history.iter().map(|change| (change.on, ladder.rank_of(&change.to).unwrap())).collect();
    prop_assert_eq!(changes, naive.changes.clone());
    prop_assert_eq!(got.grace_until, naive.grace);
    let figures = naive.figures(sales.len(), as_of);
    prop_assert_eq!((got.qualifying.spend_minor.minor(), got.qualifying.visits), figures);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_by_moments_equals_looking_at_every_day(
        ladder in any_ladder(), sales in any_history(), later in 0_u64..900, parts in 1_i64..5,
    ) {
        let as_of = sales.last().unwrap().on + Days::new(later + 5);
        stands_as_counted(&ladder, &sales, &events(&sales, parts), as_of)?;
    }

    #[test]
    fn the_counters_one_step_equals_the_replay(ladder in any_ladder(), sales in any_history(), amount in 1_i64..2000) {
        let versions = [LadderVersion { effective_on: NaiveDate::MIN, ladder: ladder.clone() }];
        let today = sales.last().unwrap().on;
        let (position, seen) = earned_position(&versions, &events(&sales, 1), today).unwrap();
        let same_day = sales.iter().filter(|sale| sale.on == today).map(|sale| sale.amount);
        let amount = Money::from_minor(amount);
        // Refunds of today's sales are known on the same day, so the day's net is what is left of them.
        let refunded: i64 = sales.iter().filter(|sale| sale.on == today).map(|sale| sale.refunded).sum();
        let day_net = Money::from_minor(same_day.sum::<i64>() - refunded);
        let current = seen.current.with_sale(&ladder, day_net, amount, amount.minor() / 100);
        let (stepped, _) = crossing(&ladder, position, &Seen { current, ..seen }, today);

        let mut more = events(&sales, 1);
        more.push(Event::Sale { on: today, id: None, amount_minor: amount, points_earned: None });
        let (replayed, _) = earned_position(&versions, &more, today).unwrap();
        prop_assert_eq!(stepped, replayed);
    }

    #[test]
    fn the_tier_holds_through_its_last_day_and_not_longer(ladder in any_ladder(), sales in any_history()) {
        let today = sales.last().unwrap().on;
        let history = events(&sales, 1);
        let now = standing(&ladder, &history, today).unwrap();
        if let Some(until) = now.until {
            let then = standing(&ladder, &history, until).unwrap();
            prop_assert_eq!((&then.tier, then.grace_until), (&now.tier, now.grace_until));
            let after = standing(&ladder, &history, until.succ_opt().unwrap()).unwrap();
            prop_assert!(after.tier != now.tier || after.grace_until != now.grace_until);
        } else {
            let much_later = standing(&ladder, &history, today + Days::new(3000)).unwrap();
            prop_assert_eq!(much_later.tier, now.tier);
        }
    }

    #[test]
    fn going_on_from_a_summary_equals_walking_everything(
        ladder in any_ladder(), sales in any_history(), known in 1_usize..25, later in 0_u64..400, given in 0_usize..40,
    ) {
        let versions = [LadderVersion { effective_on: NaiveDate::MIN, ladder: ladder.clone() }];
        let kept = |sale: &Bought| (sale.on, sale.amount - sale.refunded);
        let bought: Vec<(NaiveDate, i64)> = sales.iter().map(kept).filter(|(_, net)| *net > 0).collect();
        let known = known.min(bought.len());
        prop_assume!(known > 0);
        let mut all: Vec<Event> = bought.iter().map(|(on, net)| Event::Sale {
            on: *on, id: None, amount_minor: Money::from_minor(*net), points_earned: Some(0),
        }).collect();
        // A tier given by hand, among what is known already.
        let mut through = known;
        if given < known {
            let (on, tier) = (bought[given].0, Some(format!("t{}", 1 + given % 3)));
            let mode = if given % 2 == 0 { ManualMode::Floor } else { ManualMode::Pin };
            let until = (given % 3 > 0).then(|| on + Days::new(given as u64 * 20));
            all.insert(given, Event::Manual { on, tier, mode, until });
            through += 1;
        }
        let today = bought[known - 1].0;
        let (first, summary) = summarized(&versions, &all[..through], today).unwrap();
        prop_assert_eq!(first, standing_with_versions(&versions, &all[..through], today).unwrap());
        let mut summary = summary.unwrap();
        for (index, (on, net)) in bought.iter().enumerate().skip(known) {
            // What the book would still say of the days.
            let text = serde_json::to_string(&summary).unwrap();
            summary = serde_json::from_str(&text).unwrap();
            let mut days: std::collections::BTreeMap<NaiveDate, i64> = std::collections::BTreeMap::new();
            for (on, net) in bought[..index].iter().filter(|(on, _)| *on > summary.days_after()) {
                *days.entry(*on).or_default() += net;
            }
            let days: Vec<_> = days.into_iter().map(|(on, net)| (on, Money::from_minor(net))).collect();
            through += 1;
            let (stands, next) = summary.go_on(&versions, &days, Some(Money::from_minor(*net)), *on).unwrap();
            prop_assert_eq!(stands, standing_with_versions(&versions, &all[..through], *on).unwrap());
            summary = next.unwrap();
        }
        let last = bought[bought.len() - 1].0 + Days::new(later);
        let mut days: std::collections::BTreeMap<NaiveDate, i64> = std::collections::BTreeMap::new();
        for (on, net) in bought.iter().filter(|(on, _)| *on > summary.days_after()) {
            *days.entry(*on).or_default() += net;
        }
        let days: Vec<_> = days.into_iter().map(|(on, net)| (on, Money::from_minor(net))).collect();
        let (stands, _) = summary.go_on(&versions, &days, None, last).unwrap();
        prop_assert_eq!(stands, standing_with_versions(&versions, &all, last).unwrap());
    }

    #[test]
    fn merged_histories_are_one_history(
        ladder in any_ladder(), one in any_history(), other in any_history(), later in 0_u64..300,
    ) {
        // A merge is the events of both put together, whatever order of days that gives.
        let mut together = [other.clone(), one.clone()].concat();
        together.sort_by_key(|sale| sale.on);
        // By then every part of a refund was given.
        let as_of = together.last().unwrap().on + Days::new(later + 5);
        let merged = [named(events(&other, 1), "other"), named(events(&one, 2), "one")].concat();
        stands_as_counted(&ladder, &together, &merged, as_of)?;
    }

    #[test]
    fn a_program_that_was_off_for_months_stands_where_daily_looks_do(
        ladder in any_ladder(), sales in any_history(), off in 90_u64..400, step in 1_u64..12,
    ) {
        // What a look finds is what every later look finds of the days before: nothing that was written is rewritten.
        let last = sales.last().unwrap().on;
        let history = events(&sales, 1);
        let after = standing(&ladder, &history, last + Days::new(off)).unwrap();
        let mut day = last;
        while day < last + Days::new(off) {
            let then = standing(&ladder, &history, day).unwrap();
            let until_then: Vec<_> = after.history.iter().filter(|change| change.on <= day).collect();
            prop_assert_eq!(then.history.iter().collect::<Vec<_>>(), until_then);
            day = day + Days::new(step);
        }
    }

    #[test]
    fn around_new_year_a_calendar_year_stands_where_every_day_counted_does(
        ladder in any_ladder(), raw in prop::collection::vec((0_i32..3, -12_i64..12, 0_i64..900), 1..20), later in 0_u64..800,
    ) {
        let ladder = Ladder { window: Window::CalendarYear, ..ladder };
        let near = |(year, days, amount): (i32, i64, i64)| Bought {
            on: date(2024 + year, 1, 1) + chrono::TimeDelta::days(days), amount, refunded: amount / 7,
        };
        let mut sales: Vec<Bought> = raw.into_iter().map(near).collect();
        sales.sort_by_key(|sale| sale.on);
        let as_of = sales.last().unwrap().on + Days::new(later + 5);
        stands_as_counted(&ladder, &sales, &events(&sales, 3), as_of)?;
    }
}
