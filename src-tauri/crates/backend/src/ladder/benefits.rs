//! Benefits on the book: what a tier gives today, what was used of it, and the ledger of grants, uses and ends.
//!
//! A period's grant is written when its first use is, a gift of welcome when the tier is first reached; a use is checked
//! against what is left in the same transaction. What a period leaves unused is written off by the daily job.

use super::entries::write;
use super::granted;
use crate::api::benefits::{BenefitToday, BenefitUsage, BenefitUse, BenefitsOverview, BenefitsView, TierBenefits};
use crate::api::books::Nothing;
use crate::api::customers::CustomerRef;
use crate::app::{App, Moment, Op, Written};
use crate::error::{ApiError, Result};
use crate::store;
use crate::store::benefits::Uses;
use crate::tiers;
use chrono::{Months, NaiveDate};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use shukebu_domain::benefit::{Benefit, ByTier, Kind, Span};
use shukebu_domain::birthday::Birthday;
use shukebu_domain::customer::{MAX_TEXT, check_length, clean_text};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::ladder::LadderVersion;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

const SHOWN_ENTRIES: i64 = 100;

/// The tiers of today whose benefits promise that their members come first (优先处理): rank and name.
pub(crate) fn prior_tiers(connection: &Connection, moment: &Moment) -> Result<Vec<(u32, String)>> {
    let all: ByTier = store::ladder::benefits_on(connection, moment.today)?;
    let promises = |tier: &str| all.get(tier).is_some_and(|given| given.iter().any(|it| it.kind == Kind::Priority));
    let names = (0..).zip(tiers::tier_names(connection, moment)?);
    Ok(names.filter(|(_, name)| promises(name)).collect())
}

/// The benefits of the tier that a customer holds on a day.
fn held(connection: &Connection, moment: &Moment, id: CustomerId, on: NaiveDate) -> Result<(String, Vec<Benefit>)> {
    let versions = store::ladder::versions(connection)?;
    let ladder = super::current(&versions, on)?;
    let tier = if on == moment.today {
        let rank = usize::try_from(store::figures::figures(connection, id)?.tier.rank).unwrap_or(0);
        ladder.name_of(rank).to_owned()
    } else {
        super::replay(connection, &versions, id, on)?.tier
    };
    let mut all: ByTier = store::ladder::benefits_on(connection, on)?;
    let benefits = all.remove(&tier).unwrap_or_default();
    Ok((tier, benefits))
}

/// What the points of a sale are multiplied by, in basis points.
pub(crate) fn multiplier_bp(connection: &Connection, moment: &Moment, id: CustomerId, on: NaiveDate) -> Result<u32> {
    let (_, benefits) = held(connection, moment, id, on)?;
    let of_tier = benefits.iter().find_map(|benefit| match benefit.kind {
        Kind::Multiplier { rate_bp } => Some(rate_bp),
        _ => None,
    });
    match of_tier {
        Some(rate_bp) => Ok(rate_bp),
        None => crate::points::base_multiplier_bp(connection, on),
    }
}

/// The tier that a customer holds on a day, and its discount on every sale in basis points.
pub(crate) fn discount_on(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    on: NaiveDate,
) -> Result<(String, u32)> {
    let (tier, benefits) = held(connection, moment, id, on)?;
    Ok((tier, discount_of(&benefits)))
}

fn discount_of(benefits: &[Benefit]) -> u32 {
    let found = benefits.iter().find_map(|benefit| match benefit.kind {
        Kind::Discount { rate_bp } => Some(rate_bp),
        _ => None,
    });
    found.unwrap_or(0)
}

/// What points of many past sales are multiplied by: each customer's history is walked once, however many sales it has.
pub(super) struct PastMultipliers {
    versions: Vec<LadderVersion>,
    /// The benefits of each version by its first day, oldest first.
    gives: Vec<(NaiveDate, ByTier)>,
    /// Of customers seen so far: the tier before anything happened, and every change with its day.
    tiers: BTreeMap<CustomerId, (String, Vec<(NaiveDate, String)>)>,
}

impl PastMultipliers {
    pub(super) fn load(connection: &Connection) -> Result<Self> {
        let versions = store::ladder::versions(connection)?;
        let days: BTreeSet<NaiveDate> = versions.iter().map(|version| version.effective_on).collect();
        let gives = days.into_iter().map(|day| Ok((day, store::ladder::benefits_on(connection, day)?)));
        Ok(Self { gives: gives.collect::<Result<_>>()?, versions, tiers: BTreeMap::new() })
    }

    /// The multiplier of the tier that a customer held at the end of a day; none where the tier has none of its own.
    pub(super) fn on(
        &mut self,
        connection: &Connection,
        moment: &Moment,
        id: CustomerId,
        on: NaiveDate,
    ) -> Result<Option<u32>> {
        let of = |benefits: &[Benefit]| {
            benefits.iter().find_map(|benefit| match benefit.kind {
                Kind::Multiplier { rate_bp } => Some(rate_bp),
                _ => None,
            })
        };
        let holds = self.gives.iter().rev().find(|(from, _)| *from <= on).or(self.gives.first());
        let Some((_, gives)) = holds.filter(|(_, gives)| gives.values().any(|all| of(all).is_some())) else {
            return Ok(None);
        };
        let (first, changes) = match self.tiers.entry(id) {
            Entry::Occupied(seen) => seen.into_mut(),
            Entry::Vacant(place) => {
                let standing = super::replay(connection, &self.versions, id, moment.today)?;
                let first =
                    standing.history.first().map_or_else(|| standing.tier.clone(), |change| change.from.clone());
                place.insert((first, standing.history.into_iter().map(|change| (change.on, change.to)).collect()))
            }
        };
        let tier = changes.iter().rev().find(|(from, _)| *from <= on).map_or(&*first, |(_, to)| to);
        Ok(gives.get(tier).and_then(|benefits| of(benefits)))
    }
}

/// What a customer has by the tier.
///
/// # Errors
/// An unknown customer.
pub fn get(app: &App, input: CustomerRef) -> Result<BenefitsView> {
    app.read(move |connection, moment| {
        let id = store::customers::must_be_there(connection, input.id)?;
        view(connection, moment, id)
    })
}

pub(crate) fn view(connection: &Connection, moment: &Moment, id: CustomerId) -> Result<BenefitsView> {
    let birthday = birthday_of(connection, id)?;
    let (_, benefits) = held(connection, moment, id, moment.today)?;
    let mut today = vec![];
    for benefit in &benefits {
        let Some(left) = left_today(connection, moment, id, benefit, birthday.as_ref())? else { continue };
        if left.left > 0 {
            today.push(left);
        }
    }
    today.extend(granted::held(connection, moment, id)?);
    let discount_bp = discount_of(&benefits);
    Ok(BenefitsView {
        today,
        always: benefits.into_iter().filter(|benefit| benefit.quantity().is_none()).collect(),
        discount_bp,
        entries: store::benefits::of_customer(connection, id, SHOWN_ENTRIES)?,
    })
}

fn birthday_of(connection: &Connection, id: CustomerId) -> Result<Option<Birthday>> {
    Ok(store::customers::get(connection, id)?.birthday.as_ref().map(Birthday::from))
}

/// What is left of a benefit that is used up; none where it is not of that kind or not to be had today.
fn left_today(
    connection: &Connection,
    moment: &Moment,
    id: CustomerId,
    benefit: &Benefit,
    birthday: Option<&Birthday>,
) -> Result<Option<BenefitToday>> {
    let Some(quantity) = benefit.quantity() else { return Ok(None) };
    let found = |left: i64, quantity: i64, until| {
        Ok(Some(BenefitToday { benefit: benefit.clone(), left: left.max(0), quantity, until }))
    };
    if matches!(benefit.kind, Kind::Gift { .. }) {
        let sums = store::benefits::sums(connection, id, &benefit.key, None)?;
        return found(sums.granted - sums.used - sums.expired, sums.granted, None);
    }
    let Some(span) = benefit.span(moment.today, birthday) else { return Ok(None) };
    let used = store::benefits::sums(connection, id, &benefit.key, Some(span.from))?.used;
    found(i64::from(quantity) - used, i64::from(quantity), span.until)
}

/// Uses a benefit once.
///
/// # Errors
/// A benefit that the tier does not have, that is not to be had today, or of which nothing is left.
pub fn use_one(app: &App, input: BenefitUse) -> Result<BenefitsView> {
    let id = input.customer_id;
    let note = input.note.as_deref().map(clean_text).filter(|note| !note.is_empty());
    if let Some(note) = &note {
        check_length("note", note, MAX_TEXT)?;
    }
    app.write(Op::new("benefit.use").keyed(input.client_key), move |tx, moment| {
        let id = store::customers::must_be_there(tx, id)?;
        let birthday = birthday_of(tx, id)?;
        let (tier, benefits) = held(tx, moment, id, moment.today)?;
        if granted::is_key(&input.benefit) {
            granted::use_one(tx, moment, id, &tier, &input.benefit, note.as_deref())?;
            return Ok(Written::one("customer", id.0).detail(json!({ "benefit": input.benefit })));
        }
        let benefit = benefits.iter().find(|benefit| benefit.key == input.benefit);
        let benefit = benefit.ok_or_else(|| ApiError::field("benefit", "benefit.not_of_tier"))?;
        let left = left_today(tx, moment, id, benefit, birthday.as_ref())?;
        let left = left.ok_or_else(|| ApiError::field("benefit", "benefit.not_today"))?;
        if left.left < 1 {
            return Err(ApiError::field("benefit", "benefit.used_up"));
        }
        let span = benefit.span(moment.today, birthday.as_ref());
        let span = match span {
            Some(span) => {
                if store::benefits::sums(tx, id, &benefit.key, Some(span.from))?.granted == 0 {
                    write(tx, moment, id, &tier, benefit, "grant", left.quantity, span, None)?;
                }
                span
            }
            None => Span { from: moment.today, until: None },
        };
        write(tx, moment, id, &tier, benefit, "use", 1, span, note.as_deref())?;
        Ok(Written::one("customer", id.0).detail(json!({ "benefit": input.benefit })))
    })?;
    app.read(move |connection, moment| view(connection, moment, store::customers::get(connection, id)?.id))
}

/// A customer has gone up: each tier passed gives its gifts of welcome, once in a life.
pub(super) fn welcome(tx: &Transaction, moment: &Moment, id: CustomerId, tiers: &[String]) -> Result<()> {
    let all = store::ladder::benefits_on(tx, moment.today)?;
    for tier in tiers {
        for benefit in all.get(tier).into_iter().flatten() {
            let Kind::Gift { quantity } = benefit.kind else { continue };
            if store::benefits::sums(tx, id, &benefit.key, None)?.granted > 0 {
                continue;
            }
            let span = Span { from: moment.today, until: None };
            write(tx, moment, id, tier, benefit, "grant", i64::from(quantity), span, None)?;
        }
    }
    Ok(())
}

/// Writes off what periods have left unused. Twice a day or after three months off, the rows are the same.
///
/// # Errors
/// As every write.
pub fn expire_due(app: &App) -> Result<usize> {
    let due = app.read_in_background(|connection, moment| {
        if store::book::last_seen(connection)? > moment.now {
            return Ok(vec![]);
        }
        store::benefits::left_over(connection, moment.today)
    })?;
    if due.is_empty() {
        return Ok(0);
    }
    let count = due.len();
    app.write(Op::new("benefit.expire").in_background(), move |tx, moment| {
        for grant in &due {
            store::benefits::write_off(tx, grant, moment.now, moment.session.staff)?;
        }
        Ok(Written::many("benefit").detail(json!({ "periods": due.len() })))
    })?;
    Ok(count)
}

/// The tiers' benefits with their uses, and the newest rows.
///
/// # Errors
/// `Locked` while no book is open.
pub fn overview(app: &App, _: Nothing) -> Result<BenefitsOverview> {
    app.read_in_background(|connection, moment| {
        let ladder = super::current(&store::ladder::versions(connection)?, moment.today)?;
        let tags = super::tags_of(&ladder);
        let mut all = store::ladder::benefits_on(connection, moment.today)?;
        let since = moment.today.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
        let mut tiers = vec![];
        for tier in &ladder.tiers {
            let mut benefits = vec![];
            for benefit in all.remove(&tier.name).unwrap_or_default() {
                let uses = store::benefits::usage(connection, Some((&benefit.key, &tier.name)), since)?;
                benefits.push(usage_view(benefit, &uses));
            }
            tiers.push(TierBenefits { tier: tags.of_name(&tier.name), benefits });
        }
        let all = store::benefits::usage(connection, None, since)?;
        Ok(BenefitsOverview {
            tiers,
            cost_minor: all.cost,
            uncosted: all.uncosted,
            entries: store::benefits::newest(connection, SHOWN_ENTRIES)?,
        })
    })
}

fn usage_view(benefit: Benefit, uses: &Uses) -> BenefitUsage {
    let Uses { used, people, cost, uncosted } = *uses;
    BenefitUsage { benefit, used, people, cost_minor: cost, uncosted }
}
