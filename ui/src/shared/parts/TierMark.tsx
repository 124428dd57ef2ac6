// A tier of the loyalty ladder, drawn the same way everywhere: a small struck metal with the tier's word.
import styles from './TierMark.module.css';

export type Metal = 'stone' | 'silver' | 'gold' | 'diamond';

const metals: Metal[] = ['stone', 'silver', 'gold', 'diamond'];

/** The metal of a step: the lowest is stone; a short ladder climbs in order, a long one ends in diamond. */
export function metalOfStep(step: number, of: number): Metal {
  const spread = of <= metals.length ? step : Math.round((step * (metals.length - 1)) / Math.max(1, of - 1));
  return metals[Math.max(0, Math.min(spread, metals.length - 1))] ?? 'stone';
}

export function TierMark({ name, step, of = 4, large = false }: { name: string; step: number; of?: number; large?: boolean }) {
  const metal = metalOfStep(step, of);
  return (
    <span className={large ? `${styles.mark} ${styles.large}` : styles.mark} data-metal={metal}>
      <svg className={styles.coin} viewBox="0 0 16 16" aria-hidden>
        <path d={coins[metal]} />
      </svg>
      <span className={styles.name}>{name}</span>
    </span>
  );
}

// Each metal has its own outline, so that it is known without its colour.
const coins: Record<Metal, string> = {
  stone: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z',
  silver: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM5.5 8h5',
  gold: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM5.5 6.8h5M5.5 9.2h5',
  diamond: 'M4.8 3.5h6.4L14 7l-6 6.5L2 7zM2 7h12M8 13.5L5.5 7M8 13.5L10.5 7',
};
