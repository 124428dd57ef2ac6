//! Which column is which field where no headings say it: by what most of its cells are. Only what is unmistakable is
//! guessed; the rest is left to the person.

use super::Field;
use crate::imports::reader::Row;
use crate::values::{self, DayOrder};
use chrono::NaiveDate;
use shukebu_domain::phone::Phone;

/// Rows that are looked at.
const ROWS: usize = 50;
/// Longest name that a guess takes for one.
const NAME: usize = 12;

/// Whether a cell is of a kind.
type Test = fn(&str) -> bool;

/// Fields of customers with the column found for each.
pub(super) fn guess(rows: &[Row], width: usize) -> Vec<(Field, usize)> {
    let tests: [(Field, Test); 5] = [
        (Field::Phone, is_phone),
        (Field::Email, |cell| cell.contains('@') && cell.contains('.')),
        (Field::Birthday, is_birthday),
        (Field::Gender, |cell| matches!(values::gender(cell), Ok(Some(_))) && !cell.chars().all(char::is_numeric)),
        (Field::Name, is_name),
    ];
    let mut found: Vec<(Field, usize)> = vec![];
    for (field, fits) in tests {
        let free =
            (0..width).find(|column| !found.iter().any(|(_, taken)| taken == column) && most(rows, *column, fits));
        found.extend(free.map(|column| (field, column)));
    }
    found
}

/// Whether most of the cells that are filled pass a test.
fn most(rows: &[Row], column: usize, fits: Test) -> bool {
    let cells = rows.iter().take(ROWS).map(|row| row.cell(column).trim()).filter(|cell| !cell.is_empty());
    let (mut all, mut fitting) = (0, 0);
    for cell in cells {
        all += 1;
        fitting += usize::from(fits(cell));
    }
    all > 0 && fitting * 3 >= all * 2
}

fn is_phone(cell: &str) -> bool {
    cell.chars().filter(char::is_ascii_digit).count() >= 7 && !is_birthday(cell) && Phone::parse(cell).is_ok()
}

fn is_birthday(cell: &str) -> bool {
    let is_written = cell.contains(['-', '/', '.', '月', '年']) || cell.contains("农历") || cell.contains("農曆");
    is_written && cell.chars().count() <= NAME && values::birthday(cell, DayOrder::Unknown, NaiveDate::MAX).is_ok()
}

fn is_name(cell: &str) -> bool {
    let length = cell.chars().count();
    (1..=NAME).contains(&length) && cell.chars().all(|ch| ch.is_alphabetic() || matches!(ch, ' ' | '·' | '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        let mut row = Row::default();
        cells.iter().for_each(|cell| row.push(cell));
        row
    }

    #[test]
    fn what_is_unmistakable_is_guessed_wherever_it_stands() {
        let rows = [
            row(&["13800138000", "王小满", "1990-03-05", "常客 要发票"]),
            row(&["010-62345678", "欧阳娜", "农历八月初三", ""]),
        ];
        assert_eq!(guess(&rows, 4), [(Field::Phone, 0), (Field::Birthday, 2), (Field::Name, 1)]);
    }

    #[test]
    fn amounts_and_notes_are_left_to_the_person() {
        let rows = [row(&["1280.50", "上次说要订婚宴蛋糕，下周再联系"]), row(&["36", "老街坊，带小孩来的时候给气球"])];
        assert_eq!(guess(&rows, 2), []);
    }
}
