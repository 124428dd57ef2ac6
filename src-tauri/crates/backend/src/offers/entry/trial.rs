//! What an offer would have cost: over the sales of the last thirty days, each with the tier and class that its customer has
//! today. What was reduced then is not reduced again.

use super::words;
use crate::api::offers::entry::{OfferQuestion, OfferTrial};
use crate::app::{App, Moment};
use crate::error::Result;
use crate::store;
use crate::store::offers::entry::{self as rows, PastLine};
use crate::tiers;
use chrono::{Days, NaiveDate, Timelike};
use rusqlite::Connection;
use shukebu_domain::error::refuse_if_any;
use shukebu_domain::ids::CustomerId;
use shukebu_domain::money::Money;
use shukebu_domain::offer::{Audience, Basket, Line, Offer, SetAsideWhy, When, Who, best};
use std::collections::BTreeMap;

const DAYS: u64 = 30;

/// Looks at the last thirty days.
///
/// # Errors
/// What the offer itself would be refused for.
pub fn trial(app: &App, input: OfferQuestion) -> Result<OfferTrial> {
    app.read_in_background(move |connection, moment| {
        refuse_if_any(super::checked(&input.offer))?;
        let mut names = BTreeMap::new();
        super::learn_names(connection, &input.offer, &mut names)?;
        let classes = super::class_names(connection, moment, &input.offer)?;
        let until_on = moment.today;
        let from_on = until_on.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(until_on);
        let mut trial = OfferTrial {
            text: words::text(moment, &input.offer, &names),
            terms: words::terms(moment, &input.offer, &classes),
            from_on,
            until_on,
            seen: 0,
            sales: 0,
            cost_minor: Money::ZERO,
            sold_minor: Money::ZERO,
            held_back: 0,
        };
        let mut look = Look::new(connection, moment, &input.offer)?;
        let mut sale: Vec<PastLine> = vec![];
        let mut result = Ok(());
        rows::past_lines(connection, from_on, until_on, |line| {
            if sale.first().is_some_and(|first| first.sale != line.sale) {
                let over = std::mem::take(&mut sale);
                result = std::mem::replace(&mut result, Ok(())).and_then(|()| look.see(&over, &mut trial));
            }
            sale.push(line);
        })?;
        result?;
        look.see(&sale, &mut trial)?;
        Ok(trial)
    })
}

struct Look<'a> {
    connection: &'a Connection,
    moment: &'a Moment,
    offer: &'a Offer,
    /// Its weekdays and hours, on whichever day.
    when: When,
    margin_bp: i64,
    tiers: Vec<String>,
    people: BTreeMap<CustomerId, Who>,
}

impl<'a> Look<'a> {
    fn new(connection: &'a Connection, moment: &'a Moment, offer: &'a Offer) -> Result<Self> {
        Ok(Self {
            connection,
            moment,
            offer,
            when: When { from_on: NaiveDate::MIN, until_on: None, ..offer.when.clone() },
            margin_bp: store::book::margin_minimum_bp(connection)?,
            tiers: tiers::tier_names(connection, moment)?,
            people: BTreeMap::new(),
        })
    }

    fn see(&mut self, sale: &[PastLine], trial: &mut OfferTrial) -> Result<()> {
        let Some(first) = sale.first() else { return Ok(()) };
        trial.seen += 1;
        let local = first.sold_at.utc().with_timezone(&self.moment.zone);
        // A log without hours puts its sales at noon or midnight; only the counter knows the minute.
        let minute = first.is_counter.then(|| u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0));
        if !self.when.holds(first.sold_on, minute) || !self.is_for(first.customer)? {
            return Ok(());
        }
        let lines: Vec<Line> = sale.iter().map(as_line).collect();
        let basket = Basket { lines: &lines, offers: &[self.offer], own: &[], margin_bp: self.margin_bp };
        let outcome = best(basket);
        if outcome.set_aside.iter().any(|aside| aside.why == SetAsideWhy::Margin) {
            trial.held_back += 1;
        }
        if outcome.total() > Money::ZERO {
            trial.sales += 1;
            trial.cost_minor = trial.cost_minor.checked_add(outcome.total()).unwrap_or(trial.cost_minor);
            trial.sold_minor = trial.sold_minor.checked_add(first.net).unwrap_or(trial.sold_minor);
        }
        Ok(())
    }

    fn is_for(&mut self, customer: Option<CustomerId>) -> Result<bool> {
        let Some(customer) = customer else { return Ok(self.offer.audience.includes(None)) };
        if matches!(self.offer.audience, Audience::Everybody | Audience::Customers) {
            return Ok(true);
        }
        if !self.people.contains_key(&customer) {
            let kept = store::customers::get(self.connection, customer)?.id;
            let (rank, class_key) = rows::rank_and_class(self.connection, kept)?;
            let tier = self.tiers.get(usize::try_from(rank).unwrap_or(0)).cloned().unwrap_or_default();
            let tags = store::customers::tags(self.connection, kept)?;
            self.people.insert(customer, Who { tier, class_key, tags });
        }
        Ok(self.offer.audience.includes(self.people.get(&customer)))
    }
}

fn as_line(past: &PastLine) -> Line {
    Line {
        product: past.product,
        category: past.category.clone(),
        quantity_thousandths: past.quantity_milli,
        unit_price: past.unit_price,
        amount: past.amount,
        cost: past.cost,
        is_agreed: false,
        is_by_hand: past.has_discount,
    }
}
