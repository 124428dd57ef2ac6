//! By what a customer is found: the text that is stored with everybody, and the search in memory that is made of them.

use crate::api::customers::ContactKind;
use crate::error::{ApiError, Result};
use crate::open_book::Book;
use crate::search;
use crate::store;
use crate::store::people::Tie;
use crate::store::thread::Priority;
use rusqlite::Connection;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::time::Timestamp;

/// A customer with the line by which the search finds him, if there still is one.
pub(crate) type Line = (CustomerId, Option<store::search::Entry>);

/// The lines of some customers as they are stored now.
pub(crate) fn lines_of(connection: &Connection, ids: Vec<CustomerId>) -> Result<Vec<Line>> {
    ids.into_iter().map(|id| Ok((id, store::search::entry(connection, id)?))).collect()
}

/// Where some customers stand among the hits now.
pub(crate) fn ranks_of(connection: &Connection, ids: Vec<CustomerId>) -> Result<Vec<(CustomerId, search::Rank)>> {
    ids.into_iter().map(|id| Ok((id, store::search::rank(connection, id)?))).collect()
}

/// The search learns about some customers, of others only where they stand among the hits.
pub(crate) fn reindex(book: &Book, lines: Vec<Line>, ranks: Vec<(CustomerId, search::Rank)>) -> Result<()> {
    let mut index = book.search.write().map_err(ApiError::internal)?;
    for (id, entry) in lines {
        match entry {
            Some((id, text, rank)) => index.upsert(id, &text, rank),
            None => index.remove(id),
        }
    }
    for (id, rank) in ranks {
        index.set_rank(id, rank);
    }
    Ok(())
}

/// A newer program may find people by more: then the stored texts that would be different are computed anew, once.
pub(crate) fn renew_outdated(connection: &Connection, now: Timestamp) -> Result<()> {
    let stored: u32 = store::book::setting(connection, "search_text_version", 0)?;
    if stored == search::SEARCH_TEXT_VERSION {
        return Ok(());
    }
    let tx = connection.unchecked_transaction()?;
    let outdated = match stored {
        // Only who stands below somebody has more in the text, which keeps opening quick.
        1 => store::people::below_somebody(&tx)?,
        _ => store::ladder::everybody(&tx)?,
    };
    renew(&tx, &outdated)?;
    store::book::set_setting(&tx, "search_text_version", search::SEARCH_TEXT_VERSION, now)?;
    tx.commit()?;
    Ok(())
}

/// Computes and stores the search texts of some customers, inside a write.
pub(crate) fn renew(tx: &Connection, ids: &[CustomerId]) -> Result<()> {
    ids.iter().try_for_each(|id| renew_one(tx, *id))
}

/// Computes and stores the search texts of a customer and of everybody in the group below, who are found by the name
/// above. Answers whose.
pub(crate) fn renew_group(tx: &Connection, id: CustomerId) -> Result<Vec<CustomerId>> {
    let mut ids = vec![id];
    ids.extend(store::people::tree(tx, id, Tie::Group)?.into_iter().map(|row| row.id).filter(|below| *below != id));
    renew(tx, &ids)?;
    Ok(ids)
}

/// The search learns about everybody, from the stored search texts.
pub(crate) fn reindex_all(book: &Book) -> Result<()> {
    let entries = book.thread.run(Priority::Counter, |owned| store::search::load(&owned.connection))?;
    *book.search.write().map_err(ApiError::internal)? = search::SearchIndex::load(entries);
    Ok(())
}

/// Computes and stores the search text of a customer, inside a write.
pub(crate) fn renew_one(connection: &Connection, id: CustomerId) -> Result<()> {
    let customer = store::customers::get(connection, id)?;
    let contacts = store::customers::contact_values(connection, id)?;
    let tags = store::customers::tags(connection, id)?;
    let away = store::merges::names_of_merged(connection, id)?;
    let persons = store::people::persons(connection, id)?;
    let groups = store::people::groups_above(connection, id)?;
    let text = text_with(&customer, &contacts, &tags, &away, &persons, &groups);
    store::customers::set_search_text(connection, id, &text)
}

/// Everything by which a customer can be found, as one stored text.
pub(crate) fn text_of(
    customer: &store::customers::StoredCustomer,
    contacts: &[(ContactKind, String)],
    tags: &[String],
    merged: &[store::merges::MergedName],
) -> String {
    text_with(customer, contacts, tags, merged, &[], &[])
}

/// [`text_of`] with the people of a company and the groups above it: the company is found by their names and phones.
fn text_with(
    customer: &store::customers::StoredCustomer,
    contacts: &[(ContactKind, String)],
    tags: &[String],
    merged: &[store::merges::MergedName],
    persons: &[crate::api::details::ContactPersonView],
    groups: &[String],
) -> String {
    let is_phone =
        |kind: &ContactKind| matches!(kind, ContactKind::Mobile | ContactKind::Landline | ContactKind::Whatsapp);
    let (phones, handles): (Vec<_>, Vec<_>) = contacts.iter().partition(|(kind, _)| is_phone(kind));
    let own = [customer.salutation.as_deref(), customer.company.as_deref()];
    let aliases = own.into_iter().flatten().chain(merged.iter().map(|away| away.name.as_str()));
    let handles = handles.iter().map(|(_, value)| value.as_str());
    search::search_text(&search::CustomerFields {
        name: &customer.name,
        mnemonic: &customer.mnemonic,
        aliases: aliases
            .chain(persons.iter().map(|person| person.name.as_str()))
            .chain(groups.iter().map(String::as_str))
            .collect(),
        phones: phones
            .iter()
            .map(|(_, value)| value.as_str())
            .chain(persons.iter().filter_map(|person| person.phone.as_deref()))
            .collect(),
        member_number: &customer.member_no,
        // A card that was printed before a merge still opens the customer.
        handles: handles.chain(merged.iter().map(|away| away.member_no.as_str())).collect(),
        tags: tags.iter().map(String::as_str).collect(),
        ..search::CustomerFields::default()
    })
}
