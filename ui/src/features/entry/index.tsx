// 优惠活动: what the shop takes off by rule, each offer as the sentence that it is, with what it cost and what it brought.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Fittings } from './Fittings.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import { useEnd, useOffers, type OfferRow } from './queries.ts';
import styles from './entry.module.css';

export default function EntryScreen() {
  const { t } = useTranslation('entry');
  const { data, error } = useOffers();
  const [editing, setEditing] = useState<OfferRow | 'new'>();
  useKey('Ctrl+N', () => setEditing('new'), editing === undefined);
  return (
    <Screen
      title={t('title')}
      note={t('note')}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setEditing('new')}>
          {t('new')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.ending > 0 && <Notice tone="soon">{t('ending', { n: data.ending })}</Notice>}
      {data && data.rows.length === 0 && <EmptyState drawing="page" title={t('none')} text={t('none_text')} />}
      {data && data.rows.length > 0 && (
        <Card flush>
          <ul className={styles.list}>
            {data.rows.map((row) => (
              <OfferLine key={row.id} row={row} onChange={() => setEditing(row)} />
            ))}
          </ul>
        </Card>
      )}
      <Fittings />
      {editing && <OfferDialog row={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Screen>
  );
}

function OfferLine({ row, onChange }: { row: OfferRow; onChange: () => void }) {
  const { t } = useTranslation('entry');
  const money = useMoney();
  const end = useEnd();
  const key = useRef(newClientKey());
  const [isAsking, setAsking] = useState(false);
  const isOver = row.state === 'over';
  return (
    <li className={styles.offer} data-state={row.state}>
      <div className={styles.what}>
        <div>
          <strong>{row.name}</strong> <span className={styles.state}>{t(row.ends_soon ? 'states.soon' : `states.${row.state}`)}</span>
        </div>
        <div>{row.text}</div>
        <div className="quiet small">{row.terms}</div>
        {end.error && <Notice tone="late">{end.error.message}</Notice>}
      </div>
      <div className={`${styles.figures} figures`}>
        <span>{t('sales', { n: formatCount(row.sales) })}</span>
        <span className="quiet small">{t('cost', { amount: money(row.cost_minor) })}</span>
        <span className="quiet small">{t('brought', { amount: money(row.brought_minor) })}</span>
      </div>
      <div className={styles.acts}>
        {!isOver && <Button onClick={onChange}>{t('edit')}</Button>}
        {!isOver && !isAsking && (
          <Button kind="plain" onClick={() => setAsking(true)}>
            {t('end')}
          </Button>
        )}
        {!isOver && isAsking && (
          <Button kind="danger" busy={end.isPending} onClick={() => end.mutate({ client_key: key.current, id: row.id })}>
            {t('end_sure')}
          </Button>
        )}
      </div>
    </li>
  );
}
