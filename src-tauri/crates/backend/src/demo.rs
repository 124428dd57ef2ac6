//! The demo shop.
use crate::api::books::NewDemo;
use crate::api::jobs::JobView;
use crate::app::App;
use crate::error::{ApiError, Result};
/// Makes a demo shop apart from the real book and opens it.
pub fn create(_: &App, _: NewDemo) -> Result<JobView> {
    Err(ApiError::internal("demo"))
}
