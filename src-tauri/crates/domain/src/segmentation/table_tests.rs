//! Rows that come, go and change; columns that are stored and read again.

use super::*;
use crate::segmentation::condition::Condition;
use crate::segmentation::measure::Measure;
use crate::segmentation::presets::custom;
use crate::segmentation::test_support::*;
use crate::segmentation::window::Window;
use crate::segmentation::{SchemeCuts, assign, matching};

fn tagged(id: i64, words: &[&str]) -> CustomerMeasures {
    with(buyer(id, 1, 1, 100), |it| {
        it.words.insert("tags".to_owned(), words.iter().map(|word| (*word).to_owned()).collect());
    })
}

fn needs() -> Needs {
    let tags = FieldRef::Profile("tags".to_owned());
    let orders = MeasureRef::new(Measure::Orders, Window::default());
    let recency = MeasureRef::new(Measure::RecencyDays, Window::Lifetime);
    Needs { measures: [orders, recency].into(), fields: [tags].into() }
}

/// Every row as it can be looked at.
fn seen(table: &MeasureTable) -> Vec<(i64, Option<i64>, Vec<String>)> {
    let orders = MeasureRef::new(Measure::Orders, Window::default());
    let tags = FieldRef::Profile("tags".to_owned());
    let row = |row: usize| table.row(row, today()).unwrap();
    let words = |row: &TableRow<'_>| row.words(&tags).into_iter().map(str::to_owned).collect();
    (0..table.len()).map(row).map(|row| (row.customer().0, row.value(&orders), words(&row))).collect()
}

#[test]
fn rows_that_come_go_and_change_leave_the_table_of_those_who_are_there() {
    let people = [tagged(1, &["a"]), tagged(2, &["b", "a"]), nobody(3), tagged(5, &["c", "b"])];
    let mut table = MeasureTable::of(&needs(), &people);
    table.remove(1);
    table.insert(2, &tagged(4, &["d", "a", "b"]));
    table.set(0, &tagged(1, &["b", "d"]));
    let people = [tagged(1, &["b", "d"]), nobody(3), tagged(4, &["d", "a", "b"]), tagged(5, &["c", "b"])];
    assert_eq!(seen(&table), seen(&MeasureTable::of(&needs(), &people)));
    assert_eq!((table.row_of(CustomerId(4)), table.row_of(CustomerId(2))), (Some(2), None));
    table.remove(9);
    table.insert(9, &nobody(9));
    assert_eq!(table.len(), 4);
}

#[test]
fn a_row_is_assigned_as_its_customer_is() {
    let scheme = custom();
    let people = [tagged(1, &["品牌全案"]), tagged(2, &["x", "品牌全案"]), nobody(3)];
    let table = MeasureTable::of(&scheme.needs(), &people);
    let cuts = SchemeCuts::default();
    for (row, person) in people.iter().enumerate() {
        assert_eq!(assign(&scheme, &cuts, &table.row(row, today()).unwrap()), assign(&scheme, &cuts, person));
    }
}

#[test]
fn words_are_found_past_the_first_word_and_past_64_rows() {
    let people: Vec<_> = (0..130).map(|id| tagged(id, if id % 7 == 0 { &["x", "y"] } else { &["x"] })).collect();
    let scheme = crate::segmentation::presets::simple_rfm();
    let table = MeasureTable::of(&needs().and(scheme.needs()), &people);
    let field = FieldRef::Profile("tags".to_owned());
    let has = |word: &str| {
        let condition = Condition::Field { field: field.clone(), one_of: vec![word.to_owned()] };
        matching(&scheme, &SchemeCuts::default(), &condition, &table).unwrap()
    };
    assert_eq!(has("y"), (0..130).filter(|row| row % 7 == 0).collect::<Vec<_>>());
    assert_eq!(has("x").len(), 130);
    assert_eq!(has("nothing").len(), 0);
}

#[test]
fn columns_make_the_table_again_and_uneven_ones_are_refused() {
    let people = [buyer(1, 3, 2, 500), nobody(2)];
    let table = MeasureTable::of(&needs(), &people);
    let columns: Vec<_> = table.columns(0..2).collect();
    let again = MeasureTable::from_columns(&needs(), table.customers().to_vec(), columns.clone()).unwrap();
    assert_eq!(seen(&again), seen(&table));
    assert!(MeasureTable::from_columns(&needs(), vec![CustomerId(1)], columns).is_err());
}
