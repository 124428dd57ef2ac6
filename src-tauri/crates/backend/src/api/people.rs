//! The people behind a shape: a class, a cell of a grid, a rank, a list.

use super::customer_plans::CustomerPlanView;
use super::customers::CustomerRow;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{Condition, SeldomReason};

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PeopleSelection {
    /// A class of a scheme.
    Class {
        /// The scheme.
        scheme: String,
        /// The class.
        class: String,
    },
    /// A cell of a grid: steps of bands of a scheme.
    Cell {
        /// The scheme.
        scheme: String,
        /// Step by band; a band left out may have any step.
        steps: Vec<BandStep>,
    },
    /// Who went from one class into another in the newest run of a scheme.
    Moved {
        /// The scheme.
        scheme: String,
        /// The class before; none for those who had none.
        #[serde(default)]
        from: Option<String>,
        /// The class since.
        to: String,
    },
    /// Everybody for whom a condition holds.
    Condition {
        /// The condition over measures and words.
        condition: Condition,
    },
    /// A list that fills itself.
    List {
        /// Its id.
        id: i64,
    },
    /// Ranks by profit, which is spend where no cost is known: the first is 1.
    Ranks {
        /// First rank.
        from: u32,
        /// Last rank.
        to: u32,
    },
    /// Low contribution, high potential.
    Latent,
    /// At least so much of the orders with a discount.
    PromotionOnly,
    /// Few orders, and a high potential or interest: those to promote to.
    Promising,
    /// Whose newest reason for coming seldom it is.
    Seldom {
        /// Why; none for those of low frequency of whom nobody wrote it down.
        #[serde(default)]
        why: Option<SeldomReason>,
    },
    /// Who is in a class of the primary scheme on trial, whose day has come and who brought what had to be seen.
    Trial {
        /// The class.
        class: String,
    },
    /// Who stands in a class of one scheme and in one of another.
    Both {
        /// The one scheme.
        scheme: String,
        /// Its class.
        class: String,
        /// The other scheme.
        other: String,
        /// Its class.
        other_class: String,
    },
    /// The 20 % who bring the most.
    Top,
    /// Everybody of a priority.
    Priority {
        /// 1 first, 5 last.
        level: u8,
    },
}

/// A step of a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BandStep {
    /// Key of the band.
    pub band: String,
    /// 1 and up.
    pub step: u8,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PeopleInput {
    /// Who.
    pub who: PeopleSelection,
    /// First row, from 0.
    #[serde(default)]
    pub offset: i64,
    /// Rows, at most 200 (default 100).
    #[serde(default)]
    pub limit: Option<i64>,
}

/// People, those who spent most first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeoplePage {
    /// The rows.
    pub rows: Vec<SegmentPerson>,
    /// How many there are in all.
    pub total: i64,
    /// What all of them spent in the last 12 months.
    pub net_minor: i64,
}

/// A person of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentPerson {
    /// The row of the customers' table.
    pub customer: CustomerRow,
    /// Why here, in words and numbers.
    pub reason: String,
    /// Whether a person put them there.
    pub by_hand: bool,
    /// Net spend of the last 12 months.
    pub net_minor: i64,
    /// Orders of the last 12 months.
    pub orders: i64,
    /// Of somebody with potential: what is missing to the first fifth by profit.
    pub gap_minor: Option<i64>,
    /// Of somebody who buys promotions only: share of orders with a discount, basis points.
    pub discounted_bp: Option<i64>,
    /// Beside it what is left after costs, where a cost is known and the person may see margins; basis points.
    pub margin_bp: Option<i64>,
    /// What is planned for somebody with potential, the first open plan by its day.
    pub plan: Option<CustomerPlanView>,
}

/// A tag for everybody of a selection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PeopleTag {
    /// Who.
    pub who: PeopleSelection,
    /// The tag.
    pub tag: String,
    /// The form's key: the same twice is one act.
    #[serde(default)]
    pub client_key: Option<String>,
}

/// How many were changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PeopleCount {
    /// People.
    pub people: i64,
}

/// A selection as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PeopleExport {
    /// Who.
    pub who: PeopleSelection,
    /// A handle from a dialog; the ending says CSV or XLSX.
    pub file: String,
}

/// Lists that fill themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DynamicLists {
    /// By name.
    pub lists: Vec<DynamicList>,
}

/// A list that fills itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DynamicList {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// The condition.
    pub condition: Condition,
    /// The condition in words.
    pub rule: String,
    /// People today.
    pub people: i64,
}

/// A list to be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DynamicListSave {
    /// The one to change; left out for a new one.
    #[serde(default)]
    pub id: Option<i64>,
    /// Name.
    pub name: String,
    /// The condition.
    pub condition: Condition,
}

/// A list by id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct DynamicListRef {
    /// Its id.
    pub id: i64,
}

/// A class to be given by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewPin {
    /// To whom.
    pub customer_id: CustomerId,
    /// In which scheme; left out, the primary one.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The class.
    pub class: String,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: NaiveDate,
}

/// A class by hand to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct PinEnd {
    /// Whose.
    pub customer_id: CustomerId,
    /// In which scheme; left out, the primary one.
    #[serde(default)]
    pub scheme: Option<String>,
}

/// Suggestions to be confirmed: a class by hand for several people at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SegmentConfirm {
    /// Whom the program suggests.
    pub who: PeopleSelection,
    /// Only these of them; left out, everybody.
    #[serde(default)]
    pub only: Option<Vec<CustomerId>>,
    /// In which scheme; left out, the primary one.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The class.
    pub class: String,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: NaiveDate,
    /// The form's key: the same twice is one act.
    #[serde(default)]
    pub client_key: Option<String>,
}

/// What was confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentConfirmed {
    /// The classes by hand that came of it, one for each person; what takes them back asks for these.
    pub pins: Vec<i64>,
}

/// A confirmation to be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ConfirmUndo {
    /// The classes by hand that came of it.
    pub pins: Vec<i64>,
}

/// What the owner thinks of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct NewJudgement {
    /// Of whom.
    pub customer_id: CustomerId,
    /// −2 to +2.
    pub judgement: i8,
    /// Why.
    pub reason: String,
}
