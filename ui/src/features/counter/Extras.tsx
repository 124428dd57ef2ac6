// What a sale has beside its money: a discount with its reason, the household or the company it is for, packaging,
// delivery, another day. One key opens it (F7); Enter walks through and comes back to the product box. What was filled in
// stays in sight, also after the window was loaded anew: a sale on another day is nothing to find out afterwards.
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { isComposing } from '@/shared/hooks/keys.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import type { Scene, TillForm } from './form.ts';
import styles from './till.module.css';

interface Props {
  form: TillForm;
  onChange: (change: Partial<TillForm>) => void;
  problem: (field: string) => string | undefined;
  needsReason: boolean;
  /** It was asked for; whoever types elsewhere when it comes up by itself goes on typing there. */
  takesFocus: boolean;
  onDone: () => void;
}

export function Extras({ form, onChange, problem, needsReason, takesFocus, onDone }: Props) {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const sign = useCurrencySign();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) (box.current?.querySelector<HTMLInputElement>('[aria-invalid]') ?? box.current?.querySelector('input'))?.focus();
  }, [takesFocus]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Enter' || isComposing(event) || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = [...(box.current?.querySelectorAll<HTMLInputElement>('input:not([type=radio])') ?? [])];
    const next = fields[fields.indexOf(event.target) + 1];
    if (next) next.focus();
    else onDone();
  };
  const amount = (field: 'discount' | 'delivery', error: string | undefined) => (
    <Field label={t(`extras.${field}`)} error={error}>
      {(ids) => <AmountInput id={ids.id} label={t(`extras.${field}`)} value={form[field]} onChange={(text) => onChange({ [field]: text })} symbol={sign} invalid={error !== undefined} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  return (
    <div ref={box} className={styles.extras} role="group" aria-label={t('extras.title')} onKeyDown={onKeyDown}>
      {amount('discount', problem('discount_minor'))}
      <TextField label={t('extras.coupons')} optional value={form.coupons} placeholder="ABCDE-FGHJK" onChange={(event) => onChange({ coupons: event.target.value })} error={problem('coupon_codes')} />
      <TextField label={t('extras.reason')} optional={!needsReason} value={form.reason} placeholder={t('extras.reason_example')} onChange={(event) => onChange({ reason: event.target.value })} error={problem('discount_reason')} />
      <TextField label={t('extras.sold_on')} optional value={form.soldOn} placeholder={today} onChange={(event) => onChange({ soldOn: event.target.value })} error={problem('sold_on')} />
      <TextField label={t('extras.backdate_note')} optional value={form.backdateNote} placeholder={t('extras.backdate_example')} onChange={(event) => onChange({ backdateNote: event.target.value })} error={problem('backdate_note')} />
      <TextField label={t('extras.packaging')} optional value={form.packaging} placeholder={t('extras.packaging_example')} onChange={(event) => onChange({ packaging: event.target.value })} error={problem('packaging')} />
      {amount('delivery', problem('delivery_cost_minor'))}
      <div className={styles.wide}>
        <Choice<Scene | ''> label={t('extras.scene')} value={form.scene} onChange={(scene) => onChange({ scene })} options={[{ value: '', word: t('extras.scenes.none') }, { value: 'household', word: t('extras.scenes.household') }, { value: 'company', word: t('extras.scenes.company') }]} />
      </div>
    </div>
  );
}
