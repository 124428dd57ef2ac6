//! Notices of the operating system, which are seen while the window is behind others or closed.

use notify_rust::Notification;
use std::any::Any;
use std::sync::{Mutex, PoisonError};

/// Notices that stay alive: some desktops take a notice away with the connection that showed it.
static SHOWN: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

/// More than a person reads at once.
const KEPT: usize = 20;

/// Shows a notice, on a thread of its own because the desktop may take its time. Where the system
/// shows none, the window's own clock still does.
pub fn show(title: &str, body: &str) {
    let mut notice = Notification::new();
    notice.appname("熟客簿").summary(title).body(body).icon("shukebu");
    // Windows shows notices only of programs that its start menu knows; the installer enters ours.
    #[cfg(all(windows, not(debug_assertions)))]
    notice.app_id("cn.shukebu.book");
    std::thread::spawn(move || match notice.show() {
        Ok(handle) => {
            let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
            if shown.len() >= KEPT {
                shown.remove(0);
            }
            shown.push(Box::new(handle));
        }
        Err(error) => log::warn!("the system shows no notices: {error}"),
    });
}
