import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { Poster } from './Poster.tsx';
import type { Ladder } from './queries.ts';

// The size of a sheet is a matter for a browser.
vi.mock('@/shared/print/paper.ts', async (original) => ({ ...(await original<object>()), setPage: () => undefined }));

const step = (rank: number, name: string, enter: object, benefits: object[]) => ({ tier: { name, rank, of: 3 }, people: 12, near: 3, enter_spend_minor: null, enter_visits: null, enter_points: null, keep_spend_minor: null, ...enter, benefits });

const ladder = (combine: 'any' | 'all') =>
  ({
    sentence: '近 12 个月的消费',
    combine,
    steps: [
      step(0, '普通', {}, []),
      step(1, '银卡', { enter_spend_minor: 100_000, enter_visits: 12 }, [{ key: 'rush', words: '免费加急 2 次/月', kind: 'service', quantity: 2, per: 'month', cost_minor: 1_500 }]),
      step(2, '金卡', { enter_points: 5_000 }, [
        { key: 'off', words: '全场九五折', kind: 'discount', rate_bp: 500 },
        { key: 'cup', words: '入级送马克杯', kind: 'gift', quantity: 1, cost_minor: 2_300 },
      ]),
    ],
  }) as unknown as Ladder;

/** What the printer sees. */
async function sheet(combine: 'any' | 'all'): Promise<string> {
  answerWith({});
  await show(<Poster ladder={ladder(combine)} onClose={() => undefined} />);
  expect(await screen.findAllByText('同一等级，权益相同。')).toHaveLength(2);
  return document.querySelector('[data-printed]')?.textContent ?? '';
}

describe('the poster of the ladder', () => {
  it('says of every tier how it is reached and what it brings, the lowest first', async () => {
    const text = await sheet('any');
    const order = ['会员等级与权益', '近 12 个月的消费', '普通', '入会就是', '银卡', '满 ¥1,000.00，或满 12 次', '免费加急 2 次/月', '金卡', '满 5,000 积分', '全场九五折', '入级送马克杯', '同一等级，权益相同。'];
    let from = 0;
    for (const words of order) {
      const at = text.indexOf(words, from);
      expect(at, words).toBeGreaterThanOrEqual(from);
      from = at;
    }
  });

  it('joins thresholds as the rule does', async () => {
    expect(await sheet('all')).toContain('满 ¥1,000.00，且满 12 次');
  });

  it('names no customer, no number of people and no cost', async () => {
    const text = await sheet('any');
    for (const word of ['成本', '15.00', '23.00', '12 人', '3 人']) expect(text).not.toContain(word);
  });
});
