//! One row of the page: what was measured, against what, and whether it holds.

/// How a target stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Reached.
    Yes,
    /// Missed.
    No,
    /// Without a target, or not to be told here.
    Untold,
}

/// One figure.
pub struct Figure {
    /// Measurement and part: `sale.wall`.
    pub key: &'static str,
    /// What was measured.
    pub what: String,
    /// Its own value.
    pub measured: String,
    /// Limit or peer with its value.
    pub against: String,
    /// Our value by the peer's.
    pub ratio: Option<f64>,
    /// What it should be.
    pub target: &'static str,
    /// Whether it is.
    pub held: Held,
    /// What shows that the answer was right.
    pub check: String,
    /// Whether it was.
    pub is_right: bool,
}

impl Figure {
    /// A figure whose ratio may be at most so large.
    pub fn at_most(key: &'static str, most: f64, target: &'static str, ratio: f64) -> Self {
        Self::new(key, target, Some(ratio), if ratio <= most { Held::Yes } else { Held::No })
    }

    /// A figure whose ratio has to be at least so large.
    pub fn at_least(key: &'static str, least: f64, target: &'static str, ratio: f64) -> Self {
        Self::new(key, target, Some(ratio), if ratio >= least { Held::Yes } else { Held::No })
    }

    /// A count or a size that either holds or does not.
    pub fn plain(key: &'static str, target: &'static str, held: Held) -> Self {
        Self::new(key, target, None, held)
    }

    fn new(key: &'static str, target: &'static str, ratio: Option<f64>, held: Held) -> Self {
        let empty = String::new;
        Self {
            key,
            what: empty(),
            measured: empty(),
            against: empty(),
            ratio,
            target,
            held,
            check: empty(),
            is_right: true,
        }
    }

    /// What was measured, and its value.
    #[must_use]
    pub fn measured(mut self, what: impl Into<String>, value: impl Into<String>) -> Self {
        (self.what, self.measured) = (what.into(), value.into());
        self
    }

    /// The limit or peer with its value.
    #[must_use]
    pub fn against(mut self, peer: impl Into<String>) -> Self {
        self.against = peer.into();
        self
    }

    /// What shows that the answer was right, and whether it was.
    #[must_use]
    pub fn checked(mut self, is_right: bool, check: impl Into<String>) -> Self {
        (self.is_right, self.check) = (is_right, check.into());
        self
    }

    /// The ratio as the page shows it.
    pub fn ratio_text(&self) -> String {
        match self.ratio {
            None => "—".into(),
            Some(ratio) if ratio < 10.0 => format!("{ratio:.2}×"),
            Some(ratio) => format!("{ratio:.0}×"),
        }
    }

    /// Whether it holds, in a word.
    pub fn verdict(&self) -> &'static str {
        match (self.is_right, self.held) {
            (false, _) => "WRONG",
            (true, Held::Yes) => "yes",
            (true, Held::No) => "no",
            (true, Held::Untold) => "—",
        }
    }

    /// One line for the terminal.
    pub fn line(&self) -> String {
        format!(
            "{:20} {:44} {}  against {}  {}  target {} ({})  [{}]",
            self.key,
            self.what,
            self.measured,
            self.against,
            self.ratio_text(),
            self.target,
            self.verdict(),
            self.check
        )
    }
}
