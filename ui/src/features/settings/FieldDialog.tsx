// One own field: its name, what it holds, where it stands, whether it is still asked for.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field, nextFieldOnEnter, TextArea, TextField } from '@/shared/parts/Field.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Refused } from '@/shared/parts/States.tsx';
import { useSaveField, type OwnField } from './queries.ts';
import styles from './settings.module.css';

const kinds: readonly OwnField['kind'][] = ['text', 'number', 'date', 'choice', 'choices', 'yes_no'];

export function FieldDialog({ field, onClose }: { field: OwnField | undefined; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const [name, setName] = useState(field?.name ?? '');
  const [kind, setKind] = useState<OwnField['kind']>(field?.kind ?? 'choice');
  const [options, setOptions] = useState(field?.options.join('，') ?? '');
  const [unit, setUnit] = useState(field?.unit ?? '');
  const [preference, setPreference] = useState(field?.is_preference ? 1 : 0);
  const [active, setActive] = useState(field?.is_active === false ? 0 : 1);
  const key = useRef(newClientKey());
  const form = useRef<HTMLFormElement>(null);
  const save = useSaveField();
  useKey('Ctrl+S', () => form.current?.requestSubmit());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    const words = options.split(/[,，、\n]+/).map((option) => option.trim());
    save.mutate({ client_key: key.current, id: field?.id ?? null, name, kind, options: words.filter(Boolean), unit, is_preference: preference === 1, is_active: active === 1 }, { onSuccess: onClose });
  };
  const { error } = save;
  return (
    <Dialog
      title={field ? t('fields.edit', { name: field.name }) : t('fields.add')}
      onClose={onClose}
      footer={
        <>
          <Button hint="Escape" onClick={onClose}>
            {word('cancel')}
          </Button>
          <Button kind="main" hint="Ctrl+S" busy={save.isPending} onClick={() => form.current?.requestSubmit()}>
            {word('save')}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
        <Refused error={error} />
        <TextField label={t('fields.name')} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} error={error?.of('name')} />
        <Field label={t('fields.kind')} error={error?.of('kind')}>
          {(ids) => <Pick id={ids.id} field label={t('fields.kind')} value={kind} onChange={(value) => setKind(value as OwnField['kind'])} options={kinds.map((value) => ({ value, word: t(`kind.${value}`) }))} />}
        </Field>
        {(kind === 'choice' || kind === 'choices') && <TextArea label={t('fields.options')} value={options} onChange={(event) => setOptions(event.target.value)} error={error?.of('options')} />}
        {kind === 'number' && <TextField label={t('fields.unit')} optional value={unit} maxLength={20} onChange={(event) => setUnit(event.target.value)} error={error?.of('unit')} />}
        <Field label={t('fields.place')}>
          {() => (
            <Choice
              label={t('fields.place')}
              value={preference}
              onChange={setPreference}
              options={[
                { value: 0, word: t('fields.basic') },
                { value: 1, word: t('fields.preference') },
              ]}
            />
          )}
        </Field>
        {field && (
          <Field label={t('fields.active')}>
            {() => (
              <Choice
                label={t('fields.active')}
                value={active}
                onChange={setActive}
                options={[
                  { value: 1, word: t('fields.on') },
                  { value: 0, word: t('fields.off') },
                ]}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
