import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { appearance, changeAppearance } from '@/shared/appearance.ts';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { Frame } from './Frame.tsx';
import type { FrameAnswer } from './queries.ts';

const answer = {
  shop_name: '小满面包房',
  currency: 'CNY',
  currency_exponent: 2,
  zone: 'Asia/Shanghai',
  today: '2026-03-05',
  now: '2026-03-05T10:00:00+08:00',
  is_demo: false,
  urgent: null,
  late_complaints: 0,
  unusual_reveals: [],
  last_backup_at: null,
  operations_since_backup: 0,
  clock_went_back_s: null,
  operator: { name: '店主' },
} as unknown as FrameAnswer;

const product = { row: { id: 1, name: '吐司', sku: null, barcode: null, category: '面包', price_minor: 123_450, stock: null, is_low: false, favourite: null }, cost_minor: null, low_stock: null, is_active: true };
const press = (key: string, more: object = {}) => act(() => void fireEvent.keyDown(window, { key, ...more }));

describe('the frame', () => {
  beforeEach(async () => {
    changeAppearance({ hideAmounts: false });
    answerWith({ product_list: () => ({ rows: [product], total: 1, low: 0, categories: ['面包'] }), customer_search: () => ({ text: '', rows: [], total: 0 }) });
    await show(<Frame frame={answer} />, '/products');
  });

  it('hides every amount from the customer with F9, says so in the top bar, and shows them again', async () => {
    expect(await screen.findByText('¥1,234.50', undefined, { timeout: 5000 })).toBeTruthy();
    press('F9');
    await waitFor(() => expect(screen.queryByText('¥1,234.50')).toBeNull());
    expect(screen.getByText('＊＊＊')).toBeTruthy();
    expect(screen.getByText('金额已隐藏')).toBeTruthy();
    press('F9');
    expect(await screen.findByText('¥1,234.50')).toBeTruthy();
    expect(screen.queryByText('金额已隐藏')).toBeNull();
  });

  it('tells in the rail where a screen belongs that has no entry of its own', () => {
    expect(screen.getByRole('button', { current: 'page' }).textContent).toContain('设置');
  });

  it('does not remember hidden amounts over a new start, and leaves a held-down modifier alone', () => {
    press('F9', { ctrlKey: true });
    expect(appearance().hideAmounts).toBe(false);
    press('F9');
    expect(appearance().hideAmounts).toBe(true);
    expect(localStorage.getItem('shukebu.appearance') ?? '').not.toContain('hideAmounts');
  });

  it('opens the palette with Ctrl+K and closes it with the same key', async () => {
    press('k', { ctrlKey: true });
    expect(await screen.findByRole('dialog', { name: '去哪里，做什么' })).toBeTruthy();
    press('k', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('the top bar', () => {
  it('says how much was promised for today and how much of it is late, and leads there', async () => {
    answerWith({ product_list: () => ({ rows: [], total: 0, low: 0, categories: [] }), complaint_inbox: () => ({ rows: [], total: 0, late: 0, unanswered: 0, people: [], promised: [] }) });
    await show(<Frame frame={{ ...answer, late_complaints: 1, promised_due: { due: 2, late: 1, first: 7 } } as FrameAnswer} />, '/products');
    const chip = await screen.findByTitle(/^答应 2 件 · 过期 1 · /);
    expect(chip.dataset.tone).toBe('late');
    expect(screen.getByRole('navigation').textContent).toContain('投诉2');
    fireEvent.click(chip);
    await waitFor(() => expect(location.hash).toBe('#/complaints'));
  });
});
