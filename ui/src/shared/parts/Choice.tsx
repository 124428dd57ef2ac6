// One of a few: a row of words of which one is chosen. Arrow keys move, as in any group of radio buttons.
import { useId } from 'react';
import styles from './Choice.module.css';

interface Props<T extends string | number> {
  label: string;
  value: T;
  options: readonly { value: T; word: string }[];
  onChange: (value: T) => void;
  /** What is chosen takes the focus, so that arrow keys change it at once. */
  autoFocus?: boolean;
}

export function Choice<T extends string | number>({ label, value, options, onChange, autoFocus = false }: Props<T>) {
  const name = useId();
  return (
    <div className={styles.group} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option} data-chosen={option.value === value || undefined}>
          <input type="radio" className="visually-hidden" name={name} autoFocus={autoFocus && option.value === value} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.word}
        </label>
      ))}
    </div>
  );
}
