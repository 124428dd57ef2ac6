//! RFM twice: the simple one with few classes that a shop can act upon, and the full one with 125 cells and eight
//! groups. Also the six scores of the measures export.

use super::{all, any, class, dormant, face, fixed, median, not, over_a_life, over_a_year, quantiles, reaches, scheme};
use super::{stays_below, step};
use crate::error::RuleError;
use crate::segmentation::condition::{Comparison, Condition};
use crate::segmentation::cuts::cut_points;
use crate::segmentation::measure::{Measure, MeasureRef};
use crate::segmentation::names::Names;
use crate::segmentation::plan::step_column;
use crate::segmentation::scheme::{Band, Best, ClassColor, Edge, Needs, Scheme, SubKind};
use crate::segmentation::table::MeasureTable;
use crate::segmentation::window::Window;

/// 简化 RFM: 核心价值, 潜力培育, 唤醒召回, 普通, 未购. Recent is within 90 days; high is at or above the median of the
/// year's buyers; M is the average ticket.
pub fn simple_rfm() -> Scheme {
    let recent = Band { edge: Edge::Above, best: Best::Low, ..fixed("r", over_a_life(Measure::RecencyDays), &[90]) };
    let frequency = median("f", over_a_year(Measure::Orders));
    let ticket = median("m", over_a_year(Measure::AverageTicketMinor));
    let frequent = all([reaches("f", 2), stays_below("m", 2)]);
    let big_ticket = all([stays_below("f", 2), reaches("m", 2)]);
    let mut growing = class(
        face("potential", "潜力培育", "潛力培育", "Growing", ClassColor::Gold),
        all([reaches("r", 2), any([frequent.clone(), big_ticket.clone()])]),
    );
    growing.sub_kinds = vec![
        SubKind {
            key: "frequent".to_owned(),
            names: Names::new("高频低客单", "高頻低客單", "Frequent"),
            when: frequent,
        },
        SubKind {
            key: "big_ticket".to_owned(),
            names: Names::new("低频高客单", "低頻高客單", "Big ticket"),
            when: big_ticket,
        },
    ];
    scheme(
        "simple_rfm",
        Names::new("简化 RFM", "簡化 RFM", "Simple RFM"),
        vec![recent, frequency, ticket],
        vec![
            class(
                face("core_value", "核心价值", "核心價值", "Core value", ClassColor::Jade),
                all([reaches("r", 2), reaches("f", 2), reaches("m", 2)]),
            ),
            growing,
            class(
                face("win_back", "唤醒召回", "喚醒召回", "Win back", ClassColor::Amber),
                step("r", Comparison::Equal { value: 1 }),
            ),
        ],
        face("ordinary", "普通", "普通", "Ordinary", ClassColor::Stone),
    )
}

/// RFM 5×5×5: quintile scores of recency, orders and money, and eight groups by score at or above the mean of each.
pub fn rfm_555() -> Scheme {
    let group = |key: &str, names: [&str; 3], color: ClassColor, high: [bool; 3]| {
        let above = |band: &str| Condition::BandAtLeastMean { band: band.to_owned() };
        let parts = ["r", "f", "m"].into_iter().zip(high).map(|(band, high)| {
            // Below the mean means: has a score, and it is lower.
            if high { above(band) } else { all([reaches(band, 1), not(above(band))]) }
        });
        let [zh_hans, zh_hant, en] = names;
        class(face(key, zh_hans, zh_hant, en, color), all(parts.collect::<Vec<_>>()))
    };
    scheme(
        "rfm_555",
        Names::new("RFM 5×5×5", "RFM 5×5×5", "RFM 5×5×5"),
        rfm_bands(Window::default()).into(),
        vec![
            group("important_value", ["重要价值", "重要價值", "Champions"], ClassColor::Jade, [true, true, true]),
            group(
                "important_develop",
                ["重要发展", "重要發展", "Big spenders to win more often"],
                ClassColor::Gold,
                [true, false, true],
            ),
            group(
                "important_keep",
                ["重要保持", "重要保持", "Loyal big spenders, quiet lately"],
                ClassColor::Blue,
                [false, true, true],
            ),
            group(
                "important_retain",
                ["重要挽留", "重要挽留", "Big spenders about to leave"],
                ClassColor::Amber,
                [false, false, true],
            ),
            group(
                "general_value",
                ["一般价值", "一般價值", "Regulars with small spend"],
                ClassColor::Moss,
                [true, true, false],
            ),
            group(
                "general_develop",
                ["一般发展", "一般發展", "Recent, small so far"],
                ClassColor::Plum,
                [true, false, false],
            ),
            group(
                "general_keep",
                ["一般保持", "一般保持", "Small regulars, quiet lately"],
                ClassColor::Clay,
                [false, true, false],
            ),
            group(
                "general_retain",
                ["一般挽留", "一般挽留", "Small and about to leave"],
                ClassColor::Ink,
                [false, false, false],
            ),
        ],
        dormant(),
    )
}

fn rfm_bands(window: Window) -> [Band; 3] {
    [
        Band { best: Best::Low, ..quantiles("r", over_a_life(Measure::RecencyDays), 5) },
        quantiles("f", MeasureRef::new(Measure::Orders, window), 5),
        quantiles("m", MeasureRef::new(Measure::NetMinor, window), 5),
    ]
}

/// The six scores of the measures export, per row of a table; 0 for customers without a purchase in the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RfmScores {
    /// Recency quintile, 5 the most recent.
    pub r: Vec<u8>,
    /// Orders quintile.
    pub f: Vec<u8>,
    /// Money quintile.
    pub m: Vec<u8>,
    /// Recency third, 3 the most recent.
    pub r3: Vec<u8>,
    /// Orders third.
    pub f3: Vec<u8>,
    /// Money third.
    pub m3: Vec<u8>,
}

/// What a table must hold for [`rfm_scores`].
pub fn rfm_scores_needs(window: Window) -> Needs {
    score_scheme(window).needs()
}

/// Quintile and third scores of recency, orders and money over the customers with a purchase in the window.
///
/// # Errors
/// `measure.not_loaded` when the table was not made for [`rfm_scores_needs`].
pub fn rfm_scores(window: Window, table: &MeasureTable) -> Result<RfmScores, RuleError> {
    let scheme = score_scheme(window);
    let cuts = cut_points(&scheme, table)?;
    let steps = |key: &str| match scheme.band(key) {
        Some(band) => step_column(&scheme, &cuts, table, band),
        None => Ok(Vec::new()),
    };
    Ok(RfmScores {
        r: steps("r")?,
        f: steps("f")?,
        m: steps("m")?,
        r3: steps("r3")?,
        f3: steps("f3")?,
        m3: steps("m3")?,
    })
}

fn score_scheme(window: Window) -> Scheme {
    let fifths = rfm_bands(window);
    let thirds = fifths.clone().map(|band| Band {
        key: format!("{}3", band.key),
        cut: crate::segmentation::scheme::CutRule::Quantiles { parts: 3 },
        ..band
    });
    let mut scores = scheme("rfm_scores", Names::own("RFM"), Vec::new(), Vec::new(), dormant());
    scores.population = window;
    scores.bands = fifths.into_iter().chain(thirds).collect();
    scores
}
