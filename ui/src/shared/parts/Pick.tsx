// One of many: a button that says what is chosen and opens a short list. Arrow keys choose, Enter takes.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useKey } from '../hooks/keys.ts';
import { Icon } from '../icons/Icon.tsx';
import styles from './Pick.module.css';

interface Props {
  label: string;
  value: string;
  options: readonly { value: string; word: string; note?: string }[];
  onChange: (value: string) => void;
  id?: string;
  /** Fills the width of its field and leaves the label to it. */
  field?: boolean;
}

export function Pick({ label, value, options, onChange, id, field = false }: Props) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const chosen = options.find((option) => option.value === value);
  useKey('Escape', () => setOpen(false), open);
  useEffect(() => {
    if (!open) return;
    const away = (event: MouseEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    window.addEventListener('mousedown', away);
    return () => window.removeEventListener('mousedown', away);
  }, [open]);

  const show = () => {
    setAt(Math.max(0, options.findIndex((option) => option.value === value)));
    setOpen((before) => !before);
  };
  const take = (n: number) => {
    const option = options[n];
    setOpen(false);
    if (option) onChange(option.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) show();
      else setAt((n) => Math.max(0, Math.min(options.length - 1, n + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && open) take(at);
    else if (event.key === 'Tab') {
      setOpen(false);
      return;
    } else return;
    event.preventDefault();
  };

  return (
    <div ref={box} className={field ? `${styles.pick} ${styles.field}` : styles.pick}>
      <button id={id} type="button" className={styles.button} role="combobox" aria-label={label} aria-haspopup="listbox" aria-expanded={open} aria-controls={listId} aria-activedescendant={open ? `${listId}-${at}` : undefined} onClick={show} onKeyDown={onKeyDown}>
        {!field && <span className="quiet">{label}</span>}
        <span className={styles.word}>{chosen?.word ?? '—'}</span>
        <Icon name="down" />
      </button>
      {open && (
        <ul id={listId} className={styles.list} role="listbox" aria-label={label}>
          {options.map((option, n) => (
            <li key={option.value} id={`${listId}-${n}`} role="option" aria-selected={option.value === value} data-at={n === at || undefined} className={styles.option} onMouseMove={() => setAt(n)} onClick={() => take(n)} ref={n === at ? (el) => el?.scrollIntoView({ block: 'nearest' }) : undefined}>
              <span>{option.word}</span>
              {option.note && <span className="quiet small figures">{option.note}</span>}
              {option.value === value && <Icon name="check" />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
