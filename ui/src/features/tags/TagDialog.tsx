// One thing done to a tag: made, renamed or put into a group, merged with another, deleted. Numbers come first.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useDeleteTag, useMergeTags, useSaveTag, type Done, type List, type Tag } from './queries.ts';

export type TagTask = { kind: 'new' } | { kind: 'rename' | 'merge' | 'delete'; tag: Tag };

interface Props {
  task: TagTask;
  list: List;
  onTask: (task: TagTask) => void;
  onDone: (words: string, change: Done) => void;
  onClose: () => void;
}

export function TagDialog(props: Props) {
  if (props.task.kind === 'merge') return <Merge {...props} tag={props.task.tag} />;
  if (props.task.kind === 'delete') return <Delete {...props} tag={props.task.tag} />;
  return <Save {...props} tag={props.task.kind === 'rename' ? props.task.tag : undefined} />;
}

function Save({ tag, list, onTask, onDone, onClose }: Props & { tag: Tag | undefined }) {
  const { t } = useTranslation('tags');
  const [name, setName] = useState(tag?.name ?? '');
  const [group, setGroup] = useState(tag?.group == null ? '' : String(tag.group));
  const client_key = useMemo(() => newClientKey(), []);
  const save = useSaveTag();
  const twin = list.tags.find((it) => it.name === name.trim() && it.id !== tag?.id);
  const submit = () => save.mutate({ client_key, id: tag?.id ?? null, name, group: group === '' ? null : Number(group) }, { onSuccess: (change) => onDone(t(tag ? 'saved' : 'made', { tag: name.trim() }), change) });
  return (
    <FormDialog title={tag ? t('rename_of', { tag: tag.name }) : t('new')} busy={save.isPending} disabled={name.trim() === ''} onClose={onClose} onSave={submit}>
      <TextField label={t('name')} value={name} error={save.error?.of('name') ?? save.error?.message} help={tag && tag.people > 0 ? t('rename_help', { n: formatCount(tag.people) }) : undefined} onChange={(event) => setName(event.target.value)} />
      <Field label={t('group')}>{({ id }) => <Pick id={id} field label={t('group')} value={group} options={[{ value: '', word: t('no_group') }, ...list.groups.map((it) => ({ value: String(it.id), word: it.name }))]} onChange={setGroup} />}</Field>
      {tag && twin && (
        <Notice tone="soon" action={<Button onClick={() => onTask({ kind: 'merge', tag })}>{t('merge')}</Button>}>
          {t('twin', { tag: twin.name })}
        </Notice>
      )}
    </FormDialog>
  );
}

function Merge({ tag, list, onDone, onClose }: Props & { tag: Tag }) {
  const { t } = useTranslation('tags');
  const [into, setInto] = useState('');
  const client_key = useMemo(() => newClientKey(), []);
  const merge = useMergeTags();
  const other = list.tags.find((it) => String(it.id) === into);
  const submit = () => other && merge.mutate({ client_key, from: tag.id, into: other.id }, { onSuccess: (change) => onDone(t('merged', { tag: tag.name, into: other.name, n: formatCount(change.changes) }), change) });
  return (
    <FormDialog title={t('merge_of', { tag: tag.name })} deed={t('merge_do')} problem={merge.error?.message} busy={merge.isPending} disabled={!other} onClose={onClose} onSave={() => void submit()}>
      <Field label={t('into')}>{({ id }) => <Pick id={id} field label={t('into')} value={into} options={list.tags.filter((it) => it.id !== tag.id).map((it) => ({ value: String(it.id), word: it.name, note: formatCount(it.people) }))} onChange={setInto} />}</Field>
      <p className="quiet">{t('merge_help', { tag: tag.name, n: formatCount(tag.people) })}</p>
    </FormDialog>
  );
}

function Delete({ tag, onDone, onClose }: Props & { tag: Tag }) {
  const { t } = useTranslation('tags');
  const remove = useDeleteTag();
  const submit = () => remove.mutate({ id: tag.id }, { onSuccess: (change) => onDone(t('deleted', { tag: tag.name, n: formatCount(change.changes) }), change) });
  return (
    <FormDialog title={t('delete_of', { tag: tag.name })} deed={t('delete')} problem={remove.error?.message} busy={remove.isPending} onClose={onClose} onSave={submit}>
      <p>{t('delete_help', { n: formatCount(tag.people) })}</p>
    </FormDialog>
  );
}
