//! The tray: the way back to a window that was closed while a clock is running, and the way out.

use crate::desk::Desk;
use crate::window;
use shukebu_backend::messages::say;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

const ID: &str = "tray";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Puts the icon there. A desktop without a place for it is no reason not to start.
pub fn place(app: &AppHandle<Wry>) {
    if app.tray_by_id(ID).is_some() {
        return;
    }
    // On Linux the library behind it is loaded at run time and panics where it is not installed.
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => log::warn!("no tray: {error}"),
        Err(_) => log::warn!("no tray: its library is not installed"),
    }
}

/// Whether there is an icon to come back by.
pub fn is_there(app: &AppHandle<Wry>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Gives the menu its words again after the language changed.
pub fn reword(app: &AppHandle<Wry>) {
    let again = app.clone();
    let result = app.run_on_main_thread(move || {
        let Some(tray) = again.tray_by_id(ID) else { return };
        if let Err(error) = menu(&again).and_then(|menu| tray.set_menu(Some(menu))) {
            log::warn!("the tray keeps its words: {error}");
        }
    });
    if let Err(error) = result {
        log::warn!("the tray keeps its words: {error}");
    }
}

fn build(app: &AppHandle<Wry>) -> tauri::Result<()> {
    let mut tray = TrayIconBuilder::with_id(ID)
        .tooltip("熟客簿")
        .menu(&menu(app)?)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::to_front(app),
            QUIT => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                window::to_front(tray.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app).map(|_| ())
}

fn menu(app: &AppHandle<Wry>) -> tauri::Result<Menu<Wry>> {
    let language = app.state::<Desk>().backend.language();
    let open = MenuItem::with_id(app, OPEN, say(language, "shell.tray.open", &[]), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, say(language, "shell.tray.quit", &[]), true, None::<&str>)?;
    Menu::with_items(app, &[&open, &quit])
}
