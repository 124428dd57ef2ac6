//! Opening a book: from a program without one to the answer to the first search.

use super::figure::Figure;
use super::shop::{self, Shop};
use super::stopwatch::{self, Laps, shown};
use serde_json::{Value, json};
use shukebu_backend::{commands, keys};
use std::time::Duration;

/// First paint of an empty web view on the reference machine: the window cannot show an answer before.
const FIRST_PAINT: Duration = Duration::from_millis(360);

/// The part of a cold start that is the backend's.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let copy = shop.copied();
    let book = copy.book();
    let mut laps = Laps::default();
    let mut total = 0;
    for _ in 0..shop.size.rounds(11) {
        let (app, _clock) = shop::program(book.parent().expect("BUG: the book lies in a folder"));
        let key = keys::read_key_beside(&book).expect("the key lies beside the book");
        let answer = laps.time(|| {
            app.open_book(&book, key).expect("the book opens");
            commands::call(&app, "customer_search", &json!({ "text": "张" }).to_string()).expect("an answer")
        });
        let answer: Value = serde_json::from_str(&answer).expect("answers are JSON");
        total = answer["total"].as_i64().unwrap_or(0);
        app.close_book();
    }
    let ratio = stopwatch::ratio(laps.median(), FIRST_PAINT);
    let figure = Figure::at_most("start.open", 1.0, "≤ 1×", ratio)
        .measured("open a book, load the search, answer the first letter", laps.text())
        .against(format!("{}, first paint of an empty web view", shown(FIRST_PAINT)))
        .checked(total > 0, format!("{total} customers found"));
    vec![figure]
}
