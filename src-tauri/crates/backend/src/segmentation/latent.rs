//! 潜在高价值: low contribution, high potential, by the scheme of both.

use crate::classes;
use rusqlite::Connection;
use shukebu_domain::segmentation::{Scheme, presets};

/// Low contribution, high potential.
pub(super) const CLASS: &str = "latent";

/// The scheme of contribution and potential, as the shop has it or as it came.
pub(super) fn scheme(connection: &Connection) -> Scheme {
    let known = classes::scheme(connection, "contribution_potential").ok();
    known.filter(|scheme| scheme.face(CLASS).is_some()).unwrap_or_else(presets::contribution_potential)
}
