//! Birthdays (temporary room).
use crate::error::FieldError;
use chrono::NaiveDate;
/// Calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// S
    Solar,
    /// L
    Lunar,
}
/// Birthday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birthday {
    /// c
    pub calendar: Calendar,
    /// y
    pub year: Option<i32>,
    /// m
    pub month: u32,
    /// d
    pub day: u32,
    /// l
    pub leap: bool,
}
impl Birthday {
    /// check
    pub fn check(&self, _today: NaiveDate) -> Result<(), FieldError> {
        Ok(())
    }
    /// next
    pub fn next_on_or_after(&self, _day: NaiveDate) -> Option<NaiveDate> {
        None
    }
    /// t
    pub fn english(&self) -> String {
        String::new()
    }
    /// t
    pub fn simplified(&self) -> String {
        String::new()
    }
    /// t
    pub fn traditional(&self) -> String {
        String::new()
    }
}
