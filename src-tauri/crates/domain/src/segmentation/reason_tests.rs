//! Reasons as a shop owner reads them.

use super::*;
use crate::segmentation::facts::CustomerMeasures;
use crate::segmentation::presets::*;
use crate::segmentation::test_support::*;
use crate::segmentation::{assign, cut_points};

const YUAN: ShopWords<'_> = ShopWords { symbol: "¥", exponent: 2, names: &[] };

fn reason(scheme: &Scheme, customers: &[CustomerMeasures], lang: Lang) -> String {
    let cuts = cut_points(scheme, &table(scheme, customers)).unwrap();
    reason_text(scheme, &assign(scheme, &cuts, &customers[0]), lang, YUAN)
}

#[test]
fn a_core_customer_reads_their_three_numbers() {
    let customers = [buyer(1, 12, 9, 9 * 8600)];
    for (lang, expected) in [
        (Lang::ZhHans, "12 天前来过, 近 12 个月 9 单, 客单价 ¥86 → 核心价值"),
        (Lang::ZhHant, "12 天前來過, 近 12 個月 9 單, 客單價 ¥86 → 核心價值"),
        (Lang::En, "last visit 12 days ago, 9 orders in the last 12 months, average ticket ¥86 → Core value"),
    ] {
        assert_eq!(reason(&simple_rfm(), &customers, lang), expected);
    }
}

#[test]
fn every_class_says_what_it_looked_at() {
    let rest = [buyer(8, 1, 5, 5 * 1000), buyer(9, 1, 5, 5 * 1000)];
    let said = |scheme: &Scheme, customer: CustomerMeasures| {
        reason(scheme, &[vec![customer], rest.to_vec()].concat(), Lang::ZhHans)
    };
    for (text, expected) in [
        (
            said(&simple_rfm(), buyer(1, 0, 9, 9 * 650)),
            "今天来过, 近 12 个月 9 单, 客单价 ¥6.50 → 潜力培育 · 高频低客单",
        ),
        (said(&simple_rfm(), buyer(1, 120, 1, 300)), "120 天前来过 → 唤醒召回"),
        (said(&simple_rfm(), buyer(1, 5, 1, 300)), "5 天前来过, 近 12 个月 1 单, 客单价 ¥3 → 普通"),
        (said(&simple_rfm(), nobody(1)), "还没有消费 → 未购"),
        (said(&pareto_20_60_20(), buyer(1, 5, 1, 300)), "只有 3 位买过的客人, 不分组 → 中间 60%"),
        (said(&value_grid(), buyer(1, 5, 9, 123_456_700)), "近 12 个月 9 单, 消费 ¥1,234,567 → 高价值"),
        (said(&old_new_large_small(), since(buyer(1, 5, 2, 300), 400)), "首次消费在 13 个月前 → 老小客户"),
        (said(&contribution_potential(), buyer(1, 5, 9, 90_000)), "贡献 100 分, 潜力 0 分 → 高贡献低潜力"),
        (
            said(&product_preference(&["蛋糕"]), likes(buyer(1, 5, 9, 90), "蛋糕", 635, 1000)),
            "最常买 蛋糕, 近 12 个月 占 63.5% → 蛋糕",
        ),
        (said(&custom(), buyer(1, 5, 9, 90)), "5 天前来过, 近 12 个月 9 单 → 单项服务"),
    ] {
        assert_eq!(text, expected);
    }
}

#[test]
fn english_counts_one_and_many() {
    let customers = [buyer(1, 1, 1, 100)];
    assert_eq!(
        reason(&simple_rfm(), &customers, Lang::En),
        "last visit 1 day ago, 1 order in the last 12 months, average ticket ¥1 → Core value"
    );
}

#[test]
fn the_cut_points_stand_beside_the_numbers() {
    let scheme = simple_rfm();
    let customers = [buyer(1, 12, 9, 9 * 8600), buyer(2, 12, 2, 200)];
    let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
    let bounds: Vec<String> = assign(&scheme, &cuts, &customers[0])
        .reason
        .iter()
        .flat_map(|part| match part {
            ReasonPart::Measure { measure, bounds, .. } => {
                bounds.iter().map(|bound| bound_text(&measure.measure, bound, Lang::ZhHans, YUAN)).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(bounds, ["≤ 90 天", "≥ 5.5", "≥ ¥43.50"]);
}

#[test]
fn a_group_of_rfm_says_which_scores_are_below_the_mean() {
    let scheme = rfm_555();
    let customers: Vec<_> = (1..=5).map(|id| buyer(id, id as u64, 6 - id as u32, id * 100)).collect();
    let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
    let assignment = assign(&scheme, &cuts, &customers[0]);
    assert_eq!(assignment.class_key, "general_value");
    let Some(ReasonPart::Measure { step, steps, bounds, .. }) = assignment.reason.get(2) else {
        panic!("money is the third part: {:?}", assignment.reason)
    };
    assert_eq!((*step, *steps), (Some(1), Some(5)));
    let text: Vec<_> = bounds.iter().map(|it| bound_text(&Measure::NetMinor, it, Lang::En, YUAN)).collect();
    assert_eq!(text, ["≤ ¥2.60"], "below the mean score of 3 means at most the second cut point");
}

#[test]
fn yen_have_no_decimals_and_debts_a_sign() {
    assert_eq!(amount_text(-1_234_567, ShopWords { symbol: "¥", exponent: 0, names: &[] }), "-¥1,234,567");
    assert_eq!(amount_text(5, YUAN), "¥0.05");
}

#[test]
fn the_arithmetic_of_a_score_is_readable() {
    let scheme = contribution_potential();
    let customers: Vec<_> = (1..=5).map(|id| buyer(id, 1, 1, id * 142_700)).collect();
    let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
    let score = crate::segmentation::value_score(&scheme, &cuts, &customers[2], "contribution").unwrap();
    assert_eq!(score_line_text(&score.parts[0], Lang::ZhHans, YUAN), "近 12 个月 消费 ¥4,281: 3/5 → 50 分 × 50");
    assert_eq!(score_line_text(&score.parts[1], Lang::En, YUAN), "1 order in the last 12 months: 1/5 → 0 × 50");
}

#[test]
fn a_class_of_those_without_a_step_says_so_without_a_cut_point() {
    let mut scheme = simple_rfm();
    // Few recent orders are good here, so that the steps are counted from the other end.
    scheme.bands[1].best = crate::segmentation::scheme::Best::Low;
    for is in [serde_json::json!({ "op": "missing" }), serde_json::json!({ "op": "present" })] {
        scheme.classes[0].when =
            serde_json::from_value(serde_json::json!({ "kind": "band", "band": "f", "is": is })).unwrap();
        let away = [buyer(1, 400, 0, 0), buyer(2, 3, 2, 500)];
        let back = [buyer(2, 3, 2, 500), buyer(1, 400, 0, 0)];
        let said = [reason(&scheme, &away, Lang::ZhHans), reason(&scheme, &back, Lang::ZhHans)];
        assert!(said.iter().any(|text| text.ends_with("→ 核心价值")), "{said:?}");
        assert!(said.iter().all(|text| !text.contains('≥') && !text.contains('<')), "{said:?}");
    }
}
