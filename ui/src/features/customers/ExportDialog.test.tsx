import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { standInTransport } from '@/backend/transport.ts';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import type { Meant } from './queries.ts';

const meant = { ids: [4, 9], filter: null, except: [] } as unknown as Meant;

describe('the list as a file', () => {
  it('is written by one key: where to, and then who was meant', async () => {
    const calls = answerWith({});
    standInTransport({
      call: (name, input) => {
        calls.push({ name, input: input as Record<string, unknown> });
        return Promise.resolve({ job: 1, kind: 'export', state: 'done', done: 2, total: 2, rate: 1, left_s: 0, result: { path: 'D:\\名单.csv', rows: 2 }, error: null });
      },
      onChange: () => () => undefined,
      onPlace: () => () => undefined,
      pick: () => Promise.resolve('handle-7'),
    });
    await show(<ExportDialog meant={meant} people={2} isChosen columns={['name']} onClose={() => undefined} />);
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(calls.find((call) => call.name === 'customer_table_export')?.input).toMatchObject({ ids: [4, 9], columns: ['name'], masked: false, file: 'handle-7' }));
    expect(await screen.findByText(/名单\.csv/)).toBeTruthy();
  });
});
