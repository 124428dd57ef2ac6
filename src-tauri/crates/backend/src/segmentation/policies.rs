//! How a class is served: in the shop's words, or in those that came with the program.

use crate::classes;
use crate::error::Result;
use crate::store;
use crate::store::service::StoredService;
use rusqlite::Connection;
use shukebu_domain::segmentation::{CareLevel, Scheme, ServicePolicy, default_policies};
use std::collections::BTreeMap;

const MINUTES: u32 = 10;
/// Classes for which the program brings a strategy to begin with.
const STRATEGIES: [&str; 8] = ["old_large", "old_small", "new_large", "new_small", "star", "mature", "latent", "basic"];

/// The policies of all classes of a scheme, in order: those of the shop, else those that came with the program.
pub(super) fn policies(connection: &Connection, scheme: &Scheme) -> Result<Vec<ServicePolicy>> {
    let stored = store::service::of_scheme(connection, &scheme.key)?;
    Ok(scheme.faces().map(|face| policy(&stored, scheme, &face.key)).collect())
}

pub(super) fn policy(stored: &BTreeMap<String, StoredService>, scheme: &Scheme, class: &str) -> ServicePolicy {
    let given = stored.get(class).map(|service| service.policy.clone());
    let brought = || default_policies(&scheme.key).into_iter().find(|policy| policy.class_key == class);
    given.or_else(brought).unwrap_or_else(|| ServicePolicy {
        class_key: class.to_owned(),
        interval_days: None,
        channel: None,
        questions: vec![],
        templates: vec![],
        care: CareLevel::Standard,
        complaint_response_minutes: None,
        minutes_per_contact: MINUTES,
        trial: None,
    })
}

/// Minutes within which a complaint of this class of the primary scheme is answered, where its service policy says so.
pub(crate) fn complaint_target(connection: &Connection, class: &str) -> Result<Option<u32>> {
    let scheme = classes::primary(connection)?;
    let stored = store::service::of_scheme(connection, &scheme.key)?;
    Ok(policy(&stored, &scheme, class).complaint_response_minutes)
}

/// What to do with a class, in the shop's words or in those that came with the program.
pub(super) fn strategy(
    connection: &Connection,
    scheme: &Scheme,
    class: &str,
    words: impl Fn(&str) -> String,
) -> Result<String> {
    let stored = store::service::of_scheme(connection, &scheme.key)?;
    let brought = || if STRATEGIES.contains(&class) { words(&format!("strategy.{class}")) } else { String::new() };
    Ok(stored.get(class).map(|service| service.strategy.clone()).unwrap_or_else(brought))
}
