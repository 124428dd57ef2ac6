//! Which readings many speakers do not tell apart: z and zh, c and ch, s and sh, n and l, f and h, an and ang, en
//! and eng, in and ing.

/// The readings that many speakers take for `sound`.
pub fn alike(sound: &str, mut each: impl FnMut(String)) {
    let begun = |from: &str, to: &str| sound.strip_prefix(from).map(|rest| format!("{to}{rest}"));
    let front = match sound.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => sound.get(2..).map(|rest| format!("{}{rest}", sound.get(..1).unwrap_or(""))),
        [b'z', ..] => begun("z", "zh"),
        [b'c', ..] => begun("c", "ch"),
        [b's', ..] => begun("s", "sh"),
        [b'n', vowel, ..] if *vowel != b'g' => begun("n", "l"),
        [b'l', ..] => begun("l", "n"),
        [b'f', ..] | [b'h', b'u', ..] => Some(lips(sound)).filter(|other| other != sound),
        _ if sound == "hong" => Some("feng".to_owned()),
        _ => None,
    };
    let other_end = |text: &str| -> Option<String> {
        if text.ends_with("ang") || text.ends_with("eng") || text.ends_with("ing") {
            text.strip_suffix('g').map(str::to_owned)
        } else if text.ends_with("an") || text.ends_with("en") || text.ends_with("in") {
            Some(format!("{text}g"))
        } else {
            None
        }
    };
    if let Some(end) = other_end(sound) {
        each(end);
    }
    if let Some(front) = front {
        if let Some(both) = other_end(&front) {
            each(both);
        }
        each(front);
    }
}

/// f and h before u: fang and huang, fei and hui, fen and hun, fu and hu.
fn lips(sound: &str) -> String {
    match sound {
        "fu" => "hu".to_owned(),
        "fei" => "hui".to_owned(),
        "fen" => "hun".to_owned(),
        "feng" => "hong".to_owned(),
        "fou" => "hou".to_owned(),
        "hu" => "fu".to_owned(),
        "hui" => "fei".to_owned(),
        "hun" => "fen".to_owned(),
        _ => match (sound.strip_prefix("hu"), sound.strip_prefix('f')) {
            (Some(rest), _) => format!("f{rest}"),
            (None, Some(rest)) => format!("hu{rest}"),
            (None, None) => sound.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confusion_goes_both_ways() {
        for (sound, others) in [
            ("zhang", vec!["zhan", "zan", "zang"]),
            ("zan", vec!["zang", "zhang", "zhan"]),
            ("lan", vec!["lang", "nang", "nan"]),
            ("huang", vec!["huan", "fan", "fang"]),
            ("fei", vec!["hui"]),
            ("hong", vec!["fen", "feng"]),
            ("ng", vec![]),
            ("ma", vec![]),
        ] {
            let mut found = Vec::new();
            alike(sound, |other| found.push(other));
            assert_eq!(found, others, "{sound}");
        }
    }
}
