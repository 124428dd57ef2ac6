//! How long the book's thread itself has worked, without the way to it and back: what the measurements call engine time.

use std::cell::Cell;
use std::time::{Duration, Instant};

thread_local! {
    static WORKED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Does a piece of work and counts how long it took.
pub(super) fn counted<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = work();
    WORKED.set(WORKED.get() + start.elapsed());
    answer
}

/// How long this thread has worked since it was asked last.
pub(crate) fn take() -> Duration {
    WORKED.take()
}
