// A share of a way already gone, 0 to 100, as a line.
import styles from './Meter.module.css';

export function Meter({ share, label }: { share: number; label: string }) {
  const gone = Math.max(0, Math.min(100, share));
  return (
    <svg className={styles.meter} viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={`${label} ${gone}%`}>
      <rect className={styles.track} width="100" height="4" />
      <rect className={styles.gone} width={gone} height="4" />
    </svg>
  );
}
