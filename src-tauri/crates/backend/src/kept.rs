//! What the parts of the program keep in memory between two calls, one value of each type. Whoever owns a type knows
//! what lies there; the book and the program only hold it.

use crate::error::Result;
use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The values that are kept; each is made empty when it is first asked for.
#[derive(Default)]
pub(crate) struct Kept(Mutex<BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Kept {
    /// The one value of a type.
    pub(crate) fn of<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = values.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(value).downcast().unwrap_or_default()
    }
}

/// The answer that was made last, with what it was made for.
pub(crate) struct Last<K, V>(Mutex<Option<(K, Arc<V>)>>);

impl<K, V> Default for Last<K, V> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<K: PartialEq, V> Last<K, V> {
    /// The answer for a key: the one that is here, or one that is made, which nobody waits for who asks meanwhile.
    pub(crate) fn of(&self, key: K, make: impl FnOnce() -> Result<V>) -> Result<Arc<V>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, answer)) = kept.as_ref().filter(|(of, _)| *of == key) {
            return Ok(Arc::clone(answer));
        }
        drop(kept);
        let answer = Arc::new(make()?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&answer)));
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Last};
    use std::sync::Mutex;

    #[derive(Default)]
    struct Seen(Mutex<u32>);

    #[test]
    fn a_value_stays_what_it_became_and_each_type_has_its_own() {
        let kept = Kept::default();
        *kept.of::<Seen>().0.lock().unwrap() += 3;
        assert_eq!(*kept.of::<Seen>().0.lock().unwrap(), 3);
        assert_eq!(*kept.of::<Mutex<u32>>().lock().unwrap(), 0);
    }

    #[test]
    fn an_answer_is_made_once_for_each_key_that_follows_another() {
        let last = Last::default();
        let mut made = 0;
        for key in [1, 1, 2, 1] {
            let answer = last.of(key, || {
                made += 1;
                Ok(key * 10)
            });
            assert_eq!(*answer.unwrap(), key * 10);
        }
        assert_eq!(made, 3);
    }
}
