//! The types of every command, written for the page.

use ts_rs::{Config, TS};

macro_rules! export_types {
    ($($name:ident($input:ident) -> $output:ident, action $action:literal, by $($module:ident)::+;)*) => {
        fn export_all(config: &Config) {
            use super::*;
            $(
                $input::export_all(config).expect("a type can be written");
                $output::export_all(config).expect("a type can be written");
            )*
            // What travels inside a job or beside the answers.
            crate::api::imports::ImportReport::export_all(config).expect("a type can be written");
            crate::api::exports::ExportedFile::export_all(config).expect("a type can be written");
            crate::api::offers::cashback::CashbackRunView::export_all(config).expect("a type can be written");
            ApiError::export_all(config).expect("a type can be written");
        }
    };
}
for_each_command!(export_types);

#[test]
fn write_the_types_for_the_window() {
    // `cargo xtask bindings --check` has them written beside the kept ones and compares.
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/backend/bindings").to_owned();
    let folder = std::env::var("SHUKEBU_BINDINGS_DIR").unwrap_or(kept);
    let config = Config::new().with_out_dir(&folder).with_large_int("number");
    let _ = std::fs::remove_dir_all(&folder);
    export_all(&config);
    std::fs::write(format!("{folder}/commands.ts"), super::typescript_map(&config)).expect("the map can be written");
}
