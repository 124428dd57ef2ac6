import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { appearance, changeAppearance } from '@/shared/appearance.ts';
import { answerWith, customerRow, show } from '@/shared/testing/render.tsx';
import Palette from './Palette.tsx';

const people = [customerRow(1, '张三'), customerRow(2, '张四')];
const search = (input: Record<string, unknown>) => ({ text: input['text'], rows: people.filter((row) => row.name.includes(String(input['text']))), total: 2 });

const box = () => screen.getByRole('combobox');
const type = (text: string) => fireEvent.change(box(), { target: { value: text } });
const press = (key: string, more: object = {}) => fireEvent.keyDown(box(), { key, ...more });
const chosen = () => screen.getAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true');

describe('the palette', () => {
  const onClose = vi.fn();
  beforeEach(async () => {
    onClose.mockClear();
    changeAppearance({ hideAmounts: false });
    answerWith({ customer_search: search });
    await show(<Palette onClose={onClose} />, '/counter');
  });

  it('is typed into at once and reaches every screen and action before anything is typed', () => {
    expect(document.activeElement).toBe(box());
    for (const word of ['客户', '投诉', '设置', '新建客户', '隐藏金额']) expect(screen.getAllByText(word).length, word).toBeGreaterThan(0);
  });

  it('goes to the screen that the arrow keys chose, and closes first', async () => {
    type('投诉');
    await waitFor(() => expect(chosen()?.textContent).toContain('投诉'));
    press('Enter');
    expect(onClose).toHaveBeenCalledOnce();
    expect(location.hash).toMatch(/^#\/complaints/);
  });

  it('finds customers before screens and opens the profile', async () => {
    type('张');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    press('ArrowDown');
    press('ArrowDown');
    expect(chosen()?.textContent, 'the last entry is the end').toContain('张四');
    press('ArrowUp');
    press('Enter');
    expect(location.hash).toBe('#/customers/1');
  });

  it('leaves the keys of an input method alone', async () => {
    type('张');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    press('Enter', { isComposing: true });
    press('Enter', { keyCode: 229 });
    press('ArrowDown', { isComposing: true });
    expect(onClose).not.toHaveBeenCalled();
    expect(chosen()?.textContent).toContain('张三');
  });

  it('says so when nothing fits, and Enter does nothing then', async () => {
    type('没有这个');
    expect(await screen.findByText('没有匹配的内容')).toBeTruthy();
    press('Enter');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('closes with Escape and does an action with Enter', () => {
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
    type('隐藏金额');
    press('Enter');
    expect(appearance().hideAmounts).toBe(true);
  });
});
