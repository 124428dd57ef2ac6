//! A customer as every list shows one: with tier and class named, and digits covered from whoever sees them in part.

use crate::api::customers::CustomerRow;
use crate::app::Moment;
use crate::error::Result;
use crate::store::customers::RawRow;
use crate::{classes, points, store, tiers};
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;

/// Rows of some customers with tier and class named.
pub(crate) fn customers(connection: &Connection, moment: &Moment, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
    named(connection, moment, store::customers::rows(connection, ids)?)
}

/// Rows as stored, with what is named of them.
pub(crate) fn named(connection: &Connection, moment: &Moment, raw: Vec<RawRow>) -> Result<Vec<CustomerRow>> {
    let tiers = tiers::tags(connection, moment)?;
    let classes = classes::tags(connection, moment.language)?;
    let is_masked = moment.masks();
    raw.into_iter()
        .map(|raw| {
            let mut row = raw.row;
            row.points = points::balance(connection, moment, row.id)?;
            row.tier = tiers.of_rank(raw.tier_rank);
            row.segment = raw.class_key.as_deref().and_then(|key| classes.get(key).cloned());
            if is_masked {
                row.phone = row.phone.as_deref().map(shukebu_domain::phone::mask);
            }
            Ok(row)
        })
        .collect()
}
