//! Who may do what. The table is data (`roles.csv`, one row per action); an action that the table does not list is
//! the owner's alone.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;

/// 店员, 店长, 店主.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 店员
    Clerk,
    /// 店长
    Manager,
    /// 店主
    Owner,
}

impl Role {
    /// Name in tables and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Clerk, Self::Manager, Self::Owner].into_iter().find(|role| role.as_str() == text)
    }
}

/// What the table says about an action and a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Allowed.
    Yes,
    /// Allowed when somebody with the right approves this very operation.
    Ask,
    /// Refused.
    No,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRule {
    /// Name such as `sale.create`.
    pub action: &'static str,
    /// Rights of clerk, manager, owner.
    pub rights: [Right; 3],
    /// Whether the person's PIN must be fresh.
    pub needs_fresh_pin: bool,
    /// Whether an audit row is owed.
    pub is_logged: bool,
}

const TABLE: &str = include_str!("roles.csv");

/// The whole table, in its order.
pub fn rules() -> impl Iterator<Item = ActionRule> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.splitn(7, ',');
        let action = cells.next()?;
        let mut right = || {
            Some(match cells.next()? {
                "yes" => Right::Yes,
                "ask" => Right::Ask,
                _ => Right::No,
            })
        };
        let rights = [right()?, right()?, right()?];
        let needs_fresh_pin = cells.next()? == "yes";
        let is_logged = cells.next()? == "yes";
        Some(ActionRule { action, rights, needs_fresh_pin, is_logged })
    })
}

/// The table by action, read once: every command asks, and the page of a case asks for each of its steps.
static RIGHTS: LazyLock<HashMap<&str, [Right; 3]>> =
    LazyLock::new(|| rules().map(|rule| (rule.action, rule.rights)).collect());

/// The right of a role to an action; an unlisted action is the owner's alone.
pub fn right(role: Role, action: &str) -> Right {
    let unlisted = if role == Role::Owner { Right::Yes } else { Right::No };
    let Some([clerk, manager, owner]) = RIGHTS.get(action).copied() else { return unlisted };
    match role {
        Role::Clerk => clerk,
        Role::Manager => manager,
        Role::Owner => owner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clerk_sells_but_does_not_export() {
        assert_eq!(right(Role::Clerk, "sale.create"), Right::Yes);
        assert_eq!(right(Role::Clerk, "customer.export_all"), Right::No);
        assert_eq!(right(Role::Clerk, "sale.void_same_day_own"), Right::Ask);
    }

    #[test]
    fn nobody_edits_the_amount_of_a_sale() {
        for role in [Role::Clerk, Role::Manager, Role::Owner] {
            assert_eq!(right(role, "sale.edit_amount"), Right::No);
        }
    }

    #[test]
    fn an_unlisted_action_is_the_owners_alone() {
        assert_eq!(right(Role::Manager, "something.new"), Right::No);
        assert_eq!(right(Role::Owner, "something.new"), Right::Yes);
    }

    #[test]
    fn every_row_of_the_table_is_read_and_no_action_stands_twice() {
        let mut actions: Vec<_> = rules().map(|rule| rule.action).collect();
        assert_eq!(actions.len(), TABLE.lines().count() - 1);
        actions.sort_unstable();
        let all = actions.len();
        actions.dedup();
        assert_eq!(actions.len(), all);
    }
}
