//! Notices of the operating system, which are seen while the window is behind others or closed.

use notify_rust::Notification;
use std::any::Any;
use std::sync::{Mutex, PoisonError};

/// Notices that stay alive: some desktops take a notice away with the connection that showed it.
static SHOWN: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

/// More than a person reads at once.
const KEPT: usize = 20;

/// What a click on a notice does.
type Clicked = Box<dyn FnOnce() + Send>;

/// Shows a notice, on a thread of its own because the desktop may take its time. Where the system
/// shows none, the window's own clock still does.
pub fn show(title: &str, body: &str) {
    show_with(title, body, None);
}

/// Shows a notice that leads somewhere when it is clicked, on desktops that tell of clicks.
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

/// The thread waits as long as the notice stands, and its connection lives with it.
#[cfg(all(unix, not(target_os = "macos")))]
fn keep(handle: notify_rust::NotificationHandle, clicked: Option<Clicked>) {
    match clicked {
        Some(clicked) => handle.wait_for_action(move |action| {
            if action == "default" {
                clicked();
            }
        }),
        None => remember(handle),
    }
}

/// Other systems bring the program to the front themselves.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn keep(handle: impl Any + Send, _clicked: Option<Clicked>) {
    remember(handle);
}

fn remember(handle: impl Any + Send) {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.len() >= KEPT {
        shown.remove(0);
    }
    shown.push(Box::new(handle));
}
