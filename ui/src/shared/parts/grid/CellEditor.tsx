// The one field of a grid. It always has the grid's focus and lies unseen over the cell of the cursor, so that an input
// method begins in the right place with its first letter; as soon as something is typed it is the editor of that cell.
import type { CSSProperties, KeyboardEvent, Ref } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import type { CellOption } from './types.ts';
import styles from './Grid.module.css';

interface Props {
  field: Ref<HTMLInputElement>;
  label: string;
  isOpen: boolean;
  /** Opened on purpose: what comes quickly now is meant for the cell, even from a scanner. */
  isMeant: boolean;
  text: string;
  error: string | undefined;
  place: CSSProperties;
  isEnd: boolean;
  /** In the lower half of the screen: what belongs to the cell stands above it. */
  isLow: boolean;
  options: readonly CellOption[];
  optionAt: number;
  active: string | undefined;
  onType: (text: string) => void;
  onTake: (option: CellOption) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  onPaste: (text: string) => boolean;
  onLeave: () => void;
}

export function CellEditor({ field, label, isOpen, isMeant, text, error, place, isEnd, isLow, options, optionAt, active, onType, onTake, onKeyDown, onPaste, onLeave }: Props) {
  return (
    <div className={isOpen ? `${styles.editor} ${styles.open}` : styles.editor} data-low={isLow || undefined} style={place}>
      <input
        ref={field}
        className={isEnd ? `${styles.input} ${styles.end}` : styles.input}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-activedescendant={isOpen ? undefined : active}
        autoComplete="off"
        spellCheck={false}
        data-scan-field={isMeant ? undefined : ''}
        value={text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => onPaste(event.clipboardData.getData('text/plain')) && event.preventDefault()}
        onBlur={onLeave}
      />
      {isOpen && options.length > 0 && (
        <ul className={styles.options} role="listbox" aria-label={label}>
          {options.map((option, n) => (
            <li key={option.value} role="option" aria-selected={n === optionAt} data-at={n === optionAt || undefined} onMouseDown={(event) => event.preventDefault()} onClick={() => onTake(option)}>
              {option.word}
            </li>
          ))}
        </ul>
      )}
      {isOpen && error && (
        <p className={styles.error} role="alert">
          <Icon name="warn" />
          {error}
        </p>
      )}
    </div>
  );
}
