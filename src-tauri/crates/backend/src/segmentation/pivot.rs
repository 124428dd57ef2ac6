//! Two schemes crossed: how many customers stand in a class of the one and a class of the other, and what they brought.

use super::placed::{Placed, needs_beside, net};
use super::ready;
use crate::api::pivot::{PivotCell, PivotInput, PivotRow, SegmentPivot};
use crate::app::{App, Moment};
use crate::classes;
use crate::error::Result;
use rusqlite::Connection;
use shukebu_domain::segmentation::{MeasureTable, Scheme};

/// Everybody by the classes of two schemes. Classes without anybody are left out.
///
/// # Errors
/// A scheme that is not there.
pub fn pivot(app: &App, input: PivotInput) -> Result<SegmentPivot> {
    app.read(move |connection, moment| {
        let (down, across) = (classes::scheme(connection, &input.rows)?, classes::scheme(connection, &input.columns)?);
        let needs = down.needs().and(across.needs()).and(needs_beside());
        ready::with(connection, moment, &needs, |ready| {
            let down = Placed::of(connection, moment, down, &ready.table)?;
            let across = Placed::of(connection, moment, across, &ready.table)?;
            crossed(moment, &down, &across, &ready.table)
        })
    })
}

fn crossed(moment: &Moment, down: &Placed, across: &Placed, table: &MeasureTable) -> Result<SegmentPivot> {
    let money = table.numbers(&net());
    let nobody = PivotCell { people: 0, net_minor: 0 };
    let mut cells = vec![vec![nobody; across.run.class_keys.len()]; down.run.class_keys.len()];
    for (row, (one, other)) in down.run.classes.iter().zip(&across.run.classes).enumerate() {
        let cell = cells.get_mut(usize::from(*one)).and_then(|cells| cells.get_mut(usize::from(*other)));
        if let Some(cell) = cell {
            cell.people += 1;
            cell.net_minor = cell.net_minor.saturating_add(money.at(row).unwrap_or(0));
        }
    }
    let has_anybody = |place: &usize| cells.iter().any(|cells| cells.get(*place).is_some_and(|cell| cell.people > 0));
    let shown: Vec<usize> = (0..across.run.class_keys.len()).filter(has_anybody).collect();
    let pick = |cells: &[PivotCell]| shown.iter().filter_map(|place| cells.get(*place).cloned()).collect();
    let tag = |scheme: &Scheme, key: &String| classes::tag_of(scheme, key, moment.language);
    let mut rows = vec![];
    for (key, cells) in down.run.class_keys.iter().zip(&cells) {
        if cells.iter().any(|cell| cell.people > 0) {
            rows.push(PivotRow { tag: tag(&down.scheme, key)?, cells: pick(cells) });
        }
    }
    let columns = shown.iter().filter_map(|place| across.run.class_keys.get(*place));
    let columns = columns.map(|key| tag(&across.scheme, key)).collect::<Result<_>>()?;
    Ok(SegmentPivot { columns, rows })
}

/// Rows of those who stand in a class of one scheme and in one of another.
pub(super) fn both(
    connection: &Connection,
    moment: &Moment,
    table: &MeasureTable,
    wanted: [(&Scheme, &str); 2],
) -> Result<Vec<usize>> {
    let mut found: Option<Vec<usize>> = None;
    for (scheme, class) in wanted {
        let rows = Placed::of(connection, moment, scheme.clone(), table)?.run.rows_of(class);
        found = Some(match found {
            None => rows,
            // Rows come in order.
            Some(before) => before.into_iter().filter(|row| rows.binary_search(row).is_ok()).collect(),
        });
    }
    Ok(found.unwrap_or_default())
}
