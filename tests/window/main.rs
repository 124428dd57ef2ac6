//! The real window: the built shell under WebDriver on a virtual display.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod first_day;
mod shots;
mod walls;
