//! Every call of the page. One handler serves the whole list of commands: it takes the input as it
//! came, hops to a worker so that the window never stands still, and hands back the backend's own
//! JSON. Which commands a page may call at all is decided before, by the window's capability.

use crate::desk::Desk;
use crate::{dialogs, tray};
use shukebu_backend::commands;
use shukebu_backend::error::ApiError;
use shukebu_backend::messages;
use std::sync::Arc;
use tauri::ipc::{Invoke, InvokeBody, InvokeResolver, InvokeResponseBody};
use tauri::{AppHandle, Manager, Wry};

/// Answers a call; `false` for a name that is not on the list.
pub fn handle(invoke: Invoke<Wry>) -> bool {
    let Invoke { message, resolver, .. } = invoke;
    let name = message.command();
    if name == dialogs::COMMAND {
        dialogs::pick(&message.webview(), field(message.payload(), "what"), resolver);
        return true;
    }
    let Some(command) = commands::COMMANDS.iter().find(|command| command.name == name) else { return false };
    let input = field(message.payload(), "input").map(|input| input.to_string()).unwrap_or_default();
    let app = message.webview_ref().app_handle().clone();
    tauri::async_runtime::spawn(answer(app, command.name, input, resolver));
    true
}

async fn answer(app: AppHandle<Wry>, command: &'static str, input: String, resolver: InvokeResolver<Wry>) {
    let desk = app.state::<Desk>();
    desk.book_was_tried().await;
    let (backend, language) = (Arc::clone(&desk.backend), desk.backend.language());
    let worker = tokio::task::spawn_blocking(move || commands::call(&backend, command, &input));
    // A mistake of the program ends one call and not the window.
    let answered = worker.await.unwrap_or_else(|error| {
        log::error!("{command}: {}", if error.is_panic() { "panicked" } else { "was stopped" });
        Err(messages::worded(ApiError::internal(command), desk.backend.language()))
    });
    match answered {
        Ok(json) => resolver.resolve(InvokeResponseBody::Json(json)),
        Err(refusal) => resolver.reject(refusal),
    }
    desk.page_was_answered();
    if desk.backend.language() != language {
        tray::reword(&app);
    }
}

fn field<'a>(body: &'a InvokeBody, name: &str) -> Option<&'a serde_json::Value> {
    match body {
        InvokeBody::Json(body) => body.get(name),
        InvokeBody::Raw(_) => None,
    }
}
