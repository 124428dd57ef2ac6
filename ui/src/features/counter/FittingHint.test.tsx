import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { currentForm, nextSale } from './draft.ts';
import { FittingHint } from './FittingHint.tsx';
import type { CustomerId } from './queries.ts';

const fits = (id: number, product: string, gives: 'trial' | 'gift', reason = '') => ({ id, tag: '久坐', product_id: 20 + id, product, price_minor: 8_000, gives, reason, last_on: null });
const nothing = { draft_get: () => ({ content: null, saved_at: null }), draft_save: () => ({}) };
beforeEach(nextSale);

describe('what fits the customer at the counter', () => {
  it('is said with its reason, and one key puts the first into the sale at nothing', async () => {
    answerWith({ ...nothing, fitting_for: () => ({ rows: [fits(1, '肩颈课', 'trial', '肩颈紧'), fits(2, '热敷袋', 'gift')], do_not_disturb: null }) });
    await show(<FittingHint customer={7 as CustomerId} />);
    expect((await screen.findByText('肩颈紧')).textContent).toBe('肩颈紧');
    fireEvent.keyDown(document.body, { key: 'g', code: 'KeyG', altKey: true });
    await waitFor(() => expect(currentForm().lines).toHaveLength(1));
    expect(currentForm()).toMatchObject({ reason: '试用', lines: [{ productId: 21, name: '肩颈课', price: '0', quantity: '1' }] });
    await waitFor(() => expect(screen.queryByText('肩颈紧')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: /放进一份赠品/ }));
    await waitFor(() => expect(currentForm().reason).toBe('试用，赠品'));
  });

  it('says nothing while nothing may be sold', async () => {
    answerWith({ ...nothing, fitting_for: () => ({ rows: [], do_not_disturb: 'TS-20260302-001' }) });
    const { container } = await show(<FittingHint customer={7 as CustomerId} />);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(container.textContent).toBe('');
  });
});
