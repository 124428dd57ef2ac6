//! Pictures that the window drew, such as a chart, into a file that a person chose in a dialog.

use crate::api::books::Done;
use crate::api::pictures::NewPicture;
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::files;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Every PNG begins with these bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// A chart at twice its size is a few hundred kilobytes.
const MOST_BYTES: usize = 32 << 20;

/// Writes a picture. A name without an ending gets `.png`.
///
/// # Errors
/// A file that nobody chose; something that is no PNG; a file that cannot be written.
pub fn save(app: &App, input: NewPicture) -> Result<Done> {
    let mut path = app.granted("file", &input.file)?;
    let unreadable = || ApiError::field("png", "picture.unreadable");
    let bytes = STANDARD.decode(input.png.as_bytes()).map_err(|_| unreadable())?;
    if !bytes.starts_with(PNG) || bytes.len() > MOST_BYTES {
        return Err(unreadable());
    }
    if path.extension().is_none() {
        path.set_extension("png");
    }
    files::write_durably(&path, &bytes)?;
    Ok(Done {})
}
