//! The tray: the way back to a window that was closed while a clock is running, and the way out.

use crate::desk::Desk;
use crate::window;
use shukebu_backend::messages::say;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

const ID: &str = "tray";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// 朱砂, the colour of what is late.
const LATE: [u8; 4] = [0xC5, 0x40, 0x2B, 0xFF];

/// Puts the icon there. A desktop without a place for it is no reason not to start.
pub fn place(app: &AppHandle<Wry>) {
    if app.tray_by_id(ID).is_some() {
        return;
    }
    // On Linux the library behind it is loaded at run time and panics where it is not installed.
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(())) => mark(app),
        Ok(Err(error)) => log::warn!("no tray: {error}"),
        Err(_) => log::warn!("no tray: its library is not installed"),
    }
}

/// Whether there is an icon to come back by.
pub fn is_there(app: &AppHandle<Wry>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// A dot on the icon and a word beside it while a promise is broken: what is seen when the window is closed.
pub fn mark(app: &AppHandle<Wry>) {
    let again = app.clone();
    let result = app.run_on_main_thread(move || {
        let (Some(tray), Some(icon)) = (again.tray_by_id(ID), again.default_window_icon()) else { return };
        let desk = again.state::<Desk>();
        let (late, language) = (desk.late(), desk.backend.language());
        let (icon, words) = if late > 0 {
            let dotted = dotted(icon.rgba(), icon.width());
            let words = say(language, "shell.tray.late", &[("n", &late)]);
            (Image::new_owned(dotted, icon.width(), icon.height()), format!("熟客簿 · {words}"))
        } else {
            (icon.clone(), "熟客簿".to_owned())
        };
        if let Err(error) = tray.set_icon(Some(icon)).and_then(|()| tray.set_tooltip(Some(words))) {
            log::warn!("the tray keeps its mark: {error}");
        }
    });
    if let Err(error) = result {
        log::warn!("the tray keeps its mark: {error}");
    }
}

/// The icon with a dot in its lower right corner.
fn dotted(rgba: &[u8], width: u32) -> Vec<u8> {
    let width = usize::try_from(width).unwrap_or(1).max(1);
    let height = rgba.len() / 4 / width;
    let radius = width.min(height) / 4;
    let (x0, y0) = (width - radius, height - radius);
    let pixels = rgba.chunks_exact(4).enumerate().flat_map(|(n, pixel)| {
        let (x, y) = (n % width, n / width);
        let is_in = x.abs_diff(x0).pow(2) + y.abs_diff(y0).pow(2) <= radius.pow(2);
        if is_in { LATE.to_vec() } else { pixel.to_vec() }
    });
    pixels.collect()
}

/// Gives the menu its words again after the language changed.
pub fn reword(app: &AppHandle<Wry>) {
    mark(app);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dot_sits_in_the_corner_and_leaves_the_rest_of_the_icon_alone() {
        let ink = [1, 2, 3, 255];
        let icon = ink.repeat(16 * 16);
        let marked = dotted(&icon, 16);
        assert_eq!(marked.len(), icon.len());
        let at = |x: usize, y: usize| marked.chunks_exact(4).nth(y * 16 + x).unwrap();
        assert_eq!((at(12, 12), at(0, 0), at(7, 15)), (&LATE[..], &ink[..], &ink[..]));
        assert_eq!(dotted(&[], 0), Vec::<u8>::new(), "no icon, no dot");
    }
}
