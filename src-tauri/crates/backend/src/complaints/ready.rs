//! Answers about open cases that are kept until something could make them different: a row of a case was written or of what
//! its list names, a due time or warning of any open case came, the shop opened or closed, a day ended. Until then ten
//! thousand open cases cost no more than one, whatever is sold meanwhile: the clocks of a kept answer only move on, as
//! those of the window do.
//!
//! The book's thread keeps them, as it alone writes. A test holds a kept answer against a fresh one.

use super::rulebook::Rulebook;
use crate::api::complaints::remedies::PromisedDue;
use crate::api::complaints::{ClockView, ComplaintInbox, UrgentClock};
use crate::app::Moment;
use crate::error::Result;
use crate::{opening_hours, store};
use rusqlite::Connection;
use shukebu_domain::time::{Timestamp, day_start};
use std::cell::RefCell;
use std::thread::LocalKey;

/// So many questions are remembered with their answers: the screens that are looked at in turn.
const MOST: usize = 8;

/// Answers of one kind, the one asked last in front.
pub(crate) struct Answers<T>(Vec<Kept<T>>);

impl<T> Answers<T> {
    pub(crate) const NONE: Self = Self(vec![]);
}

struct Kept<T> {
    asked: String,
    written: (u64, u64),
    from: Timestamp,
    until: Timestamp,
    answer: T,
}

/// Open and late cases, the clock that is most urgent, and what is promised for today.
#[derive(Clone)]
pub(crate) struct Bar {
    pub open: i64,
    pub late: i64,
    pub unanswered: i64,
    pub urgent: Option<UrgentClock>,
    pub promised: Option<PromisedDue>,
}

thread_local! {
    pub(super) static INBOXES: RefCell<Answers<ComplaintInbox>> = const { RefCell::new(Answers::NONE) };
    pub(super) static BARS: RefCell<Answers<Bar>> = const { RefCell::new(Answers::NONE) };
}

/// An answer whose clocks can be moved on.
pub(crate) trait Ticking: Clone {
    /// Its clocks.
    fn clocks(&mut self) -> impl Iterator<Item = &mut ClockView>;
}

impl Ticking for ComplaintInbox {
    fn clocks(&mut self) -> impl Iterator<Item = &mut ClockView> {
        self.rows.iter_mut().filter_map(|row| row.clock.as_mut())
    }
}

impl Ticking for Bar {
    fn clocks(&mut self) -> impl Iterator<Item = &mut ClockView> {
        self.urgent.iter_mut().map(|urgent| &mut urgent.clock)
    }
}

/// The kept answer to a question, or a fresh one that is kept until something of the cases is written.
pub(crate) fn answer<T: Ticking + 'static>(
    kept: &'static LocalKey<RefCell<Answers<T>>>,
    connection: &Connection,
    moment: &Moment,
    asked: &str,
    fresh: impl FnOnce() -> Result<T>,
) -> Result<T> {
    answer_while(store::changes::cases_written(), kept, connection, moment, asked, fresh)
}

/// The same with an answer that is good only as long as so much and no more was written.
pub(super) fn answer_while<T: Ticking + 'static>(
    written: (u64, u64),
    kept: &'static LocalKey<RefCell<Answers<T>>>,
    connection: &Connection,
    moment: &Moment,
    asked: &str,
    fresh: impl FnOnce() -> Result<T>,
) -> Result<T> {
    let asked = format!("{asked} {:?} {:?}", moment.language, moment.session.role);
    let known = kept.with_borrow(|answers| {
        let holds = |it: &&Kept<T>| it.written == written && (it.from..it.until).contains(&moment.now);
        answers.0.iter().find(|it| it.asked == asked).filter(holds).map(|it| it.answer.clone())
    });
    if let Some(mut answer) = known {
        answer.clocks().for_each(|clock| move_on(clock, moment.now));
        return Ok(answer);
    }
    let answer = fresh()?;
    let until = holds_until(connection, moment)?;
    kept.with_borrow_mut(|answers| {
        answers.0.retain(|it| it.asked != asked);
        answers.0.truncate(MOST - 1);
        answers.0.insert(0, Kept { asked, written, from: moment.now, until, answer: answer.clone() });
    });
    Ok(answer)
}

/// What the window does too: seconds pass while a clock ticks.
fn move_on(clock: &mut ClockView, now: Timestamp) {
    if clock.is_ticking {
        clock.elapsed_s += now.seconds_since(clock.as_of);
    }
    // A line that was drawn until then is drawn until now.
    if let Some(last) = clock.segments.last_mut().filter(|last| last.to == clock.as_of) {
        last.to = now;
    }
    clock.as_of = now;
}

/// The first moment at which time alone makes an answer different.
fn holds_until(connection: &Connection, moment: &Moment) -> Result<Timestamp> {
    let wake = store::complaints::next_wake(connection)?;
    let doors = opening_hours::changes_at(Rulebook::load(connection)?.calendar(), moment.now);
    let midnight = moment.today.succ_opt().map(|tomorrow| day_start(moment.zone, tomorrow));
    Ok([wake, doors, midnight].into_iter().flatten().min().unwrap_or(moment.now))
}
