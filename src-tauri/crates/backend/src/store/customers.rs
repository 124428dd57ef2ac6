//! Customers, their contact handles, tags and notes.

use crate::api::customers::{BirthdayInput, ContactInput, ContactKind, ContactView, CustomerKind, CustomerRow, Gender};
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{ContactId, CustomerId, ImportId, StaffId};
use shukebu_domain::phone::Phone;
use shukebu_domain::time::Timestamp;

/// A customer as stored, without contacts and tags.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredCustomer {
    pub id: CustomerId,
    pub member_no: String,
    pub name: String,
    pub salutation: Option<String>,
    pub mnemonic: String,
    pub kind: CustomerKind,
    pub company: Option<String>,
    pub gender: Option<Gender>,
    pub birthday: Option<BirthdayInput>,
    pub address: Option<String>,
    pub source: Option<String>,
    pub note: Option<String>,
    pub habits: Option<String>,
    pub joined_on: NaiveDate,
    pub opening_spend_minor: i64,
    pub opening_visits: i64,
    pub opening_on: Option<NaiveDate>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What is written about a new customer.
pub(crate) struct CustomerToStore<'a> {
    pub member_no: &'a str,
    pub reference: Option<&'a str>,
    pub name: &'a str,
    pub salutation: Option<&'a str>,
    pub mnemonic: &'a str,
    pub sort_key: &'a [u8],
    pub kind: CustomerKind,
    pub company: Option<&'a str>,
    pub gender: Option<Gender>,
    pub birthday: Option<&'a BirthdayInput>,
    pub address: Option<&'a str>,
    pub source: Option<&'a str>,
    pub note: Option<&'a str>,
    pub habits: Option<&'a str>,
    pub joined_on: NaiveDate,
    pub import: Option<ImportId>,
    pub at: Timestamp,
}

/// Adds a customer with empty figures.
pub(crate) fn insert(tx: &Transaction, customer: &CustomerToStore) -> Result<CustomerId> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO customers (member_no, ref, name, salutation, mnemonic, sort_key, kind, company, gender,
                                birthday_calendar, birth_year, birth_month, birth_day, birth_is_leap,
                                address, source, note, habits, joined_on, import_id, created_at, updated_at)
         VALUES (:member_no, :reference, :name, :salutation, :mnemonic, :sort_key, :kind, :company, :gender,
                 :calendar, :year, :month, :day, :leap,
                 :address, :source, :note, :habits, :joined_on, :import, :at, :at)",
    )?;
    let birthday = customer.birthday;
    statement.execute(named_params! {
        ":member_no": customer.member_no, ":reference": customer.reference, ":name": customer.name,
        ":salutation": customer.salutation, ":mnemonic": customer.mnemonic, ":sort_key": customer.sort_key,
        ":kind": store::as_word(customer.kind)?, ":company": customer.company,
        ":gender": customer.gender.map(store::as_word).transpose()?,
        ":calendar": birthday.map(|birthday| store::as_word(birthday.calendar)).transpose()?,
        ":year": birthday.and_then(|birthday| birthday.year), ":month": birthday.map(|birthday| birthday.month),
        ":day": birthday.map(|birthday| birthday.day), ":leap": birthday.is_some_and(|birthday| birthday.leap),
        ":address": customer.address, ":source": customer.source, ":note": customer.note, ":habits": customer.habits,
        ":joined_on": customer.joined_on.to_string(), ":import": customer.import.map(|import| import.0),
        ":at": customer.at.millis(),
    })?;
    let id = CustomerId(tx.last_insert_rowid());
    tx.prepare_cached("INSERT INTO customer_figures (customer_id) VALUES (:id)")?
        .execute(named_params! { ":id": id.0 })?;
    Ok(id)
}

/// Writes the changed fields of a customer.
pub(crate) fn update(tx: &Transaction, customer: &StoredCustomer, sort_key: &[u8], at: Timestamp) -> Result<()> {
    let birthday = customer.birthday.as_ref();
    tx.prepare_cached(
        "UPDATE customers
         SET name = :name, salutation = :salutation, mnemonic = :mnemonic, sort_key = :sort_key, kind = :kind,
             company = :company, gender = :gender, birthday_calendar = :calendar, birth_year = :year,
             birth_month = :month, birth_day = :day, birth_is_leap = :leap, address = :address, source = :source,
             note = :note, habits = :habits, joined_on = :joined_on, updated_at = :at
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": customer.id.0, ":name": customer.name, ":salutation": customer.salutation, ":mnemonic": customer.mnemonic,
        ":sort_key": sort_key, ":kind": store::as_word(customer.kind)?, ":company": customer.company,
        ":gender": customer.gender.map(store::as_word).transpose()?,
        ":calendar": birthday.map(|birthday| store::as_word(birthday.calendar)).transpose()?,
        ":year": birthday.and_then(|birthday| birthday.year), ":month": birthday.map(|birthday| birthday.month),
        ":day": birthday.map(|birthday| birthday.day), ":leap": birthday.is_some_and(|birthday| birthday.leap),
        ":address": customer.address, ":source": customer.source, ":note": customer.note, ":habits": customer.habits,
        ":joined_on": customer.joined_on.to_string(), ":at": at.millis(),
    })?;
    Ok(())
}

const COLUMNS: &str = "id, member_no, name, salutation, mnemonic, kind, company, gender, birthday_calendar, birth_year,
        birth_month, birth_day, birth_is_leap, address, source, note, habits, joined_on,
        opening_spend_minor, opening_visits, opening_on, created_at, updated_at";

/// One customer; asked for one that was merged away, the one that stays.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, id: CustomerId) -> Result<StoredCustomer> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM customers
         WHERE id = coalesce((SELECT merged_into FROM customers WHERE id = :id), :id)"
    );
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("customer"))
}

/// The highest id that was given.
pub(crate) fn last_id(connection: &Connection) -> Result<CustomerId> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(id), 0) AS last FROM customers")?;
    Ok(statement.query_row([], |row| Ok(CustomerId(row.get("last")?)))?)
}

/// One record as it was written, whoever it belongs to.
///
/// # Errors
/// `NotFound`.
pub(crate) fn own(connection: &Connection, id: CustomerId) -> Result<StoredCustomer> {
    let sql = format!("SELECT {COLUMNS} FROM customers WHERE id = :id");
    let found = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("customer"))
}

/// The birthday out of the columns of a customer's row.
pub(crate) fn birthday(row: &Row) -> rusqlite::Result<Option<BirthdayInput>> {
    let Some(calendar) = store::word_or_none(row, "birthday_calendar")? else { return Ok(None) };
    Ok(Some(BirthdayInput {
        calendar,
        year: store::get(row, "birth_year")?,
        month: store::get(row, "birth_month")?,
        day: store::get(row, "birth_day")?,
        leap: store::get(row, "birth_is_leap")?,
    }))
}

fn read(row: &Row) -> rusqlite::Result<StoredCustomer> {
    Ok(StoredCustomer {
        id: CustomerId(store::get(row, "id")?),
        member_no: store::get(row, "member_no")?,
        name: store::get(row, "name")?,
        salutation: store::get(row, "salutation")?,
        mnemonic: store::get(row, "mnemonic")?,
        kind: store::word(row, "kind")?,
        company: store::get(row, "company")?,
        gender: store::word_or_none(row, "gender")?,
        birthday: birthday(row)?,
        address: store::get(row, "address")?,
        source: store::get(row, "source")?,
        note: store::get(row, "note")?,
        habits: store::get(row, "habits")?,
        joined_on: store::day(row, "joined_on")?,
        opening_spend_minor: store::get(row, "opening_spend_minor")?,
        opening_visits: store::get(row, "opening_visits")?,
        opening_on: store::day_or_none(row, "opening_on")?,
        created_at: store::instant(row, "created_at")?,
        updated_at: store::instant(row, "updated_at")?,
    })
}

/// Whether a member number is taken.
pub(crate) fn has_member_no(connection: &Connection, member_no: &str) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM customers WHERE member_no = :number)")?;
    Ok(statement.query_row(named_params! { ":number": member_no }, |row| row.get(0))?)
}

/// Replaces the contact handles; those that went are kept as retired, so that an old number still finds its person.
pub(crate) fn set_contacts(tx: &Transaction, id: CustomerId, contacts: &[ContactInput], at: Timestamp) -> Result<()> {
    tx.prepare_cached("UPDATE contacts SET retired_at = :at WHERE customer_id = :id AND retired_at IS NULL")?
        .execute(named_params! { ":id": id.0, ":at": at.millis() })?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO contacts (customer_id, kind, value, position) VALUES (:id, :kind, :value, :position)",
    )?;
    let mut forget = tx
        .prepare_cached("DELETE FROM contacts WHERE customer_id = :id AND value = :value AND retired_at IS NOT NULL")?;
    for (position, contact) in contacts.iter().enumerate() {
        forget.execute(named_params! { ":id": id.0, ":value": contact.value })?;
        insert.execute(named_params! {
            ":id": id.0, ":kind": store::as_word(contact.kind)?, ":value": contact.value,
            ":position": i64::try_from(position).unwrap_or(i64::MAX),
        })?;
    }
    Ok(())
}

/// The contact handles in use, in their order.
pub(crate) fn contacts(connection: &Connection, id: CustomerId) -> Result<Vec<ContactView>> {
    handles(connection, id, "retired_at IS NULL")
}

/// The handles of before, the newest first.
pub(crate) fn retired_contacts(connection: &Connection, id: CustomerId) -> Result<Vec<ContactView>> {
    let mut retired = handles(connection, id, "retired_at IS NOT NULL")?;
    retired.reverse();
    Ok(retired)
}

fn handles(connection: &Connection, id: CustomerId, which: &str) -> Result<Vec<ContactView>> {
    let sql = format!(
        "SELECT id, kind, value
         FROM contacts
         WHERE customer_id = :id AND {which}
         ORDER BY retired_at, position, id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        let (kind, value): (ContactKind, String) = (store::word(row, "kind")?, row.get("value")?);
        Ok(ContactView { id: ContactId(row.get("id")?), kind, shown: shown(kind, &value), value })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All values ever, retired ones too: what the search knows.
pub(crate) fn contact_values(connection: &Connection, id: CustomerId) -> Result<Vec<(ContactKind, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, value
         FROM contacts
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY retired_at IS NOT NULL, position, id",
    )?;
    let rows =
        statement.query_map(named_params! { ":id": id.0 }, |row| Ok((store::word(row, "kind")?, row.get("value")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A handle as people read it.
pub(crate) fn shown(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Mobile | ContactKind::Landline | ContactKind::Whatsapp => {
            Phone::parse(value).map_or_else(|_| value.to_owned(), |phone| phone.shown())
        }
        _ => value.to_owned(),
    }
}

/// Other customers who have one of this customer's phones now.
pub(crate) fn same_phone(connection: &Connection, id: CustomerId) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT other.customer_id
         FROM contacts AS own
         JOIN contacts AS other ON other.value = own.value
         JOIN customers ON customers.id = other.customer_id AND customers.merged_into IS NULL
         WHERE own.customer_id = :id AND own.retired_at IS NULL AND other.retired_at IS NULL
           AND own.kind IN ('mobile', 'landline') AND other.customer_id <> :id
         ORDER BY other.customer_id
         LIMIT 20",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Replaces the tags.
pub(crate) fn set_tags(tx: &Transaction, id: CustomerId, tags: &[String]) -> Result<()> {
    tx.prepare_cached("DELETE FROM customer_tags WHERE customer_id = :id")?.execute(named_params! { ":id": id.0 })?;
    for tag in tags {
        tx.prepare_cached("INSERT INTO tags (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")?
            .execute(named_params! { ":name": tag })?;
        tx.prepare_cached(
            "INSERT OR IGNORE INTO customer_tags (customer_id, tag_id) SELECT :id, id FROM tags WHERE name = :name",
        )?
        .execute(named_params! { ":id": id.0, ":name": tag })?;
    }
    Ok(())
}

/// Tags by name.
pub(crate) fn tags(connection: &Connection, id: CustomerId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT tags.name
         FROM customer_tags
         JOIN tags ON tags.id = customer_tags.tag_id
         WHERE customer_tags.customer_id = :id
         ORDER BY tags.name",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| row.get("name"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds a note to the timeline.
pub(crate) fn insert_note(tx: &Transaction, id: CustomerId, staff: StaffId, text: &str, at: Timestamp) -> Result<i64> {
    tx.prepare_cached("INSERT INTO notes (customer_id, at, staff_id, text) VALUES (:id, :at, :staff, :text)")?
        .execute(named_params! { ":id": id.0, ":at": at.millis(), ":staff": staff.0, ":text": text })?;
    Ok(tx.last_insert_rowid())
}

/// Newest notes first.
pub(crate) fn notes(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<(i64, Timestamp, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, text
         FROM notes
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY at DESC, id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, |row| {
        Ok((row.get("id")?, store::instant(row, "at")?, row.get("text")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A row of a list before ladder and scheme have named its tier and class.
pub(crate) struct RawRow {
    pub row: CustomerRow,
    pub tier_rank: u32,
    pub class_key: Option<String>,
}

const ROW_COLUMNS: &str = "customers.id, customers.member_no, customers.name, customers.salutation, customers.kind,
        customers.joined_on, figures.last_on, figures.orders, figures.net_minor, figures.open_complaints,
        figures.tier_rank, figures.class_key,
        CASE WHEN figures.open_complaints > 0 THEN
          (SELECT complaints.case_no
           FROM complaints INDEXED BY complaints_sparing
           WHERE complaints.customer_id IN (SELECT own.id
                                            FROM customers AS own
                                            WHERE own.id = customers.id OR own.merged_into = customers.id)
             AND complaints.spares_customer = 1
           ORDER BY complaints.id
           LIMIT 1)
        END AS spared_by,
        (SELECT value FROM contacts
         WHERE customer_id = customers.id AND retired_at IS NULL AND kind IN ('mobile', 'landline')
         ORDER BY position, id
         LIMIT 1) AS phone,
        (SELECT group_concat(tags.name, char(31)) FROM customer_tags JOIN tags ON tags.id = customer_tags.tag_id
         WHERE customer_tags.customer_id = customers.id) AS tag_names";

fn read_row(row: &Row) -> rusqlite::Result<RawRow> {
    let phone: Option<String> = store::get(row, "phone")?;
    let tags: Option<String> = store::get(row, "tag_names")?;
    let tier_rank = store::get(row, "tier_rank")?;
    Ok(RawRow {
        tier_rank,
        class_key: store::get(row, "class_key")?,
        row: CustomerRow {
            id: CustomerId(store::get(row, "id")?),
            member_no: store::get(row, "member_no")?,
            name: store::get(row, "name")?,
            salutation: store::get(row, "salutation")?,
            kind: store::word(row, "kind")?,
            phone: phone.map(|phone| shown(ContactKind::Mobile, &phone)),
            tier: crate::api::customers::TierTag { name: String::new(), rank: tier_rank, of: 0 },
            segment: None,
            last_on: store::day_or_none(row, "last_on")?,
            orders: store::get(row, "orders")?,
            net_minor: store::money(row, "net_minor")?,
            points: shukebu_domain::points::Points::ZERO,
            open_complaints: store::get(row, "open_complaints")?,
            do_not_disturb: store::get(row, "spared_by")?,
            joined_on: store::day(row, "joined_on")?,
            tags: tags.map(|tags| tags.split('\u{1f}').map(str::to_owned).collect()).unwrap_or_default(),
        },
    })
}

/// Rows of some customers, in the order of the ids.
pub(crate) fn rows(connection: &Connection, ids: &[CustomerId]) -> Result<Vec<RawRow>> {
    let sql = format!(
        "SELECT {ROW_COLUMNS}
         FROM customers
         JOIN customer_figures AS figures ON figures.customer_id = customers.id
         WHERE customers.id = :id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(statement.query_row(named_params! { ":id": id.0 }, read_row).optional()?);
    }
    Ok(found)
}

/// Stores the search text of a customer.
pub(crate) fn set_search_text(connection: &Connection, id: CustomerId, text: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO customer_search (customer_id, text) VALUES (:id, :text) ON CONFLICT (customer_id) DO UPDATE SET text = excluded.text")?
        .execute(named_params! { ":id": id.0, ":text": text })?;
    Ok(())
}

/// The customer whom a number means: of a record that was merged away, the one who stays. Refuses an unknown customer
/// and one who was erased.
pub(crate) fn must_be_there(connection: &Connection, id: CustomerId) -> Result<CustomerId> {
    let id = get(connection, id)?.id;
    if super::privacy::is_erased(connection, id)? { Err(ApiError::not_found("customer")) } else { Ok(id) }
}
