// A comparison with a number in the measure's own unit: amounts in main units, shares in per cent. What cannot be read
// stays in the field and is not taken.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import styles from '../segmentation.module.css';
import { asNumber, asText, compared, valueOf, type Comparison } from './draft.ts';

const ops = ['at_least', 'above', 'at_most', 'below', 'equal', 'between', 'present', 'missing'] as const;
const signs: Record<string, string> = { at_least: '≥', above: '>', at_most: '≤', below: '<', equal: '=' };

export function ComparisonEditor({ is, unit, onChange }: { is: Comparison; unit: string; onChange: (is: Comparison) => void }) {
  const { t } = useTranslation('segmentation');
  return (
    <>
      <Pick field label={t('editor.compare')} value={is.op} options={ops.map((op) => ({ value: op, word: signs[op] ?? t(`editor.op.${op as 'between'}`) }))} onChange={(op) => onChange(compared(op as Comparison['op'], valueOf(is)))} />
      {'value' in is && <NumberField value={is.value} unit={unit} onChange={(value) => onChange({ ...is, value })} />}
      {is.op === 'between' && (
        <>
          <NumberField value={is.from} unit={unit} onChange={(from) => onChange({ ...is, from })} />
          <span className="quiet">–</span>
          <NumberField value={is.to} unit={unit} onChange={(to) => onChange({ ...is, to })} />
        </>
      )}
    </>
  );
}

export function NumberField({ value, unit, onChange, label }: { value: number; unit: string; onChange: (value: number) => void; label?: string }) {
  const { t } = useTranslation('segmentation');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? asText(value, unit, currency.exponent);
  const read = asNumber(shown, unit, currency.exponent);
  const change = (text: string) => {
    setTyped(text);
    const number = asNumber(text, unit, currency.exponent);
    if (number !== undefined) onChange(number);
  };
  return (
    <span className={styles.number}>
      {unit === 'money' && <span className="quiet">{sign}</span>}
      <input className={`${styles.numberInput} figures`} aria-label={label ?? t('editor.number')} aria-invalid={read === undefined || undefined} inputMode="decimal" value={shown} onChange={(event) => change(event.target.value)} onBlur={() => read !== undefined && setTyped(undefined)} />
      {unit === 'share' && <span className="quiet">%</span>}
      {(unit === 'days' || unit === 'months') && <span className="quiet">{t(`editor.unit.${unit}`)}</span>}
    </span>
  );
}
