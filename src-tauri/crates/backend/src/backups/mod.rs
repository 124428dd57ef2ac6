//! Backups of the book.
use crate::api::backups::*;
use crate::api::books::{BookInfo, Nothing};
use crate::app::App;
use crate::error::{ApiError, Result};
use std::path::{Path, PathBuf};
/// Status.
pub fn status(_: &App, _: Nothing) -> Result<BackupStatus> {
    Err(ApiError::internal("backups"))
}
/// Create.
pub fn create(_: &App, _: NewBackup) -> Result<BackupView> {
    Err(ApiError::internal("backups"))
}
/// Verify.
pub fn verify(_: &App, _: BackupFile) -> Result<BackupView> {
    Err(ApiError::internal("backups"))
}
/// Restore.
pub fn restore(_: &App, _: BackupRestore) -> Result<BookInfo> {
    Err(ApiError::internal("backups"))
}
/// Newest good automatic copy of a book.
pub(crate) fn newest_copy(_: &Path) -> Option<PathBuf> {
    None
}
