//! Long work: it runs on a worker, says how far it is, can be cancelled, and leaves all or nothing behind.

use crate::api::jobs::{JobRef, JobState, JobView};
use crate::app::App;
use crate::clock::Clock;
use crate::error::{ApiError, Result};
use serde_json::Value;
use shukebu_domain::time::Timestamp;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// How far a piece of long work is, and whether somebody wants it to stop. Cheap to share.
#[derive(Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Default)]
struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// So much is done.
    pub fn set_done(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// So much there is in all.
    pub fn set_total(&self, total: u64) {
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Work done and in all (0 while unknown).
    pub fn figures(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }

    /// Asks the work to stop; it leaves nothing behind.
    pub fn cancel(&self) {
        self.0.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// A refusal once somebody asked the work to stop.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn check(&self) -> Result<()> {
        if self.0.is_cancelled.load(Ordering::Relaxed) { Err(ApiError::not_now("cancelled")) } else { Ok(()) }
    }
}

struct Job {
    kind: &'static str,
    progress: Progress,
    started_at: Timestamp,
    outcome: Arc<Mutex<Option<Result<Value>>>>,
}

/// All jobs of this start of the program.
#[derive(Default)]
struct Jobs(Mutex<(u64, BTreeMap<u64, Job>)>);

/// Starts a piece of long work on a thread of its own and answers at once.
///
/// # Errors
/// Where the operating system gives no thread.
pub fn start<T: serde::Serialize>(
    app: &App,
    kind: &'static str,
    work: impl FnOnce(&Progress) -> Result<T> + Send + 'static,
) -> Result<JobView> {
    let progress = Progress::default();
    let outcome = Arc::new(Mutex::new(None));
    let job = Job { kind, progress: progress.clone(), started_at: app.now(), outcome: Arc::clone(&outcome) };
    let language = app.language();
    let jobs = app.kept.of::<Jobs>();
    let id = {
        let mut jobs = jobs.0.lock().map_err(ApiError::internal)?;
        jobs.0 += 1;
        let id = jobs.0;
        jobs.1.insert(id, job);
        id
    };
    std::thread::Builder::new().name(kind.into()).spawn(move || {
        let result = work(&progress)
            .and_then(|answer| Ok(serde_json::to_value(answer)?))
            .map_err(|refusal| crate::messages::worded(refusal, language));
        if let Ok(mut slot) = outcome.lock() {
            *slot = Some(result);
        }
    })?;
    get(app, JobRef { job: id })
}

/// How a job stands.
///
/// # Errors
/// An unknown job.
pub fn get(app: &App, input: JobRef) -> Result<JobView> {
    let jobs = app.kept.of::<Jobs>();
    let jobs = jobs.0.lock().map_err(ApiError::internal)?;
    let job = jobs.1.get(&input.job).ok_or_else(|| ApiError::not_found("job"))?;
    Ok(view(input.job, job, app.clock().as_ref()))
}

/// What a job came to, once it is done.
///
/// # Errors
/// An unknown job; one that is not done.
pub(crate) fn result<T: serde::de::DeserializeOwned>(app: &App, job: u64, kind: &str) -> Result<T> {
    let jobs = app.kept.of::<Jobs>();
    let jobs = jobs.0.lock().map_err(ApiError::internal)?;
    let found = jobs.1.get(&job).filter(|found| found.kind == kind).ok_or_else(|| ApiError::not_found("job"))?;
    let outcome = found.outcome.lock().map_err(ApiError::internal)?.clone();
    match outcome {
        Some(Ok(value)) => Ok(serde_json::from_value(value)?),
        Some(Err(refusal)) => Err(refusal),
        None => Err(ApiError::not_now("job.running")),
    }
}

/// Asks a job to stop.
///
/// # Errors
/// An unknown job.
pub fn cancel(app: &App, input: JobRef) -> Result<JobView> {
    let jobs = app.kept.of::<Jobs>();
    if let Some(job) = jobs.0.lock().map_err(ApiError::internal)?.1.get(&input.job) {
        job.progress.cancel();
    }
    get(app, input)
}

fn view(id: u64, job: &Job, clock: &dyn Clock) -> JobView {
    let (done, total) = job.progress.figures();
    let seconds = u64::try_from(clock.now().seconds_since(job.started_at)).unwrap_or(0);
    let rate = done.checked_div(seconds.max(1)).unwrap_or(0);
    let left_s = total.checked_sub(done).and_then(|left| left.checked_div(rate));
    let outcome = job.outcome.lock().ok().and_then(|outcome| outcome.clone());
    let (state, result, error) = match outcome {
        None => (JobState::Running, None, None),
        Some(Ok(result)) => (JobState::Done, Some(result), None),
        Some(Err(refusal)) if refusal.key == "cancelled" => (JobState::Cancelled, None, None),
        Some(Err(refusal)) => (JobState::Failed, None, Some(refusal)),
    };
    JobView { job: id, kind: job.kind.into(), state, done, total, rate, left_s, result, error }
}
