//! What exports read of records that are lists by themselves: one statement for each. The first column says to which day a
//! row belongs; how a column is written follows from the end of its name: `…_at` is an instant, `…_milli` a quantity.
//! Records of a customer who was merged stand under the one who stayed.

use crate::api::exports::ExportKind as Kind;
use crate::error::Result;
use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Rows};

/// A record as one statement: what it tells, where that comes from, in which order.
struct Record {
    columns: &'static str,
    from: &'static str,
    order: &'static str,
}

/// The columns that say whose a row is.
const WHOSE: &str = "coalesce(kept.member_no, own.member_no) AS member_no, coalesce(kept.name, own.name) AS customer";

/// Whose a row is and who wrote it; every record is called `it`.
const PEOPLE: &str = "LEFT JOIN customers AS own ON own.id = it.customer_id
         LEFT JOIN customers AS kept ON kept.id = own.merged_into";

/// Reads a record as of a day: its columns once, then row by row. A kind that is no record has neither.
pub(crate) fn read(
    connection: &Connection,
    kind: Kind,
    today: NaiveDate,
    work: impl FnOnce(&[String], &mut Rows) -> Result<()>,
) -> Result<()> {
    let Some(record) = of(kind) else { return Ok(()) };
    let Record { columns, from, order } = record;
    // `{}` in the columns is the place of whose it is.
    let columns = columns.replace("{}", WHOSE);
    let mut statement = connection.prepare(&format!(
        "SELECT {columns}
         FROM {from}
         {PEOPLE}
         ORDER BY {order}"
    ))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    if let Some(place) = statement.parameter_index(":today")? {
        statement.raw_bind_parameter(place, today.to_string())?;
    }
    work(&names, &mut statement.raw_query())
}

/// A cell of a record.
pub(crate) enum Value<'a> {
    Nothing,
    Number(i64),
    Text(&'a str),
}

/// The cell at a place.
pub(crate) fn cell<'a>(row: &'a rusqlite::Row, at: usize) -> Result<Value<'a>> {
    Ok(match row.get_ref(at)? {
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Text(_) => Value::Text(row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?),
        // The book holds no other kind of value in these columns.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Nothing,
    })
}

fn of(kind: Kind) -> Option<Record> {
    let of_a_person = of_a_person(kind);
    of_a_person.or_else(|| of_loyalty(kind)).or_else(|| of_offers(kind)).or_else(|| of_complaints(kind))
}

fn of_a_person(kind: Kind) -> Option<Record> {
    Some(match kind {
        Kind::Interactions => Record {
            columns: "it.at AS happened_at, {}, it.kind, it.direction, it.text, it.is_answered, it.is_deep, it.minutes,
                      staff.name AS staff",
            from: "(SELECT id, customer_id, at, staff_id, kind, direction, text, is_answered, is_deep, minutes
                    FROM interactions
                    UNION ALL
                    SELECT id, customer_id, at, staff_id, 'note', 'none', text, NULL, NULL, NULL
                    FROM notes) AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.at, it.kind, it.id",
        },
        Kind::OwnFields => Record {
            columns: "own.joined_on, {}, custom_fields.name AS field, it.text, it.number_milli, custom_fields.unit",
            from: "custom_values AS it
                   JOIN custom_fields ON custom_fields.id = it.field_id",
            order: "own.member_no, custom_fields.position, custom_fields.id, it.position",
        },
        Kind::ContactPersons => Record {
            columns: "own.joined_on, {}, it.name, it.role, it.influence, it.relation, it.phone,
                      person.member_no AS person_member_no",
            from: "contact_persons AS it
                   LEFT JOIN customers AS person ON person.id = it.person_id",
            order: "own.member_no, it.position, it.id",
        },
        Kind::Ties => Record {
            columns:
                "own.joined_on, {}, parent.member_no AS parent_member_no, referrer.member_no AS referrer_member_no,
                      it.preferred_channel, it.quiet_from_minute, it.quiet_to_minute, it.is_do_not_contact,
                      it.do_not_contact_why, it.guardian",
            from: "customer_details AS it
                   LEFT JOIN customers AS parent ON parent.id = it.parent_id
                   LEFT JOIN customers AS referrer ON referrer.id = it.referrer_id",
            order: "own.member_no",
        },
        Kind::Anniversaries => Record {
            columns: "own.joined_on, {}, it.kind, it.name, it.year, it.month, it.day",
            from: "anniversaries AS it",
            order: "own.member_no, it.id",
        },
        Kind::Wishes => Record {
            columns: "it.created_at, {}, products.sku, products.name AS product, it.category, it.text, it.closed_at,
                      staff.name AS staff",
            from: "wishes AS it
                   JOIN staff ON staff.id = it.staff_id
                   LEFT JOIN products ON products.id = it.product_id",
            order: "it.created_at, it.id",
        },
        Kind::Consents => Record {
            columns: "it.given_on, {}, it.purpose, it.is_given, it.way, it.recorded_at, staff.name AS staff",
            from: "consents AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        Kind::Attachments => Record {
            columns: "it.added_at, {}, complaints.case_no, it.name AS file_name, it.bytes, staff.name AS staff",
            from: "attachments AS it
                   JOIN staff ON staff.id = it.staff_id
                   LEFT JOIN complaints ON complaints.id = it.complaint_id",
            order: "it.id",
        },
        Kind::UsualOrders => Record {
            columns: "it.saved_at, {}, it.name, lines.line_no, products.sku, lines.description,
                      lines.quantity_milli, lines.unit_price_minor, it.packaging, it.note, staff.name AS staff",
            from: "usual_orders AS it
                   JOIN staff ON staff.id = it.staff_id
                   JOIN usual_order_lines AS lines ON lines.usual_order_id = it.id
                   LEFT JOIN products ON products.id = lines.product_id",
            order: "it.id, lines.line_no",
        },
        _ => return None,
    })
}

fn of_loyalty(kind: Kind) -> Option<Record> {
    Some(match kind {
        Kind::PointsLedger => Record {
            columns: "it.on_day AS booked_on, {}, it.kind, it.points,
                      coalesce(lots.on_day, points_lots.earned_on) AS earned_on,
                      coalesce(lots.lot_until, points_lots.expires_on) AS expires_on, sales.sale_no,
                      points_events.reason, it.at AS written_at, staff.name AS staff",
            // What a sale earned when it was sold stands in the sale.
            from: "(SELECT id, customer_id, on_day, at, staff_id, kind, points, lot_id, lot_event_id, event_id
                    FROM points_ledger
                    UNION ALL
                    SELECT 0, points_events.customer_id, points_events.on_day, points_events.at,
                           points_events.staff_id, 'earn', sales.points_booked, NULL, points_events.id,
                           points_events.id
                    FROM points_events
                    JOIN sales ON sales.id = points_events.sale_id
                    WHERE points_events.kind = 'sale' AND sales.points_booked IS NOT NULL) AS it
                   JOIN staff ON staff.id = it.staff_id
                   LEFT JOIN points_events AS lots ON lots.id = it.lot_event_id
                   LEFT JOIN points_lots ON points_lots.id = it.lot_id
                   LEFT JOIN points_events ON points_events.id = it.event_id
                   LEFT JOIN sales ON sales.id = points_events.sale_id",
            order: "it.at, it.event_id, it.id",
        },
        Kind::TierChanges => Record {
            columns: "it.on_day AS changed_on, {}, it.from_name AS from_tier, it.to_name AS to_tier, it.why,
                      sales.sale_no, it.at AS written_at",
            from: "tier_changes AS it
                   LEFT JOIN sales ON sales.id = it.sale_id",
            order: "it.id",
        },
        Kind::ClassChanges => Record {
            columns: "it.on_day AS changed_on, {}, it.scheme_key AS scheme, it.from_class_key AS from_class,
                      it.class_key AS to_class, segment_pins.reason, segment_pins.until_on, it.at AS written_at",
            from: "segment_assignments AS it
                   LEFT JOIN segment_pins ON segment_pins.id = it.pin_id",
            order: "it.id",
        },
        Kind::PriorityLocks => Record {
            columns: "it.locked_at, {}, it.level, it.reason, it.until_on, it.ended_at, staff.name AS staff",
            from: "priority_locks AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        Kind::Judgements => Record {
            columns: "it.judged_on, {}, it.judgement, it.reason, staff.name AS staff",
            from: "customer_judgements AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        Kind::SeldomReasons => Record {
            columns: "it.said_on, {}, it.why, it.note, it.said_at AS written_at, staff.name AS staff",
            from: "seldom_reasons AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        Kind::CustomerPlans => Record {
            columns: "it.made_at, {}, it.words AS plan, it.due_on, owner.name AS owner, it.done_on, it.note AS outcome,
                      staff.name AS staff",
            from: "customer_plans AS it
                   JOIN staff ON staff.id = it.staff_id
                   JOIN staff AS owner ON owner.id = it.owner_id",
            order: "it.id",
        },
        Kind::Benefits => Record {
            columns: "it.on_day AS booked_on, {}, it.kind, it.tier, it.words AS benefit, it.quantity, it.period_from,
                      it.period_until, it.cost_minor, sales.sale_no, it.note, it.at AS written_at, staff.name AS staff",
            from: "benefit_entries AS it
                   JOIN staff ON staff.id = it.staff_id
                   LEFT JOIN sales ON sales.id = it.sale_id",
            order: "it.id",
        },
        Kind::Cashback => Record {
            columns:
                "cashback_runs.approved_at, {}, it.year, it.tier, it.net_minor, it.granted_minor, it.carried_minor,
                      it.paid_minor, cashback_runs.pays_as, coupons.code, it.is_reversed, staff.name AS staff",
            from: "cashback_years AS it
                   JOIN cashback_runs ON cashback_runs.id = it.run_id
                   JOIN staff ON staff.id = cashback_runs.staff_id
                   LEFT JOIN coupons ON coupons.id = it.coupon_id",
            order: "it.id",
        },
        Kind::Gifts => Record {
            columns: "it.at AS moved_at, {}, gifts.name AS gift, gifts.points, it.delta, it.reason, staff.name AS staff",
            from: "(SELECT gift_moves.id, gift_id, at, staff_id, delta, reason, giveaway_people.customer_id
                    FROM gift_moves
                    LEFT JOIN giveaway_people ON giveaway_people.id = gift_moves.giveaway_person_id) AS it
                   JOIN gifts ON gifts.id = it.gift_id
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        _ => return None,
    })
}

fn of_offers(kind: Kind) -> Option<Record> {
    Some(match kind {
        Kind::Coupons => Record {
            columns: "batch.issued_at, {}, it.code, batch.name AS batch, batch.campaign, batch.from_on, batch.until_on,
                      coalesce(it.value_minor, json_extract(batch.terms, '$.worth.value_minor')) AS value_minor,
                      json_extract(batch.terms, '$.worth.percent_bp') AS percent_bp,
                      json_extract(batch.terms, '$.minimum_minor') AS minimum_minor,
                      CASE
                        WHEN it.voided_at IS NOT NULL THEN 'void'
                        WHEN it.used_sale_id IS NOT NULL THEN 'used'
                        WHEN batch.until_on < :today THEN 'expired'
                        ELSE 'unused'
                      END AS state,
                      sales.sale_no, sales.sold_on AS used_on, it.voided_at, staff.name AS staff",
            from: "coupons AS it
                   JOIN coupon_batches AS batch ON batch.id = it.batch_id
                   JOIN staff ON staff.id = batch.staff_id
                   LEFT JOIN sales ON sales.id = it.used_sale_id",
            order: "it.id",
        },
        Kind::Packs => Record {
            columns: "it.sold_on, {}, it.id AS pack_no, it.name, sales.sale_no, it.price_minor, it.sessions,
                      it.sessions - (SELECT coalesce(sum(iif(event = 'taken_back', -sessions, sessions)), 0)
                                     FROM pack_entries
                                     WHERE pack_id = it.id AND event IN ('used', 'taken_back')) AS left,
                      it.until_on AS sold_until_on, it.is_open",
            from: "packs AS it
                   JOIN sales ON sales.id = it.sale_id",
            order: "it.id",
        },
        Kind::PackUses => Record {
            columns: "it.on_day AS used_on, {}, it.pack_id AS pack_no, it.name, it.event, it.sessions, it.note,
                      it.at AS written_at, staff.name AS staff",
            from: "(SELECT pack_entries.id, packs.customer_id, pack_entries.pack_id, packs.name, pack_entries.event,
                           pack_entries.sessions, pack_entries.note, pack_entries.on_day, pack_entries.at,
                           pack_entries.staff_id
                    FROM pack_entries
                    JOIN packs ON packs.id = pack_entries.pack_id) AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.id",
        },
        Kind::Offers => Record {
            columns: "it.sold_on, {}, it.sale_no, sale_offers.source, sale_offers.name AS offer, sale_offers.amount_minor",
            from: "sale_offers
                   JOIN sales AS it ON it.id = sale_offers.sale_id",
            order: "sale_offers.id",
        },
        Kind::Terms => Record {
            columns: "it.created_at, {}, it.from_on, it.until_on, it.text, it.discount_bp, it.agreed_by, it.cost_minor, it.review_on,
                      it.criteria, it.ended_at, staff.name AS approved_by",
            from: "special_terms AS it
                   JOIN staff ON staff.id = it.approver_id",
            order: "it.id",
        },
        Kind::AgreedPrices => Record {
            columns: "it.created_at, {}, products.sku, products.name AS product, it.price_minor, it.from_on, it.until_on, it.note,
                      it.ended_at, staff.name AS approved_by",
            from: "agreed_prices AS it
                   JOIN products ON products.id = it.product_id
                   JOIN staff ON staff.id = it.approved_by",
            order: "it.id",
        },
        Kind::PriceQuotes => Record {
            columns: "it.made_on, {}, it.quote_no, it.until_on, products.sku, products.name AS product,
                      lines.from_milli AS from_quantity_milli, lines.unit_price_minor, lines.list_minor, sales.sale_no,
                      it.note, staff.name AS staff",
            from: "price_quotes AS it
                   JOIN price_quote_lines AS lines ON lines.price_quote_id = it.id
                   JOIN products ON products.id = lines.product_id
                   JOIN staff ON staff.id = it.staff_id
                   LEFT JOIN sales ON sales.id = it.sale_id",
            order: "it.id, lines.id",
        },
        _ => return None,
    })
}

fn of_complaints(kind: Kind) -> Option<Record> {
    Some(match kind {
        Kind::CaseEntries => Record {
            columns: "entries.at AS happened_at, {}, it.case_no, json_extract(entries.event, '$.kind') AS kind,
                      entries.event, entries.recorded_at, entries.is_flagged, staff.name AS staff",
            from: "complaint_events AS entries
                   JOIN complaints AS it ON it.id = entries.complaint_id
                   JOIN staff ON staff.id = entries.staff_id",
            order: "entries.id",
        },
        // The first thing that was given stands with the resolution, the others beside it.
        Kind::Compensations => Record {
            columns: "done.resolved_at, {}, it.case_no, given.kind, given.cost_minor, given.note,
                      coalesce(taken.at, reversed.at) AS taken_back_at,
                      coalesce(taken.reason, reversed.reason) AS taken_back_why, staff.name AS staff",
            from: "(SELECT id AS resolution_id, 0 AS position, compensation_kind AS kind,
                           compensation_minor AS cost_minor, compensation_note AS note
                    FROM complaint_resolutions
                    WHERE compensation_kind <> 'none'
                    UNION ALL
                    SELECT resolution_id, row_number() OVER (PARTITION BY resolution_id ORDER BY id), kind, cost_minor,
                           note
                    FROM complaint_compensations) AS given
                   JOIN complaint_resolutions AS done ON done.id = given.resolution_id
                   JOIN complaints AS it ON it.id = done.complaint_id
                   JOIN staff ON staff.id = done.staff_id
                   LEFT JOIN compensation_postings AS posted
                     ON posted.resolution_id = given.resolution_id AND posted.position = given.position
                   LEFT JOIN compensation_returns AS taken ON taken.posting_id = posted.id
                   LEFT JOIN compensation_reversals AS reversed
                     ON reversed.resolution_id = given.resolution_id AND reversed.position = given.position",
            order: "given.resolution_id, given.position",
        },
        // A date that was moved stays a row; the end and the cost stand with the one that holds.
        Kind::Remedies => Record {
            columns: "said.promised_at, {}, it.case_no, remedies.kind, remedies.words, said.due_on, said.due_at,
                      said.reason, verdicts.is_kept, said.is_newest, ends.at AS ended_at,
                      CASE ends.is_done WHEN 1 THEN 'done' WHEN 0 THEN 'given_up' END AS ended,
                      iif(said.is_newest, coalesce(ends.cost_minor, remedies.cost_minor), NULL) AS cost_minor,
                      remedies.resolution_id IS NOT NULL AS is_compensation, ends.words AS ended_words,
                      staff.name AS staff",
            from: "(SELECT remedy_promises.*,
                           id = max(id) OVER (PARTITION BY remedy_id) AS is_newest
                    FROM remedy_promises) AS said
                   JOIN remedies ON remedies.id = said.remedy_id
                   JOIN complaints AS it ON it.id = remedies.complaint_id
                   JOIN staff ON staff.id = said.staff_id
                   LEFT JOIN remedy_verdicts AS verdicts ON verdicts.promise_id = said.id
                   LEFT JOIN remedy_ends AS ends ON ends.remedy_id = said.remedy_id AND said.is_newest",
            order: "said.remedy_id, said.id",
        },
        Kind::Improvements => Record {
            columns: "it.created_at, {}, it.case_no, it.problem, it.cause, it.action, it.due_on, it.done_on,
                      it.checked_on, it.effect, it.customer_told_on, staff.name AS owner",
            from: "(SELECT improvements.id, improvements.created_at, complaints.customer_id, complaints.case_no,
                           improvements.problem, improvements.cause, improvements.action, improvements.due_on,
                           improvements.done_on, improvements.checked_on, improvements.effect,
                           improvements.customer_told_on, improvements.owner_id
                    FROM improvements
                    LEFT JOIN improvement_cases ON improvement_cases.improvement_id = improvements.id
                    LEFT JOIN complaints ON complaints.id = improvement_cases.complaint_id) AS it
                   JOIN staff ON staff.id = it.owner_id",
            order: "it.id, it.case_no",
        },
        Kind::Assessments => Record {
            // Nobody is a customer here; whose a row is stays empty.
            columns: "it.held_on, it.due_on, it.from_on, it.to_on, it.people, it.others, it.notes, it.improvements,
                      it.recorded_at, staff.name AS staff",
            from: "(SELECT assessments.*, NULL AS customer_id,
                           (SELECT group_concat(name, '; ')
                            FROM (SELECT staff.name
                                  FROM assessment_people
                                  JOIN staff ON staff.id = assessment_people.staff_id
                                  WHERE assessment_people.assessment_id = assessments.id
                                  ORDER BY staff.id)) AS people,
                           (SELECT group_concat(action, '; ')
                            FROM (SELECT improvements.action
                                  FROM assessment_improvements
                                  JOIN improvements ON improvements.id = assessment_improvements.improvement_id
                                  WHERE assessment_improvements.assessment_id = assessments.id
                                  ORDER BY improvements.id)) AS improvements
                    FROM assessments) AS it
                   JOIN staff ON staff.id = it.staff_id",
            order: "it.held_on, it.id",
        },
        _ => return None,
    })
}
