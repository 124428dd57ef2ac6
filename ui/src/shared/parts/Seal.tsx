// The program's seal: a ledger cut into stone.
import styles from './Seal.module.css';

export function Seal({ large = false }: { large?: boolean }) {
  return (
    <svg className={large ? styles.large : styles.seal} viewBox="0 0 32 32" aria-hidden>
      <rect className={styles.stone} x="1.5" y="1.5" width="29" height="29" rx="5" />
      <path className={styles.cut} d="M8 8h16M8 8v16M24 8v16M8 24h16M16 8v16M11 12.5h2.5M11 16h2.5M18.5 12.5H21M18.5 16H21" />
    </svg>
  );
}
