//! The rules for points, with the day from which they hold. Rules of a day on which points have moved are never
//! changed: a refund computes what its sale owes by the rules of the sale's day.

use crate::api::books::Nothing;
use crate::api::points::{PointsRules, PointsRulesChange, PointsRulesVersion};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::error::FieldError;
use shukebu_domain::points::{Rules, RulesVersion};

/// All versions, oldest first; before the first one that was set the rules of a new book hold.
pub(super) fn versions(connection: &Connection) -> Result<Vec<RulesVersion>> {
    let mut versions = vec![RulesVersion { effective_on: NaiveDate::MIN, rules: Rules::default() }];
    versions.extend(store::points::rules(connection)?);
    Ok(versions)
}

/// The rules of a day.
pub(crate) fn on(connection: &Connection, day: NaiveDate) -> Result<Rules> {
    let versions = versions(connection)?;
    let found = versions.into_iter().rev().find(|version| version.effective_on <= day);
    Ok(found.map(|version| version.rules).unwrap_or_default())
}

/// The rules that hold, and those that will.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<PointsRules> {
    app.read(|connection, moment| {
        let set = store::points::rules(connection)?;
        let holds = set.iter().rev().find(|version| version.effective_on <= moment.today);
        Ok(PointsRules {
            rules: holds.map(|version| version.rules.clone()).unwrap_or_default(),
            effective_on: holds.map(|version| version.effective_on),
            upcoming: set
                .iter()
                .filter(|version| version.effective_on > moment.today)
                .map(|version| PointsRulesVersion { effective_on: version.effective_on, rules: version.rules.clone() })
                .collect(),
            earliest_on: earliest(connection, moment)?,
        })
    })
}

/// Today as long as no points have moved today, else tomorrow.
fn earliest(connection: &Connection, moment: &Moment) -> Result<NaiveDate> {
    let last = store::points::last_event_on(connection)?;
    let day_after = last.and_then(|last| last.succ_opt()).unwrap_or(moment.today);
    Ok(day_after.max(moment.today))
}

/// Keeps new rules from a day on. Lots that were given keep the life they were given.
///
/// # Errors
/// Rules that cannot be kept, a day before the first one possible.
pub fn change(app: &App, input: PointsRulesChange) -> Result<PointsRules> {
    input.rules.check()?;
    app.write(Op::new("settings.points_rules").keyed(input.client_key.clone()), move |tx, moment| {
        let earliest = earliest(tx, moment)?;
        let effective_on = input.effective_on.unwrap_or(earliest);
        if effective_on < earliest {
            let problem = FieldError::new("effective_on", "points.rules_too_early");
            return Err(ApiError::from(problem.with("earliest", earliest)));
        }
        let version = RulesVersion { effective_on, rules: input.rules.clone() };
        store::points::insert_rules(tx, &version, moment.session.staff, moment.now)?;
        Ok(Written::many("points_rules").detail(json!({ "effective_on": effective_on })))
    })?;
    get(app, Nothing {})
}
