import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { EraseDialog } from './PrivacyDialogs.tsx';
import type { Profile } from './queries.ts';

describe('erasing a customer', () => {
  it('is confirmed by the name as it can be read, whatever marks nobody sees stand in it', async () => {
    const told = { rows: 4, sales: 1, complaints: 0, backups: [] };
    const calls = answerWith({ customer_erase_preview: () => told, customer_erase: () => told });
    const profile = { row: { id: 9, name: '👩\u200D🚀王芳' } } as unknown as Profile;
    await show(<EraseDialog profile={profile} onClose={() => undefined} />);
    const field = await screen.findByLabelText(/确认/);
    expect(document.activeElement).toBe(field);
    const deed = screen.getByRole('button', { name: '永远抹除' });
    fireEvent.change(field, { target: { value: '王芳' } });
    expect(deed).toHaveProperty('disabled', true);
    fireEvent.change(field, { target: { value: '👩🚀王芳' } });
    expect(deed).toHaveProperty('disabled', false);
    fireEvent.click(deed);
    await waitFor(() => expect(calls.find((call) => call.name === 'customer_erase')?.input).toMatchObject({ customer_id: 9, reason: 'asked' }));
  });
});
