//! Erasing somebody for good. Identity goes, anonymous sums stay, the log keeps its chain because it holds numbers
//! only. An older copy of the book that comes back brings nobody back: the list of the erased lies beside the book and
//! in every later backup, and what it promises is kept at the next opening.

use super::erase_list::{self, Promise};
use crate::api::customers::CustomerRef;
use crate::api::privacy::{BackupHolding, EraseInput, ErasePreview, EraseReason};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::open_book::Book;
use crate::search_texts;
use crate::store;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use std::path::{Path, PathBuf};

/// What erasing somebody means.
///
/// # Errors
/// An unknown customer.
pub fn preview(app: &App, input: CustomerRef) -> Result<ErasePreview> {
    app.authorize("customer.erase")?;
    app.read(move |connection, _| look(connection, input.id))
}

fn look(connection: &Connection, id: CustomerId) -> Result<ErasePreview> {
    let customer = store::customers::get(connection, id)?;
    let (sales, complaints) = store::privacy::count_kept(connection, id)?;
    let backups = store::privacy::backups_since(connection, customer.created_at)?;
    Ok(ErasePreview {
        sales,
        complaints,
        rows: store::privacy::count_rows(connection, id)?,
        backups: backups
            .into_iter()
            .map(|(path, made_at)| BackupHolding { is_there: path.exists(), path: path.display().to_string(), made_at })
            .collect(),
    })
}

/// Erases somebody for good and says which backups still hold the person.
///
/// # Errors
/// An unknown customer, one who was erased before, one with an open complaint.
pub fn erase(app: &App, input: EraseInput) -> Result<ErasePreview> {
    let asked = input.customer_id;
    let id = app.read(move |connection, _| Ok(store::customers::get(connection, asked)?.id))?;
    let before = app.read(move |connection, _| look(connection, id))?;
    app.write(Op::new("customer.erase").keyed(input.client_key.clone()), move |tx, moment| {
        store::customers::must_be_there(tx, id)?;
        if store::privacy::has_open_complaint(tx, id)? {
            return Err(ApiError::not_now("erase.open_complaint"));
        }
        let others = erase_in(tx, moment, id, input.reason)?;
        let written = Written::one("customer", id.0).detail(json!({ "reason": input.reason }));
        Ok(others.into_iter().fold(written, Written::reindex))
    })?;
    let book = app.book()?;
    let folders = app.read(|connection, _| store::privacy::backup_folders(connection))?;
    write_lists(&book, &folders)?;
    Ok(before)
}

/// Answers of whom the search has to learn.
fn erase_in(tx: &Transaction, moment: &Moment, id: CustomerId, reason: EraseReason) -> Result<Vec<CustomerId>> {
    let mut others = vec![];
    // A person who had two records goes with both.
    for record in store::privacy::merged_into(tx, id)?.into_iter().chain([id]) {
        // Whoever stands below is found by the name above, and no longer.
        let below = store::people::below(tx, record)?;
        store::privacy::erase(tx, record)?;
        store::privacy::insert_erasure(tx, record, reason, (moment.session.staff, moment.now))?;
        search_texts::renew(tx, &below)?;
        others.extend(below.into_iter().chain([record]));
    }
    Ok(others)
}

/// The list beside the book and in the folders of its backups, as the book now says it.
fn write_lists(book: &Book, folders: &[PathBuf]) -> Result<()> {
    let promises = promises_of(book)?;
    erase_list::add(&erase_list::beside(&book.path), &promises)?;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        // A stick that went away gets its list with its next backup.
        if erase_list::add(&erase_list::in_folder(folder), &promises).is_err() {
            log::warn!("the list of the erased could not be written into a folder of backups");
        }
    }
    Ok(())
}

/// What this book promises.
fn promises_of(book: &Book) -> Result<Vec<Promise>> {
    let uuid = book.facts().uuid;
    let erasures =
        book.thread.run(store::thread::Priority::Background, |owned| store::privacy::erasures(&owned.connection))?;
    Ok(erasures
        .into_iter()
        .map(|erasure| Promise { book: uuid.clone(), customer: erasure.customer, erased_at: erasure.at })
        .collect())
}

/// With a backup: the list goes into its folder.
pub(crate) fn travel_with(book: &Book, folder: &Path) -> Result<()> {
    erase_list::add(&erase_list::in_folder(folder), &promises_of(book)?)
}

/// At opening: erases again whoever an older copy has brought back. A number that was given to somebody new since is
/// not touched: the list names when it was erased.
pub(crate) fn keep_promises(app: &App, book: &Book) -> Result<()> {
    let uuid = book.facts().uuid;
    let promises: Vec<Promise> =
        erase_list::read(&erase_list::beside(&book.path)).into_iter().filter(|promise| promise.book == uuid).collect();
    let known = promises_of(book)?;
    let missing: Vec<Promise> =
        promises.into_iter().filter(|promise| known.iter().all(|other| other.customer != promise.customer)).collect();
    if !missing.is_empty() {
        app.write(Op::new("customer.erase_again"), move |tx, moment| {
            let mut again = vec![];
            for promise in &missing {
                let Ok(customer) = store::customers::get(tx, promise.customer) else { continue };
                if customer.created_at <= promise.erased_at {
                    erase_in(tx, moment, promise.customer, EraseReason::Again)?;
                    again.push(promise.customer.0);
                }
            }
            Ok(Written::many("customer").detail(json!({ "erased": again })).reindex_all())
        })?;
    }
    if known.is_empty() { Ok(()) } else { erase_list::add(&erase_list::beside(&book.path), &known) }
}
