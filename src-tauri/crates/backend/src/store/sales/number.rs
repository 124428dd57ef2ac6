//! Numbers of sales.

use crate::error::Result;
use chrono::NaiveDate;
use rusqlite::{Transaction, named_params};

/// The next number of a day, from the numbers themselves: a sale of the counter is never deleted.
pub(crate) fn next(tx: &Transaction, day: NaiveDate) -> Result<String> {
    let prefix = format!("S{}-", day.format("%Y%m%d"));
    let mut statement = tx.prepare_cached(
        "SELECT sale_no
         FROM sales INDEXED BY sales_by_number
         WHERE sale_no >= :prefix AND sale_no < :beyond
         ORDER BY sale_no DESC",
    )?;
    let mut rows = statement.query(named_params! { ":prefix": prefix, ":beyond": format!("{prefix}:") })?;
    let mut last = 0;
    while let Some(row) = rows.next()? {
        let number: String = row.get("sale_no")?;
        // A number of another program's log may look nearly like one of ours.
        let Some(running) = number.strip_prefix(&prefix).and_then(|running| running.parse::<i64>().ok()) else {
            continue;
        };
        last = last.max(running);
        // Of four digits the highest stands first; only behind 9999 may a longer one stand.
        if last < 9_999 && number.len() == prefix.len() + 4 {
            break;
        }
    }
    Ok(format!("{prefix}{:04}", last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;
    use rusqlite::Connection;

    #[test]
    fn a_day_counts_its_sales_on_whatever_other_numbers_look_like_its_own() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::apply(&mut connection, &migrate::runner()).unwrap();
        let tx = connection.transaction().unwrap();
        tx.execute("INSERT INTO staff (id, name, role, created_at) VALUES (1, '店主', 'owner', 0)", []).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let sell = |number: &str| {
            tx.execute(
                "INSERT INTO sales (sale_no, sold_at, sold_on, recorded_at, staff_id, gross_minor, net_minor, source)
                 VALUES (?1, 0, '2026-03-02', 0, 1, 0, 0, 'counter')",
                [number],
            )
            .unwrap();
            next(&tx, day).unwrap()
        };
        assert_eq!(next(&tx, day).unwrap(), "S20260302-0001");
        assert_eq!(sell("S20260302-0001"), "S20260302-0002");
        assert_eq!(sell("S20260301-0007"), "S20260302-0002", "another day counts by itself");
        assert_eq!(sell("S20260302-X1"), "S20260302-0002");
        assert_eq!(sell("S20260302-0009"), "S20260302-0010");
        assert_eq!(sell("S20260302-9999"), "S20260302-10000");
        assert_eq!(sell("S20260302-10000"), "S20260302-10001");
        assert_eq!(sell("S20260302-10001"), "S20260302-10002");
    }
}
