// Lists that fill themselves: a name, a condition, the people of today. A list opens like any other shape.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { EmptyState, ErrorState, LoadingState, Notice, Refused } from '@/shared/parts/States.tsx';
import { ConditionEditor } from './editor/ConditionEditor.tsx';
import { useDeleteList, useListPreview, useLists, useSaveList, useSchemes, type Condition, type List } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

const fresh: Condition = { kind: 'all', of: [{ kind: 'measure', measure: { measure: 'recency_days', window: { kind: 'lifetime' } }, is: { op: 'at_most', value: 30 } }] };

export function Lists({ nav }: { nav: ReactNode }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { data, error } = useLists();
  const [edited, setEdited] = useState<Partial<List>>();
  const [gone, setGone] = useState<List>();
  const create = (
    <Button kind="main" icon="plus" onClick={() => setEdited({})}>
      {t('lists.new')}
    </Button>
  );
  return (
    <Screen title={t('lists.title')} note={data && t('lists.note')} tools={nav} actions={data && data.lists.length > 0 ? create : undefined}>
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.lists.length === 0 && (
        <EmptyState drawing="cards" title={t('lists.empty')} text={t('lists.empty_text')}>
          {create}
        </EmptyState>
      )}
      {data && data.lists.length > 0 && (
        <Card flush>
          <ul>
            {data.lists.map((list) => (
              <li key={list.id} className={styles.list}>
                <button type="button" className={styles.listOpen} onClick={() => openPeople({ kind: 'list', id: list.id }, list.name)}>
                  <span className={styles.class}>
                    <strong>{list.name}</strong>
                    <span className="quiet small">{list.rule}</span>
                  </span>
                  <span className="figures">{word('people', { n: formatCount(list.people) })}</span>
                </button>
                <Button kind="plain" icon="edit" aria-label={`${word('edit')} ${list.name}`} onClick={() => setEdited(list)} />
                <Button kind="plain" icon="close" aria-label={`${word('remove')} ${list.name}`} onClick={() => setGone(list)} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {edited && <ListDialog list={edited} onClose={() => setEdited(undefined)} />}
      {gone && <GoneDialog list={gone} onClose={() => setGone(undefined)} />}
    </Screen>
  );
}

function ListDialog({ list, onClose }: { list: Partial<List>; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const [name, setName] = useState(list.name ?? '');
  const [condition, setCondition] = useState<Condition>(list.condition ?? fresh);
  const choices = useSchemes();
  const preview = useListPreview(condition);
  const save = useSaveList();
  const keep = () => save.mutate({ id: list.id ?? null, name, condition }, { onSuccess: onClose });
  const refused = preview.error?.first;
  return (
    <Dialog
      wide
      title={list.id === undefined ? t('lists.new') : t('lists.edit')}
      onClose={onClose}
      footer={
        <>
          <span className="figures quiet">{preview.data && !preview.error ? word('people', { n: formatCount(preview.data.total) }) : ''}</span>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" busy={save.isPending} onClick={keep}>
            {word('save')}
          </Button>
        </>
      }
    >
      <Refused error={save.error} />
      <TextField label={t('lists.name')} value={name} error={save.error?.of('name')} onChange={(event) => setName(event.target.value)} />
      <p className="quiet">{t('lists.who')}</p>
      {choices.data && <ConditionEditor condition={condition} known={{ choices: choices.data, bands: [], scores: [] }} onChange={setCondition} />}
      {refused && (
        <p className={styles.problem} role="alert">
          {refused}
        </p>
      )}
    </Dialog>
  );
}

function GoneDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const remove = useDeleteList();
  return (
    <Dialog
      title={t('lists.remove')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: list.id }, { onSuccess: onClose })}>
            {t('lists.remove')}
          </Button>
        </>
      }
    >
      {remove.error && <Notice tone="late">{remove.error.message}</Notice>}
      <p>{t('lists.remove_ask', { name: list.name, n: formatCount(list.people) })}</p>
    </Dialog>
  );
}
