//! The rule laboratory: a stream of JSON values in, one line of JSON for each out, by the product's own rules.

use crate::Stop;
use serde_json::{Value, json};
use shukebu_domain::laboratory;
use std::io::{Read, Write};

/// Evaluates standard input, or prints the types.
pub(super) fn run(schema: bool) -> Result<(), Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if schema {
        writeln!(out, "{}", serde_json::to_string_pretty(&laboratory::schema())?)?;
        return Ok(());
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut rest = text.as_ref();
    while !rest.trim().is_empty() {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let (answer, used) = match values.next() {
            Some(Ok(question)) => (laboratory::evaluate(question), values.byte_offset()),
            // What follows a broken value can be read again from the next line on.
            Some(Err(error)) => {
                let message = error.to_string();
                let start = rest.len() - rest.trim_start().len();
                let line_end =
                    rest.get(start..).and_then(|tail| tail.find('\n')).map_or(rest.len(), |end| start + end + 1);
                (json!({ "error": { "code": "invalid", "message": message, "fields": [] } }), line_end)
            }
            None => break,
        };
        writeln!(out, "{answer}")?;
        rest = rest.get(used..).unwrap_or_default();
    }
    out.flush()?;
    Ok(())
}
