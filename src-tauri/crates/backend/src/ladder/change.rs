//! The ladder as the screen shows it, and new rules: who would move and what it would cost is known before anything is
//! saved, also while a threshold is dragged.

use super::people::{self, Person};
use super::{after_many, current, tags_of, words};
use crate::api::books::Nothing;
use crate::api::ladder::{LadderChange, LadderMover, LadderPreview, LadderStep, LadderView};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::benefit::{self, Benefit, ByTier, Kind};
use shukebu_domain::customer::clean_line;
use shukebu_domain::error::RuleError;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{
    Aggregate, Figures, Ladder, LadderVersion, Thresholds, Tier, preview as count_moves, would_be,
};
use shukebu_domain::money::Money;
use shukebu_domain::points::{EarnRule, Rules};

const SHOWN_MOVERS: usize = 50;

/// The ladder with the people on it.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<LadderView> {
    let ladder = app.read(|connection, moment| current(&store::ladder::versions(connection)?, moment.today))?;
    let people = people::of(app, &ladder)?;
    app.read_in_background(move |connection, moment| view(connection, moment, &ladder, &people))
}

fn view(connection: &Connection, moment: &Moment, ladder: &Ladder, people: &[Person]) -> Result<LadderView> {
    let versions = store::ladder::versions(connection)?;
    let tags = tags_of(ladder);
    let mut benefits = store::ladder::benefits_on(connection, moment.today)?;
    let steps = ladder
        .tiers
        .iter()
        .enumerate()
        .map(|(rank, tier)| {
            let (enter, keep) = (ladder.enter(rank), ladder.keep(rank));
            let on_step = people.iter().filter(|person| person.aggregate.tier == rank);
            LadderStep {
                tier: tags.of_rank(u32::try_from(rank).unwrap_or(0)),
                enter_spend_minor: enter.spend_minor,
                enter_visits: enter.visits,
                enter_points: enter.points_earned,
                keep_spend_minor: keep.spend_minor,
                keep_visits: keep.visits,
                keep_points: keep.points_earned,
                benefits: benefits.remove(&tier.name).unwrap_or_default(),
                people: count(on_step.clone().count()),
                near_next: count(
                    on_step.filter(|person| is_near_next(ladder, rank, &person.aggregate.figures)).count(),
                ),
            }
        })
        .collect();
    let in_grace = people.iter().filter(|person| would_be(ladder, &person.aggregate) < person.aggregate.tier);
    Ok(LadderView {
        steps,
        sentence: words::rules(moment, ladder),
        effective_on: versions
            .iter()
            .rev()
            .find(|version| version.effective_on <= moment.today)
            .map_or(moment.today, |version| version.effective_on),
        combine: ladder.combine,
        window: ladder.window,
        visit_minimum_minor: ladder.visit_minimum_minor,
        demotion: ladder.demotion,
        in_grace: count(in_grace.count()),
        next_version_on: versions.iter().map(|version| version.effective_on).find(|on| *on > moment.today),
    })
}

/// Whether at most a fifth of the next threshold is missing.
fn is_near_next(ladder: &Ladder, rank: usize, figures: &Figures) -> bool {
    let goal = ladder.enter(rank + 1);
    if rank + 1 >= ladder.tiers.len() {
        return false;
    }
    let near = |have: i64, goal: i64| goal > 0 && have.saturating_mul(5) >= goal.saturating_mul(4) && have < goal;
    goal.spend_minor.is_some_and(|goal| near(figures.spend_minor.minor(), goal.minor()))
        || goal.visits.is_some_and(|goal| near(figures.visits, goal))
        || goal.points_earned.is_some_and(|goal| near(figures.points_earned, goal))
}

/// Who would move if these rules held; nothing is saved.
///
/// # Errors
/// Thresholds that do not rise with rank, names that are empty or repeat, benefits that cannot be kept.
pub fn preview(app: &App, input: LadderChange) -> Result<LadderPreview> {
    let (before, gives, rules) = app.read(|connection, moment| {
        Ok((
            current(&store::ladder::versions(connection)?, moment.today)?,
            store::ladder::benefits_on(connection, moment.today)?,
            crate::points::rules_on(connection, moment.today)?,
        ))
    })?;
    let (after, would_give) = changed(&before, &gives, &input)?;
    let people = people::of(app, &after)?;
    let rank = |held: Option<usize>| held.map(|held| rank_in(&before, held, &after));
    let aggregates: Vec<Aggregate> = people
        .iter()
        .map(|person| Aggregate {
            tier: rank_in(&before, person.aggregate.tier, &after),
            floor: rank(person.aggregate.floor),
            pin: rank(person.aggregate.pin),
            ..person.aggregate
        })
        .collect();
    let counted = count_moves(&after, &aggregates);
    let was = costs(&before, &gives, &rules);
    let will = costs(&after, &would_give, &rules);
    let mut cost = 0_i128;
    let mut movers: Vec<(usize, usize, CustomerId)> = vec![];
    for (person, aggregate) in people.iter().zip(&aggregates) {
        let to = would_be(&after, aggregate);
        let rate = |rates: &[i128], rank: usize| rates.get(rank).copied().unwrap_or(0);
        cost += (rate(&will, to) - rate(&was, person.aggregate.tier)) * i128::from(person.year.minor());
        if aggregate.tier != to {
            movers.push((aggregate.tier, to, person.id));
        }
    }
    movers.sort_by_key(|(from, to, id)| (std::cmp::Reverse(from.abs_diff(*to)), *id));
    movers.truncate(SHOWN_MOVERS);
    let number = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
    let (up, down) = (number(counted.up), number(counted.down));
    let people = counted.tiers.iter().map(|tier| number(tier.then)).collect();
    let cost_minor = Money::from_minor(i64::try_from(cost / COST_BASE).unwrap_or(i64::MAX));
    app.read(move |connection, _| {
        let movers = movers
            .into_iter()
            .map(|(from, to, id)| {
                let name = store::customers::get(connection, id)?.name;
                Ok(LadderMover { id, name, from: after.name_of(from).to_owned(), to: after.name_of(to).to_owned() })
            })
            .collect::<Result<_>>()?;
        Ok(LadderPreview { up, down, people, movers, cost_minor })
    })
}

/// What a yuan of spend costs on each tier, over [`COST_BASE`]: the discount, and points at what they are worth.
const COST_BASE: i128 = 1_000_000_000_000;

fn costs(ladder: &Ladder, gives: &ByTier, rules: &Rules) -> Vec<i128> {
    let per_minor: i128 = rules
        .earn
        .iter()
        .map(|rule| match rule {
            EarnRule::PerAmount { points, per_minor, category: None, item: None } => {
                i128::from(points.0) * 1_000_000 / i128::from(per_minor.minor().max(1))
            }
            EarnRule::PerAmount { .. } | EarnRule::Bonus { .. } => 0,
        })
        .sum();
    let worth = rules
        .redeem
        .map_or(0, |redeem| i128::from(redeem.worth_minor.minor()) * 1_000_000 / i128::from(redeem.points.0.max(1)));
    let of_tier = |tier: &Tier| {
        let (mut discount, mut multiplier) = (0_i128, i128::from(rules.multiplier_bp));
        for benefit in gives.get(&tier.name).into_iter().flatten() {
            match benefit.kind {
                Kind::Discount { rate_bp } => discount = i128::from(rate_bp),
                Kind::Multiplier { rate_bp } => multiplier = i128::from(rate_bp),
                _ => {}
            }
        }
        discount * (COST_BASE / 10_000) + per_minor * worth * multiplier / 10_000
    };
    ladder.tiers.iter().map(of_tier).collect()
}

/// Saves new rules as a version that holds from a day on. Whoever reaches a higher tier has it at once; nobody is demoted
/// by saving, only a review takes a tier.
///
/// # Errors
/// As [`preview`]; a first day that is over.
pub fn change(app: &App, input: LadderChange) -> Result<LadderView> {
    app.write(Op::new("ladder.change").keyed(input.client_key.clone()), move |tx, moment| {
        let before = current(&store::ladder::versions(tx)?, moment.today)?;
        let gives = store::ladder::benefits_on(tx, moment.today)?;
        let effective_on = input.effective_on.unwrap_or(moment.today);
        if effective_on < moment.today {
            return Err(ApiError::field("effective_on", "date.over"));
        }
        let (ladder, benefits) = changed(&before, &gives, &input)?;
        let version = LadderVersion { effective_on, ladder };
        store::ladder::insert_version(tx, &version, &benefits, moment.session.staff, moment.now)?;
        let everybody = store::ladder::everybody(tx)?;
        after_many(tx, moment, &everybody)?;
        let detail = json!({ "tiers": version.ladder.tiers.len(), "effective_on": effective_on });
        Ok(Written::many("ladder").detail(detail).reindex_all())
    })?;
    get(app, Nothing {})
}

/// The ladder and the benefits with a change; what the change leaves out stays.
fn changed(before: &Ladder, gives: &ByTier, input: &LadderChange) -> Result<(Ladder, ByTier)> {
    let mut benefits: Vec<Vec<Benefit>> = vec![];
    let tiers = input
        .steps
        .iter()
        .enumerate()
        .map(|(rank, step)| {
            let enter = Thresholds {
                spend_minor: step.enter_spend_minor,
                visits: step.enter_visits,
                points_earned: step.enter_points,
            };
            let given = Thresholds {
                spend_minor: step.keep_spend_minor,
                visits: step.keep_visits,
                points_earned: step.keep_points,
            };
            let keep = if given.is_empty() { kept_by_default(&enter) } else { given };
            let is_open = enter.is_empty();
            let name = clean_line(&step.name);
            // A tier that is called otherwise now is found by its place.
            let old = gives.get(&name).or_else(|| gives.get(&before.tiers.get(rank)?.name));
            benefits.push(step.benefits.clone().or_else(|| old.cloned()).unwrap_or_default());
            Tier { name, enter: (!is_open).then_some(enter), keep: (!is_open).then_some(keep) }
        })
        .collect();
    let after = Ladder {
        tiers,
        combine: input.combine.unwrap_or(before.combine),
        window: input.window.unwrap_or(before.window),
        visit_minimum_minor: input.visit_minimum_minor.unwrap_or(before.visit_minimum_minor),
        demotion: input.demotion.unwrap_or(before.demotion),
    };
    after.check().map_err(at_steps)?;
    let lists: Vec<&[Benefit]> = benefits.iter().map(Vec::as_slice).collect();
    benefit::check(&lists)?;
    let by_tier = after.tiers.iter().map(|tier| tier.name.clone()).zip(benefits).collect();
    Ok((after, by_tier))
}

/// The fields of a ladder as the input calls them.
fn at_steps(refused: RuleError) -> RuleError {
    let RuleError::Invalid(mut fields) = refused else { return refused };
    for field in &mut fields {
        let Some(rest) = field.field.strip_prefix("tiers.") else { continue };
        let (rank, part) = rest.split_once('.').unwrap_or((rest, ""));
        let part = match part {
            // A tier without any threshold: the amount is where people look first.
            "enter" => "enter_spend_minor".to_owned(),
            other => other.replace('.', "_").replace("points_earned", "points"),
        };
        field.field = format!("steps.{rank}.{part}");
    }
    RuleError::Invalid(fields)
}

/// Keeping a tier takes 60 % of entering it (rules C 4).
fn kept_by_default(enter: &Thresholds) -> Thresholds {
    let count = |goal: i64| goal.saturating_mul(6).saturating_add(9) / 10;
    Thresholds {
        spend_minor: enter.spend_minor.and_then(|goal| Money::round_half_up(i128::from(goal.minor()) * 6, 10)),
        visits: enter.visits.map(count),
        points_earned: enter.points_earned.map(count),
    }
}

/// The rank that a tier of one ladder has in another: by name, else as high as the other goes.
fn rank_in(before: &Ladder, rank: usize, after: &Ladder) -> usize {
    after.rank_of(before.name_of(rank)).unwrap_or_else(|| rank.min(after.tiers.len().saturating_sub(1)))
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
