import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, newRow, readDraft, readTime, type Draft } from './draft.ts';
import type { Product } from './queries.ts';

const id = (n: number) => n as Product['id'];
const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft('2026-03-02'), ...change });
const read = (change: Partial<Draft>) => readDraft(draft(change), 2);

describe('the form of an offer', () => {
  it('makes steps of spend in minor units', () => {
    expect(read({ rows: [newRow('200', '20'), newRow('300', '40')] })).toMatchObject({
      rule: { kind: 'steps', steps: [{ from_minor: 20_000, off_minor: 2_000 }, { from_minor: 30_000, off_minor: 4_000 }], repeats: false },
      scope: { kind: 'shop' },
      when: { from_on: '2026-03-02', until_on: null, hours: null },
    });
  });

  it('is nothing while a part of it cannot be read', () => {
    expect(read({ rows: [newRow('200', '')] })).toBeUndefined();
    expect(read({ kind: 'discount', less: '10', scope: 'category' })).toBeUndefined();
    expect(read({ kind: 'discount', less: '10', fromTime: '14:00' })).toBeUndefined();
    expect(read({ kind: 'discount', less: '10', untilOn: '31.3.' })).toBeUndefined();
  });

  it('writes a discount for a time as a price break from the first piece on', () => {
    expect(read({ kind: 'discount', less: '12.5' })?.rule).toEqual({ kind: 'breaks', breaks: [{ from_thousandths: 1000, less: { kind: 'percent', percent_bp: 1250 } }], is_mixed: true });
  });

  it('opens an offer as it was written', () => {
    const all: Partial<Draft>[] = [
      { rows: [newRow('100', '10')], repeats: true },
      { kind: 'bundle', products: [{ id: id(1), name: 'logo', pieces: '1' }, { id: id(2), name: 'VI', pieces: '2' }], less: '20' },
      { kind: 'breaks', rows: [newRow('10', '9'), newRow('50', '8')], lessKind: 'price', scope: 'products', products: [{ id: id(1), name: 'logo', pieces: '1' }] },
      { kind: 'discount', less: '5', scope: 'category', category: '面包', weekdays: [1, 5], fromTime: '14:00', untilTime: '17:30', audience: 'tags', who: ['单项服务'], withOthers: false },
    ];
    for (const change of all) {
      const offer = readDraft(draft(change), 2);
      expect(offer).toBeDefined();
      if (offer) expect(readDraft(draftOf('x', offer, '2026-03-02', 2, () => 'logo'), 2)).toEqual(offer);
    }
  });

  it('reads hours of the day', () => {
    expect([readTime('14:00'), readTime('24:00'), readTime('24:01'), readTime('9:60'), readTime('two')]).toEqual([840, 1440, undefined, undefined, undefined]);
  });
});
