//! Customer segmentation (客户分层): measures → bands → ordered classes, and why a customer is where they are.

pub mod facts;
pub mod measure;
pub mod names;
mod order_statistics;
pub mod quantile;
pub mod window;
