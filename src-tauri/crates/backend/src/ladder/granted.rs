//! Benefits that a customer was given beside those of the tier, such as the compensation of a complaint: so many times,
//! until a day or without an end, in the same ledger as all others.

use super::entries::write;
use crate::api::benefits::BenefitToday;
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::benefits::Granted;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction};
use shukebu_domain::benefit::{Benefit, Kind, Span};
use shukebu_domain::ids::{ComplaintId, CustomerId};

/// Keys of benefits of a tier come from the ladder's editor, which never begins one like this.
const PREFIX: &str = "case:";

/// Whether a key names a benefit that was given and not one of the tier.
pub(super) fn is_key(key: &str) -> bool {
    key.starts_with(PREFIX)
}

/// A benefit to be given.
pub(crate) struct Grant<'a> {
    /// Because of this case.
    pub case: ComplaintId,
    /// What tells it from others of the case.
    pub position: usize,
    /// What it is called.
    pub words: &'a str,
    /// How many times.
    pub times: u32,
    /// The last day.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub note: &'a str,
}

/// Gives a benefit within a write; returns its key.
pub(crate) fn give(tx: &Transaction, moment: &Moment, id: CustomerId, grant: &Grant) -> Result<String> {
    let at = moment.now.millis();
    let key = format!("{PREFIX}{}:{at}:{}", grant.case, grant.position);
    let tier = tier_of(tx, moment, id)?;
    let benefit = benefit(key.clone(), grant.words.to_owned(), grant.times);
    let span = Span { from: moment.today, until: grant.until_on };
    write(tx, moment, id, &tier, &benefit, "grant", i64::from(grant.times), span, Some(grant.note))?;
    Ok(key)
}

/// Takes a benefit back of which nothing was used; what its last day ended needs nothing any more.
///
/// # Errors
/// Some of it was used.
pub(crate) fn take_back(tx: &Transaction, moment: &Moment, id: CustomerId, key: &str, reason: &str) -> Result<()> {
    if store::benefits::sums(tx, id, key, None)?.used > 0 {
        return Err(ApiError::not_now("benefit.used"));
    }
    let held = store::benefits::granted(tx, id, PREFIX, moment.today)?;
    let Some(granted) = held.into_iter().find(|granted| granted.key == key) else { return Ok(()) };
    let tier = tier_of(tx, moment, id)?;
    let span = Span { from: granted.from, until: granted.until };
    write(tx, moment, id, &tier, &today(&granted).benefit, "expire", granted.left, span, Some(reason))
}

/// The tier under which the ledger writes it.
fn tier_of(tx: &Transaction, moment: &Moment, id: CustomerId) -> Result<String> {
    let rank = usize::try_from(store::figures::figures(tx, id)?.tier.rank).unwrap_or(0);
    Ok(super::current(&store::ladder::versions(tx)?, moment.today)?.name_of(rank).to_owned())
}

fn benefit(key: String, words: String, times: u32) -> Benefit {
    Benefit { key, words, cost_minor: None, kind: Kind::Gift { quantity: times } }
}

/// What a customer was given and has not used up, as far as it can be used today.
pub(super) fn held(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<Vec<BenefitToday>> {
    let granted = store::benefits::granted(connection, id, PREFIX, moment.today)?;
    Ok(granted.into_iter().map(|granted| today(&granted)).collect())
}

fn today(granted: &Granted) -> BenefitToday {
    let times = u32::try_from(granted.quantity).unwrap_or(u32::MAX);
    BenefitToday {
        benefit: benefit(granted.key.clone(), granted.words.clone(), times),
        left: granted.left,
        quantity: granted.quantity,
        until: granted.until,
    }
}

/// Uses one of what was given.
pub(super) fn use_one(
    tx: &Transaction,
    moment: &Moment,
    id: CustomerId,
    tier: &str,
    key: &str,
    note: Option<&str>,
) -> Result<()> {
    let granted = store::benefits::granted(tx, id, PREFIX, moment.today)?;
    let Some(granted) = granted.into_iter().find(|granted| granted.key == key) else {
        return Err(ApiError::field("benefit", "benefit.used_up"));
    };
    let span = Span { from: granted.from, until: granted.until };
    let benefit = today(&granted).benefit;
    write(tx, moment, id, tier, &benefit, "use", 1, span, note)
}
