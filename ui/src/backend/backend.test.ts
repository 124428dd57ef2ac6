import { afterEach, describe, expect, it, vi } from 'vitest';
import { askForApproval } from './approval.ts';
import { call } from './call.ts';
import { isTouched, newQueryClient, refetchTouched } from './changes.ts';
import { ApiError, toApiError } from './error.ts';
import { standInTransport } from './transport.ts';

afterEach(() => vi.restoreAllMocks());

describe('a refusal', () => {
  it('keeps its code, its sentence and the sentences of its fields', async () => {
    standInTransport({
      call: () => Promise.reject({ code: 'invalid', message: '请改正标出的栏目', key: 'invalid', fields: [{ field: 'amount_minor', problem: 'amount.not_positive', message: '请填写大于零的金额' }] }),
      onChange: () => () => undefined,
      onPlace: () => () => undefined,
      pick: () => Promise.resolve(null),
    });
    const refusal = await call('sale_list', { customer_id: null, from_on: null, to_on: null, offset: 0, limit: null }).catch((e: unknown) => e);
    expect(refusal).toBeInstanceOf(ApiError);
    expect((refusal as ApiError).code).toBe('invalid');
    expect((refusal as ApiError).of('amount_minor')).toBe('请填写大于零的金额');
    expect((refusal as ApiError).of('note')).toBeUndefined();
  });

  it('that is no refusal of ours is a mistake of the program', () => {
    expect(toApiError(new TypeError('fetch failed')).code).toBe('internal');
  });
});

describe('a call that somebody else has to approve', () => {
  const refund = { sale_id: 7, amount_minor: 100, lines: [] } as never;
  const needsApproval = { code: 'not_permitted', message: '这件事要店长或店主批准。', key: 'approval.needed', fields: [], ask: 'sale.refund' };
  /** A backend that refuses everything without an approval. */
  const standIn = () => {
    const sent: unknown[] = [];
    standInTransport({
      call: (_, input) => {
        sent.push(input);
        return (input as { approval?: unknown }).approval ? Promise.resolve({ is_new: true }) : Promise.reject(needsApproval);
      },
      onChange: () => () => undefined,
      onPlace: () => () => undefined,
      pick: () => Promise.resolve(null),
    });
    return sent;
  };

  it('is made again with the same words once it is approved', async () => {
    const sent = standIn();
    const stop = askForApproval((refusal, again) => {
      expect(refusal.ask).toBe('sale.refund');
      return again({ staff_id: 2, reason: '看过了' });
    });
    await expect(call('sale_refund', refund)).resolves.toEqual({ is_new: true });
    expect(sent).toEqual([refund, { ...(refund as object), approval: { staff_id: 2, reason: '看过了' } }]);
    stop();
  });

  it('ends with its refusal when nobody approves, or nobody is there to ask', async () => {
    standIn();
    const stop = askForApproval((refusal) => Promise.reject(refusal));
    await expect(call('sale_refund', refund)).rejects.toMatchObject({ code: 'not_permitted', ask: 'sale.refund' });
    stop();
    await expect(call('sale_refund', refund)).rejects.toMatchObject({ message: needsApproval.message });
  });
});

describe('a change of the book', () => {
  it('touches the answers that were read from its tables and no others', () => {
    const change = { op: 'sale.create', tables: ['sales', 'customers'] };
    expect(isTouched({ meta: { tables: ['customers'] } }, change)).toBe(true);
    expect(isTouched({ meta: { tables: ['complaints'] } }, change)).toBe(false);
    expect(isTouched({ meta: { tables: ['*'] } }, change)).toBe(true);
    expect(isTouched({ meta: undefined }, change)).toBe(false);
    expect(isTouched({ meta: { tables: ['complaints'] } }, { op: 'book.open', tables: ['book'] }), 'another book is another world').toBe(true);
  });

  it('makes touched answers stale at once', async () => {
    const client = newQueryClient();
    await client.prefetchQuery({ queryKey: ['customer_list', {}], queryFn: () => Promise.resolve(1), meta: { tables: ['customers'] } });
    refetchTouched(client, { op: 'sale.create', tables: ['customers'] });
    expect(client.getQueryState(['customer_list', {}])?.isInvalidated).toBe(true);
  });
});
