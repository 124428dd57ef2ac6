//! Who stands in which row of the table.
//!
//! Along an index where there is one and nobody is left out. Else the order of all is made once, Chinese by its
//! reading, and kept until something is written, so that scrolling costs a page and not the whole shop. Where the order
//! hangs on each customer's own row or points and nobody is left out, those who changed take their new place in it and the
//! others stay; where it hangs on what profiles are made of, whatever is sold leaves it as it is. The book's thread keeps it.

mod gathering;

use crate::api::columns::{CellValue, TableColumn};
use crate::api::customers::CustomerFilter;
use crate::api::tables::FilterTree;
use crate::app::{App, Moment};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::search::{self, SearchOptions};
use crate::store::changes::Mark;
use crate::store::tables::{Asked, Narrowed};
use crate::{intents, segmentation, store};
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, ProductId};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Orders that are kept: that of the table and of the view before.
const KEPT: usize = 2;
/// Hits whose cells are read one by one; beyond, it is quicker to look at everybody.
const FEW: usize = 2_000;

struct Kept {
    question: String,
    today: NaiveDate,
    /// What was written so far of what the order hangs on; the same means that nothing happened to it.
    written: (u64, u64),
    hangs_on: HangsOn,
    ids: Rc<[CustomerId]>,
    /// By what everybody stands where they stand, for an order that follows changes.
    places: Option<Places>,
}

/// What an order hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HangsOn {
    /// Anything in the book.
    Book,
    /// What profiles are made of.
    Profiles,
}

impl HangsOn {
    /// What the order of a filter hangs on, where it has no text.
    fn of(filter: &CustomerFilter, has_no_text: bool) -> Self {
        let is_of_profiles = filter.sort.is_some_and(store::columns::is_of_profiles);
        if has_no_text && is_everybody(filter) && is_of_profiles { Self::Profiles } else { Self::Book }
    }

    /// What was written of it so far.
    fn written(self, connection: &Connection) -> (u64, u64) {
        match self {
            Self::Book => store::changes::written(connection),
            Self::Profiles => store::changes::profiles_written(),
        }
    }
}

/// Everybody in the order of a column of their own row.
struct Places {
    mark: Mark,
    rows: Vec<(SortKey, CustomerId)>,
    today: NaiveDate,
    /// Where the classes stand in their scheme, when the order is by class.
    classes: BTreeMap<String, i64>,
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
    let hangs_on = HangsOn::of(filter, hits.is_none());
    let written = hangs_on.written(connection);
    if let Some(ids) = known(&question, today, written) {
        return Ok(ids);
    }
    let (ids, places) = match own_column(filter, hits.as_ref()) {
        Some(column) => {
            let gathered = gathering::take(&question).map(|whole| whole.places);
            let before = take_places(&question).or(gathered).filter(|before| before.today == today);
            let places = followed(connection, column, filter.descending, today, before)?;
            (places.rows.iter().map(|(_, id)| *id).collect(), Some(places))
        }
        None => {
            let gathered = gathering::take(&question).filter(|whole| whole.written == written);
            let ids = match gathered {
                Some(whole) => in_order(whole.places.rows, filter.descending),
                None => ordered(connection, moment, filter, hits)?,
            };
            (ids.into(), None)
        }
    };
    // What is seen inside a transaction may never have been.
    let places = places.filter(|_| connection.is_autocommit());
    ORDERS.with_borrow_mut(|orders| {
        orders.retain(|kept| {
            let still_holds = kept.written == kept.hangs_on.written(connection) || kept.places.is_some();
            still_holds && kept.question != question
        });
        orders.truncate(KEPT - 1);
        if hangs_on == HangsOn::Book || connection.is_autocommit() {
            orders.insert(0, Kept { question, today, written, hangs_on, ids: Rc::clone(&ids), places });
        }
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

/// What is in order already by pieces is not sorted again, only joined.
fn in_order(mut rows: Vec<(SortKey, CustomerId)>, descending: bool) -> Vec<CustomerId> {
    rows.sort_by(|one, other| compared(one, other, descending));
    rows.into_iter().map(|(_, id)| id).collect()
}

/// The column of an order of everybody that hangs on each customer's own row alone.
fn own_column(filter: &CustomerFilter, hits: Option<&Vec<CustomerId>>) -> Option<TableColumn> {
    let column = filter.sort.filter(|column| store::columns::is_own(*column))?;
    (hits.is_none() && is_everybody(filter)).then_some(column)
}

/// Whether an order is kept that follows changes.
fn has_places(question: &str) -> bool {
    ORDERS.with_borrow(|orders| orders.iter().any(|kept| kept.question == question && kept.places.is_some()))
}

fn take_places(question: &str) -> Option<Places> {
    ORDERS.with_borrow_mut(|orders| {
        let at = orders.iter().position(|kept| kept.question == question)?;
        orders.remove(at).places
    })
}

/// Everybody in the order of a column: as it was, with those in a new place who changed since then.
fn followed(
    connection: &Connection,
    column: TableColumn,
    descending: bool,
    today: NaiveDate,
    before: Option<Places>,
) -> Result<Places> {
    let mark = store::changes::mark();
    let classes = classes_for(connection, column)?;
    let before = before.filter(|before| before.classes == classes);
    let mut readings = Readings::default();
    let changed = match &before {
        Some(before) => store::changes::customers_since(before.mark),
        None => None,
    };
    let (mut rows, values) = match (before, changed) {
        (Some(Places { mut rows, .. }), Some(changed)) => {
            rows.retain(|(_, id)| !changed.contains(id));
            (rows, store::columns::values_of(connection, column, changed, today)?)
        }
        _ => (vec![], store::columns::values(connection, column, &Narrowed::default(), today)?),
    };
    rows.extend(values.into_iter().map(|(id, value)| (readings.key_of(column, &classes, value), id)));
    // What is in order already is not sorted again, only joined.
    rows.sort_by(|one, other| compared(one, other, descending));
    Ok(Places { mark, rows, today, classes })
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
    let classes = classes_for(connection, column)?;
    let mut readings = Readings::default();
    let values = store::columns::values_of(connection, column, ids, moment.today)?;
    let rows = values.into_iter().map(|(id, value)| (readings.key_of(column, &classes, value), id));
    Ok(in_order(rows.collect(), descending))
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
    if let Some(ids) = store::columns::walk_all(connection, column, descending, narrowed)? {
        return Ok(ids);
    }
    let ranks = segmentation::ranks(connection, moment, column)?;
    let classes = classes_for(connection, column)?;
    let mut readings = Readings::default();
    let mut rows: Vec<(SortKey, CustomerId)> = vec![];
    for (id, value) in store::columns::values(connection, column, narrowed, moment.today)? {
        let key = match &ranks {
            Some(ranks) => ranks.of(id).map_or(SortKey::Nothing, |rank| SortKey::Number(i64::from(rank))),
            None => readings.key_of(column, &classes, value),
        };
        rows.push((key, id));
    }
    rows.sort_unstable_by(|one, other| compared(one, other, descending));
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

enum SortKey {
    Number(i64),
    Words(Rc<[u8]>),
    Nothing,
}

/// How texts are read; the same text, which many have, is read once.
#[derive(Default)]
struct Readings(HashMap<String, Rc<[u8]>>);

impl Readings {
    /// Of a cell of a column; a class stands where its scheme has it.
    fn key_of(&mut self, column: TableColumn, classes: &BTreeMap<String, i64>, value: CellValue) -> SortKey {
        match value {
            CellValue::Text(text) if column == TableColumn::Segment => {
                classes.get(&text).map_or(SortKey::Nothing, |place| SortKey::Number(*place))
            }
            value => self.key(value),
        }
    }

    fn key(&mut self, value: CellValue) -> SortKey {
        match value {
            CellValue::Number(number) => SortKey::Number(number),
            CellValue::Text(text) => {
                let reading = self.0.entry(text).or_insert_with_key(|text| search::sort_key(text).into());
                SortKey::Words(Rc::clone(reading))
            }
            CellValue::Nothing | CellValue::Words(_) => SortKey::Nothing,
        }
    }
}

/// An empty cell stands last in either direction: nobody sorts a column to see where it is empty.
fn compared(one: &(SortKey, CustomerId), other: &(SortKey, CustomerId), descending: bool) -> Ordering {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    match (&one.0, &other.0) {
        (SortKey::Nothing, SortKey::Nothing) => one.1.cmp(&other.1),
        (SortKey::Nothing, _) => Ordering::Greater,
        (_, SortKey::Nothing) => Ordering::Less,
        (SortKey::Number(one_value), SortKey::Number(other_value)) => {
            turned(one_value.cmp(other_value).then(one.1.cmp(&other.1)))
        }
        (SortKey::Words(one_value), SortKey::Words(other_value)) => {
            turned(one_value.cmp(other_value).then(one.1.cmp(&other.1)))
        }
        (SortKey::Number(_), SortKey::Words(_)) => turned(Ordering::Less),
        (SortKey::Words(_), SortKey::Number(_)) => turned(Ordering::Greater),
    }
}

/// Classes as the scheme orders them, for the column that shows them.
fn classes_for(connection: &Connection, column: TableColumn) -> Result<BTreeMap<String, i64>> {
    if column != TableColumn::Segment {
        return Ok(BTreeMap::new());
    }
    let scheme = classes::primary(connection)?;
    Ok(scheme.faces().map(|face| face.key.clone()).zip(0..).collect())
}
