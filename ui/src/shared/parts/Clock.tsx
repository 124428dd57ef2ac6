// A promise's clock: the time left in words, and a line that fills with the open time already used. A pause
// is a gap in the line. It ticks on from the instants that the backend gave and never judges by itself.
import { useTranslation } from 'react-i18next';
import { formatSpan } from '../format/index.ts';
import { useNow } from '../clock.ts';
import { Icon } from '../icons/Icon.tsx';
import styles from './Clock.module.css';

/** The part of a backend's clock that is needed to show it. */
export interface ClockFace {
  promise?: 'response' | 'update' | 'resolution' | 'follow_up';
  state: 'running' | 'paused' | 'met' | 'breached' | 'withdrawn';
  target_s: number;
  elapsed_s: number;
  is_ticking: boolean;
  changes_at?: string | null;
  as_of: string;
  segments: readonly { from: string; to: string; kind: string }[];
  why: string;
}

export type ClockTone = 'calm' | 'soon' | 'late' | 'paused' | 'done';

/** Seconds used by now: the backend's count, carried on while its clock ticks. */
export function usedSeconds(clock: ClockFace, now: number): number {
  const at = (instant: string) => new Date(instant).getTime();
  const change = clock.changes_at ? at(clock.changes_at) : Infinity;
  const open = clock.state === 'running' || clock.state === 'breached';
  if (!open) return clock.elapsed_s;
  const from = clock.is_ticking ? at(clock.as_of) : change;
  const to = clock.is_ticking ? Math.min(now, change) : now;
  return clock.elapsed_s + Math.max(0, Math.floor((to - from) / 1000) || 0);
}

export function clockTone(clock: ClockFace, used: number): ClockTone {
  if (clock.state === 'met' || clock.state === 'withdrawn') return 'done';
  if (clock.state === 'breached') return 'late';
  if (clock.state === 'paused') return 'paused';
  return clock.target_s - used <= clock.target_s / 4 ? 'soon' : 'calm';
}

const icons = { calm: 'clock', soon: 'clock', late: 'warn', paused: 'pause', done: 'check' } as const;

/** `还剩 23 分`, `超时 1 小时 05 分`, `等顾客 · 还剩 40 分`. */
export function useClockWords(clock: ClockFace): { words: string; tone: ClockTone; used: number } {
  const { t } = useTranslation('common');
  const used = usedSeconds(clock, useNow());
  const tone = clockTone(clock, used);
  // Only the follow-up runs through the night; the others count open time.
  const span = (seconds: number) => formatSpan(Math.max(0, seconds) * 1000, clock.promise !== 'follow_up');
  const left = span(clock.target_s - used);
  if (clock.state === 'met') return { words: t('clock.met', { span: span(used) }), tone, used };
  if (clock.state === 'withdrawn') return { words: t('clock.withdrawn'), tone, used };
  if (clock.state === 'breached') return { words: t('clock.over', { span: span(used - clock.target_s) }), tone, used };
  if (clock.state === 'paused') return { words: t('clock.paused', { span: left }), tone, used };
  const key = clock.is_ticking ? 'clock.left' : 'clock.closed';
  return { words: t(key, { span: left }), tone, used };
}

export function ClockWords({ clock }: { clock: ClockFace }) {
  const { words, tone } = useClockWords(clock);
  return (
    <span className={`${styles.words} figures`} data-tone={tone} title={clock.why}>
      <Icon name={icons[tone]} />
      {words}
    </span>
  );
}

/** Where along the used time the pauses lie, as shares of the promise. */
function pauses(clock: ClockFace): number[] {
  let run = 0;
  const found: number[] = [];
  for (const segment of clock.segments) {
    const seconds = (new Date(segment.to).getTime() - new Date(segment.from).getTime()) / 1000;
    if (segment.kind === 'running') run += seconds;
    if (segment.kind === 'paused') found.push(Math.min(1, run / clock.target_s));
  }
  return found;
}

export function ClockLine({ clock, label }: { clock: ClockFace; label?: string }) {
  const { words, tone, used } = useClockWords(clock);
  const share = Math.min(1, used / Math.max(1, clock.target_s));
  return (
    <div className={styles.clock} data-tone={tone} title={clock.why}>
      <div className={styles.head}>
        {label && <span className={styles.label}>{label}</span>}
        <ClockWords clock={clock} />
      </div>
      <svg className={styles.line} viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={`${label ?? ''} ${words}`}>
        <rect className={styles.track} width="100" height="4" />
        <rect className={styles.used} width={share * 100} height="4" />
        {pauses(clock).map((at) => (
          <rect key={at} className={styles.gap} x={at * 100 - 0.6} width="1.2" height="4" />
        ))}
      </svg>
    </div>
  );
}
