//! The program's log: one file in the profile, kept small, with ids and never with names, phones
//! or complaint texts (what the backend logs is written that way).

use log::{LevelFilter, Log, Metadata, Record};
use shukebu_backend::clock::{Clock, SystemClock};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Past this the file is put aside, and the one before it is dropped.
const LARGEST: u64 = 1_000_000;

struct LogFile(Mutex<File>);

/// Starts the log. A log that cannot be written is no reason not to start.
pub fn start(home: &Path) {
    match open(home) {
        Ok(file) => {
            if log::set_boxed_logger(Box::new(LogFile(Mutex::new(file)))).is_ok() {
                log::set_max_level(LevelFilter::Info);
                std::panic::set_hook(Box::new(|panic| {
                    // The place alone: a message could quote what somebody typed.
                    let place = panic.location().map(ToString::to_string).unwrap_or_default();
                    log::error!("panic at {place}");
                }));
            }
        }
        Err(error) => eprintln!("no log: {error}"),
    }
}

fn open(home: &Path) -> std::io::Result<File> {
    let folder = home.join("logs");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("shukebu.log");
    if std::fs::metadata(&file).is_ok_and(|facts| facts.len() > LARGEST) {
        std::fs::rename(&file, folder.join("shukebu.1.log"))?;
    }
    File::options().create(true).append(true).open(file)
}

impl Log for LogFile {
    fn enabled(&self, metadata: &Metadata) -> bool {
        // Our own words, and what others find alarming.
        metadata.target().starts_with("shukebu") || metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &Record) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemClock.now();
        // A full disk must not stop the shop because of a log.
        let _ = writeln!(file, "{now} {:<5} {} {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}
