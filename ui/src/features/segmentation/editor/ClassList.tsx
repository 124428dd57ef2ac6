// The classes in their order: the first whose sentence is true takes the customer. The last two are always there, so
// that nobody is left without a class: who bought and fits nowhere, and who never bought.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { Scheme } from '../queries.ts';
import styles from '../segmentation.module.css';
import { ConditionEditor, type Known } from './ConditionEditor.tsx';
import { colours, faceKeys, freeKey, moved, nameIn, ownName, replaced, without, type ClassRule, type Face } from './draft.ts';

interface Props {
  scheme: Scheme;
  known: Known;
  problem: (field: string) => string | undefined;
  onChange: (scheme: Scheme) => void;
}

export function ClassList({ scheme, known, problem, onChange }: Props) {
  const { t } = useTranslation('segmentation');
  const put = (classes: ClassRule[]) => onChange({ ...scheme, classes });
  const add = () => put([...scheme.classes, { face: { key: freeKey('class', faceKeys(scheme)), names: ownName(''), color: 'blue', review_after_days: null }, when: { kind: 'all', of: [{ kind: 'measure', measure: { measure: 'recency_days', window: { kind: 'lifetime' } }, is: { op: 'at_most', value: 90 } }] }, sub_kinds: [] }]);
  return (
    <Card title={t('editor.classes')} side={t('editor.classes_help')}>
      <ol className={styles.classes}>
        {scheme.classes.map((rule, n) => (
          <li key={rule.face.key} className={styles.rule}>
            <FaceEditor
              face={rule.face}
              problem={problem(`classes.${n}.names`) ?? problem(`classes.${n}.key`)}
              onChange={(face) => put(replaced(scheme.classes, n, { ...rule, face }))}
              side={
                <>
                  <Button kind="plain" icon="up" aria-label={t('editor.up')} disabled={n === 0} onClick={() => put(moved(scheme.classes, n, -1))} />
                  <Button kind="plain" icon="down" aria-label={t('editor.down')} disabled={n === scheme.classes.length - 1} onClick={() => put(moved(scheme.classes, n, 1))} />
                  <Button kind="plain" icon="close" aria-label={t('editor.remove')} onClick={() => put(without(scheme.classes, n))} />
                </>
              }
            />
            <ConditionEditor condition={rule.when} known={known} onChange={(when) => put(replaced(scheme.classes, n, { ...rule, when }))} />
            {problem(`classes.${n}.when`) && (
              <p className={styles.problem} role="alert">
                {problem(`classes.${n}.when`)}
              </p>
            )}
          </li>
        ))}
        <li>
          <Button kind="plain" icon="plus" onClick={add}>
            {t('editor.add_class')}
          </Button>
        </li>
        <li className={styles.rule}>
          <FaceEditor face={scheme.residual} problem={problem('residual.names')} onChange={(residual) => onChange({ ...scheme, residual })} />
          <p className="quiet small">{t('editor.residual')}</p>
        </li>
        <li className={styles.rule}>
          <FaceEditor face={scheme.no_purchase} problem={problem('no_purchase.names')} onChange={(no_purchase) => onChange({ ...scheme, no_purchase })} />
          <p className="quiet small">{t('editor.no_purchase')}</p>
        </li>
      </ol>
    </Card>
  );
}

function FaceEditor({ face, problem, onChange, side }: { face: Face; problem: string | undefined; onChange: (face: Face) => void; side?: ReactNode }) {
  const { t, i18n } = useTranslation('segmentation');
  // While it is being typed the name is what was typed, also when that is nothing.
  const [typed, setTyped] = useState<string>();
  return (
    <>
      <div className={styles.faceRow}>
        <span className={styles.face} data-color={face.color} aria-hidden />
        <input
          className={styles.nameInput}
          aria-label={t('editor.class_name')}
          aria-invalid={problem ? true : undefined}
          value={typed ?? nameIn(face.names, i18n.language)}
          placeholder={t('editor.class_name')}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange({ ...face, names: ownName(event.target.value) });
          }}
          onBlur={() => setTyped(undefined)}
        />
        <Pick label={t('editor.colour')} value={face.color} options={colours.map((colour) => ({ value: colour, word: t(`editor.colours.${colour}`) }))} onChange={(color) => onChange({ ...face, color: color as Face['color'] })} />
        {side}
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
