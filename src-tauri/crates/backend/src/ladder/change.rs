//! The ladder as the screen shows it, and new thresholds: who would move is known before anything is saved.

use super::{after_many, current, tags_of, words};
use crate::api::books::Nothing;
use crate::api::ladder::{LadderChange, LadderMover, LadderPreview, LadderStep, LadderView};
use crate::app::{App, Moment, Op, Written};
use crate::error::Result;
use crate::messages::say;
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::clean_line;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{
    Aggregate, Figures, Ladder, LadderVersion, Position, Thresholds, Tier, Window, preview as count_moves,
    window_start, would_be,
};
use shukebu_domain::money::Money;

const SHOWN_MOVERS: usize = 50;

/// The ladder with the people on it.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<LadderView> {
    app.read_in_background(view)
}

fn view(connection: &Connection, moment: &Moment) -> Result<LadderView> {
    let versions = store::ladder::versions(connection)?;
    let ladder = current(&versions, moment.today)?;
    let tags = tags_of(&ladder);
    let people = people(connection, moment, &ladder)?;
    let steps = (0..ladder.tiers.len())
        .map(|rank| {
            let (enter, keep) = (ladder.enter(rank), ladder.keep(rank));
            let on_step = people.iter().filter(|person| person.aggregate.tier == rank);
            LadderStep {
                tier: tags.of_rank(u32::try_from(rank).unwrap_or(0)),
                enter_spend_minor: enter.spend_minor,
                enter_visits: enter.visits,
                keep_spend_minor: keep.spend_minor,
                people: count(on_step.clone().count()),
                near_next: count(
                    on_step.filter(|person| is_near_next(&ladder, rank, &person.aggregate.figures)).count(),
                ),
            }
        })
        .collect();
    let window = words::window(moment.language, ladder.window);
    Ok(LadderView {
        steps,
        sentence: say(moment.language, "ladder.sentence", &[("window", &window)]),
        effective_on: versions
            .iter()
            .rev()
            .find(|version| version.effective_on <= moment.today)
            .map_or(moment.today, |version| version.effective_on),
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
}

/// Who would move if these thresholds held; nothing is saved.
///
/// # Errors
/// Thresholds that do not rise with rank, names that are empty or repeat.
pub fn preview(app: &App, input: LadderChange) -> Result<LadderPreview> {
    app.read_in_background(move |connection, moment| {
        let before = current(&store::ladder::versions(connection)?, moment.today)?;
        let after = changed(&before, &input)?;
        let people = people(connection, moment, &after)?;
        let aggregates: Vec<Aggregate> = people
            .iter()
            .map(|person| Aggregate { tier: rank_in(&before, person.aggregate.tier, &after), ..person.aggregate })
            .collect();
        let counted = count_moves(&after, &aggregates);
        let mut movers: Vec<(usize, usize, CustomerId)> = people
            .iter()
            .zip(&aggregates)
            .map(|(person, aggregate)| (aggregate.tier, would_be(&after, aggregate), person.id))
            .filter(|(from, to, _)| from != to)
            .collect();
        movers.sort_by_key(|(from, to, id)| (std::cmp::Reverse(from.abs_diff(*to)), *id));
        movers.truncate(SHOWN_MOVERS);
        let movers = movers
            .into_iter()
            .map(|(from, to, id)| {
                let name = store::customers::get(connection, id)?.name;
                Ok(LadderMover { id, name, from: after.name_of(from).to_owned(), to: after.name_of(to).to_owned() })
            })
            .collect::<Result<_>>()?;
        let number = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
        Ok(LadderPreview {
            up: number(counted.up),
            down: number(counted.down),
            people: counted.tiers.iter().map(|tier| number(tier.then)).collect(),
            movers,
        })
    })
}

/// Saves new thresholds as a version that holds from today; everybody is placed by them in the same transaction.
///
/// # Errors
/// As [`preview`].
pub fn change(app: &App, input: LadderChange) -> Result<LadderView> {
    app.write(Op::new("ladder.change").keyed(input.client_key.clone()), move |tx, moment| {
        let before = current(&store::ladder::versions(tx)?, moment.today)?;
        let version = LadderVersion { effective_on: moment.today, ladder: changed(&before, &input)? };
        store::ladder::insert_version(tx, &version, moment.session.staff, moment.now)?;
        let everybody = store::ladder::everybody(tx)?;
        after_many(tx, moment, &everybody)?;
        Ok(Written::many("ladder").detail(json!({ "tiers": version.ladder.tiers.len() })).reindex_all())
    })?;
    get(app, Nothing {})
}

/// The ladder with the steps of a change; window, demotion and keep shares stay.
fn changed(before: &Ladder, input: &LadderChange) -> Result<Ladder> {
    let tiers = input
        .steps
        .iter()
        .map(|step| {
            let enter =
                Thresholds { spend_minor: step.enter_spend_minor, visits: step.enter_visits, points_earned: None };
            // Keeping a tier takes 60 % of entering it (rules C 4).
            let keep = Thresholds {
                spend_minor: step
                    .enter_spend_minor
                    .and_then(|goal| Money::round_half_up(i128::from(goal.minor()) * 6, 10)),
                visits: step.enter_visits.map(|goal| (goal * 6 + 9) / 10),
                points_earned: None,
            };
            let is_open = enter.is_empty();
            Tier { name: clean_line(&step.name), enter: (!is_open).then_some(enter), keep: (!is_open).then_some(keep) }
        })
        .collect();
    let after = Ladder { tiers, ..before.clone() };
    after.check()?;
    Ok(after)
}

/// The rank that a tier of one ladder has in another: by name, else as high as the other goes.
fn rank_in(before: &Ladder, rank: usize, after: &Ladder) -> usize {
    after.rank_of(before.name_of(rank)).unwrap_or_else(|| rank.min(after.tiers.len().saturating_sub(1)))
}

struct Person {
    id: CustomerId,
    aggregate: Aggregate,
}

/// Everybody with the figures of the ladder's window.
fn people(connection: &Connection, moment: &Moment, ladder: &Ladder) -> Result<Vec<Person>> {
    let after = match ladder.window {
        Window::SincePromotion { .. } => None,
        window => window_start(window, &Position::default(), moment.today),
    };
    let rows = store::ladder::window_figures(connection, after, ladder.visit_minimum_minor)?;
    Ok(rows
        .into_iter()
        .map(|row| Person {
            id: row.customer,
            aggregate: Aggregate {
                tier: usize::try_from(row.rank).unwrap_or(0),
                figures: Figures { spend_minor: row.spend, visits: row.visits, points_earned: 0 },
                floor: None,
                pin: None,
            },
        })
        .collect())
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
