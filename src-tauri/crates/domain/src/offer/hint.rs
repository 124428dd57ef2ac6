//! What little more would bring: 再买 ¥38 可减 ¥20, 再拿 2 件享批量价. Every hint was tried: with it the offer gives so much
//! more.

use super::best::{Outcome, best};
use super::desk::{Basket, Line, Source, Why};
use super::model::{Break, Offer, Part, Rule, Scope, Step};
use crate::ids::ProductId;
use crate::money::Money;
use crate::sale::times;

/// So many are shown.
const MOST_HINTS: usize = 2;
/// So many lines are tried for one price break, those that lack least: a long sale is asked about at every key.
const MOST_TRIES: usize = 3;

/// What is missing for an offer, and what it would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// The offer at this place of the basket.
    pub offer: usize,
    /// What is missing.
    pub need: Need,
    /// So much more it would give.
    pub gain: Money,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Goods of the offer's scope for this amount at their full price.
    Spend(Money),
    /// More of this line, in thousandths.
    More {
        /// The line.
        line: usize,
        /// How many.
        thousandths: i64,
    },
    /// So many pieces of a product.
    Product {
        /// Which.
        product: ProductId,
        /// How many.
        pieces: i64,
    },
}

/// The hints of a sale, the one that gives most first. `price` knows what a product costs that is not in the sale yet.
pub fn hints(basket: Basket<'_>, outcome: &Outcome, price: &dyn Fn(ProductId) -> Option<Money>) -> Vec<Hint> {
    let mut found: Vec<Hint> = vec![];
    for (index, offer) in basket.offers.iter().enumerate() {
        let hint = match &offer.rule {
            Rule::Steps { steps, repeats } => more_spend(basket, outcome, index, offer, steps, *repeats),
            Rule::Breaks { breaks, is_mixed } => more_pieces(basket, outcome, index, offer, breaks, *is_mixed),
            Rule::Bundle { parts, .. } => missing_part(basket, outcome, index, parts, price),
        };
        found.extend(hint);
    }
    found.sort_by_key(|hint| (std::cmp::Reverse(hint.gain), hint.offer));
    found.truncate(MOST_HINTS);
    found
}

/// What the offer would give more with these lines; none where it would not, or where the customer would not gain.
fn gain(basket: Basket<'_>, outcome: &Outcome, index: usize, lines: &[Line]) -> Option<Money> {
    let source = Source::Offer(index);
    let of = |outcome: &Outcome| -> i64 {
        outcome.given.iter().filter(|given| given.source == source).map(|given| given.amount.minor()).sum()
    };
    let then = best(Basket { lines, ..basket });
    let more = of(&then) - of(outcome);
    (more > 0 && then.total() > outcome.total()).then(|| Money::from_minor(more))
}

fn more_spend(
    basket: Basket<'_>,
    outcome: &Outcome,
    index: usize,
    offer: &Offer,
    steps: &[Step],
    repeats: bool,
) -> Option<Hint> {
    // What steps of spend take off is no part of what they look at.
    let reduced = |at: usize| -> i64 {
        let goods = outcome.given.iter().filter(|given| !matches!(given.why, Why::Steps { .. }));
        goods.filter_map(|given| given.lines.get(at)).map(|off| off.minor()).sum()
    };
    let in_scope = |line: &&(usize, &Line)| {
        offer.scope.holds(line.1.product, line.1.category.as_deref()) && (!line.1.is_agreed || offer.with_terms)
    };
    let lines: Vec<(usize, &Line)> = basket.lines.iter().enumerate().collect();
    let basis: i64 = lines.iter().filter(in_scope).map(|(at, line)| line.amount.minor() - reduced(*at)).sum();
    let next = if repeats {
        let step = steps.first()?.from_minor.minor().max(1);
        (basis.max(0) / step + 1).checked_mul(step)?
    } else {
        steps.iter().map(|step| step.from_minor.minor()).find(|from| *from > basis)?
    };
    let missing = next - basis;
    // What is further away than what lies on the counter is no small step any more.
    if basis <= 0 || missing > basis {
        return None;
    }
    // The customer's own discount takes its part of what is added, too.
    let own = basket.own.iter().map(|own| i64::from(own.percent_bp)).max().unwrap_or(0).min(9_999);
    let with_own = (missing * 10_000 + (10_000 - own) - 1) / (10_000 - own);
    [missing, with_own].into_iter().find_map(|spend| {
        let mut lines = basket.lines.to_vec();
        lines.push(added(&offer.scope, Money::from_minor(spend)));
        let gain = gain(basket, outcome, index, &lines)?;
        Some(Hint { offer: index, need: Need::Spend(Money::from_minor(spend)), gain })
    })
}

/// Some goods of a scope.
fn added(scope: &Scope, amount: Money) -> Line {
    let (product, category) = match scope {
        Scope::Shop => (None, None),
        Scope::Category { category } => (None, Some(category.clone())),
        Scope::Products { products } => (products.first().copied(), None),
    };
    Line {
        product,
        category,
        quantity_thousandths: 1000,
        unit_price: amount,
        amount,
        cost: None,
        is_agreed: false,
        is_by_hand: false,
    }
}

fn more_pieces(
    basket: Basket<'_>,
    outcome: &Outcome,
    index: usize,
    offer: &Offer,
    breaks: &[Break],
    is_mixed: bool,
) -> Option<Hint> {
    let fits = |line: &Line| {
        offer.scope.holds(line.product, line.category.as_deref())
            && line.quantity_thousandths > 0
            && !line.is_by_hand
            && (!line.is_agreed || offer.with_terms)
    };
    let mut near: Vec<(i64, usize)> = vec![];
    for (at, line) in basket.lines.iter().enumerate().filter(|(_, line)| fits(line)) {
        let is_same =
            |other: &&Line| fits(other) && (is_mixed || (other.product == line.product && line.product.is_some()));
        let count: i64 = basket.lines.iter().filter(is_same).map(|line| line.quantity_thousandths).sum();
        let Some(next) = breaks.iter().find(|each| each.from_thousandths > count) else { continue };
        let missing = next.from_thousandths - count;
        if missing <= count {
            near.push((missing, at));
        }
    }
    near.sort_unstable();
    let mut found: Option<Hint> = None;
    for (missing, at) in near.into_iter().take(MOST_TRIES) {
        let lines = with_more(basket.lines, at, missing);
        if let Some(gain) = gain(basket, outcome, index, &lines)
            && found.is_none_or(|found| gain > found.gain)
        {
            found = Some(Hint { offer: index, need: Need::More { line: at, thousandths: missing }, gain });
        }
    }
    found
}

fn with_more(lines: &[Line], at: usize, thousandths: i64) -> Vec<Line> {
    let mut lines = lines.to_vec();
    if let Some(line) = lines.get_mut(at) {
        line.quantity_thousandths += thousandths;
        let more = times(thousandths, line.unit_price).unwrap_or(Money::ZERO);
        line.amount = line.amount.checked_add(more).unwrap_or(line.amount);
    }
    lines
}

fn missing_part(
    basket: Basket<'_>,
    outcome: &Outcome,
    index: usize,
    parts: &[Part],
    price: &dyn Fn(ProductId) -> Option<Money>,
) -> Option<Hint> {
    let pieces = |product: ProductId| -> i64 {
        let lines = basket.lines.iter().filter(|line| line.product == Some(product) && line.quantity_thousandths > 0);
        lines.map(|line| line.quantity_thousandths / 1000).sum()
    };
    let sets = parts.iter().map(|part| pieces(part.product) / i64::from(part.pieces.max(1))).min()?;
    let short: Vec<(ProductId, i64)> = parts
        .iter()
        .map(|part| (part.product, (sets + 1) * i64::from(part.pieces) - pieces(part.product)))
        .filter(|(_, missing)| *missing > 0)
        .collect();
    // One thing is missing and the rest lies there.
    let [(product, missing)] = short.as_slice() else { return None };
    if parts.len() == 1 && pieces(*product) < *missing {
        return None;
    }
    let known = basket.lines.iter().find(|line| line.product == Some(*product) && !line.is_by_hand);
    let (unit_price, category) = match known {
        Some(line) => (line.unit_price, line.category.clone()),
        None => (price(*product)?, None),
    };
    let mut lines = basket.lines.to_vec();
    lines.push(Line {
        product: Some(*product),
        category,
        quantity_thousandths: missing * 1000,
        unit_price,
        amount: times(missing * 1000, unit_price)?,
        cost: None,
        is_agreed: false,
        is_by_hand: false,
    });
    let gain = gain(basket, outcome, index, &lines)?;
    Some(Hint { offer: index, need: Need::Product { product: *product, pieces: *missing }, gain })
}
