// 年度返现: the years that were paid; a new one is looked at with its numbers first and approved once.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { dayOf, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { Go, go, usePlace } from '@/shared/router.tsx';
import styles from './cashback.module.css';
import { NewRun } from './NewRun.tsx';
import { useRuns, type Run, type RunId } from './queries.ts';
import { RunPage } from './RunPage.tsx';

export default function CashbackScreen() {
  const [, , , which] = usePlace().path.split('/');
  const id = Number(which);
  if (which === 'new') return <NewRun />;
  return which && Number.isSafeInteger(id) ? <RunPage key={id} id={id as RunId} /> : <Runs />;
}

function Runs() {
  const { t } = useTranslation('cashback');
  const { data, error } = useRuns();
  const create = () => go('/ladder/cashback/new');
  useKey('Ctrl+N', create);
  return (
    <Screen
      title={t('title')}
      note={t('note')}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={create}>
          {t('new')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.rows.length === 0 && <EmptyState drawing="page" title={t('empty')} text={t('empty_text')} />}
      {data && data.rows.length > 0 && (
        <Card>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t('year')}</th>
                <th>{t('approved')}</th>
                <th>{t('as')}</th>
                <th className={styles.number}>{t('people')}</th>
                <th className={styles.number}>{t('paid')}</th>
                <th>{t('state')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((run) => (
                <RunRow key={run.id} run={run} />
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </Screen>
  );
}

function RunRow({ run }: { run: Run }) {
  const { t } = useTranslation('cashback');
  const money = useMoney();
  const { today, zone } = useBook();
  return (
    <tr data-gone={run.reversed_at !== null || undefined}>
      <td>
        <Go to={`/ladder/cashback/${run.id}`}>{t('of_year', { year: run.year })}</Go>
      </td>
      <td className="figures">
        {formatShortDay(dayOf(run.approved_at, zone), today)} <span className="quiet">{run.staff}</span>
      </td>
      <td>{t(`pays.${run.pays_as}`)}</td>
      <td className={`${styles.number} figures`}>{formatCount(run.people)}</td>
      <td className={`${styles.number} figures`}>{money(run.paid_minor)}</td>
      <td className="quiet">{run.reversed_at ? t('reversed', { why: run.reversed_why }) : t('stands')}</td>
    </tr>
  );
}
