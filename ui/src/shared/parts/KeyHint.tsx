// The key that does the same as a button, printed small on it.
import styles from './KeyHint.module.css';

const words: Record<string, string> = { Enter: '↵', Escape: 'Esc', 'Alt+ArrowLeft': 'Alt ←', ArrowUp: '↑', ArrowDown: '↓' };

export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className={styles.key} aria-hidden>
      {words[keys] ?? keys.replace('+', ' ')}
    </kbd>
  );
}
