//! The shop's tags: renamed, merged, deleted and put into groups. Whatever names a tag follows: saved views and lists that
//! fill themselves. A scheme has versions and is changed by its own editor, so that it stands in the way.

use super::tag_change::{Rewritten, TagChange, count_of, learnt};
use crate::api::books::Nothing;
use crate::api::conditions::FilterField;
use crate::api::tags::{BulkCount, TagGroupSave, TagList, TagMerge, TagRef, TagSave};
use crate::api::views::ViewDefinition;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::search_texts;
use crate::store;
use crate::store::tags::Named;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::customer::{check_length, clean_line};
use shukebu_domain::segmentation::{Condition, FieldRef};

const ACTION: &str = "customer.tag";
const MAX_TAG: usize = 40;
/// Key of the tags among the fields of a profile.
const TAGS: &str = "tags";

/// All tags and groups with their people.
///
/// # Errors
/// `Locked` while no book is open.
pub fn tag_list(app: &App, _: Nothing) -> Result<TagList> {
    app.read(|connection, _| {
        Ok(TagList { groups: store::tags::groups(connection)?, tags: store::tags::all(connection)? })
    })
}

/// Makes a tag, renames one, or puts it into a group. The answer names the change where people have the tag.
///
/// # Errors
/// A name that is missing or that another tag has; a group that is not there; a scheme that asks for the tag.
pub fn tag_save(app: &App, input: TagSave) -> Result<BulkCount> {
    let name = clean("name", &input.name)?;
    change(app, input.client_key.clone(), move |tx, moment| {
        if let Some(group) = input.group
            && !store::tags::has_group(tx, group)?
        {
            return Err(ApiError::not_found("tag_group"));
        }
        let taken = store::tags::by_name(tx, &name)?;
        if taken.is_some() && taken != input.id {
            return Err(ApiError::field("name", "tag.taken").with("name", &name));
        }
        let mut change = TagChange::default();
        let Some(id) = input.id else {
            store::tags::put(tx, &name, input.group)?;
            return Ok(change);
        };
        let (before, group) = store::tags::get(tx, id)?;
        if before != name {
            in_no_scheme(tx, moment, &before)?;
            change.rewritten = rewrite(tx, &before, &name)?;
            change.renamed = Some((before, name.clone()));
            change.touched = store::tags::people(tx, id)?;
        }
        change.regrouped = (group != input.group).then(|| (name.clone(), group));
        store::tags::update(tx, id, &name, input.group)?;
        Ok(change)
    })
}

/// Lets one tag go up in another: whoever had it has the other.
///
/// # Errors
/// A tag that is not there; the same tag twice; a scheme that asks for the tag that goes.
pub fn tag_merge(app: &App, input: TagMerge) -> Result<BulkCount> {
    if input.from == input.into {
        return Err(ApiError::field("into", "tag.same"));
    }
    change(app, input.client_key.clone(), move |tx, moment| {
        let (from, group) = store::tags::get(tx, input.from)?;
        let (into, _) = store::tags::get(tx, input.into)?;
        in_no_scheme(tx, moment, &from)?;
        let people = store::tags::delete(tx, input.from)?;
        store::offers::fitting::rename_tag(tx, &from, &into)?;
        let mut change = TagChange::default();
        change.added.insert(into.clone(), store::tables::give_tag(tx, &people, &into)?);
        change.removed.insert(from.clone(), people);
        change.rewritten = rewrite(tx, &from, &into)?;
        change.gone = vec![(from, group)];
        Ok(change)
    })
}

/// Takes a tag off everybody and away.
///
/// # Errors
/// A tag that is not there; a scheme that asks for it.
pub fn tag_delete(app: &App, input: TagRef) -> Result<BulkCount> {
    change(app, None, move |tx, moment| {
        let (name, group) = store::tags::get(tx, input.id)?;
        in_no_scheme(tx, moment, &name)?;
        let mut change = TagChange::default();
        change.removed.insert(name.clone(), store::tags::delete(tx, input.id)?);
        change.gone = vec![(name, group)];
        Ok(change)
    })
}

/// Makes or changes a group.
///
/// # Errors
/// A name that is missing or taken; a group that is not there.
pub fn tag_group_save(app: &App, input: TagGroupSave) -> Result<TagList> {
    let name = clean("name", &input.name)?;
    let tags = super::fields::clean_tags(&input.tags);
    app.write(Op::new(ACTION).keyed(input.client_key.clone()), move |tx, _| {
        let taken = store::tags::group_by_name(tx, &name)?;
        if taken.is_some() && taken != input.id {
            return Err(ApiError::field("name", "tag.group_taken").with("name", &name));
        }
        let id = store::tags::put_group(tx, &name, &input)?;
        for tag in &tags {
            store::tags::put(tx, tag, Some(id))?;
        }
        Ok(Written::one("tag_group", id))
    })?;
    tag_list(app, Nothing {})
}

/// Takes a group away; its tags stay.
///
/// # Errors
/// A group that is not there.
pub fn tag_group_delete(app: &App, input: TagRef) -> Result<TagList> {
    app.write(Op::new(ACTION), move |tx, _| {
        store::tags::delete_group(tx, input.id)?;
        Ok(Written::one("tag_group", input.id))
    })?;
    tag_list(app, Nothing {})
}

fn clean(field: &str, name: &str) -> Result<String> {
    let name = clean_line(name);
    if name.is_empty() {
        return Err(ApiError::field(field, "tag.missing"));
    }
    check_length(field, &name, MAX_TAG)?;
    Ok(name)
}

/// Writes a change of tags, keeps it for the undo, and lets the search follow.
fn change(
    app: &App,
    key: Option<String>,
    work: impl FnOnce(&Transaction, &Moment) -> Result<TagChange> + Send + 'static,
) -> Result<BulkCount> {
    let saved = app.write(Op::new(ACTION).keyed(key), move |tx, moment| {
        let change = work(tx, moment)?;
        let people = change.people();
        search_texts::renew(tx, &people)?;
        let record = serde_json::to_string(&change)?;
        let id = store::tables::insert_change(tx, &record, moment.session.staff, moment.now)?;
        Ok(learnt(Written::one("bulk_change", id).detail(json!({ "tags": true, "people": people.len() })), people))
    })?;
    count_of(app, saved.id)
}

/// A scheme keeps its versions; it is not changed behind its back.
fn in_no_scheme(connection: &Connection, moment: &Moment, tag: &str) -> Result<()> {
    for scheme in store::segmentation::schemes(connection)? {
        if scheme.classes.iter().any(|class| names(&class.when, tag)) {
            let name = crate::segmentation::name_of(&scheme, moment.language);
            return Err(ApiError::not_now("tag.in_scheme").with("scheme", name).with("tag", tag));
        }
    }
    Ok(())
}

fn is_tags(field: &FieldRef) -> bool {
    matches!(field, FieldRef::Profile(key) if key == TAGS)
}

fn names(condition: &Condition, tag: &str) -> bool {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().any(|one| names(one, tag)),
        Condition::Not { of } => names(of, tag),
        Condition::Field { field, one_of } => is_tags(field) && one_of.iter().any(|word| word == tag),
        _ => false,
    }
}

fn renamed(condition: &mut Condition, from: &str, to: &str) {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter_mut().for_each(|one| renamed(one, from, to)),
        Condition::Not { of } => renamed(of, from, to),
        Condition::Field { field, one_of } if is_tags(field) => {
            one_of.iter_mut().filter(|word| *word == from).for_each(|word| to.clone_into(word));
            let mut known = std::collections::BTreeSet::new();
            one_of.retain(|word| known.insert(word.clone()));
        }
        _ => {}
    }
}

/// Saved views and lists that name a tag name it by its new name.
fn rewrite(tx: &Transaction, from: &str, to: &str) -> Result<Vec<Rewritten>> {
    let mut rewritten = vec![];
    for (id, before) in store::tags::definitions(tx, Named::View)? {
        let mut view: ViewDefinition = serde_json::from_str(&before)?;
        let conditions = view.conditions.iter_mut().flat_map(|tree| &mut tree.groups);
        for condition in conditions.flat_map(|group| &mut group.conditions) {
            if condition.field == FilterField::Tag && condition.value.as_deref() == Some(from) {
                condition.value = Some(to.to_owned());
            }
        }
        rewritten.push(Rewritten { of: Named::View, id, before, after: serde_json::to_string(&view)? });
    }
    for (id, before) in store::tags::definitions(tx, Named::List)? {
        let mut condition: Condition = serde_json::from_str(&before)?;
        renamed(&mut condition, from, to);
        rewritten.push(Rewritten { of: Named::List, id, before, after: serde_json::to_string(&condition)? });
    }
    // What does not name the tag says the same in other spelling at most.
    rewritten.retain(|it| it.before.contains(from) && it.before != it.after);
    for it in &rewritten {
        store::tags::redefine(tx, it.of, it.id, &it.before, &it.after)?;
    }
    Ok(rewritten)
}

/// Takes back what only the tags themselves know of a change: tags that went, names, groups, definitions.
pub(super) fn take_back(tx: &Transaction, change: &TagChange) -> Result<()> {
    for (name, group) in &change.gone {
        let group = match group {
            Some(group) if store::tags::has_group(tx, *group)? => Some(*group),
            _ => None,
        };
        store::tags::put(tx, name, group)?;
    }
    if let Some((before, after)) = &change.renamed {
        let id = store::tags::by_name(tx, after)?.ok_or_else(|| ApiError::not_now("change.undone"))?;
        if store::tags::by_name(tx, before)?.is_some() {
            return Err(ApiError::not_now("tag.name_back_taken").with("name", before));
        }
        let (_, group) = store::tags::get(tx, id)?;
        store::tags::update(tx, id, before, group)?;
    }
    if let Some((name, group)) = &change.regrouped {
        let name = change.renamed.as_ref().map_or(name, |(before, _)| before);
        if let Some(id) = store::tags::by_name(tx, name)? {
            store::tags::update(tx, id, name, *group)?;
        }
    }
    for it in &change.rewritten {
        store::tags::redefine(tx, it.of, it.id, &it.after, &it.before)?;
    }
    Ok(())
}
