import { describe, expect, it } from 'vitest';
import { readDays, writeDays, yearsAsJson } from './statutory.ts';

describe('statutory days as text', () => {
  it('writes days in a row as one stretch and reads them back', () => {
    const days = ['2027-10-01', '2027-10-02', '2027-10-03', '2027-10-07', '2026-12-31'];
    const text = writeDays(days, 2027);
    expect(text).toBe('2026-12-31，10-01~10-03，10-07');
    expect(readDays(text, 2027)).toEqual([...days].sort());
  });

  it('reads what people write', () => {
    expect(readDays('1月1日', 2027)).toEqual(['2027-01-01']);
    expect(readDays('2/5–2/7, 2/20', 2027)).toEqual(['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-20']);
    expect(readDays('', 2027)).toEqual([]);
  });

  it('does not guess what is no day', () => {
    for (const text of ['6-31', '13-1', '国庆', '10-07~10-01', '1-1~', '1-1~12-31']) expect(readDays(text, 2027)).toBeUndefined();
  });

  it('gives the years that were changed, and nothing while one cannot be read', () => {
    expect(yearsAsJson([])).toBeNull();
    const year = { year: 2027, festivals: [{ key: 0, name: '元旦', days: '1-1~1-3' }, { key: 1, name: '春节', days: '' }], work: '1-9' };
    expect(JSON.parse(yearsAsJson([year]) ?? '')).toEqual({ years: { 2027: { off: { 元旦: ['2027-01-01', '2027-01-02', '2027-01-03'] }, work: ['2027-01-09'] } } });
    expect(yearsAsJson([{ ...year, work: '?' }])).toBeUndefined();
    expect(yearsAsJson([{ ...year, festivals: [{ key: 0, name: ' ', days: '1-1' }] }])).toBeUndefined();
  });
});
