import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import { NewRun } from './NewRun.tsx';

const row = { customer_id: 7, name: '郑军', member_no: '1000660', tier: '金卡', net_minor: 388_660, granted_minor: 4_084, carried_minor: 0, paid_minor: 4_084, code: null };
const preview = { year: 2025, buyers: 2, people: 1, paid_minor: 4_084, settled_minor: 0, not_members: 1, already: 0, debtors: 0, owed_minor: 0, is_running: false, rows: [row] };
const run = { id: 3, year: 2025, people: 1, paid_minor: 3_900 };
const job = (change: object) => ({ job: 9, kind: 'cashback', state: 'done', done: 1, total: 1, rate: 1, left_s: null, result: null, error: null, ...change });

it('says what was paid, not what would be paid by now', async () => {
  answerWith({
    cashback_runs: () => ({ rows: [], tiers: ['普通', '金卡'] }),
    cashback_preview: () => preview,
    cashback_approve: () => job({ state: 'running' }),
    job_get: () => job({ result: run }),
  });
  await show(<NewRun />, '/ladder/cashback/new');
  await screen.findByRole('button', { name: /给 1 位发 ¥40.84/ });
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  const asked = await screen.findByRole('dialog');
  const buttons = [...asked.querySelectorAll('button')];
  fireEvent.click(buttons[buttons.length - 1] as HTMLElement);
  expect(await screen.findByText('已给 1 位发出，共 ¥39.00。')).toBeTruthy();
});
