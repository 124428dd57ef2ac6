//! What a partner must not see of a list: who somebody is and how to reach them. Numbers, days, goods and amounts stay.

use super::cell::Cell;
use shukebu_domain::phone;

/// The cell of a column as a partner sees it.
pub(super) fn masked<'a>(columns: &[String], column: &str, cell: &Cell<'a>) -> Cell<'a> {
    // What a complaint says is free words; what a line of a sale says is goods.
    let is_told = column == "description" && columns.iter().any(|other| other == "case_no");
    // In a field of the shop's own anything may stand.
    if hides(column) || is_told || column.starts_with("field.") {
        return Cell::Blank;
    }
    let Cell::Text(text) = cell else { return cell.clone() };
    match column {
        "name" | "customer" | "company" => name(text).into(),
        "phone" => phone::mask(text).into(),
        "other_phones" => text.split("; ").map(phone::mask).collect::<Vec<_>>().join("; ").into(),
        _ => cell.clone(),
    }
}

/// Handles, places and free words, in which anything may stand.
fn hides(column: &str) -> bool {
    matches!(
        column,
        "ref"
            | "salutation"
            | "wechat"
            | "email"
            | "other_contacts"
            | "birth_year"
            | "birthday"
            | "mnemonic"
            | "address"
            | "note"
            | "reason"
            | "habits"
            | "remedy_sought"
            | "root_cause"
    )
}

/// The first character; how long the name is may be seen.
fn name(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().collect();
    first + &characters.map(|_| '*').collect::<String>()
}
