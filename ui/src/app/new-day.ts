// A new day begins while the window is open: due days, birthdays, what is for today are then other answers. One timer
// waits for the shop's midnight. It stands still while the computer sleeps, so it also looks every minute whether this
// computer's clock has run away from its steady counter, which is what a sleep looks like from here; that asks nothing.
// Only when midnight came, after a sleep, or when the window is looked at again, the frame is asked what day it is.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { now } from '@/shared/clock.ts';
import { dayParts, instantIn } from '@/shared/format/index.ts';
import type { FrameAnswer } from './queries.ts';

const LOOK_MS = 60_000;
/** So far may the two run apart before the computer has slept or its clock was set. */
const JUMP_MS = 30_000;
/** The backend's midnight is over for certain. */
const AFTER_MS = 250;

/** The next midnight of the shop. */
export function midnightAfter(today: string, zone: string): number {
  const { year, month, day } = dayParts(today);
  const tomorrow = new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
  return new Date(instantIn(tomorrow, '0:00', zone) ?? `${tomorrow}T00:00:00Z`).getTime();
}

/** Asks at midnight, after a sleep and when the window is looked at again; answers a function that stops it. */
export function waitForDay(midnight: number, ask: () => unknown): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const apart = () => Date.now() - performance.now();
  let before = apart();
  const look = () => {
    const jumped = Math.abs(apart() - before) > JUMP_MS;
    before = apart();
    const left = midnight + AFTER_MS - now();
    if (left <= 0 || jumped) ask();
    if (left > 0) timer = setTimeout(look, Math.min(left, LOOK_MS));
  };
  const seen = () => {
    if (document.visibilityState === 'visible') ask();
  };
  timer = setTimeout(look, Math.min(Math.max(midnight + AFTER_MS - now(), 0), LOOK_MS));
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('focus', seen);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('focus', seen);
  };
}

/** Follows the days. When the frame says another one than before, every answer of the day before is asked for anew. */
export function useNewDay(frame: FrameAnswer | undefined, ask: () => unknown): void {
  const client = useQueryClient();
  const shown = useRef<string>(undefined);
  const today = frame?.today;
  const zone = frame?.zone;
  useEffect(() => {
    if (today === undefined) return;
    if (shown.current !== undefined && shown.current !== today) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'frame_get' });
    shown.current = today;
  }, [client, today]);
  useEffect(() => {
    if (today === undefined || zone === undefined || frame?.now === undefined) return;
    return waitForDay(midnightAfter(today, zone), ask);
    // Every answer says anew what time it is.
  }, [today, zone, frame?.now, ask]);
}
