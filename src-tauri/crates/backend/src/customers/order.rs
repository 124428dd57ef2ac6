//! Who stands in which row of the table.
//!
//! Along an index where there is one and nobody is left out. Else the order of all is made once, Chinese by its
//! reading, and kept, so that scrolling costs a page and not the whole shop. When something is written, those whose row,
//! figures or profile changed are asked again and take their new place, or none; the others stay. What hangs on more than
//! that (a typed text, lists, priorities) is made anew after every change. The book's thread keeps it.

mod gathering;
mod keys;

use crate::api::columns::TableColumn;
use crate::api::conditions::{FilterField, FilterTree};
use crate::api::customers::CustomerFilter;
use crate::app::{App, Moment};
use crate::error::{ApiError, Result};
use crate::search::SearchOptions;
use crate::store::changes::Mark;
use crate::store::columns::SortedBy;
use crate::store::priority::Priorities;
use crate::store::tables::{Asked, Narrowed};
use crate::{intents, segmentation, store};
use chrono::NaiveDate;
use keys::{Keys, SortKey, sort};
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, ProductId};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Orders that are kept: that of the table and of the view before.
const KEPT: usize = 2;
/// Hits whose cells are read one by one; beyond, it is quicker to look at everybody.
const FEW: usize = 2_000;
/// Everybody, as what stands behind the one and up to the other.
const EVERYBODY: (CustomerId, CustomerId) = (CustomerId(0), CustomerId(i64::MAX));

struct Kept {
    question: String,
    today: NaiveDate,
    /// What was written so far; the same means that nothing happened.
    written: (u64, u64),
    ids: Rc<[CustomerId]>,
    /// By what everybody stands where they stand, for an order that follows changes.
    places: Option<Places>,
}

impl Kept {
    fn can_follow(&self, today: NaiveDate) -> bool {
        let places = self.places.as_ref().filter(|places| places.today == today);
        places.is_some_and(|places| store::changes::customers_since(places.mark).is_some())
    }
}

/// Everybody whom a filter shows, each with what puts them there.
struct Places {
    mark: Mark,
    rows: Vec<(SortKey, CustomerId)>,
    today: NaiveDate,
    /// How what stands in the column became a key.
    keys: Keys,
}

thread_local! {
    static ORDERS: RefCell<Vec<Kept>> = const { RefCell::new(vec![]) };
}

/// Hits of the search for a filter's text, the best first; `None` without a text. Then everybody is put in order, in pieces
/// between which the counter is served.
pub(super) fn prepare(app: &App, filter: &CustomerFilter) -> Result<Option<Vec<CustomerId>>> {
    let text = filter.text.trim();
    if text.is_empty() {
        gathering::gather(app, filter)?;
        return Ok(None);
    }
    let book = app.book()?;
    let index = book.search.read().map_err(ApiError::internal)?;
    let found = index.search(text, SearchOptions { limit: usize::MAX, fuzzy: false });
    Ok(Some(found.hits.iter().map(|hit| hit.id).collect()))
}

/// A page of the rows, and how many there are in all. `hits` are those of the filter's text.
pub(super) fn page(
    connection: &Connection,
    moment: &Moment,
    filter: &CustomerFilter,
    hits: Option<Vec<CustomerId>>,
    limit: i64,
) -> Result<(Vec<CustomerId>, i64)> {
    if hits.is_none() && is_everybody(filter) {
        let column = filter.sort.unwrap_or(TableColumn::Name);
        if let Some(ids) = store::columns::walk(connection, column, filter.descending, (filter.offset, limit))? {
            return Ok((ids, store::columns::count(connection)?));
        }
    }
    let ids = all(connection, moment, filter, hits)?;
    let (skip, take) = (usize::try_from(filter.offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
    let total = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Ok((ids.iter().skip(skip).take(take).copied().collect(), total))
}

/// Whether a filter leaves nobody out.
fn is_everybody(filter: &CustomerFilter) -> bool {
    filter.segment.is_none() && filter.tier.is_none() && filter.tag.is_none() && filter.conditions.is_none()
}

/// Everybody whom a filter shows, in its order.
pub(super) fn all(
    connection: &Connection,
    moment: &Moment,
    filter: &CustomerFilter,
    hits: Option<Vec<CustomerId>>,
) -> Result<Rc<[CustomerId]>> {
    let (question, today) = (question_of(filter)?, moment.today);
    let written = store::changes::written(connection);
    if let Some(ids) = known(&question, today, written) {
        return Ok(ids);
    }
    let (ids, places) = match followed_column(filter, hits.is_none()) {
        Some(column) => {
            let before = take_places(&question, today).or_else(|| gathering::take(&question));
            let places = followed(connection, moment, filter, column, before)?;
            (places.rows.iter().map(|(_, id)| *id).collect(), Some(places))
        }
        None => (ordered(connection, moment, filter, hits)?.into(), None),
    };
    // What is seen inside a transaction may never have been.
    let places = places.filter(|_| connection.is_autocommit());
    ORDERS.with_borrow_mut(|orders| {
        orders.retain(|kept| kept.question != question && (kept.written == written || kept.places.is_some()));
        orders.truncate(KEPT - 1);
        orders.insert(0, Kept { question, today, written, ids: Rc::clone(&ids), places });
    });
    Ok(ids)
}

fn question_of(filter: &CustomerFilter) -> Result<String> {
    Ok(serde_json::to_string(&CustomerFilter { offset: 0, limit: None, ..filter.clone() })?)
}

/// The order that is kept, if nothing happened to it.
fn known(question: &str, today: NaiveDate, written: (u64, u64)) -> Option<Rc<[CustomerId]>> {
    let is_fresh = |kept: &&Kept| kept.question == question && kept.today == today && kept.written == written;
    ORDERS.with_borrow(|orders| orders.iter().find(is_fresh).map(|kept| Rc::clone(&kept.ids)))
}

/// The column of an order that follows changes: it and all conditions hang on each customer's own row, figures and profile.
fn followed_column(filter: &CustomerFilter, has_no_text: bool) -> Option<TableColumn> {
    let column = filter.sort.unwrap_or(TableColumn::Name);
    (has_no_text && !column.follows_numbers() && conditions_follow(filter)).then_some(column)
}

fn conditions_follow(filter: &CustomerFilter) -> bool {
    let groups = filter.conditions.iter().flat_map(|tree| &tree.groups);
    groups
        .flat_map(|group| &group.conditions)
        .all(|condition| !matches!(condition.field, FilterField::List | FilterField::Intent | FilterField::Priority))
}

/// Whether an order is kept that can still follow what changed since then.
fn has_places(question: &str, today: NaiveDate) -> bool {
    ORDERS.with_borrow(|orders| orders.iter().any(|kept| kept.question == question && kept.can_follow(today)))
}

fn take_places(question: &str, today: NaiveDate) -> Option<Places> {
    ORDERS.with_borrow_mut(|orders| {
        let at = orders.iter().position(|kept| kept.question == question && kept.can_follow(today))?;
        orders.remove(at).places
    })
}

/// Everybody in the order of a column: as it was, with those in a new place who changed since then.
fn followed(
    connection: &Connection,
    moment: &Moment,
    filter: &CustomerFilter,
    column: TableColumn,
    before: Option<Places>,
) -> Result<Places> {
    let (mark, today) = (store::changes::mark(), moment.today);
    let keys = Keys::of(connection, column)?;
    let before = before.filter(|before| before.today == today && before.keys == keys);
    let changed = before.as_ref().and_then(|before| store::changes::customers_since(before.mark));
    let narrowed = narrowed(connection, moment, filter)?;
    let asked = (column, today);
    let key = |value: SortedBy<'_>| keys.key(value);
    let (mut rows, mut others) = match (before, changed) {
        (Some(Places { mut rows, .. }), Some(changed)) => {
            if !changed.is_empty() {
                rows.retain(|(_, id)| !changed.contains(id));
            }
            (rows, store::columns::keys_of(connection, asked, &narrowed, changed, key)?)
        }
        _ => (vec![], store::columns::keys_between(connection, asked, &narrowed, EVERYBODY, key)?),
    };
    // What is in order already is not sorted again, only joined.
    rows.append(&mut others);
    sort(&mut rows, filter.descending);
    keys.forget_readings();
    Ok(Places { mark, rows, today, keys })
}

fn ordered(
    connection: &Connection,
    moment: &Moment,
    filter: &CustomerFilter,
    hits: Option<Vec<CustomerId>>,
) -> Result<Vec<CustomerId>> {
    let narrowed = narrowed(connection, moment, filter)?;
    let Some(hits) = hits else {
        return sorted(connection, moment, filter.sort.unwrap_or(TableColumn::Name), filter.descending, &narrowed);
    };
    if let Some(column) = filter.sort {
        if narrowed.is_everybody() && hits.len() <= FEW && !column.follows_numbers() {
            return among(connection, moment, column, filter.descending, hits);
        }
        let hits: BTreeSet<CustomerId> = hits.into_iter().collect();
        let mut ids = sorted(connection, moment, column, filter.descending, &narrowed)?;
        ids.retain(|id| hits.contains(id));
        return Ok(ids);
    }
    if narrowed.is_everybody() {
        return Ok(hits);
    }
    let shown: BTreeSet<CustomerId> = store::tables::ids(connection, &narrowed)?.into_iter().collect();
    Ok(hits.into_iter().filter(|id| shown.contains(id)).collect())
}

/// These few in the order of a column.
fn among(
    connection: &Connection,
    moment: &Moment,
    column: TableColumn,
    descending: bool,
    ids: Vec<CustomerId>,
) -> Result<Vec<CustomerId>> {
    let keys = Keys::of(connection, column)?;
    let (asked, everybody) = ((column, moment.today), Narrowed::default());
    let mut rows = store::columns::keys_of(connection, asked, &everybody, ids, |value| keys.key(value))?;
    sort(&mut rows, descending);
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Refuses conditions that cannot be asked.
///
/// # Errors
/// A value that does not fit its field, marked where it stands.
pub(super) fn check(connection: &Connection, moment: &Moment, conditions: &FilterTree) -> Result<()> {
    let filter = CustomerFilter { conditions: Some(conditions.clone()), ..CustomerFilter::default() };
    narrowed(connection, moment, &filter).map(|_| ())
}

/// The conditions of a filter as SQL.
fn narrowed(connection: &Connection, moment: &Moment, filter: &CustomerFilter) -> Result<Narrowed> {
    let list = |id| segmentation::of_list(connection, moment, id);
    let intent = |id| intents::people(connection, moment, ProductId(id));
    let priorities = || segmentation::priorities(connection, moment);
    let asked = Asked { connection, today: moment.today, list: &list, intent: &intent, priorities: &priorities };
    store::tables::narrow_filter(filter, &asked)
}

fn sorted(
    connection: &Connection,
    moment: &Moment,
    column: TableColumn,
    descending: bool,
    narrowed: &Narrowed,
) -> Result<Vec<CustomerId>> {
    if let Some(ranks) = segmentation::ranks(connection, moment, column)? {
        return by_rank(connection, &ranks, descending, narrowed);
    }
    let keys = Keys::of(connection, column)?;
    let asked = (column, moment.today);
    let mut rows = store::columns::keys_between(connection, asked, narrowed, EVERYBODY, |value| keys.key(value))?;
    sort(&mut rows, descending);
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// In the order of ranks, of which there are few and which lie in memory. Whoever has none stands last.
fn by_rank(
    connection: &Connection,
    ranks: &Priorities,
    descending: bool,
    narrowed: &Narrowed,
) -> Result<Vec<CustomerId>> {
    let is_all = narrowed.is_everybody() && usize::try_from(store::columns::count(connection)?) == Ok(ranks.len());
    let (mut ranked, mut without) = (vec![], vec![]);
    if is_all {
        ranked.extend(ranks.everybody());
    } else {
        for id in store::tables::ids(connection, narrowed)? {
            match ranks.of(id) {
                Some(rank) => ranked.push((id, rank)),
                None => without.push(id),
            }
        }
    }
    // They lie by id, and stay so where the rank is the same.
    ranked.sort_by_key(|(_, rank)| *rank);
    if descending {
        ranked.reverse();
    }
    Ok(ranked.into_iter().map(|(id, _)| id).chain(without).collect())
}
