// Who belongs, as a sentence that can be edited: comparisons of measures, steps, scores and words, joined by 且 or 或,
// groups within groups.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { Choices, Condition, Scheme } from '../queries.ts';
import styles from '../segmentation.module.css';
import { ComparisonEditor } from './ComparisonEditor.tsx';
import { measureKey, measureOf, nameIn, placed, replaced, without, type MeasureRef, type Window } from './draft.ts';

export interface Known {
  choices: Choices;
  /** Bands and scores that a condition of this scheme may name. */
  bands: Scheme['bands'];
  scores: Scheme['scores'];
}

type Group = Extract<Condition, { kind: 'all' | 'any' }>;
type Leaf = Exclude<Condition, Group>;
interface Props<C> {
  condition: C;
  known: Known;
  onChange: (next: Condition) => void;
  onRemove?: () => void;
}

/** Deeper than this nobody reads it. */
const DEPTH = 3;

export function ConditionEditor({ condition, known, onChange, onRemove, depth = 0 }: Props<Condition> & { depth?: number }) {
  if (condition.kind !== 'all' && condition.kind !== 'any') return <LeafEditor condition={condition} known={known} onChange={onChange} onRemove={onRemove} />;
  return <GroupEditor condition={condition} known={known} onChange={onChange} onRemove={onRemove} depth={depth} />;
}

function GroupEditor({ condition, known, onChange, onRemove, depth }: Props<Group> & { depth: number }) {
  const { t } = useTranslation('segmentation');
  const put = (of: Condition[]) => onChange({ kind: condition.kind, of });
  const fresh: Condition = { kind: 'measure', measure: { measure: 'recency_days', window: { kind: 'lifetime' } }, is: { op: 'at_most', value: 90 } };
  return (
    <div className={styles.group} data-deep={depth > 0 || undefined}>
      {placed(condition.of).map(({ entry: part, n, place }) => (
        <div key={place} className={styles.part}>
          {n > 0 && (
            <button type="button" className={styles.join} title={t('editor.join_help')} onClick={() => onChange({ kind: condition.kind === 'all' ? 'any' : 'all', of: condition.of })}>
              {condition.kind === 'all' ? t('editor.and') : t('editor.or')}
            </button>
          )}
          <ConditionEditor condition={part} known={known} depth={depth + 1} onChange={(next) => put(replaced(condition.of, n, next))} onRemove={condition.of.length > 1 || onRemove ? () => (condition.of.length > 1 ? put(without(condition.of, n)) : onRemove?.()) : undefined} />
        </div>
      ))}
      <div className={styles.adders}>
        <Button kind="plain" icon="plus" onClick={() => put([...condition.of, fresh])}>
          {t('editor.add_condition')}
        </Button>
        {depth < DEPTH && (
          <Button kind="plain" icon="plus" onClick={() => put([...condition.of, { kind: condition.kind === 'all' ? 'any' : 'all', of: [fresh, fresh] }])}>
            {t('editor.add_group')}
          </Button>
        )}
      </div>
    </div>
  );
}

function LeafEditor({ condition, known, onChange, onRemove }: Props<Leaf>) {
  const { t } = useTranslation('segmentation');
  const isNot = condition.kind === 'not';
  const inner = condition.kind === 'not' ? condition.of : condition;
  const put = (next: Condition) => onChange(isNot ? { kind: 'not', of: next } : next);
  const deep = inner.kind === 'all' || inner.kind === 'any' || inner.kind === 'not';
  return (
    <div className={styles.leaf}>
      <button type="button" className={styles.join} data-off={!isNot || undefined} aria-pressed={isNot} title={t('editor.not_help')} onClick={() => onChange(isNot ? inner : { kind: 'not', of: inner })}>
        {t('editor.not')}
      </button>
      {deep ? <ConditionEditor condition={inner} known={known} depth={DEPTH} onChange={put} /> : <Subject condition={inner} known={known} onChange={put} />}
      {onRemove && <Button kind="plain" icon="close" aria-label={t('editor.remove')} onClick={onRemove} />}
    </div>
  );
}

/** What is looked at, and what it is held against. */
function Subject({ condition, known, onChange }: { condition: Exclude<Leaf, { kind: 'not' }>; known: Known; onChange: (next: Condition) => void }) {
  const { t, i18n } = useTranslation('segmentation');
  const { bands, scores, choices } = known;
  const choiceOf = (ref: MeasureRef) => choices.measures.find((one) => one.measure === measureKey(ref.measure));
  const bandName = (key: string) => {
    const band = bands.find((one) => one.key === key);
    return band ? t('editor.step_of', { name: choiceOf(band.measure)?.name ?? key }) : key;
  };
  const options = [
    ...bands.map((band) => ({ value: `band ${band.key}`, word: bandName(band.key) })),
    ...scores.map((score) => ({ value: `score ${score.key}`, word: t('editor.score_of', { name: nameIn(score.names, i18n.language) }) })),
    ...choices.measures.map((measure) => ({ value: `measure ${measure.measure}`, word: measure.name })),
    ...choices.fields.map((field) => ({ value: `field ${field.field}`, word: field.name })),
  ];
  const chosen = subjectOf(condition);
  // What cannot be chosen anew (a step held against the mean, a sum of steps) stays as it is and is named.
  const named = condition.kind === 'band_at_least_mean' ? [condition.band] : condition.kind === 'band_sum' ? condition.bands : [];
  const subjects = options.some((option) => option.value === chosen) ? options : [{ value: chosen, word: named.map(bandName).join(' + ') || chosen }, ...options];
  const take = (value: string) => {
    const [kind, key = ''] = [value.slice(0, value.indexOf(' ')), value.slice(value.indexOf(' ') + 1)];
    if (kind === 'band') onChange({ kind: 'band', band: key, is: { op: 'at_least', value: 2 } });
    else if (kind === 'score') onChange({ kind: 'score', score: key, is: { op: 'at_least', value: 60 } });
    else if (kind === 'field') onChange({ kind: 'field', field: key === 'top_category' ? { top_category: { kind: 'months', n: 12 } } : { profile: key }, one_of: [] });
    else if (kind === 'measure') {
      const choice = choices.measures.find((one) => one.measure === key);
      onChange({ kind: 'measure', measure: { measure: measureOf(key), window: choice?.windowed ? { kind: 'months', n: 12 } : { kind: 'lifetime' } }, is: { op: 'at_least', value: choice?.unit === 'milli' ? 1000 : 1 } });
    }
  };
  return (
    <>
      <Pick label={t('editor.subject')} value={chosen} options={subjects} onChange={take} field />
      {condition.kind === 'measure' && choiceOf(condition.measure)?.windowed && <WindowPick value={condition.measure.window} onChange={(window) => onChange({ ...condition, measure: { ...condition.measure, window } })} />}
      {condition.kind === 'field' && <Words condition={condition} known={known} onChange={onChange} />}
      {'is' in condition && <ComparisonEditor is={condition.is} unit={condition.kind === 'measure' ? (choiceOf(condition.measure)?.unit ?? 'count') : 'count'} onChange={(is) => onChange({ ...condition, is })} />}
      {condition.kind === 'band_at_least_mean' && <span className="quiet">{t('editor.at_least_mean')}</span>}
    </>
  );
}

function subjectOf(condition: Exclude<Leaf, { kind: 'not' }>): string {
  if (condition.kind === 'band') return `band ${condition.band}`;
  if (condition.kind === 'score') return `score ${condition.score}`;
  if (condition.kind === 'measure') return `measure ${measureKey(condition.measure.measure)}`;
  if (condition.kind === 'field') return `field ${'profile' in condition.field ? condition.field.profile : 'top_category'}`;
  return condition.kind === 'band_at_least_mean' ? `mean ${condition.band}` : `sum ${condition.bands.join('+')}`;
}

const windows: Record<string, Window> = { lifetime: { kind: 'lifetime' }, days_30: { kind: 'days', n: 30 }, days_90: { kind: 'days', n: 90 }, months_6: { kind: 'months', n: 6 }, months_12: { kind: 'months', n: 12 }, months_24: { kind: 'months', n: 24 }, calendar_year: { kind: 'calendar_year' } };
const windowKey = (window: Window): string => ('n' in window ? `${window.kind}_${window.n}` : window.kind);

export function WindowPick({ value, onChange }: { value: Window; onChange: (window: Window) => void }) {
  const { t } = useTranslation('segmentation');
  const own = windowKey(value);
  const all = windows[own] ? windows : { ...windows, [own]: value };
  const word = (window: Window) => ('n' in window ? t(`editor.window.${window.kind}`, { n: window.n }) : t(`editor.window.${window.kind}`));
  return <Pick field label={t('editor.window.label')} value={own} options={Object.entries(all).map(([key, window]) => ({ value: key, word: word(window) }))} onChange={(key) => onChange(all[key] ?? value)} />;
}

function Words({ condition, known, onChange }: { condition: Extract<Condition, { kind: 'field' }>; known: Known; onChange: (next: Condition) => void }) {
  const { t } = useTranslation('segmentation');
  const key = 'profile' in condition.field ? condition.field.profile : 'top_category';
  const words = known.choices.fields.find((field) => field.field === key)?.words ?? [];
  const name = (word: string) => words.find((one) => one.word === word)?.name ?? word;
  const left = words.filter((one) => !condition.one_of.includes(one.word));
  return (
    <span className={styles.words}>
      <span className="quiet">{t('editor.is_one_of')}</span>
      {condition.one_of.map((word) => (
        <button key={word} type="button" className={styles.chip} title={t('editor.remove')} onClick={() => onChange({ ...condition, one_of: condition.one_of.filter((one) => one !== word) })}>
          {name(word)} ×
        </button>
      ))}
      {left.length > 0 && <Pick label={t('editor.add_word')} value="" options={left.map((one) => ({ value: one.word, word: one.name }))} onChange={(word) => onChange({ ...condition, one_of: [...condition.one_of, word] })} />}
      {words.length === 0 && condition.one_of.length === 0 && <span className="quiet small">{t('editor.no_words')}</span>}
    </span>
  );
}
