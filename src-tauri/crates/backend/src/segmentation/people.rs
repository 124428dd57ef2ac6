//! The people behind a shape, a few at a time, and what can be done with all of them: a tag, a file, a list that
//! fills itself.

use super::people_file;
use super::placed::{Placed, cuts_of, needs_beside, net, orders, profit};
use super::{latent, pivot, priority, promising, promotion, ready, seldom, words};
use crate::api::books::{Done, Nothing};
use crate::api::customer_plans::CustomerPlanView;
use crate::api::customers::CustomerRow;
use crate::api::people::{
    DynamicList, DynamicListRef, DynamicListSave, DynamicLists, PeopleCount, PeopleExport, PeopleInput, PeoplePage,
    PeopleSelection, PeopleTag, SegmentPerson,
};
use crate::app::{App, Moment, Op, Written};
use crate::classes;
use crate::error::{ApiError, Result};
use crate::search_texts;
use crate::store;
use rusqlite::Connection;
use serde_json::json;
use shukebu_domain::customer::clean_text;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::segmentation::scheme::{ClassFace, Needs};
use shukebu_domain::segmentation::{
    Condition, MeasureTable, Names, Scheme, SchemeCuts, Window, assign, check, condition_text, cut_points, matching,
    pareto, reason_text,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const MAX_PAGE: i64 = 200;

/// Everybody of a selection, those who spent most first.
pub(super) struct Selected {
    pub ids: Vec<CustomerId>,
    /// Net spend and orders of the last 12 months by customer.
    figures: BTreeMap<CustomerId, (i64, i64)>,
    net: i64,
    /// What is missing to the first fifth by customer, where that is asked.
    gaps: BTreeMap<CustomerId, i64>,
    /// Share of discounted orders and margin by customer, where that is asked.
    shares: BTreeMap<CustomerId, (i64, Option<i64>)>,
    /// Open plan by customer, where that is asked.
    plans: BTreeMap<CustomerId, CustomerPlanView>,
    /// The scheme whose reason is shown, with its cut points.
    scheme: Scheme,
    cuts: SchemeCuts,
}

/// A page of the people behind a shape.
///
/// # Errors
/// A scheme, band or list that is not there; a condition that cannot be meant.
pub fn people(app: &App, input: PeopleInput) -> Result<PeoplePage> {
    let limit = input.limit.unwrap_or(100).clamp(1, MAX_PAGE);
    let (skip, take) = (usize::try_from(input.offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
    app.read(move |connection, moment| {
        let selected = select(connection, moment, &input.who)?;
        let page: Vec<CustomerId> = selected.ids.iter().copied().skip(skip).take(take).collect();
        Ok(PeoplePage {
            total: selected.ids.len() as i64,
            net_minor: selected.net,
            rows: rows(connection, moment, &selected, &page)?,
        })
    })
}

fn rows(
    connection: &Connection,
    moment: &Moment,
    selected: &Selected,
    page: &[CustomerId],
) -> Result<Vec<SegmentPerson>> {
    let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
    let (scheme, cuts) = (&selected.scheme, &selected.cuts);
    let mut pins = store::pins::holding(connection, scheme, moment.today)?;
    if scheme.key == latent::scheme(connection).key {
        // A suggestion is confirmed in the scheme that drives the day.
        pins.append(&mut store::pins::holding(connection, &classes::primary(connection)?, moment.today)?);
    }
    let customers = crate::rows::customers(connection, moment, page)?;
    ready::with(connection, moment, &scheme.needs(), |ready| {
        let reason = |id: CustomerId| {
            let person = ready.table.row(ready.table.row_of(id)?, moment.today)?;
            Some(reason_text(scheme, &assign(scheme, cuts, &person), lang, shop.words()))
        };
        let person = |customer: CustomerRow| {
            let (net_minor, orders) = selected.figures.get(&customer.id).copied().unwrap_or_default();
            let (reason, by_hand) = (reason(customer.id).unwrap_or_default(), pins.contains_key(&customer.id));
            let gap_minor = selected.gaps.get(&customer.id).copied();
            let share = selected.shares.get(&customer.id).copied();
            let (discounted_bp, margin_bp) = (share.map(|share| share.0), share.and_then(|share| share.1));
            let plan = selected.plans.get(&customer.id).cloned();
            SegmentPerson { reason, by_hand, net_minor, orders, gap_minor, discounted_bp, margin_bp, plan, customer }
        };
        Ok(customers.into_iter().map(person).collect())
    })
}

/// What the lists look at, whichever of them is opened first.
pub(super) fn needs(connection: &Connection) -> Result<Needs> {
    let mut needs = Needs { measures: [profit()].into(), ..Needs::default() };
    needs = needs.and(around(promotion::condition(connection)?).needs());
    for list in store::lists::all(connection)? {
        needs = needs.and(around(list.condition).needs());
    }
    Ok(needs)
}

/// Finds out who is meant.
pub(super) fn select(connection: &Connection, moment: &Moment, who: &PeopleSelection) -> Result<Selected> {
    let scheme = match who {
        PeopleSelection::Class { scheme, .. }
        | PeopleSelection::Cell { scheme, .. }
        | PeopleSelection::Moved { scheme, .. }
        | PeopleSelection::Both { scheme, .. } => classes::scheme(connection, scheme)?,
        PeopleSelection::Latent => latent::scheme(connection),
        _ => classes::primary(connection)?,
    };
    let beside = match who {
        PeopleSelection::Both { other, .. } => Some(classes::scheme(connection, other)?),
        PeopleSelection::Seldom { .. } => Some(seldom::scheme(connection)),
        _ => None,
    };
    let trial = match who {
        PeopleSelection::Trial { class } => Some(promising::policy_of(connection, &scheme, class)?),
        _ => None,
    };
    let lone = match who {
        PeopleSelection::Condition { condition } => Some(condition.clone()),
        PeopleSelection::List { id } => Some(store::lists::get(connection, *id)?.condition),
        PeopleSelection::PromotionOnly => Some(promotion::condition(connection)?),
        _ => None,
    };
    let of_priority = match who {
        PeopleSelection::Priority { level } => {
            Some(priority::priorities(connection, moment)?.who(|found| found == *level))
        }
        _ => None,
    };
    let lone = lone.map(around);
    if let Some(lone) = &lone {
        check(lone)?;
    }
    let mut needs = scheme.needs().and(needs_beside());
    needs.measures.insert(profit());
    if let Some(lone) = &lone {
        needs = needs.and(lone.needs());
    }
    if let Some(beside) = &beside {
        needs = needs.and(beside.needs());
    }
    if *who == PeopleSelection::Promising {
        needs = needs.and(promising::needs(connection));
    }
    let found = ready::with(connection, moment, &needs, |ready| {
        let passed = match &trial {
            Some(policy) => promising::passed(connection, moment, ready, &scheme, policy)?,
            None => vec![],
        };
        let table = &ready.table;
        let rows = match (&lone, who) {
            (Some(lone), _) => members(lone, table)?,
            (None, PeopleSelection::Priority { .. }) => {
                of_priority.into_iter().flatten().filter_map(|id| table.row_of(id)).collect()
            }
            (None, PeopleSelection::Trial { .. }) => passed.iter().filter_map(|id| table.row_of(*id)).collect(),
            (None, PeopleSelection::Promising) => promising::rows(connection, moment, table)?,
            (None, PeopleSelection::Seldom { why: Some(why) }) => seldom::of_reason(connection, table, *why)?,
            (None, PeopleSelection::Seldom { why: None }) => seldom::unasked(connection, moment, table)?,
            (None, PeopleSelection::Both { class, other_class, .. }) => {
                let other = beside.as_ref().unwrap_or(&scheme);
                pivot::both(connection, moment, table, [(&scheme, class), (other, other_class)])?
            }
            (None, PeopleSelection::Moved { scheme, from, to }) => {
                let movers = store::segmentation::movers(connection, scheme, from.as_deref(), to)?;
                movers.into_iter().filter_map(|id| table.row_of(id)).collect()
            }
            (None, PeopleSelection::Ranks { from, to }) => ranked(table, Some((*from, *to))),
            (None, PeopleSelection::Top) => ranked(table, None),
            _ => {
                let placed = Placed::of(connection, moment, scheme.clone(), table)?;
                match who {
                    PeopleSelection::Class { class, .. } => placed.run.rows_of(class),
                    PeopleSelection::Cell { steps, .. } => cell(&placed, table, steps)?,
                    _ => placed.run.rows_of(latent::CLASS),
                }
            }
        };
        let gaps = if could_grow(who) { gaps(table, &rows) } else { BTreeMap::new() };
        let shares = match who {
            PeopleSelection::PromotionOnly => promotion::shares(moment, table, &rows),
            _ => BTreeMap::new(),
        };
        Ok((sorted(table, rows), gaps, shares))
    })?;
    let cuts = cuts_of(connection, moment, &scheme)?;
    let ((ids, figures, net), gaps, shares) = found;
    let plans = if could_grow(who) { store::customer_plans::open(connection, moment.today)? } else { BTreeMap::new() };
    Ok(Selected { ids, figures, net, gaps, shares, plans, scheme, cuts })
}

/// Whether these are people who could become good customers, so that what they lack and what is planned is shown.
fn could_grow(who: &PeopleSelection) -> bool {
    matches!(who, PeopleSelection::Latent | PeopleSelection::Promising)
}

type Sorted = (Vec<CustomerId>, BTreeMap<CustomerId, (i64, i64)>, i64);

/// Those who spent most first, then by id.
fn sorted(table: &MeasureTable, rows: Vec<usize>) -> Sorted {
    let (net, orders) = (table.numbers(&net()), table.numbers(&orders()));
    let mut people: Vec<(CustomerId, i64, i64)> = rows
        .into_iter()
        .filter_map(|row| Some((*table.customers().get(row)?, net.at(row).unwrap_or(0), orders.at(row).unwrap_or(0))))
        .collect();
    people.sort_by(|one, next| next.1.cmp(&one.1).then(one.0.cmp(&next.0)));
    let sum = people.iter().fold(0_i64, |sum, person| sum.saturating_add(person.1));
    let ids = people.iter().map(|person| person.0).collect();
    (ids, people.into_iter().map(|(id, net, orders)| (id, (net, orders))).collect(), sum)
}

fn cell(placed: &Placed, table: &MeasureTable, wanted: &[crate::api::people::BandStep]) -> Result<Vec<usize>> {
    let mut rows: Vec<usize> = (0..table.len()).collect();
    for step in wanted {
        let column = placed.run.steps(&placed.scheme, table, &step.band)?;
        rows.retain(|row| column.get(*row) == Some(&step.step));
    }
    Ok(rows)
}

/// What each of some people lacks to the least that anybody of the first fifth brings.
fn gaps(table: &MeasureTable, rows: &[usize]) -> BTreeMap<CustomerId, i64> {
    let profit = table.numbers(&profit());
    let money = |row: usize| profit.at(row).unwrap_or(0);
    let Some(least) = ranked(table, None).into_iter().map(money).min() else { return BTreeMap::new() };
    let gap = |row: &usize| Some((*table.customers().get(*row)?, least.saturating_sub(money(*row)).max(0)));
    rows.iter().filter_map(gap).collect()
}

/// Rows by profit; without ranks the top fifth, ties upward.
fn ranked(table: &MeasureTable, ranks: Option<(u32, u32)>) -> Vec<usize> {
    let (orders, profit) = (table.numbers(&orders()), table.numbers(&profit()));
    let buyers = (0..table.len()).filter(|row| orders.at(*row).is_some_and(|orders| orders > 0));
    let amounts: Vec<(usize, Money)> =
        buyers.map(|row| (row, Money::from_minor(profit.at(row).unwrap_or(0)))).collect();
    let Some(curve) = pareto(&amounts) else { return vec![] };
    let place = |rank: u32| usize::try_from(rank).unwrap_or(usize::MAX);
    match ranks {
        Some((from, to)) => {
            let skipped = curve.rows.iter().skip(place(from).saturating_sub(1));
            skipped.take(place(to).saturating_sub(place(from)).saturating_add(1)).map(|row| row.id).collect()
        }
        None => {
            let count = curve.rows.len().div_ceil(5);
            let Some(least) = count.checked_sub(1).and_then(|last| curve.rows.get(last)).map(|row| row.money) else {
                return vec![];
            };
            curve.rows.iter().take_while(|row| row.money >= least).map(|row| row.id).collect()
        }
    }
}

/// A condition as a scheme of one class, so that it is checked and loaded like any other.
fn around(condition: Condition) -> Scheme {
    let face = |key: &str| ClassFace {
        key: key.to_owned(),
        names: Names::own(key),
        color: shukebu_domain::segmentation::scheme::ClassColor::Stone,
        review_after_days: None,
    };
    Scheme {
        key: "list".to_owned(),
        version: 1,
        names: Names::own("list"),
        population: Window::default(),
        bands: vec![],
        scores: vec![],
        classes: vec![shukebu_domain::segmentation::scheme::ClassRule {
            face: face("members"),
            when: condition,
            sub_kinds: vec![],
        }],
        residual: face("others"),
        no_purchase: face("nobody"),
    }
}

fn members(lone: &Scheme, table: &MeasureTable) -> Result<Vec<usize>> {
    let cuts = cut_points(lone, table)?;
    let Some(class) = lone.classes.first() else { return Ok(vec![]) };
    Ok(matching(lone, &cuts, &class.when, table)?)
}

/// Everybody of a list that fills itself, today.
///
/// # Errors
/// A list that is not there.
pub(crate) fn of_list(connection: &Connection, moment: &Moment, id: i64) -> Result<Vec<CustomerId>> {
    let lone = around(store::lists::get(connection, id)?.condition);
    ready::with(connection, moment, &lone.needs(), |ready| {
        let rows = members(&lone, &ready.table)?;
        Ok(rows.into_iter().filter_map(|row| ready.table.customers().get(row).copied()).collect())
    })
}

/// Gives everybody of a selection a tag.
///
/// # Errors
/// A blank tag; as every write.
pub fn tag(app: &App, input: PeopleTag) -> Result<PeopleCount> {
    let tag = clean_text(&input.tag);
    if tag.is_empty() {
        return Err(ApiError::field("tag", "text.missing"));
    }
    let counted: Arc<Mutex<i64>> = Arc::default();
    let count = Arc::clone(&counted);
    app.write(Op::new("segment.tag").keyed(input.client_key), move |tx, moment| {
        let selected = select(tx, moment, &input.who)?;
        let people = store::lists::add_tag(tx, &selected.ids, &tag)?;
        search_texts::renew(tx, &selected.ids)?;
        if let Ok(mut count) = count.lock() {
            *count = people;
        }
        Ok(Written::many("customer").detail(json!({ "people": people })).reindex_all())
    })?;
    let people = counted.lock().map(|count| *count).map_err(ApiError::internal)?;
    Ok(PeopleCount { people })
}

/// Writes everybody of a selection into a file.
///
/// # Errors
/// A file that nobody chose or that cannot be written; as every export.
pub fn export(app: &App, input: PeopleExport) -> Result<PeopleCount> {
    let path = app.granted("file", &input.file)?;
    let counted: Arc<Mutex<i64>> = Arc::default();
    let count = Arc::clone(&counted);
    app.write(Op::new("customer.export_all").in_background(), move |tx, moment| {
        let selected = select(tx, moment, &input.who)?;
        let people = rows(tx, moment, &selected, &selected.ids)?;
        let written = people_file::write(&path, moment.language, &people)?;
        if let Ok(mut count) = count.lock() {
            *count = i64::try_from(written).unwrap_or(i64::MAX);
        }
        Ok(Written::many("export").detail(json!({ "kind": "people", "rows": written })))
    })?;
    let people = counted.lock().map(|count| *count).map_err(ApiError::internal)?;
    Ok(PeopleCount { people })
}

/// The lists that fill themselves, with their people of today.
///
/// # Errors
/// `Locked` while no book is open.
pub fn lists(app: &App, _: Nothing) -> Result<DynamicLists> {
    app.read(|connection, moment| {
        let mut lists = vec![];
        for list in store::lists::all(connection)? {
            let lone = around(list.condition.clone());
            let needs: Needs = lone.needs();
            let people = ready::with(connection, moment, &needs, |ready| members(&lone, &ready.table))?.len();
            let (lang, shop) = (classes::lang(moment.language), words::ShopNames::of(connection, moment)?);
            lists.push(DynamicList {
                id: list.id,
                name: list.name,
                rule: condition_text(&lone, &SchemeCuts::default(), &list.condition, lang, shop.words()),
                condition: list.condition,
                people: people as i64,
            });
        }
        Ok(DynamicLists { lists })
    })
}

/// Keeps a list.
///
/// # Errors
/// A blank name; a condition that cannot be meant; a list that is not there.
pub fn list_save(app: &App, input: DynamicListSave) -> Result<DynamicLists> {
    let name = clean_text(&input.name);
    if name.is_empty() {
        return Err(ApiError::field("name", "name.missing"));
    }
    check(&around(input.condition.clone()))?;
    app.write(Op::new("segment.list"), move |tx, moment| {
        let list = store::lists::NewList { id: input.id, name: &name, condition: &input.condition };
        let id = store::lists::put(tx, &list, moment.session.staff, moment.now)?;
        Ok(Written::one("dynamic_list", id))
    })?;
    lists(app, Nothing {})
}

/// Takes a list off.
///
/// # Errors
/// A list that is not there.
pub fn list_delete(app: &App, input: DynamicListRef) -> Result<Done> {
    app.write(Op::new("segment.list"), move |tx, _| {
        store::lists::delete(tx, input.id)?;
        Ok(Written::one("dynamic_list", input.id))
    })?;
    Ok(Done {})
}
