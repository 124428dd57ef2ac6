//! What compensations moved in the shop's other books: money back, coupons, points, benefits, goods.

use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, named_params};
use shukebu_domain::ids::{CouponId, ProductId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::points::Points;

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
                                            quantity_milli, until_on, sale_id, product_id, coupon_id)
         VALUES (:resolution, :position, :kind, :amount, :points, :benefit, :words, :quantity, :until, :sale,
                 :product, :coupon)",
    )?
    .execute(named_params! {
        ":resolution": resolution, ":position": i64::try_from(position).map_err(ApiError::internal)?,
        ":kind": posting.kind, ":amount": posting.amount.minor(), ":points": posting.points.map(|points| points.0),
        ":benefit": posting.benefit, ":words": posting.words, ":quantity": posting.quantity_milli,
        ":until": posting.until_on.map(|day| day.to_string()), ":sale": posting.sale.map(|sale| sale.0),
        ":product": posting.product.map(|product| product.0), ":coupon": posting.coupon.map(|coupon| coupon.0),
    })?;
    Ok(())
}

/// What was moved for a resolution, in the order of the form.
pub(crate) fn of_resolution(connection: &Connection, resolution: i64) -> Result<Vec<Posting>> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, amount_minor, points, benefit, words, quantity_milli, until_on, sale_id, product_id, coupon_id
         FROM compensation_postings
         WHERE resolution_id = :resolution
         ORDER BY position, id",
    )?;
    let rows = statement.query_map(named_params! { ":resolution": resolution }, |row| {
        Ok(Posting {
            kind: row.get("kind")?,
            amount: store::money(row, "amount_minor")?,
            points: row.get::<_, Option<i64>>("points")?.map(Points),
            benefit: row.get("benefit")?,
            words: row.get("words")?,
            quantity_milli: row.get("quantity_milli")?,
            until_on: store::day_or_none(row, "until_on")?,
            sale: row.get::<_, Option<i64>>("sale_id")?.map(SaleId),
            product: row.get::<_, Option<i64>>("product_id")?.map(ProductId),
            coupon: row.get::<_, Option<i64>>("coupon_id")?.map(CouponId),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
