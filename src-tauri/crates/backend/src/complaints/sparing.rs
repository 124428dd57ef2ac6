//! Do not disturb (`rules.md` F 12): an open complaint or a pending follow-up keeps the customer out of every sales
//! prompt, campaign and list, and says so. Whatever prompts or lists for sales asks here.

use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeSet;

/// The number of the case because of which nothing may be sold to a customer now; none when he may be asked.
///
/// # Errors
/// A book that cannot be read.
pub fn do_not_disturb(connection: &Connection, customer: CustomerId) -> Result<Option<String>> {
    store::complaints::sparing::because_of(connection, customer)
}

/// Everybody to whom nothing may be sold now, for lists: one question instead of one for each row.
///
/// # Errors
/// A book that cannot be read.
pub fn spared(connection: &Connection) -> Result<BTreeSet<CustomerId>> {
    store::complaints::sparing::all(connection)
}
