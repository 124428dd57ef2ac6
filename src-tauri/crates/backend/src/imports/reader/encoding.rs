//! Which characters the bytes of a text file mean. Excel in China writes GBK without saying so, in Taiwan and Hong
//! Kong Big5; others write UTF-8 with and without a mark, or UTF-16. The detector gets no hint of a country: with the
//! hint "cn" it reads Big5 as garbage without an error. Two checks of our own come first, because headings of a
//! dozen characters are too little for a detector made for web pages.

use crate::imports::refusal::Refusal;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding with this name, as people and programs write it.
///
/// # Errors
/// `import.encoding_unknown`, at the field `encoding`.
pub fn by_name(name: &str) -> Result<&'static Encoding, Refusal> {
    let plain = name.trim().to_ascii_lowercase();
    let label = match plain.as_str() {
        "cp936" | "936" | "ms936" | "gb2312-80" | "ansi" => "gbk",
        "cp950" | "950" | "big5hkscs" | "big5-eten" => "big5",
        "utf16" | "utf-16-le" | "utf16le" | "utf16-le" | "utf_16" => "utf-16le",
        "utf16be" | "utf-16-be" | "utf16-be" => "utf-16be",
        "utf-8-sig" | "utf8bom" | "utf-8-bom" | "utf_8" => "utf-8",
        other => other,
    };
    let found = Encoding::for_label_no_replacement(label.as_bytes())
        .ok_or_else(|| Refusal::field("encoding", "import.encoding_unknown").with("name", name.trim()))?;
    Ok(widest(found))
}

/// GBK is read as GB18030, which holds the same two-byte characters and the four-byte ones besides.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The mark at the start of a text and its length in bytes.
pub fn mark(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head)
}

/// The encoding of a text without a mark, judged by the start of it; `None` when every byte is ASCII so far.
pub fn detect(head: &[u8]) -> Option<&'static Encoding> {
    if let Some(wide) = wide_without_mark(head) {
        return Some(wide);
    }
    let first = Encoding::ascii_valid_up_to(head);
    let text = head.get(first..).filter(|text| !text.is_empty())?;
    if is_utf8(text) {
        return Some(UTF_8);
    }
    if let Some(sure) = by_headings(text).or_else(|| by_usual_characters(text)) {
        return Some(sure);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(text, false);
    let guess = widest(detector.guess(None, Utf8Detection::Deny));
    // A few bytes that are also fine Chinese are Chinese: this is a program for shops in China.
    let is_western = guess.is_single_byte();
    if is_western && decodes(GB18030, text) && has_no_single_high_byte(text) {
        return Some(GB18030);
    }
    Some(guess)
}

/// UTF-8, also with a few torn characters or a line of another encoding in it: bytes of another encoding hardly ever form
/// its long sequences, and never in most of the lines.
fn is_utf8(text: &[u8]) -> bool {
    let (mut sound, mut torn) = (0_usize, 0_usize);
    let mut rest = text.utf8_chunks().peekable();
    while let Some(chunk) = rest.next() {
        sound += chunk.valid().chars().filter(|ch| !ch.is_ascii()).count();
        // The last character may be cut by the end of the sample.
        torn += usize::from(!chunk.invalid().is_empty() && rest.peek().is_some());
    }
    torn == 0 || sound >= 8 * torn || has_mostly_utf8_lines(text)
}

fn has_mostly_utf8_lines(text: &[u8]) -> bool {
    let (mut sound, mut torn) = (0_usize, 0_usize);
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(line) => sound += usize::from(line.chars().any(|ch| ch.len_utf8() > 2)),
            Err(_) => torn += 1,
        }
    }
    sound >= 2 * torn
}

/// A line of GBK, where that is beyond doubt: half of its characters at least are usual ones. What is left of a torn
/// UTF-8 character looks like rare ones.
pub(super) fn as_gbk(line: &[u8]) -> Option<String> {
    let (usual, pairs) = usual_gb_pairs(line);
    let (text, had_errors) = GB18030.decode_without_bom_handling(line);
    (usual > 0 && usual * 2 >= pairs && !had_errors).then(|| text.into_owned())
}

/// How many of the two-byte characters are of the first level of the standard, and how many there are.
fn usual_gb_pairs(line: &[u8]) -> (usize, usize) {
    let (mut usual, mut pairs) = (0, 0);
    let mut bytes = line.iter().copied();
    while let Some(high) = bytes.next() {
        if high < 0x80 {
            continue;
        }
        let Some(low) = bytes.next() else { break };
        pairs += 1;
        usual += usize::from(is_usual_gb(high, low));
    }
    (usual, pairs)
}

fn is_usual_gb(high: u8, low: u8) -> bool {
    matches!((high, low), (0xB0..=0xD7 | 0xA1 | 0xA3, 0xA1..=0xFE))
}

/// UTF-16 without a mark: the zero bytes of its separators and line ends all stand on one side.
fn wide_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, head)?;
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = match (even, odd) {
        (0, 2..) => UTF_16LE,
        (2.., 0) => UTF_16BE,
        _ => return None,
    };
    let whole = head.get(..head.len() - head.len() % 2)?;
    let (text, had_errors) = encoding.decode_without_bom_handling(whole);
    let is_text = text.chars().all(|ch| !ch.is_control() || matches!(ch, '\t' | '\r' | '\n'));
    (!had_errors && is_text && text.contains(['\n', '\r', ',', '\t', ';'])).then_some(encoding)
}

/// Words that stand in the first line of nearly every such file. Found in one reading, they settle the matter.
const HEADINGS: [&str; 26] = [
    "姓名", "手机", "电话", "会员", "日期", "生日", "备注", "金额", "数量", "客户", "性别", "商品", "单价", "手機",
    "電話", "會員", "備註", "金額", "數量", "客戶", "性別", "單價", "地址", "编号", "編號", "名称",
];

fn by_headings(text: &[u8]) -> Option<&'static Encoding> {
    let sample = text.get(..text.len().min(4096))?;
    let found = |encoding: &'static Encoding| {
        let (decoded, _) = encoding.decode_without_bom_handling(sample);
        HEADINGS.iter().filter(|word| decoded.contains(*word)).count()
    };
    let counts = [(GB18030, found(GB18030)), (BIG5, found(BIG5))];
    match counts {
        [(_, 0), (_, 0)] => None,
        [(gb, a), (_, b)] if a > b => Some(gb),
        [(_, a), (big5, b)] if b > a => Some(big5),
        _ => None,
    }
}

/// Both standards put their usual characters first. Text of one read as the other falls into the rare ones.
fn by_usual_characters(text: &[u8]) -> Option<&'static Encoding> {
    let mut pairs = 0_u32;
    let (mut usual_gb, mut usual_big5) = (0_u32, 0_u32);
    let mut bytes = text.iter().copied();
    while let Some(high) = bytes.next() {
        if high < 0x80 {
            continue;
        }
        let Some(low) = bytes.next() else { break };
        pairs += 1;
        usual_gb += u32::from(is_usual_gb(high, low));
        usual_big5 += u32::from(matches!((high, low), (0xA4..=0xC6 | 0xA1, 0x40..=0x7E | 0xA1..=0xFE)));
    }
    if pairs < 4 {
        return None;
    }
    let (share_gb, share_big5) = (usual_gb * 100 / pairs, usual_big5 * 100 / pairs);
    if share_gb >= 85 && share_gb > share_big5 && decodes(GB18030, text) {
        Some(GB18030)
    } else if share_big5 >= 90 && share_big5 > share_gb + 10 && decodes(BIG5, text) {
        Some(BIG5)
    } else {
        None
    }
}

/// Whether the sample reads without an error, apart from a character cut by its end.
fn decodes(encoding: &'static Encoding, text: &[u8]) -> bool {
    (0..4.min(text.len())).any(|cut| {
        let end = text.len() - cut;
        text.get(..end).is_some_and(|whole| !encoding.decode_without_bom_handling(whole).1)
    })
}

/// In Chinese bytes above ASCII come in runs; in western text an é stands alone between ASCII letters.
fn has_no_single_high_byte(text: &[u8]) -> bool {
    let is_high = |byte: Option<&u8>| byte.is_some_and(|byte| *byte >= 0x80);
    text.iter().enumerate().all(|(at, byte)| {
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        *byte < 0x80 || is_high(before) || is_high(text.get(at + 1)) || at + 1 == text.len()
    })
}

/// The name of an encoding as the preview shows it.
pub fn name(encoding: &'static Encoding) -> &'static str {
    encoding.name()
}

/// Encodings that the preview offers for a switch by hand, the likeliest first.
pub const OFFERED: [&Encoding; 8] = [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE, SHIFT_JIS, EUC_KR, WINDOWS_1252];

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "姓名,手机号,备注\n张三,13800138000,常来，喜欢麦香面包\n欧阳娜,,\n";
    const TRADITIONAL: &str = "姓名,手機,備註\n陳麵包,0912345678,常來，喜歡麥香麵包\n歐陽娜,,\n";

    fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        if encoding == UTF_16LE {
            return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        if encoding == UTF_16BE {
            return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn chinese_files_are_read_as_what_they_are() {
        for (encoding, text) in [
            (UTF_8, SIMPLIFIED),
            (GB18030, SIMPLIFIED),
            (GB18030, "姓名\n䶮𠮷\n"),
            (BIG5, TRADITIONAL),
            (UTF_16LE, SIMPLIFIED),
            (UTF_16BE, TRADITIONAL),
        ] {
            assert_eq!(detect(&bytes(encoding, text)), Some(encoding), "{} {text}", encoding.name());
        }
    }

    #[test]
    fn a_short_text_without_known_headings_is_still_told_apart() {
        assert_eq!(detect(&bytes(GB18030, "a,b\n王小明,蛋糕\n李丽,面包\n")), Some(GB18030));
        assert_eq!(detect(&bytes(BIG5, "a,b\n王小明,蛋糕與麵包\n李麗華,臺灣的紅茶\n")), Some(BIG5));
    }

    #[test]
    fn one_accent_in_english_is_not_chinese() {
        assert_eq!(detect(b"name,city\nZo\xeb,Z\xfcrich\nRen\xe9,Paris\n"), Some(WINDOWS_1252));
    }

    #[test]
    fn plain_ascii_settles_nothing() {
        assert_eq!(detect(b"InvoiceNo,InvoiceDate\n1,2010-12-01\n"), None);
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_sample_does_not_mislead() {
        let text = SIMPLIFIED.repeat(40);
        for encoding in [UTF_8, GB18030] {
            let whole = bytes(encoding, &text);
            for cut in 0..4 {
                assert_eq!(detect(&whole[..whole.len() - 8 - cut]), Some(encoding), "{} {cut}", encoding.name());
            }
        }
    }

    #[test]
    fn one_torn_character_does_not_make_another_encoding() {
        let mut torn = SIMPLIFIED.as_bytes().to_vec();
        torn.extend_from_slice(b"x,\xE5\xBC\ny,1\n");
        assert_eq!(detect(&torn), Some(UTF_8));
    }

    #[test]
    fn a_line_of_gbk_among_utf8_is_known_as_such_and_a_torn_character_is_not() {
        let mut mixed = "姓名,手机\n张三,1\n".as_bytes().to_vec();
        mixed.extend_from_slice(&GBK.encode("王晓华,138\n").0);
        assert_eq!(detect(&mixed), Some(UTF_8));
        assert_eq!(as_gbk(&GBK.encode("王晓华,138\r\n").0).as_deref(), Some("王晓华,138\r\n"));
        assert_eq!(as_gbk(b"x,\xE5\xBC\n"), None);
        assert_eq!(as_gbk("张三,\u{1F600}李四丰王五".as_bytes().get(1..).unwrap()), None);
    }

    #[test]
    fn encodings_are_known_by_their_many_names() {
        assert_eq!(by_name("GBK").unwrap(), GB18030);
        assert_eq!(by_name(" cp950 ").unwrap(), BIG5);
        assert_eq!(by_name("utf-8-sig").unwrap(), UTF_8);
        assert_eq!(by_name("klingon").unwrap_err().key, "import.encoding_unknown");
    }
}
