//! A change of tags for many customers, as it is written down to be taken back.

use crate::api::tags::BulkCount;
use crate::app::{App, Written};
use crate::error::{ApiError, Result};
use crate::store::tables;
use crate::store::tags::Named;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use std::collections::{BTreeMap, BTreeSet};

/// Who got and who lost which tag, and what became of the tags themselves.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct TagChange {
    pub added: BTreeMap<String, Vec<CustomerId>>,
    pub removed: BTreeMap<String, Vec<CustomerId>>,
    /// Tags that went, with their group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<(String, Option<i64>)>,
    /// Name before and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<(String, String)>,
    /// Tag and the group that it stood in before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regrouped: Option<(String, Option<i64>)>,
    /// Who has a tag that was renamed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<CustomerId>,
    /// Views and lists that followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewritten: Vec<Rewritten>,
}

impl TagChange {
    pub fn people(&self) -> Vec<CustomerId> {
        let marked = self.added.values().chain(self.removed.values()).flatten().chain(&self.touched);
        let all: BTreeSet<CustomerId> = marked.copied().collect();
        all.into_iter().collect()
    }
}

/// A definition that followed a tag, with what it said before.
#[derive(Serialize, Deserialize)]
pub(super) struct Rewritten {
    pub of: Named,
    pub id: i64,
    pub before: String,
    pub after: String,
}

/// How many a change that was written is about.
pub(super) fn count_of(app: &App, id: Option<i64>) -> Result<BulkCount> {
    let id = id.ok_or_else(|| ApiError::not_found("bulk_change"))?;
    let changed = app.read(move |connection, _| {
        let record = tables::change(connection, id)?;
        Ok(record.map(|text| serde_json::from_str::<TagChange>(&text)).transpose()?)
    })?;
    let changes = count(changed.map_or(0, |change| change.people().len()));
    Ok(BulkCount { people: changes, changes, id: Some(id) })
}

/// The search learns about those who changed; beyond some it is quicker to read everybody.
pub(super) fn learnt(written: Written, people: Vec<CustomerId>) -> Written {
    if people.len() > 2000 {
        return written.reindex_all();
    }
    people.into_iter().fold(written, Written::reindex)
}

/// As it is shown.
pub(super) fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
