//! The shell: a window, a tray, dialogs, notices and the thread that sleeps until something is due.
//! It translates between the operating system and the backend and decides nothing about the shop.
//!
//! The order at start: the window first, so that it is painted while the book is opened beside it;
//! the page's first call waits for the book.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod calls;
mod clock;
mod closing;
mod desk;
mod dialogs;
mod key_store;
mod log_file;
mod notices;
mod place;
mod scheduler;
mod tray;
mod window;

use desk::Desk;
use std::sync::Arc;
use tauri::{App, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;

fn main() {
    // As the reader of a stranger's file this process opens neither window nor book.
    if shukebu_backend::imports::child::serve_if_asked() {
        return;
    }
    let mut builder = tauri::Builder::default();
    if !place::is_alone() {
        // First of all plugins, so that a second start ends before it has done anything.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| window::to_front(app)));
    }
    if place::profile().is_none() {
        let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
        builder = builder.plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build());
    }
    let built = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(calls::handle)
        .setup(|app| start(app).map_err(Into::into))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|app, event| match event {
            RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } => closing::asked(app, &api),
            RunEvent::WindowEvent { event: WindowEvent::Focused(true), .. } => app.state::<Desk>().wake(),
            RunEvent::Exit => app.state::<Desk>().close(),
            _ => {}
        }),
        Err(error) => {
            eprintln!("shukebu cannot start: {error}");
            std::process::exit(1);
        }
    }
}

/// Window first, then the book beside it.
fn start(app: &mut App) -> Result<(), String> {
    let home = place::home(app.handle())?;
    log_file::start(&home);
    let desk = Desk::new(home.clone());
    if place::profile().is_none() {
        // A profile of its own keeps everything inside its folder.
        desk.backend.use_key_store(Arc::new(key_store::SystemStore));
    }
    app.manage(desk);
    // The tray is nothing that the first screen waits for.
    window::open(app.handle(), &home, tray::place)?;
    desk::open_last_book(app.handle(), scheduler::start);
    Ok(())
}
