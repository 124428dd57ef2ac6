//! Rules of the shop are asked for many times in one sale and change a few times a year: what a query over them answered
//! is kept until one of their rows is written, or a transaction in which that may have happened is taken back.

use super::changes;
use crate::error::Result;
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;

/// An answer with what had been written when it was read.
type Answer = ((u64, u64), Box<dyn Any>);

thread_local! {
    static ANSWERS: RefCell<HashMap<TypeId, Answer>> = RefCell::default();
}

/// What `read` answers about the rules; one query for each type. Only the book's thread is told of what is written, so
/// anywhere else every question is asked.
pub(super) fn remembered<T: Clone + 'static>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    let Some(written) = changes::rules_written() else { return read() };
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
    use super::remembered;
    use crate::store::changes;

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
        assert_eq!(asked(), 3, "a sale changes no rule");
        changes::row_written("schemes", 1);
        assert_eq!((asked(), asked()), (4, 4));
        changes::rolled_back();
        assert_eq!(asked(), 5, "what was seen may never have been");
        changes::opened();
        assert_eq!(asked(), 6, "another connection");
    }
}
