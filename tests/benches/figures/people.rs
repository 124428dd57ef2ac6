//! Merging a record with five hundred sales into another, taking that back, and erasing a customer with as many. Against
//! the rows that each of them writes, written as one bare transaction.

use super::figure::{Figure, Held};
use super::file;
use super::shop::{CopiedBook, OpenShop, Shop, Size};
use super::stopwatch::{self, Laps};
use super::writes::{self, Writes};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// The argument by which a process of its own does nothing but one deed, some times.
pub const CHILD: &str = "--only-people";

/// Deeds of which the flushes are counted.
const COUNTED: usize = 3;

/// What is done with somebody, in this order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Merge,
    Undo,
    Erase,
}

impl Deed {
    const ALL: [Self; 3] = [Self::Merge, Self::Undo, Self::Erase];

    /// Does it to a regular; a merge goes into the record of somebody who never came.
    fn of(self, open: &OpenShop, person: &Person) -> Value {
        match self {
            Self::Merge => {
                open.read("customer_merge", &json!({ "survivor_id": person.other, "absorbed_id": person.regular }))
            }
            Self::Undo => {
                let merges = open.read("customer_merges", &json!({ "customer_id": person.other }));
                open.read("customer_merge_undo", &json!({ "id": merges["rows"][0]["id"] }))
            }
            Self::Erase => open.read("customer_erase", &json!({ "customer_id": person.regular, "reason": "asked" })),
        }
    }
}

/// A regular with five hundred sales, and a second record.
struct Person {
    regular: i64,
    other: i64,
}

impl Person {
    /// The one of a place: each has two numbers, one after the other.
    fn at(first: i64, place: usize) -> Self {
        let regular = first + 2 * i64::try_from(place).expect("BUG: a place is a small number");
        Self { regular, other: regular + 1 }
    }
}

/// Time and flushes of each deed.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let rounds = shop.size.rounds(7);
    let (regulars, first) = with_regulars(shop, 1 + rounds.max(2 * COUNTED));
    let open = opened(&regulars);
    let mut before = CopiedBook::of(&regulars.book());
    let (mut figures, mut flushes_before) = (vec![], Some(0.0));
    for (many, deed) in (1..).zip(Deed::ALL) {
        let after = once(&before, deed, &Person::at(first, 0));
        let there = Writes::between(&before.book(), &after.book());
        let back = Writes::between(&after.book(), &before.book());
        let mut book = writes::open(&before.book());
        let (ours, bare) =
            by_turns(rounds, |round| deed.of(&open, &Person::at(first, round)), &mut book, (&there, &back));
        there.make(&mut book);
        drop(book);
        let is_same = Writes::between(&before.book(), &after.book()).rows() == 0;
        figures.push(time(deed, &ours, &bare, there.rows()).checked(is_same, "the same book afterwards"));
        let flushes_until = flushes(shop, &regulars.book(), first, many);
        let flushes = flushes_until.zip(flushes_before).map(|(until, before)| until - before);
        figures.push(flushed(deed, flushes));
        (before, flushes_before) = (after, flushes_until);
    }
    figures
}

/// A copy of a shop in which some have bought five hundred times, closed; and the number of the first of them.
fn with_regulars(shop: &Shop, count: usize) -> (CopiedBook, i64) {
    let open = shop.opened();
    let sales = if shop.size == Size::Tiny { 5 } else { 500 };
    let mut first = None;
    for number in 0..count {
        let made = |name: String| open.read("customer_create", &json!({ "name": name }))["id"].as_i64().expect("an id");
        let regular = made(format!("熟客{number}"));
        made(format!("新客{number}"));
        first.get_or_insert(regular);
        for sale in 0..sales {
            open.clock.advance_seconds(3_600);
            let lines = json!([{ "product_id": sale % 9 + 1, "quantity": "1" }, { "product_id": sale % 7 + 10, "quantity": "2" }]);
            open.call("sale_create", &json!({ "customer_id": regular, "lines": lines }));
        }
    }
    open.app.close_book();
    // Whatever falls due later was done before anything is compared.
    let open = opened(&CopiedBook::of(&open.book()));
    open.app.close_book();
    (CopiedBook::of(&open.book()), first.expect("BUG: there is one"))
}

/// The program with a copy open, later than all these sales.
fn opened(book: &CopiedBook) -> OpenShop {
    let open = CopiedBook::of(&book.book()).opened();
    open.clock.advance_seconds(200 * 24 * 3_600);
    open
}

/// The book after a deed.
fn once(before: &CopiedBook, deed: Deed, person: &Person) -> CopiedBook {
    let open = opened(before);
    deed.of(&open, person);
    open.app.close_book();
    CopiedBook::of(&open.book())
}

/// The deed for one after the other, and what it writes for the first by turns with it; that is taken back each time.
fn by_turns(
    rounds: usize,
    mut deed: impl FnMut(usize) -> Value,
    book: &mut Connection,
    (there, back): (&Writes, &Writes),
) -> (Laps, Laps) {
    let (mut ours, mut bare) = (Laps::default(), Laps::default());
    for round in 1..=rounds {
        ours.time(|| deed(round));
        bare.time(|| there.make(book));
        back.make(book);
    }
    (ours, bare)
}

fn time(deed: Deed, ours: &Laps, bare: &Laps, rows: usize) -> Figure {
    let (key, what) = match deed {
        Deed::Merge => ("people.merge", "customer_merge of a record with 500 sales"),
        Deed::Undo => ("people.undo", "customer_merge_undo of it"),
        Deed::Erase => ("people.erase", "customer_erase of a customer with 500 sales"),
    };
    Figure::at_most(key, 1.5, "≤ 1.5×", stopwatch::ratio(ours.median(), bare.median()))
        .measured(what, ours.text())
        .against(format!("{}, the {rows} rows that it writes as one bare transaction", bare.text()))
}

fn flushed(deed: Deed, flushes: Option<f64>) -> Figure {
    let key = match deed {
        Deed::Merge => "people.merge_flushes",
        Deed::Undo => "people.undo_flushes",
        Deed::Erase => "people.erase_flushes",
    };
    let held = flushes.map_or(Held::Untold, |count| if (count - 1.0).abs() < 0.001 { Held::Yes } else { Held::No });
    let told = flushes.map_or_else(|| "not counted: no strace here".to_owned(), |count| format!("{count:.2}"));
    Figure::plain(key, "1", held).measured(format!("flushes, counted over {COUNTED}"), told).against("1 flush")
}

/// Flushes of the first deeds with one person: those of a process that does them with twice as many, less those of one
/// that does them with some.
fn flushes(shop: &Shop, book: &Path, first: i64, deeds: usize) -> Option<f64> {
    if shop.size == Size::Tiny {
        return None;
    }
    let words = |people: usize| [book.display().to_string(), first.to_string(), deeds.to_string(), people.to_string()];
    let (twice, some) = (file::flushes_of(CHILD, &words(2 * COUNTED))?, file::flushes_of(CHILD, &words(COUNTED))?);
    Some((twice - some) as f64 / COUNTED as f64)
}

/// Does the first deeds with some people of a book, and ends.
pub fn child(mut words: impl Iterator<Item = String>) -> ExitCode {
    let book = CopiedBook::of(words.next().expect("a book").as_ref());
    let mut number = || words.next().and_then(|word| word.parse::<i64>().ok()).expect("a number");
    let (first, deeds, people) = (number(), number(), number());
    let open = opened(&book);
    for place in (0..).take(usize::try_from(people).expect("BUG: a small number")) {
        let deeds = Deed::ALL.into_iter().take(usize::try_from(deeds).expect("BUG: a small number"));
        deeds.for_each(|deed| drop(deed.of(&open, &Person::at(first, place))));
    }
    open.app.close_book();
    ExitCode::SUCCESS
}
