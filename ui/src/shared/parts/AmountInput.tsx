// The field for an amount: takes what a till key pad gives, full-width digits too, and keeps the text as it was typed.
import type { Ref } from 'react';
import styles from './AmountInput.module.css';

interface Props {
  id?: string;
  value: string;
  onChange: (text: string) => void;
  symbol: string;
  large?: boolean;
  invalid?: boolean;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  label: string;
  describedBy?: string;
  disabled?: boolean;
  /** A scan into this field is heard as a scan. */
  hearsScans?: boolean;
}

export function AmountInput({ id, value, onChange, symbol, large = false, invalid = false, placeholder, inputRef, label, describedBy, disabled, hearsScans = false }: Props) {
  return (
    <span className={large ? `${styles.box} ${styles.large}` : styles.box} data-invalid={invalid || undefined}>
      <span className={styles.symbol} aria-hidden>
        {symbol}
      </span>
      <input
        id={id}
        ref={inputRef}
        className={`${styles.input} figures`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        disabled={disabled}
        data-amount
        data-scan-field={hearsScans || undefined}
      />
    </span>
  );
}
