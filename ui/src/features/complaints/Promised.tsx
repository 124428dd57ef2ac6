// What was promised with a date of its own: on the page of its case with what can be done about it, and in the inbox
// what is for today or late.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatInstant, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Go, go } from '@/shared/router.tsx';
import { PromisedDialog, type Deed } from './PromisedDialog.tsx';
import { type Case, type Remedy } from './queries.ts';
import styles from './complaints.module.css';

export const isOwed = (remedy: Remedy): boolean => remedy.state === 'late' || remedy.state === 'today' || remedy.state === 'coming';

function useDateWord(): (date: { due_on: string | null; due_at: string }) => string {
  const { zone, today } = useBook();
  return (date) => (date.due_on ? formatShortDay(date.due_on, today) : formatInstant(date.due_at, zone, today));
}

/** Whether it is late, for today, done: never by its colour alone. */
function StateWord({ remedy }: { remedy: Remedy }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const dateWord = useDateWord();
  const wasKept = remedy.dates.at(-1)?.is_kept !== false;
  const at = remedy.ended_at ? formatInstant(remedy.ended_at, zone, today) : '';
  const state = remedy.state === 'done' && !wasKept ? 'done_late' : remedy.state === 'today' && remedy.due_on ? 'today_day' : remedy.state;
  return (
    <span className={styles.due} data-state={{ late: 'overdue', today: 'unchecked', today_day: 'unchecked', coming: undefined, done: 'checked', done_late: 'overdue', given_up: undefined }[state]}>
      {(state === 'late' || state === 'done_late') && <Icon name="warn" />}
      {remedy.state === 'today' && <Icon name="clock" />}
      {state === 'done' && <Icon name="check" />}
      {t(`promised.state.${state}`, { date: dateWord(remedy), at })}
    </span>
  );
}

export function PromisedCard({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const money = useMoney();
  const dateWord = useDateWord();
  const [doing, setDoing] = useState<{ remedy: Remedy; deed: Deed }>();
  const first = view.remedies.find(isOwed);
  useKey('F8', () => first && setDoing({ remedy: first, deed: 'done' }), first !== undefined && !doing);
  if (view.remedies.length === 0) return null;
  const deeds: readonly { deed: Deed; allowed: string }[] = [
    { deed: 'done', allowed: 'promise' },
    { deed: 'move', allowed: 'change_promise' },
    { deed: 'drop', allowed: 'drop_promise' },
  ];
  return (
    <Card title={t('promised.title')} flush>
      <ul aria-label={t('promised.title')}>
        {view.remedies.map((remedy) => (
          <li key={remedy.id} className={styles.improvement}>
            <div className={styles.what}>
              <div className={styles.line}>
                <span className={styles.kind}>{t(`promised.kinds.${remedy.kind}`)}</span>
                <span className={styles.action}>{remedy.text}</span>
              </div>
              <div className={`${styles.meta} figures`}>
                {remedy.cost_minor > 0 && <span>{t(remedy.is_compensation ? 'promised.cost_given' : 'promised.cost_is', { amount: money(remedy.cost_minor) })}</span>}
                {remedy.dates.slice(0, -1).map((date) => (
                  <span key={date.promised_at}>{t(date.is_kept === false ? 'promised.before_broken' : 'promised.before', { date: dateWord(date) })}</span>
                ))}
                {remedy.dates.length > 1 && <span>{remedy.dates.at(-1)?.reason}</span>}
                {remedy.ended_text && <span>{remedy.ended_text}</span>}
              </div>
            </div>
            <div className={styles.state}>
              <StateWord remedy={remedy} />
              {isOwed(remedy) && (
                <span className={styles.fileKeys}>
                  {deeds
                    .filter((each) => view.allowed.includes(each.allowed))
                    .map(({ deed }) => (
                      <Button key={deed} kind="plain" aria-label={t(`promised.this.${deed}`, { what: remedy.text })} onClick={() => setDoing({ remedy, deed })}>
                        {t(`promised.deed.${deed}`)}
                      </Button>
                    ))}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {doing && <PromisedDialog key={`${doing.remedy.id}-${doing.deed}`} remedy={doing.remedy} deed={doing.deed} onClose={() => setDoing(undefined)} />}
    </Card>
  );
}

/** In the inbox, above the cases: what was promised for today, and before that and not done. */
export function PromisedToday({ rows }: { rows: readonly Remedy[] }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const first = rows[0];
  useKey('F8', () => first && go(`/complaints/${first.complaint_id}`), first !== undefined);
  if (rows.length === 0) return null;
  const late = rows.filter((row) => row.state === 'late').length;
  return (
    <Card title={t('promised.today')} side={late > 0 ? t('promised.count_late', { n: rows.length, late }) : t('promised.count', { n: rows.length })} flush>
      <ul aria-label={t('promised.today')}>
        {rows.map((row) => (
          <li key={row.id} className={styles.promisedRow}>
            <StateWord remedy={row} />
            <Go to={`/complaints/${row.complaint_id}`} className={styles.promisedText}>
              <span className={styles.kind}>{t(`promised.kinds.${row.kind}`)}</span>
              <span className={styles.description}>{row.text}</span>
            </Go>
            <span className={`${styles.meta} figures`}>
              <span>{row.customer_name ?? word('unknown_customer')}</span>
              <span>{row.case_no}</span>
              <span>{row.owner}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
