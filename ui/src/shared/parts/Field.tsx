// A labelled field: the word above, the control, and the refusal right below it in words. The text that
// was typed stays, whatever the refusal says. Enter goes to the next field of the form.
import { useId, type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../hooks/keys.ts';
import { Icon } from '../icons/Icon.tsx';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  error?: string;
  help?: ReactNode;
  optional?: boolean;
  wide?: boolean;
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

export function Field({ label, error, help, optional = false, wide = false, children }: FieldProps) {
  const id = useId();
  const { t } = useTranslation('common');
  const note = error ?? help;
  return (
    <div className={wide ? `${styles.field} ${styles.wide}` : styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}>{t('optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <p id={`${id}-note`} className={error ? styles.error : styles.help} role={error ? 'alert' : undefined}>
          {error && <Icon name="warn" />}
          {note}
        </p>
      )}
    </div>
  );
}

/** Enter moves on to the next field, past what is marked as aside; the last field submits the form. */
export function nextFieldOnEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || isComposing(event) || event.ctrlKey || event.metaKey) return;
  const at = event.target as HTMLElement;
  if (at.tagName === 'TEXTAREA' || at.tagName === 'BUTTON') return;
  const form = at.closest('form');
  if (!form) return;
  const all = [...form.querySelectorAll<HTMLElement>('input:not([type=hidden]):not([data-aside]):not(:disabled), textarea:not(:disabled), select:not(:disabled)')];
  // Choices side by side are one field: the arrow keys walk inside of it.
  const fields = all.filter((field) => field === at || !field.matches('[type=radio]:not(:checked)'));
  const next = fields[fields.indexOf(at) + 1];
  event.preventDefault();
  if (next) next.focus();
  // A field such as a date takes its value with this very key; the form is sent once that has arrived.
  else setTimeout(() => form.requestSubmit());
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & { label: string; error?: string; help?: ReactNode; optional?: boolean; wide?: boolean; inputRef?: Ref<HTMLInputElement> };

export function TextField({ label, error, help, optional, wide, inputRef, className, ...rest }: InputProps) {
  return (
    <Field label={label} error={error} help={help} optional={optional} wide={wide}>
      {(ids) => <input ref={inputRef} className={[styles.input, className].filter(Boolean).join(' ')} autoComplete="off" spellCheck={false} {...rest} {...ids} />}
    </Field>
  );
}

type AreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & { label: string; error?: string; help?: ReactNode; optional?: boolean; wide?: boolean };

export function TextArea({ label, error, help, optional, wide, ...rest }: AreaProps) {
  return (
    <Field label={label} error={error} help={help} optional={optional} wide={wide}>
      {(ids) => <textarea className={styles.area} spellCheck={false} {...rest} {...ids} />}
    </Field>
  );
}
