//! The program looks at its clocks: what has been broken is judged, what is to be told is told once, and the next
//! moment is named. Nothing here depends on how often it looks, nor on whether it ran when something fell due.

use super::alarms::{Alarm, BEFORE_CLOSING, BROKEN, says_too, tell_from, untold, weight, word};
use super::case::{Case, promised};
use super::rulebook::Rulebook;
use super::settle::{ClockGuard, caches, judge};
use super::{owed, remedies, words};
use crate::api::books::Nothing;
use crate::api::complaints::{Notice, PromiseKind, TickView};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::complaints::{Caches, StoredCase};
use crate::store::thread::Priority;
use crate::{store, wording};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::complaint::CaseClocks;
use shukebu_domain::complaint::remedy::RemedyNotice;
use shukebu_domain::ids::ComplaintId;
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc;

/// After so long without a look, several announcements become one.
const LONG_SLEEP_S: i64 = 15 * 60;
/// More than so many announcements at once become one, however short the sleep.
const MOST_AT_ONCE: usize = 3;
/// The last moment seen is kept at most so old.
const SEEN_EVERY_S: i64 = 60;
/// A description in an announcement is cut after so many characters.
const MOST_CHARACTERS: usize = 40;

/// Looks at every clock whose moment has come. While the computer's clock stands before the last moment seen, nothing
/// is judged and nothing is told.
///
/// # Errors
/// As every write.
pub fn tick(app: &App, _: Nothing) -> Result<TickView> {
    let (guard, wake) = app.read_in_background(|connection, moment| {
        Ok((ClockGuard::read(connection, moment.now)?, store::complaints::next_wake(connection)?))
    })?;
    let now = app.now();
    let soon = now.plus_seconds(SEEN_EVERY_S);
    if guard.went_back {
        return Ok(TickView { notices: vec![], next_wake_at: wake.map(|wake| wake.max(soon)) });
    }
    if wake.is_none_or(|wake| wake > now) {
        if now.seconds_since(guard.last_seen) >= SEEN_EVERY_S {
            let seen = move |owned: &mut store::thread::Owned| store::book::see(&owned.connection, now);
            app.book()?.thread.run(Priority::Background, seen)?;
        }
        return Ok(TickView { notices: vec![], next_wake_at: wake });
    }
    let (sender, receiver) = mpsc::channel();
    app.write(Op::new("complaint.tick").in_background(), move |tx, moment| {
        let due = store::complaints::due_for_look(tx, moment.now)?;
        let told = look(tx, moment, guard, &due)?;
        let promised = remedies::look(tx, moment, &Rulebook::load(tx)?)?;
        store::book::see(tx, moment.now)?;
        let detail = json!({ "looked_at": due.len(), "told": told.len(), "promised": promised.len() });
        let view = TickView {
            notices: announced(tx, moment, guard, told, &promised)?,
            next_wake_at: store::complaints::next_wake(tx)?.map(|wake| wake.max(moment.now.plus_seconds(1))),
        };
        sender.send(view).map_err(ApiError::internal)?;
        Ok(Written::many("complaint").detail(detail))
    })?;
    receiver.recv().map_err(ApiError::internal)
}

/// Something to be told about one promise of one case.
struct Telling {
    case: ComplaintId,
    alarm: Alarm,
    /// Where the clock stands: due, and seconds left.
    due_at: Option<Timestamp>,
    left_s: i64,
    closing: Option<Timestamp>,
}

fn look(tx: &Transaction, moment: &Moment, guard: ClockGuard, due: &[(ComplaintId, Caches)]) -> Result<Vec<Telling>> {
    let rulebook = Rulebook::load(tx)?;
    let ids: Vec<ComplaintId> = due.iter().map(|(id, _)| *id).collect();
    let before: HashMap<ComplaintId, &Caches> = due.iter().map(|(id, caches)| (*id, caches)).collect();
    let mut notices = store::complaints::events::notices(tx, &ids)?;
    let (mut tellings, mut verdicts, mut announced) = (vec![], vec![], vec![]);
    for mut case in Case::load_many(tx, &ids)? {
        let (clocks, reached) = judge(moment.now, &rulebook, &mut case, guard)?;
        verdicts.extend(reached);
        let alarms = untold(&clocks, &notices.remove(&case.id).unwrap_or_default());
        let may_tell = tell_from(clocks.severity, &rulebook, moment.now) <= moment.now;
        let waits = !may_tell && !alarms.is_empty();
        if may_tell {
            for alarm in alarms.iter().filter(|alarm| !alarms.iter().any(|other| says_too(&other.key, &alarm.key))) {
                announced.push((case.id, alarm.key.clone(), alarm.at));
            }
            tellings.extend(most_pressing(alarms).into_iter().map(|alarm| telling(case.id, &clocks, alarm)));
        }
        let caches = caches(moment.now, &rulebook, &clocks, waits, guard);
        store::complaints::set_caches(tx, case.id, &caches, before.get(&case.id).copied())?;
    }
    store::complaints::events::judge(tx, &verdicts)?;
    store::complaints::events::announce(tx, &announced, moment.now)?;
    Ok(tellings)
}

/// Of several things about one promise only the most pressing is said; the others count as said with it.
fn most_pressing(alarms: Vec<Alarm>) -> Vec<Alarm> {
    let promises: BTreeSet<PromiseKind> = alarms.iter().map(|alarm| alarm.key.0).collect();
    promises
        .into_iter()
        .filter_map(|promise| {
            alarms.iter().filter(|alarm| alarm.key.0 == promise).max_by_key(|alarm| weight(&alarm.key.2)).cloned()
        })
        .collect()
}

fn telling(case: ComplaintId, clocks: &CaseClocks, alarm: Alarm) -> Telling {
    let clock = promised(clocks).find(|(promise, _)| *promise == alarm.key.0).map(|(_, clock)| clock);
    Telling {
        case,
        due_at: clock.and_then(|clock| clock.due_at),
        left_s: clock.and_then(|clock| clock.slack_s).unwrap_or(0),
        closing: clocks.do_before,
        alarm,
    }
}

/// What the shell shows: each thing on its own, or one summary after a long sleep.
fn announced(
    tx: &Transaction,
    moment: &Moment,
    guard: ClockGuard,
    mut tellings: Vec<Telling>,
    promised: &[remedies::Telling],
) -> Result<Vec<Notice>> {
    // The most urgent first: broken promises, then by due time.
    tellings.sort_by_key(|telling| (telling.alarm.key.2 != BROKEN, telling.due_at, telling.case));
    let slept = moment.now.seconds_since(guard.last_seen) >= LONG_SLEEP_S;
    let all = tellings.len() + promised.len();
    let first = tellings.first().map(|telling| telling.case);
    let Some(first) = first.or_else(|| promised.first().map(|telling| telling.remedy.case)) else { return Ok(vec![]) };
    if all > MOST_AT_ONCE || (slept && all > 1) {
        let broken = tellings.iter().filter(|telling| word(&telling.alarm.key.2) == BROKEN).count()
            + promised.iter().filter(|telling| telling.notice == RemedyNotice::Late).count();
        let soon = all - broken;
        let case = store::complaints::get(tx, first)?;
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("late", &broken), ("soon", &soon), ("case_no", &case.case_no)];
        return Ok(vec![Notice {
            id: first,
            title: say(moment.language, "notice.summary.title", &values[..2]),
            body: say(moment.language, "notice.summary.body", &[("case_no", &case.case_no), ("text", &short(&case))]),
            kind: "summary".into(),
        }]);
    }
    let of_clocks = tellings.iter().map(|telling| notice(tx, moment, telling));
    of_clocks.chain(promised.iter().map(|telling| promise_notice(tx, moment, telling))).collect()
}

/// Something that was promised is due, or was not kept.
fn promise_notice(tx: &Transaction, moment: &Moment, telling: &remedies::Telling) -> Result<Notice> {
    let (language, remedy) = (moment.language, &telling.remedy);
    let case = store::complaints::get(tx, remedy.case)?;
    let title = match telling.notice {
        RemedyNotice::DayBefore => "notice.promised.soon",
        RemedyNotice::Today => "notice.promised.today",
        RemedyNotice::Late => "notice.promised.late",
    };
    let kind = owed::kind(language, remedy.kind);
    let when = owed::when(moment, &remedy.date()?.date);
    let values: [(&str, &dyn std::fmt::Display); 3] = [("kind", &kind), ("case_no", &case.case_no), ("when", &when)];
    let customer = case.customer_name.unwrap_or_default();
    let body: [(&str, &dyn std::fmt::Display); 3] = [("when", &when), ("what", &remedy.words), ("customer", &customer)];
    Ok(Notice {
        id: case.id,
        title: say(language, title, &values),
        body: say(language, "notice.promised.body", &body),
        kind: if telling.notice == RemedyNotice::Late { "breach" } else { "warning" }.into(),
    })
}

fn notice(tx: &Transaction, moment: &Moment, telling: &Telling) -> Result<Notice> {
    let case = store::complaints::get(tx, telling.case)?;
    let language = moment.language;
    let at = |instant: Option<Timestamp>| instant.map(|at| wording::moment(moment, at)).unwrap_or_default();
    let promise = words::promise(language, telling.alarm.key.0);
    let (due, text) = (at(telling.due_at), short(&case));
    let (kind, title) = match word(&telling.alarm.key.2) {
        BROKEN => {
            ("breach", say(language, "notice.breach.title", &[("promise", &promise), ("case_no", &case.case_no)]))
        }
        BEFORE_CLOSING => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("promise", &promise), ("case_no", &case.case_no), ("closing", &at(telling.closing))];
            ("warning", say(language, "notice.closing.title", &values))
        }
        _ => {
            let left = wording::span(language, telling.left_s);
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("promise", &promise), ("case_no", &case.case_no), ("left", &left)];
            ("warning", say(language, "notice.warning.title", &values))
        }
    };
    let body = if kind == "breach" { "notice.breach.body" } else { "notice.warning.body" };
    let body = say(language, body, &[("due", &due), ("text", &text)]);
    Ok(Notice { id: telling.case, title, body, kind: kind.into() })
}

/// Who and what, short enough for a notification.
fn short(case: &StoredCase) -> String {
    let mut text: String = case.description.lines().next().unwrap_or_default().chars().take(MOST_CHARACTERS).collect();
    if text.chars().count() < case.description.chars().count() {
        text.push('…');
    }
    match &case.customer_name {
        Some(name) => format!("{name}: {text}"),
        None => text,
    }
}
