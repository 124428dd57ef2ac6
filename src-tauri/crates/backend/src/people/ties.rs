//! People of a company, companies above and below, who brought whom.

use super::phone_contact;
use super::{line, write};
use crate::api::books::Done;
use crate::api::customers::{CustomerKind, CustomerRef};
use crate::api::details::{ContactPersonInput, CustomerTrees, PersonsChange, TiesChange, TreeRow};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::people::{StoredDetails, Tie};
use rusqlite::Connection;
use shukebu_domain::error::{FieldError, refuse_if_any};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use std::collections::BTreeSet;

/// Most people of one company.
const MAX_PERSONS: usize = 50;

/// Replaces the people of a company.
///
/// # Errors
/// A name that is missing, a phone that cannot be read; an unknown customer.
pub fn persons(app: &App, input: PersonsChange) -> Result<Done> {
    let mut problems = vec![];
    if input.persons.len() > MAX_PERSONS {
        problems.push(FieldError::new("persons", "list.too_long").with("most", MAX_PERSONS));
    }
    let mut clean = vec![];
    for (position, person) in input.persons.iter().enumerate() {
        let field = |name: &str| format!("persons.{position}.{name}");
        let name = line(&field("name"), Some(&person.name), &mut problems);
        if name.is_none() {
            problems.push(FieldError::new(field("name"), "name.missing"));
        }
        let phone = person.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
        let phone = match phone {
            // A masked number comes back from somebody who could not see it: it stays as it was.
            Some(masked) if masked.contains('*') => Some(masked.to_owned()),
            Some(typed) => phone_contact(&field("phone"), typed, &mut problems).map(|contact| contact.value),
            None => None,
        };
        clean.push(ContactPersonInput {
            name: name.unwrap_or_default(),
            person_id: person.person_id,
            role: line(&field("role"), person.role.as_deref(), &mut problems),
            influence: person.influence,
            relation: line(&field("relation"), person.relation.as_deref(), &mut problems),
            phone,
        });
    }
    refuse_if_any(problems)?;
    write(app, input.id, input.client_key, "persons", move |tx, id| {
        let before: Vec<String> =
            store::people::persons(tx, id)?.into_iter().filter_map(|person| person.phone).collect();
        for (position, person) in clean.iter_mut().enumerate() {
            if let Some(other) = person.person_id {
                store::customers::must_be_there(tx, other)?;
            }
            if let Some(masked) = person.phone.as_ref().filter(|phone| phone.contains('*')) {
                let kept = before.iter().find(|phone| shukebu_domain::phone::mask(phone) == *masked).cloned();
                let unread = || ApiError::field(format!("persons.{position}.phone"), "phone.not_a_number");
                person.phone = Some(kept.ok_or_else(unread)?);
            }
        }
        store::people::set_persons(tx, id, &clean)
    })?;
    Ok(Done {})
}

/// Sets the company above, who brought the customer, and the guardian of a person under 14.
///
/// # Errors
/// A tie to the customer itself or one that closes a ring; a parent that is no company; an unknown customer.
pub fn ties(app: &App, input: TiesChange) -> Result<Done> {
    let mut problems = vec![];
    let guardian = line("guardian", input.guardian.as_deref(), &mut problems);
    refuse_if_any(problems)?;
    write(app, input.id, input.client_key, "ties", move |tx, id| {
        if let Some(parent) = input.parent_id {
            if store::customers::get(tx, parent)?.kind != CustomerKind::Company {
                return Err(ApiError::field("parent_id", "tie.not_a_company"));
            }
            no_ring(tx, id, parent, Tie::Group, "parent_id")?;
        }
        if let Some(referrer) = input.referrer_id {
            store::customers::get(tx, referrer)?;
            no_ring(tx, id, referrer, Tie::Referral, "referrer_id")?;
        }
        let before = store::people::details(tx, id)?;
        let details = StoredDetails { parent: input.parent_id, referrer: input.referrer_id, guardian, ..before };
        store::people::set_details(tx, id, &details)
    })?;
    Ok(Done {})
}

/// Nobody stands above oneself, at however many steps.
fn no_ring(connection: &Connection, id: CustomerId, above: CustomerId, tie: Tie, field: &str) -> Result<()> {
    let is_below = store::people::tree(connection, id, tie)?.iter().any(|row| row.id == above);
    if is_below { Err(ApiError::field(field, "tie.ring")) } else { Ok(()) }
}

/// The group of companies and the referrals around a customer, with roll-up figures.
///
/// # Errors
/// An unknown customer.
pub fn trees(app: &App, input: CustomerRef) -> Result<CustomerTrees> {
    app.read(move |connection, _| {
        let id = store::customers::get(connection, input.id)?.id;
        let mut top = id;
        let mut seen = BTreeSet::from([top]);
        while let Some(parent) = store::people::details(connection, top)?.parent {
            if !seen.insert(parent) {
                break;
            }
            top = parent;
        }
        let tree = |root, tie| {
            let rows = rolled_up(store::people::tree(connection, root, tie)?);
            Ok::<_, ApiError>(if rows.len() > 1 { rows } else { vec![] })
        };
        Ok(CustomerTrees { group: tree(top, Tie::Group)?, referrals: tree(id, Tie::Referral)? })
    })
}

/// Each row with the net of everybody below it. Rows come depth first, so what stands below a row follows it at once.
fn rolled_up(mut rows: Vec<TreeRow>) -> Vec<TreeRow> {
    let nets: Vec<(u32, Money)> = rows.iter().map(|row| (row.depth, row.net_minor)).collect();
    for (position, row) in rows.iter_mut().enumerate() {
        let below = nets.iter().skip(position + 1).take_while(|(depth, _)| *depth > row.depth).map(|(_, net)| *net);
        row.total_minor = Money::checked_sum(std::iter::once(row.net_minor).chain(below)).unwrap_or(row.net_minor);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_carries_everybody_below_it_and_nobody_beside_it() {
        let row = |depth: u32, net: i64| TreeRow {
            id: CustomerId(net),
            name: String::new(),
            depth,
            orders: 1,
            net_minor: Money::from_minor(net),
            total_minor: Money::from_minor(net),
        };
        let rows = rolled_up(vec![row(0, 1), row(1, 10), row(2, 100), row(1, 1000)]);
        let totals: Vec<i64> = rows.iter().map(|row| row.total_minor.minor()).collect();
        assert_eq!(totals, [1111, 110, 100, 1000]);
    }
}
