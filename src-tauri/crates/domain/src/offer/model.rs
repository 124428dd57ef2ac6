//! What an offer is, and which offers cannot be made.

use super::when::{Audience, When};
use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::ids::ProductId;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The most steps or breaks of one offer.
pub const MOST_BREAKS: usize = 10;
/// The most products of one bundle, and of one scope.
pub const MOST_PARTS: usize = 50;

/// One offer: a rule, over which goods, when, for whom, and beside what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Offer {
    /// What it gives.
    pub rule: Rule,
    /// Over which goods; a bundle names its own.
    #[serde(default)]
    pub scope: Scope,
    /// When it holds.
    pub when: When,
    /// For whom.
    pub audience: Audience,
    /// Also on prices that were agreed with the customer, and beside the discount of special terms.
    #[serde(default)]
    pub with_terms: bool,
    /// Also where a coupon is used.
    #[serde(default = "yes")]
    pub with_coupons: bool,
    /// Also beside other offers and the discount of the tier.
    #[serde(default = "yes")]
    pub with_others: bool,
}

fn yes() -> bool {
    true
}

/// What an offer gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferRule"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// 满减: from so much on, so much less.
    Steps {
        /// Rising.
        steps: Vec<Step>,
        /// 每满: the one step counts as often as the spend holds it.
        #[serde(default)]
        repeats: bool,
    },
    /// 组合: these together for less, as many sets as there are.
    Bundle {
        /// What one set is made of.
        parts: Vec<Part>,
        /// A price for the set, or a share off.
        less: Less,
    },
    /// 批量价: from so many on, a price for one or a share off; from one on it is a plain discount for a time.
    Breaks {
        /// Rising.
        breaks: Vec<Break>,
        /// Different goods of the scope count together.
        #[serde(default)]
        is_mixed: bool,
    },
}

/// A step of spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferStep"))]
pub struct Step {
    /// From this on.
    pub from_minor: Money,
    /// So much less.
    pub off_minor: Money,
}

/// So many of a product in a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferPart"))]
pub struct Part {
    /// The product.
    pub product: ProductId,
    /// Whole pieces.
    pub pieces: u32,
}

/// A price break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferBreak"))]
pub struct Break {
    /// From this quantity on, in thousandths.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub from_thousandths: i64,
    /// What one costs then.
    pub less: Less,
}

/// A price in place of another, or a share off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferLess"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Less {
    /// This price: of one piece at a break, of the set in a bundle.
    Price {
        /// The price.
        price_minor: Money,
    },
    /// A share off.
    Percent {
        /// Basis points: 2000 is 20 % off.
        percent_bp: u32,
    },
}

/// Over which goods an offer counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "OfferScope"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scope {
    /// Everything in the shop, lines in words and sales of one amount too.
    #[default]
    Shop,
    /// A category.
    Category {
        /// Its name.
        category: String,
    },
    /// Products.
    Products {
        /// Which.
        products: Vec<ProductId>,
    },
}

impl Scope {
    /// How narrow it is: the narrower offer counts first.
    pub(super) fn width(&self) -> u8 {
        match self {
            Self::Products { .. } => 0,
            Self::Category { .. } => 1,
            Self::Shop => 2,
        }
    }

    /// Whether a line belongs to it.
    pub fn holds(&self, product: Option<ProductId>, category: Option<&str>) -> bool {
        match self {
            Self::Shop => true,
            Self::Category { category: own } => category == Some(own),
            Self::Products { products } => product.is_some_and(|product| products.contains(&product)),
        }
    }
}

impl Offer {
    /// Refuses an offer that could not be kept or would be a slip of the finger.
    ///
    /// # Errors
    /// All problems at once, each at its field.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = vec![];
        self.when.check(&mut problems);
        self.audience.check(&mut problems);
        match &self.scope {
            Scope::Category { category } if category.trim().is_empty() => {
                problems.push(FieldError::new("scope.category", "text.missing"));
            }
            Scope::Products { products } if !(1..=MOST_PARTS).contains(&products.len()) => {
                problems.push(FieldError::new("scope.products", "offer.products").with("most", MOST_PARTS));
            }
            _ => {}
        }
        match &self.rule {
            Rule::Steps { steps, repeats } => check_steps(steps, *repeats, &mut problems),
            Rule::Bundle { parts, less } => check_bundle(parts, *less, &mut problems),
            Rule::Breaks { breaks, .. } => check_breaks(breaks, &mut problems),
        }
        refuse_if_any(problems)
    }
}

fn check_steps(steps: &[Step], repeats: bool, problems: &mut Vec<FieldError>) {
    if repeats && steps.len() > 1 {
        problems.push(FieldError::new("rule.steps", "offer.one_step"));
    } else if !(1..=MOST_BREAKS).contains(&steps.len()) {
        problems.push(FieldError::new("rule.steps", "offer.steps").with("most", MOST_BREAKS));
    }
    let mut before = Step { from_minor: Money::ZERO, off_minor: Money::ZERO };
    for (index, step) in steps.iter().enumerate() {
        if step.from_minor <= before.from_minor {
            problems.push(FieldError::new(format!("rule.steps.{index}.from_minor"), "offer.not_rising"));
        }
        if step.off_minor <= before.off_minor {
            problems.push(FieldError::new(format!("rule.steps.{index}.off_minor"), "offer.not_rising"));
        } else if step.off_minor >= step.from_minor {
            problems.push(FieldError::new(format!("rule.steps.{index}.off_minor"), "offer.whole_away"));
        }
        before = *step;
    }
}

fn check_bundle(parts: &[Part], less: Less, problems: &mut Vec<FieldError>) {
    let pieces: u32 = parts.iter().map(|part| part.pieces).fold(0, u32::saturating_add);
    if pieces < 2 || parts.len() > MOST_PARTS {
        problems.push(FieldError::new("rule.parts", "offer.parts").with("most", MOST_PARTS));
    }
    let mut seen = std::collections::BTreeSet::new();
    for (index, part) in parts.iter().enumerate() {
        if !(1..=1_000).contains(&part.pieces) || !seen.insert(part.product) {
            problems.push(FieldError::new(format!("rule.parts.{index}"), "offer.part"));
        }
    }
    check_less("rule.less", less, problems);
}

fn check_breaks(breaks: &[Break], problems: &mut Vec<FieldError>) {
    if !(1..=MOST_BREAKS).contains(&breaks.len()) {
        problems.push(FieldError::new("rule.breaks", "offer.steps").with("most", MOST_BREAKS));
    }
    let mut before: Option<Break> = None;
    for (index, each) in breaks.iter().enumerate() {
        if each.from_thousandths <= before.map_or(0, |before| before.from_thousandths) {
            problems.push(FieldError::new(format!("rule.breaks.{index}.from_thousandths"), "offer.not_rising"));
        }
        check_less(&format!("rule.breaks.{index}.less"), each.less, problems);
        let is_better = match (before.map(|before| before.less), each.less) {
            (Some(Less::Price { price_minor: before }), Less::Price { price_minor }) => price_minor < before,
            (Some(Less::Percent { percent_bp: before }), Less::Percent { percent_bp }) => percent_bp > before,
            (Some(_), _) => false,
            (None, _) => true,
        };
        if !is_better {
            problems.push(FieldError::new(format!("rule.breaks.{index}.less"), "offer.not_better"));
        }
        before = Some(*each);
    }
}

fn check_less(field: &str, less: Less, problems: &mut Vec<FieldError>) {
    match less {
        Less::Price { price_minor } if price_minor <= Money::ZERO => {
            problems.push(FieldError::new(format!("{field}.price_minor"), "amount.not_positive"));
        }
        Less::Percent { percent_bp } if !(1..10_000).contains(&percent_bp) => {
            problems.push(FieldError::new(format!("{field}.percent_bp"), "offer.percent"));
        }
        Less::Price { .. } | Less::Percent { .. } => {}
    }
}
