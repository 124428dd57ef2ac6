//! Scripts: words with variables in braces, filled in for one case. What a case cannot fill stays where it is and is
//! pointed out before anybody copies it (`rules.md` H 4).

use std::collections::BTreeMap;

/// A script filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The words; a variable without a value still stands in its braces.
    pub text: String,
    /// Variables without a value, each once, in their order.
    pub missing: Vec<String>,
}

/// Fills the variables of a script. An empty value is none. A brace that is never closed is just a brace.
pub fn fill(template: &str, values: &BTreeMap<&str, String>) -> Filled {
    let mut filled = Filled { text: String::with_capacity(template.len()), missing: Vec::new() };
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.text.push_str(before);
        let Some((name, tail)) = after.split_once('}').filter(|(name, _)| !name.contains(['{', '\n'])) else {
            filled.text.push('{');
            rest = after;
            continue;
        };
        match values.get(name.trim()).filter(|value| !value.trim().is_empty()) {
            Some(value) => filled.text.push_str(value),
            None => {
                filled.text.push_str(&format!("{{{name}}}"));
                if !filled.missing.iter().any(|missing| missing == name.trim()) {
                    filled.missing.push(name.trim().to_owned());
                }
            }
        }
        rest = tail;
    }
    filled.text.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_filled_in_and_what_is_not_is_named_once() {
        let values = BTreeMap::from([("称呼", "王姐".to_owned()), ("订单", String::new())]);
        let filled = fill("{称呼}您好, 关于{订单}({订单}), 单号{ 单号 }。", &values);
        assert_eq!(filled.text, "王姐您好, 关于{订单}({订单}), 单号{ 单号 }。");
        assert_eq!(filled.missing, ["订单", "单号"]);
    }

    #[test]
    fn a_lonely_brace_is_a_brace() {
        let values = BTreeMap::from([("a", "1".to_owned())]);
        assert_eq!(fill("{ {a} {b", &values).text, "{ 1 {b");
    }
}
