//! Exports: lists, contacts, everything, into a folder that a person chose.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// All of it: as JSON to be imported into a new book, as a workbook or an archive of CSV every list.
    Everything,
    /// Customers with all their handles.
    Customers,
    /// Products with price and cost.
    Products,
    /// Sales with their lines.
    Sales,
    /// What went back of sales, with the lines that came back.
    Refunds,
    /// One row of measures, scores and classes for each customer.
    Measures,
    /// Points by customer.
    Points,
    /// Complaints with their resolutions.
    Complaints,
    /// Contacts for a phone.
    Vcard,
    /// Every booking of points.
    PointsLedger,
    /// Every coupon with its batch and what became of it.
    Coupons,
    /// Session packs that were sold.
    Packs,
    /// Uses and rests of packs.
    PackUses,
    /// Grants and uses of benefits.
    Benefits,
    /// Annual cashback by customer and year.
    Cashback,
    /// What offers took off sales.
    Offers,
    /// Special terms.
    Terms,
    /// Prices agreed with a customer.
    AgreedPrices,
    /// Prices by quantity that were promised until a day.
    PriceQuotes,
    /// Orders that are kept under a name.
    UsualOrders,
    /// Stock of gifts, coming and going.
    Gifts,
    /// Changes of tier.
    TierChanges,
    /// Changes of class in every scheme.
    ClassChanges,
    /// What the owner thinks of a customer.
    Judgements,
    /// Why customers come seldom.
    SeldomReasons,
    /// What was planned for customers.
    CustomerPlans,
    /// What was talked and noted.
    Interactions,
    /// Values of the shop's own fields.
    OwnFields,
    /// People of a company.
    ContactPersons,
    /// Company above, referrer, channel, quiet hours.
    Ties,
    /// Days to remember.
    Anniversaries,
    /// Who waits for what.
    Wishes,
    /// Consents, given and withdrawn.
    Consents,
    /// Which files are kept with whom; the files themselves are in everything.
    Attachments,
    /// Every entry of every case.
    CaseEntries,
    /// What was given for complaints.
    Compensations,
    /// What customers were promised with a date of its own, each date a row.
    Remedies,
    /// What is done differently because of complaints.
    Improvements,
    /// When people sat down with the numbers, and what was decided.
    Assessments,
    /// Priorities that a person set instead of the numbers.
    PriorityLocks,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// An array of objects.
    Json,
    /// Comma separated.
    Csv,
    /// A spreadsheet.
    Xlsx,
}

impl ExportFormat {
    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The encoding of a CSV file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ExportEncoding {
    /// UTF-8 with the mark by which Excel knows it.
    #[default]
    Utf8,
    /// The national standard of which GBK is a part; no character is lost.
    Gb18030,
}

/// What to export and where to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ExportRun {
    /// What.
    pub kind: ExportKind,
    /// The form; left out, a spreadsheet, and JSON for everything.
    #[serde(default)]
    pub format: Option<ExportFormat>,
    /// The encoding of CSV.
    #[serde(default)]
    pub encoding: ExportEncoding,
    /// For a partner: names, phones and addresses are covered.
    #[serde(default)]
    pub masked: bool,
    /// As of which day; left out, today.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Which days count: `lifetime`, `12m`, `90d`, `year`.
    #[serde(default)]
    pub window: Option<String>,
    /// A handle of the folder from a dialog.
    pub folder: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExportedFile {
    /// Where it lies.
    pub path: String,
    /// Its name.
    pub file_name: String,
    /// Rows in it.
    pub rows: u64,
}

impl ExportedFile {
    /// A file that lies there now.
    pub(crate) fn at(path: &std::path::Path, rows: u64) -> Self {
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { path: path.display().to_string(), file_name, rows }
    }
}
