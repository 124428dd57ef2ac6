//! In which class everybody stands by one scheme, beside the numbers: a run finds those who move without asking the
//! book about those who do not.

use crate::error::Result;
use crate::store;
use crate::store::segmentation::CachedClass;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::Numbers;
use std::collections::{BTreeMap, BTreeSet};

const NOWHERE: u16 = u16::MAX;

/// Where somebody may stand: a class and a kind within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::segmentation) struct Place(u16);

/// Everybody's class by a scheme, with its kind where the scheme is the primary one.
pub(in crate::segmentation) struct Standing {
    pub(in crate::segmentation) is_primary: bool,
    /// Class and kind, each pair once.
    places: Vec<(String, Option<String>)>,
    /// For each row its place.
    at: Vec<u16>,
}

impl Standing {
    /// As history has it.
    pub(in crate::segmentation) fn load(
        connection: &Connection,
        scheme_key: &str,
        is_primary: bool,
        customers: &[CustomerId],
    ) -> Result<Self> {
        let mut standing = Self { is_primary, places: vec![], at: vec![NOWHERE; customers.len()] };
        let mut rows = customers.iter().zip(0..).peekable();
        store::segmentation::walk_classes(connection, scheme_key, is_primary, |id, class, kind| {
            while rows.next_if(|(known, _)| **known < id).is_some() {}
            if let Some((_, row)) = rows.next_if(|(known, _)| **known == id) {
                standing.put(row, class, kind);
            }
        })?;
        Ok(standing)
    }

    /// Class and kind of a row.
    pub(in crate::segmentation) fn of(&self, row: usize) -> Option<(&str, Option<&str>)> {
        let place = self.places.get(usize::from(*self.at.get(row)?))?;
        Some((place.0.as_str(), place.1.as_deref()))
    }

    /// The place of a class and kind, which may be nobody's yet.
    pub(in crate::segmentation) fn place(&self, class: &str, kind: Option<&str>) -> Option<Place> {
        let kind = kind.filter(|_| self.is_primary);
        let at = self.places.iter().position(|place| place.0 == class && place.1.as_deref() == kind)?;
        Some(Place(u16::try_from(at).ok()?))
    }

    /// The customers of a class, whatever their kind, by id.
    pub(in crate::segmentation) fn in_class(&self, customers: &[CustomerId], class: &str) -> Vec<CustomerId> {
        let is_class: Vec<bool> = self.places.iter().map(|place| place.0 == class).collect();
        let stands = |at: &u16| is_class.get(usize::from(*at)).copied().unwrap_or(false);
        customers.iter().zip(&self.at).filter(|(_, at)| stands(at)).map(|(id, _)| *id).collect()
    }

    /// The rows that do not stand at the place given for each, one after the other.
    pub(in crate::segmentation) fn not_at(&self, places: impl Iterator<Item = Option<Place>>) -> Vec<usize> {
        let rows = self.at.iter().zip(places).enumerate();
        rows.filter(|(_, (at, place))| place.is_none_or(|place| place.0 != **at)).map(|(row, _)| row).collect()
    }

    /// Something for each place, worked out once …
    pub(in crate::segmentation) fn by_place<T>(&self, work: impl Fn(&str, Option<&str>) -> T) -> Vec<T> {
        self.places.iter().map(|(class, kind)| work(class, kind.as_deref())).collect()
    }

    /// … and looked up for a row that stands anywhere.
    pub(in crate::segmentation) fn look_up<T: Copy>(&self, row: usize, by_place: &[T]) -> Option<T> {
        by_place.get(usize::from(*self.at.get(row)?)).copied()
    }

    /// People of each class.
    pub(in crate::segmentation) fn people(&self) -> BTreeMap<String, i64> {
        let mut by_place = vec![0_i64; self.places.len()];
        for at in &self.at {
            if let Some(people) = by_place.get_mut(usize::from(*at)) {
                *people += 1;
            }
        }
        let mut people: BTreeMap<String, i64> = BTreeMap::new();
        for ((class, _), count) in self.places.iter().zip(by_place) {
            *people.entry(class.clone()).or_default() += count;
        }
        people
    }

    /// People of each class, and the sum of a measure over them.
    pub(in crate::segmentation) fn sums(&self, numbers: Numbers<'_>) -> BTreeMap<String, (i64, i64)> {
        let mut by_place = vec![(0_i64, 0_i64); self.places.len()];
        for (row, at) in self.at.iter().enumerate() {
            if let Some(sum) = by_place.get_mut(usize::from(*at)) {
                *sum = (sum.0 + 1, sum.1.saturating_add(numbers.at(row).unwrap_or(0)));
            }
        }
        let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for ((class, _), (people, sum)) in self.places.iter().zip(by_place) {
            let of_class = sums.entry(class.clone()).or_default();
            *of_class = (of_class.0 + people, of_class.1.saturating_add(sum));
        }
        sums
    }

    /// A customer moved.
    pub(in crate::segmentation) fn put(&mut self, row: usize, class: &str, kind: Option<&str>) {
        let kind = kind.filter(|_| self.is_primary);
        let known = self.places.iter().position(|place| place.0 == class && place.1.as_deref() == kind);
        let place = known.unwrap_or_else(|| {
            self.places.push((class.to_owned(), kind.map(str::to_owned)));
            self.places.len() - 1
        });
        if let Some(at) = self.at.get_mut(row) {
            *at = u16::try_from(place).unwrap_or(NOWHERE);
        }
    }

    pub(super) fn insert(&mut self, row: usize) {
        self.at.insert(row, NOWHERE);
    }

    pub(super) fn remove(&mut self, row: usize) {
        self.at.remove(row);
    }

    /// Reads anew where some customers stand.
    pub(super) fn follow(
        &mut self,
        connection: &Connection,
        scheme_key: &str,
        customers: &[CustomerId],
        changed: &BTreeSet<CustomerId>,
    ) -> Result<()> {
        for (row, id) in super::rows_of(customers, changed) {
            let CachedClass { key, kind, .. } = if self.is_primary {
                store::segmentation::class_of(connection, id)?
            } else {
                store::segmentation::class_in(connection, id, scheme_key)?
            };
            match key {
                Some(key) => self.put(row, &key, kind.as_deref()),
                None => self.at.iter_mut().skip(row).take(1).for_each(|at| *at = NOWHERE),
            }
        }
        Ok(())
    }
}
