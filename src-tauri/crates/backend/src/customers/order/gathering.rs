//! The cells by which everybody is put in order, gathered in pieces. One pass over a large shop would hold the book's thread for
//! longer than anybody at the counter notices; between two pieces the counter is served.

use super::{HangsOn, Places, Readings, classes_for, compared, is_everybody, known, own_column, question_of};
use crate::api::columns::TableColumn;
use crate::api::customers::CustomerFilter;
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::cell::RefCell;

/// Customers in a piece: a few milliseconds of the thread.
const PIECE: usize = 1_000;
/// How often it begins anew because profiles were written meanwhile; then the order is made at once.
const TRIES: u32 = 3;

/// What was gathered so far.
pub(super) struct Gathered {
    question: String,
    /// What was written when it began of what the order hangs on.
    pub written: (u64, u64),
    pub places: Places,
    last: CustomerId,
    is_whole: bool,
}

thread_local! {
    static GATHERED: RefCell<Option<Gathered>> = const { RefCell::new(None) };
}

/// Gathers what the order of a filter needs, where no index has it and nobody knows it.
pub(super) fn gather(app: &App, filter: &CustomerFilter) -> Result<()> {
    // What follows the numbers is ready in memory.
    let is_ready = |column: TableColumn| store::columns::has_index(column) || column.follows_numbers();
    if filter.sort.is_none_or(is_ready) || !is_everybody(filter) {
        return Ok(());
    }
    let mut begun = 0;
    loop {
        let filter = filter.clone();
        let step =
            app.read_in_background(move |connection, moment| piece(connection, moment, &filter, begun < TRIES))?;
        match step {
            Step::Done => return Ok(()),
            Step::Begun => begun += 1,
            Step::GoesOn => {}
        }
    }
}

enum Step {
    Begun,
    GoesOn,
    Done,
}

/// The next piece; it begins anew where what was gathered does not hold any more.
fn piece(connection: &Connection, moment: &Moment, filter: &CustomerFilter, may_begin: bool) -> Result<Step> {
    let (Some(column), question) = (filter.sort, question_of(filter)?) else { return Ok(Step::Done) };
    let (today, hangs_on) = (moment.today, HangsOn::of(filter, true));
    let written = hangs_on.written(connection);
    // An order that follows changes is as good as one that is known.
    let follows = own_column(filter, None).is_some();
    if known(&question, today, written).is_some() || (follows && super::has_places(&question)) {
        return Ok(Step::Done);
    }
    let before = GATHERED.take().filter(|before| {
        before.question == question && before.places.today == today && (follows || before.written == written)
    });
    let step = if before.is_some() { Step::GoesOn } else { Step::Begun };
    let mut gathered = match before {
        Some(before) => before,
        None if !may_begin => return Ok(Step::Done),
        None => Gathered {
            question,
            written,
            places: Places {
                mark: store::changes::mark(),
                rows: vec![],
                today,
                classes: classes_for(connection, column)?,
            },
            last: CustomerId(0),
            is_whole: false,
        },
    };
    let ids = store::columns::ids_after(connection, gathered.last, PIECE)?;
    gathered.is_whole = ids.len() < PIECE;
    gathered.last = ids.last().copied().unwrap_or(gathered.last);
    let values = store::columns::values_of(connection, column, ids, today)?;
    let mut readings = Readings::default();
    let classes = &gathered.places.classes;
    let mut rows: Vec<_> =
        values.into_iter().map(|(id, value)| (readings.key_of(column, classes, value), id)).collect();
    rows.sort_by(|one, other| compared(one, other, filter.descending));
    gathered.places.rows.append(&mut rows);
    let step = if gathered.is_whole { Step::Done } else { step };
    GATHERED.set(Some(gathered));
    Ok(step)
}

/// What was gathered for an order, if it is all there.
pub(super) fn take(question: &str) -> Option<Gathered> {
    GATHERED.take().filter(|gathered| gathered.is_whole && gathered.question == question)
}
