//! The priority of customers, 1 first to 5 last: of one with every step of it in words, of everybody for an order or a
//! list. Nothing of it is stored but what a person set: it follows the numbers of the day.

use super::placed::score_cuts;
use super::ready::{self, Ready};
use super::{latent, measures, policies};
use crate::api::books::Nothing;
use crate::api::priority::{PriorityLevelCount, PriorityLockView, PriorityRuleSave, PriorityRules, PriorityView};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::Result;
use crate::ladder::benefits::prior_tiers;
use crate::messages::say;
use crate::store;
use crate::store::priority::Priorities;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::policy::care_of;
use shukebu_domain::segmentation::priority::{FIRST, LAST, NEW_DAYS};
use shukebu_domain::segmentation::scheme::Needs;
use shukebu_domain::segmentation::{
    CareLevel, Measure, MeasureRef, PriorityFacts, PriorityReason, PriorityRule, PriorityStep, Scheme, SchemeCuts,
    ServicePolicy, Window, priority_level, priority_steps, score_points, value_score,
};
use std::cell::RefCell;

/// Setting: from which points on something counts.
const RULE: &str = "priority_rule";
const CONTRIBUTION: &str = "contribution";
const POTENTIAL: &str = "potential";

/// What the priorities of everybody are made from, read once.
struct Ground {
    rule: PriorityRule,
    /// The scheme of the value score, with its cut points.
    scores: Scheme,
    cuts: SchemeCuts,
    primary: Scheme,
    policies: Vec<ServicePolicy>,
}

impl Ground {
    fn read(connection: &Connection, moment: &Moment) -> Result<Self> {
        let (scores, primary) = (latent::scheme(connection), classes::primary(connection)?);
        Ok(Self {
            rule: rule(connection)?,
            cuts: score_cuts(connection, moment, &scores)?,
            policies: policies::policies(connection, &primary)?,
            scores,
            primary,
        })
    }

    fn needs(&self) -> Needs {
        let mut needs = self.scores.needs();
        needs.measures.insert(judgement());
        needs
    }

    /// Care of a class and kind; nobody who is spared by the class is served least.
    fn care(&self, class: &str, kind: Option<&str>) -> CareLevel {
        let policy = self.policies.iter().find(|policy| policy.class_key == class);
        policy.map_or(CareLevel::Standard, |policy| care_of(policy, kind))
    }
}

fn rule(connection: &Connection) -> Result<PriorityRule> {
    store::book::setting(connection, RULE, PriorityRule::default())
}

fn judgement() -> MeasureRef {
    MeasureRef::new(Measure::Judgement, Window::Lifetime)
}

/// The priority of one customer with every step that led there: constant work, for a card.
pub(crate) fn of_customer(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Option<PriorityView>> {
    let ground = Ground::read(connection, moment)?;
    let Some(person) = measures::of_one(connection, moment, moment.today, &ground.needs(), id)? else {
        return Ok(None);
    };
    let class = store::segmentation::class_of(connection, id)?;
    let standing = store::priority::standing_of(connection, id)?;
    let promising = prior_tiers(connection, moment)?;
    let tier = promising.into_iter().find(|(rank, _)| Some(*rank) == standing.tier_rank).map(|(_, name)| name);
    let points = |score: &str| value_score(&ground.scores, &ground.cuts, &person, score).and_then(|it| it.points);
    let facts = PriorityFacts {
        has_bought: person.first_on.is_some(),
        contribution: points(CONTRIBUTION),
        potential: points(POTENTIAL),
        care: class.key.as_deref().map_or(CareLevel::Standard, |key| ground.care(key, class.kind.as_deref())),
        judgement: person.judgement,
        is_new: person.first_on.is_some_and(|day| (moment.today - day).num_days() < NEW_DAYS),
        has_open_complaint: standing.has_open_complaint,
        is_promised: tier.is_some(),
    };
    let class = class.key.map(|key| classes::tag_of(&ground.primary, &key, moment.language)).transpose()?;
    let said = Said { class: class.map(|tag| tag.name).unwrap_or_default(), tier: tier.unwrap_or_default() };
    let steps = priority_steps(&ground.rule, &facts);
    let computed = steps.last().map_or(LAST, |step| step.level);
    let lock = store::priority::lock_of(connection, id, moment.today)?;
    Ok(Some(PriorityView {
        level: lock.as_ref().map_or(computed, |lock| lock.level),
        computed,
        lines: steps.iter().map(|step| said.line(moment, step)).collect(),
        lock: lock.map(|lock| PriorityLockView {
            reason: lock.reason,
            by: lock.by,
            since: lock.locked_at.day_in(moment.zone),
            until: lock.until,
        }),
    }))
}

/// What a step names.
struct Said {
    class: String,
    tier: String,
}

impl Said {
    fn line(&self, moment: &Moment, step: &PriorityStep) -> String {
        use PriorityReason as Why;
        let signed = |judgement: i8| if judgement > 0 { format!("+{judgement}") } else { format!("−{}", -judgement) };
        let (key, number) = match step.why {
            Why::NeverBought => ("priority.never_bought", String::new()),
            Why::NothingToCompare => ("priority.nothing_to_compare", String::new()),
            Why::Contribution(points) => ("priority.contribution", points.to_string()),
            Why::Potential(points) => ("priority.potential", points.to_string()),
            Why::FineCare => ("priority.fine_care", String::new()),
            Why::LowestCare => ("priority.lowest_care", String::new()),
            Why::Judgement(judgement) if judgement > 0 => ("priority.judged_well", signed(judgement)),
            Why::Judgement(judgement) => ("priority.judged_badly", signed(judgement)),
            Why::New => ("priority.new", NEW_DAYS.to_string()),
            Why::OpenComplaint => ("priority.open_complaint", String::new()),
            Why::Promised => ("priority.promised", String::new()),
        };
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("level", &step.level), ("n", &number), ("class", &self.class), ("tier", &self.tier)];
        say(moment.language, key, &values)
    }
}

/// What everybody had when they were last asked for; holds until something is written or the day is over.
struct Known {
    written: (u64, u64),
    today: NaiveDate,
    priorities: Priorities,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// The priority of everybody: one pass over the numbers that are ready.
pub(crate) fn priorities(connection: &Connection, moment: &Moment) -> Result<Priorities> {
    let (written, today) = (store::changes::written(connection), moment.today);
    // What is seen inside a transaction may never have been.
    let may_keep = connection.is_autocommit();
    let holds = |known: &&Known| may_keep && known.written == written && known.today == today;
    if let Some(known) = KNOWN.with_borrow(|known| known.as_ref().filter(holds).map(|it| it.priorities.clone())) {
        return Ok(known);
    }
    let ground = Ground::read(connection, moment)?;
    let priorities: Priorities = ready::with(connection, moment, &ground.needs(), |ready| {
        let levels = of_rows(connection, moment, &ground, ready)?;
        Ok(ready.table.customers().iter().copied().zip(levels).collect())
    })?;
    if may_keep {
        KNOWN.set(Some(Known { written, today, priorities: priorities.clone() }));
    }
    Ok(priorities)
}

/// By row of the numbers.
fn of_rows(connection: &Connection, moment: &Moment, ground: &Ground, ready: &mut Ready) -> Result<Vec<u8>> {
    let contribution = score_points(&ground.scores, &ground.cuts, &ready.table, CONTRIBUTION)?;
    let potential = score_points(&ground.scores, &ground.cuts, &ready.table, POTENTIAL)?;
    let mut is_promised = vec![false; ready.table.len()];
    for (rank, _) in prior_tiers(connection, moment)? {
        ready.mark(&mut is_promised, store::priority::on_tier(connection, rank)?);
    }
    let mut complains = vec![false; ready.table.len()];
    ready.mark(&mut complains, store::priority::complaining(connection)?);
    let first_on: Vec<_> = ready.days().iter().map(|days| days.first).collect();
    let (table, standing) = ready.standing(connection, &ground.primary)?;
    let cares = standing.by_place(|class, kind| ground.care(class, kind));
    let judged = table.numbers(&judgement());
    let mut levels = Vec::with_capacity(table.len());
    for (row, first_on) in first_on.into_iter().enumerate() {
        let facts = PriorityFacts {
            has_bought: first_on.is_some(),
            contribution: contribution.get(row).copied().flatten(),
            potential: potential.get(row).copied().flatten(),
            care: standing.look_up(row, &cares).unwrap_or(CareLevel::Standard),
            judgement: judged.at(row).and_then(|judgement| i8::try_from(judgement).ok()),
            is_new: first_on.is_some_and(|day| (moment.today - day).num_days() < NEW_DAYS),
            has_open_complaint: complains.get(row).copied().unwrap_or(false),
            is_promised: is_promised.get(row).copied().unwrap_or(false),
        };
        levels.push(priority_level(&ground.rule, &facts));
    }
    for (id, level) in store::priority::locked(connection, moment.today)? {
        if let Some(set) = table.row_of(id).and_then(|row| levels.get_mut(row)) {
            *set = level;
        }
    }
    Ok(levels)
}

/// From which points on something counts, and how many customers have which priority.
///
/// # Errors
/// `Locked` while no book is open.
pub fn priority_rules(app: &App, _: Nothing) -> Result<PriorityRules> {
    app.read(|connection, moment| {
        let everybody = priorities(connection, moment)?;
        let people = |level: u8| everybody.who(|found| found == level).len() as i64;
        Ok(PriorityRules {
            rule: rule(connection)?,
            levels: (FIRST..=LAST).map(|level| PriorityLevelCount { level, people: people(level) }).collect(),
            by_hand: store::priority::locked(connection, moment.today)?.len() as i64,
        })
    })
}

/// Says from which points on something counts.
///
/// # Errors
/// Points outside 1 to 100 or out of order.
pub fn priority_rules_save(app: &App, input: PriorityRuleSave) -> Result<PriorityRules> {
    input.rule.check()?;
    app.write(Op::new("service.change"), move |tx, moment| {
        store::book::set_setting(tx, RULE, input.rule, moment.now)?;
        Ok(Written::many("priority_rule").detail(json!({ "rule": input.rule })))
    })?;
    priority_rules(app, Nothing {})
}
