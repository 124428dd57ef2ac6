//! The conditions that tables ask of their rows with `CHECK`. The engine forgets them as it reads the schema of a file that
//! it can only read, and its own look at a whole book says nothing of a row that breaks one. So they are taken from the
//! text of the table and asked of each row.

/// The conditions in the text of a table, each with its parentheses.
pub(super) fn of(sql: &str) -> Vec<&str> {
    let mut tokens = Tokens { sql, at: 0 };
    let mut found = vec![];
    while let Some((_, word)) = tokens.next() {
        if word.eq_ignore_ascii_case("check")
            && let Some((open, "(")) = tokens.next()
            && let Some(close) = closing(&mut tokens)
        {
            found.extend(sql.get(open..=close));
        }
    }
    found
}

/// Where the parenthesis closes that was just opened.
fn closing<'a>(tokens: &mut impl Iterator<Item = (usize, &'a str)>) -> Option<usize> {
    let mut depth = 1;
    for (at, token) in tokens {
        match token {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Words, quoted texts and signs with their places; no blanks and no comments.
struct Tokens<'a> {
    sql: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (start, rest) = (self.at, self.sql.get(self.at..)?);
            let token = rest.get(..length(rest, rest.chars().next()?))?;
            self.at += token.len();
            let is_silent =
                token.starts_with(char::is_whitespace) || token.starts_with("--") || token.starts_with("/*");
            if !is_silent {
                return Some((start, token));
            }
        }
    }
}

/// How many bytes the token has that begins here. A quote within quotes stands twice, which makes two tokens of one text.
fn length(rest: &str, first: char) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let through = |end: &str, from: usize| {
        rest.get(from..).and_then(|text| text.find(end)).map_or(rest.len(), |at| from + at + end.len())
    };
    match first {
        '\'' => through("'", 1),
        '"' => through("\"", 1),
        '`' => through("`", 1),
        '[' => through("]", 1),
        '-' if rest.starts_with("--") => through("\n", 2),
        '/' if rest.starts_with("/*") => through("*/", 2),
        c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
        c => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;
    use rusqlite::Connection;

    #[test]
    fn conditions_are_found_between_texts_names_and_comments() {
        let sql = "CREATE TABLE t (
                     a INTEGER CHECK (a > 0), -- a CHECK (of no) sort
                     b TEXT DEFAULT 'CHECK (x)' check(b IN (')', 'it''s (', \"q)\")),
                     tier_check_on TEXT, /* CHECK (no) */
                     \"check\" INTEGER,
                     CHECK (max(a, 0) <= (2 + 1) -- ) no end
                     )
                   ) STRICT";
        let found = of(sql);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[..2], ["(a > 0)", "(b IN (')', 'it''s (', \"q)\"))"]);
        assert!(found[2].starts_with("(max(") && found[2].ends_with(')'), "{}", found[2]);
        assert!(of("CREATE TABLE t (a INTEGER CHECK (a").is_empty());
    }

    /// As many as the text has that the engine keeps, and it understands each where it stands.
    #[test]
    fn every_condition_of_a_book_is_found_and_can_be_asked() {
        let mut book = Connection::open_in_memory().unwrap();
        migrate::apply(&mut book, &migrate::runner()).unwrap();
        let mut statement = book.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").unwrap();
        let tables = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let mut all = 0;
        for table in tables {
            let (name, sql): (String, String) = table.unwrap();
            for condition in of(&sql) {
                book.prepare(&format!("SELECT {condition} FROM \"{name}\"")).unwrap();
                all += 1;
            }
        }
        assert!(all > 100, "{all}");
    }
}
