//! Stretches of time as pairs of begin and end, half-open.

/// Sorted stretches in which overlapping and touching ones are one.
pub(super) fn merged(mut stretches: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    stretches.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// What is left of sorted, merged stretches when others, sorted and merged too, are taken out.
pub(super) fn without(stretches: &[(i64, i64)], taken: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut left = Vec::with_capacity(stretches.len());
    let mut first = 0;
    for &(mut from, to) in stretches {
        while taken.get(first).is_some_and(|cut| cut.1 <= from) {
            first += 1;
        }
        for cut in taken.iter().skip(first).take_while(|cut| cut.0 < to) {
            if from < cut.0 {
                left.push((from, cut.0));
            }
            from = from.max(cut.1);
        }
        if from < to {
            left.push((from, to));
        }
    }
    left
}
