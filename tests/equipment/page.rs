//! The page as a person reads it: fields by their label, buttons by their words, and waiting until
//! something can be read. When it cannot, the test ends with what was there instead and a picture.

use super::webdriver::{Element, Held, Key, Session};
use super::{shots, wait_for};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A page in a browser or in the real window.
pub struct Page {
    /// The session behind it, for what the words below do not cover.
    pub session: Session,
    name: String,
    eye: Eye,
}

/// Through what a picture is taken.
#[derive(Debug, Clone, Copy)]
pub enum Eye {
    /// The browser draws it once more for the picture.
    Browser,
    /// The display, as a person sees it. The web view's own pictures can wait for ever while
    /// something moves.
    Display,
}

/// The control that a label names, or that carries the name itself. What is not visible is not there.
const FIELD: &str = "
    const wanted = arguments[0];
    const visible = (e) => e && e.getClientRects().length > 0;
    const label = [...document.querySelectorAll('label')].find((l) => l.textContent.trim().startsWith(wanted) && visible(l.control));
    if (label) return label.control;
    return [...document.querySelectorAll('input, textarea, select')].find((e) => (e.getAttribute('aria-label') || '').startsWith(wanted) && visible(e)) || null;";

/// A button, link, tab, option or choice with these words; the smallest one when several contain them.
const PRESSABLE: &str = "
    const wanted = arguments[0];
    const visible = (e) => e.getClientRects().length > 0 && !e.disabled;
    const words = (e) => (e.innerText || e.getAttribute('aria-label') || '').replace(/\\s+/g, ' ').trim();
    const all = [...document.querySelectorAll('button, a, label, [role=tab], [role=option], [role=menuitem], [role=row], summary')];
    const fit = all.filter((e) => visible(e) && words(e).includes(wanted));
    fit.sort((a, b) => words(a).length - words(b).length);
    return fit[0] || null;";

impl Page {
    /// Around a session; `name` is for pictures of failures.
    pub fn new(session: Session, name: &str, eye: Eye) -> Self {
        Self { session, name: name.to_owned(), eye }
    }

    /// Everything that can be read.
    pub fn text(&self) -> String {
        let answer = self.session.run("return document.body ? document.body.innerText : ''", json!([]));
        answer.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until these words can be read.
    pub fn sees(&self, words: &str) {
        if wait_for(|| self.text().contains(words).then_some(())).is_none() {
            self.fail(&format!("never saw 「{words}」"));
        }
    }

    /// Waits until these words cannot be read any more.
    pub fn no_longer_sees(&self, words: &str) {
        if wait_for(|| (!self.text().contains(words)).then_some(())).is_none() {
            self.fail(&format!("still sees 「{words}」"));
        }
    }

    /// Types into the field of this name, instead of what was there.
    pub fn fill(&self, field: &str, text: &str) {
        self.act(FIELD, field, |session, element| {
            session.clear(element)?;
            session.type_into(element, text)
        });
    }

    /// Presses the button (link, choice …) with these words.
    pub fn click(&self, words: &str) {
        self.act(PRESSABLE, words, Session::click);
    }

    /// Types wherever the focus is.
    pub fn types(&self, text: &str) {
        self.session.type_text(text).unwrap_or_else(|error| self.fail(&error));
    }

    /// Presses a key.
    pub fn press(&self, key: Key) {
        self.session.press(key).unwrap_or_else(|error| self.fail(&error));
    }

    /// Presses a letter with Control or Alt.
    pub fn chord(&self, held: Held, letter: char) {
        self.session.chord(held, letter).unwrap_or_else(|error| self.fail(&error));
    }

    /// What a script answers.
    pub fn ask(&self, script: &str) -> serde_json::Value {
        self.session.run(script, json!([])).unwrap_or_else(|error| self.fail(&error))
    }

    /// What would be printed, as a PDF.
    pub fn pdf(&self) -> Vec<u8> {
        self.session.pdf().unwrap_or_else(|error| self.fail(&error))
    }

    /// Saves a picture under `target/shots`.
    pub fn picture(&self, name: &str) {
        let file = shots().join(format!("{name}.png"));
        self.take(&file).unwrap_or_else(|error| self.fail(&error));
    }

    fn take(&self, file: &Path) -> Result<(), String> {
        match self.eye {
            Eye::Browser => self.session.picture(file),
            Eye::Display => {
                // What can be read is painted a moment later.
                std::thread::sleep(Duration::from_millis(250));
                let taken = Command::new("import").args(["-window", "root"]).arg(file).status();
                let taken = taken.map_err(|error| format!("import (package imagemagick): {error}"))?;
                if taken.success() { Ok(()) } else { Err("the display gave no picture".to_owned()) }
            }
        }
    }

    /// Finds and acts, again and again: between two looks a page may have drawn itself anew.
    fn act(&self, script: &str, words: &str, act: impl Fn(&Session, &Element) -> Result<(), String>) {
        let mut last = "it is not there".to_owned();
        let done = wait_for(|| {
            let element = self.session.found_by(script, json!([words]))?;
            act(&self.session, &element).map_err(|error| last = error).ok()
        });
        if done.is_none() {
            self.fail(&format!("「{words}」: {last}"));
        }
    }

    /// Ends the test with what can be read and a picture.
    pub fn fail(&self, why: &str) -> ! {
        let file = shots().join(format!("failed-{}.png", self.name));
        let _ = self.take(&file);
        panic!("{why}\n---- what can be read ----\n{}\n---- picture: {} ----", self.text(), file.display());
    }
}
