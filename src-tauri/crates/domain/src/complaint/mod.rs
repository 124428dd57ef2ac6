//! Complaints: what is promised, the clocks that watch it, and what a resolution must contain (`rules.md` F).

mod anonymous;
mod case_number;
mod clocks;
mod engine;
mod follow_up;
mod line;
mod policy;
mod promise;
pub mod remedy;
pub mod report;
mod resolution;
mod script;
mod status;
mod stopwatch;

pub use anonymous::without_names;
pub use case_number::{case_number, read_case_number};
pub use clocks::{CaseClocks, CaseWarning, Due, Terms, clocks, preview, promised_from};
pub(crate) use engine::{Engine, Moment, Rules};
pub use follow_up::{FollowUpResult, is_unreachable, sales_words};
pub use line::{Stretch, StretchKind, clock_line};
pub use policy::{Basis, CaseTraits, InquiryMinutes, MinutesBySeverity, Policy, Severity, ShorterTime, Target};
pub use promise::{Allowance, ClockState, ClockStatus, Correction, Measure, PerPromise, Promise, WarnWhen, Warning};
pub use resolution::{Compensation, CompensationKind, Empathy, Improvement, Part, Resolution};
pub use script::{Filled, fill};
pub use status::{Channel, Event, EventKind, Status, advance};
