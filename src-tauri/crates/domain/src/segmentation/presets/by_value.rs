//! Schemes by what a customer brings: thirds of frequency and money, their grid, 20/60/20, contribution × potential.

use super::{OPEN_COMPLAINT_FIELD, OPEN_COMPLAINT_YES};
use super::{all, any, class, dormant, face, judgement, over_a_life, over_a_year, quantiles, scheme, step};
use crate::segmentation::condition::{Comparison, Condition};
use crate::segmentation::measure::{FieldRef, Measure};
use crate::segmentation::names::Names;
use crate::segmentation::scheme::{
    Absent, Band, Best, ClassColor, ClassRule, CutRule, Edge, Scheme, ScorePart, ScoreRule, SubKind,
};

/// Contribution and potential count as high from here on.
const HIGH_POINTS: i64 = 50;

/// 频率三档: high, middle and low by thirds of the year's orders.
pub fn frequency_thirds() -> Scheme {
    scheme(
        "frequency_thirds",
        Names::new("频率三档", "頻率三檔", "Frequency in thirds"),
        vec![quantiles("f3", over_a_year(Measure::Orders), 3)],
        thirds(
            "f3",
            [
                ("high_frequency", "高频", "高頻", "High frequency"),
                ("middle_frequency", "中频", "中頻", "Middle frequency"),
                ("low_frequency", "低频", "低頻", "Low frequency"),
            ],
        ),
        dormant(),
    )
}

/// 累计金额三档: large, middle and small by thirds of the year's money.
pub fn amount_thirds() -> Scheme {
    scheme(
        "amount_thirds",
        Names::new("累计金额三档", "累計金額三檔", "Spend in thirds"),
        vec![quantiles("m3", over_a_year(Measure::NetMinor), 3)],
        thirds(
            "m3",
            [
                ("large_amount", "大额", "大額", "Large spend"),
                ("middle_amount", "中等额", "中等額", "Middle spend"),
                ("small_amount", "小额", "小額", "Small spend"),
            ],
        ),
        dormant(),
    )
}

fn thirds(band: &str, [high, middle, low]: [(&str, &str, &str, &str); 3]) -> Vec<ClassRule> {
    let third = |(key, zh_hans, zh_hant, en): (&str, &str, &str, &str), color: ClassColor, value: i64| {
        class(face(key, zh_hans, zh_hant, en, color), step(band, Comparison::Equal { value }))
    };
    vec![third(high, ClassColor::Jade, 3), third(middle, ClassColor::Gold, 2), third(low, ClassColor::Clay, 1)]
}

/// 价值三级: the 3×3 grid of frequency and money thirds; high when they add up to 5 or 6, low at 2 or 3, else middle.
pub fn value_grid() -> Scheme {
    let sum = |is: Comparison| Condition::BandSum { bands: vec!["f3".to_owned(), "m3".to_owned()], is };
    scheme(
        "value_grid",
        Names::new("价值三级", "價值三級", "Three levels of value"),
        vec![quantiles("f3", over_a_year(Measure::Orders), 3), quantiles("m3", over_a_year(Measure::NetMinor), 3)],
        vec![
            class(
                face("high_value", "高价值", "高價值", "High value", ClassColor::Jade),
                sum(Comparison::AtLeast { value: 5 }),
            ),
            class(
                face("middle_value", "中等价值", "中等價值", "Middle value", ClassColor::Gold),
                sum(Comparison::Equal { value: 4 }),
            ),
            class(
                face("low_value", "低价值", "低價值", "Low value", ClassColor::Clay),
                sum(Comparison::AtMost { value: 3 }),
            ),
        ],
        dormant(),
    )
}

/// 二八 20/60/20 by rank of the year's profit, which is spend where costs are unknown. Fewer than ten buyers are one
/// group. New customers (under 90 days) and those with an open complaint stay in the last 20 % as `exempt`: they keep
/// the care of the middle.
pub fn pareto_20_60_20() -> Scheme {
    let rank = Band {
        key: "rank".to_owned(),
        measure: over_a_year(Measure::ProfitMinor),
        cut: CutRule::TopAndBottom { top_bp: 2000, bottom_bp: 2000, minimum_customers: 10 },
        edge: Edge::AtOrAbove,
        best: Best::High,
    };
    let mut bottom = class(
        face("bottom_20", "后 20%", "後 20%", "Last 20%", ClassColor::Clay),
        step("rank", Comparison::Equal { value: 1 }),
    );
    bottom.face.review_after_days = Some(180);
    bottom.sub_kinds = vec![SubKind {
        key: "exempt".to_owned(),
        names: Names::new("豁免", "豁免", "Exempt"),
        when: any([
            Condition::Measure { measure: over_a_life(Measure::TenureDays), is: Comparison::Below { value: 90 } },
            Condition::Field {
                field: FieldRef::Profile(OPEN_COMPLAINT_FIELD.to_owned()),
                one_of: vec![OPEN_COMPLAINT_YES.to_owned()],
            },
        ]),
    }];
    scheme(
        "pareto_20_60_20",
        Names::new("二八 20/60/20", "二八 20/60/20", "20/60/20"),
        vec![rank],
        vec![
            class(
                face("top_20", "前 20%", "前 20%", "Top 20%", ClassColor::Jade),
                step("rank", Comparison::Equal { value: 3 }),
            ),
            bottom,
            class(
                dormant(),
                Condition::Measure { measure: over_a_year(Measure::Orders), is: Comparison::Below { value: 1 } },
            ),
        ],
        face("middle_60", "中间 60%", "中間 60%", "Middle 60%", ClassColor::Gold),
    )
}

/// 贡献 × 潜力: two scores 0–100, high from 50 on.
pub fn contribution_potential() -> Scheme {
    let high = |score: &str| points(score, Comparison::AtLeast { value: HIGH_POINTS });
    let low = |score: &str| points(score, Comparison::Below { value: HIGH_POINTS });
    let mut found = scheme(
        "contribution_potential",
        Names::new("贡献 × 潜力", "貢獻 × 潛力", "Contribution × potential"),
        vec![
            quantiles("money", over_a_year(Measure::NetMinor), 5),
            quantiles("frequency", over_a_year(Measure::Orders), 5),
            quantiles("variety", over_a_year(Measure::Categories), 5),
            quantiles("interactions", over_a_year(Measure::Interactions), 5),
            judgement(),
        ],
        vec![
            class(
                face("star", "高贡献高潜力", "高貢獻高潛力", "High contribution, high potential", ClassColor::Jade),
                all([high("contribution"), high("potential")]),
            ),
            class(
                face("mature", "高贡献低潜力", "高貢獻低潛力", "High contribution, low potential", ClassColor::Blue),
                all([high("contribution"), low("potential")]),
            ),
            class(
                face("latent", "低贡献高潜力", "低貢獻高潛力", "Low contribution, high potential", ClassColor::Gold),
                all([low("contribution"), high("potential")]),
            ),
        ],
        face("basic", "低贡献低潜力", "低貢獻低潛力", "Low contribution, low potential", ClassColor::Stone),
    );
    found.scores = vec![contribution_score(), potential_score()];
    found
}

fn contribution_score() -> ScoreRule {
    ScoreRule {
        key: "contribution".to_owned(),
        names: Names::new("贡献", "貢獻", "Contribution"),
        parts: vec![part("money", 50, Absent::Zero), part("frequency", 50, Absent::Zero)],
    }
}

/// Potential of variety and interactions; judgement stands beside it with weight 0.
pub(super) fn potential_score() -> ScoreRule {
    ScoreRule {
        key: "potential".to_owned(),
        names: Names::new("潜力", "潛力", "Potential"),
        parts: vec![
            part("variety", 50, Absent::Zero),
            part("interactions", 50, Absent::Zero),
            part("judgement", 0, Absent::LeftOut),
        ],
    }
}

fn part(band: &str, weight: u32, absent: Absent) -> ScorePart {
    ScorePart { band: band.to_owned(), weight, absent }
}

pub(super) fn points(score: &str, is: Comparison) -> Condition {
    Condition::Score { score: score.to_owned(), is }
}
