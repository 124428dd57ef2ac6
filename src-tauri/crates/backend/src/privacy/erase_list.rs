//! The list of the erased outside the book: one line of JSON for each, with numbers only. It lies beside the book
//! (`….shukebu.erased`) and in every folder of backups, so that a restore finds it wherever the backup comes from.

use crate::error::Result;
use crate::files;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Somebody of some book was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Promise {
    /// Identity of the book, through every copy.
    pub book: String,
    /// Number of the customer.
    pub customer: CustomerId,
    /// When.
    pub erased_at: Timestamp,
}

/// The list that lies beside a book.
pub(super) fn beside(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(".erased");
    PathBuf::from(name)
}

/// The list in a folder of backups; one for all books there.
pub(super) fn in_folder(folder: &Path) -> PathBuf {
    folder.join("熟客簿.erased")
}

/// Reads a list; one that is not there, and lines that cannot be read, promise nothing.
pub(super) fn read(path: &Path) -> Vec<Promise> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Adds what a list does not have yet; nothing ever leaves it.
pub(super) fn add(path: &Path, promises: &[Promise]) -> Result<()> {
    let mut list = read(path);
    let known: BTreeSet<(String, CustomerId)> =
        list.iter().map(|promise| (promise.book.clone(), promise.customer)).collect();
    let new: Vec<&Promise> =
        promises.iter().filter(|promise| !known.contains(&(promise.book.clone(), promise.customer))).collect();
    if new.is_empty() {
        return Ok(());
    }
    list.extend(new.into_iter().cloned());
    let mut text = String::new();
    for promise in &list {
        text.push_str(&serde_json::to_string(promise)?);
        text.push('\n');
    }
    files::write_durably(path, text.as_bytes())
}

/// Before a restored book is opened: the lists that lie with the backup and beside the book in use come along.
pub(crate) fn carry_over(backup: &Path, target: &Path, in_use: Option<&Path>) -> Result<()> {
    let mut promises = backup.parent().map(|folder| read(&in_folder(folder))).unwrap_or_default();
    promises.extend(in_use.map(|book| read(&beside(book))).unwrap_or_default());
    add(&beside(target), &promises)
}
