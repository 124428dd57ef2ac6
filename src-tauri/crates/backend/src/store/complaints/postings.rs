//! What compensations moved in the shop's other books: money back, coupons, points, benefits, goods.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use shukebu_domain::ids::{ComplaintId, CouponId, GiftId, ProductId, SaleId, StaffId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;
use shukebu_domain::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// One thing that was moved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Posting {
    pub kind: String,
    pub amount: Money,
    pub points: Option<Points>,
    pub benefit: Option<String>,
    pub words: Option<String>,
    pub quantity_milli: Option<i64>,
    pub until_on: Option<NaiveDate>,
    pub sale: Option<SaleId>,
    pub product: Option<ProductId>,
    pub gift: Option<GiftId>,
    pub coupon: Option<CouponId>,
}

impl Posting {
    /// Something of this kind and amount.
    pub(crate) fn of(kind: &str, amount: Money) -> Self {
        Self { kind: kind.to_owned(), amount, ..Self::default() }
    }
}

/// Notes what was moved for a resolution.
pub(crate) fn insert(tx: &Transaction, resolution: i64, position: usize, posting: &Posting) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO compensation_postings (resolution_id, position, kind, amount_minor, points, benefit, words,
                                            quantity_milli, until_on, sale_id, product_id, gift_id,
                                            coupon_id)
         VALUES (:resolution, :position, :kind, :amount, :points, :benefit, :words, :quantity, :until, :sale,
                 :product, :gift, :coupon)",
    )?
    .execute(named_params! {
        ":resolution": resolution, ":position": i64::try_from(position).map_err(ApiError::internal)?,
        ":kind": posting.kind, ":amount": posting.amount.minor(), ":points": posting.points.map(|points| points.0),
        ":benefit": posting.benefit, ":words": posting.words, ":quantity": posting.quantity_milli,
        ":until": posting.until_on.map(|day| day.to_string()), ":sale": posting.sale.map(|sale| sale.0),
        ":product": posting.product.map(|product| product.0), ":gift": posting.gift.map(|gift| gift.0),
        ":coupon": posting.coupon.map(|coupon| coupon.0),
    })?;
    Ok(())
}

/// Something that was moved, as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    pub id: i64,
    pub resolution: i64,
    /// Its place in the form.
    pub position: i64,
    pub posting: Posting,
    /// Why it came back, if it did.
    pub returned: Option<String>,
}

impl Posted {
    /// Whether the customer still has it and it can be taken back at all: money that was given back cannot.
    pub(crate) fn can_return(&self) -> bool {
        self.posting.kind != "refund" && self.returned.is_none()
    }
}

const COLUMNS: &str =
    "postings.id, postings.resolution_id, postings.position, postings.kind, postings.amount_minor, postings.points, postings.benefit, postings.words,
        postings.quantity_milli, postings.until_on, postings.sale_id, postings.product_id, postings.gift_id,
        postings.coupon_id,
        (SELECT reason FROM compensation_returns WHERE posting_id = postings.id) AS returned";

fn read(row: &Row) -> rusqlite::Result<Posted> {
    let posting = Posting {
        kind: row.get("kind")?,
        amount: store::money(row, "amount_minor")?,
        points: row.get::<_, Option<i64>>("points")?.map(Points),
        benefit: row.get("benefit")?,
        words: row.get("words")?,
        quantity_milli: row.get("quantity_milli")?,
        until_on: store::day_or_none(row, "until_on")?,
        sale: row.get::<_, Option<i64>>("sale_id")?.map(SaleId),
        product: row.get::<_, Option<i64>>("product_id")?.map(ProductId),
        gift: row.get::<_, Option<i64>>("gift_id")?.map(GiftId),
        coupon: row.get::<_, Option<i64>>("coupon_id")?.map(CouponId),
    };
    Ok(Posted {
        id: row.get("id")?,
        resolution: row.get("resolution_id")?,
        position: row.get("position")?,
        posting,
        returned: row.get("returned")?,
    })
}

/// What was moved for a resolution, in the order of the form.
pub(crate) fn of_resolution(connection: &Connection, resolution: i64) -> Result<Vec<Posted>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM compensation_postings AS postings
         WHERE postings.resolution_id = :resolution
         ORDER BY postings.position, postings.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":resolution": resolution }, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Something that was moved for a case.
///
/// # Errors
/// `NotFound`.
pub(crate) fn of_case(connection: &Connection, case: ComplaintId, id: i64) -> Result<Posted> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM compensation_postings AS postings
         JOIN complaint_resolutions ON complaint_resolutions.id = postings.resolution_id
         WHERE postings.id = :id AND complaint_resolutions.complaint_id = :case"
    );
    let values = named_params! { ":id": id, ":case": case.0 };
    let found = connection.prepare_cached(&sql)?.query_row(values, read).optional()?;
    found.ok_or_else(|| ApiError::not_found("posting"))
}

/// Notes that something came back.
pub(crate) fn take_back(tx: &Transaction, id: i64, at: Timestamp, staff: StaffId, reason: &str) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO compensation_returns (posting_id, at, staff_id, reason) VALUES (:id, :at, :staff, :reason)",
    )?
    .execute(named_params! { ":id": id, ":at": at.millis(), ":staff": staff.0, ":reason": reason })?;
    Ok(())
}

/// Notes that something came back that had moved no other book.
pub(crate) fn reverse(
    tx: &Transaction,
    (resolution, position): (i64, i64),
    at: Timestamp,
    staff: StaffId,
    reason: &str,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO compensation_reversals (resolution_id, position, at, staff_id, reason)
         VALUES (:resolution, :position, :at, :staff, :reason)",
    )?
    .execute(named_params! {
        ":resolution": resolution, ":position": position, ":at": at.millis(), ":staff": staff.0, ":reason": reason,
    })?;
    Ok(())
}

/// Why those came back that had moved no other book, by their place in the form.
pub(crate) fn reversals(connection: &Connection, resolution: i64) -> Result<BTreeMap<i64, String>> {
    let mut statement = connection
        .prepare_cached("SELECT position, reason FROM compensation_reversals WHERE resolution_id = :resolution")?;
    let rows = statement
        .query_map(named_params! { ":resolution": resolution }, |row| Ok((row.get("position")?, row.get("reason")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came back, by resolution and place in the form.
pub(crate) fn returned(connection: &Connection) -> Result<BTreeSet<(i64, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT postings.resolution_id, postings.position
         FROM compensation_returns
         JOIN compensation_postings AS postings ON postings.id = compensation_returns.posting_id
         UNION ALL
         SELECT resolution_id, position FROM compensation_reversals",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get("resolution_id")?, row.get("position")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
