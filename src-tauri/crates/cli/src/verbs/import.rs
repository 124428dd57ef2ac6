//! `import`: a file into the book, with a bar on standard error where somebody watches.

use super::{clock, open};
use crate::Stop;
use crate::arguments::{Arguments, ImportArguments};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use shukebu_backend::api::imports::{ImportReport, ImportRun};
use shukebu_backend::app::App;
use shukebu_backend::error::ApiError;
use shukebu_backend::imports::{self, mapping};
use shukebu_backend::jobs::Progress;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the bar is drawn anew.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Imports a file and prints what it came to.
pub(crate) fn run(arguments: &Arguments, input: &ImportArguments) -> Result<(), Stop> {
    let what = What::read(input)?;
    let app = open(arguments)?;
    let progress = Progress::default();
    let report = if input.progress {
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| draw(&progress, &is_over));
            let report = what.bring(&app, &progress);
            is_over.store(true, Ordering::Relaxed);
            report
        })
    } else {
        what.bring(&app, &progress)
    };
    crate::print(&serde_json::to_string(&report?)?);
    Ok(())
}

/// A list of strangers, or a whole shop of our own.
enum What {
    List(Box<ImportRun>),
    Everything(PathBuf),
}

impl What {
    fn read(input: &ImportArguments) -> Result<Self, Stop> {
        if input.kind == "everything" {
            // All of it goes in or none, so there is nothing to try or to choose.
            return if input.dry_run || input.map.is_some() {
                Err(Stop::Usage("everything is imported as it is: leave --dry-run and --map out".into()))
            } else {
                Ok(Self::Everything(input.file.clone()))
            };
        }
        let map = match &input.map {
            Some(text) => mapping::parse_map(text).map_err(ApiError::from)?,
            None => Default::default(),
        };
        let run: ImportRun = serde_json::from_value(json!({
            "file": input.file, "kind": input.kind, "encoding": input.encoding, "sheet": input.sheet, "map": map,
            "policy": input.policy, "strict": input.strict, "earn_points": input.earn_points, "dry_run": input.dry_run,
        }))?;
        Ok(Self::List(Box::new(run)))
    }

    fn bring(self, app: &App, progress: &Progress) -> Result<ImportReport, ApiError> {
        match self {
            Self::List(run) => imports::import(app, *run, progress),
            Self::Everything(file) => imports::everything::run(app, &file, progress),
        }
    }
}

/// Reads a file to its end as an import would, without any book, and prints what the reader says.
pub(crate) fn drill(arguments: &Arguments, file: &Path) -> Result<(), Stop> {
    let today = clock(arguments)?.now().day_in(chrono_tz::Asia::Shanghai);
    let verdict = imports::reading::verdict(file, today).map_err(ApiError::from);
    match verdict {
        Ok(verdict) => println!("{}", serde_json::to_string(&verdict)?),
        Err(refusal) => {
            let refusal = shukebu_backend::messages::worded(refusal, arguments.language());
            let problem = refusal.fields.first().map(|field| field.problem.as_str());
            println!("{}", json!({ "read": false, "code": problem, "message": refusal.message }));
        }
    }
    Ok(())
}

/// Rows done and in all, rows a second and the time left, until the import is over.
fn draw(progress: &Progress, is_over: &AtomicBool) {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let template = "{bar:40} {pos}/{len}  {per_sec}  {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    while !is_over.load(Ordering::Relaxed) {
        let (done, total) = progress.figures();
        bar.set_length(total.max(done));
        bar.set_position(done);
        std::thread::sleep(LOOK_AGAIN);
    }
    let (done, _) = progress.figures();
    bar.set_length(done);
    bar.set_position(done);
    bar.finish();
}
