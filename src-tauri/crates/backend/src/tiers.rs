//! The ladder that holds on a day, and the marks of its tiers wherever a customer is shown.

use crate::api::customers::TierTag;
use crate::app::Moment;
use crate::error::{ApiError, Result};
use crate::store;
use chrono::NaiveDate;
use rusqlite::Connection;
use shukebu_domain::ladder::{Ladder, LadderVersion, Tier};

/// The marks of all tiers of the ladder that holds today.
pub(crate) struct TierTags(Vec<TierTag>);

impl TierTags {
    /// The mark of a rank; the highest for a rank above the ladder.
    pub(crate) fn of_rank(&self, rank: u32) -> TierTag {
        let highest = self.0.len().saturating_sub(1);
        let position = usize::try_from(rank).unwrap_or(0).min(highest);
        self.0.get(position).cloned().unwrap_or(TierTag { name: String::new(), rank: 0, of: 1 })
    }

    /// The mark of a name; a tier that the ladder no longer has keeps its name at the lowest metal.
    pub(crate) fn of_name(&self, name: &str) -> TierTag {
        let known = self.0.iter().find(|tag| tag.name == name).cloned();
        known.unwrap_or_else(|| TierTag { name: name.to_owned(), rank: 0, of: self.of_rank(0).of })
    }
}

/// The names of the tiers of the ladder that holds today, lowest first.
pub(crate) fn tier_names(connection: &Connection, moment: &Moment) -> Result<Vec<String>> {
    let ladder = current(&store::ladder::versions(connection)?, moment.today)?;
    Ok(ladder.tiers.into_iter().map(|tier| tier.name).collect())
}

/// The marks of all tiers of the ladder that holds today.
pub(crate) fn tags(connection: &Connection, moment: &Moment) -> Result<TierTags> {
    Ok(tags_of(&current(&store::ladder::versions(connection)?, moment.today)?))
}

/// The marks of all tiers of a ladder.
pub(crate) fn tags_of(ladder: &Ladder) -> TierTags {
    let of = u32::try_from(ladder.tiers.len()).unwrap_or(u32::MAX);
    let tag = |(rank, tier): (u32, &Tier)| TierTag { name: tier.name.clone(), rank, of };
    TierTags((0..).zip(&ladder.tiers).map(tag).collect())
}

/// The ladder that holds on a day; before the first version's day the first one.
pub(crate) fn current(versions: &[LadderVersion], on: NaiveDate) -> Result<Ladder> {
    let version = versions.iter().rev().find(|version| version.effective_on <= on).or(versions.first());
    version.map(|version| version.ladder.clone()).ok_or_else(|| ApiError::internal("the book has no ladder"))
}
