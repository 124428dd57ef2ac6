//! Behaviour, contract, architecture, journeys and the real window, as integration tests. Here is
//! their equipment: a browser or the real window driven through WebDriver, and the loopback host
//! that serves the interface and the commands to a browser. None of it is part of the product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "equipment of tests: a panic is a failed test"
)]

pub mod equipment;
