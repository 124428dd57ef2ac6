// The weights of a score: what counts how much. A part with weight 0 stands beside and is never mixed in.
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import type { Choices, Scheme } from '../queries.ts';
import styles from '../segmentation.module.css';
import { NumberField } from './ComparisonEditor.tsx';
import { measureKey, nameIn, replaced } from './draft.ts';

export function ScoreEditor({ scheme, choices, problem, onChange }: { scheme: Scheme; choices: Choices; problem: (field: string) => string | undefined; onChange: (scheme: Scheme) => void }) {
  const { t, i18n } = useTranslation('segmentation');
  const nameOf = (key: string) => {
    const band = scheme.bands.find((one) => one.key === key);
    return choices.measures.find((one) => band && one.measure === measureKey(band.measure.measure))?.name ?? key;
  };
  return (
    <Card title={t('editor.scores')} side={t('editor.scores_help')}>
      {scheme.scores.map((score, n) => (
        <section key={score.key} className={styles.band}>
          <strong>{nameIn(score.names, i18n.language)}</strong>
          <div className={styles.bandHead}>
            {score.parts.map((part, m) => (
              <span key={part.band} className={styles.number}>
                <span className="quiet">{nameOf(part.band)} ×</span>
                <NumberField label={t('editor.weight_of', { name: nameOf(part.band) })} value={part.weight} unit="count" onChange={(weight) => onChange({ ...scheme, scores: replaced(scheme.scores, n, { ...score, parts: replaced(score.parts, m, { ...part, weight }) }) })} />
              </span>
            ))}
          </div>
          {problem(`scores.${n}.parts`) && (
            <p className={styles.problem} role="alert">
              {problem(`scores.${n}.parts`)}
            </p>
          )}
        </section>
      ))}
    </Card>
  );
}
