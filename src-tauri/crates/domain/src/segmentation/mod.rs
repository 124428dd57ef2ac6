//! Customer segmentation (客户分层): measures → bands → ordered classes, and why a customer is where they are.
//!
//! `facts` makes the numbers of one customer on a day, `table` holds those of all customers, a `scheme` is data, `run`
//! puts everyone into a class and stores the cut points, `assign` does the same for one customer right after a sale.

pub mod assign;
pub mod condition;
pub mod cuts;
pub mod distribution;
pub mod effect;
pub mod facts;
mod interval;
pub mod manual;
pub mod measure;
pub mod movement;
pub mod names;
mod order_statistics;
pub mod pareto;
mod plan;
pub mod policy;
pub mod presets;
pub mod priority;
pub mod promising;
pub mod promotion;
pub mod quantile;
pub mod reason;
pub mod reason_text;
pub mod rule_text;
pub mod run;
pub mod scheme;
pub mod scheme_check;
pub mod score;
pub mod seldom;
mod standpoint;
pub mod table;
#[cfg(test)]
mod test_support;
pub mod trial;
pub mod window;

pub use assign::{Assignment, assign};
pub use condition::{Comparison, Condition};
pub use cuts::{BandCuts, SchemeCuts, cut_points};
pub use distribution::distribution;
pub use facts::{CustomerFacts, CustomerMeasures, WindowTotals, measures_of};
pub use manual::{HoldingClass, ManualClass, check_manual, holding_class};
pub use measure::{FieldRef, Measure, MeasureRef, Measured};
pub use movement::{Course, Movement, movement, movement_of_history};
pub use names::{Lang, Names};
pub use pareto::{AbcClass, Pareto, pareto};
pub use policy::{CareLevel, ServicePolicy, Workload, check_policy, default_policies, workload};
pub use priority::{PriorityFacts, PriorityReason, PriorityRule, PriorityStep, priority_level, priority_steps};
pub use promising::PromisingRule;
pub use promotion::{PromotionRule, margin_bp};
pub use reason_text::{ShopWords, bound_text, reason_text, score_line_text};
pub use rule_text::{condition_text, cut_texts, measure_name, measure_word, rule_text};
pub use run::{Run, classify, grid, matching, run, score_points};
pub use scheme::Scheme;
pub use scheme_check::check;
pub use score::{ValueScore, value_score};
pub use seldom::SeldomReason;
pub use table::{MeasureTable, Numbers, TableRow};
pub use trial::{Trial, TrialSeen};
pub use window::{Window, whole_months};
