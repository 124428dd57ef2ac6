// The class that a segmentation scheme puts a customer into, with the reason in words on demand.
import styles from './SegmentTag.module.css';

export function SegmentTag({ name, reason }: { name: string; reason?: string }) {
  return (
    <span className={styles.tag} title={reason}>
      {name}
    </span>
  );
}
