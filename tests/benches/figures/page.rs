//! `docs/performance.md`: one row per figure and size. A run replaces the rows that it measured and keeps the others,
//! and what somebody wrote between the sizes and the rows.

use super::figure::Figure;
use super::shop::{Shop, Size};
use super::{MEASUREMENTS, file};
use shukebu_backend::clock::{Clock, SystemClock};
use std::path::Path;

const HEAD: &str = "\
# How fast it is

Every figure is a median of at least seven runs, by turns with the limit or peer beside it, on the same data in the
same run: on a busy machine times grow together, the ratio stays. A check value shows that the answer was right.
`p95`: 95 of a hundred runs took no longer. CPU counts all threads.

To repeat: `cargo xtask bench` (everything), `cargo xtask bench search sale` (some), `--size large`. The shops are made
by the generator of the demo, the same every time, and are kept in `target/figures`. Counting flushes needs `strace`,
the installer's size a package made by `cargo xtask package`.
";

const COLUMNS: &str = "| Figure | Size | What | Measured | Limit or peer | Ratio | Target | Holds | Check | Date |
|---|---|---|---|---|---|---|---|---|---|";

/// Replaces the rows of these figures, or adds them.
pub fn replace_rows(path: &Path, shop: &Shop, figures: &[Figure]) {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    // What somebody wrote may hold tables of its own.
    let table = old.lines().skip_while(|line| !line.starts_with("| Figure |"));
    let mut rows: Vec<String> = table.filter(|line| line.starts_with("| `")).map(str::to_owned).collect();
    for figure in figures {
        let row = row(figure, shop.size);
        let key = key_of(&row);
        rows.retain(|old| key_of(old) != key);
        rows.push(row);
    }
    rows.sort_by_key(|row| place(row));
    let mut sizes: Vec<String> = old.lines().filter(|line| line.starts_with("- **")).map(str::to_owned).collect();
    let told = format!("- **{}**: {}", shop.size.name(), shop.told());
    let start = format!("- **{}**", shop.size.name());
    sizes.retain(|line| !line.starts_with(&start));
    sizes.push(told);
    sizes.sort_by_key(|line| Size::ALL.iter().position(|size| line.starts_with(&format!("- **{}**", size.name()))));
    let text = format!("{HEAD}\n{}\n\n{}{COLUMNS}\n{}\n", sizes.join("\n"), written(&old), rows.join("\n"));
    file::make_folder(path.parent());
    std::fs::write(path, text).expect("the page can be written");
}

/// What somebody wrote between the sizes and the rows.
fn written(page: &str) -> String {
    let after_sizes =
        page.lines().skip_while(|line| !line.starts_with("- **")).skip_while(|line| line.starts_with("- **"));
    let lines: Vec<&str> = after_sizes.take_while(|line| !line.starts_with("| Figure |")).collect();
    let text = lines.join("\n");
    if text.trim().is_empty() { String::new() } else { format!("{}\n\n", text.trim()) }
}

fn row(figure: &Figure, size: Size) -> String {
    let today = SystemClock.now().utc().date_naive();
    format!(
        "| `{}` | {} | {} | {} | {} | {} | {} | {} | {} | {today} |",
        figure.key,
        size.name(),
        figure.what,
        figure.measured,
        figure.against,
        figure.ratio_text(),
        figure.target,
        figure.verdict(),
        figure.check
    )
}

/// Figure and size: what a row is about.
fn key_of(row: &str) -> (String, String) {
    let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
    (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
}

/// Where a row stands: by measurement, then figure, then size.
fn place(row: &str) -> (Option<usize>, String, Option<usize>) {
    let (key, size) = key_of(row);
    let name = key.split('.').next().unwrap_or_default();
    let measurement = MEASUREMENTS.iter().position(|measurement| measurement.name == name);
    let size = Size::ALL.iter().position(|known| known.name() == size);
    (measurement, key, size)
}

#[cfg(test)]
#[test]
fn what_somebody_wrote_stays_and_the_head_is_not_taken_for_it() {
    let page = |words: &str| format!("# Head\n\n- **typical**: 3\n- **large**: 4\n\n{words}{COLUMNS}\n| `a` | b |\n");
    assert_eq!(written(&page("")), "");
    let words = "By hand.\n\n| What | Ratio |\n|---|---|\n| more | 2 |\n\n";
    assert_eq!(written(&page(words)), words);
    assert_eq!(written(&page(&written(&page(words)))), words, "again and again");
    assert_eq!(written(""), "");
}
