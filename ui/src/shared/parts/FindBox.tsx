// One thing of the book, found by typing: letters, digits, arrow keys, Enter. What is found, and what a line of it
// shows, is the caller's; what was found stands in its place until another one is wanted.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { isComposing } from '../hooks/keys.ts';
import { Button } from './Button.tsx';
import { Field } from './Field.tsx';
import styles from './FindBox.module.css';

interface Props<Hit> {
  label: string;
  text: string;
  onText: (text: string) => void;
  hits: readonly Hit[];
  keyOf: (hit: Hit) => number;
  /** What a line of the list shows. */
  renderLine: (hit: Hit) => ReactNode;
  onTake: (hit: Hit) => void;
  /** What was found, and the way to another one. */
  found?: { shown: ReactNode; other: string; onOther: () => void };
  /** The words alone will do: above the first hit stands none. */
  wordsDo?: boolean;
  placeholder?: string;
  optional?: boolean;
  /** The first field of its sheet. */
  autoFocus?: boolean;
  error?: string;
  help?: string;
}

export function FindBox<Hit>({ label, text, onText, hits, keyOf, renderLine, onTake, found, wordsDo = false, placeholder, optional = false, autoFocus = false, error, help }: Props<Hit>) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  const shown = open && text.trim() !== '' ? hits : [];
  const take = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    setOpen(false);
    onTake(hit);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || shown.length === 0) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(shown.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(wordsDo ? -1 : 0, n - 1));
    else if (event.key === 'Enter' && at >= 0) take(shown[at]);
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (found) {
    return (
      <Field label={label} optional={optional} error={error}>
        {() => (
          <div className={styles.found}>
            {found.shown}
            <Button kind="plain" icon="close" aria-label={found.other} title={found.other} onClick={found.onOther} />
          </div>
        )}
      </Field>
    );
  }
  return (
    <Field label={label} optional={optional} error={error} help={help}>
      {(ids) => (
        <div className={styles.box}>
          <input
            {...ids}
            className={styles.input}
            role="combobox"
            aria-expanded={shown.length > 0}
            aria-controls={listId}
            aria-activedescendant={shown.length > 0 && at >= 0 ? `${listId}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={text}
            placeholder={placeholder}
            data-autofocus={autoFocus || undefined}
            onChange={(event) => {
              onText(event.target.value);
              setOpen(true);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setOpen(false)}
          />
          {shown.length > 0 && (
            <ul id={listId} className={styles.hits} role="listbox" aria-label={label}>
              {shown.map((hit, n) => (
                <li key={keyOf(hit)} id={`${listId}-${n}`} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => take(hit)}>
                  {renderLine(hit)}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
