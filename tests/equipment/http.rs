//! As much of HTTP/1.1 as two programs on one machine need: one request per connection, bodies with
//! a length or in chunks. Written here because a full client would be compiled for a minute.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What came over a connection: first line, headers in small letters, body.
#[derive(Debug, Default)]
pub struct Message {
    /// `POST /path HTTP/1.1` or `HTTP/1.1 200 OK`.
    pub first: String,
    /// Header names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body, unchunked.
    pub body: Vec<u8>,
}

/// Asks a server on this machine and returns status and body.
pub fn ask(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    // A driver may wait for the page itself; longer than this it never does.
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.flush()?;
    let answer = read(&mut BufReader::new(stream), true)?;
    let status = answer.first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, String::from_utf8_lossy(&answer.body).into_owned()))
}

/// Reads one message. An answer without a length goes on until the connection closes; a request
/// without one has no body.
pub fn read(stream: &mut impl BufRead, is_answer: bool) -> std::io::Result<Message> {
    let mut message = Message { first: line(stream)?, ..Message::default() };
    loop {
        let header = line(stream)?;
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':') {
            message.headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let length = message.headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
    let is_chunked = message.headers.get("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    match length {
        _ if is_chunked => message.body = chunks(stream)?,
        Some(length) => {
            stream.take(length).read_to_end(&mut message.body)?;
        }
        None if is_answer => {
            stream.read_to_end(&mut message.body)?;
        }
        None => {}
    }
    Ok(message)
}

fn line(stream: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn chunks(stream: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = u64::from_str_radix(line(stream)?.split(';').next().unwrap_or_default(), 16).unwrap_or(0);
        if size == 0 {
            let _ = line(stream)?;
            return Ok(body);
        }
        stream.take(size).read_to_end(&mut body)?;
        let _ = line(stream)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_chunks_is_put_together() {
        let text = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(read(&mut text.as_slice(), true).unwrap().body, b"abcde");
    }

    #[test]
    fn a_request_without_a_length_has_no_body() {
        let request = read(&mut b"GET / HTTP/1.1\r\nHost: here\r\n\r\nrest".as_slice(), false).unwrap();
        assert_eq!((request.first.as_str(), request.body.len()), ("GET / HTTP/1.1", 0));
    }
}
