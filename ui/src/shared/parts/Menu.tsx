// What is done less often, behind one button: a short list of actions. Arrow keys walk, Enter takes.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useKey } from '../hooks/keys.ts';
import { Button } from './Button.tsx';
import styles from './Menu.module.css';

interface Props<T extends string> {
  label: string;
  /** The key that opens it. */
  shortcut?: string;
  actions: readonly { value: T; word: string }[];
  onChoose: (value: T) => void;
}

export function Menu<T extends string>({ label, shortcut, actions, onChoose }: Props<T>) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  useKey('Escape', () => setOpen(false), open);
  const openByKey = () => {
    setOpen(true);
    setAt(0);
    box.current?.querySelector('button')?.focus();
  };
  useKey(shortcut ?? '', openByKey, shortcut !== undefined && actions.length > 0);
  useEffect(() => {
    if (!open) return;
    const away = (event: MouseEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    window.addEventListener('mousedown', away);
    return () => window.removeEventListener('mousedown', away);
  }, [open]);
  if (actions.length === 0) return null;
  const take = (value: T | undefined) => {
    setOpen(false);
    if (value !== undefined) onChoose(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((n) => (open ? Math.min(actions.length - 1, n + 1) : 0));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter' && open) take(actions[at]?.value);
    else return;
    if (event.key === 'ArrowDown') setOpen(true);
    event.preventDefault();
  };
  return (
    <div ref={box} className={styles.menu} role="presentation" onKeyDown={onKeyDown}>
      <Button icon="down" hint={shortcut} aria-haspopup="menu" aria-expanded={open} aria-controls={listId} onClick={() => setOpen((before) => !before)}>
        {label}
      </Button>
      {open && (
        <ul id={listId} className={styles.list} role="menu" aria-label={label}>
          {actions.map((action, n) => (
            <li key={action.value} role="menuitem" tabIndex={-1} data-at={n === at || undefined} className={styles.action} onMouseMove={() => setAt(n)} onClick={() => take(action.value)}>
              {action.word}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
