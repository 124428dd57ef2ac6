//! Tags for many customers at once: said first, done in one change, taken back exactly.

use super::fields::clean_tags;
use super::table::meant;
use super::tag_change::{TagChange, count, count_of, learnt};
use super::tags::take_back;
use crate::api::books::Done;
use crate::api::tags::{BulkCount, BulkTags, BulkUndo};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::search_texts;
use crate::store::tables;
use serde_json::json;
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeSet;

/// For how many customers tags would change.
///
/// # Errors
/// No tag named; a condition whose value does not fit.
pub fn bulk_tag_preview(app: &App, input: BulkTags) -> Result<BulkCount> {
    let (add, remove) = tags_of(&input)?;
    let people = meant(app, input.ids.as_ref(), input.filter.as_ref(), &input.except)?;
    app.read(move |connection, _| {
        let mut changed = BTreeSet::new();
        for tag in &add {
            let have: BTreeSet<CustomerId> = tables::having(connection, &people, tag)?.into_iter().collect();
            changed.extend(people.iter().filter(|id| !have.contains(id)).copied());
        }
        for tag in &remove {
            changed.extend(tables::having(connection, &people, tag)?);
        }
        Ok(BulkCount { people: count(people.len()), changes: count(changed.len()), id: None })
    })
}

/// Gives and takes tags for many customers in one change.
///
/// # Errors
/// No tag named; a condition whose value does not fit.
pub fn bulk_tag(app: &App, input: BulkTags) -> Result<BulkCount> {
    let (add, remove) = tags_of(&input)?;
    let people = meant(app, input.ids.as_ref(), input.filter.as_ref(), &input.except)?;
    let all = count(people.len());
    let saved = app.write(Op::new("customer.tag").keyed(input.client_key), move |tx, moment| {
        let mut change = TagChange::default();
        for tag in &add {
            change.added.insert(tag.clone(), tables::give_tag(tx, &people, tag)?);
        }
        for tag in &remove {
            change.removed.insert(tag.clone(), tables::take_tag(tx, &people, tag)?);
        }
        let changed = change.people();
        search_texts::renew(tx, &changed)?;
        let record = serde_json::to_string(&change)?;
        let id = tables::insert_change(tx, &record, moment.session.staff, moment.now)?;
        Ok(learnt(Written::one("bulk_change", id).detail(json!({ "people": changed.len() })), changed))
    })?;
    Ok(BulkCount { people: all, ..count_of(app, saved.id)? })
}

/// Takes a change for many back: exactly those who got a tag lose it, and those who lost it get it back.
///
/// # Errors
/// A change that was taken back already.
pub fn bulk_tag_undo(app: &App, input: BulkUndo) -> Result<Done> {
    app.write(Op::new("customer.tag"), move |tx, moment| {
        let record = tables::change(tx, input.id)?.ok_or_else(|| ApiError::not_now("change.undone"))?;
        let change: TagChange = serde_json::from_str(&record)?;
        take_back(tx, &change)?;
        for (tag, people) in &change.added {
            tables::take_tag(tx, people, tag)?;
        }
        for (tag, people) in &change.removed {
            tables::give_tag(tx, people, tag)?;
        }
        let people = change.people();
        search_texts::renew(tx, &people)?;
        tables::mark_change_undone(tx, input.id, moment.now)?;
        let detail = json!({ "undone": true, "people": people.len() });
        Ok(learnt(Written::one("bulk_change", input.id).detail(detail), people))
    })?;
    Ok(Done {})
}

fn tags_of(input: &BulkTags) -> Result<(Vec<String>, Vec<String>)> {
    let (add, remove) = (clean_tags(&input.add), clean_tags(&input.remove));
    if add.is_empty() && remove.is_empty() {
        return Err(ApiError::field("add", "tag.missing"));
    }
    Ok((add, remove))
}
