//! A shop to test in: a book in a folder of its own, a clock that stands still, and the commands of the list.

use serde_json::{Value, json};
use shukebu_backend::api::books::NewBook;
use shukebu_backend::app::App;
use shukebu_backend::clock::{Clock, ManualClock};
use shukebu_backend::messages::Language;
use shukebu_backend::{books, commands, keys};
use shukebu_domain::time::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// A Monday morning in an opening hour.
pub const MONDAY_TEN: &str = "2026-03-02T10:00:00+08:00";

/// A shop with an open book.
pub struct Shop {
    /// The program.
    pub app: Arc<App>,
    clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
}

impl Shop {
    /// A new shop on Monday, 2 March 2026, ten o'clock in Shanghai.
    pub fn open() -> Self {
        Self::at(MONDAY_TEN)
    }

    /// A new shop at a moment.
    pub fn at(moment: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(ManualClock::at(instant(moment)));
        let app = app_in(&folder, &clock);
        let new: NewBook = serde_json::from_value(json!({ "name": "测试店" })).expect("a new book");
        books::create_at(&app, &folder.path().join("shop.shukebu"), new, false).expect("a book can be made");
        let shop = Self { app, clock, folder };
        shop.offset_ids();
        shop
    }

    /// Customers start at 1001, products at 2001 and so on: an id passed for another entity's finds nothing.
    fn offset_ids(&self) {
        self.app.offset_ids_for_tests().expect("a new book can be offset");
    }

    /// Path of the book.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("shop.shukebu")
    }

    /// Folder of the shop, for files.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Calls a command that must work.
    #[track_caller]
    pub fn call(&self, command: &str, input: Value) -> Value {
        match commands::call(&self.app, command, &input.to_string()) {
            Ok(answer) => serde_json::from_str(&answer).expect("answers are JSON"),
            Err(refusal) => panic!("{command} {input} was refused: {refusal:?}"),
        }
    }

    /// Calls a command that must be refused.
    #[track_caller]
    pub fn refused(&self, command: &str, input: Value) -> Value {
        match commands::call(&self.app, command, &input.to_string()) {
            Ok(answer) => panic!("{command} {input} was accepted: {answer}"),
            Err(refusal) => serde_json::to_value(refusal).expect("refusals are JSON"),
        }
    }

    /// Moves the clock to a moment.
    pub fn set_clock(&self, moment: &str) {
        self.clock.set(instant(moment));
    }

    /// Moves the clock on.
    pub fn advance_minutes(&self, minutes: i64) {
        self.clock.advance_seconds(minutes * 60);
    }

    /// Ends the program and starts it again on the same book, as after a restart of the PC.
    pub fn restart(&mut self) {
        self.app.close_book();
        self.app = app_in(&self.folder, &self.clock);
        let key = keys::read_key_beside(&self.path()).expect("the key lies beside the book");
        self.app.open_book(&self.path(), key).expect("the book opens again");
    }

    /// A customer with a name; answers the id.
    pub fn customer(&self, name: &str) -> i64 {
        self.call("customer_create", json!({ "name": name }))["id"].as_i64().expect("an id")
    }

    /// A sale of one amount; answers the id.
    pub fn sale(&self, customer: i64, amount_minor: i64) -> i64 {
        let receipt = self.call("sale_create", json!({ "customer_id": customer, "amount_minor": amount_minor }));
        receipt["sale"]["row"]["id"].as_i64().expect("an id")
    }

    /// The profile of a customer.
    pub fn profile(&self, customer: i64) -> Value {
        self.call("customer_profile", json!({ "id": customer }))
    }
}

/// A program whose own notes lie in the folder, speaking simplified Chinese.
pub fn app_in(folder: &tempfile::TempDir, clock: &Arc<ManualClock>) -> Arc<App> {
    let app = App::new(Arc::clone(clock) as Arc<dyn Clock>, folder.path().join("home"));
    app.set_language(Language::Simplified);
    app.take_paths();
    app
}

/// A moment from text.
pub fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("an RFC 3339 time")
}

/// The fields that a refusal marks.
pub fn fields(refusal: &Value) -> Vec<String> {
    let fields = refusal["fields"].as_array().expect("a list of fields");
    fields.iter().map(|field| field["field"].as_str().expect("a field").to_owned()).collect()
}

/// An input whose fields are those of `base`, and those of `more` beside or instead of them.
pub fn with(mut base: Value, more: &Value) -> Value {
    let fields = base.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    base
}
