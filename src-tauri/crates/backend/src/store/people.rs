//! What stands beside the first form of a customer: reach, ties, people of a company, days to remember, contacts.

use crate::api::details::{
    AnniversaryInput, ContactPersonInput, ContactPersonView, Direction, InteractionKind, NewInteraction, TieView,
    TreeRow, TreeSum,
};
use crate::error::Result;
use crate::store;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::reach::{QuietHours, ReachBy};
use shukebu_domain::time::Timestamp;

/// The one row of details; all empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StoredDetails {
    pub preferred: Option<ReachBy>,
    pub quiet: Option<QuietHours>,
    pub do_not_contact: bool,
    pub do_not_contact_why: Option<String>,
    pub parent: Option<CustomerId>,
    pub referrer: Option<CustomerId>,
    pub guardian: Option<String>,
}

/// Names of the groups that a company belongs to, the nearest first.
pub(crate) fn groups_above(connection: &Connection, id: CustomerId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE above (id, depth) AS (
             SELECT parent_id, 1 FROM customer_details WHERE customer_id = :id AND parent_id IS NOT NULL
             UNION
             SELECT customer_details.parent_id, above.depth + 1
             FROM above
             JOIN customer_details ON customer_details.customer_id = above.id
             WHERE customer_details.parent_id IS NOT NULL AND above.depth < 8
         )
         SELECT customers.name FROM above JOIN customers ON customers.id = above.id ORDER BY above.depth",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| row.get("name"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody who has a group above.
pub(crate) fn below_somebody(connection: &Connection) -> Result<Vec<CustomerId>> {
    let mut statement = connection
        .prepare("SELECT customer_id FROM customer_details WHERE parent_id IS NOT NULL ORDER BY customer_id")?;
    let rows = statement.query_map([], |row| Ok(CustomerId(row.get("customer_id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The details of a customer.
pub(crate) fn details(connection: &Connection, id: CustomerId) -> Result<StoredDetails> {
    let mut statement = connection.prepare_cached(
        "SELECT preferred_channel, quiet_from_minute, quiet_to_minute, is_do_not_contact, do_not_contact_why,
                parent_id, referrer_id, guardian
         FROM customer_details
         WHERE customer_id = :id",
    )?;
    let found = statement.query_row(named_params! { ":id": id.0 }, |row| {
        let (from, to): (Option<u32>, Option<u32>) = (row.get("quiet_from_minute")?, row.get("quiet_to_minute")?);
        Ok(StoredDetails {
            preferred: store::word_or_none(row, "preferred_channel")?,
            quiet: from.zip(to).map(|(from, to)| QuietHours { from, to }),
            do_not_contact: row.get("is_do_not_contact")?,
            do_not_contact_why: row.get("do_not_contact_why")?,
            parent: row.get::<_, Option<i64>>("parent_id")?.map(CustomerId),
            referrer: row.get::<_, Option<i64>>("referrer_id")?.map(CustomerId),
            guardian: row.get("guardian")?,
        })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes the details of a customer.
pub(crate) fn set_details(tx: &Transaction, id: CustomerId, details: &StoredDetails) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO customer_details (customer_id, preferred_channel, quiet_from_minute, quiet_to_minute,
                                       is_do_not_contact, do_not_contact_why, parent_id, referrer_id, guardian)
         VALUES (:id, :preferred, :from, :to, :never, :why, :parent, :referrer, :guardian)
         ON CONFLICT (customer_id) DO UPDATE
         SET preferred_channel = excluded.preferred_channel, quiet_from_minute = excluded.quiet_from_minute,
             quiet_to_minute = excluded.quiet_to_minute, is_do_not_contact = excluded.is_do_not_contact,
             do_not_contact_why = excluded.do_not_contact_why, parent_id = excluded.parent_id,
             referrer_id = excluded.referrer_id, guardian = excluded.guardian",
    )?
    .execute(named_params! {
        ":id": id.0, ":preferred": details.preferred.map(store::as_word).transpose()?,
        ":from": details.quiet.map(|quiet| quiet.from), ":to": details.quiet.map(|quiet| quiet.to),
        ":never": details.do_not_contact, ":why": details.do_not_contact_why,
        ":parent": details.parent.map(|parent| parent.0), ":referrer": details.referrer.map(|referrer| referrer.0),
        ":guardian": details.guardian,
    })?;
    Ok(())
}

/// A customer as a tie names it.
pub(crate) fn tie(connection: &Connection, id: CustomerId) -> Result<Option<TieView>> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM customers WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id.0 }, read_tie).optional()?)
}

fn read_tie(row: &Row) -> rusqlite::Result<TieView> {
    Ok(TieView { id: CustomerId(row.get("id")?), name: row.get("name")? })
}

/// Which tie a tree follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Company to company below.
    Group,
    /// Referrer to whom was brought.
    Referral,
}

impl Tie {
    const fn column(self) -> &'static str {
        match self {
            Self::Group => "parent_id",
            Self::Referral => "referrer_id",
        }
    }
}

/// Most customers of one tree.
const TREE_ROWS: i64 = 500;

/// A tree from its root down, depth first; UNION keeps a ring of ties from running on.
pub(crate) fn tree(connection: &Connection, root: CustomerId, tie: Tie) -> Result<Vec<TreeRow>> {
    let column = tie.column();
    let sql = format!(
        "WITH RECURSIVE below (id, depth, path) AS (
           SELECT :root, 0, printf('%012d', :root)
           UNION
           SELECT details.customer_id, below.depth + 1, below.path || printf('/%012d', details.customer_id)
           FROM below
           JOIN customer_details AS details ON details.{column} = below.id
           WHERE below.depth < 20 AND instr(below.path, printf('%012d', details.customer_id)) = 0
         )
         SELECT below.id, below.depth, customers.name, coalesce(figures.orders, 0) AS orders,
                coalesce(figures.net_minor, 0) AS net_minor
         FROM below
         JOIN customers ON customers.id = below.id
         LEFT JOIN customer_figures AS figures ON figures.customer_id = below.id
         ORDER BY below.path
         LIMIT {TREE_ROWS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":root": root.0 }, |row| {
        let net_minor = store::money(row, "net_minor")?;
        Ok(TreeRow {
            id: CustomerId(row.get("id")?),
            name: row.get("name")?,
            depth: row.get("depth")?,
            orders: row.get("orders")?,
            net_minor,
            total_minor: net_minor,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody in the group below a customer.
pub(crate) fn below(connection: &Connection, id: CustomerId) -> Result<Vec<CustomerId>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE below (id) AS (
           SELECT customer_id FROM customer_details WHERE parent_id = :id
           UNION
           SELECT details.customer_id
           FROM below
           JOIN customer_details AS details ON details.parent_id = below.id
         )
         SELECT id FROM below WHERE id <> :id ORDER BY id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| Ok(CustomerId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What stands below a root, the root itself left out.
pub(crate) fn tree_sum(connection: &Connection, root: CustomerId, tie: Tie) -> Result<Option<TreeSum>> {
    let below: Vec<TreeRow> = tree(connection, root, tie)?.into_iter().skip(1).collect();
    if below.is_empty() {
        return Ok(None);
    }
    Ok(Some(TreeSum {
        customers: i64::try_from(below.len()).unwrap_or(i64::MAX),
        orders: below.iter().map(|row| row.orders).sum(),
        net_minor: Money::checked_sum(below.iter().map(|row| row.net_minor)).unwrap_or(Money::ZERO),
    }))
}

/// The people of a company, in order.
pub(crate) fn persons(connection: &Connection, id: CustomerId) -> Result<Vec<ContactPersonView>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, person_id, role, influence, relation, phone
         FROM contact_persons
         WHERE customer_id = :id
         ORDER BY position, id",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(ContactPersonView {
            name: row.get("name")?,
            person_id: row.get::<_, Option<i64>>("person_id")?.map(CustomerId),
            role: row.get("role")?,
            influence: store::word(row, "influence")?,
            relation: row.get("relation")?,
            phone: row.get("phone")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Replaces the people of a company.
pub(crate) fn set_persons(tx: &Transaction, id: CustomerId, persons: &[ContactPersonInput]) -> Result<()> {
    tx.prepare_cached("DELETE FROM contact_persons WHERE customer_id = :id")?.execute(named_params! { ":id": id.0 })?;
    for (position, person) in persons.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO contact_persons (customer_id, person_id, name, role, influence, relation, phone, position)
             VALUES (:id, :person, :name, :role, :influence, :relation, :phone, :position)",
        )?
        .execute(named_params! {
            ":id": id.0, ":person": person.person_id.map(|person| person.0), ":name": person.name, ":role": person.role,
            ":influence": store::as_word(person.influence)?, ":relation": person.relation, ":phone": person.phone,
            ":position": i64::try_from(position).unwrap_or(i64::MAX),
        })?;
    }
    Ok(())
}

/// Companies in which a person is one of the people.
pub(crate) fn person_of(connection: &Connection, id: CustomerId) -> Result<Vec<TieView>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT customers.id, customers.name
         FROM contact_persons
         JOIN customers ON customers.id = contact_persons.customer_id
         WHERE contact_persons.person_id = :id
         ORDER BY customers.id
         LIMIT 20",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, read_tie)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Days to remember, in order.
pub(crate) fn anniversaries(connection: &Connection, id: CustomerId) -> Result<Vec<AnniversaryInput>> {
    let mut statement = connection
        .prepare_cached("SELECT kind, name, year, month, day FROM anniversaries WHERE customer_id = :id ORDER BY id")?;
    let rows = statement.query_map(named_params! { ":id": id.0 }, |row| {
        Ok(AnniversaryInput {
            kind: store::word(row, "kind")?,
            name: row.get("name")?,
            year: row.get("year")?,
            month: row.get("month")?,
            day: row.get("day")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Replaces the days to remember.
pub(crate) fn set_anniversaries(tx: &Transaction, id: CustomerId, days: &[AnniversaryInput]) -> Result<()> {
    tx.prepare_cached("DELETE FROM anniversaries WHERE customer_id = :id")?.execute(named_params! { ":id": id.0 })?;
    for day in days {
        tx.prepare_cached(
            "INSERT INTO anniversaries (customer_id, kind, name, year, month, day)
             VALUES (:id, :kind, :name, :year, :month, :day)",
        )?
        .execute(named_params! {
            ":id": id.0, ":kind": store::as_word(day.kind)?, ":name": day.name, ":year": day.year, ":month": day.month,
            ":day": day.day,
        })?;
    }
    Ok(())
}

/// A contact on the timeline.
pub(crate) struct StoredInteraction {
    pub id: i64,
    pub kind: InteractionKind,
    pub direction: Direction,
    pub at: Timestamp,
    pub text: String,
    pub is_deep: bool,
    pub minutes: Option<u32>,
}

/// Puts a contact on the timeline.
pub(crate) fn insert_interaction(
    tx: &Transaction,
    new: &NewInteraction,
    text: &str,
    at: Timestamp,
    (staff, now): (StaffId, Timestamp),
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO interactions (customer_id, kind, direction, at, recorded_at, staff_id, text, is_answered, is_deep,
                                   minutes)
         VALUES (:customer, :kind, :direction, :at, :now, :staff, :text, :answered, :deep, :minutes)",
    )?
    .execute(named_params! {
        ":customer": new.customer_id.0, ":kind": store::as_word(new.kind)?,
        ":direction": store::as_word(new.direction)?, ":at": at.millis(), ":now": now.millis(), ":staff": staff.0,
        ":text": text, ":answered": new.is_answered, ":deep": new.is_deep, ":minutes": new.minutes,
    })?;
    Ok(tx.last_insert_rowid())
}

/// Newest contacts first.
pub(crate) fn interactions(connection: &Connection, id: CustomerId, limit: i64) -> Result<Vec<StoredInteraction>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, direction, at, text, is_deep, minutes
         FROM interactions
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :id OR merged_into = :id)
         ORDER BY at DESC, id DESC
         LIMIT :limit",
    )?;
    let rows = statement.query_map(named_params! { ":id": id.0, ":limit": limit }, |row| {
        Ok(StoredInteraction {
            id: row.get("id")?,
            kind: store::word(row, "kind")?,
            direction: store::word(row, "direction")?,
            at: store::instant(row, "at")?,
            text: row.get("text")?,
            is_deep: row.get("is_deep")?,
            minutes: row.get("minutes")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
