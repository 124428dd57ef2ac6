//! The walls that no compiler guards: who imports whom, how long files are, which words are used, what may not stand
//! in the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project")
}

/// Every file under a folder with one of the endings; generated and foreign code is left out.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut open = vec![root().join(folder)];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())).flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "dist", "bindings", "target", "gen"].contains(&name.as_str())
                    && !name.starts_with('.')
                {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = std::fs::read_to_string(&path).expect("a text file");
                let shown = path.strip_prefix(root()).expect("inside").display().to_string().replace('\\', "/");
                found.push((shown, text));
            }
        }
    }
    assert!(!found.is_empty(), "nothing found under {folder}");
    found.sort();
    found
}

#[test]
fn the_domain_knows_no_clock_no_file_and_no_database() {
    for (name, text) in sources("src-tauri/crates/domain/src", &[".rs"]) {
        for word in
            ["std::fs", "std::net", "std::env", "rusqlite", "SystemTime", "Utc::now", "Local::now", "println!", "log::"]
        {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn money_and_points_never_become_floats() {
    for folder in ["src-tauri/crates/domain/src", "src-tauri/crates/backend/src"] {
        for (name, text) in sources(folder, &[".rs"]) {
            for (number, line) in text.lines().enumerate() {
                let is_float = line.contains("f64") || line.contains("f32");
                let is_about_money =
                    ["minor", "Money", "points", "Points", "amount"].iter().any(|word| line.contains(word));
                assert!(!(is_float && is_about_money), "{name}:{}: {line}", number + 1);
            }
        }
    }
}

#[test]
fn sql_stands_only_in_the_store() {
    for (name, text) in sources("src-tauri/crates/backend/src", &[".rs"]) {
        if name.contains("/store/") {
            continue;
        }
        for word in ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "execute_batch", "prepare_cached"] {
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            assert!(!lines.clone().any(|line| line.contains(word)), "{name} speaks SQL: {word}");
        }
    }
}

/// The modules that a file names behind `crate::` or `super::`; behind a second `super::` stand others.
fn named_modules(code: &str, front: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let pieces: Vec<&str> = code.split(front).collect();
    for (before, rest) in pieces.iter().zip(pieces.iter().skip(1)) {
        if before.is_empty() {
            continue;
        }
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word_of(rest));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && character.is_ascii_lowercase() => {
                    begins = false;
                    found.insert(word_of(&group[at..]));
                }
                _ => {}
            }
        }
    }
    found
}

fn word_of(text: &str) -> String {
    text.chars().take_while(|character| character.is_ascii_lowercase() || *character == '_').collect()
}

#[test]
fn modules_of_the_backend_stand_above_each_other_and_never_in_a_circle() {
    let folder = "src-tauri/crates/backend/src/";
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in sources(folder, &[".rs"]) {
        if name.ends_with("tests.rs") {
            continue;
        }
        let own = word_of(&name[folder.len()..]);
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        uses.entry(own).or_default().extend(named_modules(code, "crate::"));
    }
    assert!(uses["sales"].contains("store") && uses["store"].contains("error"), "the reader sees what is used");
    let circle = in_a_circle(uses);
    assert!(circle.is_empty(), "these know each other in a circle, or stand on one: {circle:#?}");
}

/// What is left once everybody went who uses nobody that is left.
fn in_a_circle(mut uses: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeSet<String> = uses.keys().cloned().collect();
    for (own, others) in &mut uses {
        others.retain(|other| other != own && modules.contains(other));
    }
    while let Some(lowest) = uses.iter().find(|(_, others)| others.is_empty()).map(|(own, _)| own.clone()) {
        uses.remove(&lowest);
        uses.values_mut().for_each(|others| {
            others.remove(&lowest);
        });
    }
    uses
}

#[test]
fn files_beside_each_other_form_no_circle() {
    let mut rooms: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let crates = ["domain", "backend", "cli", "xtask"].map(|name| format!("src-tauri/crates/{name}/src"));
    for (name, text) in crates.iter().flat_map(|folder| sources(folder, &[".rs"])) {
        // The face of a folder stands beside the folder's neighbours.
        let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
        let Some((folder, own)) = path.rsplit_once('/') else { continue };
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let room = rooms.entry(folder.to_owned()).or_default();
        room.entry(own.to_owned()).or_default().extend(named_modules(code, "super::"));
    }
    let store = &rooms["src-tauri/crates/backend/src/store"];
    assert!(
        store["ladder"].contains("remembered") && store["ladder"].contains("parsed"),
        "the reader sees what is used"
    );
    let circles: BTreeMap<_, _> = rooms
        .into_iter()
        .map(|(folder, uses)| (folder, in_a_circle(uses)))
        .filter(|(_, circle)| !circle.is_empty())
        .collect();
    assert!(circles.is_empty(), "these know each other in a circle, or stand on one: {circles:#?}");
}

#[test]
fn the_shell_holds_no_rule_and_no_sql() {
    for (name, text) in sources("src-tauri/src", &[".rs"]) {
        for word in
            ["rusqlite", "SELECT ", "shukebu_domain::ladder", "shukebu_domain::points", "shukebu_domain::segmentation"]
        {
            assert!(!text.contains(word), "{name} uses {word}");
        }
    }
}

#[test]
fn only_one_folder_of_the_page_knows_the_shell() {
    for (name, text) in sources("ui/src", &[".ts", ".tsx"]) {
        if !name.starts_with("ui/src/backend/") {
            assert!(!text.contains("@tauri-apps"), "{name} imports the shell");
        }
    }
}

#[test]
fn features_of_the_page_do_not_know_each_other() {
    for (name, text) in sources("ui/src/features", &[".ts", ".tsx"]) {
        let own = name.split('/').nth(3).expect("a feature");
        for line in text.lines().filter(|line| line.contains("features/")) {
            assert!(line.contains(&format!("features/{own}")), "{name} imports another feature: {line}");
        }
    }
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let mut long = vec![];
    for (folder, endings) in [("src-tauri", [".rs", ".sql"]), ("tests", [".rs", ".rs"]), ("ui/src", [".ts", ".tsx"])] {
        for (name, text) in sources(folder, &endings) {
            let lines = text.lines().count();
            if lines > 500 && !name.ends_with(".sql") {
                long.push(format!("{name}: {lines}"));
            }
        }
    }
    assert!(long.is_empty(), "split by meaning: {long:#?}");
}

#[test]
fn every_program_of_tests_is_run_by_the_test_command() {
    let steps = std::fs::read_to_string(root().join("src-tauri/crates/xtask/src/steps.rs")).expect("the steps");
    let own = ["all", "journeys", "window"].map(str::to_owned);
    let of_crates = sources("src-tauri/crates", &[".rs"]).into_iter().filter_map(|(name, _)| {
        let (_, program) = name.trim_end_matches(".rs").split_once("/tests/")?;
        (!name.contains("/src/") && !program.contains('/')).then(|| program.to_owned())
    });
    let programs: Vec<String> = own.into_iter().chain(of_crates).collect();
    assert!(programs.contains(&"strangers".to_owned()), "the reader sees what is there");
    for program in programs {
        assert!(steps.contains(&format!(r#""--test", "{program}""#)), "nobody runs the tests in {program}");
    }
}

#[test]
fn nothing_is_left_open_in_the_code() {
    for folder in ["src-tauri", "tests", "ui/src"] {
        for (name, text) in sources(folder, &[".rs", ".ts", ".tsx"]) {
            for word in [
                concat!("TO", "DO"),
                concat!("FIX", "ME"),
                concat!("#[ig", "nore"),
                concat!("it.sk", "ip"),
                concat!("test.sk", "ip"),
            ] {
                assert!(!text.contains(word), "{name} holds {word}");
            }
        }
    }
}

#[test]
fn every_test_that_an_acceptance_table_names_exists() {
    let mut wrong = vec![];
    let mut named = 0;
    for (table, text) in sources("docs/acceptance", &[".md"]) {
        // What stands between two backticks.
        for word in text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)) {
            let rust = word.split_once(".rs::").map(|(file, test)| (format!("{file}.rs"), format!("fn {test}(")));
            let page = [".test.tsx: ", ".test.ts: "].iter().find_map(|end| {
                let (file, title) = word.split_once(end)?;
                Some((format!("{file}{}", end.trim_end_matches(": ")), title.to_owned()))
            });
            let Some((file, test)) = rust.or(page) else { continue };
            named += 1;
            let code = std::fs::read_to_string(root().join(&file)).unwrap_or_default();
            if !code.contains(&test) {
                wrong.push(format!("{table}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "no such test: {wrong:#?}");
    assert!(named > 0, "the tables name no test");
}

#[test]
fn every_command_has_a_row_in_the_table_of_rights() {
    let known: BTreeSet<&str> = shukebu_domain::rights::rules().map(|rule| rule.action).collect();
    for command in shukebu_backend::commands::COMMANDS {
        assert!(known.contains(command.action), "{} has no row for {}", command.name, command.action);
    }
}

#[test]
fn every_sentence_of_a_refusal_stands_in_the_catalogue() {
    let catalogue = shukebu_backend::messages::catalogue(shukebu_backend::messages::Language::English);
    let mut missing = BTreeSet::new();
    for folder in ["src-tauri/crates/backend/src", "src-tauri/crates/domain/src"] {
        for (name, text) in sources(folder, &[".rs"]) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for front in ["FieldError::new(", "RuleError::not_now(", "ApiError::not_now(", "say("] {
                for rest in code.split(front).skip(1) {
                    let arguments = rest.split(')').next().unwrap_or_default();
                    // A field's path stands before its problem, a sentence's key before its values.
                    let mut literals = arguments.split('"').skip(1).step_by(2);
                    let key = if front.starts_with("FieldError") { literals.last() } else { literals.next() };
                    if let Some(key) = key {
                        let is_key = key.contains('.')
                            && key
                                .chars()
                                .all(|ch| ch.is_ascii_lowercase() || ch == '.' || ch == '_' || ch.is_ascii_digit());
                        if is_key && !catalogue.contains_key(key) && !key.ends_with('.') {
                            missing.insert(format!("{name}: {key}"));
                        }
                    }
                }
            }
        }
    }
    missing.retain(|line| !line.contains("/laboratory/"));
    assert!(missing.is_empty(), "{missing:#?}");
}
