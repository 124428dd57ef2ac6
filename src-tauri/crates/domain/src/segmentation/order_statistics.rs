//! The values at given places of the sorted order, without sorting: a histogram over the range of values finds the
//! bucket of each place, and only these buckets are looked at again. Linear in the number of values, which keeps a
//! preview of 100,000 customers inside one frame while a cut point is dragged.

/// 4,096 buckets stay in the first-level cache.
const BUCKET_BITS: u32 = 12;
/// Below this size sorting is quicker than counting.
const SORTED_BELOW: usize = 256;

/// The values at the wanted places (0 = smallest) of the sorted order. `wanted` is ascending; a place past the end
/// is left out.
pub(super) fn order_statistics(values: &[i64], wanted: &[usize]) -> Vec<i64> {
    if values.len() < SORTED_BELOW {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        return wanted.iter().filter_map(|place| sorted.get(*place).copied()).collect();
    }
    let (low, high) = values.iter().fold((i64::MAX, i64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    if low == high {
        return wanted.iter().filter(|place| **place < values.len()).map(|_| low).collect();
    }
    let shift = (u64::BITS - high.abs_diff(low).leading_zeros()).saturating_sub(BUCKET_BITS);
    let bucket_of = |value: i64| (value.abs_diff(low) >> shift) as usize;
    let counts = tally(values, bucket_of);
    // Each wanted place falls into one bucket, at a place of its own there.
    let mut buckets: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut passed = 0;
    let mut places = wanted.iter().peekable();
    for (bucket, count) in counts.iter().enumerate() {
        while let Some(place) = places.next_if(|place| **place < passed + count) {
            match buckets.last_mut() {
                Some((known, inside)) if *known == bucket => inside.push(place - passed),
                _ => buckets.push((bucket, vec![place - passed])),
            }
        }
        passed += count;
    }
    if shift == 0 {
        // A bucket is a single value.
        let value_of = |bucket: usize| low.saturating_add_unsigned(bucket as u64);
        return buckets.iter().flat_map(|(bucket, inside)| inside.iter().map(|_| value_of(*bucket))).collect();
    }
    let mut slots = [u8::MAX; 1 << BUCKET_BITS];
    let mut members: Vec<Vec<i64>> = Vec::with_capacity(buckets.len());
    for (slot, (bucket, _)) in buckets.iter().enumerate() {
        if let Some(entry) = slots.get_mut(*bucket) {
            *entry = u8::try_from(slot).unwrap_or(u8::MAX);
        }
        members.push(Vec::with_capacity(counts.get(*bucket).copied().unwrap_or(0)));
    }
    for value in values {
        let slot = slots.get(bucket_of(*value)).copied().unwrap_or(u8::MAX);
        if slot != u8::MAX
            && let Some(group) = members.get_mut(usize::from(slot))
        {
            group.push(*value);
        }
    }
    // A bucket spans at most 1/2,048 of the range, so the descent ends after a few rounds whatever the values are.
    buckets.iter().zip(&members).flat_map(|((_, inside), group)| order_statistics(group, inside)).collect()
}

/// How many values fall into each bucket. Two tallies take turns, because customers with the same number of orders follow
/// each other and each addition to one count would wait for the one before.
fn tally(values: &[i64], bucket_of: impl Fn(i64) -> usize) -> [usize; 1 << BUCKET_BITS] {
    let mut counts = [0_usize; 1 << BUCKET_BITS];
    let mut others = [0_u32; 1 << BUCKET_BITS];
    let (pairs, rest) = values.as_chunks::<2>();
    for [one, other] in pairs {
        if let Some(count) = counts.get_mut(bucket_of(*one)) {
            *count += 1;
        }
        if let Some(count) = others.get_mut(bucket_of(*other)) {
            *count += 1;
        }
    }
    for value in rest {
        if let Some(count) = counts.get_mut(bucket_of(*value)) {
            *count += 1;
        }
    }
    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other as usize);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_huge_customer_among_thousands_changes_no_place() {
        let mut values: Vec<i64> = (0..5000).map(|i| i * 7919 % 10_007).collect();
        values.push(8_000_000_000_000_000);
        values.push(-8_000_000_000_000_000);
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let wanted = [0, 1, 1000, 1001, 2500, 4000, 5000, 5001];
        assert_eq!(order_statistics(&values, &wanted), wanted.map(|place| sorted[place]));
    }

    proptest! {
        #[test]
        fn places_equal_those_after_sorting(
            values in prop::collection::vec(
                prop_oneof![0i64..300, any::<i64>(), 1_000_000i64..1_010_000], 1..1500),
            mut wanted in prop::collection::vec(0usize..1500, 1..30),
        ) {
            wanted.retain(|place| *place < values.len());
            wanted.sort_unstable();
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let expected: Vec<i64> = wanted.iter().map(|place| sorted[*place]).collect();
            prop_assert_eq!(order_statistics(&values, &wanted), expected);
        }
    }
}
