//! Dialogs of the operating system. The page says what it wants to have chosen and gets a handle;
//! it never sees a path that a person did not choose, and cannot name one of its own.

use crate::desk::Desk;
use crate::place;
use serde_json::Value;
use shukebu_backend::messages::say;
use std::path::PathBuf;
use tauri::ipc::InvokeResolver;
use tauri::{AppHandle, Manager, Webview, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// The shell's own command, beside the backend's list.
pub const COMMAND: &str = "pick";

/// What a person is asked to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    ImportFile,
    ExportFolder,
    BackupFile,
    BackupFolder,
    BookFolder,
    BookFile,
    /// A file to be kept with a customer.
    KeepFile,
    /// A picture that is yet to be written.
    PictureFile,
    /// A list that is yet to be written.
    TableFile,
}

impl Wanted {
    fn read(word: Option<&Value>) -> Option<Self> {
        match word?.as_str()? {
            "import_file" => Some(Self::ImportFile),
            "export_folder" => Some(Self::ExportFolder),
            "backup_file" => Some(Self::BackupFile),
            "backup_folder" => Some(Self::BackupFolder),
            "book_folder" => Some(Self::BookFolder),
            "book_file" => Some(Self::BookFile),
            "keep_file" => Some(Self::KeepFile),
            "picture_file" => Some(Self::PictureFile),
            "table_file" => Some(Self::TableFile),
            _ => None,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::ImportFile => "shell.pick.import_file",
            Self::ExportFolder => "shell.pick.export_folder",
            Self::BackupFile => "shell.pick.backup_file",
            Self::BackupFolder => "shell.pick.backup_folder",
            Self::BookFolder => "shell.pick.book_folder",
            Self::BookFile => "shell.pick.book_file",
            Self::KeepFile => "shell.pick.keep_file",
            Self::PictureFile => "shell.pick.picture_file",
            Self::TableFile => "shell.pick.table_file",
        }
    }

    const fn is_folder(self) -> bool {
        matches!(self, Self::ExportFolder | Self::BackupFolder | Self::BookFolder)
    }

    /// Whether the file does not exist yet.
    const fn is_new(self) -> bool {
        matches!(self, Self::PictureFile | Self::TableFile)
    }

    /// What is offered first: the name's key and the endings.
    const fn filter(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Self::ImportFile => {
                Some(("shell.filter.tables", &["csv", "tsv", "txt", "gz", "xlsx", "xlsm", "xlsb", "xls", "ods", "vcf"]))
            }
            Self::BackupFile => Some(("shell.filter.backups", &["shukebak"])),
            Self::BookFile => Some(("shell.filter.books", &["shukebu"])),
            Self::PictureFile => Some(("shell.filter.pictures", &["png"])),
            Self::TableFile => Some(("shell.filter.lists", &["xlsx", "csv"])),
            Self::ExportFolder | Self::BackupFolder | Self::BookFolder | Self::KeepFile => None,
        }
    }
}

/// Opens a dialog and answers with a handle, or `null` when the person closed it.
pub fn pick(page: &Webview<Wry>, what: Option<&Value>, resolver: InvokeResolver<Wry>) {
    let app = page.app_handle().clone();
    let Some(wanted) = Wanted::read(what) else {
        resolver.reject("pick: this cannot be chosen");
        return;
    };
    if let Some(told) = place::pick_file() {
        let path = std::fs::read_to_string(told).unwrap_or_default();
        let path = Some(path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
        resolver.resolve(handle(&app, path));
        return;
    }
    let dialog = dialog(&app, page, wanted);
    let done = move |chosen: Option<tauri_plugin_dialog::FilePath>| {
        resolver.resolve(handle(&app, chosen.and_then(|path| path.into_path().ok())));
    };
    match wanted {
        folder if folder.is_folder() => dialog.pick_folder(done),
        new if new.is_new() => dialog.save_file(done),
        _ => dialog.pick_file(done),
    }
}

fn dialog(app: &AppHandle<Wry>, page: &Webview<Wry>, wanted: Wanted) -> FileDialogBuilder<Wry> {
    let language = app.state::<Desk>().backend.language();
    let text = |key| say(language, key, &[]);
    let mut dialog = app.dialog().file().set_parent(&page.window()).set_title(text(wanted.title()));
    if let Some((name, endings)) = wanted.filter() {
        dialog = dialog.add_filter(text(name), endings).add_filter(text("shell.filter.all"), &["*"]);
    }
    dialog
}

fn handle(app: &AppHandle<Wry>, path: Option<PathBuf>) -> Option<String> {
    path.map(|path| app.state::<Desk>().backend.grant(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shukebu_backend::messages::Language;

    #[test]
    fn every_dialog_has_its_words_in_every_language() {
        let words = [
            "import_file",
            "export_folder",
            "backup_file",
            "backup_folder",
            "book_folder",
            "book_file",
            "keep_file",
            "picture_file",
            "table_file",
        ];
        for word in words {
            let wanted = Wanted::read(Some(&Value::from(word))).unwrap();
            let keys = [Some(wanted.title()), wanted.filter().map(|(key, _)| key), Some("shell.filter.all")];
            for (key, language) in keys.into_iter().flatten().flat_map(|key| Language::ALL.map(|one| (key, one))) {
                assert_ne!(say(language, key, &[]), key, "{key} has no sentence in {}", language.tag());
            }
        }
        assert_eq!(Wanted::read(Some(&Value::from("any_file"))), None);
    }
}
