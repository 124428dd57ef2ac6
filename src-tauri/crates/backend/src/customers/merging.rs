//! Two records of one person become one: a link that reads resolve, previewed, and undone for 90 days (rules A 8).
//!
//! Sales, notes and cases keep the record they were written for. What a record holds only once (a name, an address)
//! takes one of the two values; contact handles and tags are joined. All of that is written down, so that the undo puts
//! back exactly what was there, and leaves alone what a person has changed since.

use crate::api::merges::{
    MergeField, MergeFieldView, MergeFilter, MergeList, MergeLook, MergePreview, MergeSide, MergeTogether, MergeUndo,
    MergeView, NewMerge,
};
use crate::app::{App, Moment, Op, Saved, Written};
use crate::error::{ApiError, Result};
use crate::messages::{Language, say};
use crate::search_texts;
use crate::store::customers::StoredCustomer;
use crate::store::merges::deed::{self, FieldChange, MergeRecord, StoredMerge};
use crate::{ladder, search, segmentation, store};
use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::{Value, json};
use shukebu_domain::birthday::Birthday;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeSet;

/// For so many days a merge can be undone.
const UNDO_DAYS: u64 = 90;
const SHOWN_MERGES: i64 = 50;

const FIELDS: [MergeField; 11] = [
    MergeField::Name,
    MergeField::Salutation,
    MergeField::Kind,
    MergeField::Company,
    MergeField::Gender,
    MergeField::Birthday,
    MergeField::Address,
    MergeField::Source,
    MergeField::Habits,
    MergeField::Note,
    MergeField::JoinedOn,
];

/// What a merge will do.
///
/// # Errors
/// Unknown customers; two that are one already.
pub fn merge_preview(app: &App, input: MergeLook) -> Result<MergePreview> {
    app.read(move |connection, moment| {
        let (survivor, absorbed) = pair(connection, input.survivor_id, input.absorbed_id)?;
        let mut records = store::merges::records_of(connection, survivor.id)?;
        records.extend(store::merges::records_of(connection, absorbed.id)?);
        let (kept, other) = (side(connection, moment, &survivor)?, side(connection, moment, &absorbed)?);
        let fields = FIELDS
            .into_iter()
            .map(|field| MergeFieldView {
                field,
                kept: shown(field, &survivor, moment.language),
                other: shown(field, &absorbed, moment.language),
                take_other: proposes_other(field, &survivor, &absorbed),
            })
            .collect();
        let days: BTreeSet<NaiveDate> = [survivor.id, absorbed.id]
            .into_iter()
            .map(|id| purchase_days(connection, id))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let openings = records.iter().filter_map(|record| record.opening).map(|it| i64::from(it.visits)).sum::<i64>();
        let known_tags = &kept.row.tags;
        let together = MergeTogether {
            orders: kept.row.orders + other.row.orders,
            visits: i64::try_from(days.len()).unwrap_or(i64::MAX).saturating_add(openings),
            net_minor: Money::checked_sum([kept.row.net_minor, other.row.net_minor]).unwrap_or(Money::ZERO),
            first_on: [kept.first_on, other.first_on].into_iter().flatten().min(),
            last_on: kept.row.last_on.max(other.row.last_on),
            tier: ladder::standing_together(connection, moment, &records)?,
            new_contacts: other.contacts.iter().filter(|it| !kept.contacts.contains(it)).cloned().collect(),
            new_tags: other.row.tags.iter().filter(|tag| !known_tags.contains(tag)).cloned().collect(),
        };
        Ok(MergePreview { survivor: kept, absorbed: other, fields, together, undo_until: until(moment, moment.now) })
    })
}

/// Merges one record into another.
///
/// # Errors
/// Unknown customers; two that are one already.
pub fn merge(app: &App, input: NewMerge) -> Result<MergeView> {
    let saved = app.write(Op::new("customer.merge").keyed(input.client_key.clone()), move |tx, moment| {
        let (survivor, absorbed) = pair(tx, input.survivor_id, input.absorbed_id)?;
        let mut merged = survivor.clone();
        let mut fields = vec![];
        for field in FIELDS {
            let takes = match &input.take {
                Some(take) => take.contains(&field),
                None => proposes_other(field, &survivor, &absorbed),
            };
            let (before, after) = (value(field, &survivor)?, value(field, &absorbed)?);
            if takes && before != after {
                put(field, &mut merged, &after)?;
                fields.push(FieldChange { field, before, after });
            }
        }
        let contacts = bring_contacts(tx, &survivor, &absorbed)?;
        let known = store::customers::tags(tx, survivor.id)?;
        let tags: Vec<String> =
            store::customers::tags(tx, absorbed.id)?.into_iter().filter(|tag| !known.contains(tag)).collect();
        store::customers::set_tags(tx, survivor.id, &[known, tags.clone()].concat())?;
        rewrite(tx, &survivor, merged, moment.now)?;

        let figures = deed::take_figures(tx, absorbed.id)?;
        let moved = deed::link(tx, absorbed.id, survivor.id)?;
        search_texts::renew_one(tx, survivor.id)?;
        let newest = deed::newest_assignment(tx, survivor.id)?;
        follow(tx, moment, survivor.id)?;
        let assignments = deed::assignments_after(tx, survivor.id, newest)?;
        let record = MergeRecord { moved, fields, contacts, tags, assignments, figures };
        let id = deed::insert(tx, survivor.id, absorbed.id, moment.session.staff, moment.now, &record)?;
        let detail = json!({ "survivor": survivor.id, "absorbed": absorbed.id });
        Ok(Written::one("merge", id).detail(detail).reindex(survivor.id).reindex(absorbed.id))
    })?;
    merge_of(app, saved)
}

/// Takes a merge back: both records are as they were, with what a person has changed since.
///
/// # Errors
/// After 90 days; a merge that was undone; one on which a later merge builds.
pub fn merge_undo(app: &App, input: MergeUndo) -> Result<MergeView> {
    let saved = app.write(Op::new("customer.merge").keyed(input.client_key), move |tx, moment| {
        let merge = deed::get(tx, input.id)?;
        if let Some(refusal) = why_not(tx, moment, &merge)? {
            return Err(refusal);
        }
        deed::unlink(tx, merge.absorbed, &merge.record.moved)?;
        deed::mark_undone(tx, merge.id, moment.now)?;
        deed::forget_contacts(tx, merge.survivor, &merge.record.contacts)?;
        let tags = store::customers::tags(tx, merge.survivor)?;
        let left: Vec<String> = tags.into_iter().filter(|tag| !merge.record.tags.contains(tag)).collect();
        store::customers::set_tags(tx, merge.survivor, &left)?;
        let now = store::customers::get(tx, merge.survivor)?;
        let mut back = now.clone();
        for change in &merge.record.fields {
            // A value that a person has typed since is newer than both.
            if value(change.field, &now)? == change.after {
                put(change.field, &mut back, &change.before)?;
            }
        }
        rewrite(tx, &now, back, moment.now)?;
        deed::put_figures(tx, &merge.record.figures)?;
        search_texts::renew_one(tx, merge.absorbed)?;
        deed::forget_assignments(tx, merge.survivor, &merge.record.assignments)?;
        follow(tx, moment, merge.survivor)?;
        follow(tx, moment, merge.absorbed)?;
        let detail = json!({ "undone": merge.id });
        Ok(Written::one("merge", merge.id).detail(detail).reindex(merge.survivor).reindex(merge.absorbed))
    })?;
    merge_of(app, saved)
}

/// Merges that hold: of one customer, or the newest of all.
///
/// # Errors
/// `Locked` while no book is open.
pub fn merges(app: &App, input: MergeFilter) -> Result<MergeList> {
    app.read(move |connection, moment| {
        let customer = input.customer_id.map(|id| store::customers::get(connection, id)).transpose()?;
        let stored = deed::list(connection, customer.map(|customer| customer.id), SHOWN_MERGES)?;
        let rows = stored.iter().map(|merge| view(connection, moment, merge)).collect::<Result<_>>()?;
        Ok(MergeList { rows })
    })
}

fn merge_of(app: &App, saved: Saved) -> Result<MergeView> {
    let id = saved.id.ok_or_else(|| ApiError::not_found("merge"))?;
    app.read(move |connection, moment| view(connection, moment, &deed::get(connection, id)?))
}

fn view(connection: &Connection, moment: &Moment, merge: &StoredMerge) -> Result<MergeView> {
    let survivor = store::customers::own(connection, merge.survivor)?;
    let absorbed = store::customers::own(connection, merge.absorbed)?;
    let refusal = why_not(connection, moment, merge)?;
    Ok(MergeView {
        id: merge.id,
        survivor_id: merge.survivor,
        survivor_name: survivor.name,
        absorbed_id: merge.absorbed,
        absorbed_name: absorbed.name,
        absorbed_no: absorbed.member_no,
        merged_at: merge.merged_at,
        undo_until: until(moment, merge.merged_at),
        why_not: refusal.map(|refusal| crate::messages::worded(refusal, moment.language).message),
    })
}

/// Why a merge cannot be undone, if so.
fn why_not(connection: &Connection, moment: &Moment, merge: &StoredMerge) -> Result<Option<ApiError>> {
    if merge.undone_at.is_some() {
        return Ok(Some(ApiError::not_now("merge.undone")));
    }
    let last = until(moment, merge.merged_at);
    if moment.today > last {
        return Ok(Some(ApiError::not_now("merge.too_old").with("day", last)));
    }
    let newest = deed::list(connection, Some(merge.survivor), 1)?;
    let home = deed::home_of(connection, merge.absorbed)?;
    let stands = deed::home_of(connection, merge.survivor)?.is_none() && home == Some(merge.survivor);
    if stands && newest.first().is_some_and(|newest| newest.id == merge.id) {
        return Ok(None);
    }
    Ok(Some(ApiError::not_now("merge.entangled")))
}

fn until(moment: &Moment, merged_at: Timestamp) -> NaiveDate {
    let day = merged_at.day_in(moment.zone);
    day.checked_add_days(Days::new(UNDO_DAYS)).unwrap_or(day)
}

/// Two different customers, each the one who stays.
fn pair(
    connection: &Connection,
    survivor: CustomerId,
    absorbed: CustomerId,
) -> Result<(StoredCustomer, StoredCustomer)> {
    let (survivor, absorbed) =
        (store::customers::get(connection, survivor)?, store::customers::get(connection, absorbed)?);
    if survivor.id == absorbed.id {
        return Err(ApiError::field("absorbed_id", "merge.same"));
    }
    Ok((survivor, absorbed))
}

/// Figures, tier, class and open cases of a customer after records came or went.
fn follow(tx: &Transaction, moment: &Moment, id: CustomerId) -> Result<()> {
    // The record itself has changed too: numbers that are kept ready in memory follow the rows that were written.
    deed::touch(tx, id, moment.now)?;
    store::figures::rebuild(tx, id)?;
    store::complaints::recount(tx, id)?;
    crate::points::follow_referrals(tx, moment, id)?;
    crate::points::settle(tx, moment, id, None)?;
    ladder::place_quietly(tx, moment, id)?;
    segmentation::place_new(tx, id, moment)
}

fn rewrite(tx: &Transaction, before: &StoredCustomer, mut after: StoredCustomer, at: Timestamp) -> Result<()> {
    if before.name != after.name && before.mnemonic == search::mnemonic(&before.name) {
        after.mnemonic = search::mnemonic(&after.name);
    }
    if *before != after {
        store::customers::update(tx, &after, &search::sort_key(&after.name), at)?;
    }
    search_texts::renew_one(tx, after.id)
}

/// Brings handles that the one who stays does not have.
fn bring_contacts(tx: &Transaction, survivor: &StoredCustomer, absorbed: &StoredCustomer) -> Result<Vec<String>> {
    let known: Vec<String> =
        store::customers::contacts(tx, survivor.id)?.into_iter().map(|contact| contact.value).collect();
    let mut brought = vec![];
    for contact in store::customers::contacts(tx, absorbed.id)? {
        if !known.contains(&contact.value) {
            deed::add_contact(tx, survivor.id, &store::as_word(contact.kind)?, &contact.value)?;
            brought.push(contact.value);
        }
    }
    Ok(brought)
}

/// An empty field takes what the other record knows; the earlier day of joining stays.
fn proposes_other(field: MergeField, survivor: &StoredCustomer, absorbed: &StoredCustomer) -> bool {
    match field {
        MergeField::Name | MergeField::Kind => false,
        MergeField::JoinedOn => absorbed.joined_on < survivor.joined_on,
        _ => {
            let is_empty = |customer| value(field, customer).is_ok_and(|value| value.is_null());
            is_empty(survivor) && !is_empty(absorbed)
        }
    }
}

fn value(field: MergeField, customer: &StoredCustomer) -> Result<Value> {
    Ok(match field {
        MergeField::Name => json!(customer.name),
        MergeField::Salutation => json!(customer.salutation),
        MergeField::Kind => serde_json::to_value(customer.kind)?,
        MergeField::Company => json!(customer.company),
        MergeField::Gender => serde_json::to_value(customer.gender)?,
        MergeField::Birthday => serde_json::to_value(&customer.birthday)?,
        MergeField::Address => json!(customer.address),
        MergeField::Source => json!(customer.source),
        MergeField::Habits => json!(customer.habits),
        MergeField::Note => json!(customer.note),
        MergeField::JoinedOn => serde_json::to_value(customer.joined_on)?,
    })
}

fn put(field: MergeField, customer: &mut StoredCustomer, value: &Value) -> Result<()> {
    let value = value.clone();
    match field {
        MergeField::Name => customer.name = serde_json::from_value(value)?,
        MergeField::Salutation => customer.salutation = serde_json::from_value(value)?,
        MergeField::Kind => customer.kind = serde_json::from_value(value)?,
        MergeField::Company => customer.company = serde_json::from_value(value)?,
        MergeField::Gender => customer.gender = serde_json::from_value(value)?,
        MergeField::Birthday => customer.birthday = serde_json::from_value(value)?,
        MergeField::Address => customer.address = serde_json::from_value(value)?,
        MergeField::Source => customer.source = serde_json::from_value(value)?,
        MergeField::Habits => customer.habits = serde_json::from_value(value)?,
        MergeField::Note => customer.note = serde_json::from_value(value)?,
        MergeField::JoinedOn => customer.joined_on = serde_json::from_value(value)?,
    }
    Ok(())
}

/// A value as people read it.
fn shown(field: MergeField, customer: &StoredCustomer, language: Language) -> Option<String> {
    use crate::api::customers::{CustomerKind, Gender};
    match field {
        MergeField::Name => Some(customer.name.clone()),
        MergeField::Salutation => customer.salutation.clone(),
        MergeField::Kind => Some(match customer.kind {
            CustomerKind::Person => say(language, "customer_kind.person", &[]),
            CustomerKind::Company => say(language, "customer_kind.company", &[]),
        }),
        MergeField::Company => customer.company.clone(),
        MergeField::Gender => customer.gender.map(|gender| match gender {
            Gender::Female => say(language, "gender.female", &[]),
            Gender::Male => say(language, "gender.male", &[]),
        }),
        MergeField::Birthday => customer
            .birthday
            .as_ref()
            .map(|birthday| super::profile::birthday_text(&Birthday::from(birthday), language)),
        MergeField::Address => customer.address.clone(),
        MergeField::Source => customer.source.clone(),
        MergeField::Habits => customer.habits.clone(),
        MergeField::Note => customer.note.clone(),
        MergeField::JoinedOn => Some(customer.joined_on.to_string()),
    }
}

fn side(connection: &Connection, moment: &Moment, customer: &StoredCustomer) -> Result<MergeSide> {
    let row = crate::rows::customers(connection, moment, &[customer.id])?.into_iter().next();
    let view = super::profile::view(connection, moment, customer.id)?;
    let (notes, complaints) = deed::notes_and_cases(connection, customer.id)?;
    let records = store::merges::records_of(connection, customer.id)?;
    let carried: i64 = records.iter().filter_map(|record| record.opening).map(|it| i64::from(it.visits)).sum();
    let days = purchase_days(connection, customer.id)?;
    Ok(MergeSide {
        row: row.ok_or_else(|| ApiError::not_found("customer"))?,
        contacts: view.contacts.into_iter().map(|contact| contact.shown).collect(),
        visits: i64::try_from(days.len()).unwrap_or(i64::MAX).saturating_add(carried),
        first_on: days.first().copied(),
        opening_minor: store::merges::opening_spend(connection, customer.id)?,
        opening_points: store::merges::opening_points(connection, customer.id)?,
        notes,
        complaints,
        carried: store::merges::carried::of(connection, customer.id)?,
    })
}

fn purchase_days(connection: &Connection, id: CustomerId) -> Result<BTreeSet<NaiveDate>> {
    let history = store::sales::history(connection, id)?;
    Ok(history.into_iter().filter(|sale| sale.net > sale.refunded).map(|sale| sale.sold_on).collect())
}
