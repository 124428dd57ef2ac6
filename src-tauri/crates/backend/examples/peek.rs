use shukebu_backend::imports::{
    plan::{Plan, Wishes},
    rows::{self, AnyRow, Shop},
};
use std::ops::ControlFlow;
fn main() {
    for path in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        let plan = match Plan::make(path.as_ref(), &Wishes::default()) {
            Ok(p) => p,
            Err(e) => {
                println!("{path}: REFUSED {e}");
                continue;
            }
        };
        println!(
            "{path}: {:?} {:?} {:?} sep {:?} rows~{} heading {} [{:?}]",
            plan.file.format,
            plan.kind,
            plan.file.encoding.map(|e| e.name()),
            plan.file.separator as char,
            plan.rows,
            plan.heading,
            t.elapsed()
        );
        println!(
            "  {:?}",
            plan.mapping
                .found()
                .map(|(f, c)| format!(
                    "{}={}{}",
                    f.name(),
                    plan.mapping.columns[c.index],
                    if c.is_minor { " minor" } else { "" }
                ))
                .collect::<Vec<_>>()
        );
        let shop = Shop {
            zone: chrono_tz::Asia::Shanghai,
            exponent: 2,
            today: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        };
        let (mut n, mut e, mut w, mut net) = (0, 0, 0, 0i64);
        let mut kinds = std::collections::BTreeMap::new();
        let t = std::time::Instant::now();
        let r = rows::stage(&plan, &shop, &mut |s, _| {
            n += 1;
            w += s.warnings.len();
            for i in &s.warnings {
                *kinds.entry(format!("W {:?} {}", i.field, i.code)).or_insert(0) += 1;
            }
            match s.outcome {
                Ok(AnyRow::Sale(r)) => net += r.net.minor(),
                Ok(_) => {}
                Err(i) => {
                    e += 1;
                    *kinds.entry(format!("E {:?} {}", i.field, i.code)).or_insert(0) += 1;
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        println!("  {n} rows {e} errors {w} warnings net {net} {:?} in {:?} {kinds:?}", r.err(), t.elapsed());
    }
}
