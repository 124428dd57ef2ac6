//! Points of an older book, and what the figures know without asking the lots.

use super::lots::StoredLot;
use super::*;
use crate::store::{figures, migrate, points_report};

const BEFORE: &str = "
    INSERT INTO staff (id, name, role, created_at) VALUES (1, '店主', 'owner', 0);
    INSERT INTO customers (id, member_no, name, sort_key, joined_on, created_at, updated_at)
    VALUES (1, 'M1', '王', x'00', '2026-01-01', 0, 0), (2, 'M2', '王', x'00', '2026-01-01', 0, 0),
           (3, 'M3', '李', x'00', '2026-01-01', 0, 0);
    UPDATE customers SET merged_into = 1 WHERE id = 2;
    INSERT INTO customer_figures (customer_id) VALUES (1), (3);
    INSERT INTO points_events (id, customer_id, on_day, at, staff_id, kind, points)
    VALUES (1, 1, '2026-01-05', 1, 1, 'opening', 50), (2, 2, '2026-01-06', 2, 1, 'earn', 30),
           (3, 1, '2026-01-07', 3, 1, 'gift', 60), (4, 1, '2026-01-08', 4, 1, 'refund', 0);
    INSERT INTO points_lots (id, customer_id, event_id, part, earned_on, spendable_from, expires_on, points, remaining)
    VALUES (7, 1, 1, 0, '2026-01-05', '2026-01-05', '2026-06-30', 50, 0),
           (8, 2, 2, 0, '2026-01-06', '2026-01-09', '2027-12-31', 30, 20),
           (9, 1, 4, 1, '2026-01-05', '2026-01-08', '2026-02-07', 10, 10);
    INSERT INTO points_ledger (customer_id, on_day, at, staff_id, kind, points, lot_id, event_id)
    VALUES (1, '2026-01-05', 1, 1, 'earn', 50, 7, 1), (2, '2026-01-06', 2, 1, 'earn', 30, 8, 2),
           (1, '2026-01-07', 3, 1, 'redeem', -50, 7, 3), (1, '2026-01-07', 3, 1, 'redeem', -10, 8, 3),
           (1, '2026-01-08', 4, 1, 'return', 10, 9, 4);";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn an_older_book_keeps_every_lot_and_every_row_where_lots_move_into_their_events() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate::apply_up_to(&mut connection, 19).unwrap();
    connection.execute_batch(BEFORE).unwrap();
    migrate::apply(&mut connection, &migrate::runner()).unwrap();
    assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());

    let all = lots(&connection, CustomerId(1), Which::All).unwrap();
    let told = |lot: &StoredLot| (lot.place, lot.customer.0, lot.lot.points.0, lot.lot.remaining.0);
    let expected = [(Place::Event(1), 1, 50, 0), (Place::Row(9), 1, 10, 10), (Place::Event(2), 2, 30, 20)];
    assert_eq!(all.iter().map(told).collect::<Vec<_>>(), expected);
    let ledger = points_report::ledger(&connection, CustomerId(1)).unwrap();
    assert_eq!(ledger.iter().map(|row| row.points.0).collect::<Vec<_>>(), [50, 30, -50, -10, 10]);
    let drawn: Vec<(Option<i64>, Option<i64>)> = connection
        .prepare("SELECT lot_event_id, lot_id FROM points_ledger ORDER BY id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    assert_eq!(drawn, [(Some(1), None), (Some(2), None), (Some(1), None), (Some(2), None), (None, Some(9))]);

    let kept = |connection: &Connection| -> (i64, Option<String>, Option<String>) {
        connection
            .query_row(
                "SELECT points_live, points_end_on, points_wait_until FROM customer_figures WHERE customer_id = 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap()
    };
    let found = kept(&connection);
    assert_eq!(found, (30, Some("2026-02-07".into()), Some("2026-01-09".into())));
    let tx = connection.transaction().unwrap();
    figures::rebuild_points(&tx, CustomerId(2)).unwrap();
    tx.commit().unwrap();
    assert_eq!(kept(&connection), found, "found again it is the same, whichever record is named");
    // Balance, pending and ending on a day, from the figures or from the lots.
    for (today, balance, pending, ending) in
        [("2026-01-08", 30, 20, 0), ("2026-01-20", 30, 0, 10), ("2026-02-08", 20, 0, 0), ("2028-01-01", 0, 0, 0)]
    {
        let today = day(today);
        let sums = sums(&connection, CustomerId(1), today, today + chrono::Days::new(20)).unwrap();
        assert_eq!((sums.balance.0, sums.pending.0, sums.ending.0), (balance, pending, ending), "{today}");
        assert_eq!(balance_of(&connection, CustomerId(1), today).unwrap(), balance, "{today}");
        assert_eq!(points_report::outstanding(&connection, today).unwrap().points.0, balance, "{today}");
    }
    assert_eq!(with_ended(&connection, day("2026-02-07")).unwrap(), []);
    assert_eq!(with_ended(&connection, day("2026-02-08")).unwrap(), [CustomerId(1)]);
    let soon = points_report::ending(&connection, day("2026-01-20"), day("2026-02-10"), 10).unwrap();
    assert_eq!(soon.iter().map(|it| (it.customer_id.0, it.points.0)).collect::<Vec<_>>(), [(1, 10)]);
    assert_eq!(points_report::ending_sums(&connection, day("2026-01-20"), day("2026-02-10")).unwrap(), (1, Points(10)));
}
