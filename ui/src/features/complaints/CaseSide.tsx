// The side of a case: its three promises as lines that fill, the verdicts that stay, and every step.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatInstant, formatSpan } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { ClockLine } from '@/shared/parts/Clock.tsx';
import type { Case } from './queries.ts';
import styles from './complaints.module.css';

type ClockOfCase = Case['clocks'][number];

/** When the clock stood, how long, and what for. */
function Pauses({ clock }: { clock: ClockOfCase }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const pauses = clock.segments.filter((segment) => segment.kind === 'paused');
  if (pauses.length === 0) return null;
  return (
    <ul className={styles.pauses} aria-label={t('side.pauses')}>
      {pauses.map((pause) => (
        <li key={pause.from} className="quiet small figures">
          <Icon name="pause" />
          <span>{t(pause.to >= clock.as_of ? 'side.pause_open' : 'side.pause', { from: formatInstant(pause.from, zone, today), to: formatInstant(pause.to, zone, today), why: pause.reason ?? '–' })}</span>
        </li>
      ))}
    </ul>
  );
}

type Step = { at: string; key: string } & ({ event: Case['events'][number] } | { verdict: Case['verdicts'][number] });

/** What happened and what was judged, in the order of time; a verdict follows the step that brought it. */
function stepsOf(view: Case): Step[] {
  const events: Step[] = view.events.map((event, n) => ({ at: event.at, key: `event-${n + 1}`, event }));
  const verdicts: Step[] = view.verdicts.map((verdict, n) => ({ at: verdict.happened_at, key: `verdict-${n + 1}`, verdict }));
  return [...events, ...verdicts].sort((one, next) => new Date(one.at).getTime() - new Date(next.at).getTime());
}

function EventStep({ event }: { event: Case['events'][number] }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  return (
    <li className={styles.step}>
      <span className="quiet small figures">
        {formatInstant(event.at, zone, today)} · {event.staff}
        {event.is_flagged && (
          <span className={styles.flag} title={t('side.flagged')}>
            <Icon name="warn" label={t('side.flagged')} />
          </span>
        )}
      </span>
      <span className="selectable">{event.text}</span>
    </li>
  );
}

function VerdictStep({ verdict }: { verdict: Case['verdicts'][number] }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  return (
    <li className={styles.step} data-met={verdict.is_met}>
      <span className="quiet small figures">{formatInstant(verdict.happened_at, zone, today)}</span>
      <span className={verdict.is_met ? styles.met : styles.broken}>
        <Icon name={verdict.is_met ? 'check' : 'warn'} />
        {t(verdict.is_met ? 'side.met' : 'side.broken', { promise: t(`promise.${verdict.promise}`), span: formatSpan(verdict.elapsed_s * 1000, verdict.promise !== 'follow_up') })}
      </span>
    </li>
  );
}

export function CaseSide({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const steps = stepsOf(view);
  return (
    <aside className={styles.side}>
      <Card title={t(view.row.kind === 'inquiry' ? 'side.clocks_two' : 'side.clocks')} side={view.paused_s > 0 ? t('side.paused', { span: formatSpan(view.paused_s * 1000, true) }) : undefined}>
        {view.clocks.map((clock) => (
          <div key={`${clock.promise}-${clock.cycle}`} className={styles.promise}>
            <ClockLine clock={clock} label={clock.cycle > 1 ? t('side.cycle', { promise: t(`promise.${clock.promise}`), n: clock.cycle }) : t(`promise.${clock.promise}`)} />
            {/* While it runs, the sentence below names the time. */}
            {clock.due_at && (clock.state === 'met' || clock.state === 'paused' || clock.state === 'breached') && <span className="quiet small figures">{t('side.due', { at: formatInstant(clock.due_at, zone, today) })}</span>}
            <span className="quiet small">{clock.why}</span>
            {view.desk.bases
              .filter((each) => each.promise === clock.promise)
              .map((each) => (
                <span key={each.promise} className="quiet small">
                  {each.text}
                </span>
              ))}
            {clock.corrected && <span className="small">{t(clock.corrected.is_met ? 'side.corrected_met' : 'side.corrected_late', { at: formatInstant(clock.corrected.happened_at, zone, today), span: formatSpan(clock.corrected.elapsed_s * 1000, true) })}</span>}
            <Pauses clock={clock} />
          </div>
        ))}
      </Card>
      <Card title={t('side.steps')}>
        <ol className={styles.steps}>
          {steps.map((step) => ('verdict' in step ? <VerdictStep key={step.key} verdict={step.verdict} /> : <EventStep key={step.key} event={step.event} />))}
        </ol>
      </Card>
    </aside>
  );
}
