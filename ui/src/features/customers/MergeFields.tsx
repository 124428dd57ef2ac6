// The fields in which the two records differ: one value of each stays. Left and right choose, as in any group
// of radio buttons.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import type { MergeField, MergePreview } from './queries.ts';
import styles from './merging.module.css';

interface Props {
  preview: MergePreview;
  takes: (field: MergeField, proposed: boolean) => boolean;
  onTake: (field: MergeField, other: boolean) => void;
}

export function MergeFields({ preview, takes, onTake }: Props) {
  const { t } = useTranslation('merging');
  const different = preview.fields.filter((it) => it.kept !== it.other);
  if (different.length === 0) return null;
  return (
    <Card title={t('fields')} side={t('fields_help')}>
      <div className={styles.fields}>
        {different.map((it) => (
          <Line key={it.field} field={it.field} kept={it.kept} other={it.other} takesOther={takes(it.field, it.take_other)} onTake={onTake} />
        ))}
      </div>
    </Card>
  );
}

function Line({ field, kept, other, takesOther, onTake }: { field: MergeField; kept: string | null; other: string | null; takesOther: boolean; onTake: Props['onTake'] }) {
  const { t } = useTranslation('merging');
  const group = useId();
  const side = (value: string | null, isOther: boolean) => (
    <label className={styles.value} data-chosen={takesOther === isOther || undefined}>
      <input type="radio" name={group} checked={takesOther === isOther} onChange={() => onTake(field, isOther)} />
      <span className={value ? styles.text : `${styles.text} quiet`}>{value ?? t('empty')}</span>
    </label>
  );
  return (
    <div className={styles.line} role="radiogroup" aria-label={t(`field.${field}`)}>
      <span className="quiet">{t(`field.${field}`)}</span>
      {side(kept, false)}
      {side(other, true)}
    </div>
  );
}
