//! What was meant by what was typed, pasted or scanned.
//!
//! Input becomes a list of attempts, the most literal first; the first attempt that finds anybody wins. One attempt
//! is a list of terms that must all match. `138 1234 5678` is first one number, then three fragments; a pasted
//! `姓名：张三 电话：138…` is first both, then the number alone (people change names more often than numbers), then
//! the name alone.

use super::fold::{fold, fold_char, is_han};
use super::spelling;
use shukebu_domain::phone::{Phone, PhoneKind};

/// Characters that are looked at; a longer paste is cut.
const INPUT_LIMIT: usize = 400;
/// Terms of one attempt.
const TERM_LIMIT: usize = 6;
/// Bytes of one term.
const TERM_BYTES: usize = 128;

/// One folded text that must occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Folded text, never empty.
    pub text: String,
    /// Only digits.
    pub digits: bool,
    /// Contains letters that may spell a name, and is short enough to be read.
    pub spells: bool,
    /// Contains Chinese characters and letters.
    pub mixed: bool,
}

/// What to look for, best guess first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Tried in order until one finds somebody.
    pub attempts: Vec<Vec<Term>>,
}

/// Name and number out of a pasted text, so that a new customer can be filled in from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The name as it was written.
    pub name: Option<String>,
    /// The number, when it can be read.
    pub phone: Option<Phone>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Name,
    Number,
    Other,
}

/// Words before a colon that say what follows. Longer words stand before those they contain.
const LABELS: [(&str, Label); 42] = [
    ("客户姓名", Label::Name),
    ("客人姓名", Label::Name),
    ("会员姓名", Label::Name),
    ("收货人", Label::Name),
    ("收件人", Label::Name),
    ("联系人", Label::Name),
    ("联络人", Label::Name),
    ("姓名", Label::Name),
    ("名字", Label::Name),
    ("名称", Label::Name),
    ("客户", Label::Name),
    ("客人", Label::Name),
    ("称呼", Label::Name),
    ("name", Label::Name),
    ("手机号码", Label::Number),
    ("联系电话", Label::Number),
    ("联系方式", Label::Number),
    ("联络电话", Label::Number),
    ("电话号码", Label::Number),
    ("手机号", Label::Number),
    ("手机", Label::Number),
    ("电话", Label::Number),
    ("会员卡号", Label::Number),
    ("会员号", Label::Number),
    ("卡号", Label::Number),
    ("微信号", Label::Number),
    ("微信", Label::Number),
    ("mobile", Label::Number),
    ("phone", Label::Number),
    ("wechat", Label::Number),
    ("tel", Label::Number),
    ("收货地址", Label::Other),
    ("详细地址", Label::Other),
    ("所在地区", Label::Other),
    ("地址", Label::Other),
    ("地区", Label::Other),
    ("邮编", Label::Other),
    ("备注", Label::Other),
    ("生日", Label::Other),
    ("性别", Label::Other),
    ("address", Label::Other),
    ("公司", Label::Other),
];

/// Reads input of any kind; text without anything to look for gives no attempts.
pub fn parse(input: &str) -> Query {
    let input = tidy(input);
    let mut query = Query::default();
    let parts = labelled(&input);
    if parts.iter().any(|(label, _)| *label != Label::Other) {
        attempts_from_labels(&parts, &mut query);
    }
    if query.attempts.is_empty() {
        attempts_from_words(&input, &mut query);
    }
    query
}

/// Name and number of a pasted text with labels or of a plain `张三 13812345678`; both empty for anything else.
pub fn pasted(input: &str) -> Pasted {
    let input = tidy(input);
    let parts = labelled(&input);
    let first = |wanted: Label| {
        let values = parts.iter().filter(move |(label, _)| *label == wanted).map(|(_, value)| *value);
        values.filter(|value| !value.trim().is_empty())
    };
    if parts.iter().any(|(label, _)| *label != Label::Other) {
        let name = first(Label::Name).next().and_then(|value| words(value).next()).map(str::to_owned);
        let phone = first(Label::Number).find_map(|value| Phone::parse(value.trim()).ok());
        return Pasted { name, phone };
    }
    let phone = words(&input).find_map(complete_number);
    let name = words(&input).find(|word| word.chars().any(char::is_alphabetic) && complete_number(word).is_none());
    if phone.is_some() { Pasted { name: name.map(str::to_owned), phone } } else { Pasted::default() }
}

impl Term {
    /// A term of a text; `None` when nothing is left of it after folding.
    pub fn new(text: &str) -> Option<Self> {
        let mut folded = fold(text);
        while folded.len() > TERM_BYTES {
            folded.pop();
        }
        if folded.is_empty() {
            return None;
        }
        let letters = folded.bytes().any(|b| b.is_ascii_lowercase());
        let han = folded.chars().any(is_han);
        let readable = folded.len() <= spelling::LONGEST;
        Some(Self {
            digits: folded.bytes().all(|b| b.is_ascii_digit()),
            spells: letters && readable,
            mixed: letters && han && readable,
            text: folded,
        })
    }
}

/// Width folded only as far as punctuation needs it, controls gone, length limited.
fn tidy(input: &str) -> String {
    let tidy: String = input
        .chars()
        .take(INPUT_LIMIT)
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    tidy.trim().to_owned()
}

/// The input cut at its labels; nothing when there is none.
fn labelled(input: &str) -> Vec<(Label, &str)> {
    let characters: Vec<Character> = input
        .char_indices()
        .map(|(at, c)| {
            let mut folded = None;
            fold_char(c, |c| folded = folded.or(Some(c)));
            Character { at, c, folded: folded.unwrap_or(c) }
        })
        .collect();
    // Where each label begins, where its value begins, and what it is.
    let mut cuts: Vec<(usize, usize, Label)> = Vec::new();
    let mut rest = characters.as_slice();
    let mut inside_word = false;
    while let Some((first, after)) = rest.split_first() {
        // A latin label must not be the end of a word: "hotel: 5".
        match label_at(rest).filter(|_| !inside_word) {
            Some((label, length)) => {
                rest = rest.get(length..).unwrap_or_default();
                cuts.push((first.at, rest.first().map_or(input.len(), |c| c.at), label));
                inside_word = false;
            }
            None => {
                inside_word = first.c.is_ascii_alphabetic();
                rest = after;
            }
        }
    }
    let ends: Vec<usize> = cuts.iter().skip(1).map(|cut| cut.0).chain([input.len()]).collect();
    cuts.iter()
        .zip(ends)
        .filter_map(|((_, from, label), to)| input.get(*from..to).map(|value| (*label, value)))
        .collect()
}

/// One character of the input, its byte position and what it folds to.
struct Character {
    at: usize,
    c: char,
    folded: char,
}

/// The label that the text begins with and its length in characters with colon and blanks. A number's label may
/// also stand directly before the number.
fn label_at(text: &[Character]) -> Option<(Label, usize)> {
    LABELS.iter().find_map(|(word, label)| {
        let length = word.chars().count();
        let begins = text.len() > length && word.chars().zip(text).all(|(expected, c)| c.folded == expected);
        let after = begins.then(|| text.get(length..)).flatten()?;
        let blanks = after.iter().take_while(|c| matches!(c.c, ' ' | '.')).count();
        match after.get(blanks)?.c {
            ':' => Some((*label, length + blanks + 1)),
            c if *label == Label::Number && (c.is_ascii_digit() || c == '+') => Some((*label, length + blanks)),
            _ => None,
        }
    })
}

fn attempts_from_labels(parts: &[(Label, &str)], query: &mut Query) {
    let of = |wanted: Label| -> Vec<Term> {
        let values = parts.iter().filter(|(label, _)| *label == wanted);
        values
            .filter_map(|(_, value)| if wanted == Label::Number { number_or_word(value) } else { name_term(value) })
            .collect()
    };
    let (numbers, names) = (of(Label::Number), of(Label::Name));
    if !numbers.is_empty() && !names.is_empty() {
        add(query, names.iter().chain(&numbers).cloned().collect());
    }
    numbers.into_iter().chain(names).for_each(|term| add(query, vec![term]));
}

fn name_term(value: &str) -> Option<Term> {
    words(value).find_map(Term::new)
}

fn number_or_word(value: &str) -> Option<Term> {
    let value = value.trim();
    match complete_number(value) {
        Some(phone) => Term::new(&phone.dialled()),
        None => words(value).find_map(number_term),
    }
}

fn attempts_from_words(input: &str, query: &mut Query) {
    if let Some(phone) = complete_number(input) {
        add(query, Term::new(&phone.dialled()).into_iter().collect());
    }
    let all: Vec<&str> = words(input).collect();
    let joined = join_numbers(&all);
    add(query, joined.iter().filter_map(|word| number_term(word)).collect());
    add(query, all.iter().filter_map(|word| number_term(word)).collect());
    add(query, all.iter().flat_map(|word| at_number_borders(word)).filter_map(number_term).collect());
    // A pasted line with an address: the number counts, then the name before it.
    let number = joined.iter().find_map(|word| complete_number(word));
    if let (Some(phone), true) = (number, joined.len() > 1) {
        let number: Vec<Term> = Term::new(&phone.dialled()).into_iter().collect();
        let name: Vec<Term> = joined
            .iter()
            .filter(|word| !looks_like_number(word))
            .find_map(|word| Term::new(word))
            .into_iter()
            .collect();
        add(query, number.iter().chain(&name).cloned().collect());
        add(query, number);
        add(query, name);
    }
}

fn add(query: &mut Query, mut terms: Vec<Term>) {
    terms.truncate(TERM_LIMIT);
    if !terms.is_empty() && !query.attempts.contains(&terms) {
        query.attempts.push(terms);
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '、' | '，' | '；' | '。' | '|' | '/' | '\\' | '"')
    })
    .filter(|word| !word.is_empty())
}

/// A whole telephone number, not a fragment of one: short and local numbers are left to the plain reading, because
/// four to eight digits are as likely a tail.
fn complete_number(text: &str) -> Option<Phone> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = (digits >= 9).then(|| Phone::parse(text).ok()).flatten()?;
    (!matches!(phone.kind(), PhoneKind::Local | PhoneKind::Short)).then_some(phone)
}

fn looks_like_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '—' | '–' | '－'))
}

/// Neighbouring groups of digits made one: 138 1234 5678.
fn join_numbers(words: &[&str]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last) if looks_like_number(last) && looks_like_number(word) => last.push_str(word),
            _ => joined.push((*word).to_owned()),
        }
    }
    joined
}

/// 张三8888 as 张三 and 8888. Fewer than three digits stay where they are: they belong to a name.
fn at_number_borders(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let digits = c.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    if parts.iter().any(|part| part.len() >= 3 && part.starts_with(|c: char| c.is_ascii_digit())) {
        parts
    } else {
        vec![word]
    }
}

/// A word as a term; a number loses the code of the country it is dialled from.
fn number_term(word: &str) -> Option<Term> {
    if !looks_like_number(word) {
        return Term::new(word);
    }
    if let Some(phone) = complete_number(word) {
        return Term::new(&phone.dialled());
    }
    let digits = fold(word);
    let abroad = word.starts_with('+') || digits.starts_with("00");
    let international = if abroad { digits.strip_prefix("00").unwrap_or(&digits) } else { "" };
    let national = match (international.strip_prefix("86"), international.strip_prefix("886")) {
        (Some(rest), _) => rest.to_owned(),
        (None, Some(rest)) if !rest.is_empty() => format!("0{rest}"),
        _ if word.starts_with('+') || international.starts_with("85") => international.to_owned(),
        // A tail such as 0012 also begins with two zeros.
        _ => digits.clone(),
    };
    Term::new(if national.is_empty() { &digits } else { &national })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts(input: &str) -> Vec<String> {
        let query = parse(input);
        query.attempts.iter().map(|a| a.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join("&")).collect()
    }

    #[test]
    fn every_way_of_writing_a_number_is_one_term() {
        for input in [
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "+86 13812345678",
            "008613812345678",
            "１３８ １２３４ ５６７８",
            "8613812345678",
            "电话：138 1234 5678",
            "tel13812345678",
            "手機 13812345678",
        ] {
            assert_eq!(attempts(input)[0], "13812345678", "{input}");
        }
        assert_eq!(attempts("+86 138")[0], "138");
        assert_eq!(attempts("0086138")[0], "138");
        assert_eq!(attempts("+886 912 345 678")[0], "0912345678");
        assert_eq!(attempts("020-8888 9999 转 8001")[0], "02088889999");
        assert_eq!(attempts("0012")[0], "0012", "a tail with zeros stays");
        assert_eq!(attempts("5678"), ["5678"]);
    }

    #[test]
    fn a_pasted_card_gives_name_and_number() {
        for input in [
            "姓名：张三 电话：138 1234 5678",
            "姓名:张三，电话:13812345678，地址：广东省深圳市南山区科技路1号",
            "收货人: 张三\n手机号码: 138-1234-5678\n详细地址: 南山区",
            "NAME: 张三 Tel: +86 13812345678",
            "姓名：張三 聯繫電話：13812345678",
        ] {
            let found = attempts(input);
            assert_eq!(found, ["张三&13812345678", "13812345678", "张三"], "{input}");
        }
        let read = pasted("收货人：張三\n电话：138 1234 5678\n地址：南山");
        assert_eq!(
            (read.name.as_deref(), read.phone.map(|p| p.canonical()).as_deref()),
            (Some("張三"), Some("13812345678"))
        );
        let read = pasted("李四 13912345678 南山区");
        assert_eq!(
            (read.name.as_deref(), read.phone.map(|p| p.canonical()).as_deref()),
            (Some("李四"), Some("13912345678"))
        );
        assert_eq!(pasted("李四"), Pasted::default());
        assert_eq!(pasted("5678"), Pasted::default());
    }

    #[test]
    fn a_line_with_an_address_falls_back_to_the_number() {
        let found = attempts("张三 13812345678 广东省深圳市");
        assert!(found.contains(&"13812345678&张三".to_owned()), "{found:?}");
        assert!(found.contains(&"13812345678".to_owned()));
    }

    #[test]
    fn words_are_terms_and_names_with_digits_are_cut_only_as_a_last_guess() {
        assert_eq!(attempts("zhang san"), ["zhang&san"]);
        assert_eq!(attempts("zhang'san"), ["zhangsan"]);
        assert_eq!(attempts("zhang三"), ["zhang三"]);
        assert_eq!(attempts("张三8888"), ["张三8888", "张三&8888"]);
        assert_eq!(attempts("12 34"), ["1234", "12&34"]);
        assert_eq!(attempts("3号桌"), ["3号桌"]);
        assert_eq!(attempts("陳麵包"), ["陈面包"]);
        assert_eq!(attempts("hotel: x")[0], "hotel&x");
    }

    #[test]
    fn nothing_to_look_for_gives_no_attempt() {
        for input in ["", "   ", "，。！", "\u{0}\u{1}\r\n", "姓名：", "+", "-", "\u{200b}"] {
            let found = attempts(input);
            assert!(found.is_empty() || input == "姓名：", "{input:?} {found:?}");
        }
    }
}
