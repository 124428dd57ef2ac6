//! Each verb in a few lines: read the arguments, call the backend, print what it answers.

mod export;
mod import;
mod laboratory;

use crate::Stop;
use crate::arguments::{Arguments, BookVerb, DrillVerb, NewBookArguments, Verb};
use serde_json::json;
use shukebu_backend::api::books::NewBook;
use shukebu_backend::api::jobs::{JobState, JobView};
use shukebu_backend::app::App;
use shukebu_backend::clock::{Clock, ManualClock, SystemClock};
use shukebu_backend::commands;
use shukebu_backend::demo::{self, Demo};
use shukebu_backend::jobs::Progress;
use shukebu_backend::messages::Language;
use shukebu_backend::{backups, books, keys, segmentation};
use shukebu_domain::time::Timestamp;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Does what the command line says.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Stop> {
    if Language::parse(&arguments.lang).is_none() {
        return Err(Stop::Usage(format!("unknown language `{}`: zh-Hans, zh-Hant or en", arguments.lang)));
    }
    match &arguments.verb {
        Verb::Commands { json } => list_commands(*json),
        Verb::Export(what) => export::run(arguments, what),
        Verb::Eval { schema } => laboratory::run(*schema, arguments.language()),
        Verb::Import(input) => import::run(arguments, input),
        Verb::Drill { verb: DrillVerb::Import { file } } => import::drill(arguments, file),
        Verb::Book { verb: BookVerb::Create(new) } => create_book(arguments, new),
        Verb::Book { verb: BookVerb::Info } => {
            crate::print(&commands::call(&*open(arguments)?, "book_info", "")?);
            Ok(())
        }
        Verb::Backup { words } => backup(arguments, words),
        Verb::Restore { file, new_book } => {
            let key = backups::restore_to(file, new_book, given_key(arguments)?)?;
            let app = app(arguments, new_book)?;
            app.open_book(new_book, key)?;
            crate::print(&commands::call(&app, "book_info", "")?);
            Ok(())
        }
        Verb::Call { command, input } => {
            let input = read_input(input.as_deref())?;
            let app = open(arguments)?;
            let answer = commands::call(&app, command, &input)?;
            let is_job = commands::COMMANDS.iter().any(|it| it.name == command && it.output == "JobView");
            crate::print(&if is_job { finished(&app, answer)? } else { answer });
            Ok(())
        }
    }
}

/// Waits for the job that a command started: it would end with this process.
fn finished(app: &App, mut answer: String) -> Result<String, Stop> {
    loop {
        let job: JobView = serde_json::from_str(&answer)?;
        match (job.state, job.error) {
            (JobState::Running, _) => std::thread::sleep(Duration::from_millis(20)),
            (_, Some(refusal)) => return Err(Stop::Refused(refusal)),
            _ => return Ok(answer),
        }
        answer = commands::call(app, "job_get", &json!({ "job": job.job }).to_string())?;
    }
}

fn create_book(arguments: &Arguments, new: &NewBookArguments) -> Result<(), Stop> {
    let path = book_path(arguments)?;
    let app = app(arguments, path)?;
    let input: NewBook = serde_json::from_value(json!({
        "name": new.name, "zone": new.zone, "currency": new.currency, "trade": new.trade,
    }))?;
    match input.trade.filter(|_| new.demo) {
        Some(trade) => {
            let (now, language) = (app.now(), app.language());
            let demo = Demo { trade, customers: new.customers, now, language, pace: 100, has_offers: true };
            demo::build(path, &demo, &Progress::default())?;
            app.open_book(path, keys::read_key_beside(path)?)?;
        }
        None => books::create_at(&app, path, input, false)?,
    }
    crate::print(&commands::call(&app, "book_info", "")?);
    Ok(())
}

fn backup(arguments: &Arguments, words: &[PathBuf]) -> Result<(), Stop> {
    match words {
        [word, file] if word == Path::new("verify") => {
            crate::print(&serde_json::to_string(&backups::verify_file(file, given_key(arguments)?)?)?);
            Ok(())
        }
        [folder] => {
            let input = json!({ "folder": folder }).to_string();
            crate::print(&commands::call(&*open(arguments)?, "backup_create", &input)?);
            Ok(())
        }
        _ => Err(Stop::Usage("backup DIR, or backup verify FILE".into())),
    }
}

/// The key that the command line names; a backup of an armed book needs one.
fn given_key(arguments: &Arguments) -> Result<Option<keys::BookKey>, Stop> {
    Ok(arguments.key_file.as_deref().map(keys::read_key_file).transpose()?)
}

/// The program with the book of the command line open.
pub(crate) fn open(arguments: &Arguments) -> Result<Arc<App>, Stop> {
    let path = book_path(arguments)?;
    let app = app(arguments, path)?;
    if arguments.password_file.is_some() || arguments.recovery_key_file.is_some() {
        return Err(Stop::Usage("this book is not armed: its key lies beside it or is given by --key-file".into()));
    }
    let key = match given_key(arguments)? {
        Some(key) => key,
        None if path.exists() => keys::read_key_beside(path)?,
        // A missing book is told as such, not as a missing key.
        None => keys::BookKey::generate()?,
    };
    app.open_book(path, key)?;
    segmentation::run_if_due(&app)?;
    if let Some(name) = &arguments.acting {
        app.act_as(name)?;
    }
    Ok(app)
}

/// The clock of the command line: it stands still with `--now`.
pub(crate) fn clock(arguments: &Arguments) -> Result<Arc<dyn Clock>, Stop> {
    let Some(text) = &arguments.now else { return Ok(Arc::new(SystemClock)) };
    let moment = Timestamp::parse(text)
        .ok_or_else(|| Stop::Usage(format!("--now wants an RFC 3339 time with an offset, not `{text}`")))?;
    Ok(Arc::new(ManualClock::at(moment)))
}

fn app(arguments: &Arguments, book: &Path) -> Result<Arc<App>, Stop> {
    let clock = clock(arguments)?;
    let home = book.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let app = App::new(clock, home.to_owned());
    app.take_paths();
    app.set_language(arguments.language());
    Ok(app)
}

fn book_path(arguments: &Arguments) -> Result<&Path, Stop> {
    arguments.book.as_deref().ok_or_else(|| Stop::Usage("which book? give --book FILE".into()))
}

fn read_input(input: Option<&str>) -> Result<String, Stop> {
    match input {
        None => Ok(String::new()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            Ok(text)
        }
        Some(text) => match text.strip_prefix('@') {
            Some(file) => Ok(std::fs::read_to_string(file)?),
            None => Ok(text.to_owned()),
        },
    }
}

fn list_commands(as_json: bool) -> Result<(), Stop> {
    if as_json {
        let list: Vec<_> = commands::COMMANDS
            .iter()
            .map(|command| {
                let schemas = commands::schemas(command.name);
                json!({
                    "name": command.name, "input": command.input, "output": command.output, "action": command.action,
                    "input_schema": schemas.as_ref().map(|(input, _)| input),
                    "output_schema": schemas.as_ref().map(|(_, output)| output),
                })
            })
            .collect();
        crate::print(&serde_json::to_string_pretty(&list)?);
    } else {
        for command in commands::COMMANDS {
            let line = format!("{}({}) -> {}  [{}]", command.name, command.input, command.output, command.action);
            crate::print(&line);
        }
    }
    Ok(())
}
