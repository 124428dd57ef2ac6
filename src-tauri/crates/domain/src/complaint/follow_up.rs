//! The call after a resolution: what may come of it, when a customer counts as unreachable, and that it sells nothing
//! (`rules.md` F 11).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const ATTEMPTS: usize = 3;
const ATTEMPT_DAYS: usize = 2;

/// What the customer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FollowUpResult {
    /// 满意.
    Satisfied,
    /// 一般.
    Neutral,
    /// 仍不满.
    Dissatisfied,
    /// 联系不上.
    Unreachable,
}

impl FollowUpResult {
    /// Whether reopening the case is offered.
    pub const fn offers_reopening(self) -> bool {
        matches!(self, Self::Dissatisfied)
    }
}

/// Whether a customer counts as unreachable: three attempts on at least two days. Such cases are reported apart.
pub fn is_unreachable(attempts_on: &[NaiveDate]) -> bool {
    attempts_on.len() >= ATTEMPTS && attempts_on.iter().collect::<BTreeSet<_>>().len() >= ATTEMPT_DAYS
}

const SALES_WORDS: [&str; 40] = [
    "促销",
    "特价",
    "秒杀",
    "抢购",
    "限时",
    "打折",
    "折扣",
    "满减",
    "优惠价",
    "优惠活动",
    "大酬宾",
    "买一送",
    "新品",
    "上新",
    "爆款",
    "推荐您购买",
    "欢迎选购",
    "欢迎下单",
    "下单",
    "充值",
    "储值",
    "办卡",
    "续卡",
    "升级会员",
    "邀请好友",
    "团购",
    "拼团",
    "清仓",
    "预售",
    "促銷",
    "特價",
    "秒殺",
    "搶購",
    "滿減",
    "discount",
    "promotion",
    "special offer",
    "new arrival",
    "buy now",
    "sale",
];

/// Words of a text that sell something, in the order in which they appear. A hint for the writer, never a refusal.
pub fn sales_words(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let mut found: Vec<(usize, &str)> =
        SALES_WORDS.iter().filter_map(|word| position(&lower, word).map(|at| (at, *word))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, word)| word).collect()
}

/// Chinese words are found anywhere, Latin ones only whole: "wholesaler" sells nothing.
fn position(text: &str, word: &str) -> Option<usize> {
    let is_latin = |ch: char| ch.is_ascii_alphabetic();
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        !word.is_ascii()
            || (!text.get(..*at).and_then(|before| before.chars().next_back()).is_some_and(is_latin)
                && !text.get(at + word.len()..).and_then(|after| after.chars().next()).is_some_and(is_latin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_attempts_on_two_days_are_enough_and_three_on_one_day_are_not() {
        let day = |text: &str| text.parse().unwrap();
        assert!(is_unreachable(&[day("2026-03-02"), day("2026-03-02"), day("2026-03-03")]));
        assert!(!is_unreachable(&[day("2026-03-02"); 3]));
        assert!(!is_unreachable(&[day("2026-03-02"), day("2026-03-03")]));
    }

    #[test]
    fn a_sales_word_is_pointed_out() {
        assert_eq!(sales_words("您好, 蛋糕的事处理好了吗? 本周新品限时特价!"), ["新品", "限时", "特价"]);
        assert_eq!(sales_words("Thank you. Our SALE starts today."), ["sale"]);
        assert!(sales_words("您好, 上次的问题解决得还满意吗? The wholesaler has replaced it.").is_empty());
    }

    #[test]
    fn only_a_customer_who_is_still_unhappy_is_offered_reopening() {
        assert!(FollowUpResult::Dissatisfied.offers_reopening());
        assert!(!FollowUpResult::Unreachable.offers_reopening());
    }
}
