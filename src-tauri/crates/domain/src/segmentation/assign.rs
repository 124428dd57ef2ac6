//! One customer against stored cut points, in constant time: right after a sale, on the profile, in the service
//! card. Answers the class and why, in parts that any language can word.

use super::cuts::SchemeCuts;
use super::measure::Measured;
use super::reason::{ReasonPart, reason_parts};
use super::scheme::Scheme;
use super::standpoint::Standpoint;
use crate::ids::CustomerId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A customer's class on a day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SegmentAssignment"))]
pub struct Assignment {
    /// Whose class.
    pub customer: CustomerId,
    /// The day it is about.
    pub on: NaiveDate,
    /// Which scheme.
    pub scheme_key: String,
    /// Which version of it.
    pub scheme_version: u32,
    /// The class.
    pub class_key: String,
    /// The kind within the class.
    pub sub_kind: Option<String>,
    /// What was looked at: measures, values, cut points.
    pub reason: Vec<ReasonPart>,
}

/// The class of one customer by stored cut points. The measures must hold the windows of `scheme.needs()`: a window
/// that is missing counts as numbers that the customer does not have.
pub fn assign(scheme: &Scheme, cuts: &SchemeCuts, measures: &dyn Measured) -> Assignment {
    let one = Standpoint { scheme, cuts, measures };
    let (class_key, sub_kind, because) = if !one.has_bought() {
        (&scheme.no_purchase.key, None, None)
    } else if let Some(class) = scheme.classes.iter().find(|class| one.holds(&class.when)) {
        let kind = class.sub_kinds.iter().find(|kind| one.holds(&kind.when));
        (&class.face.key, kind.map(|kind| kind.key.clone()), Some(&class.when))
    } else {
        (&scheme.residual.key, None, None)
    };
    Assignment {
        customer: measures.customer(),
        on: measures.as_of(),
        scheme_key: scheme.key.clone(),
        scheme_version: scheme.version,
        class_key: class_key.clone(),
        sub_kind,
        reason: reason_parts(&one, because),
    }
}
