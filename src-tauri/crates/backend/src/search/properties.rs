//! Claims about any text: nothing fails, nothing that is there is missed, and the short list is the head of the
//! long one. Compared with a model that looks at every customer by itself.

use super::readings::readings;
use super::*;
use proptest::prelude::*;

const ALL: SearchOptions = SearchOptions { limit: usize::MAX, fuzzy: false };

/// Characters of names, with many readings, rare planes and other scripts among them.
const CHARACTERS: &str =
    "王李张刘陈單单曾仇解万俟尉迟区區吕呂女绿行长重乐陳麵包店范範后後余餘䶮𠮷晓华婉英恭雪小姐三丰安昂恩额aBzé９·🌸あ";

struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn name(&mut self) -> String {
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let length = if self.below(10) == 0 { 9 } else { 1 + self.below(4) };
        (0..length).map(|_| characters[self.below(characters.len())]).collect()
    }
}

struct Person {
    name: String,
    phone: String,
    number: String,
}

fn people(count: usize, seed: u64) -> Vec<Person> {
    let mut seeded = Seeded(seed);
    (0..count)
        .map(|at| Person {
            name: seeded.name(),
            phone: format!("13{:09}", seeded.below(1_000_000_000)),
            number: format!("M{at:06}"),
        })
        .collect()
}

fn index(people: &[Person]) -> SearchIndex {
    SearchIndex::load((1_i64..).zip(people).map(|(id, person)| {
        let fields = CustomerFields {
            name: &person.name,
            phones: vec![&person.phone],
            member_number: &person.number,
            ..CustomerFields::default()
        };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).map(|day| day + chrono::Days::new(id as u64 * 7 % 11));
        (CustomerId(id), search_text(&fields), Rank::new(day, (id % 3) as u8))
    }))
}

/// Every way to spell a name out, and every way to write its first letters, without any limit.
fn spellings(name: &str) -> Vec<String> {
    let mut whole = vec![String::new()];
    let mut firsts = vec![String::new()];
    for c in fold::fold(name).chars() {
        let choices: Vec<String> = match readings(c) {
            all if all.is_empty() && c.is_ascii() => vec![c.to_string()],
            all if all.is_empty() => continue,
            all => all.iter().map(|reading| (*reading).to_owned()).collect(),
        };
        whole = whole.iter().flat_map(|begun| choices.iter().map(move |next| format!("{begun}{next}"))).collect();
        firsts =
            firsts.iter().flat_map(|begun| choices.iter().map(move |next| format!("{begun}{}", &next[..1]))).collect();
        whole.dedup();
        firsts.sort();
        firsts.dedup();
    }
    whole.extend(firsts);
    whole
}

/// What a search must find, by looking at every person: any fragment of any text or spelling.
fn must_find(people: &[Person], spelt: &[Vec<String>], fragment: &str) -> Vec<i64> {
    let folded = fold::fold(fragment);
    (1_i64..)
        .zip(people.iter().zip(spelt))
        .filter(|(_, (person, spelt))| {
            fold::fold(&person.name).contains(&folded)
                || person.phone.contains(&folded)
                || fold::fold(&person.number).contains(&folded)
                || spelt.iter().any(|spelling| spelling.contains(&folded))
        })
        .map(|(id, _)| id)
        .collect()
}

#[test]
fn whatever_is_there_is_found() {
    let people = people(200, 77);
    let index = index(&people);
    let spelt: Vec<Vec<String>> = people.iter().map(|person| spellings(&person.name)).collect();
    let mut seeded = Seeded(4711);
    for _ in 0..1500 {
        let at = seeded.below(people.len());
        let folded = fold::fold(&people[at].name);
        let sources = [&folded, &people[at].phone, &people[at].number, &spelt[at][seeded.below(spelt[at].len())]];
        let source: Vec<char> = sources[seeded.below(4)].chars().collect();
        if source.is_empty() {
            continue;
        }
        let from = seeded.below(source.len());
        let fragment: String = source[from..].iter().take(1 + seeded.below(8)).collect();
        let found: Vec<i64> = index.search(&fragment, ALL).hits.iter().map(|hit| hit.id.0).collect();
        for id in must_find(&people, &spelt, &fragment) {
            assert!(found.contains(&id), "{fragment:?} must find {:?}", people[id as usize - 1].name);
        }
    }
}

#[test]
fn the_short_list_is_the_head_of_the_long_one() {
    let people = people(5000, 99);
    let index = index(&people);
    let mut seeded = Seeded(5);
    let mut questions: Vec<String> = [
        "1", "3", "0", "00", "z", "a", "an", "m", "m0", "ang", "13", "zh", "z 3", "王 1", "lv", "三", "zhangs",
        "wang三",
    ]
    .map(str::to_owned)
    .to_vec();
    for _ in 0..200 {
        let person = &people[seeded.below(people.len())];
        let source: Vec<char> =
            [person.name.clone(), mnemonic(&person.name), person.phone.clone()][seeded.below(3)].chars().collect();
        questions.push(source.iter().take(1 + seeded.below(4)).collect());
    }
    let fuzzy =
        [(false, questions.clone()), (true, questions)].map(|(fuzzy, all)| all.into_iter().map(move |q| (fuzzy, q)));
    for (fuzzy, question) in fuzzy.into_iter().flatten() {
        let long = index.search(&question, SearchOptions { fuzzy, ..ALL }).hits;
        let mut ids: Vec<CustomerId> = long.iter().map(|hit| hit.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), long.len(), "{question:?} gives nobody twice");
        for limit in [1, 7, 40] {
            let short = index.search(&question, SearchOptions { limit, fuzzy });
            assert_eq!(short.hits, long[..limit.min(long.len())], "{question:?} limit {limit}");
            assert!(short.total >= short.hits.len() && short.total <= long.len());
        }
    }
}

#[test]
fn ten_thousand_random_texts_are_answered() {
    let index = index(&people(60, 3));
    let mut seeded = Seeded(2026);
    for round in 0..10_000 {
        let length = seeded.below(if round % 100 == 0 { 3000 } else { 24 });
        let text: String = (0..length)
            .map(|_| {
                let code = match seeded.below(8) {
                    0 => seeded.below(0x20),
                    1 => seeded.below(0x80),
                    2 => 0x30 + seeded.below(10),
                    3 => 0x61 + seeded.below(26),
                    4 => 0x4e00 + seeded.below(0x5200),
                    5 => 0x20000 + seeded.below(0x12000),
                    6 => 0xff00 + seeded.below(0x100),
                    _ => seeded.below(0x110000),
                };
                u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('"')
            })
            .collect();
        let options = SearchOptions { limit: 5, fuzzy: round % 2 == 0 };
        let found = index.search(&text, options);
        assert!(found.hits.len() <= 5);
        let _ = (highlight(&text, &text, options), pasted(&text), mnemonic(&text), sort_key(&text), surname(&text));
        let line = search_text(&CustomerFields {
            name: &text,
            mnemonic: &text,
            phones: vec![&text],
            ..CustomerFields::default()
        });
        assert!(!line.contains('\n') && !line.contains('\0'));
    }
}

proptest! {
    #[test]
    fn a_customer_is_found_by_any_part_of_an_unusual_name(name in "\\PC{1,12}", from in 0_usize..12, length in 1_usize..12) {
        let part: String = name.chars().skip(from).take(length).collect();
        let folded = fold::fold(&part);
        let mut index = SearchIndex::new();
        index.upsert(CustomerId(1), &search_text(&CustomerFields { name: &name, ..CustomerFields::default() }), Rank::default());
        prop_assert_eq!(index.search(&folded, ALL).hits.len(), usize::from(!folded.is_empty()), "{:?} of {:?}", part, name);
    }

    #[test]
    fn a_damaged_line_does_no_harm(line in any::<String>(), question in "\\PC{1,6}", id in any::<i64>()) {
        let mut index = SearchIndex::load([(CustomerId(id), line.as_str(), Rank::default()), (CustomerId(7), line.as_str(), Rank::default())]);
        index.upsert(CustomerId(id), "\u{2}x", Rank::default());
        let _ = index.search(&question, SearchOptions { limit: 3, fuzzy: true });
        index.remove(CustomerId(id));
        let _ = index.search(&line, ALL);
    }
}
