//! Views that the shop saves, and tags for many customers at once: numbers first, then the change, then the way back.

use crate::api::books::{Done, Nothing};
use crate::api::customers::CustomerFilter;
use crate::api::tags::{BulkCount, BulkTags, BulkUndo};
use crate::api::views::{LayoutToKeep, NewView, ViewList, ViewRef};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::search_texts;
use crate::store;
use crate::store::tables;
use crate::store::thread::Priority;
use serde::{Deserialize, Serialize};
use serde_json::json;
use shukebu_domain::customer::{MAX_NAME, check_length, clean_line};
use shukebu_domain::ids::CustomerId;
use std::collections::{BTreeMap, BTreeSet};

/// Saved views and the shop's tags.
///
/// # Errors
/// `Locked` while no book is open.
pub fn views(app: &App, _: Nothing) -> Result<ViewList> {
    app.read(|connection, moment| {
        Ok(ViewList {
            rows: tables::views(connection)?,
            tags: tables::tag_names(connection)?,
            layouts: tables::layouts(connection, moment.session.staff)?,
        })
    })
}

/// Saves a view; the same name again replaces it.
///
/// # Errors
/// A view without a name, a condition whose value does not fit.
pub fn view_save(app: &App, input: NewView) -> Result<ViewList> {
    let name = clean_line(&input.name);
    if name.is_empty() {
        return Err(ApiError::field("name", "name.missing"));
    }
    check_length("name", &name, MAX_NAME)?;
    app.write(Op::new("customer.view").keyed(input.client_key), move |tx, moment| {
        if let Some(conditions) = &input.definition.conditions {
            super::order::check(tx, moment, conditions)?;
        }
        let definition = serde_json::to_string(&input.definition)?;
        let id = tables::save_view(tx, &name, &definition, input.is_default, moment.session.staff, moment.now)?;
        // Whoever saves a view has it as it was saved from now on.
        tables::forget_layout(tx, moment.session.staff, id)?;
        Ok(Written::one("customer_view", id))
    })?;
    views(app, Nothing {})
}

/// Keeps how a person left the columns. No fact of the shop: it is not logged, announces nothing and does not count as a
/// change since the last backup.
///
/// # Errors
/// `Locked` while no book is open.
pub fn layout_keep(app: &App, input: LayoutToKeep) -> Result<Done> {
    let moment = app.moment()?;
    let view = input.view.unwrap_or(0);
    let layout = input.layout.map(|layout| serde_json::to_string(&layout)).transpose()?;
    app.book()?.thread.run(Priority::Counter, move |owned| match &layout {
        Some(layout) => tables::keep_layout(&owned.connection, moment.session.staff, view, layout, moment.now),
        None => tables::forget_layout(&owned.connection, moment.session.staff, view),
    })?;
    Ok(Done {})
}

/// Takes a saved view away.
///
/// # Errors
/// A view that is gone already.
pub fn view_delete(app: &App, input: ViewRef) -> Result<ViewList> {
    app.write(Op::new("customer.view"), move |tx, _| {
        tables::delete_view(tx, input.id)?;
        Ok(Written::one("customer_view", input.id))
    })?;
    views(app, Nothing {})
}

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
    pub rewritten: Vec<super::tags::Rewritten>,
}

impl TagChange {
    pub fn people(&self) -> Vec<CustomerId> {
        let marked = self.added.values().chain(self.removed.values()).flatten().chain(&self.touched);
        let all: BTreeSet<CustomerId> = marked.copied().collect();
        all.into_iter().collect()
    }
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

/// Takes a change for many back: exactly those who got a tag lose it, and those who lost it get it back.
///
/// # Errors
/// A change that was taken back already.
pub fn bulk_tag_undo(app: &App, input: BulkUndo) -> Result<Done> {
    app.write(Op::new("customer.tag"), move |tx, moment| {
        let record = tables::change(tx, input.id)?.ok_or_else(|| ApiError::not_now("change.undone"))?;
        let change: TagChange = serde_json::from_str(&record)?;
        super::tags::take_back(tx, &change)?;
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

/// The search learns about those who changed; beyond some it is quicker to read everybody.
pub(super) fn learnt(written: Written, people: Vec<CustomerId>) -> Written {
    if people.len() > 2000 {
        return written.reindex_all();
    }
    people.into_iter().fold(written, Written::reindex)
}

fn tags_of(input: &BulkTags) -> Result<(Vec<String>, Vec<String>)> {
    let (add, remove) = (super::fields::clean_tags(&input.add), super::fields::clean_tags(&input.remove));
    if add.is_empty() && remove.is_empty() {
        return Err(ApiError::field("add", "tag.missing"));
    }
    Ok((add, remove))
}

/// Those who are chosen, or all whom a filter shows but some, in its order.
pub(crate) fn meant(
    app: &App,
    ids: Option<&Vec<CustomerId>>,
    filter: Option<&CustomerFilter>,
    except: &[CustomerId],
) -> Result<Vec<CustomerId>> {
    if let Some(ids) = ids {
        let ids = ids.clone();
        return app.read(move |connection, _| {
            let kept: BTreeSet<CustomerId> =
                ids.iter().map(|id| Ok(store::customers::get(connection, *id)?.id)).collect::<Result<_>>()?;
            Ok(kept.into_iter().collect())
        });
    }
    let Some(filter) = filter else { return Err(ApiError::field("ids", "customer.missing")) };
    let except: BTreeSet<CustomerId> = except.iter().copied().collect();
    let mut people = super::ids_of_filter(app, filter)?;
    people.retain(|id| !except.contains(id));
    Ok(people)
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
