// A group of tags: its name and the colour of its tags.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { TagMark } from '@/shared/parts/TagMark.tsx';
import { colors, useDeleteGroup, useSaveGroup, type Color, type Group } from './queries.ts';
import styles from './tags.module.css';

export function GroupDialog({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const { t } = useTranslation('tags');
  const [name, setName] = useState(group?.name ?? '');
  const [color, setColor] = useState<Color>(group?.color ?? 'jade');
  const client_key = useMemo(() => newClientKey(), []);
  const save = useSaveGroup();
  const remove = useDeleteGroup();
  const submit = () => save.mutate({ client_key, id: group?.id ?? null, name, color, tags: [] }, { onSuccess: onClose });
  return (
    <FormDialog
      title={group ? t('edit_group') : t('new_group')}
      problem={remove.error?.message}
      busy={save.isPending}
      disabled={name.trim() === ''}
      beside={
        group && (
          <Button kind="plain" busy={remove.isPending} onClick={() => remove.mutate({ id: group.id }, { onSuccess: onClose })}>
            {t('delete_group')}
          </Button>
        )
      }
      onClose={onClose}
      onSave={submit}
    >
      <TextField label={t('group_name')} value={name} error={save.error?.of('name') ?? save.error?.message} onChange={(event) => setName(event.target.value)} />
      <div className={styles.colors} role="radiogroup" aria-label={t('color')}>
        {colors.map((it) => (
          <label key={it} className={styles.color}>
            <input type="radio" name="color" checked={it === color} onChange={() => setColor(it)} />
            <TagMark name={t(`colors.${it}`)} color={it} />
          </label>
        ))}
      </div>
      {group && <p className="quiet small">{t('delete_group_help')}</p>}
    </FormDialog>
  );
}
