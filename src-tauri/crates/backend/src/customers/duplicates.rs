//! 查重: who may have been written down twice. Records meet only where something is equal (a handle, a name with its
//! birthday, a sound with a phone or a company), so the work grows with the customers and not with their pairs.

use crate::api::books::Done;
use crate::api::duplicates::{DuplicateFilter, DuplicateList, DuplicatePair, NotSame};
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::{Language, say};
use crate::store::merges::alike::{self, Candidate};
use crate::{search, store};
use serde_json::json;
use shukebu_domain::birthday::Birthday;
use shukebu_domain::duplicate::{Reason, Traits, WORTH_SHOWING, likeness};
use shukebu_domain::ids::CustomerId;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many records that share one thing say nothing about a person any more: a number that stands for "none".
const CROWD: usize = 30;

/// Pairs of records that look like one person, the likeliest first.
///
/// # Errors
/// `Locked` while no book is open.
pub fn duplicates(app: &App, input: DuplicateFilter) -> Result<DuplicateList> {
    let (people, mut handles, settled) = app.read_in_background(|connection, _| {
        Ok((alike::candidates(connection)?, alike::handles(connection)?, alike::not_same(connection)?))
    })?;
    let traits: Vec<(Candidate, Traits)> = people
        .into_iter()
        .map(|person| {
            let traits = traits(&person, handles.remove(&person.id).unwrap_or_default());
            (person, traits)
        })
        .collect();
    let mut found = vec![];
    for (a, b) in meetings(&traits) {
        let (Some((one, of_one)), Some((other, of_other))) = (traits.get(a), traits.get(b)) else { continue };
        if settled.contains(&(one.id, other.id)) {
            continue;
        }
        let likeness = likeness(of_one, of_other);
        if likeness.score >= WORTH_SHOWING {
            // Who has bought more stays; of equals the older record.
            let stays_first = one.orders >= other.orders;
            let pair = if stays_first { (one.id, other.id) } else { (other.id, one.id) };
            found.push((likeness, pair));
        }
    }
    found.sort_by(|(a, pair_a), (b, pair_b)| b.score.cmp(&a.score).then(pair_a.cmp(pair_b)));
    let total = found.len();
    let limit = input.limit.unwrap_or(50).clamp(1, 100);
    let page: Vec<_> = found.into_iter().skip(input.offset).take(limit).collect();
    let rows = app.read(move |connection, moment| {
        let ids: BTreeSet<CustomerId> = page.iter().flat_map(|(_, (one, other))| [*one, *other]).collect();
        let ids: Vec<CustomerId> = ids.into_iter().collect();
        let rows: BTreeMap<CustomerId, _> =
            crate::rows::customers(connection, moment, &ids)?.into_iter().map(|row| (row.id, row)).collect();
        Ok(page
            .into_iter()
            .filter_map(|(likeness, (one, other))| {
                Some(DuplicatePair {
                    one: rows.get(&one)?.clone(),
                    other: rows.get(&other)?.clone(),
                    score: likeness.score,
                    reasons: likeness.reasons.iter().map(|reason| in_words(*reason, moment.language)).collect(),
                })
            })
            .collect())
    })?;
    Ok(DuplicateList { rows, total })
}

/// Remembers that two records are not one person.
///
/// # Errors
/// Unknown customers; one and the same.
pub fn not_same(app: &App, input: NotSame) -> Result<Done> {
    app.write(Op::new("customer.merge").keyed(input.client_key.clone()), move |tx, moment| {
        let pair = pair(tx, &input)?;
        alike::set_not_same(tx, pair, moment.session.staff, moment.now)?;
        Ok(Written::one("customer", pair.0.0).detail(json!({ "not_same": [pair.0, pair.1] })))
    })?;
    Ok(Done {})
}

/// Takes back that two records are not one person.
///
/// # Errors
/// Unknown customers; one and the same.
pub fn not_same_undo(app: &App, input: NotSame) -> Result<Done> {
    app.write(Op::new("customer.merge").keyed(input.client_key.clone()), move |tx, _| {
        let pair = pair(tx, &input)?;
        alike::forget_not_same(tx, pair)?;
        Ok(Written::one("customer", pair.0.0).detail(json!({ "maybe_same": [pair.0, pair.1] })))
    })?;
    Ok(Done {})
}

fn pair(tx: &rusqlite::Transaction, input: &NotSame) -> Result<(CustomerId, CustomerId)> {
    let (one, other) = (store::customers::get(tx, input.one_id)?.id, store::customers::get(tx, input.other_id)?.id);
    if one == other {
        return Err(ApiError::field("other_id", "merge.same"));
    }
    Ok((one.min(other), one.max(other)))
}

fn traits(person: &Candidate, handles: Vec<String>) -> Traits {
    Traits {
        name: person.name.clone(),
        sound: search::sound(&person.name),
        birthday: person.birthday.as_ref().map(Birthday::from),
        handles,
        company: person.company.clone(),
        gender: person.gender.clone(),
        is_company: person.is_company,
    }
}

/// What two records may share.
#[derive(PartialEq, Eq, Hash)]
enum Shared<'a> {
    Handle(&'a str),
    NameAndBirthday(&'a str, u32, u32),
    SoundAndCompany(&'a str, &'a str),
    /// The sound and a number with one digit left out: two numbers that differ there meet.
    SoundAndNearly(&'a str, &'a str, &'a str),
}

/// Places of records that share something, each pair once, the smaller place first.
fn meetings(people: &[(Candidate, Traits)]) -> BTreeSet<(usize, usize)> {
    let mut rooms: HashMap<Shared<'_>, Vec<usize>> = HashMap::new();
    for (place, (_, it)) in people.iter().enumerate() {
        let mut enter = |shared| rooms.entry(shared).or_default().push(place);
        if let Some(birthday) = &it.birthday {
            enter(Shared::NameAndBirthday(&it.name, birthday.month, birthday.day));
        }
        if let Some(company) = &it.company {
            enter(Shared::SoundAndCompany(&it.sound, company));
        }
        for handle in &it.handles {
            enter(Shared::Handle(handle));
            if it.sound.is_empty() || handle.len() < 7 || !handle.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            for at in 0..handle.len() {
                let (Some(before), Some(after)) = (handle.get(..at), handle.get(at + 1..)) else { continue };
                enter(Shared::SoundAndNearly(&it.sound, before, after));
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for room in rooms.into_values().filter(|room| (2..=CROWD).contains(&room.len())) {
        for (n, one) in room.iter().enumerate() {
            pairs.extend(room.iter().skip(n + 1).filter(|other| *other != one).map(|other| (*one, *other)));
        }
    }
    pairs
}

fn in_words(reason: Reason, language: Language) -> String {
    let key = match reason {
        Reason::SameHandle => "duplicate.same_handle",
        Reason::SameName => "duplicate.same_name",
        Reason::SameSound => "duplicate.same_sound",
        Reason::SameBirthday => "duplicate.same_birthday",
        Reason::NearPhone => "duplicate.near_phone",
        Reason::SameCompany => "duplicate.same_company",
        Reason::OtherBirthday => "duplicate.other_birthday",
        Reason::OtherGender => "duplicate.other_gender",
    };
    say(language, key, &[])
}
