import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newQueryClient, useAsk } from '@/backend/index.ts';
import { startLanguage } from '@/i18n/index.ts';
import { answerWith } from '@/shared/testing/render.tsx';
import { midnightAfter, useNewDay } from './new-day.ts';
import { useFrame } from './queries.ts';

const zone = 'Asia/Shanghai';
const at = (time: string) => new Date(`2026-03-05T${time}+08:00`);

/** A backend whose clock a test moves; it may run beside the computer's. */
const backend = { now: at('23:50:00').getTime() };
const dayOf = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

function Window() {
  const frame = useFrame(true);
  useNewDay(frame.data, frame.refetch);
  const inbox = useAsk('complaint_inbox', {} as never, { tables: ['complaints'] });
  return <p>{`${frame.data?.today} ${inbox.data?.total}`}</p>;
}

async function start() {
  await startLanguage('zh-Hans');
  const calls = answerWith({
    frame_get: () => ({ now: new Date(backend.now).toISOString(), today: dayOf(backend.now), zone, urgent: null }),
    complaint_inbox: () => ({ total: Number(dayOf(backend.now).slice(-2)) }),
  });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <Window />
    </QueryClientProvider>,
  );
  await pass(0);
  return () => calls.map((call) => call.name);
}

/** Time passes on the computer and in the backend. */
async function pass(ms: number) {
  const steps = Math.max(1, Math.ceil(ms / 10_000));
  for (let n = 0; n < steps; n += 1) {
    backend.now += ms / steps;
    await act(() => vi.advanceTimersByTimeAsync(ms / steps));
  }
}

describe('a new day in an open window', () => {
  beforeEach(() => {
    backend.now = at('23:50:00').getTime();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'], now: at('23:50:00') });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it('begins at the shop’s midnight and asks for everything of the day before, once and nothing before it', async () => {
    const asked = await start();
    expect(screen.getByText('2026-03-05 5')).toBeTruthy();
    await pass(9 * 60_000);
    expect(asked(), 'nobody is asked by the minute').toEqual(['frame_get', 'complaint_inbox']);
    await pass(70_000);
    expect(screen.getByText('2026-03-06 6')).toBeTruthy();
    await pass(10 * 60_000);
    expect(asked()).toEqual(['frame_get', 'complaint_inbox', 'frame_get', 'complaint_inbox']);
  });

  it('is noticed within a minute after the computer slept over midnight', async () => {
    const asked = await start();
    // The steady counter and the timers stand still while the lid is closed.
    vi.setSystemTime(at('23:50:00').getTime() + 8 * 3_600_000);
    backend.now += 8 * 3_600_000;
    await pass(61_000);
    expect(screen.getByText('2026-03-06 6')).toBeTruthy();
    expect(asked().filter((name) => name === 'frame_get')).toHaveLength(2);
  });

  it('is noticed as soon as the window is looked at again, and asks nothing else while it is the same day', async () => {
    const asked = await start();
    act(() => void window.dispatchEvent(new Event('focus')));
    await pass(100);
    expect(asked()).toEqual(['frame_get', 'complaint_inbox', 'frame_get']);
    backend.now += 24 * 3_600_000;
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    await pass(100);
    expect(screen.getByText('2026-03-06 6')).toBeTruthy();
  });

  it('goes by the backend’s clock where this computer stands in another year', async () => {
    vi.setSystemTime(new Date('2031-11-11T11:11:00Z'));
    await start();
    await pass(11 * 60_000);
    expect(screen.getByText('2026-03-06 6')).toBeTruthy();
  });

  it('knows midnight in the shop’s zone, also on the days on which clocks change', () => {
    expect(new Date(midnightAfter('2026-03-05', zone)).toISOString()).toBe('2026-03-05T16:00:00.000Z');
    expect(new Date(midnightAfter('2026-03-29', 'Europe/Berlin')).toISOString(), 'a day of 23 hours').toBe('2026-03-29T22:00:00.000Z');
    expect(new Date(midnightAfter('2026-12-31', zone)).toISOString()).toBe('2026-12-31T16:00:00.000Z');
  });
});
