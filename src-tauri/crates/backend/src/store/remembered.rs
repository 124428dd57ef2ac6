//! Rules of the shop are asked for many times in one sale and change a few times a year, and some rows of a customer are
//! asked for by each part of a sale: what a query over them answered is kept until one of their rows is written, or a
//! transaction in which that may have happened is taken back.

use super::changes::{self, Group};
use crate::error::Result;
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// An answer with what had been written when it was read.
type Answer = ((u64, u64), Box<dyn Any>);

thread_local! {
    static ANSWERS: RefCell<HashMap<TypeId, Answer>> = RefCell::default();
}

/// Rows by their number, as long as they are what the book says.
#[derive(Clone)]
pub(super) struct Rows<T>(Rc<RefCell<HashMap<i64, T>>>);

impl<T: Clone> Rows<T> {
    /// So many are kept; then they are begun anew.
    const MOST: usize = 512;

    /// The row of a number: the one that is kept, or as `read` finds it.
    pub(super) fn get(&self, id: i64, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if let Some(known) = self.0.borrow().get(&id) {
            return Ok(known.clone());
        }
        let found = read()?;
        let mut rows = self.0.borrow_mut();
        if rows.len() >= Self::MOST {
            rows.clear();
        }
        rows.insert(id, found.clone());
        Ok(found)
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

/// What `read` answers about the rules; one query for each type.
pub(super) fn remembered<T: Clone + 'static>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    remembered_while(Group::Rules, read)
}

/// What `read` answers about a group of tables, as long as none of them is written; one query for each type. Only the
/// book's thread is told of what is written, so anywhere else every question is asked.
pub(super) fn remembered_while<T: Clone + 'static>(group: Group, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let Some(written) = changes::written_to(group) else { return read() };
    let known = ANSWERS.with_borrow(|answers| {
        let (at, answer) = answers.get(&TypeId::of::<T>())?;
        if *at == written { answer.downcast_ref::<T>().cloned() } else { None }
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let answer = read()?;
    ANSWERS.with_borrow_mut(|answers| answers.insert(TypeId::of::<T>(), (written, Box::new(answer.clone()))));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::{Rows, remembered, remembered_while};
    use crate::store::changes::{self, Group};

    #[test]
    fn an_answer_is_kept_until_a_rule_is_written_or_taken_back() {
        let mut counted = 0_i64;
        let mut asked = || {
            remembered(|| {
                counted += 1;
                Ok(counted)
            })
            .unwrap()
        };
        assert_eq!((asked(), asked()), (1, 2), "elsewhere than on the book's thread every question is asked");
        changes::opened();
        assert_eq!((asked(), asked()), (3, 3));
        changes::row_written("sales", 1);
        changes::row_written("customer_figures", 1);
        assert_eq!(asked(), 3, "a sale changes no rule");
        changes::row_written("schemes", 1);
        assert_eq!((asked(), asked()), (4, 4));
        changes::rolled_back();
        assert_eq!(asked(), 5, "what was seen may never have been");
        changes::opened();
        assert_eq!(asked(), 6, "another connection");
    }

    #[test]
    fn a_row_is_kept_until_its_group_is_written() {
        changes::opened();
        let asked = |id: i64, now: &'static str| {
            remembered_while(Group::Products, || Ok(Rows::default())).unwrap().get(id, || Ok(now)).unwrap()
        };
        assert_eq!((asked(1, "可颂"), asked(2, "吐司"), asked(1, "贝果")), ("可颂", "吐司", "可颂"));
        changes::row_written("customer_figures", 1);
        assert_eq!(asked(1, "贝果"), "可颂", "another group");
        changes::row_written("products", 2);
        assert_eq!((asked(1, "贝果"), asked(2, "司康")), ("贝果", "司康"));
        for id in 3..2_000 {
            asked(id, "一样");
        }
        assert_eq!(asked(1, "别的"), "别的", "not everything that ever was asked for is kept");
    }
}
