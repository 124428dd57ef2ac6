// The rules of a year: by amount steps or by tier, a cap, a least amount, from which tier on, as vouchers or in cash.
import { useTranslation } from 'react-i18next';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import styles from './cashback.module.css';
import { newStep, type By, type Draft } from './draft.ts';

/** So many years back can be paid. */
const YEARS = 4;

interface Props {
  draft: Draft;
  tiers: readonly string[];
  onChange: (change: Partial<Draft>) => void;
  problem: (field: string) => string | undefined;
}

export function RulesForm({ draft, tiers, onChange, problem }: Props) {
  const { t } = useTranslation('cashback');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const sign = useCurrencySign();
  const thisYear = Number(today.slice(0, 4));
  const years = Array.from({ length: YEARS + 1 }, (_, n) => thisYear - n);
  const amount = (label: string, field: 'cap' | 'minimum', name: string, help: string) => (
    <Field label={label} optional help={help} error={problem(name)}>
      {(ids) => <AmountInput id={ids.id} label={label} value={draft[field]} onChange={(text) => onChange({ [field]: text })} symbol={sign} invalid={problem(name) !== undefined} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <Field label={t('year')} error={problem('year')}>
        {(ids) => <Pick id={ids.id} field label={t('year')} value={String(draft.year)} onChange={(year) => onChange({ year: Number(year) })} options={years.map((year) => ({ value: String(year), word: String(year), note: year === thisYear ? t('running') : undefined }))} />}
      </Field>
      <Choice<By>
        label={t('by')}
        value={draft.by}
        onChange={(by) => onChange({ by })}
        options={[
          { value: 'steps', word: t('by_steps') },
          { value: 'tiers', word: t('by_tiers') },
        ]}
      />
      {draft.by === 'steps' ? <Steps draft={draft} onChange={onChange} problem={problem} /> : <Tiers draft={draft} tiers={tiers} onChange={onChange} problem={problem} />}
      {problem('steps') && <p className={styles.problem}>{problem('steps')}</p>}
      <div className={styles.two}>
        {amount(t('cap'), 'cap', 'cap_minor', t('cap_help'))}
        {amount(t('minimum'), 'minimum', 'minimum_minor', t('minimum_help'))}
      </div>
      <Field label={t('lowest')} help={t('lowest_help')} error={problem('lowest_tier')}>
        {(ids) => <Pick id={ids.id} field label={t('lowest')} value={draft.lowest} onChange={(lowest) => onChange({ lowest })} options={[{ value: '', word: word('all') }, ...tiers.slice(1).map((tier) => ({ value: tier, word: t('from_tier', { tier }) }))]} />}
      </Field>
      <Choice
        label={t('as')}
        value={draft.paysAs}
        onChange={(paysAs) => onChange({ paysAs })}
        options={[
          { value: 'voucher', word: t('pays.voucher') },
          { value: 'cash', word: t('pays.cash') },
        ]}
      />
      {draft.paysAs === 'voucher' && (
        <Field label={t('until')} optional help={t('until_help')} error={problem('until_on')}>
          {(ids) => <DayField id={ids.id} value={draft.untilOn} from={today} onChange={(untilOn) => onChange({ untilOn })} />}
        </Field>
      )}
    </form>
  );
}

function Steps({ draft, onChange, problem }: Omit<Props, 'tiers'>) {
  const { t } = useTranslation('cashback');
  const sign = useCurrencySign();
  const set = (n: number, change: Partial<Draft['steps'][number]>) => onChange({ steps: draft.steps.map((step, m) => (m === n ? { ...step, ...change } : step)) });
  return (
    <div className={styles.steps}>
      {draft.steps.map((step, n) => (
        <div key={step.key} className={styles.step}>
          <Field label={t('step_from')} error={problem(`steps.${n}.from_minor`)}>
            {(ids) => <AmountInput id={ids.id} label={t('step_from')} value={step.from} onChange={(from) => set(n, { from })} symbol={sign} invalid={problem(`steps.${n}.from_minor`) !== undefined} describedBy={ids['aria-describedby']} />}
          </Field>
          <TextField label={t('rate')} inputMode="decimal" value={step.percent} onChange={(event) => set(n, { percent: event.target.value })} error={problem(`steps.${n}.rate_bp`)} />
          <Button kind="plain" icon="close" aria-label={t('remove_step')} title={t('remove_step')} disabled={draft.steps.length === 1 || undefined} onClick={() => onChange({ steps: draft.steps.filter((_, m) => m !== n) })} />
        </div>
      ))}
      <Button kind="plain" icon="plus" onClick={() => onChange({ steps: [...draft.steps, newStep()] })}>
        {t('add_step')}
      </Button>
    </div>
  );
}

function Tiers({ draft, tiers, onChange, problem }: Props) {
  const { t } = useTranslation('cashback');
  return (
    <div className={styles.two}>
      {tiers.map((tier) => (
        <TextField key={tier} label={t('rate_of', { tier })} optional inputMode="decimal" value={draft.tiers[tier] ?? ''} onChange={(event) => onChange({ tiers: { ...draft.tiers, [tier]: event.target.value } })} error={problem(`tier_rates_bp.${tier}`)} />
      ))}
    </div>
  );
}
