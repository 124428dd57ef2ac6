//! The table of customers by its columns: what a cell shows, by what a column is sorted, and the order of all rows.

use super::lacking::{completeness, settled};
use super::tables::Narrowed;
use crate::api::columns::TableColumn;
use crate::api::table::{CellValue, TableRow};
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params_from_iter};
use shukebu_domain::birthday::Birthday;
use shukebu_domain::custom_field::{FieldKind, FieldValue};
use shukebu_domain::ids::{CustomFieldId, CustomerId};
use std::collections::BTreeMap;

/// Stands between several words of one cell.
const BETWEEN: char = '\u{1f}';

/// What a column shows, as SQL over `customers` and `figures`. Ids of own fields are numbers of ours.
fn shown(column: TableColumn) -> String {
    use TableColumn as C;
    let handle = |kinds: &str| {
        format!(
            "(SELECT value FROM contacts
              WHERE customer_id = customers.id AND retired_at IS NULL AND kind IN ({kinds})
              ORDER BY position, id
              LIMIT 1)"
        )
    };
    match column {
        C::Name => "customers.name",
        C::Salutation => "customers.salutation",
        C::MemberNo => "customers.member_no",
        C::Mnemonic => "customers.mnemonic",
        C::Phone => return handle("'mobile', 'landline'"),
        C::Wechat => return handle("'wechat'"),
        C::Email => return handle("'email'"),
        C::Tier => "figures.tier_rank",
        C::Segment => "figures.class_key",
        C::Tags => {
            "(SELECT group_concat(name, char(31))
              FROM (SELECT tags.name
                    FROM customer_tags
                    JOIN tags ON tags.id = customer_tags.tag_id
                    WHERE customer_tags.customer_id = customers.id
                    ORDER BY tags.name))"
        }
        C::LastOn => "figures.last_on",
        C::FirstOn => "figures.first_on",
        C::Orders => "figures.orders",
        C::Net => "figures.net_minor",
        // Points end with the day; priorities and classes of other schemes follow the numbers: all are worked out apart.
        C::Points | C::Priority | C::FrequencyClass | C::AmountClass | C::ProductClass => "NULL",
        C::OpenComplaints => "figures.open_complaints",
        C::JoinedOn => "customers.joined_on",
        C::Kind => "customers.kind",
        C::Company => "customers.company",
        C::Gender => "customers.gender",
        // Put together from its parts; sorted by month and day.
        C::Birthday => "customers.birth_month * 100 + customers.birth_day",
        C::Address => "customers.address",
        C::Source => "customers.source",
        C::Note => "customers.note",
        C::Habits => "customers.habits",
        C::Completeness => return completeness(),
        C::Field(id) => return own_field(id),
    }
    .to_owned()
}

fn own_field(id: CustomFieldId) -> String {
    format!(
        "(SELECT group_concat(coalesce(text, number_milli), char(31))
          FROM (SELECT text, number_milli
                FROM custom_values
                WHERE custom_values.customer_id = customers.id AND custom_values.field_id = {id}
                ORDER BY position))"
    )
}

/// By what a column is sorted. A name stands where its stored key does and a member number as it is written, as in their
/// indices.
fn sorted_by(column: TableColumn) -> String {
    match column {
        TableColumn::Name => "customers.sort_key".to_owned(),
        TableColumn::MemberNo => "CAST(customers.member_no AS BLOB)".to_owned(),
        TableColumn::Points => "figures.points_live".to_owned(),
        TableColumn::Field(id) => format!(
            "(SELECT coalesce(custom_values.number_milli, custom_values.text)
              FROM custom_values
              WHERE custom_values.customer_id = customers.id AND custom_values.field_id = {id}
              ORDER BY position
              LIMIT 1)"
        ),
        column => shown(column),
    }
}

/// Both tables one after the other, as they lie in the file.
const BY_FIGURES: &str = "customer_figures AS figures CROSS JOIN customers ON customers.id = figures.customer_id";

/// Which table leads and how its index orders the rows, for the columns that have an index in exactly this order.
fn walked(column: TableColumn, descending: bool) -> Option<(&'static str, String)> {
    const BY_CUSTOMER: &str = "customers CROSS JOIN customer_figures AS figures ON figures.customer_id = customers.id";
    let direction = if descending { "DESC" } else { "ASC" };
    let (from, columns) = match column {
        TableColumn::Name => (BY_CUSTOMER, ["customers.sort_key", "customers.id"]),
        TableColumn::JoinedOn => (BY_CUSTOMER, ["customers.joined_on", "customers.id"]),
        TableColumn::MemberNo => return Some((BY_CUSTOMER, format!("customers.member_no {direction}"))),
        TableColumn::Tier => (BY_FIGURES, ["figures.tier_rank", "figures.customer_id"]),
        _ => return None,
    };
    Some((from, columns.map(|column| format!("{column} {direction}")).join(", ")))
}

/// One page of everybody, along the index of the order; `None` for a column without one.
pub(crate) fn walk(
    connection: &Connection,
    column: TableColumn,
    descending: bool,
    (offset, limit): (i64, i64),
) -> Result<Option<Vec<CustomerId>>> {
    let Some((from, order)) = walked(column, descending) else { return Ok(None) };
    let sql = format!("SELECT customers.id FROM {from} ORDER BY {order} LIMIT :limit OFFSET :offset");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(named_params! { ":limit": limit, ":offset": offset }, |row| Ok(CustomerId(row.get("id")?)))?;
    Ok(Some(rows.collect::<rusqlite::Result<_>>()?))
}

/// Whether an index has the order of a column.
pub(crate) fn has_index(column: TableColumn) -> bool {
    walked(column, false).is_some()
}

/// How many customers there are.
pub(crate) fn count(connection: &Connection) -> Result<i64> {
    Ok(connection.prepare_cached("SELECT count(*) FROM customer_figures")?.query_row([], |row| row.get(0))?)
}

fn is_figure(column: TableColumn) -> bool {
    use TableColumn as C;
    matches!(column, C::LastOn | C::FirstOn | C::Orders | C::Net | C::OpenComplaints | C::Segment | C::Points)
}

/// What a cell is sorted by.
pub(crate) enum SortedBy<'a> {
    Nothing,
    Number(i64),
    /// To be read as words.
    Text(&'a str),
    /// In order as they are.
    Bytes(&'a [u8]),
}

fn take<T>(row: &Row, at: usize, key: impl FnOnce(SortedBy<'_>) -> T) -> rusqlite::Result<T> {
    Ok(match row.get_ref(at)? {
        ValueRef::Integer(number) => key(SortedBy::Number(number)),
        ValueRef::Text(text) => key(SortedBy::Text(&String::from_utf8_lossy(text))),
        ValueRef::Blob(bytes) => key(SortedBy::Bytes(bytes)),
        ValueRef::Null | ValueRef::Real(_) => key(SortedBy::Nothing),
    })
}

/// Points that have ended and were not written yet are in the kept balance: whoever has such is counted anew.
fn without_ended_points<T>(
    connection: &Connection,
    today: NaiveDate,
    found: &mut [(T, CustomerId)],
    mut key: impl FnMut(SortedBy<'_>) -> T,
) -> Result<()> {
    let ended = store::points::with_ended(connection, today)?;
    for (value, id) in found.iter_mut().filter(|(_, id)| ended.binary_search(id).is_ok()) {
        *value = key(SortedBy::Number(store::points::balance_of(connection, *id, today)?));
    }
    Ok(())
}

/// The keys of those of some customers whom conditions show, as `key` makes them of what a column is sorted by.
pub(crate) fn keys_of<T>(
    connection: &Connection,
    (column, today): (TableColumn, NaiveDate),
    narrowed: &Narrowed,
    ids: impl IntoIterator<Item = CustomerId>,
    mut key: impl FnMut(SortedBy<'_>) -> T,
) -> Result<Vec<(T, CustomerId)>> {
    let sql = format!(
        "SELECT {} AS value FROM {BY_FIGURES} {} figures.customer_id = ?",
        sorted_by(column),
        narrowed.where_and(),
    );
    let mut statement = connection.prepare_cached(&settled(connection, sql)?)?;
    let mut values = narrowed.values.clone();
    let mut found = vec![];
    for id in ids {
        values.push(id.0.into());
        let value = statement.query_row(params_from_iter(&values), |row| take(row, 0, &mut key)).optional()?;
        values.pop();
        found.extend(value.map(|value| (value, id)));
    }
    if column == TableColumn::Points {
        without_ended_points(connection, today, &mut found, key)?;
    }
    Ok(found)
}

/// The same of everybody behind `after` up to `until`, by id.
pub(crate) fn keys_between<T>(
    connection: &Connection,
    (column, today): (TableColumn, NaiveDate),
    narrowed: &Narrowed,
    (after, until): (CustomerId, CustomerId),
    mut key: impl FnMut(SortedBy<'_>) -> T,
) -> Result<Vec<(T, CustomerId)>> {
    let sql = format!(
        "SELECT figures.customer_id, {} AS value
         FROM {}
         {} figures.customer_id > ? AND figures.customer_id <= ?
         ORDER BY figures.customer_id",
        sorted_by(column),
        if narrowed.is_everybody() && is_figure(column) { "customer_figures AS figures" } else { BY_FIGURES },
        narrowed.where_and(),
    );
    let mut statement = connection.prepare_cached(&settled(connection, sql)?)?;
    let bounds = [after.0, until.0].map(rusqlite::types::Value::from);
    let rows = statement.query_map(params_from_iter(narrowed.values.iter().chain(&bounds)), |row| {
        Ok((take(row, 1, &mut key)?, CustomerId(row.get(0)?)))
    })?;
    let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    if column == TableColumn::Points {
        without_ended_points(connection, today, &mut found, key)?;
    }
    Ok(found)
}

/// The last of so many behind an id; `None` when there are no more than that.
pub(crate) fn end_of_piece(connection: &Connection, after: CustomerId, size: u32) -> Result<Option<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT customer_id
         FROM customer_figures
         WHERE customer_id > :after
         ORDER BY customer_id
         LIMIT 1 OFFSET :others",
    )?;
    let asked = named_params! { ":after": after.0, ":others": size.saturating_sub(1) };
    Ok(statement.query_row(asked, |row| Ok(CustomerId(row.get("customer_id")?))).optional()?)
}

/// How cells are put into words.
pub(crate) struct Wording<'a> {
    pub today: NaiveDate,
    pub is_masked: bool,
    pub birthday: &'a dyn Fn(&Birthday) -> String,
}

/// Rows of some customers, in the order of the ids; whoever is gone is left out.
pub(crate) fn rows(
    connection: &Connection,
    ids: &[CustomerId],
    columns: &[TableColumn],
    wording: &Wording<'_>,
) -> Result<Vec<TableRow>> {
    let kinds = kinds(connection, columns)?;
    let cells: Vec<String> =
        columns.iter().enumerate().map(|(at, column)| format!(", {} AS c{at}", shown(*column))).collect();
    let sql = format!(
        "SELECT customers.id, customers.birthday_calendar, customers.birth_year, customers.birth_month,
                customers.birth_day, customers.birth_is_leap, figures.open_complaints > 0 AS has_cases{}
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         WHERE customers.id = :id",
        cells.concat()
    );
    let mut statement = connection.prepare_cached(&settled(connection, sql)?)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let mut asked = statement.query(named_params! { ":id": id.0 })?;
        let Some(row) = asked.next()? else { continue };
        let mut cells = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            cells.push(match column {
                TableColumn::Points => {
                    CellValue::Number(store::points::sums(connection, *id, wording.today, wording.today)?.balance.0)
                }
                column => cell(row, at, *column, &kinds, wording)?,
            });
        }
        let do_not_disturb =
            if row.get("has_cases")? { store::complaints::sparing::because_of(connection, *id)? } else { None };
        found.push(TableRow { id: *id, cells, do_not_disturb });
    }
    Ok(found)
}

/// Kinds of the own fields among some columns.
fn kinds(connection: &Connection, columns: &[TableColumn]) -> Result<BTreeMap<CustomFieldId, FieldKind>> {
    let mut kinds = BTreeMap::new();
    for column in columns {
        if let TableColumn::Field(id) = column {
            kinds.insert(*id, store::custom_fields::kind(connection, *id)?);
        }
    }
    Ok(kinds)
}

fn cell(
    row: &Row,
    at: usize,
    column: TableColumn,
    kinds: &BTreeMap<CustomFieldId, FieldKind>,
    wording: &Wording<'_>,
) -> Result<CellValue> {
    if column == TableColumn::Birthday {
        let birthday = store::customers::birthday(row)?;
        let birthday = birthday.as_ref().map(Birthday::from);
        return Ok(birthday.map_or(CellValue::Nothing, |birthday| CellValue::Text((wording.birthday)(&birthday))));
    }
    let text = match row.get_ref(format!("c{at}").as_str())? {
        ValueRef::Integer(number) => return Ok(CellValue::Number(number)),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        _ => return Ok(CellValue::Nothing),
    };
    let words = |text: &str| CellValue::Words(text.split(BETWEEN).map(str::to_owned).collect());
    Ok(match column {
        TableColumn::Phone => {
            let shown = store::customers::shown(crate::api::customers::ContactKind::Mobile, &text);
            CellValue::Text(if wording.is_masked { shukebu_domain::phone::mask(&shown) } else { shown })
        }
        TableColumn::Wechat | TableColumn::Email if wording.is_masked => {
            CellValue::Text(shukebu_domain::phone::mask(&text))
        }
        TableColumn::Tags => words(&text),
        TableColumn::Field(id) => match kinds.get(&id) {
            Some(FieldKind::Choices) => words(&text),
            Some(FieldKind::Number) => {
                let milli = text.parse().map(FieldValue::Milli);
                CellValue::Text(milli.map_or(text, |milli| milli.typed()))
            }
            _ => CellValue::Text(text),
        },
        _ => CellValue::Text(text),
    })
}
