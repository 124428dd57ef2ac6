// Earlier assessments: when, who was there, what the numbers were then, what was decided and what has become of it.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { shareOf } from './AssessmentAgenda.tsx';
import { type AssessmentBoard } from './queries.ts';
import styles from './complaints.module.css';

type Held = AssessmentBoard['held'][number];

export function AssessmentsHeld({ held, all }: { held: readonly Held[]; all: number }) {
  const { t } = useTranslation('complaints');
  if (held.length === 0) return null;
  return (
    <Card title={t('assess.held')} side={<span className="quiet small figures">{t('assess.held_count', { n: all })}</span>} flush>
      <ul className={styles.agendaList} aria-label={t('assess.held')}>
        {held.map((each) => (
          <li key={each.id}>
            <HeldOne held={each} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function HeldOne({ held }: { held: Held }) {
  const { t } = useTranslation('complaints');
  const { today, zone } = useBook();
  const money = useMoney();
  const day = (on: string) => formatShortDay(on, today);
  const late = held.due_on !== null && held.held_on > held.due_on;
  const standsFor = held.due_on === null ? t('assess.was_besides') : late ? t('assess.was_late', { day: day(held.due_on) }) : held.held_on < held.due_on ? t('assess.was_early', { day: day(held.due_on) }) : '';
  const { figures } = held;
  const promises = figures.promises.filter((each) => each.met_bp !== null).map((each) => `${t('report.met_of', { promise: t(`promise.${each.promise}`) })} ${shareOf(each.met_bp)}`);
  const numbers = [t('report.span', { from: day(held.from), to: day(held.to), n: figures.cases }), ...promises, figures.compensation_minor > 0 && `${t('report.cost')} ${money(figures.compensation_minor)}`].filter(Boolean).join(' · ');
  const there = [...held.people, held.others].filter(Boolean).join(t('and'));
  return (
    <details className={styles.held}>
      <summary>
        <span className={`${styles.action} figures`}>{day(held.held_on)}</span>
        {standsFor && <span className="quiet small figures"> {standsFor}</span>}
        <span className="quiet small"> {t('assess.summary', { n: held.improvements.length, there })}</span>
      </summary>
      <Facts
        rows={[
          [t('assess.there'), there],
          [t('assess.figures_then'), <span className="figures">{numbers}</span>],
          ...(held.notes ? [[t('assess.notes'), <span className={styles.heldNotes}>{held.notes}</span>] as const] : []),
          [t('assess.recorded'), <span className="figures">{`${held.recorded_by} · ${formatInstant(held.recorded_at, zone, today)}`}</span>],
        ]}
      />
      {held.improvements.length > 0 && (
        <ul>
          {held.improvements.map((each) => (
            <li key={each.id} className={styles.heldImprovement}>
              <span>{each.action}</span>
              <span className={styles.due} data-state={each.state}>
                {each.state === 'overdue' && <Icon name="warn" />}
                {t(`improve.state.${each.state}`, { day: day(each.checked_on ?? each.done_on ?? each.due_on) })}
              </span>
              <span className="quiet small">{each.owner.name}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
