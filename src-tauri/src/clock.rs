//! The clock that the backend is given: the machine's, or in debug builds one that a file sets, so
//! that a test of the real window can let an hour pass.

use shukebu_backend::clock::{Clock, SystemClock};
use shukebu_domain::time::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// The clock for this start.
pub fn clock() -> Arc<dyn Clock> {
    match crate::place::clock_file() {
        Some(file) => Arc::new(FileClock { file }),
        None => Arc::new(SystemClock),
    }
}

/// Reads a file at every look: an RFC 3339 instant at which time stands still, or seconds by which
/// the machine's clock is moved. Anything else means the machine's clock.
struct FileClock {
    file: PathBuf,
}

impl Clock for FileClock {
    fn now(&self) -> Timestamp {
        let real = SystemClock.now();
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        told(text.trim(), real).unwrap_or(real)
    }
}

fn told(text: &str, real: Timestamp) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(Timestamp::from_millis(real.millis().saturating_add(seconds.saturating_mul(1000))));
    }
    Timestamp::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_moves_the_clock_or_stops_it() {
        let real = Timestamp::from_millis(1_000_000);
        assert_eq!(told("3660", real), Some(Timestamp::from_millis(4_660_000)));
        assert_eq!(told("-1", real), Some(Timestamp::from_millis(999_000)));
        assert_eq!(told("1970-01-01T00:00:05Z", real), Some(Timestamp::from_millis(5_000)));
        assert_eq!(told("tomorrow", real), None);
    }
}
