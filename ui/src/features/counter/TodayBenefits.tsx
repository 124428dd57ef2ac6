// What the member can use today (今日可用). Ctrl+B uses the first; every use is noted at once.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useBenefits, useUseBenefit, type CustomerId } from './queries.ts';
import styles from './counter.module.css';

export function TodayBenefits({ customer }: { customer: CustomerId }) {
  const { t } = useTranslation('counter');
  const { data } = useBenefits(customer);
  const use = useUseBenefit();
  const key = useRef(newClientKey());
  const [used, setUsed] = useState<string>();
  const today = data?.today ?? [];
  const take = (which: number) => {
    const found = today[which];
    if (!found || use.isPending) return false;
    use.mutate(
      { client_key: key.current, customer_id: customer, benefit: found.benefit.key },
      {
        onSuccess: () => {
          key.current = newClientKey();
          setUsed(found.benefit.words);
        },
      },
    );
    return undefined;
  };
  useKey('Ctrl+B', () => take(0), today.length > 0);
  if (!data || (today.length === 0 && data.discount_bp === 0 && !used)) return null;
  return (
    <section className={styles.benefits} aria-label={t('points.today')}>
      {data.discount_bp > 0 && (
        <div className={styles.benefit}>
          <Icon name="star" />
          <span>{t('points.discount', { percent: data.discount_bp / 100 })}</span>
        </div>
      )}
      {today.map((each, n) => (
        <div key={each.benefit.key} className={styles.benefit}>
          <Icon name="gift" />
          <span>{each.benefit.words}</span>
          <span className="quiet small figures">{t('points.left', { n: each.left })}</span>
          <Button hint={n === 0 ? 'Ctrl+B' : undefined} busy={use.isPending} onClick={() => take(n)}>
            {t('points.use_benefit')}
          </Button>
        </div>
      ))}
      {used && !use.error && <Notice tone="done">{t('points.used', { what: used })}</Notice>}
      {use.error && <Notice tone="late">{use.error.first}</Notice>}
    </section>
  );
}
