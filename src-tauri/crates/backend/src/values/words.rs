//! Words that stand for a choice.

use super::Problem;
use super::text::clean;
pub use crate::api::complaints::SeverityInput as Severity;
pub use crate::api::customers::Gender;

/// 女, F, female, 女士 …; 男, M, male, 先生 …. The national standard writes 1 for men and 2 for women.
///
/// # Errors
/// `gender.unreadable`; 未知, 保密 and their like are no gender and no error.
pub fn gender(cell: &str) -> Result<Option<Gender>, Problem> {
    match clean(cell).to_lowercase().as_str() {
        "" | "未知" | "保密" | "不详" | "不詳" | "u" | "unknown" | "0" | "-" | "其他" | "other" => Ok(None),
        "女" | "f" | "female" | "女士" | "小姐" | "女性" | "w" | "woman" | "2" | "ms" | "mrs" | "miss" => {
            Ok(Some(Gender::Female))
        }
        "男" | "m" | "male" | "先生" | "男性" | "man" | "1" | "mr" => Ok(Some(Gender::Male)),
        _ => Err("gender.unreadable"),
    }
}

/// Urgent becomes high; normal and low become normal.
///
/// # Errors
/// `severity.unreadable`.
pub fn severity(cell: &str) -> Result<Severity, Problem> {
    match clean(cell).to_lowercase().as_str() {
        "red" | "critical" | "红" | "紅" | "重大" | "特急" | "严重" | "嚴重" | "p0" | "safety" => {
            Ok(Severity::Red)
        }
        "high" | "urgent" | "高" | "紧急" | "緊急" | "加急" | "急" | "p1" | "major" => Ok(Severity::High),
        "" | "normal" | "low" | "medium" | "中" | "低" | "一般" | "普通" | "正常" | "p2" | "p3" | "minor" => {
            Ok(Severity::Normal)
        }
        _ => Err("severity.unreadable"),
    }
}

/// 是, 1, yes, true, 闰; an empty cell is no.
pub fn yes(cell: &str) -> bool {
    matches!(
        clean(cell).to_lowercase().as_str(),
        "1" | "1.0" | "是" | "y" | "yes" | "true" | "闰" | "閏" | "闰月" | "√"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genders_are_read_as_lists_write_them() {
        assert_eq!(gender(" 女 "), Ok(Some(Gender::Female)));
        assert_eq!(gender("M"), Ok(Some(Gender::Male)));
        assert_eq!(gender("保密"), Ok(None));
        assert_eq!(gender("猫"), Err("gender.unreadable"));
    }

    #[test]
    fn urgent_is_high_and_low_is_normal() {
        assert_eq!(severity("urgent"), Ok(Severity::High));
        assert_eq!(severity("low"), Ok(Severity::Normal));
        assert_eq!(severity(""), Ok(Severity::Normal));
        assert_eq!(severity("??"), Err("severity.unreadable"));
    }
}
