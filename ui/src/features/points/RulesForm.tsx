// New rules for points. They hold from a day on on which no points have moved yet; what was given keeps its life.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatShortDay, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { draftOf, rulesOf, share, whole, type Draft, type Extra } from './draft.ts';
import { useChangeRules, type RulesView } from './queries.ts';
import styles from './points.module.css';

const kinds = ['end_of_next_year', 'end_of_year', 'end_of_month', 'months', 'days', 'never'] as const;

export function RulesForm({ view, onClose }: { view: RulesView; onClose: () => void }) {
  const { t } = useTranslation('points');
  const { t: word } = useTranslation('common');
  const { currency, today } = useBook();
  const sign = useCurrencySign();
  const [draft, setDraft] = useState<Draft>(() => draftOf(view.rules, (minor) => plainAmount(minor, currency.exponent)));
  const change = useChangeRules();
  const key = useRef(newClientKey());
  const set = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));
  const setExtra = (n: number, next: Partial<Extra>) => set({ extras: draft.extras.map((extra, m) => (m === n ? { ...extra, ...next } : extra)) });
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Esc leaves the form and not the screen.
  useKey('Escape', onClose);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const rules = rulesOf(draft, view.rules, (text) => parseAmount(text, currency.exponent));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!rules) {
      setTried(true);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } else if (!change.isPending) change.mutate({ client_key: key.current, rules }, { onSuccess: onClose });
  };
  const amount = (label: string, value: string, onChange: (value: string) => void) => (
    <Field label={label} error={(parseAmount(value, currency.exponent) ?? 0) > 0 ? undefined : t('form.unread_amount')}>
      {(ids) => <AmountInput id={ids.id} label={label} symbol={sign} value={value} onChange={onChange} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
    </Field>
  );
  const number = (label: string, value: string, onChange: (value: string) => void, least = 0) => (
    <TextField label={label} inputMode="numeric" value={value} onChange={(event) => onChange(event.target.value)} error={(whole(value) ?? -1) >= least ? undefined : t(least > 0 ? 'form.unread_positive' : 'form.unread_count')} />
  );
  return (
    <form ref={form} className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
      <div className={styles.pair}>
        {amount(t('form.per'), draft.per, (per) => set({ per }))}
        {number(t('form.points'), draft.points, (points) => set({ points }))}
      </div>
      {draft.extras.map((extra, n) => (
        <div key={extra.id} className={styles.extra}>
          <TextField label={t('form.category')} value={extra.category} onChange={(event) => setExtra(n, { category: event.target.value })} error={tried && extra.category.trim() === '' ? t('form.no_category') : undefined} />
          <Pick label={t('form.kind')} value={extra.kind} options={(['per_amount', 'bonus'] as const).map((value) => ({ value, word: t(`form.kinds.${value}`) }))} onChange={(kind) => setExtra(n, { kind: kind as Extra['kind'] })} />
          {extra.kind === 'per_amount' && amount(t('form.per'), extra.per, (per) => setExtra(n, { per }))}
          {number(t('form.points'), extra.points, (points) => setExtra(n, { points }))}
          <Button icon="close" onClick={() => set({ extras: draft.extras.filter((_, m) => m !== n) })}>
            {t('form.remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => set({ extras: [...draft.extras, { id: newClientKey(), kind: 'per_amount', category: '', per: draft.per, points: '1' }] })}>
          {t('form.more')}
        </Button>
      </div>
      <div className={styles.pair}>
        <Field label={t('form.expiry')}>{(ids) => <Pick id={ids.id} field label={t('form.expiry')} value={draft.expiry} options={kinds.map((value) => ({ value, word: t(`form.expiries.${value}`) }))} onChange={(expiry) => set({ expiry: expiry as Draft['expiry'] })} />}</Field>
        {(draft.expiry === 'days' || draft.expiry === 'months') && number(t(`form.n_${draft.expiry}`), draft.n, (n) => set({ n }), 1)}
      </div>
      <div className={styles.pair}>
        {number(t('form.pending'), draft.pending, (pending) => set({ pending }))}
        {number(t('form.revive'), draft.revive, (revive) => set({ revive }))}
      </div>
      <label className={styles.check}>
        <input type="checkbox" checked={draft.pays} onChange={(event) => set({ pays: event.target.checked })} />
        {t('form.pays')}
      </label>
      {draft.pays && (
        <div className={styles.pair}>
          {number(t('form.redeem_points'), draft.redeemPoints, (redeemPoints) => set({ redeemPoints }), 1)}
          {amount(t('form.worth'), draft.worth, (worth) => set({ worth }))}
          {number(t('form.step'), draft.step, (step) => set({ step }), 1)}
          <TextField label={t('form.share')} inputMode="decimal" value={draft.share} onChange={(event) => set({ share: event.target.value })} error={share(draft.share) === undefined ? t('form.unread_share') : undefined} />
        </div>
      )}
      {change.error && <Notice tone="late">{change.error.first}</Notice>}
      <p className="quiet small">{t('form.from', { day: formatShortDay(view.earliest_on, today) })}</p>
      <div className={styles.buttons}>
        <Button hint="Escape" onClick={onClose}>{word('cancel')}</Button>
        <Button kind="main" type="submit" busy={change.isPending}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}
