//! Files kept with customers and with cases, inside the book: they are as safe as the book and travel in its backups.

use crate::api::attachments::{AttachmentCopy, AttachmentRef, NewAttachment, WrittenFile};
use crate::api::books::Done;
use crate::app::{App, Op, Written};
use crate::error::{ApiError, Result};
use crate::messages::say;
use crate::store::attachments::Keeper;
use crate::{complaints, store};
use serde_json::json;
use shukebu_domain::customer::clean_line;
use shukebu_domain::error::FieldError;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Largest file.
const MAX_BYTES: u64 = 5 * 1024 * 1024;
/// Most bytes of all files of one customer, and of one case.
const MOST_TOGETHER: i64 = 40 * 1024 * 1024;

/// Keeps a file with a customer or with a case; a case notes it among its steps.
///
/// # Errors
/// A file that is empty, too large or cannot be read; a customer or case that has too many already; neither of them, or
/// both.
pub fn add(app: &App, input: NewAttachment) -> Result<Done> {
    let path = app.granted("file", &input.file)?;
    let size = std::fs::metadata(&path)?.len();
    if size > MAX_BYTES {
        return Err(too_large());
    }
    let content = std::fs::read(&path)?;
    if content.is_empty() {
        return Err(ApiError::field("file", "attachment.empty"));
    }
    // It may have grown since it was measured.
    if content.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    let name = file_name(&path);
    let whose = match (input.customer_id, input.complaint_id) {
        (Some(customer), None) => Keeper::Customer(customer),
        (None, Some(case)) => Keeper::Case(case),
        _ => return Err(ApiError::field("customer_id", "attachment.whose")),
    };
    app.write(Op::new("attachment.change").keyed(input.client_key), move |tx, moment| {
        let (keeper, kept) = match whose {
            Keeper::Customer(customer) => {
                let customer = store::customers::must_be_there(tx, customer)?;
                (Keeper::Customer(customer), store::attachments::bytes_of_customer(tx, customer)?)
            }
            Keeper::Case(case) => {
                store::complaints::get(tx, case)?;
                (whose, store::attachments::bytes_of_case(tx, case)?)
            }
        };
        if kept + i64::try_from(content.len()).unwrap_or(i64::MAX) > MOST_TOGETHER {
            let most = MOST_TOGETHER / 1024 / 1024;
            return Err(ApiError::from(FieldError::new("file", "attachment.too_many").with("most", most)));
        }
        let by = (moment.session.staff, moment.now);
        let id = store::attachments::insert(tx, keeper, &name, &content, by)?;
        let detail = match keeper {
            Keeper::Customer(customer) => json!({ "customer": customer.0, "bytes": content.len() }),
            Keeper::Case(case) => {
                let note = say(moment.language, "complaint.event.file_added", &[("name", &name)]);
                complaints::note_on(tx, moment, case, note)?;
                json!({ "complaint": case.0, "bytes": content.len() })
            }
        };
        Ok(Written::one("attachment", id.0).detail(detail))
    })?;
    Ok(Done {})
}

fn too_large() -> ApiError {
    ApiError::from(FieldError::new("file", "attachment.too_large").with("most", MAX_BYTES / 1024 / 1024))
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|name| clean_line(&name.to_string_lossy())).unwrap_or_default();
    crate::files::plain_name(&name, 120).unwrap_or_else(|| "file".into())
}

/// Writes a kept file into a folder that a person chose, slice by slice; nothing there is overwritten.
///
/// # Errors
/// A folder that cannot be written; a file that is not there.
pub fn copy_out(app: &App, input: AttachmentCopy) -> Result<WrittenFile> {
    let folder = app.granted("folder", &input.folder)?;
    if !folder.is_dir() {
        return Err(ApiError::field("folder", "folder.missing"));
    }
    let found = app.read(move |connection, _| store::attachments::get(connection, input.id))?;
    let path = free_name(&folder, &found.name);
    let mut file = std::fs::File::options().write(true).create_new(true).open(&path)?;
    let written = (|| {
        let mut bytes = 0;
        for position in 0.. {
            let slice = app.read(move |connection, _| store::attachments::slice(connection, input.id, position))?;
            let Some(slice) = slice else { break };
            file.write_all(&slice)?;
            bytes += slice.len() as u64;
        }
        file.sync_all()?;
        app.write(Op::new("attachment.look"), move |_, _| Ok(Written::one("attachment", input.id.0)))?;
        Ok(bytes)
    })();
    match written {
        Ok(bytes) => Ok(WrittenFile { path: path.display().to_string(), bytes }),
        Err(error) => {
            let _ = std::fs::remove_file(&path);
            Err(error)
        }
    }
}

/// A path in a folder where nothing lies yet.
pub(crate) fn free_name(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    crate::files::free_name(folder, stem, ending)
}

/// Removes a kept file.
///
/// # Errors
/// A file that is not there.
pub fn remove(app: &App, input: AttachmentRef) -> Result<Done> {
    app.write(Op::new("attachment.change"), move |tx, moment| {
        let file = store::attachments::get(tx, input.id)?;
        let case = store::attachments::case_of(tx, input.id)?;
        store::attachments::remove(tx, input.id)?;
        if let Some(case) = case {
            let note = say(moment.language, "complaint.event.file_removed", &[("name", &file.name)]);
            complaints::note_on(tx, moment, case, note)?;
        }
        Ok(Written::one("attachment", input.id.0))
    })?;
    Ok(Done {})
}
