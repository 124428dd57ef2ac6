// 标签: every tag of the shop with its people, in groups. Renaming, merging and deleting say their numbers and are taken
// back in the same place. A tag is also a list kept by hand: its number opens the table.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { GroupDialog } from './GroupDialog.tsx';
import { TagDialog, type TagTask } from './TagDialog.tsx';
import { TagGroupCard } from './TagGroupCard.tsx';
import { useSaveGroup, useTags, useUndoTags, type Done, type Group } from './queries.ts';
import styles from './tags.module.css';

export default function TagsScreen() {
  const { t } = useTranslation('tags');
  const { data, error } = useTags();
  const [task, setTask] = useState<TagTask>();
  const [group, setGroup] = useState<Group | 'new'>();
  const [done, setDone] = useState<{ words: string; change: Done }>();
  const undo = useUndoTags();
  const preset = useSaveGroup();
  const isIdle = task === undefined && group === undefined;
  useKey('Ctrl+N', () => setTask({ kind: 'new' }), isIdle);
  const close = () => {
    setTask(undefined);
    setGroup(undefined);
  };
  const said = (words: string, change: Done) => {
    undo.reset();
    setDone({ words, change });
    close();
  };
  const relations = { name: t('preset.name'), color: 'jade' as const, tags: t('preset.tags').split('、') };
  const isEmpty = data && data.tags.length === 0 && data.groups.length === 0;
  const addRelations = (
    <Button busy={preset.isPending} onClick={() => preset.mutate(relations)}>
      {t('preset.add')}
    </Button>
  );
  return (
    <Screen
      title={t('title')}
      note={data && <span className="figures">{t('count', { n: formatCount(data.tags.length) })}</span>}
      actions={
        data &&
        !isEmpty && (
          <>
            {!data.groups.some((it) => it.name === relations.name) && addRelations}
            <Button onClick={() => setGroup('new')}>{t('new_group')}</Button>
            <Button kind="main" icon="plus" hint="Ctrl+N" onClick={() => setTask({ kind: 'new' })}>
              {t('new')}
            </Button>
          </>
        )
      }
    >
      {done && (
        <Notice
          tone={undo.error ? 'late' : 'done'}
          action={
            !undo.isSuccess && (
              <Button busy={undo.isPending} onClick={() => done.change.id !== null && undo.mutate({ id: done.change.id })}>
                {t('undo')}
              </Button>
            )
          }
        >
          {undo.error?.message ?? (undo.isSuccess ? t('undone') : done.words)}
        </Notice>
      )}
      {preset.error && <Notice tone="late">{preset.error.message}</Notice>}
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {isEmpty && (
        <EmptyState drawing="cards" title={t('empty.title')} text={t('empty.text')}>
          <Button kind="main" icon="plus" onClick={() => setTask({ kind: 'new' })}>
            {t('new')}
          </Button>
          {addRelations}
        </EmptyState>
      )}
      {data && !isEmpty && (
        <div className={styles.groups}>
          {data.groups.map((it) => (
            <TagGroupCard key={it.id} group={it} tags={data.tags.filter((tag) => tag.group === it.id)} onTask={setTask} onEdit={() => setGroup(it)} />
          ))}
          {data.tags.some((tag) => tag.group === null) && <TagGroupCard group={undefined} tags={data.tags.filter((tag) => tag.group === null)} onTask={setTask} />}
        </div>
      )}
      {task && data && <TagDialog key={JSON.stringify(task)} task={task} list={data} onTask={setTask} onDone={said} onClose={close} />}
      {group && <GroupDialog group={group === 'new' ? undefined : group} onClose={close} />}
    </Screen>
  );
}
