//! A reason in words, in the language of the window: "12 天前来过, 近 12 个月 9 单, 客单价 ¥86 → 核心价值".

use super::assign::Assignment;
use super::measure::{FieldRef, Measure, MeasureRef};
use super::names::Lang;
use super::reason::{Bound, BoundKind, ReasonPart};
use super::scheme::Scheme;
use super::score::ScoredPart;
use super::window::Window;
use crate::custom_field::FieldValue;
use crate::money::Money;

/// What only the shop can say: how its currency is written, and what its fields and their words are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShopWords<'a> {
    /// Written before the number, such as `¥`.
    pub symbol: &'a str,
    /// Decimals of the minor unit.
    pub exponent: u32,
    /// Names by key of a field, and by `key=word` of a word in it; what is not named is said as it is stored.
    pub names: &'a [(String, String)],
}

impl<'a> ShopWords<'a> {
    pub(super) fn field<'t>(self, key: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.names.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name)
    }

    pub(super) fn word<'t>(self, field: &str, word: &'t str) -> &'t str
    where
        'a: 't,
    {
        let is_meant = |key: &str| key.strip_prefix(field).and_then(|rest| rest.strip_prefix('=')) == Some(word);
        self.names.iter().find(|(key, _)| is_meant(key)).map_or(word, |(_, name)| name)
    }
}

/// Why the customer is in the class, as one line.
pub fn reason_text(scheme: &Scheme, assignment: &Assignment, lang: Lang, own: ShopWords<'_>) -> String {
    let mut said: Option<Window> = None;
    let mut phrases = Vec::new();
    for part in &assignment.reason {
        let phrase = match part {
            ReasonPart::Measure { measure, value: Some(value), .. } => {
                let words = phrase(measure, *value, lang, own);
                // The window is named once, where it changes.
                let named = measure.measure.is_windowed() && said != Some(measure.window);
                if named {
                    said = Some(measure.window);
                }
                if named { in_window(&words, measure.window, lang) } else { words }
            }
            ReasonPart::Measure { .. } | ReasonPart::Words { .. } | ReasonPart::Score { .. } => {
                match other_phrase(scheme, part, lang, own) {
                    Some(words) => words,
                    None => continue,
                }
            }
            ReasonPart::TooFew { customers, .. } => match lang {
                Lang::ZhHans => format!("只有 {customers} 位买过的客人, 不分组"),
                Lang::ZhHant => format!("只有 {customers} 位買過的客人, 不分組"),
                Lang::En => format!("only {}, too few to divide", counted(i64::from(*customers), "buyer", "buyers")),
            },
        };
        phrases.push(phrase);
    }
    if phrases.is_empty() {
        phrases.push(pick(lang, "还没有消费", "還沒有消費", "no purchase yet").to_owned());
    }
    let class = scheme.face(&assignment.class_key).map_or(assignment.class_key.as_str(), |face| face.names.get(lang));
    let rules = scheme.classes.iter().find(|class| class.face.key == assignment.class_key);
    let kinds = rules.into_iter().flat_map(|class| &class.sub_kinds);
    let kind = kinds.filter(|kind| Some(&kind.key) == assignment.sub_kind.as_ref()).map(|kind| kind.names.get(lang));
    let class = kind.fold(class.to_owned(), |class, kind| format!("{class} · {kind}"));
    format!("{} → {class}", phrases.join(", "))
}

/// A cut point with its comparison, such as `≥ 5.5` or `≥ ¥86`, in the unit of a measure.
pub fn bound_text(measure: &Measure, bound: &Bound, lang: Lang, own: ShopWords<'_>) -> String {
    let sign = match bound.comparison {
        BoundKind::AtLeast => "≥",
        BoundKind::Above => ">",
        BoundKind::AtMost => "≤",
        BoundKind::Below => "<",
        BoundKind::Equal => "=",
    };
    let (numerator, denominator) = (i128::from(bound.cut.numerator()), i128::from(bound.cut.denominator()));
    // Two decimals are enough to read; the exact fraction is what was compared.
    let number = if measure.is_money() {
        Money::round_half_up(numerator, denominator).map(|amount| amount_text(amount.minor(), own))
    } else {
        let (up, down, unit) = match measure {
            Measure::TopCategoryShareBp | Measure::DiscountedShareBp => (1, 1, "%"),
            Measure::Field(_) => (1, 10, ""),
            _ => (100, 1, ""),
        };
        Money::round_half_up(numerator * up, denominator * down).map(|hundredths| {
            let text = hundredths.to_plain_text(2);
            let text = text.trim_end_matches('0').trim_end_matches('.');
            format!("{text}{unit}")
        })
    };
    let number = number.unwrap_or_else(|| format!("{numerator}/{denominator}"));
    match lang {
        Lang::En if measure.is_days() => format!("{sign} {number} days"),
        Lang::ZhHans | Lang::ZhHant if measure.is_days() => format!("{sign} {number} 天"),
        _ => format!("{sign} {number}"),
    }
}

/// One line of a score's arithmetic: "近 12 个月 消费 ¥4,280: 3/5 → 50 分 × 70".
pub fn score_line_text(part: &ScoredPart, lang: Lang, own: ShopWords<'_>) -> String {
    let said = match part.value {
        Some(value) if part.measure.measure.is_windowed() => {
            in_window(&phrase(&part.measure, value, lang, own), part.measure.window, lang)
        }
        Some(value) => phrase(&part.measure, value, lang, own),
        None => pick(lang, "没有数据", "沒有資料", "no data").to_owned(),
    };
    let step = part.step.map_or_else(|| "–".to_owned(), |step| format!("{step}/{}", part.steps));
    let points = Money::round_half_up(part.points.numerator().into(), part.points.denominator().into());
    let points = points.map_or(0, Money::minor);
    format!("{said}: {step} → {points}{} × {}", pick(lang, " 分", " 分", ""), part.weight)
}

fn other_phrase(scheme: &Scheme, part: &ReasonPart, lang: Lang, own: ShopWords<'_>) -> Option<String> {
    match part {
        ReasonPart::Words { field, words } if !words.is_empty() => {
            let between = pick(lang, "、", "、", ", ");
            Some(match field {
                FieldRef::Profile(key) => {
                    let named: Vec<&str> = words.iter().map(|word| own.word(key, word)).collect();
                    format!("{} {}", own.field(key), named.join(between))
                }
                FieldRef::TopCategory(_) => {
                    format!("{} {}", pick(lang, "最常买", "最常買", "mostly buys"), words.join(between))
                }
            })
        }
        ReasonPart::Score { score, points: Some(points), .. } => {
            let name = scheme.score(score).map_or(score.as_str(), |rule| rule.names.get(lang));
            Some(match lang {
                Lang::ZhHans | Lang::ZhHant => format!("{name} {points} 分"),
                Lang::En => format!("{} {points}", name.to_lowercase()),
            })
        }
        _ => None,
    }
}

fn phrase(measure: &MeasureRef, value: i64, lang: Lang, own: ShopWords<'_>) -> String {
    let hans = lang == Lang::ZhHans;
    let zh = |hans_text: &str, hant_text: &str| (if hans { hans_text } else { hant_text }).to_owned();
    let amount = || amount_text(value, own);
    let percent =
        || format!("{}%", Money::from_minor(value).to_plain_text(2).trim_end_matches('0').trim_end_matches('.'));
    if lang == Lang::En {
        let days = || counted(value, "day", "days");
        return match &measure.measure {
            Measure::RecencyDays if value == 0 => "came today".to_owned(),
            Measure::RecencyDays => format!("last visit {} ago", days()),
            Measure::TenureDays => format!("first purchase {} ago", days()),
            Measure::TenureMonths => format!("first purchase {} ago", counted(value, "month", "months")),
            Measure::Orders => counted(value, "order", "orders"),
            Measure::PurchaseDays => counted(value, "purchase day", "purchase days"),
            Measure::NetMinor => format!("{} spent", amount()),
            Measure::ProfitMinor => format!("{} profit", amount()),
            Measure::AverageTicketMinor => format!("average ticket {}", amount()),
            Measure::LargestTicketMinor => format!("largest order {}", amount()),
            Measure::Categories => counted(value, "category", "categories"),
            Measure::TopCategoryShareBp => format!("{} of it in one category", percent()),
            Measure::DiscountedShareBp => format!("{} of orders discounted", percent()),
            Measure::Refunds => counted(value, "refund", "refunds"),
            Measure::RefundedMinor => format!("{} refunded", amount()),
            Measure::Interactions => counted(value, "contact", "contacts"),
            Measure::DeepTalks => counted(value, "talk in depth", "talks in depth"),
            Measure::ActiveMonthsBp => format!("bought in {} of the months", percent()),
            Measure::Referrals => format!("brought {}", counted(value, "customer", "customers")),
            Measure::Complaints => counted(value, "complaint", "complaints"),
            Measure::DaysSinceContact => format!("last contact {} ago", days()),
            Measure::Judgement => format!("judgement {value:+}"),
            Measure::Field(key) => format!("{} {}", own.field(key), thousandths(value)),
            Measure::DaysSince(key) | Measure::DaysUntil(key) if value == 0 => format!("{} today", own.field(key)),
            Measure::DaysSince(key) => format!("{} {} ago", own.field(key), days()),
            Measure::DaysUntil(key) => format!("{} in {}", own.field(key), days()),
        };
    }
    match &measure.measure {
        Measure::RecencyDays if value == 0 => zh("今天来过", "今天來過"),
        Measure::RecencyDays => format!("{value} {}", zh("天前来过", "天前來過")),
        Measure::TenureDays => format!("{} {value} {}", zh("首次消费在", "首次消費在"), zh("天前", "天前")),
        Measure::TenureMonths => format!("{} {value} {}", zh("首次消费在", "首次消費在"), zh("个月前", "個月前")),
        Measure::Orders => format!("{value} {}", zh("单", "單")),
        Measure::PurchaseDays => format!("{value} {}", zh("天有消费", "天有消費")),
        Measure::NetMinor => format!("{} {}", zh("消费", "消費"), amount()),
        Measure::ProfitMinor => format!("{} {}", zh("毛利", "毛利"), amount()),
        Measure::AverageTicketMinor => format!("{} {}", zh("客单价", "客單價"), amount()),
        Measure::LargestTicketMinor => format!("{} {}", zh("最大一单", "最大一單"), amount()),
        Measure::Categories => format!("{value} {}", zh("个品类", "個品類")),
        Measure::TopCategoryShareBp => format!("{} {}", zh("占", "佔"), percent()),
        Measure::DiscountedShareBp => format!("{} {}", zh("优惠单占", "優惠單佔"), percent()),
        Measure::Refunds => format!("{} {value} {}", zh("退款", "退款"), zh("次", "次")),
        Measure::RefundedMinor => format!("{} {}", zh("退款", "退款"), amount()),
        Measure::Interactions => format!("{} {value} {}", zh("互动", "互動"), zh("次", "次")),
        Measure::DeepTalks => format!("{} {value} {}", zh("深度沟通", "深度溝通"), zh("次", "次")),
        Measure::ActiveMonthsBp => format!("{} {}", zh("有消费的月份占", "有消費的月份佔"), percent()),
        Measure::Referrals => format!("{} {value} {}", zh("带来", "帶來"), zh("位客人", "位客人")),
        Measure::Complaints => format!("{} {value} {}", zh("投诉", "投訴"), zh("次", "次")),
        Measure::DaysSinceContact => format!("{value} {}", zh("天前联系过", "天前聯繫過")),
        Measure::Judgement => format!("{} {value:+}", zh("主观评价", "主觀評價")),
        Measure::Field(key) => format!("{} {}", own.field(key), thousandths(value)),
        Measure::DaysSince(key) | Measure::DaysUntil(key) if value == 0 => format!("{} 今天", own.field(key)),
        Measure::DaysSince(key) => format!("{} {value} 天前", own.field(key)),
        Measure::DaysUntil(key) => format!("{} {value} {}", own.field(key), zh("天后", "天後")),
    }
}

/// `12.5` of 12 500 thousandths.
fn thousandths(value: i64) -> String {
    FieldValue::Milli(value).typed()
}

pub(super) fn in_window(words: &str, window: Window, lang: Lang) -> String {
    match (lang, window) {
        (Lang::En, Window::Lifetime) => format!("{words} in total"),
        (Lang::En, Window::Days { n }) => format!("{words} in the last {}", counted(i64::from(n), "day", "days")),
        (Lang::En, Window::Months { n }) => format!("{words} in the last {}", counted(i64::from(n), "month", "months")),
        (Lang::En, Window::CalendarYear) => format!("{words} this year"),
        (_, Window::Lifetime) => format!("{} {words}", pick(lang, "累计", "累計", "")),
        (_, Window::Days { n }) => format!("近 {n} 天 {words}"),
        (_, Window::Months { n }) => format!("近 {n} {} {words}", pick(lang, "个月", "個月", "")),
        (_, Window::CalendarYear) => format!("今年 {words}"),
    }
}

pub(super) fn pick<'t>(lang: Lang, zh_hans: &'t str, zh_hant: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::ZhHans => zh_hans,
        Lang::ZhHant => zh_hant,
        Lang::En => en,
    }
}

fn counted(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `¥4,280`, `¥86.50`, `-¥3`: grouped, and without decimals when they are zero.
fn amount_text(minor: i64, own: ShopWords<'_>) -> String {
    let plain = Money::from_minor(minor).to_plain_text(own.exponent);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let decimals = if decimals.bytes().all(|digit| digit == b'0') { String::new() } else { format!(".{decimals}") };
    format!("{sign}{}{grouped}{decimals}", own.symbol)
}

#[cfg(test)]
#[path = "reason_tests.rs"]
mod tests;
