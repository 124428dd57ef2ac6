//! What customers are worth: charts, figures of the whole shop, the card of one customer, and what a class means for
//! the day.

use super::customer_plans::CustomerPlanView;
use super::customers::SegmentTag;
use super::priority::PriorityView;
use super::promising::TrialView;
use super::promotion::PriceSensitive;
use super::segmentation::{SegmentMove, SegmentView};
use super::seldom::SeldomView;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::ids::CustomerId;
use shukebu_domain::segmentation::{CareLevel, PromisingRule, PromotionRule, ServicePolicy};

/// The shapes of a scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentCharts {
    /// Bands of the grid, if the scheme has two or three that make one: across, down, shade.
    pub grid: Option<SegmentGrid>,
    /// Four classes as quadrants, for schemes that divide by two things.
    pub quadrants: Option<Quadrants>,
    /// Sizes of the classes at each run, oldest first.
    pub history: Vec<SizesOfDay>,
    /// Who moved in the last run.
    pub moves: Vec<SegmentMove>,
    /// The last run as a table of everybody: from where to where.
    pub matrix: Option<MoveMatrix>,
}

/// From which class to which, with those who stayed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MoveMatrix {
    /// The day of the run.
    pub on: NaiveDate,
    /// The classes since, as columns.
    pub to: Vec<SegmentTag>,
    /// One row for each class before that had anybody.
    pub rows: Vec<MoveRow>,
    /// People who came into a class further up (升).
    pub up: i64,
    /// Into one further down (降).
    pub down: i64,
    /// Who had no class yet or had never bought (新).
    pub new: i64,
    /// Into a class of those who stay away (流失).
    pub lost: i64,
}

/// Where the people of a class went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MoveRow {
    /// The class before; none for those who had none.
    pub from: Option<SegmentTag>,
    /// People by column.
    pub people: Vec<i64>,
}

/// A grid of steps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentGrid {
    /// The bands: r, f, and m where there is one.
    pub bands: Vec<GridBand>,
    /// Cells with anybody in them.
    pub cells: Vec<GridCell>,
}

/// A band of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GridBand {
    /// Its key.
    pub band: String,
    /// The measure's name.
    pub name: String,
    /// How many steps.
    pub steps: u8,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GridCell {
    /// Steps in the order of the bands.
    pub steps: Vec<u8>,
    /// People.
    pub people: i64,
    /// Net spend of the last 12 months of them.
    pub net_minor: i64,
}

/// Four classes around a cross.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Quadrants {
    /// What grows to the right.
    pub across: String,
    /// What grows upwards.
    pub up: String,
    /// Left bottom, right bottom, left top, right top.
    pub cells: Vec<Quadrant>,
}

/// One of four.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Quadrant {
    /// The class.
    pub tag: SegmentTag,
    /// Who belongs to it.
    pub rule: String,
    /// People.
    pub people: i64,
    /// Net spend of the last 12 months.
    pub net_minor: i64,
    /// What to do with them.
    pub strategy: String,
}

/// How large the classes were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SizesOfDay {
    /// The day.
    pub on: NaiveDate,
    /// People by class.
    pub sizes: Vec<ClassSize>,
}

/// The size of a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassSize {
    /// The class.
    pub tag: SegmentTag,
    /// People.
    pub people: i64,
}

/// What the whole shop lives on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentInsights {
    /// Buyers of the last 12 months.
    pub buyers: i64,
    /// Whether costs are known, so that the money is profit; else it is spend.
    pub is_profit: bool,
    /// Points of the curve: share of buyers and share of the money, in basis points.
    pub curve: Vec<CurvePoint>,
    /// "前 20% 客人贡献 71%".
    pub sentence: String,
    /// Share of the first 1, 5 and 10.
    pub concentration: Vec<Concentration>,
    /// People of low contribution and high potential.
    pub latent: i64,
    /// People who buy with a discount only.
    pub promotion_only: i64,
    /// From where on that is said.
    pub promotion_rule: PromotionRule,
    /// People of few orders with a high potential or interest.
    pub promising: i64,
    /// From where on that is said, and how often they are contacted.
    pub promising_rule: PromisingRule,
    /// How the top fifth differs from the rest.
    pub top: Vec<Difference>,
}

/// A point of the curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CurvePoint {
    /// The rank up to which it counts.
    pub rank: u32,
    /// Share of buyers, basis points.
    pub people_bp: i64,
    /// Share of the money, basis points.
    pub money_bp: i64,
}

/// How much a few customers bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Concentration {
    /// The first so many.
    pub first: u32,
    /// Their share in basis points.
    pub share_bp: i64,
    /// From here on it is a warning.
    pub warn_from_bp: i64,
}

/// A trait that is more or less common at the top.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Difference {
    /// Which trait: `source`, `tags`, `category`, `tenure`, `gender`, `age`.
    pub field: String,
    /// The word.
    pub word: String,
    /// Share of the top fifth, basis points.
    pub top_bp: i64,
    /// Share of the rest, basis points.
    pub rest_bp: i64,
}

/// One customer as segmentation sees them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SegmentCard {
    /// Whose.
    pub customer_id: CustomerId,
    /// The class of the primary scheme.
    pub primary: Option<SegmentView>,
    /// Key of the primary scheme.
    pub scheme: String,
    /// Classes to choose from, when one is given by hand.
    pub choices: Vec<SegmentTag>,
    /// The classes of the other schemes, by the numbers of today.
    pub others: Vec<OtherClass>,
    /// Contribution and potential with their arithmetic.
    pub scores: Vec<ScoreView>,
    /// What the owner thinks, newest first.
    pub judgements: Vec<JudgementView>,
    /// The priority with every step that led there.
    pub priority: Option<PriorityView>,
    /// Whether nearly only what is discounted is bought.
    pub price_sensitive: Option<PriceSensitive>,
    /// How the class is served.
    pub service: Option<ServiceCard>,
    /// Whether they are of low frequency, so that somebody should find out why.
    pub comes_seldom: bool,
    /// Why they come seldom, newest first.
    pub seldom: Vec<SeldomView>,
    /// What is planned: open ones by their day, then the others.
    pub plans: Vec<CustomerPlanView>,
    /// Changes of class, newest first.
    pub history: Vec<ClassOfDay>,
}

/// A class of another scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OtherClass {
    /// Key of the scheme.
    pub scheme: String,
    /// Its name.
    pub name: String,
    /// The class.
    pub tag: SegmentTag,
    /// Why.
    pub reason: String,
}

/// A score with its arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScoreView {
    /// Key.
    pub score: String,
    /// Name.
    pub name: String,
    /// 0 to 100.
    pub points: Option<u8>,
    /// One line for each part.
    pub lines: Vec<String>,
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct JudgementView {
    /// −2 to +2.
    pub judgement: i8,
    /// Why.
    pub reason: String,
    /// When.
    pub on: NaiveDate,
    /// Whose.
    pub by: String,
}

/// How a customer is to be served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ServiceCard {
    /// How carefully.
    pub care: CareLevel,
    /// Every so many days: of the plans that apply, the shortest.
    pub interval_days: Option<u32>,
    /// Why somebody is promoted to harder than their class, with the interval of that.
    pub promising: Option<String>,
    /// How somebody stands whose class is on trial.
    pub trial: Option<TrialView>,
    /// Channel to begin with.
    pub channel: Option<String>,
    /// What to ask.
    pub questions: Vec<String>,
    /// What to write, filled in for the customer.
    pub messages: Vec<ServiceMessage>,
    /// The last contact, if there was any.
    pub last_contact_on: Option<NaiveDate>,
    /// When the interval is over since the last contact, or since the class began; `None` without a planned contact.
    pub next_contact_on: Option<NaiveDate>,
    /// Whether that day has come.
    pub is_due: bool,
    /// When the class is to be looked at again (潜力客户, 新小客户, the last 20 %); `None` where it stays.
    pub review_on: Option<NaiveDate>,
    /// Minutes of a contact.
    pub minutes_per_contact: u32,
    /// Response promise in minutes.
    pub complaint_response_minutes: Option<u32>,
    /// What to do with this class.
    pub strategy: String,
}

/// A template filled in for a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ServiceMessage {
    /// The words; a variable without a value still stands in its braces.
    pub text: String,
    /// Variables without a value.
    pub missing: Vec<String>,
}

/// How a customer at the counter is served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ServiceGlance {
    /// The class with its reason.
    pub class: Option<SegmentView>,
    /// How the class is served.
    pub service: Option<ServiceCard>,
    /// The priority with every step that led there.
    pub priority: Option<PriorityView>,
    /// Whether nearly only what is discounted is bought.
    pub price_sensitive: Option<PriceSensitive>,
}

/// A change of class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassOfDay {
    /// When.
    pub on: NaiveDate,
    /// The line of the timeline.
    pub text: String,
}

/// Services of a scheme and the week they ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ServiceView {
    /// The scheme.
    pub scheme: String,
    /// One for each class, in order.
    pub classes: Vec<ClassService>,
    /// Minutes that the shop has for it a week: its opening hours times the share below.
    pub available_minutes: i64,
    /// Open minutes of an ordinary week.
    pub open_minutes: i64,
    /// Share of the open hours that may go into contacts, basis points.
    pub share_bp: u32,
    /// Minutes that the plans ask for.
    pub needed_minutes: i64,
    /// What is missing; 0 when it fits.
    pub missing_minutes: i64,
    /// What to change when it does not fit.
    pub advice: Vec<String>,
}

/// The service of a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassService {
    /// The class.
    pub tag: SegmentTag,
    /// People in it.
    pub people: i64,
    /// How it is served.
    pub policy: ServicePolicy,
    /// What to do with it, in the shop's words.
    pub strategy: String,
    /// Minutes a week.
    pub minutes: i64,
    /// Net spend of the last 12 months.
    pub net_minor: i64,
    /// Minutes a week that its share of the money would give it.
    pub by_money_minutes: i64,
    /// Minutes a week that contacts really took, by those written down in the last four weeks.
    pub logged_minutes: i64,
    /// Of the primary scheme: people whose trial is over and who brought what had to be seen.
    pub passed: i64,
}

/// The service of a class to be kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ServiceSave {
    /// The scheme.
    pub scheme: String,
    /// How the class is served.
    pub policy: ServicePolicy,
    /// What to do with it.
    #[serde(default)]
    pub strategy: Option<String>,
    /// Share of the open hours that may go into contacts, basis points.
    #[serde(default)]
    pub share_bp: Option<u32>,
}

/// Strengths, weaknesses, opportunities and threats of the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SwotView {
    /// The pages, newest first.
    pub pages: Vec<SwotPage>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SwotPage {
    /// The day it is about.
    pub on: NaiveDate,
    /// 优势.
    pub strengths: String,
    /// 劣势.
    pub weaknesses: String,
    /// 机会.
    pub opportunities: String,
    /// 威胁.
    pub threats: String,
    /// What follows from it.
    pub actions: String,
    /// Who wrote it.
    pub by: String,
}

/// A page to be kept. Earlier ones stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct SwotSave {
    /// 优势.
    pub strengths: String,
    /// 劣势.
    pub weaknesses: String,
    /// 机会.
    pub opportunities: String,
    /// 威胁.
    pub threats: String,
    /// What follows from it.
    pub actions: String,
}
