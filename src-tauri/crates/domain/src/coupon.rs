//! Coupons (优惠券): what a code looks like, what a coupon takes off a sale, and how it stands on a day.
//!
//! A code is nine random characters and one check character, shown as `ABCDE-FGHJK`. The check is a weighted sum
//! modulo 31: the alphabet has 31 characters (without 0/O, 1/I/L) and 31 is a prime, so with weights 1 to 10 every
//! single wrong character and every swap of two characters, neighbours or not, changes the sum.

use crate::error::{FieldError, RuleError, refuse_if_any};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Characters of a code, the check character included.
pub const CODE_LENGTH: usize = 10;

/// What a coupon is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Worth {
    /// An amount in minor units.
    Value {
        /// How much.
        value_minor: Money,
    },
    /// A share of the sale.
    Percent {
        /// Basis points: 2000 is 20 % off.
        percent_bp: u32,
        /// The most that it takes off; none is no limit.
        #[serde(default)]
        cap_minor: Option<Money>,
    },
}

/// What is printed on a coupon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Terms {
    /// What it is worth.
    pub worth: Worth,
    /// What the sale must come to before coupons (满减); zero for none.
    #[serde(default)]
    pub minimum_minor: Money,
    /// Whether it may be used beside other coupons that say so too.
    #[serde(default)]
    pub is_stackable: bool,
}

/// How a coupon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    /// 未用
    Unused,
    /// 已用
    Used,
    /// 过期
    Expired,
    /// 作废
    Void,
}

/// How a coupon stands on a day: what happened to it comes before what the calendar says. It is good through its
/// last day.
pub fn state(is_used: bool, is_void: bool, until_on: NaiveDate, today: NaiveDate) -> CouponState {
    match (is_void, is_used) {
        (true, _) => CouponState::Void,
        (false, true) => CouponState::Used,
        (false, false) if today > until_on => CouponState::Expired,
        (false, false) => CouponState::Unused,
    }
}

impl Terms {
    /// Refuses terms that cannot be printed.
    ///
    /// # Errors
    /// `amount.not_positive`, `amount.negative`, `rate.out_of_range`, all at once.
    pub fn check(&self) -> Result<(), RuleError> {
        let mut problems = vec![];
        match self.worth {
            Worth::Value { value_minor } if value_minor <= Money::ZERO => {
                problems.push(FieldError::new("value_minor", "amount.not_positive"));
            }
            Worth::Percent { percent_bp, cap_minor } => {
                if percent_bp == 0 || percent_bp > 10_000 {
                    problems.push(FieldError::new("percent_bp", "rate.out_of_range"));
                }
                if cap_minor.is_some_and(|cap| cap <= Money::ZERO) {
                    problems.push(FieldError::new("cap_minor", "amount.not_positive"));
                }
            }
            Worth::Value { .. } => {}
        }
        if self.minimum_minor.is_negative() {
            problems.push(FieldError::new("minimum_minor", "amount.negative"));
        }
        refuse_if_any(problems)
    }

    /// The most that one such coupon can cost the shop; unknown for a share without a cap.
    pub fn most(&self) -> Option<Money> {
        match self.worth {
            Worth::Value { value_minor } => Some(value_minor),
            Worth::Percent { cap_minor, .. } => cap_minor,
        }
    }

    /// What this coupon takes off a sale of `basis` (lines minus discount) of which `left` is still to be paid. A share is
    /// taken of the basis, rounded half up once; nothing takes off more than is left, and nothing is handed back in
    /// cash.
    ///
    /// # Errors
    /// `coupon.below_minimum` with what is missing.
    pub fn take_off(&self, basis: Money, left: Money) -> Result<Money, RuleError> {
        if basis < self.minimum_minor {
            return Err(
                RuleError::not_now("coupon.below_minimum").with("missing", self.minimum_minor.minor() - basis.minor())
            );
        }
        let worth = match self.worth {
            Worth::Value { value_minor } => value_minor,
            Worth::Percent { percent_bp, cap_minor } => {
                let exact = i128::from(basis.minor()) * i128::from(percent_bp);
                let share = Money::round_half_up(exact, 10_000).unwrap_or(Money::ZERO);
                cap_minor.map_or(share, |cap| share.min(cap))
            }
        };
        Ok(worth.min(left).max(Money::ZERO))
    }
}

/// A code from random numbers: each is taken modulo the alphabet.
pub fn code_from(random: &[u8; 16]) -> String {
    let number = u128::from_le_bytes(*random);
    let base = 31_u128;
    let mut rest = number;
    let mut digits = vec![];
    for _ in 1..CODE_LENGTH {
        digits.push(u32::try_from(rest % base).unwrap_or(0));
        rest /= base;
    }
    let sum: u32 = digits.iter().zip(1..).map(|(digit, weight)| digit * weight).sum();
    // The last weight is 10; the character that makes the sum a multiple of 31 exists because 31 is a prime.
    let check = (0..31).find(|check| (sum + check * 10).is_multiple_of(31)).unwrap_or(0);
    digits.push(check);
    digits.iter().filter_map(|digit| ALPHABET.get(*digit as usize)).map(|byte| char::from(*byte)).collect()
}

/// A code as it is stored, from what was typed or scanned: full-width and small letters, spaces and dashes are fine.
///
/// # Errors
/// `coupon.code_unreadable` for a wrong length, a character that no code has, or a check that does not fit.
pub fn read_code(typed: &str) -> Result<String, RuleError> {
    let plain = |ch: char| match ch {
        '！'..='～' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        other => other,
    };
    let code: String = typed
        .chars()
        .map(plain)
        .filter(|ch| !ch.is_whitespace() && !matches!(ch, '-' | '—' | '–' | '_'))
        .map(|ch| ch.to_ascii_uppercase())
        .collect();
    if has_check(&code) { Ok(code) } else { Err(RuleError::field("coupon_codes", "coupon.code_unreadable")) }
}

fn has_check(code: &str) -> bool {
    if code.chars().count() != CODE_LENGTH {
        return false;
    }
    let digits: Option<Vec<usize>> =
        code.bytes().map(|byte| ALPHABET.iter().position(|known| *known == byte)).collect();
    digits.is_some_and(|digits| digits.iter().zip(1..).map(|(digit, weight)| digit * weight).sum::<usize>() % 31 == 0)
}

/// A code as it is printed: two groups of five.
pub fn shown_code(code: &str) -> String {
    let (first, second) = code.split_at_checked(5).unwrap_or((code, ""));
    if second.is_empty() { code.to_owned() } else { format!("{first}-{second}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor(amount: i64) -> Money {
        Money::from_minor(amount)
    }

    fn value(value: i64, minimum: i64) -> Terms {
        let worth = Worth::Value { value_minor: minor(value) };
        Terms { worth, minimum_minor: minor(minimum), is_stackable: false }
    }

    fn percent(percent_bp: u32, cap: Option<i64>) -> Terms {
        let worth = Worth::Percent { percent_bp, cap_minor: cap.map(minor) };
        Terms { worth, minimum_minor: Money::ZERO, is_stackable: false }
    }

    proptest! {
        #[test]
        fn every_wrong_character_and_every_swap_is_noticed(random: [u8; 16], at in 0..CODE_LENGTH, to in 0..31_usize, with in 0..CODE_LENGTH) {
            let code = code_from(&random);
            prop_assert_eq!(read_code(&code).unwrap(), code.clone());
            let mut wrong = code.clone().into_bytes();
            wrong[at] = ALPHABET[to];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(read_code(&wrong).is_ok(), wrong == code);
            let mut swapped = code.clone().into_bytes();
            swapped.swap(at, with);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(read_code(&swapped).is_ok(), swapped == code);
        }

        #[test]
        fn no_coupon_takes_off_more_than_is_left(worth in 1_i64..1_000_000, bp in 1_u32..=10_000, basis in 0_i64..1_000_000, left in 0_i64..1_000_000) {
            let left = left.min(basis);
            for terms in [value(worth, 0), percent(bp, None), percent(bp, Some(worth))] {
                let off = terms.take_off(minor(basis), minor(left)).unwrap().minor();
                prop_assert!((0..=left).contains(&off));
            }
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code_from(&[7; 16]);
        let shown = shown_code(&code);
        assert_eq!(shown.len(), 11);
        assert_eq!(read_code(&format!(" {} ", shown.to_lowercase())).unwrap(), code);
        let wide: String = code.chars().map(|ch| char::from_u32(u32::from(ch) + 0xFEE0).unwrap()).collect();
        assert_eq!(read_code(&wide).unwrap(), code);
        for wrong in ["", "ABC", "0000000000", "券券券券券券券券券券"] {
            assert!(read_code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_value_needs_its_minimum_and_is_never_paid_out() {
        assert_eq!(value(2_000, 10_000).take_off(minor(10_000), minor(10_000)).unwrap().minor(), 2_000);
        let refused = value(2_000, 10_000).take_off(minor(9_999), minor(9_999)).unwrap_err();
        assert_eq!(refused, RuleError::not_now("coupon.below_minimum").with("missing", 1));
        assert_eq!(value(2_000, 0).take_off(minor(1_500), minor(1_500)).unwrap().minor(), 1_500);
    }

    #[test]
    fn a_share_is_rounded_once_and_ends_at_its_cap() {
        assert_eq!(percent(1_250, None).take_off(minor(100), minor(100)).unwrap().minor(), 13, "12.5 is 13");
        assert_eq!(percent(2_000, Some(500)).take_off(minor(10_000), minor(10_000)).unwrap().minor(), 500);
        assert!(percent(10_001, None).check().is_err() && percent(0, None).check().is_err());
    }

    #[test]
    fn what_happened_to_a_coupon_comes_before_the_calendar() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let until = day("2026-03-31");
        assert_eq!(state(false, false, until, until), CouponState::Unused, "good through its last day");
        assert_eq!(state(false, false, until, day("2026-04-01")), CouponState::Expired);
        assert_eq!(state(true, false, until, day("2026-04-01")), CouponState::Used);
        assert_eq!(state(false, true, until, day("2026-04-01")), CouponState::Void);
    }
}
