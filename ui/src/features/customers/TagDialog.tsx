// A tag for those who are chosen, or everybody whom the table shows: the numbers first, then the change, then the way back in the same place.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useBulkTag, useBulkTagCount, useBulkTagUndo, useViews, type Meant } from './queries.ts';
import styles from './table.module.css';

export function TagDialog({ meant, isChosen, onClose }: { meant: Meant; isChosen: boolean; onClose: () => void }) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const [tag, setTag] = useState('');
  const [what, setWhat] = useState<'add' | 'remove'>('add');
  const clientKey = useMemo(() => newClientKey(), []);
  const views = useViews();
  const act = useBulkTag();
  const undo = useBulkTagUndo();
  const name = tag.trim();
  const input = { ...meant, add: what === 'add' ? [name] : [], remove: what === 'remove' ? [name] : [] };
  const numbers = useBulkTagCount(input, name !== '' && !act.data);
  const done = act.data;
  const go = () => name !== '' && !act.isPending && act.mutate({ ...input, client_key: clientKey });
  if (done)
    return (
      <Dialog title={t('tags')} onClose={onClose}>
        {undo.isSuccess ? (
          <Notice tone="done">{t('undone')}</Notice>
        ) : (
          <Notice
            tone="done"
            action={
              <Button busy={undo.isPending} onClick={() => done.id !== null && undo.mutate({ id: done.id })}>
                {t('undo')}
              </Button>
            }
          >
            {t(what === 'add' ? 'added' : 'removed', { n: formatCount(done.changes), tag: name })}
          </Notice>
        )}
        {undo.error && <Notice tone="late">{undo.error.message}</Notice>}
      </Dialog>
    );
  return (
    <Dialog
      title={t('tags')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" disabled={!numbers.data || numbers.data.changes === 0} busy={act.isPending} onClick={go}>
            {numbers.data ? t(what === 'add' ? 'add_for' : 'remove_for', { n: formatCount(numbers.data.changes) }) : t('tags')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
      <Choice
        label={t('tags')}
        value={what}
        options={[
          { value: 'add', word: t('give') },
          { value: 'remove', word: t('take') },
        ]}
        onChange={setWhat}
      />
      <input className={styles.value} list="all-tags" data-autofocus value={tag} placeholder={t('tag')} aria-label={t('tag')} autoComplete="off" onChange={(event) => setTag(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && go()} />
      <datalist id="all-tags">
        {(views.data?.tags ?? []).map((it) => (
          <option key={it} value={it} />
        ))}
      </datalist>
      {numbers.data && <p className="quiet">{t(isChosen ? 'numbers_chosen' : 'numbers', { people: formatCount(numbers.data.people), n: formatCount(numbers.data.changes) })}</p>}
      {(numbers.error ?? act.error) && <Notice tone="late">{(numbers.error ?? act.error)?.message}</Notice>}
      </div>
    </Dialog>
  );
}
