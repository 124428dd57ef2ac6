//! Typed rows into the book, inside the one transaction of an import. Each row is created, updates something, is
//! skipped because the book has it, or is left out with a reason; nothing else can happen to a row.

mod complaints;
mod customers;
mod mention;
mod products;
mod refunds;
mod sales;
mod tally;
mod who;

pub(super) use tally::Tally;

use crate::api::imports::DuplicatePolicy;
use crate::app::Moment;
use crate::error::Result;
use crate::imports::rows::{AnyRow, RowIssue, Staged};
use crate::{ladder, segmentation, store};
use products::Products;
use rusqlite::Transaction;
use sales::Sales;
use shukebu_domain::ids::{CustomerId, ImportId};
use shukebu_domain::required::RequiredField;
use std::collections::{BTreeMap, BTreeSet};
use who::Who;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It made something.
    Created,
    /// It changed something.
    Updated,
    /// The book has it already.
    Skipped,
}

/// A row's verdict or why it is left out; the outer error ends the import.
type Outcome = Result<std::result::Result<Verdict, RowIssue>>;

/// An import under way.
pub(super) struct Apply<'a> {
    tx: &'a Transaction<'a>,
    moment: &'a Moment,
    policy: DuplicatePolicy,
    import: ImportId,
    /// Whether its sales earn points.
    earns_points: bool,
    /// What the shop requires of a new customer.
    required: Vec<RequiredField>,
    /// How many rows so far lack what is required.
    lacking: BTreeMap<RequiredField, usize>,
    who: Who,
    products: Products,
    sales: Sales,
    refunds: refunds::Refunds,
    /// Customers whose sales or opening balance changed.
    touched: BTreeSet<CustomerId>,
    /// Customers who came into being.
    created: Vec<CustomerId>,
    /// Counts and problems so far.
    pub tally: Tally,
}

impl<'a> Apply<'a> {
    /// An import that has not begun.
    ///
    /// # Errors
    /// What the book refuses.
    pub fn new(
        tx: &'a Transaction<'a>,
        moment: &'a Moment,
        policy: DuplicatePolicy,
        import: ImportId,
        earns_points: bool,
    ) -> Result<Self> {
        let (has_customers, has_sales) = store::imports::has_any(tx)?;
        Ok(Self {
            tx,
            moment,
            policy,
            import,
            earns_points,
            required: store::book::required_fields(tx)?,
            lacking: BTreeMap::new(),
            who: Who::new(has_customers),
            products: Products::load(tx)?,
            sales: Sales::new(has_sales),
            refunds: refunds::Refunds::default(),
            touched: BTreeSet::new(),
            created: Vec::new(),
            tally: Tally::default(),
        })
    }

    /// Takes one row.
    ///
    /// # Errors
    /// What the book refuses; a problem of the row itself goes to the tally.
    pub fn row(&mut self, staged: Staged) -> Result<()> {
        self.tally.warnings.extend(staged.warnings);
        let row = staged.row;
        let outcome = match staged.outcome {
            Err(issue) => Err(issue),
            Ok(AnyRow::Customer(row)) => customers::take(self, staged.row, &row)?,
            Ok(AnyRow::Product(row)) => products::take(self, staged.row, &row)?,
            Ok(AnyRow::Sale(row)) => sales::take(self, staged.row, *row)?,
            Ok(AnyRow::SaleLine(row)) => sales::take_line(self, staged.row, &row)?,
            Ok(AnyRow::Refund(row)) => refunds::take(self, staged.row, &row)?,
            Ok(AnyRow::Complaint(row)) => complaints::take(self, staged.row, &row)?,
        };
        self.tally.count(row, outcome);
        Ok(())
    }

    /// Writes what waited for the last row, and lets figures, ladder and classes follow.
    ///
    /// # Errors
    /// What the book refuses.
    pub fn finish(mut self) -> Result<Tally> {
        sales::finish(&mut self)?;
        let touched: Vec<CustomerId> = self.touched.iter().copied().collect();
        for customer in &touched {
            store::figures::rebuild(self.tx, *customer)?;
        }
        ladder::earn_points_of_import(self.tx, self.moment, self.import, self.earns_points)?;
        ladder::after_many(self.tx, self.moment, &touched)?;
        if !touched.is_empty() || !self.created.is_empty() {
            segmentation::after_import(self.tx, self.moment)?;
        }
        self.tally.entities.customers = self.created.len() as u64;
        Ok(self.tally)
    }
}
