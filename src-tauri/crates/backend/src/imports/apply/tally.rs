//! What an import came to, so that created + updated + skipped + errors = rows.

use super::Verdict;
use crate::api::imports::{ImportReport, ImportedEntities, RowOutcome, RowProblem, RowVerdict};
use crate::imports::rows::RowIssue;
use crate::messages::{Language, sentence};
use std::collections::BTreeMap;

/// Rows whose fate is told one by one.
const FIRST_ROWS: usize = 50;

/// Counts and problems.
#[derive(Debug, Default)]
pub(in crate::imports) struct Tally {
    pub created: u64,
    pub updated: u64,
    pub skipped: u64,
    pub errors: Vec<RowIssue>,
    pub warnings: Vec<RowIssue>,
    pub entities: ImportedEntities,
    pub first_rows: Vec<RowOutcome>,
}

impl Tally {
    /// Counts one row.
    pub fn count(&mut self, row: u64, outcome: Result<Verdict, RowIssue>) {
        if self.first_rows.len() < FIRST_ROWS {
            let what = match &outcome {
                Ok(Verdict::Created) => RowVerdict::Created,
                Ok(Verdict::Updated) => RowVerdict::Updated,
                Ok(Verdict::Skipped) => RowVerdict::Skipped,
                Err(_) => RowVerdict::Error,
            };
            self.first_rows.push(RowOutcome { row, what });
        }
        match outcome {
            Ok(Verdict::Created) => self.created += 1,
            Ok(Verdict::Updated) => self.updated += 1,
            Ok(Verdict::Skipped) => self.skipped += 1,
            Err(issue) => self.errors.push(issue),
        }
    }

    /// Rows of the file so far.
    pub fn rows(&self) -> u64 {
        self.created + self.updated + self.skipped + self.errors.len() as u64
    }

    /// Whether the book would be as it was.
    pub fn changes_nothing(&self) -> bool {
        self.created == 0 && self.updated == 0
    }

    /// The report in the reader's language.
    pub fn report(self, language: Language) -> ImportReport {
        ImportReport {
            rows: self.rows(),
            created: self.created,
            updated: self.updated,
            skipped: self.skipped,
            errors: self.errors.into_iter().map(|issue| worded(issue, language)).collect(),
            warnings: self.warnings.into_iter().map(|issue| worded(issue, language)).collect(),
            entities: self.entities,
            first_rows: self.first_rows,
        }
    }
}

fn worded(issue: RowIssue, language: Language) -> RowProblem {
    // Sentences shared with forms name a sale by its own word.
    let values = ["text", "sale"].map(|name| (name.to_owned(), issue.text.clone()));
    let values = BTreeMap::from(values);
    RowProblem {
        row: issue.row,
        field: issue.field.map(|field| field.into_owned()),
        message: sentence(language, &issue.code, &values),
        code: issue.code.into_owned(),
    }
}
