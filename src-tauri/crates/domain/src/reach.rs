//! How a customer wants to be reached: by which channel, at which hours, or not at all.

use serde::{Deserialize, Serialize};

/// A way to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReachBy {
    /// A call to the mobile.
    Mobile,
    /// A call to the fixed line.
    Landline,
    /// 短信
    Sms,
    /// 微信
    Wechat,
    /// 企业微信
    Wecom,
    /// QQ
    Qq,
    /// 邮件
    Email,
    /// WhatsApp
    Whatsapp,
    /// LINE
    Line,
    /// 小红书
    Xiaohongshu,
    /// 抖音
    Douyin,
    /// In the shop, at the next visit.
    Visit,
}

/// The channels of a customer who has not named one, best first: companies by 企业微信 and mail, persons by 微信 and
/// message.
pub fn usual_channels(is_company: bool) -> &'static [ReachBy] {
    if is_company {
        &[ReachBy::Wecom, ReachBy::Email, ReachBy::Landline, ReachBy::Mobile, ReachBy::Wechat]
    } else {
        &[ReachBy::Wechat, ReachBy::Sms, ReachBy::Mobile, ReachBy::Landline, ReachBy::Email]
    }
}

/// The channel to use: the one that was asked for, else the first usual one for which there is a handle, else a word
/// at the next visit.
pub fn channel(asked: Option<ReachBy>, is_company: bool, has: impl Fn(ReachBy) -> bool) -> ReachBy {
    asked.or_else(|| usual_channels(is_company).iter().copied().find(|by| has(*by))).unwrap_or(ReachBy::Visit)
}

/// Hours in which a customer wants peace: [from, to) in minutes since midnight, past midnight where `to` is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// First quiet minute.
    pub from: u32,
    /// First minute after it.
    pub to: u32,
}

impl QuietHours {
    /// Whether a minute of the day is quiet. Equal ends are the whole day.
    pub fn hold(self, minute: u32) -> bool {
        if self.from < self.to {
            self.from <= minute && minute < self.to
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_reached_by_mail_and_a_person_by_wechat_unless_they_say_otherwise() {
        assert_eq!(channel(None, true, |_| true), ReachBy::Wecom);
        assert_eq!(channel(None, true, |by| by == ReachBy::Email), ReachBy::Email);
        assert_eq!(channel(None, false, |_| true), ReachBy::Wechat);
        assert_eq!(channel(Some(ReachBy::Line), false, |_| false), ReachBy::Line, "what was asked for holds");
        assert_eq!(channel(None, false, |_| false), ReachBy::Visit);
    }

    #[test]
    fn quiet_hours_run_past_midnight() {
        let night = QuietHours { from: 22 * 60, to: 8 * 60 };
        assert!(night.hold(23 * 60) && night.hold(0) && night.hold(8 * 60 - 1));
        assert!(!night.hold(8 * 60) && !night.hold(21 * 60 + 59));
        let noon = QuietHours { from: 12 * 60, to: 14 * 60 };
        assert!(noon.hold(12 * 60) && !noon.hold(14 * 60) && !noon.hold(0));
    }
}
