//! The one thread that waits. It asks the backend what is due, announces it, asks when to look
//! again and sleeps until then, until a write rings the bell, or until the window is focused. With
//! nothing to wait for it does not wake up at all.

use crate::desk::Desk;
use crate::{notices, place, tray, window};
use shukebu_backend::api::books::Nothing;
use shukebu_backend::api::complaints::Notice;
use shukebu_domain::time::Timestamp;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tauri::{AppHandle, Manager, Wry};

/// Longest sleep while something will be due: a sleeping computer stops the thread's own timer, so
/// after it wakes up the real clock is looked at again within this time.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// The same with a clock that a file sets, which nothing announces.
const LONGEST_SLEEP_OF_A_TEST: Duration = Duration::from_millis(300);

/// Starts the thread; a second call does nothing.
pub fn start(app: &AppHandle<Wry>) {
    let Some(bell) = app.state::<Desk>().take_sleeper() else { return };
    let app = app.clone();
    std::thread::spawn(move || watch(&app, &bell));
}

fn watch(app: &AppHandle<Wry>, bell: &Receiver<()>) {
    let desk = app.state::<Desk>();
    desk.wait_for_the_first_screen();
    loop {
        let due = look(app);
        desk.set_next_due(due);
        if sleep(bell, due, || desk.backend.now()) == Woken::Ending {
            return;
        }
    }
}

/// Announces what is due and says when to look again.
fn look(app: &AppHandle<Wry>) -> Option<Timestamp> {
    let desk = app.state::<Desk>();
    // Without an open book nothing is due.
    let found = shukebu_backend::complaints::tick(&desk.backend, Nothing {});
    mark_late(app, &desk);
    let found = found.ok()?;
    announce(app, &desk, &found.notices);
    // A new day or month may put customers into other classes; on every other look nothing is due.
    if let Err(error) = shukebu_backend::segmentation::run_if_due(&desk.backend) {
        log::warn!("the classes could not be looked at: {:?} {}", error.code, error.key);
    }
    // What ended on its own day is written when a day has gone by; a tier may end by itself on the first of a month.
    let daily = shukebu_backend::ladder::review(&desk.backend)
        .and_then(|_| shukebu_backend::points::run_if_due(&desk.backend))
        .and_then(|_| shukebu_backend::ladder::benefits::expire_due(&desk.backend))
        .and_then(|_| shukebu_backend::offers::coupons::plans::run_if_due(&desk.backend));
    if let Err(error) = daily {
        log::warn!("the members could not be looked at: {:?} {}", error.code, error.key);
    }
    found.next_wake_at
}

/// Shows each notice; one sound is enough for all of them, and the taskbar asks for a look.
fn announce(app: &AppHandle<Wry>, desk: &Desk, notices: &[Notice]) {
    if notices.is_empty() {
        return;
    }
    let is_heard = shukebu_backend::settings::get(&desk.backend, Nothing {}).is_ok_and(|settings| settings.sound);
    for (n, notice) in notices.iter().enumerate() {
        let (app, place) = (app.clone(), notice.place());
        let lead = move || window::show_place(&app, &place);
        notices::show_then(&notice.title, &notice.body, is_heard && n == 0, lead);
    }
    window::ask_for_a_look(app, notices.iter().any(|notice| notice.kind != "warning"));
}

/// The tray says how many complaints are late.
fn mark_late(app: &AppHandle<Wry>, desk: &Desk) {
    let late = shukebu_backend::complaints::late(&desk.backend).unwrap_or(0);
    if desk.set_late(late) {
        tray::mark(app);
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Woken {
    Rung,
    Due,
    Ending,
}

/// Sleeps until the bell rings or the moment has come.
fn sleep(bell: &Receiver<()>, due: Option<Timestamp>, now: impl Fn() -> Timestamp) -> Woken {
    loop {
        let rung = match due {
            None => bell.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => match left(due, now()) {
                None => return Woken::Due,
                Some(left) => bell.recv_timeout(left.min(longest())),
            },
        };
        match rung {
            Ok(()) => {
                // Several writes in a row are one reason to look.
                while bell.try_recv().is_ok() {}
                return Woken::Rung;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Woken::Ending,
        }
    }
}

fn left(due: Timestamp, now: Timestamp) -> Option<Duration> {
    let millis = due.millis().saturating_sub(now.millis());
    u64::try_from(millis).ok().filter(|millis| *millis > 0).map(Duration::from_millis)
}

fn longest() -> Duration {
    if place::clock_file().is_some() { LONGEST_SLEEP_OF_A_TEST } else { LONGEST_SLEEP }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    const NOON: Timestamp = Timestamp::from_millis(43_200_000);

    #[test]
    fn what_is_due_is_not_waited_for() {
        let (_ring, bell) = channel();
        assert_eq!(sleep(&bell, Some(NOON), || NOON), Woken::Due);
    }

    #[test]
    fn a_write_wakes_a_thread_that_has_nothing_to_wait_for() {
        let (ring, bell) = channel();
        ring.send(()).unwrap();
        ring.send(()).unwrap();
        assert_eq!(sleep(&bell, None, || NOON), Woken::Rung);
        assert!(bell.try_recv().is_err(), "both rings were one reason to look");
    }

    #[test]
    fn the_thread_ends_with_the_program() {
        let (ring, bell) = channel();
        drop(ring);
        assert_eq!(sleep(&bell, None, || NOON), Woken::Ending);
    }
}
