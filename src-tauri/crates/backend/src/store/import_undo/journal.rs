//! What an import does to the book, noted while it does it: which ids it was given, and what stood in the rows that it
//! changed. New rows cost nothing that way, however many they are; only a change of what was there is written down.

use super::form::{Form, changed_json, columns_json};
use crate::error::Result;
use crate::store::everything;
use crate::store::quoted;
use rusqlite::{Transaction, named_params};
use shukebu_domain::ids::{ImportId, StaffId};
use std::collections::BTreeMap;

/// Tables of which nothing is noted: what the program makes from others, and what is not the shop's.
pub(super) const NOT_NOTED: [&str; 17] = [
    "audit",
    "backups",
    "book",
    "customer_figures",
    "customer_search",
    "heartbeat",
    "import_changes",
    "import_layouts",
    "import_ranges",
    "imports",
    "ladder_summaries",
    "refinery_schema_history",
    "schemes",
    "segment_assignments",
    "segment_runs",
    "sequences",
    "settings",
];

/// The journal of an import that is under way.
pub(crate) struct Journal {
    import: ImportId,
    /// The last id given before, by table that numbers its rows.
    before: BTreeMap<String, i64>,
    triggers: Vec<String>,
}

impl Journal {
    /// Begins to note. The triggers live beside the book, in memory, and go with the transaction if it fails.
    ///
    /// # Errors
    /// What the book refuses.
    pub(crate) fn begin(tx: &Transaction, import: ImportId, staff: StaffId) -> Result<Self> {
        tx.execute(
            "UPDATE imports SET staff_id = :staff, audit_id = (SELECT coalesce(max(id), 0) FROM audit) WHERE id = :id",
            named_params! { ":id": import.0, ":staff": staff.0 },
        )?;
        let form = Form::of(tx)?;
        let mut journal = Self { import, before: BTreeMap::new(), triggers: vec![] };
        for table in form.tables.iter().filter(|table| !NOT_NOTED.contains(&table.name.as_str())) {
            // A table that never had a row has given no id either; all that come are new.
            let last = table.is_numbered.then_some(form.last_id(tx, table)?.unwrap_or(0));
            if let Some(last) = last {
                journal.before.insert(table.name.clone(), last);
            }
            if table.has_rowid {
                let pointers = form.pointers.iter().filter(|pointer| pointer.table == table.name);
                let keys: Vec<&str> = pointers.map(|pointer| pointer.column.as_str()).collect();
                journal.watch(tx, &table.name, last, &keys)?;
            }
        }
        Ok(journal)
    }

    /// Notes changes of the rows up to `last`; without it, those of every row and new ones, too.
    /// Of a change only what differs is kept, and the columns of `keys`, which say whom it is about.
    fn watch(&mut self, tx: &Transaction, table: &str, last: Option<i64>, keys: &[&str]) -> Result<()> {
        let columns = everything::columns(tx, table)?;
        let (was, is) = (changed_json("OLD", &columns, keys), changed_json("NEW", &columns, keys));
        let (old, new) = (columns_json("OLD", &columns), columns_json("NEW", &columns));
        let (name, import) = (table.replace('\'', "''"), self.import.0);
        let known = last.map_or_else(String::new, |last| format!("WHEN OLD.rowid <= {last}"));
        let mut all = vec![
            ("update", format!("AFTER UPDATE ON main.{} {known}", quoted(table)), "OLD", was.as_str(), is.as_str()),
            ("delete", format!("AFTER DELETE ON main.{} {known}", quoted(table)), "OLD", old.as_str(), "NULL"),
        ];
        if last.is_none() {
            all.push(("insert", format!("AFTER INSERT ON main.{}", quoted(table)), "NEW", "NULL", new.as_str()));
        }
        for (what, on, row, before, after) in all {
            let trigger = quoted(&format!("import_{what}_{table}"));
            tx.execute_batch(&format!(
                "CREATE TEMP TRIGGER {trigger} {on}
                 BEGIN
                   INSERT INTO import_changes (import_id, table_name, row_id, before, after)
                   SELECT {import}, '{name}', {row}.rowid, before, after
                   FROM (SELECT {before} AS before, {after} AS after)
                   WHERE before IS NOT after;
                 END"
            ))?;
            self.triggers.push(trigger);
        }
        Ok(())
    }

    /// Ends the notes.
    ///
    /// # Errors
    /// What the book refuses.
    pub(crate) fn finish(self, tx: &Transaction) -> Result<()> {
        for trigger in &self.triggers {
            tx.execute_batch(&format!("DROP TRIGGER temp.{trigger}"))?;
        }
        let form = Form::of(tx)?;
        for table in form.tables.iter().filter(|table| table.is_numbered) {
            let Some(before) = self.before.get(&table.name) else { continue };
            let Some(last) = form.last_id(tx, table)?.filter(|last| last > before) else { continue };
            tx.execute(
                "INSERT INTO import_ranges (import_id, table_name, after_id, through_id)
                 VALUES (:import, :table, :after, :through)",
                named_params! {
                    ":import": self.import.0, ":table": table.name, ":after": before, ":through": last,
                },
            )?;
        }
        Ok(())
    }
}
