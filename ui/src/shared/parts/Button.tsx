// Buttons: one main action per screen, quiet ones beside it, and the key that does the same.
import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { KeyHint } from './KeyHint.tsx';
import styles from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: 'main' | 'quiet' | 'plain' | 'danger';
  icon?: IconName;
  /** The key printed on the button. The screen binds it with useKey. */
  hint?: string;
  busy?: boolean;
  large?: boolean;
  children?: ReactNode;
}

export function Button({ kind = 'quiet', icon, hint, busy = false, large = false, className, children, disabled, ...rest }: ButtonProps) {
  const classes = [styles.button, styles[kind], large && styles.large, !children && styles.square, className];
  return (
    <button type="button" className={classes.filter(Boolean).join(' ')} disabled={disabled ?? busy} aria-busy={busy || undefined} {...rest}>
      {icon && <Icon name={icon} />}
      {children && <span className={styles.word}>{children}</span>}
      {hint && <KeyHint keys={hint} />}
    </button>
  );
}
