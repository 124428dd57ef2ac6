//! Search as one types: against a scan of the same bytes by `memmem`, and against `LIKE`.

use super::figure::Figure;
use super::plain_book;
use super::shop::{OpenShop, Shop};
use super::stopwatch::{self, Laps, shown};
use memchr::memmem;
use rusqlite::Connection;
use serde_json::json;
use shukebu_backend::search::{Rank, SearchIndex, SearchOptions};
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeSet;
use std::time::Duration;

/// What is known of one customer.
struct Known {
    id: CustomerId,
    line: String,
    name: String,
    phone: String,
}

/// Engine against scan and `LIKE`, the whole command, and how many of those whom a person would find are found.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let everybody = everybody(&plain_book::open(shop.book()));
    let index = SearchIndex::load(everybody.iter().map(|known| (known.id, known.line.as_str(), Rank::default())));
    let questions = questions(&everybody);
    let rounds = shop.size.rounds(15);
    let (recall, is_complete) = recall(&index, &everybody, &questions);
    vec![
        scan(&index, &everybody, &questions, rounds).checked(is_complete, recall.clone()),
        like(&index, &everybody, &questions, shop.size.rounds(7)).checked(is_complete, recall),
        command(&shop.opened(), &questions, rounds),
    ]
}

fn everybody(book: &Connection) -> Vec<Known> {
    let mut statement = book
        .prepare(
            "SELECT customers.id, customers.name, customer_search.text,
                    (SELECT value FROM contacts WHERE customer_id = customers.id ORDER BY position, id LIMIT 1) AS phone
             FROM customers
             JOIN customer_search ON customer_search.customer_id = customers.id
             ORDER BY customers.id",
        )
        .expect("the book has customers");
    let rows = statement.query_map([], |row| {
        let phone: Option<String> = row.get("phone")?;
        Ok(Known {
            id: CustomerId(row.get("id")?),
            line: row.get("text")?,
            name: row.get("name")?,
            phone: phone.unwrap_or_default(),
        })
    });
    rows.expect("customers can be read").map(|row| row.expect("a customer")).collect()
}

/// What people type: a character, a name, first letters, the end and the middle of a number.
fn questions(everybody: &[Known]) -> Vec<String> {
    let mut asked = BTreeSet::new();
    for part in 0..8 {
        let known = &everybody[everybody.len() * part / 8];
        let name: Vec<char> = known.name.chars().collect();
        let letters = shukebu_backend::search::mnemonic(&known.name).to_lowercase();
        asked.insert(name[0].to_string());
        asked.insert(name[name.len() - 1].to_string());
        asked.insert(name[..2.min(name.len())].iter().collect());
        asked.insert(known.name.clone());
        asked.extend(letters.get(..1).map(str::to_owned));
        asked.insert(letters);
        asked.extend(known.phone.get(7..).map(str::to_owned));
        asked.extend(known.phone.get(4..8).map(str::to_owned));
        asked.extend(known.phone.get(6..7).map(str::to_owned));
    }
    asked.into_iter().filter(|text| !text.is_empty()).collect()
}

/// Per question, so that an easy one does not hide a hard one: the ratio is the median of their ratios.
fn scan(index: &SearchIndex, everybody: &[Known], questions: &[String], rounds: usize) -> Figure {
    let flat: Vec<u8> = everybody.iter().flat_map(|known| known.line.bytes().chain([b'\n'])).collect();
    let (mut ours, mut peers, mut ratios) = (vec![], vec![], vec![]);
    for question in questions {
        let finder = memmem::Finder::new(question.as_bytes());
        let (engine, peer) = stopwatch::by_turns(
            rounds,
            |_| index.search(question, SearchOptions { limit: 12, fuzzy: false }).total,
            |_| std::hint::black_box(finder.find_iter(&flat).count()),
        );
        ratios.push(stopwatch::ratio(engine.median(), peer.median()));
        ours.push(engine.median());
        peers.push(peer.median());
    }
    let value = format!("{} (slowest {})", shown(middle(&mut ours)), shown(last(&ours)));
    let peer = format!(
        "{} (slowest {}), `memmem` over the same {} kB",
        shown(middle(&mut peers)),
        shown(last(&peers)),
        flat.len() / 1000
    );
    ratios.sort_by(f64::total_cmp);
    Figure::at_most("search.scan", 2.0, "≤ 2×", ratios[ratios.len() / 2])
        .measured(format!("the engine, {} kinds of fragments", questions.len()), value)
        .against(peer)
}

fn like(index: &SearchIndex, everybody: &[Known], questions: &[String], rounds: usize) -> Figure {
    let memory = Connection::open_in_memory().expect("a book in memory");
    memory.execute_batch("CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL); BEGIN").expect("a table");
    {
        let mut insert = memory.prepare("INSERT INTO lines (id, text) VALUES (?1, ?2)").expect("an insert");
        for known in everybody {
            insert.execute((known.id.0, &known.line)).expect("a line");
        }
    }
    memory.execute_batch("COMMIT").expect("a commit");
    let mut statement =
        memory.prepare("SELECT count(*) FROM lines WHERE text LIKE '%' || ?1 || '%'").expect("a question");
    let (mut ours, mut peers, mut ratios) = (vec![], vec![], vec![]);
    for question in questions.iter().step_by(4) {
        let (engine, peer) = stopwatch::by_turns(
            rounds,
            |_| index.search(question, SearchOptions { limit: 12, fuzzy: false }).total,
            |_| statement.query_row([question], |row| row.get::<_, i64>(0)).expect("a count"),
        );
        ratios.push(stopwatch::ratio(peer.median(), engine.median()));
        ours.push(engine.median());
        peers.push(peer.median());
    }
    ratios.sort_by(f64::total_cmp);
    Figure::at_least("search.like", 25.0, "≥ 25× as fast", ratios[ratios.len() / 2])
        .measured("the engine, a quarter of the fragments", shown(middle(&mut ours)))
        .against(format!("{}, `LIKE` over the same lines in memory", shown(middle(&mut peers))))
}

fn command(shop: &OpenShop, questions: &[String], rounds: usize) -> Figure {
    let mut laps = Laps::default();
    let mut most_bytes = 0;
    for round in 0..rounds {
        for question in questions {
            let answer = laps.time(|| shop.call("customer_search", &json!({ "text": question })));
            if round == 0 {
                most_bytes = most_bytes.max(answer.len());
            }
        }
    }
    let frame = Duration::from_micros(16_667);
    let ratio = stopwatch::ratio(laps.p95(), frame);
    Figure::at_most("search.command", 1.0, "p95 ≤ 1 frame, ≤ 10 kB", ratio)
        .measured("the whole command with twelve rows", laps.text())
        .against("16.7 ms, one frame")
        .checked(most_bytes <= 10_000, format!("at most {most_bytes} bytes"))
}

/// Whoever has the fragment in the name or the number has to be found.
fn recall(index: &SearchIndex, everybody: &[Known], questions: &[String]) -> (String, bool) {
    let (mut expected, mut found) = (0_usize, 0_usize);
    for question in questions.iter().filter(|question| !question.bytes().any(|byte| byte.is_ascii_lowercase())) {
        let hits = index.search(question, SearchOptions { limit: usize::MAX, fuzzy: false }).hits;
        let hits: BTreeSet<i64> = hits.iter().map(|hit| hit.id.0).collect();
        let must = everybody.iter().filter(|known| known.name.contains(question) || known.phone.contains(question));
        for known in must {
            expected += 1;
            found += usize::from(hits.contains(&known.id.0));
        }
    }
    (format!("{found} of {expected} found that brute force finds"), expected > 0 && found == expected)
}

fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn last(times: &[Duration]) -> Duration {
    times.iter().max().copied().unwrap_or_default()
}
