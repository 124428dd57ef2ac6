// What an offer gives, as a sentence with fields in it: over which goods, from what on, how much less.
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { newRow, type Draft, type LessKind, type Row } from './draft.ts';
import { ProductPick } from './ProductPick.tsx';
import { useProductNames } from './queries.ts';
import styles from './entry.module.css';

export interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problem: (field: string) => string | undefined;
}

export function RuleFields({ draft, onChange, problem }: Props) {
  const { t } = useTranslation('entry');
  const isBundle = draft.kind === 'bundle';
  return (
    <>
      {!isBundle && <ScopeFields draft={draft} onChange={onChange} problem={problem} />}
      {(isBundle || draft.scope === 'products') && <ProductPick products={draft.products} hasPieces={isBundle} error={problem(isBundle ? 'offer.rule.parts' : 'offer.scope.products')} onChange={(products) => onChange({ products })} />}
      {(draft.kind === 'steps' || draft.kind === 'breaks') && <Rows draft={draft} onChange={onChange} problem={problem} />}
      {isBundle && <LessLine draft={draft} onChange={onChange} error={problem('offer.rule.less.price_minor') ?? problem('offer.rule.less.percent_bp')} />}
      {draft.kind === 'discount' && <NumberLine label={t('less.percent')} unit="%" value={draft.less} onChange={(less) => onChange({ less })} error={problem('offer.rule.breaks.0.less.percent_bp')} />}
      {draft.kind === 'steps' && <Check label={t('repeats')} checked={draft.repeats} onChange={(repeats) => onChange({ repeats, rows: repeats ? draft.rows.slice(0, 1) : draft.rows })} />}
      {draft.kind === 'breaks' && <Check label={t('mixed')} checked={draft.isMixed} onChange={(isMixed) => onChange({ isMixed })} />}
    </>
  );
}

function ScopeFields({ draft, onChange, problem }: Props) {
  const { t } = useTranslation('entry');
  const { data } = useProductNames();
  const categories = (data?.categories ?? []).map((category) => ({ value: category, word: category }));
  return (
    <div className={styles.sentence}>
      <Choice label={t('scope')} value={draft.scope} options={(['shop', 'category', 'products'] as const).map((value) => ({ value, word: t(`scopes.${value}`) }))} onChange={(scope) => onChange({ scope })} />
      {draft.scope === 'category' && <Field label={t('category')} error={problem('offer.scope.category')}>{(ids) => <Pick id={ids.id} field label={t('category')} value={draft.category} options={categories} onChange={(category) => onChange({ category })} />}</Field>}
    </div>
  );
}

/** Steps of spend or of pieces, one sentence each. */
function Rows({ draft, onChange, problem }: Props) {
  const { t } = useTranslation('entry');
  const sign = useCurrencySign();
  const isSteps = draft.kind === 'steps';
  const change = (n: number, values: Partial<Row>) => onChange({ rows: draft.rows.map((row, m) => (m === n ? { ...row, ...values } : row)) });
  const isPrice = isSteps || draft.lessKind === 'price';
  const errors = (n: number) =>
    (isSteps ? ['from_minor', 'off_minor'].map((field) => problem(`offer.rule.steps.${n}.${field}`)) : ['from_thousandths', 'less', 'less.price_minor', 'less.percent_bp'].map((field) => problem(`offer.rule.breaks.${n}.${field}`))).filter(Boolean);
  return (
    <div className={styles.rows}>
      {!isSteps && <LessKindChoice value={draft.lessKind} onChange={(lessKind) => onChange({ lessKind })} words="each" />}
      {draft.rows.map((row, n) => (
        <div key={row.key} className={styles.row}>
          <span>{t(isSteps ? (draft.repeats ? 'row.each' : 'row.from') : 'row.from')}</span>
          <AmountInput label={t(isSteps ? 'row.from_label' : 'row.pieces_label', { n: n + 1 })} value={row.from} symbol={isSteps ? sign : ''} onChange={(from) => change(n, { from })} />
          <span>{t(isSteps ? 'row.off' : isPrice ? 'row.pieces_price' : 'row.pieces_off')}</span>
          <AmountInput label={t('row.off_label', { n: n + 1 })} value={row.off} symbol={isPrice ? sign : '%'} onChange={(off) => change(n, { off })} />
          {draft.rows.length > 1 && <Button kind="plain" icon="close" aria-label={t('row.remove', { n: n + 1 })} title={t('row.remove', { n: n + 1 })} onClick={() => onChange({ rows: draft.rows.filter((_, m) => m !== n) })} />}
          {errors(n).length > 0 && (
            <p role="alert" className={styles.problem}>
              {errors(n).join(' ')}
            </p>
          )}
        </div>
      ))}
      {!(isSteps && draft.repeats) && draft.rows.length < 10 && (
        <Button kind="plain" icon="plus" onClick={() => onChange({ rows: [...draft.rows, newRow()] })}>
          {t('row.more')}
        </Button>
      )}
    </div>
  );
}

function LessKindChoice({ value, onChange, words }: { value: LessKind; onChange: (kind: LessKind) => void; words: 'each' | 'set' }) {
  const { t } = useTranslation('entry');
  return <Choice label={t('less.kind')} value={value} options={(['percent', 'price'] as const).map((kind) => ({ value: kind, word: t(kind === 'percent' ? 'less.percent' : `less.price_${words}`) }))} onChange={onChange} />;
}

function LessLine({ draft, onChange, error }: { draft: Draft; onChange: Props['onChange']; error: string | undefined }) {
  const { t } = useTranslation('entry');
  const sign = useCurrencySign();
  return (
    <div className={styles.sentence}>
      <LessKindChoice value={draft.lessKind} onChange={(lessKind) => onChange({ lessKind })} words="set" />
      <NumberLine label={t(draft.lessKind === 'percent' ? 'less.percent' : 'less.price_set')} unit={draft.lessKind === 'percent' ? '%' : sign} value={draft.less} onChange={(less) => onChange({ less })} error={error} />
    </div>
  );
}

function NumberLine({ label, unit, value, onChange, error }: { label: string; unit: string; value: string; onChange: (text: string) => void; error: string | undefined }) {
  const { currency } = useBook();
  return (
    <Field label={label} error={error}>
      {(ids) => <AmountInput id={ids.id} label={label} symbol={unit} value={value} placeholder={unit === '%' ? '20' : plainAmount(0, currency.exponent)} onChange={onChange} invalid={error !== undefined} describedBy={ids['aria-describedby']} />}
    </Field>
  );
}

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
