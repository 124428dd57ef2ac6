//! Who is left out of what contacts people for sales, told with the reason: how many, and the first of them by name.

use crate::api::members::{LeftOut, LeftOutPerson, LeftOutWhy};
use crate::error::Result;
use crate::store;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeMap;

const SHOWN: usize = 200;

/// Somebody who is left out, and why.
pub(crate) type LeftOutOne = (CustomerId, LeftOutWhy);

/// How many for each reason.
pub(crate) fn reasons(left_out: &[LeftOutOne]) -> Vec<LeftOut> {
    let mut reasons: BTreeMap<LeftOutWhy, i64> = BTreeMap::new();
    for (_, why) in left_out {
        *reasons.entry(*why).or_default() += 1;
    }
    reasons.into_iter().map(|(why, people)| LeftOut { why, people }).collect()
}

/// The first of them by name.
pub(crate) fn people(connection: &Connection, left_out: &[LeftOutOne]) -> Result<Vec<LeftOutPerson>> {
    let person = |(customer_id, why): &LeftOutOne| {
        let name = store::customers::get(connection, *customer_id)?.name;
        Ok(LeftOutPerson { customer_id: *customer_id, name, why: *why })
    };
    left_out.iter().take(SHOWN).map(person).collect()
}
