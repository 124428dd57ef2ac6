//! Who moves between two runs of a scheme: from which class to which, who came and who left. The preview counts with
//! two runs over the same rows; history compares stored classes by customer.

use super::run::Run;
use super::scheme::Scheme;
use crate::error::RuleError;
use crate::ids::CustomerId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The flows between two runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentMovement"))]
pub struct Movement {
    /// Every flow with at least one customer, those who stay included.
    pub flows: Vec<Flow>,
    /// Customers in another class than before.
    pub moved: u32,
    /// Customers in the same class as before.
    pub stayed: u32,
    /// Customers who were not there before.
    pub came: u32,
    /// Customers who are not there any more.
    pub left: u32,
}

/// How many customers went from one class to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentFlow"))]
pub struct Flow {
    /// Class before; `None` for customers who came.
    pub from: Option<String>,
    /// Class after; `None` for customers who left.
    pub to: Option<String>,
    /// How many.
    pub customers: u32,
}

/// The movement between two runs over the same table, such as the stored cut points against the dragged ones. Flows
/// come in the order of the classes before, then after.
///
/// # Errors
/// `runs.of_different_tables` when the runs do not have the same rows.
pub fn movement(before: &Run, after: &Run) -> Result<Movement, RuleError> {
    if before.classes.len() != after.classes.len() {
        return Err(RuleError::field("after", "runs.of_different_tables"));
    }
    let mut cells = vec![[0_u32; 256]; before.class_keys.len()];
    for (from, to) in before.classes.iter().zip(&after.classes) {
        if let Some(cell) = cells.get_mut(usize::from(*from)).and_then(|row| row.get_mut(usize::from(*to))) {
            *cell += 1;
        }
    }
    let mut found = Movement::default();
    for (from, row) in before.class_keys.iter().zip(&cells) {
        for (to, customers) in after.class_keys.iter().zip(row) {
            found.add(Some(from.clone()), Some(to.clone()), *customers);
        }
    }
    Ok(found)
}

/// The movement between two stored results, by customer; flows are sorted by class keys.
pub fn movement_of_history(before: &BTreeMap<CustomerId, String>, after: &BTreeMap<CustomerId, String>) -> Movement {
    let mut flows: BTreeMap<(Option<&String>, Option<&String>), u32> = BTreeMap::new();
    for (customer, from) in before {
        *flows.entry((Some(from), after.get(customer))).or_default() += 1;
    }
    for (_, to) in after.iter().filter(|(customer, _)| !before.contains_key(customer)) {
        *flows.entry((None, Some(to))).or_default() += 1;
    }
    let mut found = Movement::default();
    for ((from, to), customers) in flows {
        found.add(from.cloned(), to.cloned(), customers);
    }
    found
}

/// The rows that move between two runs over the same table, for the list behind a flow.
pub fn moved_rows(before: &Run, after: &Run) -> Vec<usize> {
    let rows = before.classes.iter().zip(&after.classes).enumerate();
    let keys =
        |(from, to): (&u8, &u8)| (before.class_keys.get(usize::from(*from)), after.class_keys.get(usize::from(*to)));
    rows.filter(|(_, pair)| {
        let (from, to) = keys(*pair);
        from != to
    })
    .map(|(row, _)| row)
    .collect()
}

/// Classes that came with the program and whose people stay away: whoever moves into one is lost for now.
const LAPSED: [&str; 2] = ["dormant", "win_back"];

/// What a run did to people in four words: up (升), down (降), new (新), lost (流失).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Course {
    /// Into a class further up, out of those who stay away too.
    pub up: u32,
    /// Into a class further down.
    pub down: u32,
    /// From nowhere or from those who never bought.
    pub new: u32,
    /// Into a class of those who stay away.
    pub lost: u32,
}

impl Course {
    /// The course of a run by its moves. The classes of a scheme stand from the best one down, as the shop put them.
    pub fn of<'m>(scheme: &Scheme, moves: impl Iterator<Item = (Option<&'m str>, &'m str, u32)>) -> Self {
        let place = |key: &str| scheme.faces().position(|face| face.key == key);
        let never = scheme.no_purchase.key.as_str();
        let mut course = Self::default();
        for (from, to, people) in moves.filter(|(_, to, _)| *to != never) {
            let tally = match from.filter(|from| *from != never) {
                None => &mut course.new,
                Some(_) if LAPSED.contains(&to) => &mut course.lost,
                // A class that the scheme gave up was no better and no worse.
                Some(from) => match (place(from), place(to)) {
                    (Some(before), Some(since)) if since < before || LAPSED.contains(&from) => &mut course.up,
                    (Some(_), Some(_)) => &mut course.down,
                    _ => continue,
                },
            };
            *tally += people;
        }
        course
    }
}

impl Movement {
    fn add(&mut self, from: Option<String>, to: Option<String>, customers: u32) {
        if customers == 0 {
            return;
        }
        let tally = match (&from, &to) {
            (None, _) => &mut self.came,
            (_, None) => &mut self.left,
            (from, to) if from == to => &mut self.stayed,
            _ => &mut self.moved,
        };
        *tally += customers;
        self.flows.push(Flow { from, to, customers });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::presets::simple_rfm;
    use crate::segmentation::run;
    use crate::segmentation::scheme::CutRule;
    use crate::segmentation::test_support::*;

    #[test]
    fn dragging_a_cut_point_shows_who_moves_where() {
        let mut scheme = simple_rfm();
        let customers = vec![buyer(1, 30, 2, 200), buyer(2, 80, 2, 200), nobody(3)];
        let table = table(&scheme, &customers);
        let before = run(&scheme, &table).unwrap();
        scheme.bands[0].cut = CutRule::Fixed { cuts: vec![60] };
        let after = run(&scheme, &table).unwrap();
        let found = movement(&before, &after).unwrap();
        assert_eq!((found.moved, found.stayed, found.came, found.left), (1, 2, 0, 0));
        let flow = |from: &str, to: &str| Flow { from: Some(from.to_owned()), to: Some(to.to_owned()), customers: 1 };
        assert_eq!(
            found.flows,
            [flow("core_value", "core_value"), flow("core_value", "win_back"), flow("not_purchased", "not_purchased")]
        );
        assert_eq!(moved_rows(&before, &after), [1]);
    }

    #[test]
    fn history_also_counts_who_came_and_who_left() {
        let of = |rows: &[(i64, &str)]| rows.iter().map(|(id, key)| (CustomerId(*id), (*key).to_owned())).collect();
        let found = movement_of_history(&of(&[(1, "a"), (2, "a"), (3, "b")]), &of(&[(1, "b"), (2, "a"), (4, "a")]));
        assert_eq!((found.moved, found.stayed, found.came, found.left), (1, 1, 1, 1));
        assert_eq!(found.flows.iter().map(|flow| flow.customers).sum::<u32>(), 4);
    }

    /// S1-37
    #[test]
    fn a_run_takes_people_up_and_down_brings_new_ones_and_loses_some() {
        let moves = [
            (Some("ordinary"), "core_value", 1),
            (Some("core_value"), "potential", 2),
            (None, "potential", 4),
            (Some("not_purchased"), "core_value", 8),
            (Some("core_value"), "win_back", 16),
            // Below in the list, and yet: they came back.
            (Some("win_back"), "ordinary", 32),
            (Some("given_up"), "ordinary", 64),
            (None, "not_purchased", 128),
        ];
        let found = Course::of(&simple_rfm(), moves.into_iter());
        assert_eq!(found, Course { up: 33, down: 2, new: 12, lost: 16 });
    }

    #[test]
    fn runs_over_different_customers_are_not_compared_by_row() {
        let scheme = simple_rfm();
        let one = run(&scheme, &table(&scheme, &[nobody(1)])).unwrap();
        let none = run(&scheme, &table(&scheme, &[])).unwrap();
        assert!(movement(&one, &none).is_err());
    }
}
