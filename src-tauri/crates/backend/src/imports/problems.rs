//! The rows that an import left out, and the cells that it left empty, as a spreadsheet beside which the file can be put
//! right.

use super::undo::report_of;
use crate::api::exports::ExportFormat as Format;
use crate::api::exports::ExportedFile;
use crate::api::imports::{ImportProblems, RowProblem};
use crate::app::App;
use crate::error::Result;
use crate::messages::{Language, say};
use crate::sheets;

/// Writes the problems of an import, or of its try, into a folder that a person chose.
///
/// # Errors
/// An unknown job, or one that is not done; a folder that cannot be written.
pub fn save(app: &App, input: ImportProblems) -> Result<ExportedFile> {
    let folder = app.granted("folder", &input.folder)?;
    let report = report_of(app, input.job)?;
    let language = app.language();
    let name = say(language, "import.problems.file", &[("day", &app.moment()?.today)]);
    let path = crate::files::free_name(&folder, &name, "csv");
    let word = |key: &str| say(language, key, &[]);
    let rows = report.errors.iter().map(|it| (it, "import.problems.left_out"));
    let rows = rows.chain(report.warnings.iter().map(|it| (it, "import.problems.emptied")));
    let header =
        ["import.problems.row", "import.problems.column", "import.problems.what", "import.problems.why"].map(word);
    let cells: Vec<[String; 4]> = rows.map(|(problem, key)| line(language, problem, key)).collect();
    let count = sheets::write_list(&path, Format::Csv, &header, &cells)?;
    Ok(ExportedFile::at(&path, count))
}

fn line(language: Language, problem: &RowProblem, key: &str) -> [String; 4] {
    let field = problem.field.clone().unwrap_or_default();
    [problem.row.to_string(), field, say(language, key, &[]), problem.message.clone()]
}
