// New rules for the ladder. Numbers first, while they are typed: who would go up, who could go down at a review, what it
// would cost in a year; only then is it saved.
import { useDeferredValue, useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { DayField } from '@/shared/antd/DayField.tsx';
import { useBook, useCurrencySign, useMoney } from '@/shared/book.tsx';
import { formatCount, parseAmount, parseCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { changeOf, draftOf, emptyRow, type Draft, type Row, type WindowKind } from './draft.ts';
import { Movers } from './Movers.tsx';
import { useChangeLadder, usePreview, type Ladder, type Preview } from './queries.ts';
import { StepFields } from './StepFields.tsx';
import styles from './ladder.module.css';

const windows: readonly WindowKind[] = ['rolling_months', 'rolling_days', 'calendar_year', 'since_promotion', 'lifetime'];

export function LadderEditor({ ladder, onClose }: { ladder: Ladder; onClose: () => void }) {
  const { t } = useTranslation('ladder');
  const { t: word } = useTranslation('common');
  const { currency, today } = useBook();
  const sign = useCurrencySign();
  const [draft, setDraft] = useState<Draft>(() => draftOf(ladder, currency.exponent));
  const asked = useDeferredValue(draft);
  const wanted = useMemo(() => changeOf(asked, currency.exponent), [asked, currency.exponent]);
  const preview = usePreview(wanted);
  const change = useChangeLadder();
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  // Esc leaves the form and not the screen.
  useKey('Escape', onClose);
  useKey('Ctrl+Enter', () => form.current?.requestSubmit());
  useEffect(() => {
    // A newer web view answers a promise here, which is no clean-up.
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector<HTMLElement>('fieldset input')?.focus();
  }, []);
  const set = (next: Partial<Draft>) => {
    if (change.error) change.reset();
    setDraft((before) => ({ ...before, ...next }));
  };
  const setRow = (id: string, next: Partial<Row>) => set({ rows: draft.rows.map((row) => (row.id === id ? { ...row, ...next } : row)) });
  const toFirstProblem = () => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = changeOf(draft, currency.exponent);
    if (!read) toFirstProblem();
    else if (!change.isPending) change.mutate({ ...read, client_key: key.current }, { onSuccess: onClose, onError: () => requestAnimationFrame(toFirstProblem) });
  };
  const error = change.error ?? preview.error;
  const { data } = preview;
  const isCounted = draft.window === 'rolling_days' || draft.window === 'rolling_months';
  const unread = parseCount(draft.n) == null ? t('editor.unread_count') : undefined;
  return (
    <Card title={t('editor.title')} side={t('editor.help')}>
      <form ref={form} className={styles.editor} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <div className={styles.rules}>
          <Field label={t('rules.window')}>{(ids) => <Pick id={ids.id} field label={t('rules.window')} value={draft.window} options={windows.map((value) => ({ value, word: t(`rules.windows.${value}`) }))} onChange={(window) => set({ window: window as WindowKind, n: window === 'rolling_days' ? '365' : '12' })} />}</Field>
          {isCounted && <TextField label={t(`rules.n_${draft.window as 'rolling_days'}`)} inputMode="numeric" value={draft.n} onChange={(event) => set({ n: event.target.value })} error={error?.of('window.n') ?? unread} />}
          <Field label={t('rules.review')}>{(ids) => <Pick id={ids.id} field label={t('rules.review')} value={draft.review} options={(['monthly', 'year_end', 'continuous'] as const).map((value) => ({ value, word: t(`rules.reviews.${value}`) }))} onChange={(review) => set({ review: review as Draft['review'] })} />}</Field>
          <Field label={t('rules.style')}>{(ids) => <Pick id={ids.id} field label={t('rules.style')} value={draft.style} options={(['deserved', 'one_step', 'never'] as const).map((value) => ({ value, word: t(`rules.styles.${value}`) }))} onChange={(style) => set({ style: style as Draft['style'] })} />}</Field>
          <TextField label={t('rules.grace')} inputMode="numeric" value={draft.grace} onChange={(event) => set({ grace: event.target.value })} error={error?.of('demotion.grace_days') ?? (parseCount(draft.grace) == null ? t('editor.unread_count') : undefined)} />
          <Field label={t('rules.visit')} help={t('rules.visit_help')} error={error?.of('visit_minimum_minor') ?? (parseAmount(draft.visitMinimum, currency.exponent) === undefined ? t('editor.unread') : undefined)}>
            {(ids) => <AmountInput id={ids.id} label={t('rules.visit')} symbol={sign} value={draft.visitMinimum} onChange={(visitMinimum) => set({ visitMinimum })} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
          </Field>
          <Field wide label={t('rules.combine')}>{() => <Choice label={t('rules.combine')} value={draft.combine} onChange={(combine) => set({ combine })} options={(['any', 'all'] as const).map((value) => ({ value, word: t(`rules.combines.${value}`) }))} />}</Field>
        </div>
        {draft.rows.map((row, n) => (
          <StepFields
            key={row.id}
            row={row}
            isLowest={n === 0}
            after={data?.people[n]}
            at={(field) => error?.of(`steps.${n}.${field}`)}
            onChange={(next) => setRow(row.id, next)}
            onRemove={draft.rows.length > 2 && n > 0 ? () => set({ rows: draft.rows.filter((other) => other.id !== row.id) }) : undefined}
          />
        ))}
        <div>
          <Button icon="plus" onClick={() => set({ rows: [...draft.rows, emptyRow(newClientKey())] })}>
            {t('editor.more')}
          </Button>
        </div>
        <Field label={t('editor.from')} optional error={error?.of('effective_on')} help={t('editor.from_help')}>
          {(ids) => <DayField id={ids.id} value={draft.from} from={today} onChange={(from) => set({ from })} />}
        </Field>
        {!error && data && data.movers.length > 0 && <Movers movers={data.movers} all={data.up + data.down} />}
        <div className={styles.foot}>
          <div aria-live="polite">
            {error ? <Notice tone="late">{error.message}</Notice> : !wanted ? <Notice tone="late">{t('editor.unread_somewhere')}</Notice> : data && <WouldMove preview={data} />}
          </div>
          <div className={styles.buttons}>
            <Button hint="Escape" onClick={onClose}>{word('cancel')}</Button>
            <Button kind="main" type="submit" hint="Ctrl+Enter" busy={change.isPending}>
              {t('editor.save')}
            </Button>
          </div>
        </div>
      </form>
    </Card>
  );
}

/** How many would move and what it would cost: in sight wherever in the form something is dragged. */
function WouldMove({ preview }: { preview: Preview }) {
  const { t } = useTranslation('ladder');
  const money = useMoney();
  const { up, down, cost_minor: cost } = preview;
  return (
    <Notice tone={up > 0 || down > 0 || cost !== 0 ? 'soon' : 'info'}>
      {up > 0 || down > 0 ? t('editor.moves', { up: formatCount(up), down: formatCount(down) }) : t('editor.nobody')} {cost !== 0 && t(cost > 0 ? 'editor.costs' : 'editor.saves', { amount: money(Math.abs(cost)) })}
    </Notice>
  );
}
