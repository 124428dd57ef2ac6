// One measure that is cut into steps: which one, over which days, where it is cut, and the people behind it as bars
// whose cut points can be dragged.
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { Choices, Preview, Scheme } from '../queries.ts';
import { TableButton } from '../TableButton.tsx';
import styles from '../segmentation.module.css';
import { NumberField } from './ComparisonEditor.tsx';
import { WindowPick } from './ConditionEditor.tsx';
import { Histogram } from './Histogram.tsx';
import { asText, measureKey, measureOf, placed, withCut, without, type Band } from './draft.ts';

interface Props {
  band: Band;
  /** The definition that the band is part of, as it stands on the screen. */
  definition: Scheme;
  choices: Choices;
  shown: Preview['bands'][number] | undefined;
  problem: string | undefined;
  onChange: (band: Band) => void;
  onRemove: () => void;
}

export function BandEditor({ band, definition, choices, shown, problem, onChange, onRemove }: Props) {
  const { t } = useTranslation('segmentation');
  const { currency } = useBook();
  const money = useMoney();
  const measure = choices.measures.find((one) => one.measure === measureKey(band.measure.measure));
  const unit = measure?.unit ?? 'count';
  const found = shown?.cuts.map((cut) => cut.at) ?? [];
  const textOf = (value: number) => (unit === 'money' ? money(value) : `${asText(value, unit, currency.exponent)}${unit === 'share' ? '%' : ''}`);
  const cutBy = (kind: string) => {
    const [first = 1] = found;
    if (kind === 'fixed') onChange({ ...band, cut: { kind: 'fixed', cuts: found.length > 0 ? [...new Set(found)].sort((a, b) => a - b) : [first] } });
    else if (kind === 'top') onChange({ ...band, cut: { kind: 'top', share_bp: 2000, minimum_customers: 1 }, edge: 'at_or_above' });
    else if (kind === 'top_and_bottom') onChange({ ...band, cut: { kind: 'top_and_bottom', top_bp: 2000, bottom_bp: 2000, minimum_customers: 10 }, edge: 'at_or_above' });
    else onChange({ ...band, cut: { kind: 'quantiles', parts: Number(kind.slice('quantiles_'.length)) }, edge: kind === 'quantiles_2' ? 'at_or_above' : 'above' });
  };
  const parts = band.cut.kind === 'quantiles' ? band.cut.parts : 0;
  const rules = [...new Set(['fixed', 'quantiles_2', 'quantiles_3', 'quantiles_5', ...(parts > 0 ? [`quantiles_${parts}`] : []), 'top', 'top_and_bottom'])];
  const ruleWord = (rule: string) => (rule.startsWith('quantiles_') ? (rule === 'quantiles_2' ? t('editor.cut_by.median') : t('editor.cut_by.quantiles', { n: rule.slice('quantiles_'.length) })) : t(`editor.cut_by.${rule as 'fixed'}`));
  const { cut } = band;
  return (
    <section className={styles.band}>
      <div className={styles.bandHead}>
        <Pick field label={t('editor.measure')} value={measureKey(band.measure.measure)} options={choices.measures.map((one) => ({ value: one.measure, word: one.name }))} onChange={(to) => onChange({ ...band, measure: { measure: measureOf(to), window: choices.measures.find((one) => one.measure === to)?.windowed ? { kind: 'months', n: 12 } : { kind: 'lifetime' } }, best: /^(recency_days|days_since)/.test(to) ? 'low' : 'high' })} />
        {measure?.windowed && <WindowPick value={band.measure.window} onChange={(window) => onChange({ ...band, measure: { ...band.measure, window } })} />}
        <Pick field label={t('editor.cut_by.label')} value={cut.kind === 'quantiles' ? `quantiles_${cut.parts}` : cut.kind} options={rules.map((rule) => ({ value: rule, word: ruleWord(rule) }))} onChange={cutBy} />
        <Button kind="plain" icon="close" aria-label={t('editor.remove')} onClick={onRemove} />
      </div>
      {shown && <Histogram shown={shown} textOf={textOf} onMove={(n, value) => onChange(withCut(band, found, n, value))} />}
      {shown && (
        <div className={styles.bandTools}>
          <TableButton chart={{ kind: 'distribution', definition, band: band.key }} />
        </div>
      )}
      {cut.kind === 'fixed' && (
        <div className={styles.bandHead}>
          {placed(cut.cuts).map(({ entry: at, n, place }) => (
            <span key={place} className={styles.number}>
              <NumberField label={t('editor.cut', { name: measure?.name ?? band.key, n: n + 1 })} value={at} unit={unit} onChange={(value) => onChange({ ...band, cut: { kind: 'fixed', cuts: cut.cuts.map((old, m) => (m === n ? value : old)) } })} />
              {cut.cuts.length > 1 && <Button kind="plain" icon="close" aria-label={t('editor.remove')} onClick={() => onChange({ ...band, cut: { kind: 'fixed', cuts: without(cut.cuts, n) } })} />}
            </span>
          ))}
          <Button kind="plain" icon="plus" onClick={() => onChange({ ...band, cut: { kind: 'fixed', cuts: [...cut.cuts, (cut.cuts.at(-1) ?? 0) + Math.max(1, Math.abs(cut.cuts.at(-1) ?? 0))] } })}>
            {t('editor.add_cut')}
          </Button>
        </div>
      )}
      {cut.kind === 'top' && <NumberField label={t('editor.cut_by.top')} value={cut.share_bp} unit="share" onChange={(share_bp) => onChange({ ...band, cut: { ...cut, share_bp } })} />}
      {cut.kind === 'top_and_bottom' && (
        <div className={styles.bandHead}>
          <span className="quiet">{t('editor.top')}</span>
          <NumberField value={cut.top_bp} unit="share" onChange={(top_bp) => onChange({ ...band, cut: { ...cut, top_bp } })} />
          <span className="quiet">{t('editor.bottom')}</span>
          <NumberField value={cut.bottom_bp} unit="share" onChange={(bottom_bp) => onChange({ ...band, cut: { ...cut, bottom_bp } })} />
        </div>
      )}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
