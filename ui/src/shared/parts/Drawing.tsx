// The line drawings of empty states: things of a shop's desk, one stroke, no colour of their own.
import styles from './Drawing.module.css';

const drawings = {
  // An open ledger with a brush resting on it.
  page: 'M14 34c14-5 30-5 46 3 16-8 32-8 46-3v52c-14-5-30-5-46 3-16-8-32-8-46-3zM60 37v52M24 48c9-2 17-2 26 1M24 60c9-2 17-2 26 1M70 49c9-3 17-3 26-1M84 72L112 24l4 2-27 49-7 4z',
  // A shop door with its sign turned to "open".
  door: 'M30 100V26h60v74M20 100h80M40 100V38h40v62M74 70v4M50 20h20M60 20v6M48 50h24v12H48zM60 38v12',
  // A cup of tea, steaming: nothing left to do.
  tea: 'M32 56h50v14c0 14-10 22-25 22S32 84 32 70zM82 60h6c7 0 10 4 10 9s-4 9-11 9h-6M26 100h62M46 46c-4-6 4-9 0-16M58 46c-4-6 4-9 0-16M70 46c-4-6 4-9 0-16',
  // A stack of cards with one drawn out.
  cards: 'M26 46h52v44H26zM34 38h52v44M42 30h52v44M36 58h20M36 66h32M36 74h24',
  // A torn slip.
  torn: 'M34 22h52v60l-8 6-9-6-9 6-9-6-9 6-8-6zM46 38h28M46 50h28M46 62h16',
  // A basket of files on its way in.
  inbox: 'M24 62l12-30h48l12 30v30H24zM24 62h22l5 10h18l5-10h22M60 22v30M50 43l10 10 10-10',
} as const;

export type DrawingName = keyof typeof drawings;

export function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg className={styles.drawing} viewBox="0 0 120 120" aria-hidden>
      <path d={drawings[name]} />
    </svg>
  );
}
