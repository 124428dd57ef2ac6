//! Reads how many tests ran out of what `cargo test` and vitest print, so that the last line of
//! `cargo xtask test` can tell one sum for all of them.

use crate::tail::plain;

/// Tests that passed and tests that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that ran and held.
    pub passed: u64,
    /// Tests that ran and did not hold.
    pub failed: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// All tests that a log tells of.
///
/// Understood are cargo's `test result: ok. 12 passed; 1 failed; …` and vitest's
/// `Tests  1 failed | 12 passed (13)`. vitest's line about test *files* is not counted.
pub fn counted(log: &str) -> Counts {
    let mut sum = Counts::default();
    for line in plain(log).lines() {
        let line = line.trim();
        let Some(rest) = line.strip_prefix("test result: ").or_else(|| line.strip_prefix("Tests ")) else { continue };
        sum.passed += number_before(rest, "passed");
        sum.failed += number_before(rest, "failed");
    }
    sum
}

/// The number in front of a word: 12 in "ok. 12 passed; 0 failed" for "passed".
fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';', ',', '|']).filter(|part| !part.is_empty()).collect();
    words
        .windows(2)
        .find_map(|pair| match pair {
            [number, name] if *name == word => number.parse().ok(),
            _ => None,
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_results_of_cargo_add_up() {
        let log = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.2s\n";
        assert_eq!(counted(log), Counts { passed: 42, failed: 3 });
    }

    #[test]
    fn vitest_is_read_through_its_colours_and_files_are_not_tests() {
        let log = " Test Files  1 failed | 4 passed (5)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | \u{1b}[32m17 passed\u{1b}[39m (18)\n";
        assert_eq!(counted(log), Counts { passed: 17, failed: 1 });
        assert_eq!(counted("      Tests  18 passed (18)\n"), Counts { passed: 18, failed: 0 });
    }

    #[test]
    fn a_test_that_only_talks_about_passing_is_not_counted() {
        assert_eq!(counted("test rules::a_sale_that_passed ... ok\n3 passed\n"), Counts::default());
    }

    #[test]
    fn the_closing_line_has_its_exact_shape() {
        assert_eq!(Counts { passed: 7, failed: 0 }.to_string(), "7 passed, 0 failed");
    }
}
