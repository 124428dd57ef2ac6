//! The table: pages of cells, and one cell typed over. What a cell takes is what the form of the customer takes; a cell
//! that holds something else than its person saw is not written over unasked.

use super::order;
use crate::api::columns::TableColumn;
use crate::api::customers::{ContactInput, ContactKind, CustomerChange, CustomerFilter, CustomerKind};
use crate::api::table::{CellChange, CellValue, CellView, TableIds, TableInput, TablePage, TableRow};
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, ErrorCode, Result};
use crate::messages::Language;
use crate::segmentation;
use crate::store;
use crate::store::columns::Wording;
use crate::values;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::birthday::{Birthday, Calendar};
use shukebu_domain::custom_field::{self, FieldKind};
use shukebu_domain::error::FieldError;
use shukebu_domain::ids::{CustomFieldId, CustomerId};
use std::collections::BTreeMap;

const MAX_COLUMNS: usize = 60;
/// Ids that one answer holds at most.
const MAX_IDS: i64 = 5000;

/// A page of the table with the cells that were asked for.
///
/// # Errors
/// Far too many columns; a condition whose value does not fit; a field that is not there.
pub fn table(app: &App, input: TableInput) -> Result<TablePage> {
    if input.columns.len() > MAX_COLUMNS {
        return Err(ApiError::field("columns", "list.too_long").with("most", MAX_COLUMNS));
    }
    let limit = super::page_size(&input.filter)?;
    let hits = order::prepare(app, &input.filter)?;
    app.read(move |connection, moment| {
        let (ids, total) = order::page(connection, moment, &input.filter, hits, limit)?;
        Ok(TablePage { rows: rows(connection, moment, &ids, &input.columns)?, total })
    })
}

/// Who stands in some rows of the table, for a selection that reaches beyond the screen.
///
/// # Errors
/// A condition whose value does not fit.
pub fn table_ids(app: &App, filter: CustomerFilter) -> Result<TableIds> {
    super::page_size(&filter)?;
    let limit = filter.limit.unwrap_or(MAX_IDS).clamp(1, MAX_IDS);
    let hits = order::prepare(app, &filter)?;
    app.read(move |connection, moment| {
        let (ids, total) = order::page(connection, moment, &filter, hits, limit)?;
        Ok(TableIds { ids, total })
    })
}

/// Rows of cells as this person may see them.
pub(crate) fn rows(
    connection: &Connection,
    moment: &Moment,
    ids: &[CustomerId],
    columns: &[TableColumn],
) -> Result<Vec<TableRow>> {
    let birthday = |birthday: &Birthday| birthday_text(birthday, moment.language);
    let is_masked = moment.masks();
    let wording = Wording { today: moment.today, is_masked, birthday: &birthday };
    let mut rows = store::columns::rows(connection, ids, columns, &wording)?;
    for (place, column) in columns.iter().enumerate().filter(|(_, column)| column.follows_numbers()) {
        put_numbers(connection, moment, (place, *column), &mut rows)?;
    }
    Ok(rows)
}

/// Priorities and classes of other schemes follow the numbers of the day and stand in no column of the book.
fn put_numbers(
    connection: &Connection,
    moment: &Moment,
    (place, column): (usize, TableColumn),
    rows: &mut [TableRow],
) -> Result<()> {
    let names = match column.scheme() {
        Some(key) => segmentation::class_names(connection, moment, key)?,
        None => vec![],
    };
    let Some(ranks) = segmentation::ranks(connection, moment, column)? else { return Ok(()) };
    for row in rows {
        let rank = ranks.of(row.id);
        let Some(cell) = row.cells.get_mut(place) else { continue };
        *cell = match (rank, column.scheme()) {
            (Some(rank), None) => CellValue::Number(i64::from(rank)),
            (Some(rank), Some(_)) => {
                names.get(usize::from(rank)).map_or(CellValue::Nothing, |name| CellValue::Text(name.clone()))
            }
            (None, _) => CellValue::Nothing,
        };
    }
    Ok(())
}

/// A birthday as a cell shows it and reads it again.
fn birthday_text(birthday: &Birthday, language: Language) -> String {
    match (language, birthday.calendar) {
        (Language::English, calendar) => {
            let year = birthday.year.map(|year| format!("{year:04}-")).unwrap_or_default();
            let name = if calendar == Calendar::Lunar { "lunar " } else { "" };
            let leap = if birthday.leap { "leap " } else { "" };
            format!("{name}{leap}{year}{:02}-{:02}", birthday.month, birthday.day)
        }
        (language, _) => super::profile::birthday_text(birthday, language),
    }
}

/// Writes what was typed into a cell.
///
/// # Errors
/// What the field refuses, at `value`; a column that is computed; a cell that changed meanwhile.
pub fn cell(app: &App, input: CellChange) -> Result<CellView> {
    let (id, column) = (input.id, input.column);
    let action = match column {
        TableColumn::Field(_) => "customer.details",
        _ => "customer.edit_basic",
    };
    app.write(Op::new(action).keyed(input.client_key.clone()), move |tx, moment| {
        let id = store::customers::must_be_there(tx, input.id)?;
        let now = shown(tx, moment, id, column)?.typed();
        if input.was.as_ref().is_some_and(|was| *was != now) {
            return Err(ApiError::new(ErrorCode::Conflict, "cell.changed").with("now", now));
        }
        if let TableColumn::Field(field) = column {
            return set_own_field(tx, id, field, &input.value);
        }
        let change = change(tx, moment, id, column, input.value.trim())?;
        super::apply(tx, moment, change).map_err(at_value)
    })?;
    app.read(move |connection, moment| Ok(CellView { value: shown(connection, moment, id, column)? }))
}

fn shown(connection: &Connection, moment: &Moment, id: CustomerId, column: TableColumn) -> Result<CellValue> {
    let mut rows = rows(connection, moment, &[id], &[column])?;
    let cell = rows.pop().and_then(|mut row| row.cells.pop());
    cell.ok_or_else(|| ApiError::not_found("customer"))
}

/// Whatever a form says of its fields is said of the cell.
fn at_value(mut refusal: ApiError) -> ApiError {
    for problem in &mut refusal.fields {
        "value".clone_into(&mut problem.field);
    }
    refusal
}

/// What was typed, as a change of the customer.
fn change(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    column: TableColumn,
    typed: &str,
) -> Result<CustomerChange> {
    use TableColumn as C;
    let refused = |problem: &str| FieldError::new("value", problem).with("text", typed);
    let mut change = CustomerChange::of(id);
    let line = Some((!typed.is_empty()).then(|| typed.to_owned()));
    match column {
        C::Name => change.name = Some(typed.to_owned()),
        C::Salutation => change.salutation = line,
        C::Mnemonic => change.mnemonic = line,
        C::Company => change.company = line,
        C::Address => change.address = line,
        C::Source => change.source = line,
        C::Note => change.note = line,
        C::Habits => change.habits = line,
        C::Tags => change.tags = Some(words(typed)),
        C::Kind => change.kind = Some(kind(typed).ok_or_else(|| refused("kind.unreadable"))?),
        C::Gender => change.gender = Some(values::gender(typed).map_err(refused)?),
        C::Birthday if typed.is_empty() => change.birthday = Some(None),
        C::Birthday => {
            let birthday = values::birthday(typed, values::DayOrder::Unknown, moment.today).map_err(refused)?;
            change.birthday = Some(Some(birthday));
        }
        C::Phone => {
            change.contacts = Some(handles(connection, id, &[ContactKind::Mobile, ContactKind::Landline], typed)?)
        }
        C::Wechat => change.contacts = Some(handles(connection, id, &[ContactKind::Wechat], typed)?),
        C::Email => change.contacts = Some(handles(connection, id, &[ContactKind::Email], typed)?),
        C::MemberNo
        | C::Tier
        | C::Segment
        | C::Priority
        | C::FrequencyClass
        | C::AmountClass
        | C::ProductClass
        | C::LastOn
        | C::FirstOn
        | C::Orders
        | C::Net
        | C::Points
        | C::OpenComplaints
        | C::JoinedOn
        | C::Completeness
        | C::Field(_) => return Err(refused("cell.computed").into()),
    }
    Ok(change)
}

/// Words between commas, 、 or spaces.
fn words(typed: &str) -> Vec<String> {
    let words = typed.split([',', '，', '、', ';', '；', ' ', '\u{3000}']);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn kind(typed: &str) -> Option<CustomerKind> {
    match typed {
        "person" | "个人" | "個人" | "" => Some(CustomerKind::Person),
        "company" | "企业" | "企業" | "单位" | "單位" | "公司" => Some(CustomerKind::Company),
        _ => None,
    }
}

/// All handles of a customer with the first of some kinds replaced, or taken away; the others stay.
fn handles(connection: &Connection, id: CustomerId, kinds: &[ContactKind], typed: &str) -> Result<Vec<ContactInput>> {
    let known = store::customers::contacts(connection, id)?;
    let mut all: Vec<ContactInput> =
        known.iter().map(|contact| ContactInput { kind: contact.kind, value: contact.value.clone() }).collect();
    let first = all.iter().position(|contact| kinds.contains(&contact.kind));
    let Some(kind) = kinds.first().copied() else { return Ok(all) };
    match (first.and_then(|at| all.get_mut(at)), first) {
        (Some(_), Some(at)) if typed.is_empty() => {
            all.remove(at);
        }
        (Some(contact), _) => {
            // Covered digits come back from somebody who did not change them.
            if shukebu_domain::phone::mask(&contact.value) != typed {
                typed.clone_into(&mut contact.value);
            }
        }
        (None, _) if typed.is_empty() => {}
        (None, _) => all.insert(0, ContactInput { kind, value: typed.to_owned() }),
    }
    Ok(all)
}

fn set_own_field(tx: &Transaction, id: CustomerId, field_id: CustomFieldId, typed: &str) -> Result<Written> {
    let field = store::custom_fields::get(tx, field_id)?;
    let given = match field.kind {
        FieldKind::Choices => words(typed),
        FieldKind::YesNo => vec![yes_or_no(typed).to_owned()],
        _ => vec![typed.to_owned()],
    };
    let before = store::custom_fields::of_customer(tx, id)?;
    let had: BTreeMap<_, _> = before.iter().map(|values| (values.field_id, values.values.as_slice())).collect();
    let had = had.get(&field_id).copied().unwrap_or_default();
    let values = custom_field::read("value", field.kind, &field.options, &given, had)
        .map_err(|problem| problem.with("name", &field.name))?;
    store::custom_fields::set_values(tx, id, field_id, &values)?;
    Ok(Written::one("customer", id.0).detail(json!({ "what": "fields", "fields": [field_id] })))
}

fn yes_or_no(typed: &str) -> &str {
    match typed.trim() {
        "是" | "有" | "yes" => "yes",
        "否" | "没有" | "沒有" | "no" => "no",
        other => other,
    }
}
