//! Notices of the operating system, which are seen while the window is behind others or closed.

use notify_rust::{Notification, NotificationHandle, NotificationResponse};
#[cfg(not(target_os = "macos"))]
use std::sync::{Mutex, PoisonError};

/// Notices that stay alive.
#[cfg(not(target_os = "macos"))]
static SHOWN: Mutex<Vec<NotificationHandle>> = Mutex::new(Vec::new());

/// More than a person reads at once.
#[cfg(not(target_os = "macos"))]
const KEPT: usize = 20;

/// What a click on a notice does.
type Clicked = Box<dyn FnOnce() + Send>;

/// Shows a notice, on a thread of its own because the desktop may take its time. Where the system
/// shows none, the window's own clock still does.
pub fn show(title: &str, body: &str) {
    show_with(title, body, None);
}

/// Shows a notice that leads somewhere when it is clicked while it stands. Windows and macOS were written from the
/// library's documentation and not run yet.
pub fn show_then(title: &str, body: &str, clicked: impl FnOnce() + Send + 'static) {
    show_with(title, body, Some(Box::new(clicked)));
}

fn show_with(title: &str, body: &str, clicked: Option<Clicked>) {
    let mut notice = Notification::new();
    notice.appname("熟客簿").summary(title).body(body).icon("shukebu");
    // Windows shows notices only of programs that its start menu knows; the installer enters ours.
    #[cfg(all(windows, not(debug_assertions)))]
    notice.app_id("cn.shukebu.book");
    // The desktop calls a click on the notice itself its default action.
    #[cfg(all(unix, not(target_os = "macos")))]
    if clicked.is_some() {
        notice.action("default", title);
    }
    std::thread::spawn(move || match notice.show() {
        Ok(handle) => keep(handle, clicked),
        Err(error) => log::warn!("the system shows no notices: {error}"),
    });
}

/// The thread waits as long as the notice stands, and whatever shows it lives with it.
fn keep(handle: NotificationHandle, clicked: Option<Clicked>) {
    let Some(clicked) = clicked else { return leave(handle) };
    let waited = handle.wait_for_response(|response: &NotificationResponse| {
        if response.is_default_action() {
            clicked();
        }
    });
    if let Err(error) = waited {
        log::warn!("the system does not tell what became of a notice: {error}");
    }
}

/// macOS shows a notice that nobody waits for when its handle is let go.
#[cfg(target_os = "macos")]
fn leave(handle: NotificationHandle) {
    drop(handle);
}

/// Other systems have shown it, and some take it away with its handle.
#[cfg(not(target_os = "macos"))]
fn leave(handle: NotificationHandle) {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.len() >= KEPT {
        shown.remove(0);
    }
    shown.push(handle);
}
