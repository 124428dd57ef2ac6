//! Schemes and ladders are asked for at every sale and change a few times a year: a wording is parsed once.

use crate::error::Result;
use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;

/// Wordings kept; past it all are forgotten.
const KEPT: usize = 128;

type ByText = HashMap<String, Box<dyn Any>>;

thread_local! {
    static PARSED: RefCell<HashMap<TypeId, ByText>> = RefCell::default();
}

/// What a JSON text says. The same text is read only once by a thread; the answer is a copy.
///
/// # Errors
/// A text that is not such a value.
pub(crate) fn parsed<T: DeserializeOwned + Clone + 'static>(text: &str) -> Result<T> {
    let known = PARSED.with_borrow(|all| all.get(&TypeId::of::<T>())?.get(text)?.downcast_ref::<T>().cloned());
    if let Some(known) = known {
        return Ok(known);
    }
    let value: T = serde_json::from_str(text)?;
    PARSED.with_borrow_mut(|all| {
        let of_type = all.entry(TypeId::of::<T>()).or_default();
        if of_type.len() >= KEPT {
            of_type.clear();
        }
        of_type.insert(text.to_owned(), Box::new(value.clone()));
    });
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::parsed;

    #[test]
    fn the_same_text_gives_the_same_value_and_another_type_its_own() {
        for _ in 0..2 {
            assert_eq!(parsed::<Vec<i64>>("[1,2]").unwrap(), [1, 2]);
            assert_eq!(parsed::<Vec<String>>(r#"["1"]"#).unwrap(), ["1"]);
            assert_eq!(parsed::<serde_json::Value>("[1,2]").unwrap(), serde_json::json!([1, 2]));
            assert!(parsed::<Vec<i64>>("[1,").is_err());
        }
    }

    #[test]
    fn many_texts_do_not_pile_up() {
        for number in 0..1000_i64 {
            assert_eq!(parsed::<i64>(&number.to_string()).unwrap(), number);
        }
        let kept = super::PARSED.with_borrow(|all| all.values().map(super::ByText::len).sum::<usize>());
        assert!(kept <= super::KEPT, "{kept}");
    }
}
