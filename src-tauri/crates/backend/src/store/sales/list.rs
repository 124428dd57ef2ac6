//! Lists of sales, and the figures of a day. Each has the index that leads it named, so that a counter with twenty
//! million sales behind it answers as quickly as a new one.

use super::{ROW_COLUMNS, read};
use crate::api::counter::{DayFigures, PaymentFigure};
use crate::api::sales::{SaleFilter, SaleRow};
use crate::error::Result;
use crate::store;
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, named_params, params_from_iter};
use shukebu_domain::ids::{CustomerId, SaleId};
use shukebu_domain::money::Money;

/// The conditions of a filter with their values, and the index that leads.
struct Narrowed {
    source: &'static str,
    sql: String,
    values: Vec<Value>,
}

fn narrow(filter: &SaleFilter) -> Narrowed {
    let mut conditions: Vec<&str> = vec![];
    let mut values: Vec<Value> = vec![];
    let number = filter.sale_no.as_deref().map(str::trim).filter(|number| !number.is_empty());
    // A number names one day at least, a customer few sales; only without both the days lead.
    let source = match (number, filter.customer_id) {
        (Some(_), _) => "sales INDEXED BY sales_by_number",
        (None, Some(_)) => "sales INDEXED BY sales_by_customer",
        (None, None) => "sales INDEXED BY sales_by_day",
    };
    if let Some(number) = number {
        let number = number.to_uppercase();
        conditions.push("sales.sale_no >= ? AND sales.sale_no < ?");
        values.push(number.clone().into());
        values.push(format!("{number}\u{10ffff}").into());
    }
    if let Some(CustomerId(customer)) = filter.customer_id {
        conditions.push("sales.customer_id IN (SELECT id FROM customers WHERE id = ? OR merged_into = ?)");
        values.push(customer.into());
        values.push(customer.into());
    }
    // An index that is named must be usable, so the days always stand there.
    conditions.push("sales.sold_on >= ? AND sales.sold_on <= ?");
    values.push(filter.from_on.map_or_else(String::new, |day| day.to_string()).into());
    values.push(filter.to_on.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string()).into());
    if let Some(net) = filter.net_minor {
        conditions.push("sales.net_minor = ?");
        values.push(net.minor().into());
    }
    Narrowed { source, sql: conditions.join(" AND "), values }
}

/// How many sales fit and what is left of their net, as SQL.
fn sums_sql(narrowed: &Narrowed) -> String {
    format!(
        "SELECT count(*) AS total, coalesce(sum(sales.net_minor - sales.refunded_minor), 0) AS net
         FROM {}
         WHERE {}",
        narrowed.source, narrowed.sql
    )
}

/// A page as SQL. It is put in order with nothing but ids in hand, so that only the rows on it are read.
fn page_sql(narrowed: &Narrowed) -> String {
    format!(
        "SELECT {ROW_COLUMNS}
         FROM (SELECT sales.id AS page_id
               FROM {}
               WHERE {}
               ORDER BY sales.sold_on DESC, sales.sold_at DESC, sales.id DESC
               LIMIT ? OFFSET ?)
         JOIN sales ON sales.id = page_id
         ORDER BY sales.sold_on DESC, sales.sold_at DESC, sales.id DESC",
        narrowed.source, narrowed.sql
    )
}

/// A page of sales, newest first, with the number and the net of all that fit.
pub(crate) fn page(connection: &Connection, filter: &SaleFilter, limit: i64) -> Result<(Vec<SaleRow>, i64, Money)> {
    let narrowed = narrow(filter);
    let (total, net) = connection
        .prepare_cached(&sums_sql(&narrowed))?
        .query_row(params_from_iter(&narrowed.values), |row| Ok((row.get("total")?, store::money(row, "net")?)))?;
    let mut statement = connection.prepare_cached(&page_sql(&narrowed))?;
    let page = [Value::from(limit), Value::from(filter.offset)];
    let rows = statement.query_map(params_from_iter(narrowed.values.iter().chain(&page)), |row| Ok(read(row)?.row))?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, total, net))
}

/// The newest sale of a customer that was not taken back whole.
pub(crate) fn newest_of(connection: &Connection, customer: CustomerId) -> Result<Option<SaleId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id
         FROM sales INDEXED BY sales_by_customer
         WHERE customer_id IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)
           AND net_minor > refunded_minor
         ORDER BY sold_on DESC, id DESC
         LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":customer": customer.0 })?;
    Ok(rows.next()?.map(|row| row.get("id")).transpose()?.map(SaleId))
}

const DAY_SUMS: &str = "SELECT count(*) FILTER (WHERE net_minor > refunded_minor) AS orders,
        count(DISTINCT customer_id) FILTER (WHERE net_minor > refunded_minor) AS customers,
        coalesce(sum(net_minor), 0) AS sold,
        coalesce(sum(net_minor - refunded_minor) FILTER (WHERE net_minor > refunded_minor), 0) AS kept,
        coalesce(sum(discount_minor), 0) AS discount
 FROM sales INDEXED BY sales_by_day
 WHERE sold_on = :on";

const DAY_LINE_DISCOUNTS: &str = "SELECT coalesce(sum(sale_lines.discount_minor), 0) AS discount
 FROM sales INDEXED BY sales_by_day
 JOIN sale_lines ON sale_lines.sale_id = sales.id
 WHERE sales.sold_on = :on";

const DAY_REFUNDS: &str = "SELECT coalesce(sum(amount_minor), 0) AS refunded
 FROM refunds INDEXED BY refunds_by_day
 WHERE refunded_on = :on";

const DAY_PAYMENTS: &str = "SELECT coalesce(payment, '') AS payment, count(*) AS orders, sum(net_minor) AS sold
 FROM sales INDEXED BY sales_by_day
 WHERE sold_on = :on
 GROUP BY coalesce(payment, '')
 ORDER BY sold DESC, payment";

/// The figures of a day.
pub(crate) fn day(connection: &Connection, on: NaiveDate) -> Result<DayFigures> {
    let day = on.to_string();
    let by_day = named_params! { ":on": day };
    let money = |sql: &str, column: &str| -> Result<Money> {
        Ok(connection.prepare_cached(sql)?.query_row(by_day, |row| store::money(row, column))?)
    };
    let refunded = money(DAY_REFUNDS, "refunded")?;
    let on_lines = money(DAY_LINE_DISCOUNTS, "discount")?;
    let mut statement = connection.prepare_cached(DAY_PAYMENTS)?;
    let payments = statement.query_map(by_day, |row| {
        Ok(PaymentFigure {
            payment: row.get("payment")?,
            orders: row.get("orders")?,
            sold_minor: store::money(row, "sold")?,
        })
    })?;
    let payments = payments.collect::<rusqlite::Result<_>>()?;
    Ok(connection.prepare_cached(DAY_SUMS)?.query_row(by_day, |row| {
        let orders: i64 = row.get("orders")?;
        let (sold, kept) = (store::money(row, "sold")?, store::money(row, "kept")?);
        let discount = store::money(row, "discount")?;
        Ok(DayFigures {
            on,
            orders,
            customers: row.get("customers")?,
            sold_minor: sold,
            discount_minor: discount.checked_add(on_lines).unwrap_or(discount),
            refunded_minor: refunded,
            net_minor: sold.checked_sub(refunded).unwrap_or(Money::ZERO),
            average_minor: Money::round_half_up(i128::from(kept.minor()), i128::from(orders)),
            payments,
        })
    })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    fn plan(connection: &Connection, sql: &str) -> String {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let holes = statement.parameter_count();
        let nothing = vec![Value::Null; holes];
        let rows = statement.query_map(params_from_iter(nothing), |row| row.get::<_, String>("detail")).unwrap();
        rows.map(|row| row.unwrap()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn no_list_of_the_counter_walks_through_all_sales() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        let by = |customer, number: Option<&str>| SaleFilter {
            customer_id: customer,
            sale_no: number.map(Into::into),
            net_minor: None,
            from_on: None,
            to_on: None,
            offset: 0,
            limit: None,
        };
        let mut all: Vec<String> = [DAY_SUMS, DAY_LINE_DISCOUNTS, DAY_REFUNDS, DAY_PAYMENTS].map(Into::into).to_vec();
        for filter in [by(None, None), by(Some(CustomerId(1)), None), by(None, Some("S2026"))] {
            all.push(page_sql(&narrow(&filter)));
            all.push(sums_sql(&narrow(&filter)));
        }
        for sql in all {
            let plan = plan(&connection, &sql);
            for step in plan.lines().filter(|step| step.starts_with("SCAN")) {
                // The page itself is scanned, and the three lines of a row's summary.
                assert!(step.starts_with("SCAN (") || step == "SCAN page", "{sql}\n{plan}");
            }
        }
    }

    #[test]
    fn sales_of_days_come_in_order_without_sorting() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        let filter = SaleFilter {
            customer_id: None,
            sale_no: None,
            net_minor: None,
            from_on: None,
            to_on: None,
            offset: 0,
            limit: None,
        };
        let sql = page_sql(&narrow(&filter));
        let inner = sql.split("FROM (SELECT sales.id").nth(1).and_then(|rest| rest.split("LIMIT ?").next()).unwrap();
        let plan = plan(&connection, &format!("SELECT sales.id{inner}"));
        assert!(plan.contains("sales_by_day") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
