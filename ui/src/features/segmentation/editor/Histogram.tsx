// How many people have which value, with the cut points as lines that can be taken and moved: with the pointer, or with
// the arrow keys (with Shift ten times as far).
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '@/shared/appearance.ts';
import type { Preview } from '../queries.ts';
import styles from '../segmentation.module.css';
import { placed } from './draft.ts';

type Shown = Preview['bands'][number];

const WIDTH = 400;
const HEIGHT = 96;

/** Where a value lies between the bars, 0 to 1. All bars but the last, which holds the tail, are equally wide. */
export function placeOf(bars: Shown['bars'], value: number): number {
  const n = bars.length;
  if (n === 0) return 0;
  const at = bars.findIndex((bar) => value < bar.to + 1);
  const bar = bars[at];
  if (!bar) return 1;
  const inside = (value - bar.from) / Math.max(1, bar.to + 1 - bar.from);
  return Math.max(0, Math.min(1, (at + Math.max(0, inside)) / n));
}

/** The value at a place between the bars. */
export function valueAt(bars: Shown['bars'], place: number): number {
  const n = bars.length;
  const at = Math.max(0, Math.min(n - 1, Math.floor(place * n)));
  const bar = bars[at];
  if (!bar) return 0;
  return Math.round(bar.from + (place * n - at) * Math.max(1, bar.to + 1 - bar.from));
}

/** From here on the words of a cut point stand at its left. */
const TURNED = 0.7;
/** How much of the width the words of a cut point take at letters of 100 %, and how many lines of them there are at most. */
const ROOM = 0.22;
const LINES = 4;

/** On which line the words of each cut point stand, so that they do not lie on each other. */
export function linesOf(places: readonly number[], room: number): number[] {
  const free: number[] = [];
  return places.map((place) => {
    const from = place > TURNED ? place - room : place;
    const fits = free.findIndex((end) => end <= from);
    const line = fits >= 0 ? fits : free.length < LINES ? free.length : free.indexOf(Math.min(...free));
    free[line] = from + room;
    return line;
  });
}

export function Histogram({ shown, onMove, textOf }: { shown: Shown; onMove?: (cut: number, value: number) => void; textOf: (value: number) => string }) {
  const { t } = useTranslation('segmentation');
  const box = useRef<HTMLDivElement>(null);
  const { scale } = useAppearance();
  const { bars, cuts } = shown;
  const lines = linesOf(
    cuts.map((cut) => placeOf(bars, cut.at)),
    (ROOM * scale) / 100,
  );
  const most = Math.max(1, ...bars.map((bar) => bar.people));
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return <p className="quiet small">{t('editor.no_buyers')}</p>;
  const step = Math.max(1, Math.round((first.to + 1 - first.from) / 10));
  const drag = (cut: number) => (event: PointerEvent) => {
    if (!onMove || !event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { left, width } = box.current.getBoundingClientRect();
    onMove(cut, valueAt(bars, (event.clientX - left) / width));
  };
  const keys = (cut: number, at: number) => (event: KeyboardEvent) => {
    const by = { ArrowRight: step, ArrowUp: step, ArrowLeft: -step, ArrowDown: -step }[event.key];
    if (by === undefined || !onMove) return;
    onMove(cut, at + by * (event.shiftKey ? 10 : 1));
    event.preventDefault();
  };
  return (
    <div className={styles.histogram}>
      <div ref={box} className={styles.plot} style={{ '--lines': Math.max(0, ...lines) + 1 } as CSSProperties}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={styles.bars2} role="img" aria-label={shown.name}>
          {bars.map((bar, n) => {
            const height = (bar.people / most) * HEIGHT;
            const middle = (bar.from + bar.to + 1) / 2;
            const side = cuts.filter((cut) => cut.at < middle).length;
            return <rect key={bar.from} data-side={side % 2} x={(n * WIDTH) / bars.length + 1} width={Math.max(1, WIDTH / bars.length - 2)} y={HEIGHT - height} height={height} />;
          })}
        </svg>
        {placed(cuts).map(({ entry: cut, n, place }) => (
          <span
            key={place}
            className={styles.cut}
            style={{ left: `${placeOf(bars, cut.at) * 100}%`, '--line': lines[n] } as CSSProperties}
            role="slider"
            tabIndex={onMove ? 0 : -1}
            aria-label={t('editor.cut', { name: shown.name, n: n + 1 })}
            aria-valuenow={cut.at}
            aria-valuetext={cut.text}
            aria-disabled={!onMove}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag(n)}
            onKeyDown={keys(n, cut.at)}
          >
            <span className={styles.cutText} data-end={placeOf(bars, cut.at) > TURNED || undefined}>
              {cut.text}
            </span>
          </span>
        ))}
      </div>
      <p className={`${styles.ends} quiet small figures`}>
        <span>{textOf(first.from)}</span>
        <span>{textOf(last.to)}</span>
      </p>
    </div>
  );
}
