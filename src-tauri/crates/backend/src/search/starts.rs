//! Where the line of every slot begins in a lane: two bytes a slot, counted from the first of its block.

use super::slots::BLOCK;

/// The starts of all slots, ascending.
#[derive(Debug, Default)]
pub struct Starts {
    /// Where each block of slots begins.
    blocks: Vec<u32>,
    /// How far behind that each slot begins.
    offsets: Vec<u16>,
    /// All starts as they are, once a block was longer than an offset can tell.
    long: Option<Vec<u32>>,
}

impl Starts {
    /// Where a slot begins.
    pub fn get(&self, slot: usize) -> Option<usize> {
        match &self.long {
            None => Some(*self.blocks.get(slot / BLOCK)? as usize + usize::from(*self.offsets.get(slot)?)),
            Some(all) => all.get(slot).map(|start| *start as usize),
        }
    }

    /// The slot in which a byte lies, at or after `known`. Hits come in order and mostly near each other.
    pub fn slot_at(&self, known: usize, at: usize) -> usize {
        if let Some(all) = &self.long {
            let later = all.get(known + 1..).unwrap_or_default();
            return known + later.partition_point(|start| *start as usize <= at);
        }
        let mut block = known / BLOCK;
        while self.blocks.get(block + 1).is_some_and(|start| *start as usize <= at) {
            block += 1;
        }
        let first = block * BLOCK;
        let behind = at.saturating_sub(self.blocks.get(block).map_or(0, |start| *start as usize));
        let behind = u16::try_from(behind).unwrap_or(u16::MAX);
        let offsets = self.offsets.get(first..(first + BLOCK).min(self.offsets.len())).unwrap_or_default();
        first + offsets.partition_point(|offset| *offset <= behind).saturating_sub(1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.long.as_ref().map_or(self.offsets.len(), Vec::len)
    }

    /// The next slot begins here.
    pub fn push(&mut self, start: u32) {
        if self.long.is_none() {
            if self.offsets.len().is_multiple_of(BLOCK) {
                self.blocks.push(start);
            }
            let block = self.blocks.last().copied().unwrap_or_default();
            match u16::try_from(start - block) {
                Ok(offset) => return self.offsets.push(offset),
                Err(_) => self.lengthen(),
            }
        }
        self.long.get_or_insert_default().push(start);
    }

    fn lengthen(&mut self) {
        let all = (0..self.offsets.len()).filter_map(|slot| u32::try_from(self.get(slot)?).ok()).collect();
        *self = Self { long: Some(all), ..Self::default() };
    }

    /// Gives back memory that was reserved.
    pub fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.offsets.shrink_to_fit();
        if let Some(all) = &mut self.long {
            all.shrink_to_fit();
        }
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        (self.blocks.capacity() + self.long.as_ref().map_or(0, Vec::capacity)) * size_of::<u32>()
            + self.offsets.capacity() * size_of::<u16>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_told_as_they_were_given_also_where_lines_are_long() {
        for length in [7_u32, 40, 1000, 1024, 5000] {
            let (mut starts, mut given) = (Starts::default(), vec![]);
            for slot in 0..300 {
                given.push(slot * length);
                starts.push(slot * length);
            }
            assert_eq!(starts.len(), given.len());
            let told: Vec<usize> = (0..300).filter_map(|slot| starts.get(slot)).collect();
            assert_eq!(told, given.iter().map(|start| *start as usize).collect::<Vec<_>>(), "{length}");
            assert_eq!(starts.get(300), None);
            for known in [0, 3, 63, 64, 200, 299] {
                for slot in known..300 {
                    let first = given.get(slot).map_or(0, |start| *start as usize);
                    for at in [first, first + 1, first + length as usize - 1] {
                        assert_eq!(starts.slot_at(known, at), slot, "{length}: {at} from {known}");
                    }
                }
            }
        }
    }
}
