// A tag of the shop's own, in the colour of its group; the colour is always beside the word.
import styles from './TagMark.module.css';

export function TagMark({ name, color }: { name: string; color?: string }) {
  return (
    <span className={styles.tag} data-color={color}>
      {name}
    </span>
  );
}
