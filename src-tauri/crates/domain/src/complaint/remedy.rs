//! 答应客人的事 (S0-33): a repair, a replacement, money back or something sent again, promised with a date of its own.
//!
//! The date was said to the customer. So it never pauses, neither new opening hours nor another policy moves it, and it
//! goes on after the case has ended. A day that was promised ends when the shop closes on it; a day without hours
//! cannot be promised. Every date that was reached is judged once, from timestamps: kept when it was done no later.

use super::report::share;
use crate::calendar::CompiledCalendar;
use crate::money::Money;
use crate::time::{Timestamp, day_start};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Promised to the second: a date is broken from the next second on.
const KEPT_FOR_MS: i64 = 1_000;

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// 维修
    Repair,
    /// 更换
    Replacement,
    /// 退款
    Refund,
    /// 补发
    Resend,
    /// 重做
    Redo,
}

/// A date that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemedyDate {
    /// The day, where it was said as a day.
    pub due_on: Option<NaiveDate>,
    /// Until when.
    pub due_at: Timestamp,
    /// When it was said.
    pub promised_at: Timestamp,
}

impl RemedyDate {
    /// A day: it ends when the shop closes on it. None where the shop is closed all day.
    pub fn of_day(calendar: &CompiledCalendar, due_on: NaiveDate, promised_at: Timestamp) -> Option<Self> {
        let end = day_start(calendar.zone(), due_on.succ_opt()?);
        let due_at = calendar.subtract(end, 0).filter(|closing| *closing > day_start(calendar.zone(), due_on))?;
        Some(Self { due_on: Some(due_on), due_at, promised_at })
    }

    /// A moment.
    pub const fn of_moment(due_at: Timestamp, promised_at: Timestamp) -> Self {
        Self { due_on: None, due_at, promised_at }
    }

    /// The first instant at which it is broken.
    pub const fn broken_at(&self) -> Timestamp {
        Timestamp::from_millis(self.due_at.millis() + KEPT_FOR_MS)
    }

    /// What people are told about it and when, earliest first: a day before, in the morning of the day (of a moment an
    /// hour before), and that it is broken. What would come before the date was said is left out.
    pub fn notices(&self, calendar: &CompiledCalendar) -> Vec<(RemedyNotice, Timestamp)> {
        let before = |millis: i64| Timestamp::from_millis(self.due_at.millis() - millis);
        let today = match self.due_on {
            Some(day) => calendar.add(day_start(calendar.zone(), day), 0).unwrap_or(self.due_at),
            None => before(HOUR_MS),
        };
        [
            (RemedyNotice::DayBefore, before(DAY_MS)),
            (RemedyNotice::Today, today.min(self.due_at)),
            (RemedyNotice::Late, self.broken_at()),
        ]
        .into_iter()
        .filter(|(_, at)| *at > self.promised_at)
        .collect()
    }
}

/// Something that people are told about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyNotice {
    /// In a day.
    DayBefore,
    /// Now.
    Today,
    /// It was not kept.
    Late,
}

/// A verdict on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemedyVerdict {
    /// Done no later than it was due.
    pub is_kept: bool,
    /// When it was done, or when its time was up.
    pub happened_at: Timestamp,
}

/// What a date comes to, once it is done or its time is up; none before that.
pub fn verdict(date: &RemedyDate, done_at: Option<Timestamp>, now: Timestamp) -> Option<RemedyVerdict> {
    match done_at {
        Some(done_at) if done_at < date.broken_at() => Some(RemedyVerdict { is_kept: true, happened_at: done_at }),
        Some(_) => Some(RemedyVerdict { is_kept: false, happened_at: date.due_at }),
        None if now >= date.broken_at() => Some(RemedyVerdict { is_kept: false, happened_at: date.due_at }),
        None => None,
    }
}

/// How something that was promised stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RemedyState {
    /// Not done, and its date has passed.
    Late,
    /// For today.
    Today,
    /// For a later day.
    Coming,
    /// Done.
    Done,
    /// The customer no longer wants it.
    GivenUp,
}

/// How an open one stands.
pub fn open_state(date: &RemedyDate, now: Timestamp, zone: Tz) -> RemedyState {
    if now >= date.broken_at() {
        RemedyState::Late
    } else if date.due_at.day_in(zone) <= now.day_in(zone) {
        RemedyState::Today
    } else {
        RemedyState::Coming
    }
}

/// One thing that was promised, as the report sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRemedy {
    /// What.
    pub kind: RemedyKind,
    /// Verdicts on its dates.
    pub verdicts: Vec<bool>,
    /// How it stands.
    pub state: RemedyState,
    /// What it cost beside the compensation of a resolution.
    pub cost: Money,
}

/// How dates were kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RemedyFigures {
    /// Which kind; none for all together.
    pub kind: Option<RemedyKind>,
    /// Things that were promised.
    pub promised: u32,
    /// Dates that were kept.
    pub kept: u32,
    /// Dates that were broken, done since or not.
    pub broken: u32,
    /// Kept of those that were judged, in hundredths of a per cent; none where nothing was judged.
    pub kept_bp: Option<u32>,
    /// Still to be done, late ones among them.
    pub open: u32,
    /// Still to be done and late.
    pub late: u32,
    /// No longer wanted.
    pub given_up: u32,
    /// What was spent beside compensations.
    pub cost_minor: Money,
}

/// The figures of all together and of every kind that was promised; nothing where nothing was.
pub fn figures(remedies: &[ReportRemedy]) -> Vec<RemedyFigures> {
    if remedies.is_empty() {
        return vec![];
    }
    let mut kinds: Vec<RemedyKind> = remedies.iter().map(|remedy| remedy.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    std::iter::once(None)
        .chain(kinds.into_iter().map(Some))
        .map(|kind| of_kind(kind, remedies.iter().filter(|remedy| kind.is_none_or(|kind| kind == remedy.kind))))
        .collect()
}

fn of_kind<'a>(kind: Option<RemedyKind>, remedies: impl Iterator<Item = &'a ReportRemedy>) -> RemedyFigures {
    let mut found = RemedyFigures { kind, ..RemedyFigures::default() };
    let mut cost = 0_i64;
    for remedy in remedies {
        found.promised += 1;
        for kept in &remedy.verdicts {
            if *kept { found.kept += 1 } else { found.broken += 1 }
        }
        found.open += u32::from(matches!(remedy.state, RemedyState::Late | RemedyState::Today | RemedyState::Coming));
        found.late += u32::from(remedy.state == RemedyState::Late);
        found.given_up += u32::from(remedy.state == RemedyState::GivenUp);
        cost = cost.saturating_add(remedy.cost.minor());
    }
    found.kept_bp = share(found.kept, found.kept + found.broken);
    found.cost_minor = Money::from_minor(cost);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::BusinessCalendar;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("an instant")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// Monday to Friday, 9–12 and 13–18.
    fn calendar() -> CompiledCalendar {
        let hours = [["09:00", "12:00"], ["13:00", "18:00"]].map(|interval| interval.map(str::to_owned)).to_vec();
        let weekly = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), hours.clone())).into();
        BusinessCalendar { tz: "Asia/Shanghai".into(), weekly, ..BusinessCalendar::default() }
            .compile()
            .expect("a calendar")
    }

    const SAID: &str = "2026-03-02T10:00:00+08:00";

    #[test]
    fn a_promised_day_ends_when_the_shop_closes_on_it() {
        let date = RemedyDate::of_day(&calendar(), day("2026-03-05"), at(SAID)).expect("a Thursday");
        assert_eq!(date.due_at, at("2026-03-05T18:00:00+08:00"));
    }

    #[test]
    fn a_day_without_hours_cannot_be_promised() {
        assert_eq!(RemedyDate::of_day(&calendar(), day("2026-03-07"), at(SAID)), None, "a Saturday");
    }

    #[test]
    fn a_date_is_kept_up_to_its_last_second_and_broken_after_it() {
        let date = RemedyDate::of_moment(at("2026-03-05T18:00:00+08:00"), at(SAID));
        let kept = |done: &str| verdict(&date, Some(at(done)), at("2026-03-09T10:00:00+08:00")).map(|it| it.is_kept);
        assert_eq!(kept("2026-03-05T18:00:00+08:00"), Some(true));
        assert_eq!(kept("2026-03-05T18:00:01+08:00"), Some(false));
    }

    #[test]
    fn a_date_that_passed_is_broken_at_its_due_time_whenever_somebody_looks() {
        let date = RemedyDate::of_moment(at("2026-03-05T18:00:00+08:00"), at(SAID));
        assert_eq!(verdict(&date, None, at("2026-03-05T18:00:00+08:00")), None, "the last second is still in time");
        let broken = RemedyVerdict { is_kept: false, happened_at: date.due_at };
        assert_eq!(verdict(&date, None, at("2026-03-05T18:00:01+08:00")), Some(broken));
        assert_eq!(verdict(&date, None, at("2026-04-30T09:00:00+08:00")), Some(broken));
    }

    #[test]
    fn people_are_told_a_day_before_in_the_morning_of_the_day_and_when_it_is_broken() {
        let date = RemedyDate::of_day(&calendar(), day("2026-03-05"), at(SAID)).expect("a Thursday");
        let expected = [
            (RemedyNotice::DayBefore, at("2026-03-04T18:00:00+08:00")),
            (RemedyNotice::Today, at("2026-03-05T09:00:00+08:00")),
            (RemedyNotice::Late, at("2026-03-05T18:00:01+08:00")),
        ];
        assert_eq!(date.notices(&calendar()), expected);
    }

    #[test]
    fn what_was_promised_for_the_same_morning_is_not_announced_beforehand() {
        let date = RemedyDate::of_moment(at("2026-03-02T10:30:00+08:00"), at(SAID));
        assert_eq!(date.notices(&calendar()), [(RemedyNotice::Late, at("2026-03-02T10:30:01+08:00"))]);
    }

    #[test]
    fn kept_and_broken_dates_are_counted_by_kind_and_a_share_only_where_something_was_judged() {
        let remedy = |kind, verdicts: &[bool], state, cost| ReportRemedy {
            kind,
            verdicts: verdicts.to_vec(),
            state,
            cost: Money::from_minor(cost),
        };
        let found = figures(&[
            remedy(RemedyKind::Repair, &[false, true], RemedyState::Done, 1_000),
            remedy(RemedyKind::Repair, &[false], RemedyState::Late, 0),
            remedy(RemedyKind::Resend, &[], RemedyState::Coming, 0),
        ]);
        let short: Vec<_> =
            found.iter().map(|it| (it.kind, it.kept, it.broken, it.kept_bp, it.open, it.late)).collect();
        assert_eq!(
            short,
            [
                (None, 1, 2, Some(3_333), 2, 1),
                (Some(RemedyKind::Repair), 1, 2, Some(3_333), 1, 1),
                (Some(RemedyKind::Resend), 0, 0, None, 1, 0),
            ]
        );
        assert_eq!(found.first().map(|all| all.cost_minor), Some(Money::from_minor(1_000)));
        assert_eq!(figures(&[]), []);
    }
}
