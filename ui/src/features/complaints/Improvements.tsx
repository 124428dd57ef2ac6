// 改进: what will be different, overdue first, until somebody looked whether it works and the customer knows.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { ImprovementDialog } from './ImprovementDialog.tsx';
import { useImprovements, type Improvement } from './queries.ts';
import { Tabs } from './Tabs.tsx';
import styles from './complaints.module.css';

export function Improvements() {
  const { t } = useTranslation('complaints');
  const [finished, setFinished] = useState(false);
  const [editing, setEditing] = useState<Improvement | 'new'>();
  const { data, error } = useImprovements(finished);
  const create = () => setEditing('new');
  useKey('Ctrl+N', create, editing === undefined);
  const note = data && !finished && data.rows.length > 0 ? (data.overdue > 0 ? t('improve.overdue_count', { n: data.rows.length, late: data.overdue }) : t('improve.count', { n: data.rows.length })) : undefined;
  return (
    <Screen
      title={t('improve.title')}
      note={note}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={create}>
          {t('improve.new')}
        </Button>
      }
      tools={
        <>
          <Tabs at="improvements" />
          <Choice
            label={t('show.label')}
            value={finished ? 1 : 0}
            onChange={(value) => setFinished(value === 1)}
            options={[
              { value: 0, word: t('improve.unfinished') },
              { value: 1, word: t('improve.finished') },
            ]}
          />
        </>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.rows.length === 0 && <EmptyState drawing="tea" title={finished ? t('improve.none_finished') : t('improve.none')} text={finished ? undefined : t('improve.none_text')} />}
      {data && data.rows.length > 0 && (
        <ul className={styles.inbox} aria-label={t('improve.title')}>
          {data.rows.map((row) => (
            <ImprovementRow key={row.id} row={row} onOpen={() => setEditing(row)} />
          ))}
        </ul>
      )}
      {editing && <ImprovementDialog improvement={editing === 'new' ? undefined : editing} people={data?.people ?? []} onClose={() => setEditing(undefined)} />}
    </Screen>
  );
}

export function ImprovementRow({ row, onOpen }: { row: Improvement; onOpen: () => void }) {
  const { t } = useTranslation('complaints');
  const { today } = useBook();
  const day = row.checked_on ?? row.done_on ?? row.due_on;
  return (
    <li className={styles.improvement}>
      <div className={styles.what}>
        <span className={styles.action}>{row.action}</span>
        <div className={styles.meta}>
          <span>{row.cause ? `${row.problem} → ${row.cause}` : row.problem}</span>
        </div>
        {row.effect && (
          <div className={styles.meta}>
            <span>{t('improve.effect_was', { text: row.effect })}</span>
          </div>
        )}
        <div className={`${styles.meta} figures`}>
          <span>{row.owner.name}</span>
          {row.cases.map((each) => (
            <Go key={each.id} to={`/complaints/${each.id}`}>
              {each.case_no}
            </Go>
          ))}
          {row.customer_told_on && (
            <span className={styles.met}>
              <Icon name="check" />
              {t('improve.told')}
            </span>
          )}
        </div>
      </div>
      <div className={styles.state}>
        <span className={styles.due} data-state={row.state}>
          {row.state === 'overdue' && <Icon name="warn" />}
          {t(`improve.state.${row.state}`, { day: formatShortDay(day, today) })}
        </span>
        <Button kind="plain" icon="edit" onClick={onOpen}>
          {t(row.state === 'checked' ? 'improve.look' : 'improve.edit')}
        </Button>
      </div>
    </li>
  );
}
