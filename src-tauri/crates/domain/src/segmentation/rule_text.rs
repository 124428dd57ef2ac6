//! The rule of a class in one sentence with the cut points of a run, and the names of measures: "距上次消费 ≤ 90 天,
//! 且近 12 个月单数 ≥ 3, 且近 12 个月客单价 ≥ ¥86".

use super::condition::Condition;
use super::cuts::SchemeCuts;
use super::measure::{FieldRef, Measure, MeasureRef};
use super::names::Lang;
use super::quantile::Fraction;
use super::reason::{Bound, BoundKind, comparison_bounds, step_bounds};
use super::reason_text::{ShopWords, bound_text, in_window, pick};
use super::scheme::{Best, Edge, Scheme};

/// What a measure is called, with its window: "近 12 个月 单数", "Orders in the last 12 months".
pub fn measure_name(measure: &MeasureRef, lang: Lang, own: ShopWords<'_>) -> String {
    let name = measure_word(&measure.measure, lang, own);
    if measure.measure.is_windowed() { in_window(&name, measure.window, lang) } else { name }
}

/// What a measure is called, without a window.
pub fn measure_word(measure: &Measure, lang: Lang, own: ShopWords<'_>) -> String {
    let word = match measure {
        Measure::RecencyDays => pick(lang, "距上次消费", "距上次消費", "time since the last visit"),
        Measure::TenureDays => pick(lang, "距首次消费", "距首次消費", "time since the first visit"),
        Measure::TenureMonths => pick(lang, "首次消费至今月数", "首次消費至今月數", "months since the first visit"),
        Measure::Orders => pick(lang, "单数", "單數", "orders"),
        Measure::PurchaseDays => pick(lang, "消费天数", "消費天數", "purchase days"),
        Measure::NetMinor => pick(lang, "消费额", "消費額", "spend"),
        Measure::ProfitMinor => pick(lang, "毛利", "毛利", "profit"),
        Measure::AverageTicketMinor => pick(lang, "客单价", "客單價", "average ticket"),
        Measure::LargestTicketMinor => pick(lang, "最大一单", "最大一單", "largest order"),
        Measure::Categories => pick(lang, "品类数", "品類數", "categories"),
        Measure::TopCategoryShareBp => pick(lang, "最爱品类占比", "最愛品類佔比", "share of the favourite category"),
        Measure::DiscountedShareBp => pick(lang, "优惠单占比", "優惠單佔比", "share of discounted orders"),
        Measure::Refunds => pick(lang, "退款次数", "退款次數", "refunds"),
        Measure::RefundedMinor => pick(lang, "退款额", "退款額", "refunded money"),
        Measure::Interactions => pick(lang, "互动次数", "互動次數", "contacts"),
        Measure::DeepTalks => pick(lang, "深度沟通次数", "深度溝通次數", "talks in depth"),
        Measure::ActiveMonthsBp => pick(lang, "有消费的月份占比", "有消費的月份佔比", "share of active months"),
        Measure::Referrals => pick(lang, "带来的客人", "帶來的客人", "customers brought"),
        Measure::Complaints => pick(lang, "投诉次数", "投訴次數", "complaints"),
        Measure::DaysSinceContact => pick(lang, "距上次联系", "距上次聯繫", "time since the last contact"),
        Measure::Judgement => pick(lang, "主观评价", "主觀評價", "judgement"),
        Measure::Field(key) => own.field(key),
        Measure::DaysSince(key) => {
            let name = own.field(key);
            return match lang {
                Lang::ZhHans => format!("距{name}已过"),
                Lang::ZhHant => format!("距{name}已過"),
                Lang::En => format!("time since {name}"),
            };
        }
        Measure::DaysUntil(key) => {
            let name = own.field(key);
            return match lang {
                Lang::ZhHans => format!("距{name}还有"),
                Lang::ZhHant => format!("距{name}還有"),
                Lang::En => format!("time until {name}"),
            };
        }
    };
    word.to_owned()
}

/// A condition in words, with the bands and cut points of a scheme.
pub fn condition_text(
    scheme: &Scheme,
    cuts: &SchemeCuts,
    condition: &Condition,
    lang: Lang,
    own: ShopWords<'_>,
) -> String {
    Words { scheme, cuts, lang, own }.say(condition, false)
}

/// Who belongs to a class, as one sentence with the cut points of a run.
pub fn rule_text(scheme: &Scheme, cuts: &SchemeCuts, class_key: &str, lang: Lang, own: ShopWords<'_>) -> String {
    if class_key == scheme.no_purchase.key {
        return pick(lang, "还没有消费", "還沒有消費", "no purchase yet").to_owned();
    }
    let Some(class) = scheme.classes.iter().find(|class| class.face.key == class_key) else {
        return pick(lang, "其余消费过的客人", "其餘消費過的客人", "all other buyers").to_owned();
    };
    let words = Words { scheme, cuts, lang, own };
    words.say(&class.when, false)
}

/// Every cut point of a scheme in the order of its bands: the measure's name, and what reaches the better side of it.
pub fn cut_texts(scheme: &Scheme, cuts: &SchemeCuts, lang: Lang, own: ShopWords<'_>) -> Vec<(String, String)> {
    let mut texts = vec![];
    for band in &scheme.bands {
        let found = cuts.bands.get(&band.key).and_then(|cuts| cuts.cuts.as_deref()).unwrap_or_default();
        for cut in found {
            let comparison = match (band.best, band.edge) {
                (Best::High, Edge::Above) => BoundKind::Above,
                (Best::High, Edge::AtOrAbove) => BoundKind::AtLeast,
                (Best::Low, Edge::Above) => BoundKind::AtMost,
                (Best::Low, Edge::AtOrAbove) => BoundKind::Below,
            };
            let text = bound_text(&band.measure.measure, &Bound { comparison, cut: *cut }, lang, own);
            texts.push((measure_name(&band.measure, lang, own), text));
        }
    }
    texts
}

struct Words<'a> {
    scheme: &'a Scheme,
    cuts: &'a SchemeCuts,
    lang: Lang,
    own: ShopWords<'a>,
}

impl Words<'_> {
    fn pick<'t>(&self, zh_hans: &'t str, zh_hant: &'t str, en: &'t str) -> &'t str {
        pick(self.lang, zh_hans, zh_hant, en)
    }

    /// Brackets stand only where 且 and 或 meet.
    fn say(&self, condition: &Condition, inside: bool) -> String {
        match condition {
            Condition::All { of } => self.join(of, self.pick(", 且", ", 且", " and "), inside),
            Condition::Any { of } => self.join(of, self.pick(" 或 ", " 或 ", " or "), inside),
            Condition::Not { of } => match of.opposite() {
                Condition::Not { of } => format!("{}({})", self.pick("非", "非", "not "), self.say(&of, false)),
                opposite => self.say(&opposite, inside),
            },
            Condition::Measure { measure, is } => {
                let name = measure_name(measure, self.lang, self.own);
                match comparison_bounds(*is, true) {
                    bounds if !bounds.is_empty() => self.bounded(&name, measure, &bounds),
                    _ if is.holds(None) => format!("{}{name}", self.pick("没有", "沒有", "no ")),
                    _ => format!("{}{name}", self.pick("有", "有", "some ")),
                }
            }
            Condition::Band { band, is } if is.holds(None) => {
                format!("{} {}", self.name_of(band), self.pick("没有档次", "沒有檔次", "without a step"))
            }
            Condition::Band { band, is } => {
                let (from, to) = is.interval();
                self.band(band, from, to)
            }
            Condition::BandAtLeastMean { band } => {
                let mean = self.cuts.bands.get(band).and_then(|cuts| cuts.mean_step);
                match mean {
                    Some(mean) => self.band(band, mean.ceil(), i64::MAX),
                    None => format!(
                        "{} {}",
                        self.name_of(band),
                        self.pick("不低于平均", "不低於平均", "at or above the mean")
                    ),
                }
            }
            Condition::BandSum { bands, is } => {
                let names: Vec<String> = bands.iter().map(|band| self.name_of(band)).collect();
                let scores = self.pick("得分之和", "得分之和", "scores together");
                format!("{} {scores} {}", names.join(" + "), self.numbers(is.interval()))
            }
            Condition::Score { score, is } => {
                let name = self.scheme.score(score).map_or(score.as_str(), |rule| rule.names.get(self.lang));
                format!("{name} {}", self.numbers(is.interval()))
            }
            Condition::Field { field, one_of } => {
                let between = self.pick("、", "、", " / ");
                match field {
                    FieldRef::Profile(key) => {
                        let named: Vec<&str> = one_of.iter().map(|word| self.own.word(key, word)).collect();
                        format!("{} = {}", self.own.field(key), named.join(between))
                    }
                    FieldRef::TopCategory(_) => {
                        format!("{} {}", self.pick("最常买", "最常買", "mostly buys"), one_of.join(between))
                    }
                }
            }
        }
    }

    fn join(&self, of: &[Condition], with: &str, inside: bool) -> String {
        let parts: Vec<String> = of.iter().map(|part| self.say(part, true)).collect();
        let joined = parts.join(with);
        if inside && parts.len() > 1 { format!("({joined})") } else { joined }
    }

    fn name_of(&self, band: &str) -> String {
        self.scheme.band(band).map_or_else(|| band.to_owned(), |band| measure_name(&band.measure, self.lang, self.own))
    }

    /// Steps are said by their cut points; without any, by their number.
    fn band(&self, key: &str, from: i64, to: i64) -> String {
        let Some(band) = self.scheme.band(key) else { return key.to_owned() };
        let steps = i64::from(band.cut.steps());
        let (from, to) = (from.max(1), to.min(steps));
        let name = measure_name(&band.measure, self.lang, self.own);
        match self.cuts.bands.get(key).and_then(|cuts| cuts.cuts.as_deref()) {
            Some(cuts) => match step_bounds(band, cuts, from, to) {
                bounds if bounds.is_empty() => format!("{}{name}", self.pick("有", "有", "some ")),
                bounds => self.bounded(&name, &band.measure, &bounds),
            },
            None => format!("{name} {} / {steps}", self.numbers((from, to))),
        }
    }

    fn bounded(&self, name: &str, measure: &MeasureRef, bounds: &[Bound]) -> String {
        let texts: Vec<String> =
            bounds.iter().map(|bound| bound_text(&measure.measure, bound, self.lang, self.own)).collect();
        format!("{name} {}", texts.join(self.pick(" 且 ", " 且 ", " and ")))
    }

    fn numbers(&self, (from, to): (i64, i64)) -> String {
        let text = |comparison: BoundKind, number: i64| {
            let bound = Bound { comparison, cut: Fraction::whole(number) };
            bound_text(&Measure::Orders, &bound, self.lang, self.own)
        };
        match (from, to) {
            (i64::MIN, i64::MAX) => self.pick("有", "有", "known").to_owned(),
            (from, to) if from > to => self.pick("没有", "沒有", "unknown").to_owned(),
            (i64::MIN, to) => text(BoundKind::AtMost, to),
            (from, i64::MAX) => text(BoundKind::AtLeast, from),
            (from, to) if from == to => text(BoundKind::Equal, from),
            (from, to) => format!("{from}–{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::presets::{ready_made, simple_rfm};
    use crate::segmentation::test_support::*;
    use crate::segmentation::{Comparison, Window, cut_points};

    const YUAN: ShopWords<'static> = ShopWords { symbol: "¥", exponent: 2, names: &[] };

    #[test]
    fn a_rule_is_said_with_the_cut_points_of_the_run() {
        let scheme = simple_rfm();
        let customers = [buyer(1, 10, 1, 8600), buyer(2, 20, 3, 8600)];
        let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
        let say = |key: &str, lang: Lang| rule_text(&scheme, &cuts, key, lang, YUAN);
        assert_eq!(
            say("core_value", Lang::ZhHans),
            "距上次消费 ≤ 90 天, 且近 12 个月 单数 ≥ 2, 且近 12 个月 客单价 ≥ ¥57.34"
        );
        assert_eq!(say("win_back", Lang::En), "time since the last visit > 90 days");
        assert_eq!(say("ordinary", Lang::ZhHant), "其餘消費過的客人");
        assert_eq!(say("not_purchased", Lang::En), "no purchase yet");
    }

    #[test]
    fn what_must_not_hold_is_said_as_what_holds_instead() {
        let measure = |is| Condition::Measure { measure: MeasureRef::new(Measure::Orders, Window::Lifetime), is };
        let words = |condition: Condition| {
            condition_text(&simple_rfm(), &SchemeCuts::default(), &condition, Lang::ZhHans, YUAN)
        };
        let not = |of| Condition::Not { of: Box::new(of) };
        let few = || measure(Comparison::AtLeast { value: 3 });
        let known = || measure(Comparison::Present);
        assert_eq!(words(not(few())), "累计 单数 < 3");
        assert_eq!(words(not(Condition::Any { of: vec![few(), known()] })), "累计 单数 < 3, 且没有累计 单数");
        assert_eq!(words(not(Condition::All { of: vec![few(), known()] })), "累计 单数 < 3 或 没有累计 单数");
        assert_eq!(words(not(not(few()))), words(few()));
        assert_eq!(words(not(measure(Comparison::Equal { value: 3 }))), "非(累计 单数 = 3)", "neither more nor less");
    }

    #[test]
    fn every_class_of_every_ready_made_scheme_has_a_sentence_in_every_language() {
        let customers: Vec<_> =
            (1..=30_i64).map(|i| buyer(i, i.unsigned_abs() * 7, 1 + (i % 5) as u32, 1000 * i)).collect();
        for scheme in ready_made() {
            let full = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
            for cuts in [full, SchemeCuts::default()] {
                for face in scheme.faces() {
                    for lang in [Lang::ZhHans, Lang::ZhHant, Lang::En] {
                        let text = rule_text(&scheme, &cuts, &face.key, lang, YUAN);
                        assert!(text.chars().count() > 3, "{} {}: {text}", scheme.key, face.key);
                        assert!(!text.contains(&i64::MAX.to_string()), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn cut_points_name_their_measure() {
        let scheme = simple_rfm();
        let cuts = cut_points(&scheme, &table(&scheme, &[buyer(1, 10, 2, 8600)])).unwrap();
        let texts = cut_texts(&scheme, &cuts, Lang::ZhHans, YUAN);
        let said: Vec<String> = texts.into_iter().map(|(name, text)| format!("{name} {text}")).collect();
        assert_eq!(said, ["距上次消费 ≤ 90 天", "近 12 个月 单数 ≥ 2", "近 12 个月 客单价 ≥ ¥43"]);
    }

    #[test]
    fn the_shop_names_its_own_fields_and_words() {
        let names = [("custom:3", "面积"), ("custom:4", "户型"), ("custom:4=a", "三室"), ("tags", "标签")];
        let names = names.map(|(key, name)| (key.to_owned(), name.to_owned()));
        let own = ShopWords { names: &names, ..YUAN };
        let condition: Condition = serde_json::from_str(
            r#"{"kind":"any","of":[
                {"kind":"measure","measure":{"measure":{"field":"custom:3"}},"is":{"op":"at_least","value":12500}},
                {"kind":"field","field":{"profile":"custom:4"},"one_of":["a","b"]},
                {"kind":"field","field":{"profile":"source"},"one_of":["c"]}]}"#,
        )
        .unwrap();
        let text = condition_text(&simple_rfm(), &SchemeCuts::default(), &condition, Lang::ZhHans, own);
        assert_eq!(text, "面积 ≥ 12.5 或 户型 = 三室、b 或 source = c");
    }

    #[test]
    fn a_day_of_the_shops_own_is_said_with_its_name() {
        let names = [("custom:5".to_owned(), "合同到期".to_owned())];
        let own = ShopWords { names: &names, ..YUAN };
        let until: Condition = serde_json::from_str(
            r#"{"kind":"measure","measure":{"measure":{"days_until":"custom:5"}},"is":{"op":"at_most","value":30}}"#,
        )
        .unwrap();
        let say = |lang: Lang| condition_text(&simple_rfm(), &SchemeCuts::default(), &until, lang, own);
        assert_eq!(say(Lang::ZhHans), "距合同到期还有 ≤ 30 天");
        assert_eq!(say(Lang::En), "time until 合同到期 ≤ 30 days");
        let since = Measure::DaysSince("custom:5".to_owned());
        assert_eq!(measure_word(&since, Lang::ZhHant, own), "距合同到期已過");
    }

    #[test]
    fn what_is_missing_is_said_to_be_missing() {
        let scheme = crate::segmentation::presets::contribution_potential();
        let customers: Vec<_> = (1..=9_i64).map(|id| buyer(id, 3, 1 + (id % 4) as u32, id * 100)).collect();
        let cuts = cut_points(&scheme, &table(&scheme, &customers)).unwrap();
        let say = |condition: serde_json::Value| {
            let condition: Condition = serde_json::from_value(condition).unwrap();
            condition_text(&scheme, &cuts, &condition, Lang::ZhHans, YUAN)
        };
        let missing = serde_json::json!({ "op": "missing" });
        let band = serde_json::json!({ "kind": "band", "band": "frequency", "is": missing });
        assert_eq!(say(band), "近 12 个月 单数 没有档次");
        let sum = serde_json::json!({ "kind": "band_sum", "bands": ["money", "frequency"], "is": missing });
        assert_eq!(say(sum), "近 12 个月 消费额 + 近 12 个月 单数 得分之和 没有");
        let score = serde_json::json!({ "kind": "score", "score": "potential", "is": missing });
        assert_eq!(say(score), "潜力 没有");
    }
}
