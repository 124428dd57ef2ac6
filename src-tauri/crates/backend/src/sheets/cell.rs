//! What stands in one cell of a list.

use chrono::NaiveDate;
use shukebu_domain::money::Money;
use std::borrow::Cow;

/// One cell. A text is borrowed where it stands in a row of the book, so that a long list takes no memory for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Blank,
    /// A count, or an amount in minor units.
    Number(i64),
    /// An amount as people write it, with the decimals of its currency.
    Amount(Money, u32),
    /// Words, phones, numbers that nobody adds up.
    Text(Cow<'a, str>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<Money> for Cell<'_> {
    fn from(amount: Money) -> Self {
        Self::Number(amount.minor())
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(day: NaiveDate) -> Self {
        day.to_string().into()
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}
