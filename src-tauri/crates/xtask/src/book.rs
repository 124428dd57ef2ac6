//! Chores that call the product's own programs: the types for the interface, the demo shop, the
//! measurements.

use crate::{Outcome, paths, process};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const BINDINGS: &str = "ui/src/backend/bindings";

/// `cargo xtask bindings`: writes the types, or with `--check` only says whether they are fresh.
pub fn bindings(arguments: &[String]) -> Outcome {
    match arguments {
        [] => {
            let to = paths::root().join(BINDINGS);
            process::shown(export(&to))?;
            println!("types written to {BINDINGS}");
            Ok(())
        }
        [flag] if flag == "--check" => {
            bindings_are_fresh(&paths::made("logs")?.join("bindings.log"), Duration::from_secs(3600))
        }
        _ => Err("usage: cargo xtask bindings [--check]".into()),
    }
}

/// Generates the types beside the checked-in ones and compares every byte.
pub fn bindings_are_fresh(log: &Path, limit: Duration) -> Outcome {
    let fresh = paths::target().join("bindings");
    let _ = std::fs::remove_dir_all(&fresh);
    process::logged(export(&fresh), log, limit)?;
    let (fresh, kept) = (contents(&fresh)?, contents(&paths::root().join(BINDINGS))?);
    if fresh.is_empty() {
        return Err("no types were written".into());
    }
    let names: std::collections::BTreeSet<&PathBuf> = fresh.keys().chain(kept.keys()).collect();
    let stale: Vec<String> = names
        .into_iter()
        .filter(|name| fresh.get(*name) != kept.get(*name))
        .map(|name| name.display().to_string())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale, run `cargo xtask bindings`: {}", stale.join(", ")))
}

/// The test that writes the types.
fn export(to: &Path) -> Command {
    let mut cargo = process::cargo();
    cargo.args(["test", "--package", "shukebu-backend", "--features", "bindings", "--lib", "commands::bindings::"]);
    cargo.env("SHUKEBU_BINDINGS_DIR", to).env("CARGO_TERM_COLOR", "never");
    cargo
}

fn contents(dir: &Path) -> Outcome<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(next) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&next) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(dir).unwrap_or(&path).to_path_buf();
            let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            found.insert(name, bytes);
        }
    }
    Ok(found)
}

/// `cargo xtask demo`: a new book filled with a shop's year.
pub fn demo(arguments: &[String]) -> Outcome {
    let (mut trade, mut out) = ("bakery".to_owned(), None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = || format!("{word} needs a value");
        match word.as_str() {
            "--trade" => trade = words.next().ok_or_else(value)?.clone(),
            "--out" => out = Some(PathBuf::from(words.next().ok_or_else(value)?)),
            other => return Err(format!("`{other}` is not known; demo [--trade NAME] [--out FILE]")),
        }
    }
    let file = match out {
        Some(file) => std::path::absolute(file).map_err(|error| error.to_string())?,
        None => paths::made("demo")?.join(format!("{trade}.shukebu")),
    };
    if file.exists() {
        return Err(format!("{} is there already; name another file with --out, or remove it", file.display()));
    }
    let mut build = process::cargo();
    build.args(["build", "--release", "--package", "shukebu-cli"]);
    process::shown(build)?;
    let mut create = process::command(paths::built("release", "shukebu-cli"));
    create.args(["--lang", "zh-Hans", "--book"]).arg(&file).args(["book", "create", "--demo", "--trade", &trade]);
    process::shown(create)?;
    println!("the demo shop is {}", file.display());
    Ok(())
}

/// `cargo xtask bench`: measures and rewrites `docs/performance.md`.
pub fn bench(arguments: &[String]) -> Outcome {
    let mut cargo = process::cargo();
    cargo.args(["bench", "--package", "shukebu-tests", "--bench", "figures", "--"]).args(arguments);
    cargo.env("SHUKEBU_FIGURES", paths::root().join("docs/performance.md"));
    process::shown(cargo)
}
