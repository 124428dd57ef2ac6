import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { LadderEditor } from './LadderEditor.tsx';
import type { Ladder } from './queries.ts';

const step = (rank: number, name: string, spend: number | null) => ({ tier: { name, rank, of: 3 }, people: 1, near_next: 0, enter_spend_minor: spend, enter_visits: null, enter_points: null, keep_spend_minor: spend && spend * 0.6, keep_visits: null, keep_points: null, benefits: [] });

const ladder = {
  steps: [step(0, '普通', null), step(1, '银卡', 100_000), step(2, '金卡', 500_000)],
  combine: 'any',
  window: { kind: 'rolling_months', n: 12 },
  visit_minimum_minor: 1,
  demotion: { review: 'monthly', style: 'deserved', grace_days: 30 },
} as unknown as Ladder;

const nobody = { up: 0, down: 0, people: [3, 2, 1], movers: [], cost_minor: 0 };

async function open(answer: (input: Record<string, unknown>) => unknown = () => nobody) {
  const onClose = vi.fn<() => void>();
  // A window without a layout has nothing to scroll.
  Element.prototype.scrollIntoView = () => undefined;
  const calls = answerWith({ ladder_preview: answer, ladder_change: answer });
  await show(<LadderEditor ladder={ladder} onClose={onClose} />);
  const of = (tier: string) => within(screen.getByRole('group', { name: tier }));
  return { onClose, calls, of };
}

describe('changing the ladder', () => {
  it('begins in its first field and is left by Esc, which leaves nothing else', async () => {
    const { onClose, of } = await open();
    expect(of('普通').getByLabelText('名称')).toHaveProperty('ownerDocument.activeElement.value', '普通');
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('says a refusal beside its field, and nobody moves meanwhile', async () => {
    const falls = { code: 'invalid', message: '门槛必须一级比一级高。', fields: [{ field: 'steps.2.enter_spend_minor', problem: 'threshold.not_rising', message: '门槛必须一级比一级高。' }] };
    const { of } = await open((input) => ((input['steps'] as { enter_spend_minor: number }[])[2]!.enter_spend_minor < 100_000 ? falls : nobody));
    const gold = of('金卡').getByLabelText('消费门槛');
    expect(await screen.findByText('没有人会因此变动。')).toBeTruthy();
    fireEvent.change(gold, { target: { value: '900' } });
    await waitFor(() => expect(gold.getAttribute('aria-invalid')).toBe('true'));
    expect(document.getElementById(gold.getAttribute('aria-describedby')!)?.textContent).toBe('门槛必须一级比一级高。');
    expect(screen.queryByText('没有人会因此变动。')).toBeNull();
  });

  it('saves nothing that cannot be read and leads to it', async () => {
    const { calls, of } = await open();
    const visits = of('银卡').getByLabelText(/次数门槛/);
    fireEvent.change(visits, { target: { value: '十二' } });
    expect(of('银卡').getByText('请填整数')).toBeTruthy();
    fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true });
    expect(document.activeElement).toBe(visits);
    expect(calls.map((call) => call.name)).not.toContain('ladder_change');
  });

  it('keeps in proportion while the threshold is dragged, and its scale stays', async () => {
    const { of } = await open();
    const slider = of('银卡').getByRole('slider');
    expect([slider.getAttribute('max'), slider.getAttribute('step')]).toEqual(['2000', '20']);
    fireEvent.change(slider, { target: { value: '1500' } });
    expect(of('银卡').getByLabelText('消费门槛')).toHaveProperty('value', '1500.00');
    expect(of('银卡').getByLabelText('保级消费')).toHaveProperty('value', '900.00');
    expect([slider.getAttribute('max'), slider.getAttribute('step'), slider.getAttribute('aria-valuetext')]).toEqual(['2000', '20', '¥1,500.00']);
  });
});
