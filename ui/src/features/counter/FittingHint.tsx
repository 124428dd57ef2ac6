// 对症推荐: what the tags of the customer call for, with the reason. Alt+G puts the first into this sale, as a line at nothing.
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { useFitting, type Fitting } from '@/shared/offers/fitting.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { changeForm, useForm } from './draft.ts';
import { withGift } from './form.ts';
import type { CustomerId } from './queries.ts';
import styles from './counter.module.css';

/** More than that nobody says at a counter. */
const SHOWN = 3;

export function FittingHint({ customer }: { customer: CustomerId }) {
  const { t } = useTranslation('counter');
  const { form } = useForm();
  const rows = useFitting(customer).data?.rows ?? [];
  const isIn = (row: Fitting) => form.lines.some((line) => line.productId === row.product_id);
  const open = rows.filter((row) => !isIn(row)).slice(0, SHOWN);
  const give = (row: Fitting) => changeForm((before) => withGift(before, { id: row.product_id, name: row.product }, { why: t(`fitting.${row.gives}`), bought: t('fitting.bought') }, newClientKey));
  const first = open[0];
  useKey('Alt+G', () => first && give(first), first !== undefined);
  if (open.length === 0) return null;
  return (
    <section className={styles.benefits} aria-label={t('fitting.title')}>
      {open.map((row, n) => (
        <div key={row.id} className={styles.benefit}>
          <Icon name="gift" />
          <span>
            {row.tag} → {row.product}
          </span>
          <span className="quiet small">{row.reason}</span>
          <Button hint={n === 0 ? 'Alt+G' : undefined} onClick={() => give(row)}>
            {t(`fitting.add_${row.gives}`)}
          </Button>
        </div>
      ))}
    </section>
  );
}
