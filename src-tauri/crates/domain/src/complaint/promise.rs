//! The promises of a case and how their clocks are reported: which promise, how much time it allows, how that time is
//! counted, and where its clock stands.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What the shop promises for every complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// A first answer by a person.
    Response,
    /// An answer to the oldest contact of the customer that is still unanswered.
    Update,
    /// A resolution.
    Resolution,
    /// A call after the resolution that sells nothing.
    FollowUp,
}

impl Promise {
    /// Every promise, in the order in which they fall due.
    pub const ALL: [Self; 4] = [Self::Response, Self::Update, Self::Resolution, Self::FollowUp];
}

/// One value per promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PerPromise<T> {
    /// Of the response.
    pub response: T,
    /// Of the update.
    pub update: T,
    /// Of the resolution.
    pub resolution: T,
    /// Of the follow-up.
    pub follow_up: T,
}

impl<T> PerPromise<T> {
    /// The value of one promise.
    pub const fn get(&self, promise: Promise) -> &T {
        match promise {
            Promise::Response => &self.response,
            Promise::Update => &self.update,
            Promise::Resolution => &self.resolution,
            Promise::FollowUp => &self.follow_up,
        }
    }

    /// The value of one promise, to change it.
    pub const fn get_mut(&mut self, promise: Promise) -> &mut T {
        match promise {
            Promise::Response => &mut self.response,
            Promise::Update => &mut self.update,
            Promise::Resolution => &mut self.resolution,
            Promise::FollowUp => &mut self.follow_up,
        }
    }
}

/// How the time of a promise is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Only while the shop is open.
    #[default]
    Open,
    /// Every second, day and night.
    Wall,
}

/// How much time a promise allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Seconds until it is broken; it is kept while no more than these have passed.
    pub seconds: i64,
    /// How they are counted.
    pub measure: Measure,
}

/// When a person is warned of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WarnWhen {
    /// When so many percent of the allowed time have passed.
    Percent(u8),
    /// When no more than so many seconds of the allowed time are left.
    SecondsLeft(#[cfg_attr(feature = "bindings", ts(type = "number"))] i64),
    /// Before the shop closes for the stretch in which the promise falls due.
    BeforeClosing,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClockStatus {
    /// The promise is open and in time.
    Running,
    /// The promise is open, in time, and its clock stands.
    Paused,
    /// Kept.
    Met,
    /// Broken, whether the act has followed by now or not.
    Breached,
    /// Nothing is promised any more.
    Withdrawn,
}

/// One warning of a clock. Each fires once; a change of policy or calendar does not take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Warning {
    /// Which one.
    pub when: WarnWhen,
    /// Its moment; none while the clock stands.
    pub at: Option<Timestamp>,
    /// Whether the moment came while the promise was open.
    pub fired: bool,
}

/// What the times say after a correction; the verdict that was reached first stays beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Correction {
    /// When the act really took place.
    pub happened_at: Timestamp,
    /// Seconds of the allowed time that had passed by then.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub elapsed_s: i64,
    /// Whether the promise was kept by that time.
    pub met: bool,
}

/// One clock of a case, running or judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClockState {
    /// Whose clock.
    pub promise: Promise,
    /// 1 for the first round, one more after each reopening.
    pub cycle: u32,
    /// Where it stands.
    pub state: ClockStatus,
    /// When it started.
    pub started_at: Timestamp,
    /// When the allowed time is used up; none while the clock stands or nothing is promised. A broken promise broke
    /// here.
    pub due_at: Option<Timestamp>,
    /// When the promised act took place.
    pub ended_at: Option<Timestamp>,
    /// Seconds that count against the promise.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub elapsed_s: i64,
    /// Seconds that it allows; none when nothing is promised.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub target_s: Option<i64>,
    /// Allowed minus elapsed seconds; negative when late.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub slack_s: Option<i64>,
    /// Its warnings, in the order of the policy.
    pub warnings: Vec<Warning>,
    /// Present when the act was recorded after its promise was judged, or its time was corrected later.
    pub correction: Option<Correction>,
}

impl ClockState {
    /// Whether the promised act is still to be done: in time, standing or late.
    pub const fn is_open(&self) -> bool {
        self.ended_at.is_none() && !matches!(self.state, ClockStatus::Withdrawn)
    }
}
