// What was given beside the first compensation: the money back, the same cake again and a coupon.
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { parseAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { compensations, type CompensationKind } from './queries.ts';
import styles from './complaints.module.css';

export interface AlsoDraft {
  key: number;
  kind: CompensationKind;
  cost: string;
  note: string;
}

interface Props {
  items: readonly AlsoDraft[];
  onChange: (items: AlsoDraft[]) => void;
  problem: (field: string) => string | undefined;
}

const kinds = compensations.filter((kind) => kind !== 'none');

export function AlsoGiven({ items, onChange, problem }: Props) {
  const { t } = useTranslation('complaints');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const set = (key: number, change: Partial<AlsoDraft>) => onChange(items.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const next = Math.max(-1, ...items.map((each) => each.key)) + 1;
  return (
    <>
      {items.map((each, n) => {
        const isUnread = each.cost !== '' && parseAmount(each.cost, currency.exponent) === undefined;
        const of = (field: string) => problem(`compensation_also.${n}.${field}`);
        return (
          <div key={each.key} className={styles.also}>
            <Field label={t('resolve.kind')} error={of('kind')}>
              {(ids) => <Pick id={ids.id} field label={t('resolve.kind')} value={each.kind} onChange={(kind) => set(each.key, { kind: kind as CompensationKind })} options={kinds.map((kind) => ({ value: kind, word: t(`compensation.${kind}`) }))} />}
            </Field>
            <Field label={each.kind === 'refund' ? t('resolve.refund') : t('resolve.cost')} error={isUnread ? t('resolve.cost_unread') : of('cost_minor')}>
              {(ids) => <AmountInput id={ids.id} label={t('resolve.cost')} symbol={sign} value={each.cost} onChange={(cost) => set(each.key, { cost })} invalid={isUnread} describedBy={ids['aria-describedby']} placeholder="0.00" />}
            </Field>
            <TextField label={t('resolve.details')} value={each.note} placeholder={t('resolve.also_example')} onChange={(event) => set(each.key, { note: event.target.value })} error={of('note')} />
            <Button kind="plain" icon="close" aria-label={t('resolve.also_remove')} title={t('resolve.also_remove')} onClick={() => onChange(items.filter((other) => other.key !== each.key))} />
          </div>
        );
      })}
      <div>
        <Button kind="plain" icon="plus" onClick={() => onChange([...items, { key: next, kind: 'coupon', cost: '', note: '' }])}>
          {t('resolve.also')}
        </Button>
      </div>
    </>
  );
}
