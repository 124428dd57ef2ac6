//! A closed case as an example for training: no names, no numbers by which anybody could be found (`rules.md` F 13).

/// The text without the given names and without anything that looks like a phone number, a mail address or an account.
///
/// `names` are pairs of what is taken out and what stands there instead; longer ones are taken out first, so that a
/// full name does not leave its second half behind.
pub fn without_names(text: &str, names: &[(String, String)]) -> String {
    let mut names: Vec<&(String, String)> = names.iter().filter(|(name, _)| name.chars().count() > 1).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let named = names.into_iter().fold(text.to_owned(), |text, (name, instead)| text.replace(name, instead));
    without_numbers(&named)
}

/// Runs of five digits and more become as many stars; spaces and dashes between digits belong to the run. A word with
/// an at sign becomes stars as a whole.
fn without_numbers(text: &str) -> String {
    const LONGEST_HARMLESS: usize = 4;
    let chars: Vec<char> = text.chars().collect();
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(ch) = chars.get(at) {
        if !ch.is_numeric() {
            result.push(*ch);
            at += 1;
            continue;
        }
        let joins = |ch: &char| ch.is_numeric() || matches!(ch, ' ' | '-' | '－');
        let run: Vec<char> = chars.iter().skip(at).take_while(|ch| joins(ch)).copied().collect();
        let length = run.iter().rposition(|ch| ch.is_numeric()).map_or(run.len(), |last| last + 1);
        let digits = run.iter().take(length).filter(|ch| ch.is_numeric()).count();
        let hides = digits > LONGEST_HARMLESS && !is_day(run.get(..length).unwrap_or(&[]));
        result.extend(run.iter().take(length).map(|ch| if hides && ch.is_numeric() { '*' } else { *ch }));
        at += length;
    }
    let hidden = |word: &str| if word.contains('@') { "***".to_owned() } else { word.to_owned() };
    result.split(' ').map(hidden).collect::<Vec<_>>().join(" ")
}

/// `2026-03-05` is a day and tells nothing.
fn is_day(run: &[char]) -> bool {
    let text: String = run.iter().collect();
    text.parse::<chrono::NaiveDate>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<(String, String)> {
        [("王小明", "客人"), ("王姐", "客人"), ("李芳", "负责人")].map(|(a, b)| (a.into(), b.into())).to_vec()
    }

    #[test]
    fn nobody_is_named_in_a_training_case() {
        assert_eq!(
            without_names("王小明(王姐)打来 138 0013 8001, 李芳接的", &names()),
            "客人(客人)打来 *** **** ****, 负责人接的"
        );
    }

    #[test]
    fn short_numbers_and_days_stay() {
        assert_eq!(without_names("6 寸蛋糕, 2026-03-05 取, 120 元", &[]), "6 寸蛋糕, 2026-03-05 取, 120 元");
    }

    #[test]
    fn an_address_of_mail_is_taken_out() {
        assert_eq!(without_names("写到 wang@example.com 了", &[]), "写到 *** 了");
    }
}
