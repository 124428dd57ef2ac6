// One of a few: a row of words of which one is chosen. Arrow keys move, as in any group of radio buttons.
import { useId } from 'react';
import styles from './Choice.module.css';

interface Props<T extends string | number> {
  label: string;
  value: T;
  options: readonly { value: T; word: string }[];
  onChange: (value: T) => void;
}

export function Choice<T extends string | number>({ label, value, options, onChange }: Props<T>) {
  const name = useId();
  return (
    <div className={styles.group} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.option} data-chosen={option.value === value || undefined}>
          <input type="radio" className="visually-hidden" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.word}
        </label>
      ))}
    </div>
  );
}
