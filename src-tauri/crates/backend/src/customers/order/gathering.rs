//! The cells by which everybody is put in order, gathered in pieces. One pass over a large shop would hold the book's thread for
//! longer than anybody at the counter notices; between two pieces the counter is served.

use super::keys::{Keys, sort};
use super::{Places, followed_column, has_places, is_everybody, known, narrowed, question_of};
use crate::api::customers::CustomerFilter;
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::cell::RefCell;

/// Customers in a piece: a few milliseconds of the thread.
const PIECE: u32 = 2_000;
/// How often it begins anew because somebody else asked for another order meanwhile; then the order is made at once.
const TRIES: u32 = 3;

/// What was gathered so far.
struct Gathered {
    question: String,
    places: Places,
    last: CustomerId,
    is_whole: bool,
}

thread_local! {
    static GATHERED: RefCell<Option<Gathered>> = const { RefCell::new(None) };
}

/// Gathers what the order of a filter needs, where no index has it and nobody knows it.
pub(super) fn gather(app: &App, filter: &CustomerFilter) -> Result<()> {
    let Some(column) = followed_column(filter, true) else { return Ok(()) };
    if is_everybody(filter) && store::columns::has_index(column) {
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

/// The next piece; it begins anew where what was gathered does not hold any more. Whoever changes meanwhile is asked again
/// at the end.
fn piece(connection: &Connection, moment: &Moment, filter: &CustomerFilter, may_begin: bool) -> Result<Step> {
    let (Some(column), question) = (followed_column(filter, true), question_of(filter)?) else {
        return Ok(Step::Done);
    };
    let today = moment.today;
    // An order that follows changes is as good as one that is known.
    if known(&question, today, store::changes::written(connection)).is_some() || has_places(&question, today) {
        return Ok(Step::Done);
    }
    let before = GATHERED.take().filter(|before| before.question == question && before.places.today == today);
    let step = if before.is_some() { Step::GoesOn } else { Step::Begun };
    let mut gathered = match before {
        Some(before) => before,
        None if !may_begin => return Ok(Step::Done),
        None => {
            let keys = Keys::of(connection, column)?;
            let places = Places { mark: store::changes::mark(), rows: vec![], today, keys };
            Gathered { question, places, last: CustomerId(0), is_whole: false }
        }
    };
    let end = store::columns::end_of_piece(connection, gathered.last, PIECE)?;
    let until = end.unwrap_or(CustomerId(i64::MAX));
    let (asked, narrowed) = ((column, today), narrowed(connection, moment, filter)?);
    let Places { rows, keys, .. } = &mut gathered.places;
    let between = (gathered.last, until);
    let mut piece = store::columns::keys_between(connection, asked, &narrowed, between, |value| keys.key(value))?;
    sort(&mut piece, filter.descending);
    rows.append(&mut piece);
    (gathered.last, gathered.is_whole) = (until, end.is_none());
    let step = if gathered.is_whole { Step::Done } else { step };
    GATHERED.set(Some(gathered));
    Ok(step)
}

/// What was gathered for an order, if it is all there.
pub(super) fn take(question: &str) -> Option<Places> {
    let gathered = GATHERED.take().filter(|gathered| gathered.is_whole && gathered.question == question);
    gathered.map(|gathered| gathered.places)
}
