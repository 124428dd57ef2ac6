//! Wall time and processor time of a piece of work, and of two pieces that take turns.

use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy)]
struct Lap {
    wall: Duration,
    /// Processor time of the whole process, where the system tells it.
    cpu: Option<Duration>,
}

/// What many runs of the same took.
#[derive(Default)]
pub struct Laps(Vec<Lap>);

impl Laps {
    /// Runs a piece of work once more.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (cpu, start) = (cpu_now(), Instant::now());
        let answer = work();
        let wall = start.elapsed();
        let cpu = cpu_now().zip(cpu).map(|(after, before)| after.saturating_sub(before));
        self.0.push(Lap { wall, cpu });
        answer
    }

    /// Adds a run that another clock has timed.
    pub fn note(&mut self, wall: Duration) {
        self.0.push(Lap { wall, cpu: None });
    }

    /// Half of the runs took no longer.
    pub fn median(&self) -> Duration {
        at(self.0.iter().map(|lap| lap.wall).collect(), 50)
    }

    /// 95 of a hundred runs took no longer.
    pub fn p95(&self) -> Duration {
        at(self.0.iter().map(|lap| lap.wall).collect(), 95)
    }

    /// The longest of the runs.
    pub fn longest(&self) -> Duration {
        self.0.iter().map(|lap| lap.wall).max().unwrap_or_default()
    }

    /// Median of the processor time.
    pub fn cpu(&self) -> Option<Duration> {
        self.0.iter().map(|lap| lap.cpu).collect::<Option<Vec<_>>>().map(|times| at(times, 50))
    }

    /// Median, p95 and processor time as the page shows them.
    pub fn text(&self) -> String {
        let cpu = self.cpu().map(|cpu| format!(", CPU {}", shown(cpu))).unwrap_or_default();
        format!("{} (p95 {}{cpu})", shown(self.median()), shown(self.p95()))
    }
}

/// Two pieces of work by turns, so that both meet the same weather.
pub fn by_turns<A, B>(
    rounds: usize,
    mut ours: impl FnMut(usize) -> A,
    mut peer: impl FnMut(usize) -> B,
) -> (Laps, Laps) {
    let (mut our_laps, mut peer_laps) = (Laps::default(), Laps::default());
    for round in 0..rounds {
        our_laps.time(|| ours(round));
        peer_laps.time(|| peer(round));
    }
    (our_laps, peer_laps)
}

/// How many times longer one takes than another.
pub fn ratio(ours: Duration, peer: Duration) -> f64 {
    ours.as_secs_f64() / peer.as_secs_f64().max(1e-9)
}

fn at(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get((times.len() * percent / 100).min(last)).copied().unwrap_or_default()
}

/// A time in the unit in which it is easily read.
pub fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        m if m < 10.0 => format!("{m:.2} µs"),
        m if m < 1000.0 => format!("{m:.0} µs"),
        m if m < 10_000.0 => format!("{:.2} ms", m / 1e3),
        m if m < 1_000_000.0 => format!("{:.0} ms", m / 1e3),
        m => format!("{:.2} s", m / 1e6),
    }
}

#[cfg(target_os = "linux")]
fn cpu_now() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(target_os = "linux"))]
fn cpu_now() -> Option<Duration> {
    None
}
