//! A demo shop for a look in a browser: the built interface over the loopback host, without the shell.
//!
//! `cargo run --package shukebu-tests --features desktop --example host -- [TRADE] [NOW]` prints the address and serves
//! until it is ended; TRADE is one of the six of the demo shop, NOW an instant at which the clock stands. A line on its
//! input moves the clock on by so many minutes (`90`), lets somebody else act (`as 小王`) or says what the next dialog for
//! a file or a folder answers (`pick import_file list.csv`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "equipment")]

use serde_json::json;
use shukebu_domain::time::Timestamp;
use shukebu_tests::equipment::host::Host;
use shukebu_tests::equipment::wait_for;
use std::path::Path;

fn main() {
    let mut words = std::env::args().skip(1);
    let trade = words.next().unwrap_or_else(|| "bakery".into());
    let now = words.next().unwrap_or_else(|| "2026-03-02T10:00:00+08:00".into());
    let home = tempfile::tempdir().expect("a temporary folder");
    let host = Host::start(home.path(), Timestamp::parse(&now).expect("an RFC 3339 instant"));
    let job = host.call("demo_create", &json!({ "trade": trade }));
    let is_done = || (host.call("job_get", &json!({ "job": job["job"] }))["state"] != "running").then_some(());
    wait_for(is_done).expect("the demo shop is made");
    println!("{}", host.address);
    for line in std::io::stdin().lines().map_while(Result::ok) {
        match line.trim().split_once(' ') {
            Some(("as", name)) => host.app().act_as(name).expect("somebody who works here"),
            Some(("pick", answer)) => match answer.split_once(' ') {
                Some((what, path)) => host.will_pick(what, Path::new(path)),
                None => eprintln!("`pick`, what is asked for, and a path"),
            },
            _ => match line.trim().parse() {
                Ok(minutes) => drop(host.pass_minutes(minutes)),
                Err(_) => eprintln!("minutes, `as` and a name, or `pick`, what is asked for, and a path"),
            },
        }
    }
    loop {
        std::thread::park();
    }
}
