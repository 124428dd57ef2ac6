// 优惠券: every batch with what became of it; a new one shows first how many it would be and what it can cost.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney, useSentence } from '@/shared/book.tsx';
import { daysBetween, formatBasisPoints, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { takeMeant } from '@/shared/offers/meant.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { settle, usePlace } from '@/shared/router.tsx';
import { BatchDialog } from './BatchDialog.tsx';
import { draftLike, emptyDraft, type Draft } from './draft.ts';
import { ExpiringDialog } from './ExpiringDialog.tsx';
import { IssueDialog } from './IssueDialog.tsx';
import { Plans } from './Plans.tsx';
import styles from './offers.module.css';
import { useBatches, useName, type Batch, type CustomerId } from './queries.ts';

export default function OffersScreen() {
  const { t } = useTranslation('offers');
  const { currency } = useBook();
  const asked = usePlace().query.get('for');
  const forWhom = asked ? (Number(asked) as CustomerId) : undefined;
  const profile = useName(forWhom);
  const { data, error } = useBatches();
  const [looking, setLooking] = useState<Batch['id']>();
  const [isExpiring, setExpiring] = useState(false);
  const [drawn, setDrawn] = useState<Draft | undefined>(() => {
    const people = takeMeant();
    return people.length > 0 ? { ...emptyDraft, who: 'named', people: [...people] } : undefined;
  });
  const batch = data?.rows.find((row) => row.id === looking);
  const named = profile.data && { ...emptyDraft, who: 'named' as const, people: [{ id: profile.data.row.id, name: profile.data.row.name }] };
  const draft = drawn ?? named;
  useKey('Ctrl+N', () => setDrawn(emptyDraft), draft === undefined && batch === undefined);
  const close = () => {
    setDrawn(undefined);
    if (asked) settle('/ladder/offers');
  };
  return (
    <Screen
      title={t('coupons')}
      actions={
        <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setDrawn(emptyDraft)}>
          {t('issue')}
        </Button>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.expiring > 0 && (
        <Notice
          tone="soon"
          action={
            <Button kind="plain" onClick={() => setExpiring(true)}>
              {t('expiring_list')}
            </Button>
          }
        >
          {t('expiring', { n: formatCount(data.expiring) })}
        </Notice>
      )}
      {data && data.rows.length === 0 && <EmptyState drawing="page" title={t('none')} text={t('none_text')} />}
      <Plans />
      {data && data.rows.length > 0 && <Batches rows={data.rows} onLook={(row) => setLooking(row.id)} />}
      {batch && (
        <BatchDialog
          batch={batch}
          onAgain={() => {
            setLooking(undefined);
            setDrawn(draftLike(batch, currency.exponent, daysBetween(batch.from_on, batch.until_on) + 1));
          }}
          onClose={() => setLooking(undefined)}
        />
      )}
      {isExpiring && <ExpiringDialog onClose={() => setExpiring(false)} />}
      {draft && (
        <IssueDialog
          start={draft}
          onClose={close}
          onIssued={(made) => {
            close();
            setLooking(made.id);
          }}
        />
      )}
    </Screen>
  );
}

function Batches({ rows, onLook }: { rows: readonly Batch[]; onLook: (batch: Batch) => void }) {
  const { t } = useTranslation('offers');
  const money = useMoney();
  const say = useSentence();
  const { today } = useBook();
  return (
    <Card>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t('name')}</th>
            <th>{t('worth')}</th>
            <th>{t('for_whom')}</th>
            <th>{t('last_day')}</th>
            <th className={styles.number}>{t('issued')}</th>
            <th className={styles.number}>{t('used')}</th>
            <th className={styles.rate}>{t('rate')}</th>
            <th className={styles.number}>{t('took_off')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((batch) => (
            <tr key={batch.id} data-gone={batch.until_on < today || undefined}>
              <td>
                <button type="button" className={styles.link} onClick={() => onLook(batch)}>
                  {batch.name}
                </button>{' '}
                {batch.campaign && <span className="quiet">{batch.campaign}</span>}
              </td>
              <td>{say(batch.text)}</td>
              <td>{batch.audience.kind === 'tier' ? batch.audience.tier : t(`who_short.${batch.audience.kind}`)}</td>
              <td className="figures">{formatShortDay(batch.until_on, today)}</td>
              <td className={`${styles.number} figures`}>{formatCount(batch.issued)}</td>
              <td className={`${styles.number} figures`}>{formatCount(batch.used)}</td>
              <td className={styles.rate}>
                <Meter share={batch.used_bp / 100} label={t('rate')} />
                <span className="figures">{formatBasisPoints(batch.used_bp)}</span>
              </td>
              <td className={`${styles.number} figures`}>{money(batch.took_off_minor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
