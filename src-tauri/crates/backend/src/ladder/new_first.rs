//! 新品优先: whom a new product is told first, because the tier brings it. Nobody with an open complaint, nobody who wants to
//! be left alone, nobody who took the consent to marketing back; who is left out is said with the reason.

use crate::api::benefits::{NewFirstPage, NewFirstQuestion};
use crate::api::members::LeftOutWhy;
use crate::api::table::TableIds;
use crate::app::{App, Moment};
use crate::error::Result;
use crate::{left_out, paging, store};
use rusqlite::Connection;
use shukebu_domain::benefit::Kind;
use shukebu_domain::ids::CustomerId;

struct Told {
    /// Ranks of the tiers that bring it, highest first.
    ranks: Vec<u32>,
    people: Vec<CustomerId>,
    left_out: Vec<(CustomerId, LeftOutWhy)>,
}

fn told(connection: &Connection, moment: &Moment) -> Result<Told> {
    let ladder = super::current(&store::ladder::versions(connection)?, moment.today)?;
    let gives = store::ladder::benefits_on(connection, moment.today)?;
    let is_first =
        |name: &String| gives.get(name).into_iter().flatten().any(|benefit| matches!(benefit.kind, Kind::NewFirst));
    let ranked = (0..).zip(&ladder.tiers).filter(|(_, tier)| is_first(&tier.name));
    let mut ranks: Vec<u32> = ranked.map(|(rank, _)| rank).collect();
    ranks.reverse();
    let silent = store::members::left_out(connection)?;
    let (mut people, mut left_out) = (vec![], vec![]);
    for rank in &ranks {
        for id in store::figures::of_tier(connection, *rank)? {
            match silent.get(&id) {
                Some(why) => left_out.push((id, *why)),
                None => people.push(id),
            }
        }
    }
    Ok(Told { ranks, people, left_out })
}

/// A page of those whom a new product is told first, and who is left out.
///
/// # Errors
/// A negative offset.
pub fn page(app: &App, input: NewFirstQuestion) -> Result<NewFirstPage> {
    let limit = usize::try_from(paging::rows(input.offset, input.limit, 50, 200)?).unwrap_or(0);
    let offset = usize::try_from(input.offset).unwrap_or(0);
    app.read_in_background(move |connection, moment| {
        let told = told(connection, moment)?;
        let tags = super::tags(connection, moment)?;
        let shown: Vec<CustomerId> = told.people.iter().skip(offset).take(limit).copied().collect();
        Ok(NewFirstPage {
            tiers: told.ranks.iter().map(|rank| tags.of_rank(*rank)).collect(),
            rows: crate::rows::customers(connection, moment, &shown)?,
            total: i64::try_from(told.people.len()).unwrap_or(i64::MAX),
            left_out: left_out::reasons(&told.left_out),
            left_out_people: left_out::people(connection, &told.left_out)?,
        })
    })
}

/// Everybody of that list, in its order.
///
/// # Errors
/// `Locked` while no book is open.
pub fn ids(app: &App, _: NewFirstQuestion) -> Result<TableIds> {
    app.read_in_background(|connection, moment| {
        let people = told(connection, moment)?.people;
        Ok(TableIds { total: i64::try_from(people.len()).unwrap_or(i64::MAX), ids: people })
    })
}
