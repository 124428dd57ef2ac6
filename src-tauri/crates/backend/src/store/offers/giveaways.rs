//! Lists of people who get a gift, and who has got it.

use crate::api::offers::coupons::Audience;
use crate::api::offers::giveaways::{GiveawayView, GiveawayWaiting};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::points::GROUP;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{CustomerId, GiftId, GiveawayId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;

/// A list to be stored.
pub(crate) struct GiveawayToStore<'a> {
    pub name: &'a str,
    pub gift: GiftId,
    pub quantity: u32,
    pub audience: &'a Audience,
    pub until_on: Option<NaiveDate>,
    pub at: Timestamp,
    pub staff: StaffId,
}

/// Adds a list with its people.
pub(crate) fn insert(tx: &Transaction, list: &GiveawayToStore, people: &[CustomerId]) -> Result<GiveawayId> {
    tx.prepare_cached(
        "INSERT INTO giveaways (name, gift_id, quantity, audience, until_on, created_at, staff_id)
         VALUES (:name, :gift, :quantity, :audience, :until, :at, :staff)",
    )?
    .execute(named_params! {
        ":name": list.name, ":gift": list.gift.0, ":quantity": list.quantity,
        ":audience": serde_json::to_string(list.audience)?, ":until": list.until_on.map(|day| day.to_string()),
        ":at": list.at.millis(), ":staff": list.staff.0,
    })?;
    let id = GiveawayId(tx.last_insert_rowid());
    let mut statement =
        tx.prepare_cached("INSERT INTO giveaway_people (giveaway_id, customer_id) VALUES (:list, :customer)")?;
    for person in people {
        statement.execute(named_params! { ":list": id.0, ":customer": person.0 })?;
    }
    Ok(id)
}

/// Records that were merged are one person: has got it whoever of them has.
const PEOPLE: &str = "SELECT giveaway_people.giveaway_id,
                             coalesce(customers.merged_into, customers.id) AS person,
                             max(giveaway_people.given_at) AS given_at, max(giveaway_people.given_by) AS given_by,
                             sum(giveaway_people.cost_minor) AS cost_minor
                      FROM giveaway_people
                      JOIN customers ON customers.id = giveaway_people.customer_id
                      GROUP BY giveaway_people.giveaway_id, person";

fn read(row: &Row) -> rusqlite::Result<GiveawayView> {
    let audience: String = row.get("audience")?;
    let audience = serde_json::from_str(&audience)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(GiveawayView {
        id: GiveawayId(row.get("id")?),
        name: row.get("name")?,
        gift_id: GiftId(row.get("gift_id")?),
        gift: row.get("gift")?,
        quantity: row.get("quantity")?,
        audience,
        until_on: store::day_or_none(row, "until_on")?,
        is_over: row.get("is_over")?,
        people: row.get("people")?,
        given: row.get("given")?,
        cost_minor: store::money(row, "cost_minor")?,
        stock: row.get("stock")?,
    })
}

/// Lists with how far they are, those that run first and then the newest.
pub(crate) fn all(connection: &Connection, today: NaiveDate, only: Option<GiveawayId>) -> Result<Vec<GiveawayView>> {
    let mut statement = connection.prepare_cached(&format!(
        "WITH people AS ({PEOPLE})
         SELECT giveaways.*, gifts.name AS gift, gifts.stock,
                giveaways.ended_at IS NOT NULL OR coalesce(giveaways.until_on < :today, 0) AS is_over,
                count(people.person) AS people, count(people.given_at) AS given,
                coalesce(sum(people.cost_minor), 0) AS cost_minor
         FROM giveaways
         JOIN gifts ON gifts.id = giveaways.gift_id
         LEFT JOIN people ON people.giveaway_id = giveaways.id
         WHERE :only IS NULL OR giveaways.id = :only
         GROUP BY giveaways.id
         ORDER BY is_over, giveaways.id DESC
         LIMIT 100"
    ))?;
    let values = named_params! { ":today": today.to_string(), ":only": only.map(|id| id.0) };
    let rows = statement.query_map(values, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One list.
///
/// # Errors
/// `NotFound`.
pub(crate) fn get(connection: &Connection, today: NaiveDate, id: GiveawayId) -> Result<GiveawayView> {
    all(connection, today, Some(id))?.pop().ok_or_else(|| ApiError::not_found("giveaway"))
}

/// Pieces of a gift that lists which still run have promised.
pub(crate) fn promised(connection: &Connection, today: NaiveDate, gift: GiftId) -> Result<i64> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT coalesce(sum(giveaways.quantity), 0)
         FROM giveaways
         JOIN ({PEOPLE}) AS people ON people.giveaway_id = giveaways.id
         WHERE giveaways.gift_id = :gift AND giveaways.ended_at IS NULL
           AND (giveaways.until_on IS NULL OR giveaways.until_on >= :today) AND people.given_at IS NULL"
    ))?;
    Ok(statement.query_row(named_params! { ":gift": gift.0, ":today": today.to_string() }, |row| row.get(0))?)
}

/// Somebody on a list.
pub(crate) struct Person {
    pub id: CustomerId,
    /// When it was handed out and by whom.
    pub given: Option<(Timestamp, Option<String>)>,
    /// When it was taken back the last time and why.
    pub returned: Option<(Timestamp, String)>,
}

/// A page of the people of a list.
pub(crate) fn people(
    connection: &Connection,
    id: GiveawayId,
    is_given: Option<bool>,
    (offset, limit): (i64, i64),
) -> Result<Vec<Person>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT people.person, people.given_at, staff.name AS given_by, returns.at AS returned_at, returns.reason
         FROM ({PEOPLE}) AS people
         JOIN customers ON customers.id = people.person
         LEFT JOIN staff ON staff.id = people.given_by
         LEFT JOIN giveaway_returns AS returns
           ON returns.id = (SELECT max(back.id)
                            FROM giveaway_people AS places
                            JOIN giveaway_returns AS back ON back.giveaway_person_id = places.id
                            WHERE places.giveaway_id = :list
                              AND places.customer_id IN (SELECT id
                                                         FROM customers
                                                         WHERE id = people.person OR merged_into = people.person))
         WHERE people.giveaway_id = :list AND (:given IS NULL OR (people.given_at IS NOT NULL) = :given)
         ORDER BY customers.member_no, people.person
         LIMIT :limit OFFSET :offset"
    ))?;
    let values = named_params! { ":list": id.0, ":given": is_given, ":limit": limit, ":offset": offset };
    let rows = statement.query_map(values, |row| {
        let instant = |column: &str| -> rusqlite::Result<_> {
            Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis))
        };
        let (given_by, reason): (_, Option<String>) = (row.get("given_by")?, row.get("reason")?);
        Ok(Person {
            id: CustomerId(row.get("person")?),
            given: instant("given_at")?.map(|at| (at, given_by)),
            returned: instant("returned_at")?.zip(reason),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The row by which a person stands on a list, and whether it was handed out; none for whoever is not on it.
pub(crate) fn place(connection: &Connection, id: GiveawayId, person: CustomerId) -> Result<Option<(i64, bool)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT min(id) AS id, max(given_at) IS NOT NULL AS is_given
         FROM giveaway_people
         WHERE giveaway_id = :list AND customer_id IN {GROUP}
         HAVING count(*) > 0"
    ))?;
    let found = statement.query_row(named_params! { ":list": id.0, ":customer": person.0 }, |row| {
        Ok((row.get("id")?, row.get("is_given")?))
    });
    Ok(found.optional()?)
}

/// Notes that somebody of a list has got it.
pub(crate) fn hand_out(tx: &Transaction, place: i64, at: Timestamp, staff: StaffId, cost: Option<Money>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE giveaway_people SET given_at = :at, given_by = :staff, cost_minor = :cost WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": place, ":at": at.millis(), ":staff": staff.0, ":cost": cost.map(Money::minor),
    })?;
    Ok(())
}

/// What was handed out and may be taken back.
pub(crate) struct HandedOut {
    pub place: i64,
    given_at: Timestamp,
    given_by: StaffId,
    cost: Option<Money>,
}

/// What a person of a list was handed out last; none for whoever has got nothing.
pub(crate) fn handed_out(connection: &Connection, id: GiveawayId, person: CustomerId) -> Result<Option<HandedOut>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, given_at, given_by, cost_minor
         FROM giveaway_people
         WHERE giveaway_id = :list AND customer_id IN {GROUP} AND given_at IS NOT NULL
         ORDER BY given_at DESC, id DESC
         LIMIT 1"
    ))?;
    let found = statement.query_row(named_params! { ":list": id.0, ":customer": person.0 }, |row| {
        Ok(HandedOut {
            place: row.get("id")?,
            given_at: store::instant(row, "given_at")?,
            given_by: StaffId(row.get("given_by")?),
            cost: row.get::<_, Option<i64>>("cost_minor")?.map(Money::from_minor),
        })
    });
    Ok(found.optional()?)
}

/// Notes that it came back; the place on the list is free again.
pub(crate) fn take_back(tx: &Transaction, what: &HandedOut, at: Timestamp, staff: StaffId, reason: &str) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO giveaway_returns (giveaway_person_id, given_at, given_by, cost_minor, at, staff_id, reason)
         VALUES (:place, :given_at, :given_by, :cost, :at, :staff, :reason)",
    )?
    .execute(named_params! {
        ":place": what.place, ":given_at": what.given_at.millis(), ":given_by": what.given_by.0,
        ":cost": what.cost.map(Money::minor), ":at": at.millis(), ":staff": staff.0, ":reason": reason,
    })?;
    tx.prepare_cached("UPDATE giveaway_people SET given_at = NULL, given_by = NULL, cost_minor = NULL WHERE id = :id")?
        .execute(named_params! { ":id": what.place })?;
    Ok(())
}

/// Ends a list.
///
/// # Errors
/// `NotFound`; one that was ended.
pub(crate) fn end(tx: &Transaction, id: GiveawayId, at: Timestamp, staff: StaffId) -> Result<()> {
    let ended = tx.execute(
        "UPDATE giveaways SET ended_at = :at, ended_by = :staff WHERE id = :id AND ended_at IS NULL",
        named_params! { ":id": id.0, ":at": at.millis(), ":staff": staff.0 },
    )?;
    if ended == 0 { Err(ApiError::not_found("giveaway")) } else { Ok(()) }
}

/// What waits for a customer and is there.
pub(crate) fn waiting(connection: &Connection, today: NaiveDate, id: CustomerId) -> Result<Vec<GiveawayWaiting>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT giveaways.id, giveaways.name, giveaways.quantity, giveaways.until_on, gifts.name AS gift
         FROM giveaways
         JOIN gifts ON gifts.id = giveaways.gift_id
         WHERE giveaways.id IN (SELECT giveaway_id FROM giveaway_people WHERE given_at IS NULL AND customer_id IN {GROUP})
           AND NOT EXISTS (SELECT 1
                           FROM giveaway_people AS others
                           WHERE others.giveaway_id = giveaways.id AND others.given_at IS NOT NULL
                             AND others.customer_id IN {GROUP})
           AND giveaways.ended_at IS NULL AND (giveaways.until_on IS NULL OR giveaways.until_on >= :today)
           AND gifts.stock >= giveaways.quantity
         ORDER BY giveaways.until_on NULLS LAST, giveaways.id"
    ))?;
    let rows = statement.query_map(named_params! { ":customer": id.0, ":today": today.to_string() }, |row| {
        Ok(GiveawayWaiting {
            id: GiveawayId(row.get("id")?),
            name: row.get("name")?,
            gift: row.get("gift")?,
            quantity: row.get("quantity")?,
            until_on: store::day_or_none(row, "until_on")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
