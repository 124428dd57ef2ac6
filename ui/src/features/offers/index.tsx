// 优惠券: every batch with what became of it; a new one shows first how many it would be and what it can cost.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { Codes } from './Codes.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { useBatches, type Batch } from './queries.ts';
import styles from './offers.module.css';

export default function OffersScreen() {
  const { t } = useTranslation('offers');
  const money = useMoney();
  const { today } = useBook();
  const { data, error } = useBatches();
  const [looking, setLooking] = useState<Batch>();
  const [isIssuing, setIssuing] = useState(false);
  useKey('Ctrl+N', () => setIssuing(true), !isIssuing);
  return (
    <Screen
      title={t('coupons')}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setIssuing(true)}>
          {t('issue')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.expiring > 0 && <Notice tone="soon">{t('expiring', { n: data.expiring })}</Notice>}
      {data && data.rows.length === 0 && <EmptyState drawing="page" title={t('none')} text={t('none_text')} />}
      {data && data.rows.length > 0 && (
        <Card>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t('name')}</th>
                <th>{t('worth')}</th>
                <th>{t('last_day')}</th>
                <th className={styles.number}>{t('issued')}</th>
                <th className={styles.number}>{t('used')}</th>
                <th className={styles.number}>{t('took_off')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((batch) => (
                <tr key={batch.id}>
                  <td>
                    <Button kind="plain" onClick={() => setLooking(batch)}>
                      {batch.name}
                    </Button> {batch.campaign && <span className="quiet">{batch.campaign}</span>}
                  </td>
                  <td>{batch.text}</td>
                  <td className="figures">{formatShortDay(batch.until_on, today)}</td>
                  <td className={`${styles.number} figures`}>{batch.issued}</td>
                  <td className={`${styles.number} figures`}>
                    {batch.used} · {(batch.used_bp / 100).toFixed(1)}%
                  </td>
                  <td className={`${styles.number} figures`}>{money(batch.took_off_minor)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      {looking && <Codes batch={looking} onClose={() => setLooking(undefined)} />}
      {isIssuing && <IssueDialog onClose={() => setIssuing(false)} />}
    </Screen>
  );
}
