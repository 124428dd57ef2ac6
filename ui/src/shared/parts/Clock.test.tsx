import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLanguage } from '@/i18n/index.ts';
import { setNow } from '../clock.ts';
import { ClockWords, clockTone, usedSeconds, type ClockFace } from './Clock.tsx';

const start = new Date('2026-03-05T06:00:00Z').getTime();
const face = (change: Partial<ClockFace> = {}): ClockFace => ({ state: 'running', target_s: 3600, elapsed_s: 600, is_ticking: true, changes_at: null, as_of: new Date(start).toISOString(), segments: [], why: '', ...change });

describe('a clock', () => {
  it('carries on from the instant that the backend gave', () => {
    expect(usedSeconds(face(), start + 60_000)).toBe(660);
  });

  it('stops by itself at closing time', () => {
    const closing = new Date(start + 300_000).toISOString();
    expect(usedSeconds(face({ changes_at: closing }), start + 3_600_000)).toBe(900);
  });

  it('stands still while closed and goes on from the opening', () => {
    const opening = new Date(start + 300_000).toISOString();
    const closed = face({ is_ticking: false, changes_at: opening });
    expect(usedSeconds(closed, start + 299_000)).toBe(600);
    expect(usedSeconds(closed, start + 360_000)).toBe(660);
  });

  it('does not move while it waits for the customer', () => {
    expect(usedSeconds(face({ state: 'paused', is_ticking: false }), start + 999_000)).toBe(600);
  });

  it('is never late by its own judgement', () => {
    const overdue = face({ elapsed_s: 9000 });
    expect(clockTone(overdue, 9000)).toBe('soon');
    expect(clockTone(face({ state: 'breached' }), 3601)).toBe('late');
  });
});

describe('the words of a clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tick', async () => {
    await startLanguage('zh-Hans');
    setNow(start);
    render(<ClockWords clock={face({ elapsed_s: 3600 - 62 })} />);
    expect(screen.getByText('还剩 1 分')).toBeTruthy();
    act(() => vi.advanceTimersByTime(4500));
    expect(screen.getByText('还剩 58 秒')).toBeTruthy();
  });
});
