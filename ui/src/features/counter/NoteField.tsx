// The note of the order, made with a word or two that the shop uses often. What it says about the customer becomes a
// tag (Alt+T) or a habit (Alt+H) in one key: the marked words, or all of it.
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { toggleWord } from './form.ts';
import { useCounterRules, useKeepWord, type CustomerId } from './queries.ts';
import styles from './till.module.css';

interface Props {
  note: string;
  onChange: (note: string) => void;
  customerId: CustomerId | undefined;
  error: string | undefined;
  onDone: () => void;
}

export function NoteField({ note, onChange, customerId, error, onDone }: Props) {
  const { t } = useTranslation('counter');
  const rules = useCounterRules();
  const keep = useKeepWord();
  const input = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState('');
  const words = note.split(/[，,]\s*/);

  const save = (keepAs: 'tag' | 'habit') => {
    const field = input.current;
    const marked = field ? note.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0).trim() : '';
    const text = marked || note.trim();
    if (!text || customerId === undefined || keep.isPending) return;
    keep.mutate({ client_key: newClientKey(), customer_id: customerId, text, keep_as: keepAs }, { onSuccess: () => setKept(t(keepAs === 'tag' ? 'note_kept.tag' : 'note_kept.habit', { text })) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.altKey && event.code === 'KeyT') save('tag');
    else if (event.altKey && event.code === 'KeyH') save('habit');
    else if (event.key === 'Enter') onDone();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.note} role="presentation" onKeyDown={onKeyDown}>
      <TextField inputRef={input} label={t('note')} optional value={note} onChange={(event) => onChange(event.target.value)} placeholder={t('note_example')} error={error ?? keep.error?.message} />
      <div className={styles.words}>
        {rules.data?.quick_tags.map((word) => (
          <button key={word} type="button" className={styles.word} aria-pressed={words.includes(word)} onClick={() => onChange(toggleWord(note, word))}>
            {word}
          </button>
        ))}
        {customerId !== undefined && note.trim() !== '' && (
          <>
            <Button kind="plain" hint="Alt+T" onClick={() => save('tag')}>
              {t('keep.tag')}
            </Button>
            <Button kind="plain" hint="Alt+H" onClick={() => save('habit')}>
              {t('keep.habit')}
            </Button>
          </>
        )}
      </div>
      {kept !== '' && (
        <p className="quiet small" role="status">
          {kept}
        </p>
      )}
    </div>
  );
}
