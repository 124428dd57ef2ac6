//! Whether two records look like one person (查重): the same phone, the same name with the same birthday, the same sound
//! with a phone or company that is nearly the same. What speaks for it and against it adds up to one likeness; a family
//! that shares a phone is weaker than one person who was written down twice.

use crate::birthday::Birthday;
use serde::{Deserialize, Serialize};

/// Pairs below this are not shown.
pub const WORTH_SHOWING: u32 = 30;

/// What of a record is compared; everything cleaned, phones in their canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// The name.
    pub name: String,
    /// How the name sounds, without tones.
    pub sound: String,
    /// Birthday, if known.
    pub birthday: Option<Birthday>,
    /// Phones and other handles.
    pub handles: Vec<String>,
    /// Company, if known.
    pub company: Option<String>,
    /// A word for the gender, if known.
    pub gender: Option<String>,
    /// Whether it is a company.
    pub is_company: bool,
}

/// What speaks for one person, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// One handle in both.
    SameHandle,
    /// The very same name.
    SameName,
    /// Another writing of the same sound.
    SameSound,
    /// The same birthday; the year may be missing in one.
    SameBirthday,
    /// Phones of which one digit differs.
    NearPhone,
    /// The same company.
    SameCompany,
    /// Both birthdays are known and differ.
    OtherBirthday,
    /// Both genders are known and differ.
    OtherGender,
}

/// How much two records look like one person, 0–100, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// 0–100.
    pub score: u32,
    /// What speaks for it, strongest first, then what speaks against it.
    pub reasons: Vec<Reason>,
}

impl Reason {
    fn weight(self) -> i32 {
        match self {
            Self::SameHandle => 50,
            Self::SameName => 40,
            Self::SameSound => 32,
            Self::SameBirthday => 45,
            Self::NearPhone => 30,
            Self::SameCompany => 20,
            Self::OtherBirthday => -40,
            Self::OtherGender => -25,
        }
    }
}

/// Compares two records. A person and a company are never the same.
pub fn likeness(one: &Traits, other: &Traits) -> Likeness {
    if one.is_company != other.is_company {
        return Likeness { score: 0, reasons: vec![] };
    }
    let mut reasons = vec![];
    if one.handles.iter().any(|handle| other.handles.contains(handle)) {
        reasons.push(Reason::SameHandle);
    } else if one.handles.iter().any(|handle| other.handles.iter().any(|near| differ_by_one_digit(handle, near))) {
        reasons.push(Reason::NearPhone);
    }
    if !one.name.is_empty() && one.name == other.name {
        reasons.push(Reason::SameName);
    } else if !one.sound.is_empty() && one.sound == other.sound {
        reasons.push(Reason::SameSound);
    }
    if let (Some(a), Some(b)) = (&one.birthday, &other.birthday) {
        let is_same = (a.calendar, a.month, a.day, a.leap) == (b.calendar, b.month, b.day, b.leap)
            && (a.year.is_none() || b.year.is_none() || a.year == b.year);
        // A lunar and a solar day cannot be held against each other without the year.
        match (is_same, a.calendar == b.calendar) {
            (true, _) => reasons.push(Reason::SameBirthday),
            (false, true) => reasons.push(Reason::OtherBirthday),
            (false, false) => {}
        }
    }
    if one.company.is_some() && one.company == other.company {
        reasons.push(Reason::SameCompany);
    }
    if one.gender.is_some() && other.gender.is_some() && one.gender != other.gender {
        reasons.push(Reason::OtherGender);
    }
    reasons.sort_by_key(|reason| -reason.weight());
    let sum: i32 = reasons.iter().map(|reason| reason.weight()).sum();
    Likeness { score: u32::try_from(sum.clamp(0, 100)).unwrap_or(0), reasons }
}

/// Whether two numbers of seven digits or more are equally long and differ in one place: a slip of the finger.
pub fn differ_by_one_digit(one: &str, other: &str) -> bool {
    let is_number = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+');
    one.len() == other.len()
        && is_number(one)
        && is_number(other)
        && one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::birthday::Calendar;

    fn record(name: &str, sound: &str, phone: &str) -> Traits {
        let handles = if phone.is_empty() { vec![] } else { vec![phone.to_owned()] };
        Traits { name: name.to_owned(), sound: sound.to_owned(), handles, ..Traits::default() }
    }

    fn born(month: u32, day: u32, year: Option<i32>) -> Option<Birthday> {
        Some(Birthday { calendar: Calendar::Solar, year, month, day, leap: false })
    }

    #[test]
    fn one_person_written_down_twice_is_likelier_than_a_family_on_one_phone() {
        let twice = likeness(&record("张丽", "zhangli", "13800138000"), &record("张莉", "zhangli", "13800138000"));
        let family = likeness(&record("张丽", "zhangli", "13800138000"), &record("王强", "wangqiang", "13800138000"));
        assert!(twice.score > family.score && family.score >= WORTH_SHOWING);
        assert_eq!(twice.reasons, [Reason::SameHandle, Reason::SameSound]);
    }

    #[test]
    fn a_name_alone_is_not_enough_and_a_birthday_with_it_is() {
        let (mut one, mut other) = (record("王伟", "wangwei", ""), record("王伟", "wangwei", ""));
        let alone = likeness(&one, &other).score;
        (one.birthday, other.birthday) = (born(3, 5, Some(1990)), born(3, 5, None));
        let with_birthday = likeness(&one, &other);
        assert!(alone < 50 && with_birthday.score >= 80);
        assert_eq!(with_birthday.reasons, [Reason::SameBirthday, Reason::SameName]);
        other.birthday = born(3, 5, Some(1991));
        assert!(likeness(&one, &other).score < WORTH_SHOWING, "born in different years");
    }

    #[test]
    fn a_slip_of_one_digit_is_seen_and_two_are_not() {
        assert!(differ_by_one_digit("13800138000", "13800138001"));
        assert!(!differ_by_one_digit("13800138000", "13800138011"));
        assert!(!differ_by_one_digit("13800138000", "13800138000"));
        assert!(!differ_by_one_digit("13800138000", "1380013800"));
        let near = likeness(&record("张丽", "zhangli", "13800138000"), &record("张莉", "zhangli", "13800138001"));
        assert_eq!(near.reasons, [Reason::SameSound, Reason::NearPhone]);
        assert!(near.score >= 60);
    }

    #[test]
    fn a_person_and_a_company_are_never_the_same() {
        let mut company = record("张丽", "zhangli", "13800138000");
        company.is_company = true;
        assert_eq!(likeness(&record("张丽", "zhangli", "13800138000"), &company).score, 0);
    }

    #[test]
    fn likeness_does_not_depend_on_the_order() {
        let mut one = record("张丽", "zhangli", "13800138000");
        one.gender = Some("female".to_owned());
        let mut other = record("张莉", "zhangli", "13800138001");
        other.gender = Some("male".to_owned());
        assert_eq!(likeness(&one, &other), likeness(&other, &one));
    }
}
