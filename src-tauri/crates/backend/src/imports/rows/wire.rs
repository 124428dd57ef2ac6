//! A moment between two processes: a number. Two million of them as text would take longer than reading the file.

use serde::{Deserialize, Deserializer, Serializer};
use shukebu_domain::time::Timestamp;

pub(super) fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(moment.millis())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    i64::deserialize(deserializer).map(Timestamp::from_millis)
}
