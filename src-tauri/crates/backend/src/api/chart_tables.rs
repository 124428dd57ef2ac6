//! What a chart shows, as a table in a file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shukebu_domain::segmentation::Scheme;

/// A chart and the file for its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(deny_unknown_fields)]
pub struct ChartExport {
    /// Which chart.
    pub chart: ChartOf,
    /// A handle from a dialog; the ending says CSV or XLSX.
    pub file: String,
}

/// The charts of segmentation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChartOf {
    /// The grid of steps: one row for each cell.
    Grid {
        /// Key of the scheme.
        scheme: String,
        /// One step of the third band; left out, all of them together, with the people of each step beside.
        #[serde(default)]
        step: Option<u8>,
    },
    /// Four classes around a cross.
    Quadrants {
        /// Key of the scheme.
        scheme: String,
    },
    /// Who moved in the last run.
    Moves {
        /// Key of the scheme.
        scheme: String,
    },
    /// The last run as a table of everybody.
    Matrix {
        /// Key of the scheme.
        scheme: String,
    },
    /// Sizes of the classes at each run.
    Sizes {
        /// Key of the scheme.
        scheme: String,
    },
    /// Two schemes crossed: one row for each cell.
    Pivot {
        /// Key of the scheme of the rows.
        rows: String,
        /// Key of the scheme of the columns.
        columns: String,
    },
    /// The curve of 80/20.
    Curve,
    /// How much hangs on the first few.
    Concentration,
    /// How the top fifth differs from the rest.
    TopFifth,
    /// How the values of a band are spread, as the definition on the screen has it.
    Distribution {
        /// The definition.
        definition: Box<Scheme>,
        /// Key of the band.
        band: String,
    },
}
