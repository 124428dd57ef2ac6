// What a coupon is worth, from which sale on, how long it is good and what all of them may cost: the same for a batch and a
// plan.
import { useTranslation } from 'react-i18next';
import { useCurrencySign } from '@/shared/book.tsx';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import type { TermsDraft, Worth } from './draft.ts';
import styles from './offers.module.css';

interface Props {
  draft: TermsDraft;
  onChange: (change: Partial<TermsDraft>) => void;
  problem: (field: string) => string | undefined;
  /** What the budget is for. */
  budget: string;
}

export function WorthFields({ draft, onChange, problem, budget }: Props) {
  const { t } = useTranslation('offers');
  const sign = useCurrencySign();
  const moneyField = (label: string, field: 'value' | 'cap' | 'minimum' | 'budget', name: string, isOptional = true) => (
    <Field label={label} optional={isOptional} error={problem(name)}>
      {(ids) => <AmountInput id={ids.id} label={label} value={draft[field]} onChange={(text) => onChange({ [field]: text })} symbol={sign} invalid={problem(name) !== undefined} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  return (
    <>
      <div className={styles.wide}>
        <Choice<Worth>
          label={t('worth')}
          value={draft.worth}
          onChange={(worth) => onChange({ worth })}
          options={[
            { value: 'value', word: t('as_value') },
            { value: 'percent', word: t('as_percent') },
          ]}
        />
      </div>
      {draft.worth === 'value' ? (
        moneyField(t('value'), 'value', 'value_minor', false)
      ) : (
        <>
          <TextField label={t('percent')} inputMode="decimal" value={draft.percent} help={t('percent_help')} onChange={(event) => onChange({ percent: event.target.value })} error={problem('percent_bp')} />
          {moneyField(t('cap'), 'cap', 'cap_minor')}
        </>
      )}
      {moneyField(t('minimum'), 'minimum', 'minimum_minor')}
      <TextField label={t('days')} inputMode="numeric" value={draft.days} onChange={(event) => onChange({ days: event.target.value })} error={problem('valid_days')} />
      {moneyField(budget, 'budget', 'budget_minor')}
    </>
  );
}

/** Whether a coupon may stand beside others. */
export function StackableCheck({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTranslation('offers');
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={draft.isStackable} onChange={(event) => onChange({ isStackable: event.target.checked })} />
      {t('stackable')}
    </label>
  );
}
