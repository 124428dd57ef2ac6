//! 低频原因: why somebody comes seldom, as the shop heard or found out.

use serde::{Deserialize, Serialize};

/// Why somebody comes seldom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SeldomReason {
    /// 需求少.
    LittleNeed,
    /// 价格.
    Price,
    /// 服务.
    Service,
    /// 竞品.
    Competitor,
    /// 搬家.
    Moved,
    /// 不明: somebody asked and did not find out.
    Unknown,
}

impl SeldomReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::LittleNeed, Self::Price, Self::Service, Self::Competitor, Self::Moved, Self::Unknown];
}
