//! What the search loads at start: stored texts and what ranks their owners.

use super::figures::figures;
use crate::error::Result;
use crate::search::Rank;
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use shukebu_domain::ids::CustomerId;

const COLUMNS: &str = "customer_search.customer_id, customer_search.text, figures.last_on, figures.tier_rank";

/// A line of the search: whose, stored text, rank.
pub(crate) type Entry = (CustomerId, String, Rank);

/// Everybody.
pub(crate) fn load(connection: &Connection) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM customer_search
         JOIN customer_figures AS figures ON figures.customer_id = customer_search.customer_id
         ORDER BY customer_search.customer_id"
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One customer; `None` for a record that was merged away.
pub(crate) fn entry(connection: &Connection, id: CustomerId) -> Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM customer_search
         JOIN customer_figures AS figures ON figures.customer_id = customer_search.customer_id
         WHERE customer_search.customer_id = :id"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, read).optional()?)
}

fn read(row: &Row) -> rusqlite::Result<Entry> {
    let rank = rank_of(store::day_or_none(row, "last_on")?, row.get("tier_rank")?);
    Ok((CustomerId(row.get("customer_id")?), row.get("text")?, rank))
}

/// What ranks a customer.
pub(crate) fn rank(connection: &Connection, id: CustomerId) -> Result<Rank> {
    let figures = figures(connection, id)?;
    Ok(rank_of(figures.last_on, figures.tier.rank))
}

fn rank_of(last_on: Option<NaiveDate>, tier: u32) -> Rank {
    Rank::new(last_on, u8::try_from(tier).unwrap_or(u8::MAX))
}
