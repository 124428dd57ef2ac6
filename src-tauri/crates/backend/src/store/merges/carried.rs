//! What a merge carries along, counted for its preview.

use crate::api::merges::{Carried, CarriedKind};
use crate::error::Result;
use rusqlite::{Connection, named_params};
use shukebu_domain::ids::CustomerId;

/// Each kind and how it is counted; `records` holds the ids of the record and of those merged into it before, `lots` what
/// is left of their points.
const COUNTS: [(CarriedKind, &str); 16] = [
    (CarriedKind::Points, "coalesce(sum(remaining), 0) FROM lots"),
    (CarriedKind::PointLots, "count(*) FROM lots"),
    (CarriedKind::Coupons, "count(*) FROM coupons WHERE customer_id IN records"),
    (CarriedKind::Packs, "count(*) FROM packs WHERE customer_id IN records"),
    (CarriedKind::Benefits, "count(*) FROM benefit_entries WHERE kind = 'use' AND customer_id IN records"),
    (CarriedKind::Contacts, "count(*) FROM contacts WHERE customer_id IN records"),
    (CarriedKind::Interactions, "count(*) FROM interactions WHERE customer_id IN records"),
    (CarriedKind::Persons, "count(*) FROM contact_persons WHERE customer_id IN records"),
    (CarriedKind::Anniversaries, "count(*) FROM anniversaries WHERE customer_id IN records"),
    (CarriedKind::OwnFields, "count(DISTINCT field_id) FROM custom_values WHERE customer_id IN records"),
    (CarriedKind::Wishes, "count(*) FROM wishes WHERE customer_id IN records"),
    (CarriedKind::Attachments, "count(*) FROM attachments WHERE customer_id IN records"),
    (CarriedKind::AgreedPrices, "count(*) FROM agreed_prices WHERE ended_at IS NULL AND customer_id IN records"),
    (CarriedKind::SpecialTerms, "count(*) FROM special_terms WHERE customer_id IN records"),
    (CarriedKind::UsualOrders, "count(*) FROM usual_orders WHERE customer_id IN records"),
    (CarriedKind::Consents, "count(DISTINCT purpose) FROM consents WHERE customer_id IN records"),
];

/// Everything that hangs on a record, kinds without any left out.
pub(crate) fn of(connection: &Connection, id: CustomerId) -> Result<Vec<Carried>> {
    let parts: Vec<String> =
        COUNTS.iter().enumerate().map(|(n, (_, count))| format!("(SELECT {count}) AS n{n}")).collect();
    let sql = format!(
        "WITH records AS MATERIALIZED (SELECT id FROM customers WHERE id = :id OR merged_into = :id),
              lots (remaining) AS MATERIALIZED (
                SELECT lot_remaining FROM points_events WHERE lot_remaining > 0 AND customer_id IN records
                UNION ALL
                SELECT remaining FROM points_lots WHERE remaining > 0 AND customer_id IN records
              )
         SELECT {}",
        parts.join(", ")
    );
    let counts = connection.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, |row| {
        (0..COUNTS.len()).map(|n| row.get::<_, i64>(format!("n{n}").as_str())).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let found = COUNTS.iter().zip(counts).filter(|(_, count)| *count != 0);
    Ok(found.map(|((what, _), count)| Carried { what: *what, count }).collect())
}
