//! Who sees to a customer: the person named for it, or whoever stands in.

use crate::app::Moment;
use crate::error::Result;
use crate::store;
use crate::store::staff::StoredStaff;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ids::{CustomerId, StaffId};

/// Who gets a new case of a customer: the one who sees to him, or who stands in for that person.
pub(crate) enum Responsible {
    /// 专属客服.
    Dedicated(StaffId),
    /// The deputy of somebody who is away.
    Deputy {
        /// Who stands in.
        id: StaffId,
        /// For whom.
        of: StaffId,
    },
}

/// Who is responsible for a customer today; nobody in particular where nobody was named, or nobody of them is here.
pub(crate) fn responsible(
    connection: &Connection,
    moment: &Moment,
    customer: CustomerId,
) -> Result<Option<Responsible>> {
    let Some(contact) = store::dedicated::of_customer(connection, customer)? else { return Ok(None) };
    let contact = store::staff::get(connection, contact)?;
    if contact.is_here(moment.today) {
        return Ok(Some(Responsible::Dedicated(contact.id)));
    }
    let deputy = standing_in(connection, &contact, moment.today)?;
    Ok(deputy.map(|deputy| Responsible::Deputy { id: deputy.id, of: contact.id }))
}

/// The first deputy of a person who is here himself; deputies have deputies, and a circle has no end.
pub(crate) fn standing_in(
    connection: &Connection,
    person: &StoredStaff,
    today: NaiveDate,
) -> Result<Option<StoredStaff>> {
    const FURTHEST: usize = 5;
    let mut next = person.deputy;
    for _ in 0..FURTHEST {
        let Some(deputy) = next else { break };
        let deputy = store::staff::get(connection, deputy)?;
        if deputy.is_here(today) {
            return Ok(Some(deputy));
        }
        next = deputy.deputy;
    }
    Ok(None)
}
