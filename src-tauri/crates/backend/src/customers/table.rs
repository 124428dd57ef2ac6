//! Views of the table that the shop saves, and who is meant by a selection in it.

use crate::api::books::{Done, Nothing};
use crate::api::customers::CustomerFilter;
use crate::api::views::{LayoutToKeep, NewView, ViewList, ViewRef};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::tables;
use crate::store::thread::Priority;
use shukebu_domain::customer::{MAX_NAME, check_length, clean_line};
use shukebu_domain::ids::CustomerId;
use std::collections::BTreeSet;

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
