//! RFM 5×5×5 against DuckDB and Polars, which answer the same from raw sales. They come from their packages into a folder
//! that can be thrown away: `python3 -m venv target/peers && target/peers/bin/pip install duckdb polars`. Where they are not
//! there, nothing is measured and a line says so.

use super::figure::Figure;
use super::shop::{Shop, now};
use super::stopwatch::{self, shown};
use super::{file, plain_book};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Another program that answers line by line.
struct Peer {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Which release of each.
    releases: Value,
}

impl Peer {
    /// Starts it over the raw sales of a shop; `None` where its packages are missing.
    fn start(shop: &Shop, folder: &Path) -> Option<Self> {
        let python = python();
        let imports = Command::new(&python).args(["-c", "import duckdb, polars"]).stderr(Stdio::null()).status();
        if !imports.is_ok_and(|status| status.success()) {
            return None;
        }
        let sales = folder.join("sales.csv");
        std::fs::write(&sales, raw_sales(shop)).expect("the sales can be written");
        let mut child = Command::new(python)
            .arg(file::root().join("tests/benches/figures/peers.py"))
            .arg(sales)
            .arg(now().utc().date_naive().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the peer starts");
        let questions = child.stdin.take().expect("it listens");
        let answers = BufReader::new(child.stdout.take().expect("it answers"));
        let mut peer = Self { child, questions, answers, releases: Value::Null };
        peer.releases = peer.answer();
        Some(peer)
    }

    fn ask(&mut self, way: &str) -> Value {
        writeln!(self.questions, "{way}").expect("it listens");
        self.answer()
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).expect("answers are JSON")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Both peers by turns with a run of the program.
pub fn figures(shop: &Shop) -> Vec<Figure> {
    let folder = file::temporary_folder();
    let Some(mut peer) = Peer::start(shop, folder.path()) else {
        println!("peers: DuckDB and Polars are not at {}, so nothing is held against them", python().display());
        return vec![];
    };
    let open = shop.opened();
    let input = json!({ "scheme": "rfm_555" });
    // The first run writes everybody's class; what is measured is a run that moves nobody.
    open.call("segment_run", &input);
    let mut found = vec![];
    for (way, key) in [("duckdb", "segments.duckdb"), ("polars", "segments.polars")] {
        let mut theirs = Value::Null;
        let rounds = shop.size.rounds(9);
        let (ours, others) =
            stopwatch::by_turns(rounds, |_| open.call("segment_run", &input), |_| theirs = peer.ask(way));
        let view = open.read("scheme_get", &json!({ "key": "rfm_555" }));
        let same = GROUPS.iter().all(|(group, letters)| people(&view, group) == theirs[*letters].as_i64().unwrap_or(0));
        let release = peer.releases[way].as_str().unwrap_or_default();
        found.push(
            Figure::at_least(key, 10.0, "≥ 10× as fast", stopwatch::ratio(others.median(), ours.median()))
                .measured("segment_run rfm_555, durable", ours.text())
                .against(format!(
                    "{}, {way} {release} from {} raw sales in memory",
                    shown(others.median()),
                    shop.sales()
                ))
                .checked(same, "the same people in each of the eight groups"),
        );
    }
    found
}

/// The groups by whether recency, frequency and money reach their means.
const GROUPS: [(&str, &str); 8] = [
    ("important_value", "+++"),
    ("important_develop", "+-+"),
    ("important_keep", "-++"),
    ("important_retain", "--+"),
    ("general_value", "++-"),
    ("general_develop", "+--"),
    ("general_keep", "-+-"),
    ("general_retain", "---"),
];

fn people(view: &Value, group: &str) -> i64 {
    let classes = view["classes"].as_array().map(Vec::as_slice).unwrap_or_default();
    classes.iter().find(|class| class["tag"]["key"] == group).and_then(|class| class["people"].as_i64()).unwrap_or(-1)
}

/// The Python that has the peers' packages.
fn python() -> PathBuf {
    std::env::var_os("SHUKEBU_PEERS").map_or_else(|| file::root().join("target/peers/bin/python"), PathBuf::from)
}

/// Customer, day and what was paid in the end, of every sale.
fn raw_sales(shop: &Shop) -> String {
    let book = plain_book::open(shop.book());
    let mut statement = book
        .prepare(
            "SELECT customer_id, sold_on, net_minor - refunded_minor AS net FROM sales WHERE customer_id IS NOT NULL",
        )
        .expect("the book has sales");
    let mut rows = statement.query([]).expect("sales can be read");
    let mut text = String::from("customer_id,sold_on,net\n");
    while let Some(row) = rows.next().expect("a sale") {
        let (customer, net): (i64, i64) = (row.get("customer_id").expect("an id"), row.get("net").expect("an amount"));
        let on: String = row.get("sold_on").expect("a day");
        writeln!(text, "{customer},{on},{net}").expect("text grows");
    }
    text
}
