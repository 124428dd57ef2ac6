//! The rule laboratory: a stream of JSON values in, one line of JSON for each out, by the product's own rules.

use crate::Stop;
use serde_json::{Value, json};
use shukebu_backend::messages::{Language, catalogue, sentence};
use shukebu_domain::laboratory;
use std::io::{BufRead, BufReader, Read, Write};

/// Evaluates standard input, or prints the types.
pub(super) fn run(schema: bool, language: Language) -> Result<(), Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let done = if schema {
        writeln!(out, "{}", serde_json::to_string_pretty(&laboratory::schema())?).and_then(|()| out.flush())
    } else {
        answer_all(std::io::stdin().lock(), &mut out, language)
    };
    match done {
        // A reader that went away (`| head`) has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

/// Answers every value as soon as it is complete: somebody may wait for it before asking the next.
fn answer_all(source: impl Read, out: &mut impl Write, language: Language) -> std::io::Result<()> {
    let mut input = Input::new(source)?;
    loop {
        let mut values = serde_json::Deserializer::from_reader(&mut input).into_iter::<Value>();
        let answer = match values.next() {
            Some(Ok(question)) => {
                let used = values.byte_offset();
                input.forget(used);
                worded(laboratory::evaluate(question), language)
            }
            Some(Err(error)) if error.is_io() => return Err(error.into()),
            Some(Err(error)) => {
                input.forget_first_line()?;
                json!({ "error": { "code": "invalid", "message": error.to_string(), "fields": [] } })
            }
            None => return out.flush(),
        };
        writeln!(out, "{answer}")?;
        if input.is_drained() {
            out.flush()?;
        }
    }
}

/// Gives what a rule refuses its sentence. What has the wrong shape has one already.
fn worded(mut answer: Value, language: Language) -> Value {
    let Some(error) = answer.get_mut("error") else { return answer };
    let Ok(mut refusal) = serde_json::from_value::<laboratory::Refusal>(error.clone()) else { return answer };
    for field in &mut refusal.fields {
        if catalogue(language).contains_key(&field.problem) && field.problem != "invalid" {
            field.message = sentence(language, &field.problem, &field.values);
        }
    }
    if !refusal.fields.is_empty() {
        let sentences: Vec<&str> = refusal.fields.iter().map(|field| field.message.as_str()).collect();
        refusal.message = sentences.join(" ");
    }
    *error = json!(refusal);
    answer
}

/// Bytes as they come, with those of the value that is being read kept: what follows a broken value can be read again
/// from its next line on.
struct Input<R> {
    source: BufReader<R>,
    kept: Vec<u8>,
    handed_out: usize,
}

impl<R: Read> Input<R> {
    fn new(source: R) -> std::io::Result<Self> {
        let mut source = BufReader::new(source);
        if source.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
            source.consume(3);
        }
        Ok(Self { source, kept: Vec::new(), handed_out: 0 })
    }

    fn forget(&mut self, bytes: usize) {
        self.kept.drain(..bytes.min(self.kept.len()));
        self.handed_out = 0;
    }

    fn forget_first_line(&mut self) -> std::io::Result<()> {
        let blank = self.kept.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let end = self.kept.iter().skip(blank).position(|byte| *byte == b'\n');
        if end.is_none() {
            self.source.read_until(b'\n', &mut Vec::new())?;
        }
        self.forget(end.map_or(usize::MAX, |end| blank + end + 1));
        Ok(())
    }

    /// Whether nothing more to read has come yet.
    fn is_drained(&self) -> bool {
        self.kept.iter().chain(self.source.buffer()).all(u8::is_ascii_whitespace)
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.handed_out == self.kept.len() {
            let fresh = self.source.fill_buf()?;
            let taken = fresh.len().min(buffer.len());
            self.kept.extend(fresh.iter().take(taken));
            self.source.consume(taken);
        }
        let known = self.kept.get(self.handed_out..).unwrap_or_default();
        let count = known.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(known) {
            *slot = *byte;
        }
        self.handed_out += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(text: &[u8]) -> Vec<Value> {
        let mut out = Vec::new();
        answer_all(text, &mut out, Language::English).unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn question(at: &str) -> String {
        let calendar = r#"{"tz":"UTC","weekly":{"fri":[["09:00","12:00"]]}}"#;
        format!(r#"{{"op":"is_open","calendar":{calendar},"at":"2026-02-13T{at}:00Z"}}"#)
    }

    #[test]
    fn values_may_stand_on_one_line_or_over_several() {
        let text =
            format!("\u{feff}{}{}\n\n{}", question("10:00"), question("13:00"), question("11:00").replace(',', ",\n"));
        let results: Vec<Value> = answers(text.as_bytes()).into_iter().map(|answer| answer["result"].clone()).collect();
        assert_eq!(results, [json!(true), json!(false), json!(true)]);
        assert!(answers(b" \n ").is_empty());
    }

    #[test]
    fn a_broken_value_takes_its_line_with_it_and_the_next_goes_on() {
        for broken in ["{\"op\": \"add\"", "{\"op\", }", "NaN", "}", "{\"op\":\"\u{0}\"}", "nul"] {
            let text = format!("{}\n{broken}\n{}\n", question("10:00"), question("10:00"));
            let found = answers(text.as_bytes());
            assert_eq!(found.len(), 3, "{broken}: {found:?}");
            assert_eq!(found[1]["error"]["code"], "invalid", "{broken}");
            assert_eq!(found[2]["result"], true, "{broken}");
        }
        let foreign = [&b"{\"op\":\"\xc9\xcf\"}\n"[..], question("10:00").as_bytes()].concat();
        assert_eq!(answers(&foreign)[1]["result"], true, "a text in another encoding");
        assert_eq!(answers(b"{\"op\":\"add\"").len(), 1, "the end is missing");
    }

    #[test]
    fn an_answer_comes_before_the_next_question_is_asked() {
        /// Hands out one question at a time and looks what has been answered by then.
        struct Patient<'a>(std::vec::IntoIter<String>, &'a std::cell::RefCell<Vec<u8>>, usize);
        impl Read for Patient<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let lines = self.1.borrow().iter().filter(|byte| **byte == b'\n').count();
                assert_eq!(lines, self.2, "answers before question {}", self.2);
                let Some(next) = self.0.next() else { return Ok(0) };
                self.2 += 1;
                buffer[..next.len()].copy_from_slice(next.as_bytes());
                Ok(next.len())
            }
        }
        struct Shared<'a>(&'a std::cell::RefCell<Vec<u8>>);
        impl Write for Shared<'_> {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.borrow_mut().extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let written = std::cell::RefCell::new(Vec::new());
        let asked: Vec<String> = ["09:00", "10:00", "12:00"].iter().map(|at| question(at) + "\n").collect();
        let patient = Patient(asked.into_iter(), &written, 0);
        answer_all(patient, &mut std::io::BufWriter::new(Shared(&written)), Language::English).unwrap();
    }

    #[test]
    fn refusals_are_sentences() {
        let text = question("10:00").replace("09:00", "9 o'clock")
            + r#"{"op":"add","calendar":{"tz":"UTC","weekly":{"fri":[["09:00","12:00"]]}},"start":"2026-02-13T10:00:00Z","seconds":-1}"#;
        for answer in answers(text.as_bytes()) {
            let message = answer["error"]["message"].as_str().unwrap();
            assert!(message.contains(' ') && message.ends_with('.'), "{message}");
        }
    }
}
