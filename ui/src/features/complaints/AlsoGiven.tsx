// What was given beside the first compensation: the money back, the same cake again and a coupon.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { GivenFields, nothingGiven, saysItself, type GivenDraft } from './GivenFields.tsx';
import { compensations, type CompensationKind } from './queries.ts';
import styles from './complaints.module.css';

export interface AlsoDraft extends GivenDraft {
  key: number;
  note: string;
}

interface Props {
  items: readonly AlsoDraft[];
  onChange: (items: AlsoDraft[]) => void;
  problem: (field: string) => string | undefined;
}

const kinds = compensations.filter((kind) => kind !== 'none');

export function AlsoGiven({ items, onChange, problem }: Props) {
  const { t } = useTranslation('complaints');
  const set = (key: number, change: Partial<AlsoDraft>) => onChange(items.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const next = Math.max(-1, ...items.map((each) => each.key)) + 1;
  return (
    <>
      {items.map((each, n) => {
        const of = (field: string) => problem(`compensation_also.${n}.${field}`);
        return (
          <div key={each.key} className={styles.also}>
            <div className={styles.alsoFields}>
              <Field label={t('resolve.kind')} error={of('kind')}>
                {(ids) => <Pick id={ids.id} field label={t('resolve.kind')} value={each.kind} onChange={(kind) => set(each.key, { kind: kind as CompensationKind })} options={kinds.map((kind) => ({ value: kind, word: t(`compensation.${kind}`) }))} />}
              </Field>
              <GivenFields given={each} onChange={(change) => set(each.key, change)} problem={of} costProblem={of('cost_minor')} />
              <TextField label={t('resolve.details')} optional={saysItself(each)} value={each.note} placeholder={t('resolve.also_example')} onChange={(event) => set(each.key, { note: event.target.value })} error={of('note')} />
            </div>
            <Button kind="plain" icon="close" aria-label={t('resolve.also_remove')} title={t('resolve.also_remove')} onClick={() => onChange(items.filter((other) => other.key !== each.key))} />
          </div>
        );
      })}
      <div>
        <Button kind="plain" icon="plus" onClick={() => onChange([...items, { ...nothingGiven, key: next, kind: 'coupon', note: '' }])}>
          {t('resolve.also')}
        </Button>
      </div>
    </>
  );
}
