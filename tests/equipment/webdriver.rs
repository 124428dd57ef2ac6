//! The W3C WebDriver protocol, as far as a person's hands and eyes go: open, look, click, type,
//! press, take a picture. <https://www.w3.org/TR/webdriver2/>

use super::http;
use serde_json::{Value, json};
use std::path::Path;

/// Name under which the protocol carries an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser or window that ends with this value.
pub struct Session {
    port: u16,
    id: String,
}

/// Something on the page.
#[derive(Debug, Clone)]
pub struct Element(String);

/// Keys that are no letters.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Arrow down.
    Down,
    /// Arrow up.
    Up,
    /// Arrow right.
    Right,
    /// F1 to F12.
    F(u32),
}

impl Key {
    fn code(self) -> char {
        match self {
            Self::Enter => '\u{E007}',
            Self::Escape => '\u{E00C}',
            Self::Tab => '\u{E004}',
            Self::Backspace => '\u{E003}',
            Self::Down => '\u{E015}',
            Self::Up => '\u{E013}',
            Self::Right => '\u{E014}',
            Self::F(number) => char::from_u32(0xE030 + number).expect("F1 to F12"),
        }
    }
}

impl Session {
    /// Asks a driver for a browser.
    pub fn start(port: u16, capabilities: &Value) -> Self {
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = request(port, "POST", "/session", &wanted).unwrap_or_else(|error| panic!("no browser: {error}"));
        let id = answer["sessionId"].as_str().expect("a session has an id").to_owned();
        Self { port, id }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        request(self.port, method, &format!("/session/{}{path}", self.id), body)
    }

    /// Opens an address.
    pub fn open(&self, address: &str) {
        self.call("POST", "/url", &json!({ "url": address })).expect("the address opens");
    }

    /// Runs a script in the page; `arguments[0]` … are the values.
    pub fn run(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The element that a script answers, if it answers one.
    pub fn found_by(&self, script: &str, arguments: Value) -> Option<Element> {
        let answer = self.run(script, arguments).ok()?;
        Some(Element(answer.get(ELEMENT)?.as_str()?.to_owned()))
    }

    /// Clicks in the middle of an element, as a person would: it has to be there and uncovered.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        self.call("POST", &format!("/element/{}/click", element.0), &json!({})).map(|_| ())
    }

    /// Empties a field.
    pub fn clear(&self, element: &Element) -> Result<(), String> {
        self.call("POST", &format!("/element/{}/clear", element.0), &json!({})).map(|_| ())
    }

    /// Types into an element through the keyboard.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<(), String> {
        self.call("POST", &format!("/element/{}/value", element.0), &json!({ "text": text })).map(|_| ())
    }

    /// Types wherever the focus is.
    pub fn type_text(&self, text: &str) -> Result<(), String> {
        let keys: Vec<Value> = text.chars().flat_map(stroke).collect();
        self.keys(keys)
    }

    /// Presses and releases a key wherever the focus is.
    pub fn press(&self, key: Key) -> Result<(), String> {
        self.keys(stroke(key.code()).to_vec())
    }

    /// Presses a letter together with Control or Alt.
    pub fn chord(&self, held: Held, letter: char) -> Result<(), String> {
        let held = match held {
            Held::Control => '\u{E009}',
            Held::Alt => '\u{E00A}',
        };
        let [down, up] = stroke(letter);
        let [hold, release] = stroke(held);
        self.keys(vec![hold, down, up, release])
    }

    fn keys(&self, actions: Vec<Value>) -> Result<(), String> {
        let keyboard = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.call("POST", "/actions", &keyboard).map(|_| ())
    }

    /// Gives the window a size.
    pub fn resize(&self, width: u32, height: u32) {
        let rect = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.call("POST", "/window/rect", &rect).expect("the window takes a size");
    }

    /// What would be printed, as a PDF.
    pub fn pdf(&self) -> Result<Vec<u8>, String> {
        let answer = self.call("POST", "/print", &json!({ "shrinkToFit": false }))?;
        Ok(from_base64(answer.as_str().unwrap_or_default()))
    }

    /// Saves what is seen as a PNG.
    pub fn picture(&self, file: &Path) -> Result<(), String> {
        let answer = self.call("GET", "/screenshot", &Value::Null)?;
        let png = from_base64(answer.as_str().unwrap_or_default());
        std::fs::write(file, png).map_err(|error| error.to_string())
    }
}

/// Keys that are held while another is pressed.
#[derive(Debug, Clone, Copy)]
pub enum Held {
    /// Control.
    Control,
    /// Alt.
    Alt,
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.call("DELETE", "", &Value::Null);
    }
}

fn stroke(key: char) -> [Value; 2] {
    [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
}

fn request(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let (status, text) = http::ask(port, method, path, &body).map_err(|error| format!("{method} {path}: {error}"))?;
    let mut answer: Value = serde_json::from_str(&text).map_err(|error| format!("{method} {path}: {error}: {text}"))?;
    let value = answer["value"].take();
    if status == 200 {
        return Ok(value);
    }
    Err(format!(
        "{method} {path}: {} {}",
        value["error"].as_str().unwrap_or("?"),
        value["message"].as_str().unwrap_or("?")
    ))
}

fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|known| *known == byte)) {
        bits = bits << 6 | u32::try_from(digit).unwrap_or(0);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_out_of_their_letters_whole() {
        assert_eq!(from_base64("aGVsbG8="), b"hello");
        assert_eq!(from_base64("aGVsbG8h"), b"hello!");
    }
}
