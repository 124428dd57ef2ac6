//! Which customer has which slot. Ids grow in a book and slots are given in their order, so that a slot is found by its
//! id without a list for that; only who moved to the end, because the line no longer fitted, is noted.

use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

/// So many customers share one entry of what holds of all of them.
pub const BLOCK: usize = 64;

/// The customer of every slot.
#[derive(Debug, Default)]
pub struct Slots {
    /// By slot; [`WIDE`] where the id stands in `wide`.
    ids: Vec<u32>,
    /// Ids that do not fit, which no book of this program gives.
    wide: BTreeMap<u32, i64>,
    /// In so many first slots the ids ascend.
    ascending: usize,
    /// The slots of those behind.
    behind: BTreeMap<i64, u32>,
}

const WIDE: u32 = u32::MAX;

impl Slots {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Who has a slot, or had it last.
    pub fn id(&self, slot: u32) -> Option<CustomerId> {
        match self.ids.get(slot as usize)? {
            &WIDE => self.wide.get(&slot).copied().map(CustomerId),
            id => Some(CustomerId(i64::from(*id))),
        }
    }

    /// The slot that a customer was given last.
    pub fn of(&self, id: CustomerId) -> Option<u32> {
        if let Some(slot) = self.behind.get(&id.0) {
            return Some(*slot);
        }
        let (mut first, mut end) = (0, self.ascending);
        while first < end {
            let middle = first.midpoint(end);
            let slot = u32::try_from(middle).ok()?;
            match self.id(slot)?.cmp(&id) {
                std::cmp::Ordering::Less => first = middle + 1,
                std::cmp::Ordering::Equal => return Some(slot),
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// Gives the next slot.
    pub fn push(&mut self, id: CustomerId) {
        let Ok(slot) = u32::try_from(self.ids.len()) else { return };
        let last = slot.checked_sub(1).and_then(|last| self.id(last));
        if self.ascending == self.ids.len() && last.is_none_or(|last| last < id) {
            self.ascending += 1;
        } else {
            self.behind.insert(id.0, slot);
        }
        let narrow = u32::try_from(id.0).ok().filter(|narrow| *narrow != WIDE);
        if narrow.is_none() {
            self.wide.insert(slot, id.0);
        }
        self.ids.push(narrow.unwrap_or(WIDE));
    }

    /// Gives back memory that was reserved.
    pub fn shrink(&mut self) {
        self.ids.shrink_to_fit();
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        self.ids.capacity() * size_of::<u32>() + (self.wide.len() + self.behind.len()) * 2 * size_of::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_found_by_the_slot_that_was_given_last() {
        let mut slots = Slots::default();
        let ids = [i64::MIN, -1, 0, 3, 4, 90, i64::from(u32::MAX), i64::MAX, 5, 3, 91];
        for id in ids {
            slots.push(CustomerId(id));
        }
        for (slot, id) in (0_u32..).zip(ids) {
            assert_eq!(slots.id(slot), Some(CustomerId(id)));
            assert_eq!(slots.of(CustomerId(id)), Some(if id == 3 { 9 } else { slot }), "{id}");
        }
        for nobody in [-2, 1, 89, 92] {
            assert_eq!(slots.of(CustomerId(nobody)), None, "{nobody}");
        }
    }

    #[test]
    fn ids_that_ascend_take_four_bytes_each() {
        let mut slots = Slots::default();
        (1..=1000).for_each(|id| slots.push(CustomerId(id * 3)));
        slots.shrink();
        assert_eq!(slots.memory(), 4000);
        assert_eq!(slots.of(CustomerId(999)), Some(332));
    }
}
