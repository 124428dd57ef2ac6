//! Which of the offers that could be given are given.

use super::desk::{Basket, Chosen, Given, OwnKind, Source, Taken, is_too_cheap, work_out};
use crate::money::Money;

/// Up to so many offers every combination is looked at; above it they are added one by one, the best first.
const ALL_COMBINATIONS: usize = 8;

/// What a sale gets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What is given, in the order in which it was worked out.
    pub given: Vec<Given>,
    /// What is taken off each line.
    pub off: Vec<Money>,
    /// What would have given something by itself and is not given.
    pub set_aside: Vec<SetAside>,
}

/// An offer that fits and is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetAside {
    /// Which.
    pub source: Source,
    /// What it would have given by itself.
    pub alone: Money,
    /// Why not.
    pub why: SetAsideWhy,
}

/// Why something that fits is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAsideWhy {
    /// What is given is worth more, and the two do not go together.
    Less,
    /// The sale would fall below the minimum margin.
    Margin,
}

impl Outcome {
    /// Everything that is taken off.
    pub fn total(&self) -> Money {
        super::desk::sum(&self.off)
    }
}

/// The combination that leaves the customer with the least to pay. Of equals the one with fewer offers, then the one whose
/// offers were made first: the same sale always gets the same.
pub fn best(basket: Basket<'_>) -> Outcome {
    let alone: Vec<(Source, i64, bool)> = sources(basket)
        .into_iter()
        .filter_map(|source| {
            let taken = work_out(basket, &with(&Chosen::default(), source))?;
            (taken.total() > 0).then(|| (source, taken.total(), is_too_cheap(basket, &taken)))
        })
        .collect();
    // What is too cheap by itself is too cheap beside others.
    let open: Vec<Source> = alone.iter().filter(|(_, _, too_cheap)| !too_cheap).map(|(source, ..)| *source).collect();
    let found = if open.iter().filter(|source| matches!(source, Source::Offer(_))).count() <= ALL_COMBINATIONS {
        all_combinations(basket, &open)
    } else {
        one_by_one(basket, &open)
    };
    let off = if found.off.is_empty() { vec![Money::ZERO; basket.lines.len()] } else { found.off };
    let set_aside = alone.into_iter().filter(|(source, ..)| !found.given.iter().any(|given| given.source == *source));
    Outcome {
        set_aside: set_aside
            .map(|(source, alone, too_cheap)| SetAside {
                source,
                alone: Money::from_minor(alone),
                why: if too_cheap { SetAsideWhy::Margin } else { SetAsideWhy::Less },
            })
            .collect(),
        given: found.given,
        off,
    }
}

fn sources(basket: Basket<'_>) -> Vec<Source> {
    (0..basket.offers.len()).map(Source::Offer).chain((0..basket.own.len()).map(Source::Own)).collect()
}

fn with(chosen: &Chosen, source: Source) -> Chosen {
    let mut more = chosen.clone();
    match source {
        Source::Offer(index) => {
            more.offers.push(index);
            more.offers.sort_unstable();
        }
        Source::Own(index) => more.own = Some(index),
    }
    more
}

/// Whether these may stand beside each other.
fn go_together(basket: Basket<'_>, chosen: &Chosen) -> bool {
    let offers = || chosen.offers.iter().filter_map(|index| basket.offers.get(*index));
    let number = chosen.offers.len() + usize::from(chosen.own.is_some());
    let own = chosen.own.and_then(|own| basket.own.get(own));
    (number <= 1 || offers().all(|offer| offer.with_others))
        && (own.is_none_or(|own| own.kind != OwnKind::Term) || offers().all(|offer| offer.with_terms))
}

/// What a combination gives where it may be given.
fn allowed(basket: Basket<'_>, chosen: &Chosen) -> Option<Taken> {
    if !go_together(basket, chosen) {
        return None;
    }
    work_out(basket, chosen).filter(|taken| !is_too_cheap(basket, taken))
}

fn all_combinations(basket: Basket<'_>, open: &[Source]) -> Taken {
    let offers: Vec<usize> =
        open.iter().filter_map(|source| if let Source::Offer(index) = source { Some(*index) } else { None }).collect();
    let own: Vec<Option<usize>> = std::iter::once(None)
        .chain(open.iter().filter_map(|source| if let Source::Own(index) = source { Some(Some(*index)) } else { None }))
        .collect();
    let mut masks: Vec<u32> = (0..1_u32 << offers.len()).collect();
    masks.sort_by_key(|mask| (mask.count_ones(), *mask));
    let mut found = Taken::default();
    for mask in masks {
        for own in &own {
            let chosen = Chosen {
                offers: offers.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0).map(|(_, i)| *i).collect(),
                own: *own,
            };
            if let Some(taken) = allowed(basket, &chosen)
                && taken.total() > found.total()
            {
                found = taken;
            }
        }
    }
    found
}

fn one_by_one(basket: Basket<'_>, open: &[Source]) -> Taken {
    let (mut chosen, mut found) = (Chosen::default(), Taken::default());
    loop {
        let mut better: Option<(Chosen, Taken)> = None;
        for source in open {
            let is_in = match source {
                Source::Offer(index) => chosen.offers.contains(index),
                Source::Own(index) => chosen.own == Some(*index),
            };
            // A sale for one offer alone is tried again from nothing.
            for start in [&chosen, &Chosen::default()] {
                let tried = with(start, *source);
                if is_in {
                    continue;
                }
                if let Some(taken) = allowed(basket, &tried)
                    && taken.total() > better.as_ref().map_or(found.total(), |(_, taken)| taken.total())
                {
                    better = Some((tried, taken));
                }
            }
        }
        let Some((next, taken)) = better else { return found };
        (chosen, found) = (next, taken);
    }
}
