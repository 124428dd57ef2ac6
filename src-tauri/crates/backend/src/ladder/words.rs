//! The ladder in sentences: why this tier, what is missing, what changed.

use super::TierTags;
use crate::api::ladder::{MissingView, StandingView, TierChangeView};
use crate::app::Moment;
use crate::messages::{Language, say};
use crate::store::ladder::TierChange;
use crate::wording::amount;
use shukebu_domain::ladder::{Change, Ladder, Missing, Standing, Thresholds, Why, Window};
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
    let window = window(language, ladder.window);
    let spend = amount(moment, standing.qualifying.spend_minor);
    let visits = standing.qualifying.visits;
    let rank = ladder.rank_of(&standing.tier).unwrap_or(0);
    let goal = ladder.enter(rank).spend_minor.map(|goal| amount(moment, goal)).unwrap_or_default();
    let key = match standing.why {
        Why::Lowest => "tier.why.lowest",
        Why::Earned if ladder.enter(rank).spend_minor.is_some_and(|goal| standing.qualifying.spend_minor >= goal) => {
            "tier.why.earned"
        }
        Why::Earned => "tier.why.kept",
        Why::Grace => "tier.why.grace",
        Why::Floor => "tier.why.floor",
        Why::Pin => "tier.why.pin",
    };
    let until = standing.grace_until.map(|day| crate::wording::day(language, day)).unwrap_or_default();
    say(
        language,
        key,
        &[
            ("window", &window),
            ("spend", &spend),
            ("visits", &visits),
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
    let spend = amount(moment, standing.qualifying.spend_minor);
    let visits = standing.qualifying.visits;
    let Some(missing) = missing else {
        return say(language, "tier.why.lowest", &[("window", &window), ("spend", &spend), ("visits", &visits)]);
    };
    let left = missing.spend_minor.filter(|left| *left > Money::ZERO).map(|left| amount(moment, left));
    let times = missing.visits.filter(|left| *left > 0);
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("window", &window),
        ("spend", &spend),
        ("visits", &visits),
        ("left", left.as_ref().map_or(&"" as &dyn std::fmt::Display, |left| left)),
        ("times", &times.unwrap_or(0)),
        ("tier", &standing.tier),
    ];
    let key = match (&left, times) {
        (Some(_), None) => "tier.to_keep.spend",
        (None, Some(_)) => "tier.to_keep.visits",
        _ => "tier.to_keep.both",
    };
    say(language, key, &values)
}

fn missing(moment: &Moment, ladder: &Ladder, tags: &TierTags, standing: &Standing, next: &Missing) -> MissingView {
    let language = moment.language;
    let spend = next.spend_minor.filter(|left| *left > Money::ZERO);
    let visits = next.visits.filter(|left| *left > 0);
    let spend_text = spend.map(|left| amount(moment, left)).unwrap_or_default();
    let key = match (spend, visits) {
        (Some(_), Some(_)) if ladder.combine == shukebu_domain::ladder::Combine::All => "tier.missing.both",
        (Some(_), Some(_)) => "tier.missing.either",
        (None, Some(_)) => "tier.missing.visits",
        _ => "tier.missing.spend",
    };
    let goal = ladder.rank_of(&next.tier).map(|rank| ladder.enter(rank)).unwrap_or_default();
    MissingView {
        tier: tags.of_name(&next.tier),
        spend_minor: next.spend_minor,
        visits: next.visits,
        progress: progress(standing, goal),
        text: say(language, key, &[("spend", &spend_text), ("visits", &visits.unwrap_or(0)), ("tier", &next.tier)]),
    }
}

/// How much of the way to the next threshold is gone, 0–100.
fn progress(standing: &Standing, goal: Thresholds) -> u32 {
    let share = |have: i64, goal: i64| (have.max(0).saturating_mul(100) / goal.max(1)).min(100);
    let spend = goal.spend_minor.map(|goal| share(standing.qualifying.spend_minor.minor(), goal.minor()));
    let visits = goal.visits.map(|goal| share(standing.qualifying.visits, goal));
    u32::try_from(spend.into_iter().chain(visits).max().unwrap_or(0)).unwrap_or(0)
}

fn replayed(language: Language, tags: &TierTags, step: &Change) -> TierChangeView {
    let (from, to) = (tags.of_name(&step.from), tags.of_name(&step.to));
    let key = if to.rank >= from.rank { "tier.up" } else { "tier.down" };
    TierChangeView {
        on: step.on,
        why: say(language, key, &[("from", &step.from), ("to", &step.to)]),
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
