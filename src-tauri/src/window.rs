//! The one window: how it opens, where it may go (nowhere), how it comes to the front.

use std::path::Path;
use tauri::webview::{Color, NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Emitter, Manager, Url, UserAttentionType, WebviewUrl, WebviewWindowBuilder, Wry};

const MAIN: &str = "main";

/// The event that asks the page for one of its places; its payload is the place.
const PLACE_EVENT: &str = "place-asked";

/// The colour of paper, shown until the page is painted.
const PAPER: Color = Color(0xFA, 0xF8, 0xF3, 0xFF);

/// Opens the window; `then` is done once its page is there.
pub fn open(app: &AppHandle<Wry>, home: &Path, then: fn(&AppHandle<Wry>)) -> Result<(), String> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("熟客簿")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1024.0, 680.0)
        .background_color(PAPER)
        .data_directory(home.join("page"))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(move |window, page| {
            if page.event() == PageLoadEvent::Finished {
                then(window.app_handle());
            }
        })
        .build()
        .map(|_| ())
        .map_err(|error| format!("the window cannot be opened: {error}"))
}

/// Shows the window in front of all others.
pub fn to_front(app: &AppHandle<Wry>) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        log::warn!("the window does not come to the front: {error}");
    }
}

/// Shows a place of the page in front of all others: what a notice was about.
pub fn show_place(app: &AppHandle<Wry>, place: &str) {
    to_front(app);
    if let Err(error) = app.emit(PLACE_EVENT, place) {
        log::warn!("the window could not be told where to go: {error}");
    }
}

/// The taskbar asks for a look at the window, unless somebody looks at it already.
pub fn ask_for_a_look(app: &AppHandle<Wry>, is_late: bool) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    if window.is_focused().unwrap_or(false) {
        return;
    }
    let how = if is_late { UserAttentionType::Critical } else { UserAttentionType::Informational };
    if let Err(error) = window.request_user_attention(Some(how)) {
        log::warn!("the taskbar does not ask for a look: {error}");
    }
}

/// Puts the window away while the program goes on.
pub fn hide(app: &AppHandle<Wry>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.hide()
    {
        log::warn!("the window does not hide: {error}");
    }
}

/// The page is part of the program; it goes nowhere else.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // Windows serves the same files under this name.
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        ("about", None) => url.path() == "blank",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_to(url: &str) -> bool {
        is_own_page(&Url::parse(url).unwrap())
    }

    #[test]
    fn the_window_shows_its_own_pages_only() {
        assert!(goes_to("tauri://localhost/index.html"));
        assert!(!goes_to("https://example.com/"));
        assert!(!goes_to("file:///etc/passwd"));
        assert!(!goes_to("data:text/html,<p>hello"));
        assert!(!goes_to("tauri://localhost.example.com/"));
    }
}
