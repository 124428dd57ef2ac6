//! Schemes for shops with many small orders, and the quadrants of old and new, large and small customers.

use super::by_value::{points, potential_score};
use super::{all, any, class, face, fixed, judgement, median, over_a_life, over_a_year, quantiles, reaches, scheme};
use super::{not, stays_below};
use crate::segmentation::condition::{Comparison, Condition};
use crate::segmentation::measure::Measure;
use crate::segmentation::names::Names;
use crate::segmentation::scheme::{Band, Best, ClassColor, CutRule, Edge, Scheme};

/// How long a promising customer may stay one before somebody looks again.
const REVIEW_DAYS: u32 = 90;

/// 小订单客户: 重要维护 (often, small), 关键发展 (seldom, large), 潜力 (by score or judgement), 一般.
pub fn small_orders() -> Scheme {
    let mut potential = class(
        face("potential", "潜力", "潛力", "Potential", ClassColor::Gold),
        any([
            points("potential", Comparison::AtLeast { value: 60 }),
            Condition::Measure { measure: over_a_life(Measure::Judgement), is: Comparison::AtLeast { value: 1 } },
        ]),
    );
    potential.face.review_after_days = Some(REVIEW_DAYS);
    let mut found = scheme(
        "small_orders",
        Names::new("小订单客户", "小訂單客戶", "Small orders"),
        vec![
            fixed("orders", over_a_year(Measure::Orders), &[12]),
            median("ticket", over_a_year(Measure::AverageTicketMinor)),
            quantiles("ticket3", over_a_year(Measure::AverageTicketMinor), 3),
            quantiles("variety", over_a_year(Measure::Categories), 5),
            quantiles("interactions", over_a_year(Measure::Interactions), 5),
            judgement(),
        ],
        vec![
            class(
                face("key_maintenance", "重要维护", "重要維護", "Key maintenance", ClassColor::Jade),
                all([reaches("orders", 2), stays_below("ticket", 2)]),
            ),
            class(
                face("key_development", "关键发展", "關鍵發展", "Key development", ClassColor::Blue),
                all([stays_below("orders", 2), reaches("ticket3", 3)]),
            ),
            potential,
        ],
        face("general", "一般", "一般", "General", ClassColor::Stone),
    );
    found.scores = vec![potential_score()];
    found
}

/// 新老 × 大小: old from 12 months after the first order or from 3 orders on; large is the top fifth by the year's
/// net spend, ties upward.
pub fn old_new_large_small() -> Scheme {
    let large = Band {
        key: "large".to_owned(),
        measure: over_a_year(Measure::NetMinor),
        cut: CutRule::Top { share_bp: 2000, minimum_customers: 1 },
        edge: Edge::AtOrAbove,
        best: Best::High,
    };
    let is_old = || any([reaches("tenure", 2), reaches("orders", 2)]);
    let is_large = || reaches("large", 2);
    let mut new_small = face("new_small", "新小客户", "新小客戶", "New and small", ClassColor::Clay);
    new_small.review_after_days = Some(REVIEW_DAYS);
    scheme(
        "old_new_large_small",
        Names::new("新老 × 大小", "新老 × 大小", "Old/new × large/small"),
        vec![
            fixed("tenure", over_a_life(Measure::TenureMonths), &[12]),
            fixed("orders", over_a_life(Measure::Orders), &[3]),
            large,
        ],
        vec![
            class(
                face("old_large", "老大客户", "老大客戶", "Old and large", ClassColor::Jade),
                all([is_old(), is_large()]),
            ),
            class(
                face("new_large", "新大客户", "新大客戶", "New and large", ClassColor::Gold),
                all([not(is_old()), is_large()]),
            ),
            class(face("old_small", "老小客户", "老小客戶", "Old and small", ClassColor::Blue), is_old()),
        ],
        new_small,
    )
}
