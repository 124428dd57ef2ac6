//! What the frame of the window shows on every screen.

use crate::api::books::{Done, LanguageChoice, Nothing};
use crate::api::frame::{FrameView, Operator};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::messages::Language;
use crate::{assessments, complaints, privacy, store};

/// Shop, operator, most urgent clock, age of the backup: in one call.
///
/// # Errors
/// `Locked` while no book is open.
pub fn get(app: &App, _: Nothing) -> Result<FrameView> {
    let book = app.book()?;
    let facts = book.facts();
    let clock_went_back_s = *book.clock_went_back_s.lock().map_err(ApiError::internal)?;
    app.read(move |connection, moment| {
        let backup = store::book::last_backup(connection)?;
        let bar = complaints::bar(connection, moment)?;
        Ok(FrameView {
            shop_name: facts.name,
            currency: facts.currency,
            currency_exponent: moment.exponent,
            zone: facts.zone.name().into(),
            is_demo: facts.is_demo,
            operator: Operator {
                id: moment.session.staff,
                name: moment.session.name.clone(),
                role: moment.session.role,
            },
            now: moment.now,
            today: moment.today,
            urgent: bar.urgent,
            open_complaints: bar.open,
            late_complaints: bar.late,
            unanswered_complaints: bar.unanswered,
            promised_due: bar.promised,
            assessment_due: assessments::due(connection, moment)?,
            last_backup_at: backup.map(|(at, _)| at),
            operations_since_backup: store::book::operations_since_backup(connection)?,
            unusual_reveals: privacy::unusual_reveals(connection, moment)?,
            is_unarmed: true,
            clock_went_back_s,
        })
    })
}

/// Switches the language of the answers at once and remembers it.
///
/// # Errors
/// A language that the program does not speak.
pub fn choose_language(app: &App, input: LanguageChoice) -> Result<Done> {
    let language = Language::parse(&input.language).ok_or_else(|| ApiError::field("language", "language.unknown"))?;
    app.set_language(language);
    crate::books::remember(app, |memory| memory.language = Some(language.tag().into()))?;
    Ok(Done {})
}
