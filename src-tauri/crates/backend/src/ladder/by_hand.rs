//! A tier given by hand: a floor or a pin, with a reason, a person and, if wanted, a last day. Nothing else sets a tier.

use super::{after_sales, current, standing_of};
use crate::api::benefits::{TierByHand, TierByHandView};
use crate::api::ladder::StandingView;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::{Event, ManualMode};

/// Gives a tier, or takes the one given back.
///
/// # Errors
/// No reason, an unknown tier, a last day that is over, nothing to take back.
pub fn set(app: &App, input: TierByHand) -> Result<StandingView> {
    let id = input.customer_id;
    let reason = clean_text(&input.reason);
    if reason.is_empty() {
        return Err(ApiError::field("reason", "reason.missing"));
    }
    check_length("reason", &reason, MAX_TEXT)?;
    app.write(Op::new("ladder.by_hand").keyed(input.client_key.clone()), move |tx, moment| {
        store::customers::get(tx, id)?;
        let ladder = current(&store::ladder::versions(tx)?, moment.today)?;
        let given = match input.mode {
            ManualMode::Clear => TierByHand { tier: None, until_on: None, ..input.clone() },
            ManualMode::Floor | ManualMode::Pin => input.clone(),
        };
        if given.mode == ManualMode::Clear {
            let last = store::ladder::by_hand(tx, id)?.into_iter().next_back();
            if last.is_none_or(|last| last.mode == ManualMode::Clear) {
                return Err(ApiError::not_now("tier.nothing_by_hand"));
            }
        } else {
            let tier = given.tier.as_deref().unwrap_or_default();
            if ladder.rank_of(tier).is_none() {
                return Err(shukebu_domain::error::FieldError::new("tier", "tier.unknown").with("tier", tier).into());
            }
            if given.until_on.is_some_and(|until| until < moment.today) {
                return Err(ApiError::field("until_on", "date.over"));
            }
        }
        let view = TierByHandView {
            on: moment.today,
            mode: given.mode,
            tier: given.tier.clone(),
            until_on: given.until_on,
            reason,
            staff: String::new(),
        };
        store::ladder::insert_by_hand(tx, id, &view, moment.session.staff, moment.now)?;
        after_sales(tx, moment, id, None)?;
        let detail = json!({ "mode": given.mode, "tier": given.tier, "until": given.until_on });
        Ok(Written::one("customer", id.0).detail(detail).reindex(id))
    })?;
    app.read(move |connection, moment| standing_of(connection, moment, id))
}

/// Tiers given to one record by hand, as the ladder reads them.
pub(super) fn events(connection: &Connection, id: CustomerId) -> Result<Vec<Event>> {
    let given = store::ladder::by_hand_of_record(connection, id)?;
    Ok(given
        .into_iter()
        .map(|given| Event::Manual { on: given.on, tier: given.tier, mode: given.mode, until: given.until_on })
        .collect())
}
