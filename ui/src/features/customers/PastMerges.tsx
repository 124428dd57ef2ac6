// Merges that hold, each with the way back or the reason why there is none.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import { useMerges, useMergeUndo } from './queries.ts';
import styles from './merging.module.css';

export function PastMerges({ customer }: { customer?: number }) {
  const { t } = useTranslation('merging');
  const { today } = useBook();
  const merges = useMerges(customer);
  const undo = useMergeUndo();
  const rows = merges.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t('past')}>
      {undo.error && <Notice tone="late">{undo.error.message}</Notice>}
      <ul className={styles.past}>
        {rows.map((merge) => (
          <li key={merge.id} className={styles.pastRow}>
            <span>
              {t('past_row', { from: merge.absorbed_name, no: merge.absorbed_no })} <Go to={`/customers/${merge.survivor_id}`}>{merge.survivor_name}</Go>
            </span>
            <span className="quiet small figures">{merge.why_not ?? t('until', { day: formatShortDay(merge.undo_until, today) })}</span>
            <Button disabled={merge.why_not !== null || undo.isPending} title={merge.why_not ?? undefined} onClick={() => undo.mutate({ id: merge.id })}>
              {t('undo')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
