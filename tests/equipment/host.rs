//! The loopback host: serves the built interface and the one list of commands to a browser on this
//! machine, with a clock that a test moves. The page cannot tell it from the shell.
//!
//! `POST /call/NAME` answers as the shell's channel does, `GET /events` streams what was changed,
//! `POST /pick/WHAT` answers what a test put there in place of a dialog.

use super::http::{self, Message};
use super::root;
use serde_json::{Value, json};
use shukebu_backend::api::books::Nothing;
use shukebu_backend::api::complaints::{Notice, TickView};
use shukebu_backend::app::App;
use shukebu_backend::clock::ManualClock;
use shukebu_backend::commands;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

/// The host and the backend behind it.
pub struct Host {
    /// Where a browser finds it.
    pub address: String,
    shared: Arc<Shared>,
}

struct Shared {
    app: Arc<App>,
    clock: Arc<ManualClock>,
    picks: Mutex<BTreeMap<String, PathBuf>>,
    listeners: Mutex<Vec<Sender<String>>>,
    csp: String,
}

impl Host {
    /// Starts with a profile folder and the moment at which the clock stands.
    pub fn start(home: &Path, at: Timestamp) -> Self {
        assert!(root().join("ui/dist/index.html").is_file(), "the interface is not built: `cargo xtask test ui-build`");
        let clock = Arc::new(ManualClock::at(at));
        let app = App::new(Arc::clone(&clock) as Arc<_>, home.to_path_buf());
        shukebu_backend::books::open_last(&app);
        let (picks, listeners) = (Mutex::default(), Mutex::default());
        let shared = Arc::new(Shared { app, clock, picks, listeners, csp: csp() });
        let told = Arc::downgrade(&shared);
        shared.app.on_change(move |changed| {
            let Some(shared) = told.upgrade() else { return };
            let event = format!("event: book-changed\ndata: {}\n\n", serde_json::to_string(changed).unwrap());
            shared.listeners.lock().unwrap().retain(|listener| listener.send(event.clone()).is_ok());
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = format!("http://{}/", listener.local_addr().expect("it has an address"));
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || serve(&shared, stream));
            }
        });
        Self { address, shared }
    }

    /// The backend.
    pub fn app(&self) -> &App {
        &self.shared.app
    }

    /// Calls a command beside the page; a refusal fails the test.
    pub fn call(&self, command: &str, input: &Value) -> Value {
        let answer = commands::call(&self.shared.app, command, &input.to_string());
        let answer = answer.unwrap_or_else(|refusal| panic!("{command}: {refusal}"));
        serde_json::from_str(&answer).expect("an answer is JSON")
    }

    /// A customer, beside the page; the number that the book gave.
    pub fn add_customer(&self, name: &str, phone: &str) -> i64 {
        let made = self.call("customer_create", &json!({ "name": name, "phone": phone }));
        made["id"].as_i64().expect("a customer has a number")
    }

    /// A product, beside the page.
    pub fn add_product(&self, name: &str, price_minor: i64, barcode: Option<&str>) {
        let facts = json!({ "name": name, "price_minor": price_minor, "barcode": barcode });
        self.call("product_create", &json!({ "facts": facts }));
    }

    /// What the next dialog of this kind answers.
    pub fn will_pick(&self, what: &str, path: &Path) {
        self.shared.picks.lock().unwrap().insert(what.to_owned(), path.to_path_buf());
    }

    /// What a click on a notice does: the page is asked for the place that the notice is about.
    pub fn click_notice(&self, notice: &Notice) {
        let place = serde_json::to_string(&notice.place()).expect("a place is JSON");
        let event = format!("event: place-asked\ndata: {place}\n\n");
        self.shared.listeners.lock().unwrap().retain(|listener| listener.send(event.clone()).is_ok());
    }

    /// Lets time pass, and does what the shell's scheduler does then.
    pub fn pass_minutes(&self, minutes: i64) -> TickView {
        self.shared.clock.advance_seconds(minutes * 60);
        shukebu_backend::complaints::tick(&self.shared.app, Nothing {}).expect("a tick")
    }
}

/// The shell's own rules for the page, except that the messages come over the loopback.
fn csp() -> String {
    let text = std::fs::read_to_string(root().join("src-tauri/tauri.conf.json")).expect("the shell's settings");
    let settings: Value = serde_json::from_str(&text).expect("they are JSON");
    let rules = settings["app"]["security"]["csp"].as_object().expect("a rule per kind");
    let rule = |(kind, value): (&String, &Value)| match kind.as_str() {
        "connect-src" => "connect-src 'self'".to_owned(),
        _ => format!("{kind} {}", value.as_str().unwrap_or_default()),
    };
    rules.iter().map(rule).collect::<Vec<_>>().join("; ")
}

fn serve(shared: &Shared, mut stream: TcpStream) {
    let Ok(again) = stream.try_clone() else { return };
    let Ok(request) = http::read(&mut BufReader::new(again), false) else { return };
    let mut words = request.first.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or("/").to_owned());
    let path = path.split('?').next().unwrap_or("/");
    if path == "/events" {
        return stream_changes(shared, &mut stream);
    }
    let (status, kind, body) = match (method.as_str(), path) {
        ("POST", path) if path.starts_with("/call/") => call(shared, &path["/call/".len()..], &request),
        ("POST", path) if path.starts_with("/pick/") => pick(shared, &path["/pick/".len()..]),
        ("GET", path) => file(path),
        _ => ("405 Method Not Allowed", "text/plain", vec![]),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len(),
        shared.csp
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

type Answer = (&'static str, &'static str, Vec<u8>);
const JSON: &str = "application/json";

fn call(shared: &Shared, command: &str, request: &Message) -> Answer {
    match commands::call(&shared.app, command, &String::from_utf8_lossy(&request.body)) {
        Ok(answer) => ("200 OK", JSON, answer.into_bytes()),
        Err(refusal) => ("422 Unprocessable Content", JSON, serde_json::to_vec(&refusal).unwrap()),
    }
}

fn pick(shared: &Shared, what: &str) -> Answer {
    let chosen = shared.picks.lock().unwrap().remove(what);
    let handle = chosen.map(|path| shared.app.grant(path));
    ("200 OK", JSON, serde_json::to_vec(&handle).unwrap())
}

fn file(path: &str) -> Answer {
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let kind = match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => JSON,
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let is_inside = !name.split('/').any(|part| part == "..");
    match std::fs::read(root().join("ui/dist").join(name)) {
        Ok(bytes) if is_inside => ("200 OK", kind, bytes),
        _ => ("404 Not Found", "text/plain", vec![]),
    }
}

fn stream_changes(shared: &Shared, stream: &mut TcpStream) {
    let (sender, receiver) = channel();
    shared.listeners.lock().unwrap().push(sender);
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    if stream.write_all(head.as_bytes()).is_err() {
        return;
    }
    while let Ok(event) = receiver.recv() {
        if stream.write_all(event.as_bytes()).is_err() {
            return;
        }
    }
}
