//! Which fields a shop wants to know of every new customer, beside the name. What a company has none of is not asked of
//! a company.

use crate::error::FieldError;
use serde::{Deserialize, Serialize};

/// A field that a shop may require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RequiredField {
    /// 称呼
    Salutation,
    /// A mobile or a fixed line.
    Phone,
    /// 微信
    Wechat,
    /// 邮箱
    Email,
    /// 性别
    Gender,
    /// 生日
    Birthday,
    /// The company that a person belongs to.
    Company,
    /// 地址
    Address,
    /// How the customer came.
    Source,
}

impl RequiredField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Salutation,
        Self::Phone,
        Self::Wechat,
        Self::Email,
        Self::Gender,
        Self::Birthday,
        Self::Company,
        Self::Address,
        Self::Source,
    ];

    /// The field of the form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Salutation => "salutation",
            Self::Phone => "phone",
            Self::Wechat => "wechat",
            Self::Email => "email",
            Self::Gender => "gender",
            Self::Birthday => "birthday",
            Self::Company => "company",
            Self::Address => "address",
            Self::Source => "source",
        }
    }

    /// Whether only a person can have it.
    pub const fn is_of_persons(self) -> bool {
        matches!(self, Self::Salutation | Self::Gender | Self::Birthday | Self::Company)
    }
}

/// What a shop requires, each once and in the order of the form.
pub fn in_order(chosen: &[RequiredField]) -> Vec<RequiredField> {
    RequiredField::ALL.into_iter().filter(|field| chosen.contains(field)).collect()
}

/// What of the required fields is not there.
pub fn lacking(required: &[RequiredField], is_person: bool, has: impl Fn(RequiredField) -> bool) -> Vec<RequiredField> {
    let asked = required.iter().copied().filter(|field| is_person || !field.is_of_persons());
    asked.filter(|field| !has(*field)).collect()
}

/// The refusal of a form in which a required field is empty; `at` is where that form shows it. Above a long form the
/// sentences stand without their fields, so each names its own.
pub fn refusal(field: RequiredField, at: &str) -> FieldError {
    let key = match field {
        RequiredField::Salutation => "required.salutation",
        RequiredField::Phone => "required.phone",
        RequiredField::Wechat => "required.wechat",
        RequiredField::Email => "required.email",
        RequiredField::Gender => "required.gender",
        RequiredField::Birthday => "required.birthday",
        RequiredField::Company => "required.company",
        RequiredField::Address => "required.address",
        RequiredField::Source => "required.source",
    };
    FieldError::new(at, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_company_cannot_have_is_not_asked_of_it() {
        let required = in_order(&[RequiredField::Address, RequiredField::Birthday, RequiredField::Address]);
        assert_eq!(required, [RequiredField::Birthday, RequiredField::Address]);
        assert_eq!(lacking(&required, true, |_| false), required);
        assert_eq!(lacking(&required, false, |_| false), [RequiredField::Address]);
        assert!(lacking(&required, true, |_| true).is_empty());
    }

    #[test]
    fn a_required_field_is_called_as_it_is_in_the_form() {
        for field in RequiredField::ALL {
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }
}
