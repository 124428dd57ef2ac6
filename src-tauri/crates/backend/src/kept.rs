//! What the parts of the program keep in memory between two calls, one value of each type. Whoever owns a type knows
//! what lies there; the book and the program only hold it.

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

#[cfg(test)]
mod tests {
    use super::Kept;
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
}
