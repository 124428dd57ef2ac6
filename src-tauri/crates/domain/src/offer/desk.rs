//! One combination of offers over the lines of one sale.
//!
//! Order: bundles take whole pieces, price breaks take what is left of the lines, the customer's own discount takes what
//! neither of them took; so that one piece is reduced once. Then steps of spend look at what the lines come to, the
//! narrower one first, and every line counts for one of them.

use super::model::{Break, Less, Offer, Part, Rule, Step};
use super::share::share_out;
use crate::ids::ProductId;
use crate::money::Money;
use crate::sale::discount::{PricedLine, is_below_margin};
use crate::sale::times;
use std::collections::BTreeMap;

/// A line of a sale as offers see it; a sale of one amount is one line without product and category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The product.
    pub product: Option<ProductId>,
    /// Its category.
    pub category: Option<String>,
    /// Quantity in thousandths; goods taken back are below nothing.
    pub quantity_thousandths: i64,
    /// Price of one.
    pub unit_price: Money,
    /// The line's amount after its own discount.
    pub amount: Money,
    /// What the goods cost the shop, where known.
    pub cost: Option<Money>,
    /// The price is the one agreed with the customer.
    pub is_agreed: bool,
    /// Somebody at the counter has reduced it by hand: it counts towards steps of spend and is not reduced again.
    pub is_by_hand: bool,
}

/// What a customer is owed without an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// By the tier or by special terms.
    pub kind: OwnKind,
    /// Basis points off.
    pub percent_bp: u32,
}

/// Where a customer's own discount comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnKind {
    /// The tier of the ladder.
    Tier,
    /// Special terms.
    Term,
}

/// A sale, the offers that hold for it, and what is owed to the customer.
#[derive(Debug, Clone, Copy)]
pub struct Basket<'a> {
    /// The lines.
    pub lines: &'a [Line],
    /// Offers whose day, hour and audience fit, in the order in which they were made.
    pub offers: &'a [&'a Offer],
    /// The customer's own discounts; at most one of them is given.
    pub own: &'a [Own],
    /// Below this margin no offer takes a sale by itself, in basis points of what is paid.
    pub margin_bp: i64,
}

/// Who takes something off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The offer at this place of the basket.
    Offer(usize),
    /// The customer's own discount at this place.
    Own(usize),
}

/// Why so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// A step of spend, so many times.
    Steps {
        /// The step.
        step: Step,
        /// How often.
        times: i64,
    },
    /// So many sets.
    Bundle {
        /// What a set is less.
        less: Less,
        /// How many.
        sets: i64,
    },
    /// A break that a quantity reached.
    Breaks {
        /// The break.
        reached: Break,
        /// What was counted, in thousandths.
        quantity_thousandths: i64,
    },
    /// The customer's own discount.
    Own {
        /// Basis points.
        percent_bp: u32,
    },
}

/// What one source takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub source: Source,
    /// All together, above nothing.
    pub amount: Money,
    /// By line; adds up to the amount.
    pub lines: Vec<Money>,
    /// Why so much.
    pub why: Why,
}

/// Which offers are looked at together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chosen {
    pub offers: Vec<usize>,
    pub own: Option<usize>,
}

/// What a combination takes off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Taken {
    pub given: Vec<Given>,
    pub off: Vec<Money>,
}

impl Taken {
    pub(super) fn total(&self) -> i64 {
        self.off.iter().map(|off| off.minor()).sum()
    }
}

impl Line {
    /// Whether a piece of it may be reduced by `offer`.
    fn is_open_to(&self, offer: &Offer) -> bool {
        self.is_sold() && !self.is_by_hand && (!self.is_agreed || offer.with_terms)
    }

    fn is_open_to_own(&self) -> bool {
        self.is_sold() && !self.is_by_hand && !self.is_agreed
    }

    fn is_sold(&self) -> bool {
        self.quantity_thousandths > 0 && self.amount > Money::ZERO
    }

    fn counts_for(&self, offer: &Offer) -> bool {
        offer.scope.holds(self.product, self.category.as_deref()) && (!self.is_agreed || offer.with_terms)
    }
}

/// What is still open while a combination is worked out.
struct Desk<'a> {
    basket: Basket<'a>,
    own: Option<Own>,
    /// Thousandths of each line that no bundle and no break has taken.
    free: Vec<i64>,
    /// What that part of the line comes to.
    worth: Vec<Money>,
    off: Vec<Money>,
    given: Vec<Given>,
}

/// Works a combination out; none where it would take off more than the sale comes to.
pub(super) fn work_out(basket: Basket<'_>, chosen: &Chosen) -> Option<Taken> {
    let mut desk = Desk {
        basket,
        own: chosen.own.and_then(|own| basket.own.get(own)).copied(),
        free: basket.lines.iter().map(|line| line.quantity_thousandths.max(0)).collect(),
        worth: basket.lines.iter().map(|line| line.amount).collect(),
        off: vec![Money::ZERO; basket.lines.len()],
        given: vec![],
    };
    let offers: Vec<(usize, &Offer)> =
        chosen.offers.iter().filter_map(|index| Some((*index, *basket.offers.get(*index)?))).collect();
    for (index, offer) in &offers {
        if let Rule::Bundle { parts, less } = &offer.rule {
            desk.bundle(*index, offer, parts, *less);
        }
    }
    for (index, offer) in &offers {
        if let Rule::Breaks { breaks, is_mixed } = &offer.rule {
            desk.breaks(*index, offer, breaks, *is_mixed);
        }
    }
    if let Some(index) = chosen.own {
        desk.own(index);
    }
    let mut steps: Vec<_> = offers.iter().filter(|(_, offer)| matches!(offer.rule, Rule::Steps { .. })).collect();
    steps.sort_by_key(|(index, offer)| (offer.scope.width(), *index));
    let mut is_counted = vec![false; basket.lines.len()];
    for (index, offer) in steps {
        if let Rule::Steps { steps, repeats } = &offer.rule {
            desk.steps(*index, offer, steps, *repeats, &mut is_counted);
        }
    }
    let gross: i64 = basket.lines.iter().map(|line| line.amount.minor()).sum();
    let taken = Taken { given: desk.given, off: desk.off };
    (taken.total() <= gross.max(0)).then_some(taken)
}

/// Whether a combination leaves less than the shop's minimum margin.
pub(super) fn is_too_cheap(basket: Basket<'_>, taken: &Taken) -> bool {
    let lines: Vec<PricedLine> = basket
        .lines
        .iter()
        .zip(&taken.off)
        .map(|(line, off)| PricedLine {
            list: line.amount,
            amount: less(line.amount, *off),
            cost: line.cost,
            // An agreed price that an offer lowers further has not been approved at that height.
            is_agreed: line.is_agreed && *off == Money::ZERO,
        })
        .collect();
    is_below_margin(&lines, Money::ZERO, basket.margin_bp)
}

impl Desk<'_> {
    fn bundle(&mut self, index: usize, offer: &Offer, parts: &[Part], less_by: Less) {
        let mut sets = i64::MAX;
        for part in parts {
            let pieces: i64 = self.pieces_of(offer, part.product).into_iter().map(|(_, pieces)| pieces).sum();
            sets = sets.min(pieces / i64::from(part.pieces.max(1)));
        }
        if sets <= 0 || parts.is_empty() {
            return;
        }
        let mut taken = vec![0_i64; self.free.len()];
        for part in parts {
            let mut wanted = sets * i64::from(part.pieces);
            for (at, pieces) in self.pieces_of(offer, part.product) {
                let take = pieces.min(wanted);
                wanted -= take;
                if let Some(slot) = taken.get_mut(at) {
                    *slot = take;
                }
            }
        }
        let weights: Vec<Money> =
            self.basket.lines.iter().zip(&taken).map(|(line, pieces)| price_times(line.unit_price, *pieces)).collect();
        let value = sum(&weights);
        let off = match less_by {
            Less::Percent { percent_bp } => percent_of(value, percent_bp),
            Less::Price { price_minor } => less(value, price_times(price_minor, sets)),
        };
        if off <= Money::ZERO {
            return;
        }
        for (at, pieces) in taken.iter().enumerate().filter(|(_, pieces)| **pieces > 0) {
            self.take(at, *pieces * 1000, weights.get(at).copied().unwrap_or(Money::ZERO));
        }
        let why = Why::Bundle { less: less_by, sets };
        self.give(Source::Offer(index), share_out(off, &weights), why);
    }

    /// Whole pieces of a product that are still open, line by line.
    fn pieces_of(&self, offer: &Offer, product: ProductId) -> Vec<(usize, i64)> {
        let lines = self.basket.lines.iter().zip(&self.free).enumerate();
        lines
            .filter(|(_, (line, _))| line.product == Some(product) && line.is_open_to(offer))
            .map(|(at, (_, free))| (at, free / 1000))
            .collect()
    }

    fn breaks(&mut self, index: usize, offer: &Offer, breaks: &[Break], is_mixed: bool) {
        let mut groups: BTreeMap<Option<ProductId>, Vec<usize>> = BTreeMap::new();
        for (at, (line, free)) in self.basket.lines.iter().zip(&self.free).enumerate() {
            let is_in = offer.scope.holds(line.product, line.category.as_deref()) && line.is_open_to(offer);
            if is_in && *free > 0 {
                // Lines in words are not known to be the same thing; each of them counts only where all count together,
                // or from the first piece on.
                groups.entry(line.product.filter(|_| !is_mixed)).or_default().push(at);
            }
        }
        for (product, lines) in groups {
            let count: i64 = lines.iter().filter_map(|at| self.free.get(*at)).sum();
            let counts_together = is_mixed || product.is_some();
            let fits =
                |each: &&Break| each.from_thousandths <= count && (counts_together || each.from_thousandths <= 1000);
            let Some(reached) = breaks.iter().rev().find(fits) else { continue };
            let off = self.break_off(&lines, reached.less);
            if sum(&off) <= Money::ZERO {
                continue;
            }
            for at in lines.iter().filter(|at| off.get(**at).is_some_and(|off| *off > Money::ZERO)) {
                let (free, worth) = (self.free.get(*at).copied(), self.worth.get(*at).copied());
                self.take(*at, free.unwrap_or(0), worth.unwrap_or(Money::ZERO));
            }
            self.give(Source::Offer(index), off, Why::Breaks { reached: *reached, quantity_thousandths: count });
        }
    }

    /// What a break takes off each line. A line for which the customer's own discount is better is left to that.
    fn break_off(&self, lines: &[usize], less_by: Less) -> Vec<Money> {
        let mut weights = vec![Money::ZERO; self.free.len()];
        for at in lines {
            let (Some(line), Some(free), Some(worth), Some(weight)) =
                (self.basket.lines.get(*at), self.free.get(*at), self.worth.get(*at), weights.get_mut(*at))
            else {
                continue;
            };
            let own = self.own.filter(|_| line.is_open_to_own()).map_or(0, |own| own.percent_bp);
            *weight = match less_by {
                Less::Percent { percent_bp } if percent_bp >= own => *worth,
                Less::Percent { .. } => Money::ZERO,
                Less::Price { price_minor } => {
                    let off = less(*worth, times(*free, price_minor).unwrap_or(*worth)).max(Money::ZERO);
                    if off >= percent_of(*worth, own) { off } else { Money::ZERO }
                }
            };
        }
        match less_by {
            Less::Percent { percent_bp } => share_out(percent_of(sum(&weights), percent_bp), &weights),
            Less::Price { .. } => weights,
        }
    }

    fn own(&mut self, index: usize) {
        let Some(own) = self.own else { return };
        let weights: Vec<Money> = self
            .basket
            .lines
            .iter()
            .zip(self.free.iter().zip(&self.worth))
            .map(|(line, (free, worth))| if line.is_open_to_own() && *free > 0 { *worth } else { Money::ZERO })
            .collect();
        let off = share_out(percent_of(sum(&weights), own.percent_bp), &weights);
        self.give(Source::Own(index), off, Why::Own { percent_bp: own.percent_bp });
    }

    fn steps(&mut self, index: usize, offer: &Offer, steps: &[Step], repeats: bool, is_counted: &mut [bool]) {
        let mut weights = vec![Money::ZERO; self.off.len()];
        let mut basis = 0_i64;
        for (at, line) in self.basket.lines.iter().enumerate() {
            if is_counted.get(at).copied().unwrap_or(true) || !line.counts_for(offer) {
                continue;
            }
            let left = less(line.amount, self.off.get(at).copied().unwrap_or(Money::ZERO));
            basis += left.minor();
            if let Some(weight) = weights.get_mut(at) {
                *weight = left.max(Money::ZERO);
            }
        }
        let Some(step) = steps.iter().rev().find(|step| step.from_minor.minor() <= basis) else { return };
        let times = if repeats { basis / step.from_minor.minor().max(1) } else { 1 };
        let off = price_times(step.off_minor, times).min(sum(&weights));
        for (counted, weight) in is_counted.iter_mut().zip(&weights) {
            *counted |= *weight > Money::ZERO;
        }
        self.give(Source::Offer(index), share_out(off, &weights), Why::Steps { step: *step, times });
    }

    fn take(&mut self, at: usize, thousandths: i64, worth: Money) {
        if let Some(free) = self.free.get_mut(at) {
            *free -= thousandths;
        }
        if let Some(left) = self.worth.get_mut(at) {
            *left = less(*left, worth);
        }
    }

    fn give(&mut self, source: Source, lines: Vec<Money>, why: Why) {
        let amount = sum(&lines);
        if amount <= Money::ZERO {
            return;
        }
        for (off, more) in self.off.iter_mut().zip(&lines) {
            *off = Money::from_minor(off.minor() + more.minor());
        }
        self.given.push(Given { source, amount, lines, why });
    }
}

pub(super) fn sum(amounts: &[Money]) -> Money {
    Money::checked_sum(amounts.iter().copied()).unwrap_or(Money::ZERO)
}

fn less(amount: Money, off: Money) -> Money {
    amount.checked_sub(off).unwrap_or(amount)
}

fn price_times(price: Money, pieces: i64) -> Money {
    times(pieces.saturating_mul(1000), price).unwrap_or(Money::ZERO)
}

/// A share, rounded half up once.
fn percent_of(amount: Money, percent_bp: u32) -> Money {
    Money::round_half_up(i128::from(amount.minor()) * i128::from(percent_bp), 10_000).unwrap_or(Money::ZERO)
}
