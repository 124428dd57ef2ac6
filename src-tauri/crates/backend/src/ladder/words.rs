//! The ladder in sentences: why this tier, what is missing, what changed.

use super::TierTags;
use crate::api::ladder::{MissingView, StandingView, TierChangeView};
use crate::app::Moment;
use crate::messages::{Language, say};
use crate::store::ladder::TierChange;
use crate::wording::{self, amount};
use shukebu_domain::ladder::{
    Cause, Change, Combine, DemotionStyle, Ladder, Missing, Review, Standing, Thresholds, Why, Window,
    deserved_on_entry,
};
use shukebu_domain::money::Money;

/// A standing as the screen shows it.
pub(super) fn standing(moment: &Moment, ladder: &Ladder, tags: &TierTags, standing: &Standing) -> StandingView {
    let tier = tags.of_name(&standing.tier);
    StandingView {
        since: standing.since,
        until: standing.until,
        grace_until: standing.grace_until,
        spend_minor: standing.qualifying.spend_minor,
        visits: standing.qualifying.visits,
        why: why(moment, ladder, standing),
        missing: standing.missing.as_ref().map(|next| missing(moment, ladder, tags, standing, next)),
        history: standing.history.iter().map(|step| replayed(moment.language, tags, step)).collect(),
        tier,
    }
}

fn why(moment: &Moment, ladder: &Ladder, standing: &Standing) -> String {
    let language = moment.language;
    let rank = ladder.rank_of(&standing.tier).unwrap_or(0);
    let key = match standing.why {
        Why::Lowest => "tier.why.lowest",
        Why::Earned if deserved_on_entry(ladder, &standing.qualifying) >= rank => "tier.why.earned",
        Why::Earned => "tier.why.kept",
        Why::Grace => "tier.why.grace",
        Why::Floor => "tier.why.floor",
        Why::Pin => "tier.why.pin",
    };
    let goals = goals(moment, ladder.enter(rank));
    let goal = joined(language, ladder.combine, &goals);
    let until = standing.grace_until.map(|day| wording::day(language, day)).unwrap_or_default();
    let asked = if rank == 0 { all_measures(ladder) } else { ladder.enter(rank) };
    say(
        language,
        key,
        &[
            ("window", &window(language, ladder.window)),
            ("counted", &counted(moment, asked, standing)),
            ("goal", &goal),
            ("tier", &standing.tier),
            ("until", &until),
        ],
    )
}

/// What counts today and what is missing to keep a tier, in one sentence.
pub(super) fn to_keep(moment: &Moment, ladder: &Ladder, standing: &Standing, missing: Option<&Missing>) -> String {
    let language = moment.language;
    let window = window(language, ladder.window);
    let Some(missing) = missing else {
        let counted = counted(moment, all_measures(ladder), standing);
        return say(language, "tier.why.lowest", &[("window", &window), ("counted", &counted)]);
    };
    let asked = ladder.keep(ladder.rank_of(&standing.tier).unwrap_or(0));
    let more = before_a_word(language, joined(language, ladder.combine, &pieces(moment, missing)));
    let counted = counted(moment, asked, standing);
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("window", &window), ("counted", &counted), ("more", &more), ("tier", &standing.tier)];
    say(language, "tier.to_keep", &values)
}

fn missing(moment: &Moment, ladder: &Ladder, tags: &TierTags, standing: &Standing, next: &Missing) -> MissingView {
    let language = moment.language;
    let rank = ladder.rank_of(&next.tier).unwrap_or(0);
    let more = before_a_word(language, joined(language, ladder.combine, &pieces(moment, next)));
    // Whoever has enough and still stands below was put there by hand.
    let is_reached = deserved_on_entry(ladder, &standing.qualifying) >= rank;
    let key = if is_reached { "tier.missing.nothing" } else { "tier.missing.more" };
    MissingView {
        tier: tags.of_name(&next.tier),
        spend_minor: next.spend_minor,
        visits: next.visits,
        points_earned: next.points_earned,
        progress: if is_reached { 100 } else { progress(standing, ladder.combine, ladder.enter(rank)) },
        text: say(language, key, &[("more", &more), ("tier", &next.tier)]),
    }
}

/// What is still missing, measure by measure: 再消费 ¥120, 再来 2 次, 再得 30 积分.
fn pieces(moment: &Moment, missing: &Missing) -> Vec<String> {
    let language = moment.language;
    let spend = missing.spend_minor.filter(|left| *left > Money::ZERO);
    let count = |key: &str, left: Option<i64>| {
        left.filter(|left| *left > 0).map(|left| say(language, key, &[("n", &wording::count(left))]))
    };
    [
        spend.map(|left| say(language, "tier.more.spend", &[("amount", &amount(moment, left))])),
        count("tier.more.visits", missing.visits),
        count("tier.more.points", missing.points_earned),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a tier asks for, measure by measure: ¥1,000, 12 次, 500 积分.
fn goals(moment: &Moment, asked: Thresholds) -> Vec<String> {
    let count =
        |key: &str, goal: Option<i64>| goal.map(|goal| say(moment.language, key, &[("n", &wording::count(goal))]));
    [
        asked.spend_minor.map(|goal| amount(moment, goal)),
        count("tier.goal.visits", asked.visits),
        count("tier.goal.points", asked.points_earned),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What counts today of the measures that are asked for: 消费 ¥1,200、到店 13 次.
fn counted(moment: &Moment, asked: Thresholds, standing: &Standing) -> String {
    let (language, have) = (moment.language, standing.qualifying);
    let count =
        |key: &str, asked: Option<i64>, have: i64| asked.map(|_| say(language, key, &[("n", &wording::count(have))]));
    let parts = [
        asked
            .spend_minor
            .map(|_| say(language, "tier.counted.spend", &[("amount", &amount(moment, have.spend_minor))])),
        count("tier.counted.visits", asked.visits, have.visits),
        count("tier.counted.points", asked.points_earned, have.points_earned),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(&say(language, "offer.list_join", &[]))
}

/// The measures that any tier looks at, and on the first step always what was spent and how often somebody came.
fn all_measures(ladder: &Ladder) -> Thresholds {
    let points_earned = ladder.uses_points().then_some(0);
    Thresholds { spend_minor: Some(Money::ZERO), visits: Some(0), points_earned }
}

/// Pieces with 且 or 或 between them; a figure stands apart from the Chinese words around it.
fn joined(language: Language, combine: Combine, pieces: &[String]) -> String {
    let joint = say(language, if combine == Combine::All { "tier.and" } else { "tier.or" }, &[]);
    let mut text = String::new();
    for piece in pieces {
        if !text.is_empty() {
            text = before_a_word(language, text) + &joint;
            if language != Language::English && piece.starts_with(|first: char| first.is_ascii_digit()) {
                text.push(' ');
            }
        }
        text.push_str(piece);
    }
    text
}

/// Between a figure and the Chinese word after it stands a space.
fn before_a_word(language: Language, text: String) -> String {
    let is_apart = language == Language::English || !text.ends_with(|last: char| last.is_ascii_digit());
    if is_apart { text } else { text + " " }
}

/// How much of the way to the next threshold is gone, 0–100: of the nearest measure where one is enough, of the farthest
/// where all are needed.
fn progress(standing: &Standing, combine: Combine, goal: Thresholds) -> u32 {
    let share = |have: i64, goal: i64| (have.max(0).saturating_mul(100) / goal.max(1)).min(100);
    let have = standing.qualifying;
    let spend = goal.spend_minor.map(|goal| share(have.spend_minor.minor(), goal.minor()));
    let visits = goal.visits.map(|goal| share(have.visits, goal));
    let points = goal.points_earned.map(|goal| share(have.points_earned, goal));
    let shares = spend.into_iter().chain(visits).chain(points);
    let gone = if combine == Combine::All { shares.min() } else { shares.max() };
    u32::try_from(gone.unwrap_or(0)).unwrap_or(0)
}

/// The rules of a ladder in one sentence: what decides, when people go up and when down.
pub(super) fn rules(moment: &Moment, ladder: &Ladder) -> String {
    let language = moment.language;
    let asked = |of: fn(&Thresholds) -> bool| (0..ladder.tiers.len()).any(|rank| of(&ladder.enter(rank)));
    let measures = [
        (asked(|enter| enter.spend_minor.is_some()), "ladder.measure.spend"),
        (asked(|enter| enter.visits.is_some()), "ladder.measure.visits"),
        (asked(|enter| enter.points_earned.is_some()), "ladder.measure.points"),
    ];
    let named: Vec<String> =
        measures.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, key)| say(language, key, &[])).collect();
    let down = if ladder.demotion.style == DemotionStyle::Never {
        say(language, "ladder.down.never", &[])
    } else {
        let when = match ladder.demotion.review {
            Review::Monthly => "ladder.review.monthly",
            Review::YearEnd => "ladder.review.year_end",
            Review::Continuous => "ladder.review.continuous",
        };
        let one_step = ladder.demotion.style == DemotionStyle::OneStep;
        let far = if one_step { say(language, "ladder.down.one_step", &[]) } else { String::new() };
        let key = if ladder.demotion.grace_days == 0 { "ladder.down.at_once" } else { "ladder.down.grace" };
        let days = ladder.demotion.grace_days;
        say(language, key, &[("review", &say(language, when, &[])), ("days", &days), ("far", &far)])
    };
    let measures = joined(language, ladder.combine, &named);
    let window = window(language, ladder.window);
    say(language, "ladder.sentence", &[("window", &window), ("measures", &measures), ("down", &down)])
}

fn replayed(language: Language, tags: &TierTags, step: &Change) -> TierChangeView {
    let (from, to) = (tags.of_name(&step.from), tags.of_name(&step.to));
    let key = if to.rank >= from.rank { "tier.up" } else { "tier.down" };
    let moved = say(language, key, &[("from", &step.from), ("to", &step.to)]);
    let cause = match step.why {
        Cause::Promotion => "tier.cause.promotion",
        Cause::Demotion => "tier.cause.demotion",
        Cause::Floor => "tier.cause.floor",
        Cause::Pin => "tier.cause.pin",
        Cause::Clear => "tier.cause.clear",
        Cause::ManualEnded => "tier.cause.manual_ended",
        Cause::NewRules => "tier.cause.new_rules",
    };
    TierChangeView {
        on: step.on,
        why: say(language, "tier.because", &[("moved", &moved), ("cause", &say(language, cause, &[]))]),
        from: Some(from),
        to,
    }
}

/// A remembered step as the receipt and the timeline show it.
pub(super) fn change(language: Language, tags: &TierTags, change: &TierChange) -> TierChangeView {
    let key = if change.to_rank >= change.from_rank { "tier.up" } else { "tier.down" };
    TierChangeView {
        on: change.on,
        why: say(language, key, &[("from", &change.from_name), ("to", &change.to_name)]),
        from: Some(tags.of_name(&change.from_name)),
        to: tags.of_name(&change.to_name),
    }
}

/// The window of a ladder in words.
pub(super) fn window(language: Language, window: Window) -> String {
    match window {
        Window::Lifetime => say(language, "window.lifetime", &[]),
        Window::RollingDays { n } => say(language, "window.days", &[("n", &n)]),
        Window::RollingMonths { n } => say(language, "window.months", &[("n", &n)]),
        Window::CalendarYear => say(language, "window.calendar_year", &[]),
        Window::SincePromotion { .. } => say(language, "window.since_promotion", &[]),
    }
}
