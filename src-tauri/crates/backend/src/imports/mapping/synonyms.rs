//! What people call a column. A heading is compared without case, blanks, underlines and brackets, in half-width and
//! simplified characters, so that `Invoice No.`, `invoice_no` and `発票号` of another cash desk need one entry each.

use super::fields::Field;
use crate::api::imports::ImportKind;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A heading as it is compared, and the unit that it names in brackets or at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The bare word.
    pub word: String,
    /// Whether it says that amounts are in minor units: `paid_cents`, `金额(分)`.
    pub is_minor: bool,
}

impl Heading {
    /// Reads a heading.
    pub fn read(text: &str) -> Self {
        let mut word = String::new();
        let mut bracket: Option<String> = None;
        let mut brackets = String::new();
        for ch in text.chars().map(half_width).flat_map(char::to_lowercase).map(simplified) {
            match ch {
                '(' | '[' | '【' => bracket = Some(String::new()),
                ')' | ']' | '】' => brackets.push_str(&bracket.take().unwrap_or_default()),
                ch if ch.is_alphanumeric() || ch == '#' => bracket.as_mut().unwrap_or(&mut word).push(ch),
                _ => {}
            }
        }
        let mut is_minor = matches!(brackets.as_str(), "分" | "cent" | "cents" | "fen" | "minor");
        for ending in ["cents", "fen", "minor"] {
            if let Some(rest) = word.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
                is_minor = true;
                word = rest.to_owned();
                break;
            }
        }
        // A heading that stands wholly in brackets is its own word.
        if word.is_empty() {
            word = brackets;
        }
        Self { word, is_minor }
    }
}

fn half_width(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        '　' => ' ',
        other => other,
    }
}

/// The traditional characters that occur in headings. Only headings are compared so; what is stored stays as it is.
fn simplified(ch: char) -> char {
    const PAIRS: &str = "會会員员電电話话號号碼码聯联繫系絡络機机單单價价數数額额備备註注類类別别產产貨货稱称優优\
        實实應应時时間间開开級级積积點点條条顧顾訂订購购買买銷销狀状態态處处決决響响農农曆历歷历閏闰計计總总費费來来郵邮\
        經经辦办規规編编進进標标題题內内說说賬账帳账戶户職职務务責责嚴严緊紧緩缓項项對对帶带發发執执線线陰阴陽阳國国\
        轉转禮礼節节簡简繁繁運运營营業业結结餘余儲储臺台灣湾區区廳厅門门館馆賣卖賞赏貴贵賓宾歲岁齡龄體体聲声訴诉後后";
    let mut chars = PAIRS.chars().filter(|pair| !pair.is_whitespace());
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == ch {
            return to;
        }
    }
    ch
}

/// How sure a guess is: the heading is a known word.
pub const SURE: u8 = 100;
/// How sure a guess is: the heading holds a known word.
pub const LIKELY: u8 = 60;

/// How well a heading fits a field of a kind; 0 when it does not.
pub fn fit(kind: ImportKind, field: Field, heading: &Heading) -> u8 {
    let words = words(kind, field);
    if words.iter().any(|word| *word == heading.word) {
        // Of two good names the one that stands first in the list wins.
        let rank = words.iter().position(|word| *word == heading.word).unwrap_or(0);
        return SURE - u8::try_from(rank.min(30)).unwrap_or(30);
    }
    let is_telling = |word: &&&str| if word.is_ascii() { word.len() >= 5 } else { word.chars().count() >= 2 };
    let held =
        words.iter().filter(is_telling).filter(|word| heading.word.contains(**word)).map(|word| word.len()).max();
    match held {
        Some(length) if !is_about_something_else(kind, field, &heading.word) => {
            LIKELY - 20 + u8::try_from(length.min(20)).unwrap_or(20)
        }
        _ => 0,
    }
}

/// `下次联系日期` holds a known word and means another thing.
fn is_about_something_else(kind: ImportKind, field: Field, word: &str) -> bool {
    let others: &[&str] = match field {
        Field::Name if kind == ImportKind::Customers => &["公司", "店", "商品", "产品", "操作", "推荐", "介绍", "紧急"],
        Field::Phone | Field::CustomerPhone => &["紧急", "推荐", "介绍", "门店", "员工"],
        Field::JoinedOn | Field::SoldAt | Field::OpenedAt => &["下次", "最近", "到期", "有效", "修改", "更新", "生日"],
        Field::OpeningSpend | Field::Amount | Field::Paid => &["余额", "储值", "充值", "退", "次数", "笔数", "最近"],
        Field::OpeningPoints | Field::Points => &["累计积分", "等级"],
        Field::Customer | Field::CustomerName => &["来源", "类型", "等级", "数量", "备注"],
        _ => &[],
    };
    others.iter().any(|other| word.contains(other))
}

/// The known words of a field, the best first.
fn words(kind: ImportKind, field: Field) -> &'static [&'static str] {
    let kind = if kind == ImportKind::Vcard { ImportKind::Customers } else { kind };
    let known = WORDS.get(&(Some(kind), field)).or_else(|| WORDS.get(&(None, field)));
    known.map(Vec::as_slice).unwrap_or_default()
}

type Words = BTreeMap<(Option<ImportKind>, Field), Vec<&'static str>>;

/// The list of `synonyms.txt`; without a kind for the words of every kind.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::new();
    for line in include_str!("synonyms.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('|').map(str::trim);
        let (Some(kinds), Some(field), Some(list)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Some(field) = Field::ALL.iter().copied().find(|known| known.name() == field) else { continue };
        for kind in kinds.split(' ') {
            words.insert((kind_by_name(kind), field), list.split(' ').collect());
        }
    }
    words
});

fn kind_by_name(name: &str) -> Option<ImportKind> {
    match name {
        "customers" => Some(ImportKind::Customers),
        "products" => Some(ImportKind::Products),
        "sales" => Some(ImportKind::Sales),
        "sale_lines" => Some(ImportKind::SaleLines),
        "refunds" => Some(ImportKind::Refunds),
        "complaints" => Some(ImportKind::Complaints),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_their_dress() {
        for (text, word, is_minor) in [
            ("Invoice No.", "invoiceno", false),
            ("invoice_no", "invoiceno", false),
            (" 手機號碼 ", "手机号码", false),
            ("實收金額（元）", "实收金额", false),
            ("金额(分)", "金额", true),
            ("paid_cents", "paid", true),
            ("unit_fen", "unit", true),
            ("积分", "积分", false),
            ("ＳＫＵ", "sku", false),
            ("客户 姓名*", "客户姓名", false),
        ] {
            assert_eq!(Heading::read(text), Heading { word: word.to_owned(), is_minor }, "{text}");
        }
    }

    #[test]
    fn a_column_about_something_else_is_not_taken_for_it() {
        let fit_of = |field, text| fit(ImportKind::Customers, field, &Heading::read(text));
        assert_eq!(fit_of(Field::Phone, "紧急联系电话"), 0);
        assert_eq!(fit_of(Field::OpeningSpend, "储值余额"), 0);
        assert!(fit_of(Field::Phone, "会员手机号(必填)") > 0);
    }

    #[test]
    fn every_line_of_the_list_is_understood() {
        let lines: Vec<&str> =
            include_str!("synonyms.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let entries: usize = lines.iter().map(|line| line.split('|').next().unwrap().trim().split(' ').count()).sum();
        assert_eq!(WORDS.len(), entries, "a field or a kind is misspelt or stands twice");
        for word in WORDS.values().flatten() {
            assert!(Heading::read(word).word == *word || *word == "#", "{word} is not written as it is compared");
        }
    }

    #[test]
    fn every_field_has_words() {
        for kind in ["customers", "products", "sales", "sale_lines", "refunds", "complaints"] {
            let kind = kind_by_name(kind).unwrap();
            for field in super::super::fields::of_kind(kind) {
                assert!(!words(kind, *field).is_empty(), "{kind:?} {}", field.name());
            }
        }
    }
}
