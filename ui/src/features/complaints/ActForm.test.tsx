import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { ActForm } from './ActForm.tsx';
import type { Case } from './queries.ts';

const event = (kind: string, at: string) => ({ kind, at, recorded_at: at, text: '', staff: '林老板', is_flagged: false });

/** Answered at 10:20, resolved at 16:45, both in time. */
const view = {
  row: { id: 31, received_at: '2026-03-02T02:00:00Z' },
  events: [event('received', '2026-03-02T02:00:00Z'), event('responded', '2026-03-02T02:20:00Z'), event('resolved', '2026-03-02T08:45:00Z')],
  verdicts: [
    { promise: 'response', cycle: 1, noticed_at: '2026-03-02T02:20:05Z' },
    { promise: 'resolution', cycle: 1, noticed_at: '2026-03-02T08:45:05Z' },
  ],
} as unknown as Case;

const time = () => screen.getByLabelText('几点') as HTMLInputElement;

describe('correcting when an act took place', () => {
  it('begins with the moment of the act that is chosen, and anew when another one is', async () => {
    const calls = answerWith({ complaint_correct_act: () => ({}) });
    await show(<ActForm view={view} onDone={() => undefined} />);
    expect(time().value).toBe('10:20');
    fireEvent.click(screen.getByLabelText('解决'));
    await waitFor(() => expect(time().value).toBe('16:45'));
    fireEvent.change(screen.getByLabelText('原因'), { target: { value: '当时忘了登记' } });
    fireEvent.submit(time().closest('form') as HTMLFormElement);
    await waitFor(() => expect(calls.at(-1)?.input).toMatchObject({ promise: 'resolution', happened_at: '2026-03-02T08:45:00.000Z' }));
  });
});
