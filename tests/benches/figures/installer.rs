//! The installer's size, when one has been made.

use super::figure::Figure;
use super::file;
use super::shop::Shop;

const LIMIT: u64 = 12_000_000;

/// The newest `.deb` that `cargo xtask package` made; nothing when there is none.
pub fn figures(_: &Shop) -> Vec<Figure> {
    let folder = file::folder();
    let packages = folder.parent().map(|target| target.join("packages")).unwrap_or_default();
    let entries = std::fs::read_dir(packages).into_iter().flatten().flatten().map(|entry| entry.path());
    let packages = entries.filter(|path| path.extension().is_some_and(|ending| ending == "deb"));
    let newest = packages.max_by_key(|path| std::fs::metadata(path).and_then(|file| file.modified()).ok());
    let Some(bytes) = newest.and_then(|path| std::fs::metadata(path).ok()).map(|file| file.len()) else {
        println!("no .deb to be measured: `cargo xtask package` makes one");
        return vec![];
    };
    let figure = Figure::at_most("installer.deb", 1.0, "≤ 12 MB", bytes as f64 / LIMIT as f64)
        .measured("the .deb", format!("{:.1} MB", bytes as f64 / 1e6))
        .against("12 MB");
    vec![figure]
}
