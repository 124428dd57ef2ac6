//! Writes the rows of points that ended. Reading never waits for it: what has ended is over on its own day, and the
//! row counts on that day, whenever it is written. Twice a day or after three months, the rows are the same.

use super::account::Open;
use crate::app::{App, Op, Written};
use crate::error::Result;
use crate::store;
use crate::store::points::Which;
use serde_json::json;

/// Writes what has ended by today. Answers how many customers it touched.
///
/// # Errors
/// As every write.
pub fn run_if_due(app: &App) -> Result<usize> {
    let due = app.read_in_background(|connection, moment| {
        // A clock that stands before the last moment seen judges nothing.
        if store::book::last_seen(connection)? > moment.now {
            return Ok(vec![]);
        }
        store::points::with_ended(connection, moment.today)
    })?;
    if due.is_empty() {
        return Ok(0);
    }
    let people = due.len();
    app.write(Op::new("points.expire").in_background(), move |tx, moment| {
        for customer in &due {
            let mut open = Open::load(tx, *customer, Which::Over(moment.today))?;
            open.expire(moment.today);
            open.save(tx, moment, *customer, None)?;
        }
        Ok(Written::many("points").detail(json!({ "people": due.len() })))
    })?;
    Ok(people)
}
