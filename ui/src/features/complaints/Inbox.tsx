// The inbox: open cases by time left, each with its clock. Arrow keys walk, Enter opens.
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatInstant } from '@/shared/format/index.ts';
import { useFirstFocus } from '@/shared/hooks/first-focus.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { ClockLine } from '@/shared/parts/Clock.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { PriorityMark } from '@/shared/parts/PriorityMark.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Go, go, usePlace } from '@/shared/router.tsx';
import { SeverityMark, StatusWord } from './marks.tsx';
import { useInbox, useMissingYear, type CaseKind, type CaseRow, type Order, type Owner } from './queries.ts';
import { PromisedToday } from './Promised.tsx';
import { Tabs } from './Tabs.tsx';
import styles from './complaints.module.css';

export function Inbox() {
  const { t } = useTranslation('complaints');
  const { t: setting } = useTranslation('settings');
  const missingYear = useMissingYear();
  const closed = usePlace().query.get('show') === 'closed';
  const [kind, setKind] = useState<CaseKind | ''>('');
  const [owner, setOwner] = useState('');
  const [people, setPeople] = useState<readonly { id: Owner; name: string }[]>([]);
  const [order, setOrder] = useState<Order>('time_left');
  const { data, error } = useInbox(closed, kind || null, people.find((each) => String(each.id) === owner)?.id ?? null, order);
  if (data && data.people !== people) setPeople(data.people);
  const create = () => go('/complaints/new');
  useKey('Ctrl+N', create);
  useKey('F4', create);
  return (
    <Screen
      title={t('title')}
      note={data && !closed && (data.total === 0 ? t('none_open') : [data.late > 0 ? t('open_late', { n: data.total, late: data.late }) : t('open', { n: data.total }), data.unanswered > 0 && t('unanswered', { n: data.unanswered })].filter(Boolean).join(t('between')))}
      actions={
        <Button kind="main" icon="plus" hint="F4" onClick={create}>
          {t('new')}
        </Button>
      }
      tools={
        <>
          <Tabs at={closed ? 'closed' : 'open'} />
          <Pick label={t('show.kind')} value={kind} onChange={(value) => setKind(value as CaseKind | '')} options={[{ value: '', word: t('show.all') }, ...(['complaint', 'inquiry'] as const).map((value) => ({ value, word: t(`kind.${value}`) }))]} />
          {people.length > 1 && <Pick label={t('case.owner')} value={owner} onChange={setOwner} options={[{ value: '', word: t('show.all') }, ...people.map((each) => ({ value: String(each.id), word: each.name }))]} />}
          {!closed && <Pick label={t('show.order')} value={order} onChange={(value) => setOrder(value as Order)} options={(['time_left', 'priority'] as const).map((value) => ({ value, word: t(`order.${value}`) }))} />}
        </>
      }
    >
      {missingYear !== null && (
        <Notice tone="soon" action={<Go to="/settings?section=hours">{setting('sections.hours')}</Go>}>
          {setting('hours.missing_year', { year: missingYear })}
        </Notice>
      )}
      {data && <PromisedToday rows={data.promised} />}
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.rows.length === 0 && <EmptyState drawing="tea" title={closed ? t('empty.closed') : t('empty.open')} text={closed ? undefined : t('empty.open_text')} />}
      {data && data.rows.length > 0 && <Rows rows={data.rows} />}
    </Screen>
  );
}

function Rows({ rows }: { rows: readonly CaseRow[] }) {
  const { t } = useTranslation('complaints');
  const { t: word } = useTranslation('common');
  const { zone, today } = useBook();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  useFirstFocus(list, 'empty_search');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((n) => Math.min(rows.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter') go(`/complaints/${rows[at]?.id}`);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} className={styles.inbox} role="listbox" aria-label={t('title')} tabIndex={0} onKeyDown={onKeyDown} aria-activedescendant={`case-${rows[at]?.id}`}>
      {rows.map((row, n) => (
        <li key={row.id} id={`case-${row.id}`} role="option" aria-selected={n === at} className={styles.row} onClick={() => go(`/complaints/${row.id}`)} onMouseDown={() => setAt(n)}>
          <div className={styles.clockCell}>{row.clock ? <ClockLine clock={row.clock} label={t(`promise.${row.clock.promise}`)} /> : <StatusWord status={row.status} />}</div>
          <div className={styles.what}>
            <div className={styles.line}>
              {row.priority != null && <PriorityMark level={row.priority} />}
              <SeverityMark severity={row.severity} />
              {row.kind === 'inquiry' && <span className={styles.kind}>{t('kind.inquiry')}</span>}
              <span className={styles.description}>{row.description}</span>
            </div>
            <div className={`${styles.meta} figures`}>
              <span>{row.customer_name ?? word('unknown_customer')}</span>
              <span>{row.case_no}</span>
              <span>{formatInstant(row.received_at, zone, today)}</span>
            </div>
          </div>
          <div className={styles.state}>
            <StatusWord status={row.status} />
            <span className="quiet small">{row.owner}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}
