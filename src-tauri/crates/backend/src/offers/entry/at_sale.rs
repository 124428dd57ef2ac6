//! What a sale gets: the offers that hold at its moment for its customer, the discount of the tier, special terms. The
//! quote and the sale itself ask the same way.

use super::words;
use crate::api::offers::entry::{OfferAside, OfferHint, OfferTaken};
use crate::app::Moment;
use crate::error::Result;
use crate::ladder;
use crate::messages::say;
use crate::store;
use crate::store::offers::entry::{self as rows, SaleOffer, StoredOffer};
use crate::wording;
use chrono::{NaiveDate, Timelike};
use rusqlite::{Connection, Transaction};
use shukebu_domain::ids::{CustomerId, OfferId, ProductId, SaleId};
use shukebu_domain::money::Money;
use shukebu_domain::offer::{
    Audience, Basket, Given, Hint, Line, Need, Offer, Outcome, Own, OwnKind, Rule, SetAsideWhy, Source, Who, best,
    hints,
};
use shukebu_domain::quantity::quantity_text;

/// A sale as it is asked about.
pub(crate) struct Question<'a> {
    pub customer: Option<CustomerId>,
    pub on: NaiveDate,
    pub lines: &'a [Line],
    /// What the lines say, for the hints.
    pub names: &'a [String],
    /// What somebody at the counter left out, by key.
    pub declined: &'a [String],
    pub has_coupons: bool,
    pub margin_bp: i64,
    /// The till wants to know what little more would bring; a sale that is stored does not.
    pub wants_hints: bool,
}

/// What a sale gets.
#[derive(Default)]
pub(crate) struct Applied {
    gifts: Vec<Gift>,
    /// What is taken off each line.
    pub off: Vec<Money>,
    pub aside: Vec<OfferAside>,
    pub hints: Vec<OfferHint>,
}

struct Gift {
    source: &'static str,
    offer: Option<OfferId>,
    name: String,
    given: Given,
}

/// What could be given, beside the names that the domain does not need.
struct Table {
    offers: Vec<StoredOffer>,
    own: Vec<(Own, String)>,
}

impl Table {
    fn face(&self, source: Source) -> (&'static str, Option<OfferId>, String) {
        match source {
            Source::Offer(index) => match self.offers.get(index) {
                Some(stored) => ("offer", Some(stored.id), stored.name.clone()),
                None => ("offer", None, String::new()),
            },
            Source::Own(index) => match self.own.get(index) {
                Some((own, name)) => (source_of(own.kind), None, name.clone()),
                None => ("tier", None, String::new()),
            },
        }
    }

    fn key(&self, source: Source) -> String {
        let (word, offer, _) = self.face(source);
        words::key(word, offer)
    }

    fn keep(&mut self, mut is_kept: impl FnMut(&str, Option<&Offer>) -> bool) {
        self.offers.retain(|stored| is_kept(&words::key("offer", Some(stored.id)), Some(&stored.offer)));
        self.own.retain(|(own, _)| is_kept(source_of(own.kind), None));
    }

    fn best(&self, question: &Question) -> Outcome {
        self.with(question, best)
    }

    fn with<T>(&self, question: &Question, look: impl FnOnce(Basket) -> T) -> T {
        let offers: Vec<&Offer> = self.offers.iter().map(|stored| &stored.offer).collect();
        let own: Vec<Own> = self.own.iter().map(|(own, _)| *own).collect();
        look(Basket { lines: question.lines, offers: &offers, own: &own, margin_bp: question.margin_bp })
    }
}

fn source_of(kind: OwnKind) -> &'static str {
    match kind {
        OwnKind::Tier => "tier",
        OwnKind::Term => "term",
    }
}

/// Works out what a sale gets.
pub(crate) fn apply(connection: &Connection, moment: &Moment, question: &Question) -> Result<Applied> {
    let all = load(connection, moment, question)?;
    let mut table = Table { offers: all.offers, own: all.own };
    let mut left_out = vec![];
    // What is left out is worked out by itself, so that the till can say what it would give.
    let is_declined = |key: &str| question.declined.iter().any(|declined| declined == key);
    let is_against_coupons =
        |offer: Option<&Offer>| question.has_coupons && offer.is_some_and(|offer| !offer.with_coupons);
    let mut out = vec![];
    table.keep(|key, offer| {
        let why = if is_declined(key) {
            "declined"
        } else if is_against_coupons(offer) {
            "coupon"
        } else {
            return true;
        };
        out.push((key.to_owned(), why));
        false
    });
    if !out.is_empty() {
        let again = load(connection, moment, question)?;
        for (key, why) in out {
            let mut alone = Table { offers: again.offers.clone(), own: again.own.clone() };
            alone.keep(|other, _| other == key);
            let total = alone.best(question).total();
            let name = alone.offers.first().map(|stored| stored.name.clone());
            let name = name.or_else(|| alone.own.first().map(|(_, name)| name.clone())).unwrap_or_default();
            if total > Money::ZERO {
                left_out.push(aside(moment, key, name, why, total));
            }
        }
    }
    let outcome = table.best(question);
    let hints = if question.wants_hints { hints_of(connection, moment, question, &table, &outcome)? } else { vec![] };
    for each in &outcome.set_aside {
        let why = match each.why {
            SetAsideWhy::Less => "less",
            SetAsideWhy::Margin => "margin",
        };
        let (_, _, name) = table.face(each.source);
        left_out.push(aside(moment, table.key(each.source), name, why, each.alone));
    }
    let gifts = outcome.given.into_iter().map(|given| {
        let (source, offer, name) = table.face(given.source);
        Gift { source, offer, name, given }
    });
    Ok(Applied { gifts: gifts.collect(), off: outcome.off, aside: left_out, hints })
}

fn aside(moment: &Moment, key: String, name: String, why: &str, alone_minor: Money) -> OfferAside {
    let said = say(moment.language, &format!("offer.aside_{why}"), &[]);
    OfferAside { key, name, why: said, alone_minor, is_declined: why == "declined" }
}

struct Loaded {
    offers: Vec<StoredOffer>,
    own: Vec<(Own, String)>,
}

/// The offers that hold for this sale, and what its customer is owed.
fn load(connection: &Connection, moment: &Moment, question: &Question) -> Result<Loaded> {
    let minute = (question.on == moment.today).then(|| {
        let local = moment.now.utc().with_timezone(&moment.zone);
        u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
    });
    let mut offers = rows::open(connection)?;
    offers.retain(|stored| stored.offer.when.holds(question.on, minute));
    let tier = match question.customer {
        Some(customer) => Some(ladder::benefits::discount_on(connection, moment, customer, question.on)?),
        None => None,
    };
    let asks_who =
        offers.iter().any(|stored| !matches!(stored.offer.audience, Audience::Everybody | Audience::Customers));
    let who = match (question.customer, &tier) {
        (Some(customer), Some((tier, _))) if asks_who => Some(Who {
            tier: tier.clone(),
            class_key: rows::rank_and_class(connection, customer)?.1,
            tags: store::customers::tags(connection, customer)?,
        }),
        (Some(_), _) => Some(Who::default()),
        (None, _) => None,
    };
    offers.retain(|stored| stored.offer.audience.includes(who.as_ref()));
    let mut own = vec![];
    if let Some((tier, percent_bp)) = tier.filter(|(_, percent_bp)| *percent_bp > 0) {
        own.push((Own { kind: OwnKind::Tier, percent_bp }, tier));
    }
    if let Some(customer) = question.customer
        && let Some((text, percent_bp)) = rows::agreed_discount(connection, customer, question.on)?
    {
        own.push((Own { kind: OwnKind::Term, percent_bp }, text));
    }
    Ok(Loaded { offers, own })
}

/// What one product costs one customer by quantity: price breaks and the customer's own discount, without what depends on
/// the rest of a sale or on the hour.
pub(crate) struct Prices {
    table: Table,
}

impl Prices {
    pub(crate) fn load(connection: &Connection, moment: &Moment, customer: Option<CustomerId>) -> Result<Self> {
        let question = Question {
            customer,
            on: moment.today,
            lines: &[],
            names: &[],
            declined: &[],
            has_coupons: false,
            margin_bp: 0,
            wants_hints: false,
        };
        let Loaded { mut offers, own } = load(connection, moment, &question)?;
        offers.retain(|stored| {
            let when = &stored.offer.when;
            matches!(stored.offer.rule, Rule::Breaks { .. }) && when.hours.is_none() && when.weekdays.is_empty()
        });
        Ok(Self { table: Table { offers, own } })
    }

    /// The quantities from which on a product costs less, in thousandths.
    pub(crate) fn quantities(&self, product: ProductId, category: Option<&str>) -> Vec<i64> {
        let fits = self.table.offers.iter().filter(|stored| stored.offer.scope.holds(Some(product), category));
        fits.flat_map(|stored| match &stored.offer.rule {
            Rule::Breaks { breaks, .. } => breaks.iter().map(|each| each.from_thousandths).collect(),
            Rule::Steps { .. } | Rule::Bundle { .. } => vec![],
        })
        .collect()
    }

    /// What a line alone in a sale would come to.
    pub(crate) fn net(&self, line: Line, margin_bp: i64) -> Money {
        let (amount, lines) = (line.amount, [line]);
        let question = Question {
            customer: None,
            on: NaiveDate::MIN,
            lines: &lines,
            names: &[],
            declined: &[],
            has_coupons: false,
            margin_bp,
            wants_hints: false,
        };
        let off = self.table.best(&question).total();
        amount.checked_sub(off).unwrap_or(amount)
    }
}

fn hints_of(
    connection: &Connection,
    moment: &Moment,
    question: &Question,
    table: &Table,
    outcome: &Outcome,
) -> Result<Vec<OfferHint>> {
    let price = |product| store::products::get(connection, product).ok().and_then(|(row, _)| row.price_minor);
    let found = table.with(question, |basket| hints(basket, outcome, &price));
    found.into_iter().map(|hint| hint_view(connection, moment, question, table, hint)).collect()
}

fn hint_view(
    connection: &Connection,
    moment: &Moment,
    question: &Question,
    table: &Table,
    hint: Hint,
) -> Result<OfferHint> {
    use shukebu_domain::offer::Scope;
    let l = moment.language;
    let source = Source::Offer(hint.offer);
    let (_, _, name) = table.face(source);
    let gain = wording::amount(moment, hint.gain);
    let text = match hint.need {
        Need::Spend(spend) => {
            let need = wording::amount(moment, spend);
            match table.offers.get(hint.offer).map(|stored| &stored.offer.scope) {
                Some(Scope::Category { category }) => {
                    say(l, "offer.hint_category", &[("need", &need), ("what", category), ("gain", &gain)])
                }
                Some(Scope::Products { .. }) => {
                    say(l, "offer.hint_products", &[("need", &need), ("what", &name), ("gain", &gain)])
                }
                Some(Scope::Shop) | None => say(l, "offer.hint_spend", &[("need", &need), ("gain", &gain)]),
            }
        }
        Need::More { line, thousandths } => {
            let what = question.names.get(line).cloned().unwrap_or_default();
            say(l, "offer.hint_more", &[("n", &quantity_text(thousandths)), ("what", &what), ("gain", &gain)])
        }
        Need::Product { product, pieces } => {
            let what = store::products::get(connection, product)?.0.name;
            say(l, "offer.hint_product", &[("n", &pieces), ("what", &what), ("gain", &gain)])
        }
    };
    Ok(OfferHint { key: table.key(source), text, gain_minor: hint.gain })
}

impl Applied {
    /// Whether anything is given.
    pub(crate) fn has_gifts(&self) -> bool {
        !self.gifts.is_empty()
    }

    /// Everything that is taken off.
    pub(crate) fn total(&self) -> Money {
        Money::checked_sum(self.off.iter().copied()).unwrap_or(Money::ZERO)
    }

    /// What is taken off, as it is shown.
    pub(crate) fn taken(&self, moment: &Moment) -> Vec<OfferTaken> {
        let shown = |gift: &Gift| OfferTaken {
            key: words::key(gift.source, gift.offer),
            name: gift.name.clone(),
            why: words::why(moment, &gift.given.why),
            amount_minor: gift.given.amount,
        };
        self.gifts.iter().map(shown).collect()
    }

    /// Writes down what a sale got; `lines` are the rows of its lines, none for a sale of one amount.
    pub(crate) fn store(&self, tx: &Transaction, sale: SaleId, lines: &[i64]) -> Result<()> {
        for gift in &self.gifts {
            rows::insert_of_sale(
                tx,
                sale,
                &SaleOffer {
                    source: gift.source,
                    offer: gift.offer,
                    name: &gift.name,
                    why: &gift.given.why,
                    amount: gift.given.amount,
                    lines: lines.iter().copied().zip(gift.given.lines.iter().copied()).collect(),
                },
            )?;
        }
        Ok(())
    }
}
