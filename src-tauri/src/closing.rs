//! What closing the window means: the end of the program, unless a clock is running that somebody must hear.

use crate::desk::Desk;
use crate::{notices, place, tray, window};
use shukebu_backend::messages::say;
use tauri::{AppHandle, CloseRequestApi, Manager, Wry};

/// How near a moment must be for the program to stay when its window is closed.
const WORTH_STAYING_MS: i64 = 12 * 60 * 60 * 1000;

/// Lets the program end, or stays in the tray and says so.
pub fn asked(app: &AppHandle<Wry>, close: &CloseRequestApi) {
    let desk = app.state::<Desk>();
    let now = desk.backend.now();
    let is_due_soon = desk.next_due().is_some_and(|due| due.millis() - now.millis() < WORTH_STAYING_MS);
    if place::is_alone() || !is_due_soon || !tray::is_there(app) {
        return;
    }
    close.prevent_close();
    window::hide(app);
    let language = desk.backend.language();
    notices::show(&say(language, "shell.stays.title", &[]), &say(language, "shell.stays.body", &[]));
}
