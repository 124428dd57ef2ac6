// New thresholds. Numbers first: who would go up, who would go down, and how many would stand where; only then
// is it saved.
import { useDeferredValue, useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatCount, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Field, nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { Movers } from './Movers.tsx';
import { asMinor, useChangeLadder, usePreview, type Ladder, type StepChange } from './queries.ts';
import styles from './ladder.module.css';

interface Row {
  rank: number;
  name: string;
  spend: string;
  visits: string;
}

/** The steps as an input, or undefined while a field cannot be read. */
function readRows(rows: readonly Row[], exponent: number): StepChange[] | undefined {
  const steps: StepChange[] = [];
  for (const row of rows) {
    const spend = row.spend.trim() === '' ? null : parseAmount(row.spend, exponent);
    const visits = row.visits.trim() === '' ? null : /^\d{1,6}$/.test(row.visits.trim()) ? Number(row.visits) : undefined;
    if (spend === undefined || visits === undefined) return undefined;
    steps.push({ name: row.name.trim(), enter_spend_minor: spend === null ? null : asMinor(spend), enter_visits: visits });
  }
  return steps;
}

export function LadderEditor({ ladder, onClose }: { ladder: Ladder; onClose: () => void }) {
  const { t } = useTranslation('ladder');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [rows, setRows] = useState<Row[]>(() =>
    ladder.steps.map((step) => ({
      rank: step.tier.rank,
      name: step.tier.name,
      spend: step.enter_spend_minor == null ? '' : plainAmount(step.enter_spend_minor, currency.exponent),
      visits: step.enter_visits == null ? '' : String(step.enter_visits),
    })),
  );
  const asked = useDeferredValue(rows);
  const steps = useMemo(() => readRows(asked, currency.exponent), [asked, currency.exponent]);
  const preview = usePreview(steps);
  const change = useChangeLadder();
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), []);
  const set = (rank: number, next: Partial<Row>) => setRows((before) => before.map((row) => (row.rank === rank ? { ...row, ...next } : row)));

  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = readRows(rows, currency.exponent);
    if (read && !change.isPending) change.mutate({ client_key: key.current, steps: read }, { onSuccess: onClose });
  };
  const error = change.error ?? preview.error;
  const at = (n: number, field: string) => error?.of(`steps.${n}.${field}`);
  const moved = preview.data && (preview.data.up > 0 || preview.data.down > 0);
  return (
    <Card title={t('editor.title')} side={t('editor.help')}>
      <form ref={form} className={styles.editor} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        {rows.map((row, n) => (
          <div key={row.rank} className={styles.editRow}>
            <TextField label={t('editor.name')} value={row.name} onChange={(event) => set(row.rank, { name: event.target.value })} error={at(n, 'name')} />
            {n === 0 ? (
              <p className={`quiet small ${styles.lowest}`}>{t('editor.lowest')}</p>
            ) : (
              <>
                <Field label={t('editor.spend')} error={at(n, 'enter_spend_minor') ?? (row.spend.trim() !== '' && parseAmount(row.spend, currency.exponent) === undefined ? t('editor.unread') : undefined)}>
                  {(ids) => <AmountInput id={ids.id} label={t('editor.spend')} symbol={sign} value={row.spend} onChange={(spend) => set(row.rank, { spend })} invalid={ids['aria-invalid']} describedBy={ids['aria-describedby']} />}
                </Field>
                <TextField label={t('editor.visits')} optional inputMode="numeric" value={row.visits} onChange={(event) => set(row.rank, { visits: event.target.value })} error={at(n, 'enter_visits')} />
              </>
            )}
            <span className={`${styles.after} figures`}>{preview.data?.people[n] !== undefined && t('editor.after', { people: word('people', { n: formatCount(preview.data.people[n] ?? 0) }) })}</span>
          </div>
        ))}
        {error && error.fields.length === 0 && <Notice tone="late">{error.message}</Notice>}
        {preview.data && <Notice tone={moved ? 'soon' : 'info'}>{moved ? t('editor.moves', { up: formatCount(preview.data.up), down: formatCount(preview.data.down) }) : t('editor.nobody')}</Notice>}
        {preview.data && preview.data.movers.length > 0 && <Movers movers={preview.data.movers} />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" type="submit" busy={change.isPending} disabled={steps === undefined || undefined}>
            {t('editor.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
