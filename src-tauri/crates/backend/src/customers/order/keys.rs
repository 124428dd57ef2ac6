//! By what a customer stands in an order: numbers as numbers, words by their reading, empty cells last.

use crate::api::columns::TableColumn;
use crate::error::Result;
use crate::store::columns::SortedBy;
use crate::{classes, search};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub(super) enum SortKey {
    Number(i64),
    Words(Words),
    Nothing,
}

/// A reading whose first letters lie in the row itself: they tell most words apart without following a pointer.
pub(super) struct Words {
    first: u64,
    all: Rc<[u8]>,
}

impl Words {
    fn new(all: Rc<[u8]>) -> Self {
        let mut first = [0; 8];
        first.iter_mut().zip(all.iter()).for_each(|(place, byte)| *place = *byte);
        Self { first: u64::from_be_bytes(first), all }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.first.cmp(&other.first).then_with(|| self.all.cmp(&other.all))
    }
}

/// How what stands in a column becomes a key.
pub(super) struct Keys {
    /// Where classes stand in their scheme, when the order is by class.
    classes: Option<BTreeMap<String, i64>>,
    /// Chinese, of which many have the same, is read once.
    readings: RefCell<HashMap<String, Rc<[u8]>>>,
}

/// The same when they make the same keys.
impl PartialEq for Keys {
    fn eq(&self, other: &Self) -> bool {
        self.classes == other.classes
    }
}

impl Keys {
    /// Of a column as the shop has it now.
    pub(super) fn of(connection: &Connection, column: TableColumn) -> Result<Self> {
        let classes = match column {
            TableColumn::Segment => {
                let scheme = classes::primary(connection)?;
                Some(scheme.faces().map(|face| face.key.clone()).zip(0..).collect())
            }
            _ => None,
        };
        Ok(Self { classes, readings: RefCell::default() })
    }

    /// The key of a cell.
    pub(super) fn key(&self, value: SortedBy<'_>) -> SortKey {
        match (value, &self.classes) {
            (SortedBy::Nothing, _) => SortKey::Nothing,
            (SortedBy::Number(number), _) => SortKey::Number(number),
            (SortedBy::Bytes(bytes), _) => SortKey::Words(Words::new(bytes.into())),
            (SortedBy::Text(text), Some(classes)) => {
                classes.get(text).map_or(SortKey::Nothing, |place| SortKey::Number(*place))
            }
            (SortedBy::Text(text), None) => SortKey::Words(Words::new(self.reading(text))),
        }
    }

    /// What was read is not kept beside the rows.
    pub(super) fn forget_readings(&self) {
        self.readings.take();
    }

    fn reading(&self, text: &str) -> Rc<[u8]> {
        if text.is_ascii() {
            return search::sort_key(text).into();
        }
        let mut readings = self.readings.borrow_mut();
        if let Some(reading) = readings.get(text) {
            return Rc::clone(reading);
        }
        let reading: Rc<[u8]> = search::sort_key(text).into();
        readings.insert(text.to_owned(), Rc::clone(&reading));
        reading
    }
}

/// Puts rows in order; what is in order already by pieces is only joined.
pub(super) fn sort(rows: &mut [(SortKey, CustomerId)], descending: bool) {
    rows.sort_by(|one, other| compared(one, other, descending));
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
