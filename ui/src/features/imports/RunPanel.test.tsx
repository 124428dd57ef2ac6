import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith, show } from '@/shared/testing/render.tsx';
import type { Preview } from './queries.ts';
import { RunPanel } from './RunPanel.tsx';

const preview: Preview = {
  file: 'handle-1',
  file_name: '客户.csv',
  kind: 'customers',
  format: 'csv',
  encoding: 'GBK',
  sheets: [],
  sheet: null,
  heading: 1,
  columns: ['姓名', '手机'],
  rows: [],
  row_numbers: [],
  fields: [
    { field: 'name', column: '姓名', is_required: true },
    { field: 'phone', column: '手机', is_required: false },
    { field: 'email', column: null, is_required: false },
  ],
};
const report = { rows: 10, created: 6, updated: 1, skipped: 2, errors: [{ row: 4, field: 'phone', code: 'phone.bad', message: '手机号看不懂' }], warnings: [], entities: { customers: 6, products: 0, sales: 0, sale_lines: 0 } };
const job = (state: string, change: object = {}) => ({ job: 7, kind: 'import', state, done: 3, total: 10, rate: 5, left_s: 1, result: null, error: null, ...change });

describe('the run of an import', () => {
  it('is done by one key: try, then import', async () => {
    const calls = answerWith({ import_run: () => job('running'), job_get: () => job('done', { done: 10, result: report }) });
    await show(<RunPanel preview={preview} isStale={false} onDone={() => undefined} />);
    const runs = () => calls.filter((call) => call.name === 'import_run').map((call) => call.input['dry_run']);
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    await screen.findByText('正式导入 7 行');
    expect(runs()).toEqual([true]);
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(runs()).toEqual([true, false]));
  });

  it('tries first with the columns as corrected, and only then offers to import', async () => {
    const calls = answerWith({ import_run: () => job('running'), job_get: () => job('done', { done: 10, result: report }) });
    await show(<RunPanel preview={preview} isStale={false} onDone={() => undefined} />);
    expect(screen.queryByText(/正式导入/)).toBeNull();
    fireEvent.click(screen.getByText('先试一遍'));
    await screen.findByText('正式导入 7 行');
    expect(calls[0]?.input).toMatchObject({ file: 'handle-1', dry_run: true, policy: 'skip', map: { name: '姓名', phone: '手机' } });
    fireEvent.click(screen.getByText('正式导入 7 行'));
    await waitFor(() => expect(calls.filter((call) => call.name === 'import_run')).toHaveLength(2));
    const runs = calls.filter((call) => call.name === 'import_run');
    expect(runs[runs.length - 1]?.input).toMatchObject({ dry_run: false });
  });

  it('shows how far it is and can be cancelled', async () => {
    let state = 'running';
    const calls = answerWith({
      import_run: () => job('running'),
      job_get: () => job(state),
      job_cancel: () => {
        state = 'cancelled';
        return job(state);
      },
    });
    await show(<RunPanel preview={preview} isStale={false} onDone={() => undefined} />);
    fireEvent.click(screen.getByText('先试一遍'));
    await screen.findByText('3 / 10');
    fireEvent.click(screen.getByText('取消'));
    await screen.findByText('已取消，账本没有改动。');
    expect(calls.some((call) => call.name === 'job_cancel' && call.input['job'] === 7)).toBe(true);
  });

  it('shows a result that adds up and every row that was left out', async () => {
    answerWith({ import_run: () => job('running'), job_get: () => job('done', { result: report }) });
    await show(<RunPanel preview={preview} isStale={false} onDone={() => undefined} />);
    fireEvent.click(screen.getByText('先试一遍'));
    await screen.findByText('手机号看不懂');
    expect(report.created + report.updated + report.skipped + report.errors.length).toBe(report.rows);
    expect(screen.getByText('第 4 行')).toBeTruthy();
  });

  it('does not begin while a required column is missing', async () => {
    answerWith({});
    await show(<RunPanel preview={{ ...preview, fields: [{ field: 'name', column: null, is_required: true }] }} isStale={false} onDone={() => undefined} />);
    expect(screen.getByText('先试一遍').closest('button')).toHaveProperty('disabled', true);
  });
});
