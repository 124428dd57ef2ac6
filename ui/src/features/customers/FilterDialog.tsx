// Conditions of the table, two levels as people say them: within a group and between the groups stands 且 or 或.
// The whole may be kept under a name, for everybody in the shop.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { ConditionLine } from './ConditionLine.tsx';
import { cleaned, countOf, emptyCondition, type Tree } from './conditions.ts';
import { useSaveView, type Layout, type Views } from './queries.ts';
import styles from './table.module.css';

interface Props {
  tree: Tree;
  view: Layout;
  /** The view that is shown. */
  saved: Views['rows'][number] | undefined;
  onApply: (tree: Tree) => void;
  onSaved: (view: number) => void;
  onClose: () => void;
}

export function FilterDialog({ tree, view, saved, onApply, onSaved, onClose }: Props) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const [draft, setDraft] = useState<Tree>(countOf(tree) > 0 ? tree : { any: false, groups: [{ any: false, conditions: [emptyCondition] }] });
  const [name, setName] = useState(saved?.name ?? '');
  const [isDefault, setDefault] = useState(saved?.is_default ?? false);
  const save = useSaveView();
  const apply = () => {
    onApply(draft);
    onClose();
  };
  const keep = () =>
    save.mutate(
      { name, definition: { ...view, conditions: cleaned(draft) }, is_default: isDefault },
      {
        onSuccess: (views) => {
          const kept = views.rows.find((row) => row.name === name.trim());
          if (kept) onSaved(kept.id);
          onClose();
        },
      },
    );
  useKey('Ctrl+Enter', apply);
  const group = (at: number, change: Partial<Tree['groups'][number]>) => setDraft((before) => ({ ...before, groups: before.groups.map((it, n) => (n === at ? { ...it, ...change } : it)) }));
  const joined = [
    { value: 'all', word: t('all') },
    { value: 'any', word: t('any') },
  ] as const;
  return (
    <Dialog
      wide
      title={t('conditions')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" hint="Ctrl+Enter" onClick={apply}>
            {t('apply')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
      {save.error && <Notice tone="late">{save.error.message}</Notice>}
      {draft.groups.length > 1 && <Choice label={t('between')} value={draft.any ? 'any' : 'all'} options={joined} onChange={(value) => setDraft({ ...draft, any: value === 'any' })} />}
      {draft.groups.map((it, at) => (
        // Groups have no other identity than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <section key={at} className={styles.group}>
          {it.conditions.length > 1 && <Choice label={t('within')} value={it.any ? 'any' : 'all'} options={joined} onChange={(value) => group(at, { any: value === 'any' })} />}
          {it.conditions.map((condition, n) => (
            <ConditionLine
              // oxlint-disable-next-line react/no-array-index-key
              key={n}
              condition={condition}
              onChange={(next) => group(at, { conditions: it.conditions.map((old, place) => (place === n ? next : old)) })}
              onRemove={() => group(at, { conditions: it.conditions.filter((_, place) => place !== n) })}
            />
          ))}
          <span>
            <Button kind="plain" icon="plus" onClick={() => group(at, { conditions: [...it.conditions, emptyCondition] })}>
              {t('add')}
            </Button>
          </span>
        </section>
      ))}
      <span>
        <Button kind="plain" icon="plus" onClick={() => setDraft({ ...draft, groups: [...draft.groups, { any: false, conditions: [emptyCondition] }] })}>
          {t('add_group')}
        </Button>
      </span>
      <div className={styles.keep}>
        <input className={styles.value} value={name} placeholder={t('view_name')} aria-label={t('view_name')} onChange={(event) => setName(event.target.value)} />
        <Button disabled={name.trim() === ''} busy={save.isPending} onClick={keep}>
          {t('keep')}
        </Button>
        <label className={styles.default}>
          <input type="checkbox" checked={isDefault} onChange={(event) => setDefault(event.target.checked)} />
          {t('make_default')}
        </label>
      </div>
      </div>
    </Dialog>
  );
}
