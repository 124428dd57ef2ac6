//! Everybody, or one customer with the records that were merged.

use shukebu_domain::ids::CustomerId;

/// Whose facts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// All customers, by id.
    Everyone,
    /// One of them: the work grows with that customer's own rows only.
    One(CustomerId),
}

impl Whose {
    /// The condition on a column that holds a customer, and the value of `:customer`. One person may have several
    /// records that were merged.
    pub(super) fn narrowed(self, column: &str) -> (String, Option<i64>) {
        match self {
            // The parameter has to be there; it is NULL and says nothing.
            Self::Everyone => (format!("{column} IS NOT NULL AND :customer IS NULL"), None),
            Self::One(customer) => (
                format!("{column} IN (SELECT id FROM customers WHERE id = :customer OR merged_into = :customer)"),
                Some(customer.0),
            ),
        }
    }
}
