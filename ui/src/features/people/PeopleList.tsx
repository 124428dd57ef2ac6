// A long list of people, a page at a time: what is waited for, that there is nobody, the rows, and the keys to go on.
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import styles from './lists.module.css';

/** Rows that the backend answers at a time. */
const PAGE = 50;

interface Props<Row> {
  data: { rows: readonly Row[]; total: number } | undefined;
  error: { message: string } | null;
  /** What is said when nobody is on the list. */
  none: string;
  offset: number;
  onOffset: (offset: number) => void;
  renderRow: (row: Row) => ReactNode;
}

export function PeopleList<Row>({ data, error, none, offset, onOffset, renderRow }: Props<Row>) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const hasBefore = offset > 0;
  const hasMore = data !== undefined && offset + PAGE < data.total;
  return (
    <>
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState lines={8} />}
      {data?.total === 0 && <EmptyState drawing="cards" title={none} />}
      {data && data.total > 0 && (
        <Card flush>
          <ul className={styles.rows}>{data.rows.map(renderRow)}</ul>
        </Card>
      )}
      {data && (hasBefore || hasMore) && (
        <div className={styles.keys}>
          {hasBefore && (
            <Button icon="up" onClick={() => onOffset(Math.max(0, offset - PAGE))}>
              {word('back')}
            </Button>
          )}
          {hasMore && (
            <Button icon="down" onClick={() => onOffset(offset + PAGE)}>
              {t('review.more')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
