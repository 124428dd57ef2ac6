//! Notices of the operating system, which are seen while the window is behind others or closed.

use notify_rust::{Notification, NotificationResponse};
use std::any::Any;
#[cfg(not(target_os = "macos"))]
use std::sync::{Mutex, PoisonError};

/// Notices that stay alive.
#[cfg(not(target_os = "macos"))]
static SHOWN: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

/// More than a person reads at once.
#[cfg(not(target_os = "macos"))]
const KEPT: usize = 20;

/// The sound of a message, as each system calls it.
const SOUND: &str = if cfg!(target_os = "macos") {
    "Glass"
} else if cfg!(windows) {
    "Reminder"
} else {
    "message-new-instant"
};

/// What a click on a notice does.
type Clicked = Box<dyn FnOnce() + Send>;

/// Shows a notice, on a thread of its own because the desktop may take its time. Where the system
/// shows none, the window's own clock still does.
pub fn show(title: &str, body: &str) {
    show_with(title, body, false, None);
}

/// Shows a notice that leads somewhere when it is clicked while it stands, with the system's sound or without. Windows
/// and macOS were written from the library's documentation and not run yet.
pub fn show_then(title: &str, body: &str, is_heard: bool, clicked: impl FnOnce() + Send + 'static) {
    show_with(title, body, is_heard, Some(Box::new(clicked)));
}

fn show_with(title: &str, body: &str, is_heard: bool, clicked: Option<Clicked>) {
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
    if is_heard {
        notice.sound_name(SOUND);
    }
    // Some desktops make a sound of their own.
    #[cfg(all(unix, not(target_os = "macos")))]
    notice.hint(notify_rust::Hint::SuppressSound(!is_heard));
    std::thread::spawn(move || match notice.show() {
        Ok(handle) => match clicked {
            // The thread waits as long as the notice stands, and whatever shows it lives with it.
            Some(clicked) => told(handle.wait_for_response(move |response: &NotificationResponse| {
                if response.is_default_action() {
                    clicked();
                }
            })),
            None => leave(handle),
        },
        Err(error) => log::warn!("the system shows no notices: {error}"),
    });
}

fn told(waited: notify_rust::error::Result<()>) {
    if let Err(error) = waited {
        log::warn!("the system does not tell what became of a notice: {error}");
    }
}

/// macOS shows a notice that nobody waits for when its handle is let go. (The handle has no name on every system.)
#[cfg(target_os = "macos")]
fn leave(handle: impl Any + Send) {
    drop(handle);
}

/// Other systems have shown it, and some take it away with its handle.
#[cfg(not(target_os = "macos"))]
fn leave(handle: impl Any + Send) {
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.len() >= KEPT {
        shown.remove(0);
    }
    shown.push(Box::new(handle));
}
