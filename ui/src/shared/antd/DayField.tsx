// The field of a day. Its calendar comes with the first form that has one; a field of the same height stands there
// meanwhile, so that nothing moves.
import { later } from '../hooks/later.tsx';
import type DayInput from './DayInput.tsx';
import styles from './DayInput.module.css';

const Loaded = later<Parameters<typeof DayInput>[0]>(() => import('./DayInput.tsx'));

export function DayField(props: Parameters<typeof DayInput>[0]) {
  return <Loaded {...props} meanwhile={<span className={styles.waiting} />} />;
}
