//! A book belongs to one program at a time, whatever that program does with the file meanwhile: the operating system
//! lets a lock go when a second handle of the same file is closed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shukebu_backend::app::App;
use shukebu_backend::clock::SystemClock;
use shukebu_backend::commands::call;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

fn exit_code_of_another_program(book: &Path) -> i32 {
    let program = env!("CARGO_BIN_EXE_shukebu-cli");
    let output = Command::new(program).arg("--book").arg(book).args(["book", "info"]).output().unwrap();
    output.status.code().unwrap()
}

#[test]
fn a_book_that_is_open_stays_closed_to_others_before_and_after_a_backup() {
    let home = tempfile::tempdir().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let app = App::new(Arc::new(SystemClock), home.path().to_path_buf());
    let tell = |command: &str, input: Value| -> Value {
        serde_json::from_str(&call(&app, command, &input.to_string()).unwrap()).unwrap()
    };
    let folder = app.grant(home.path().to_path_buf());
    let made = tell("book_create", json!({ "name": "小满", "trade": "bakery", "folder": folder }));
    let book = Path::new(made["path"].as_str().unwrap());
    assert_eq!(exit_code_of_another_program(book), 3, "it is open here");

    let folder = app.grant(stick.path().to_path_buf());
    for _ in 0..2 {
        tell("backup_create", json!({ "folder": folder }));
        assert_eq!(exit_code_of_another_program(book), 3, "the copy was read with handles of its own");
    }
    app.close_book();
    assert_eq!(exit_code_of_another_program(book), 0, "nobody has it now");
}
