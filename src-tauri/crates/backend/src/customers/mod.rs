//! Customers: create, change, find, list. The profile with its three panels stands in `profile`.

mod bulk_tags;
mod cells;
mod duplicates;
mod fields;
mod merging;
mod order;
mod profile;
mod table;
mod tag_change;
mod tags;

pub use bulk_tags::{bulk_tag, bulk_tag_preview, bulk_tag_undo};
pub use cells::{cell, table, table_ids};
pub use duplicates::{duplicates, not_same, not_same_undo};
pub use merging::{merge, merge_preview, merge_undo, merges};
pub use profile::profile;
pub use table::{layout_keep, view_delete, view_save, views};
pub use tags::{tag_delete, tag_group_delete, tag_group_save, tag_list, tag_merge, tag_save};

pub(crate) use cells::rows as table_rows;
pub(crate) use table::meant;

use crate::api::books::Done;
use crate::api::customers::{
    ContactInput, ContactKind, CustomerChange, CustomerFilter, CustomerPage, CustomerView, NewCustomer, NewNote,
    SearchHits, SearchInput,
};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::search::{self, SearchOptions};
use crate::search_texts;
use crate::store::customers::CustomerToStore;
use crate::{paging, segmentation, store};
use rusqlite::Transaction;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text, member_number};
use shukebu_domain::ids::CustomerId;

const MAX_PAGE: i64 = 200;

/// Creates a customer. Only a name or a phone is needed, and what the shop requires; a name left out becomes the phone's
/// last digits.
///
/// # Errors
/// Every field that cannot stay as it is or that the shop requires, at once; a member number that is taken.
pub fn create(app: &App, input: NewCustomer) -> Result<CustomerView> {
    let required =
        if input.at_counter { vec![] } else { app.read(|connection, _| store::book::required_fields(connection))? };
    let clean = fields::clean_new(&input, &required, app.moment()?.today)?;
    let saved = app.write(Op::new("customer.create").keyed(input.client_key.clone()), move |tx, moment| {
        let member_no = match &clean.member_no {
            Some(given) if store::customers::has_member_no(tx, given)? => {
                return Err(ApiError::field("member_no", "member_no.taken"));
            }
            Some(given) => given.clone(),
            None => free_member_number(tx)?,
        };
        let id = store::customers::insert(
            tx,
            &CustomerToStore {
                member_no: &member_no,
                reference: None,
                name: &clean.name,
                salutation: clean.salutation.as_deref(),
                mnemonic: &clean.mnemonic,
                sort_key: &search::sort_key(&clean.name),
                kind: clean.kind,
                company: clean.company.as_deref(),
                gender: clean.gender,
                birthday: clean.birthday.as_ref(),
                address: clean.address.as_deref(),
                source: clean.source.as_deref(),
                note: clean.note.as_deref(),
                habits: clean.habits.as_deref(),
                joined_on: clean.joined_on,
                import: None,
                at: moment.now,
            },
        )?;
        store::customers::set_contacts(tx, id, &clean.contacts, moment.now)?;
        store::customers::set_tags(tx, id, &clean.tags)?;
        search_texts::renew_one(tx, id)?;
        segmentation::place_new(tx, id, moment)?;
        Ok(Written::one("customer", id.0).reindex(id))
    })?;
    let id = CustomerId(saved.id.ok_or_else(|| ApiError::not_found("customer"))?);
    app.read(move |connection, moment| profile::view(connection, moment, id))
}

/// Changes what was named about a customer; everything else stays.
///
/// # Errors
/// Every field that cannot stay as it is, at once; an unknown customer.
pub fn change(app: &App, input: CustomerChange) -> Result<CustomerView> {
    let id = input.id;
    let op = Op::new("customer.edit_basic").keyed(input.client_key.clone());
    app.write(op, move |tx, moment| apply(tx, moment, input))?;
    app.read(move |connection, moment| profile::view(connection, moment, id))
}

/// Writes a change of a customer inside a transaction.
fn apply(tx: &Transaction, moment: &Moment, mut input: CustomerChange) -> Result<Written> {
    let id = store::customers::must_be_there(tx, input.id)?;
    let before = store::customers::get(tx, id)?;
    let known = store::customers::contacts(tx, id)?;
    if let Some(contacts) = &mut input.contacts {
        fields::unmask(contacts, &known);
    }
    let changed = fields::apply_change(&before, &input, moment.today)?;
    fields::refuse_emptied(&store::book::required_fields(tx)?, (&before, &known), &changed)?;
    if let Some(contacts) = &changed.contacts {
        store::customers::set_contacts(tx, id, contacts, moment.now)?;
    }
    if let Some(tags) = &changed.tags {
        store::customers::set_tags(tx, id, tags)?;
    }
    store::customers::update(tx, &changed.customer, &search::sort_key(&changed.customer.name), moment.now)?;
    let stale = search_texts::renew_group(tx, id)?;
    let written = Written::one("customer", id.0).detail(json!({ "fields": changed.named }));
    Ok(stale.into_iter().fold(written, Written::reindex))
}

/// Adds a one-line note to the timeline; words after `#` become tags of the customer.
///
/// # Errors
/// An empty or far too long note; an unknown customer.
pub fn note(app: &App, input: NewNote) -> Result<Done> {
    let text = clean_text(&input.text);
    if text.is_empty() {
        return Err(ApiError::field("text", "text.missing"));
    }
    check_length("text", &text, MAX_TEXT)?;
    app.write(Op::new("customer.note").keyed(input.client_key), move |tx, moment| {
        let customer = store::customers::must_be_there(tx, input.customer_id)?;
        let id = store::customers::insert_note(tx, customer, moment.session.staff, &text, moment.now)?;
        crate::people::add_note_tags(tx, customer, &text)?;
        Ok(Written::one("note", id).reindex(customer))
    })?;
    Ok(Done {})
}

/// Finds customers by anything; never refuses a text.
///
/// # Errors
/// `Locked` while no book is open.
pub fn search(app: &App, input: SearchInput) -> Result<SearchHits> {
    let book = app.book()?;
    let limit = input.limit.unwrap_or(12).min(100);
    let fuzzy = app.read(|connection, _| store::book::setting(connection, "fuzzy_search", false))?;
    let found = {
        let index = book.search.read().map_err(ApiError::internal)?;
        index.search(&input.text, SearchOptions { limit, fuzzy })
    };
    let ids: Vec<CustomerId> = found.hits.iter().map(|hit| hit.id).collect();
    let rows = app.read(move |connection, moment| crate::rows::customers(connection, moment, &ids))?;
    Ok(SearchHits { text: input.text, total: found.total, rows })
}

/// A page of the list. With a search text the hits come best first unless an order is asked for.
///
/// # Errors
/// A condition whose value does not fit; `Locked` while no book is open.
pub fn list(app: &App, filter: CustomerFilter) -> Result<CustomerPage> {
    let limit = page_size(&filter)?;
    let hits = order::prepare(app, &filter)?;
    app.read(move |connection, moment| {
        let (ids, total) = order::page(connection, moment, &filter, hits, limit)?;
        Ok(CustomerPage { rows: crate::rows::customers(connection, moment, &ids)?, total })
    })
}

fn page_size(filter: &CustomerFilter) -> Result<i64> {
    paging::rows(filter.offset, filter.limit, 100, MAX_PAGE)
}

/// Everybody whom a filter of the table shows.
fn ids_of_filter(app: &App, filter: &CustomerFilter) -> Result<Vec<CustomerId>> {
    let hits = order::prepare(app, filter)?;
    let filter = filter.clone();
    app.read(move |connection, moment| Ok(order::all(connection, moment, &filter, hits)?.to_vec()))
}

/// The next member number that nobody has: imported numbers may stand in the way.
pub(crate) fn free_member_number(tx: &Transaction) -> Result<String> {
    for _ in 0..100_000 {
        let running = store::book::next_number(tx, "member", None)?;
        let number = member_number(u64::try_from(running).map_err(ApiError::internal)?);
        if !store::customers::has_member_no(tx, &number)? {
            return Ok(number);
        }
    }
    Err(ApiError::new(ErrorCode::Conflict, "member_no.none_free"))
}

/// Contact handles from the short fields of a form.
fn short_contacts(phone: Option<ContactInput>, wechat: Option<String>, email: Option<String>) -> Vec<ContactInput> {
    let wechat = wechat.map(|value| ContactInput { kind: ContactKind::Wechat, value });
    let email = email.map(|value| ContactInput { kind: ContactKind::Email, value });
    [phone, wechat, email].into_iter().flatten().collect()
}
