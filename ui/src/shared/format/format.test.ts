import { beforeAll, describe, expect, it } from 'vitest';
import { startLanguage } from '@/i18n/index.ts';
import { daysBetween, formatAge, formatBasisPoints, formatCount, formatDay, formatInstant, formatMoney, formatPhone, formatShortDay, formatSpan, formatTime, parseAmount, plainAmount } from './index.ts';

const yuan = { code: 'CNY', exponent: 2 };

beforeAll(async () => {
  await startLanguage('zh-Hans');
});

describe('money', () => {
  it('is grouped, with all decimals of its currency', () => {
    expect(formatMoney(123450, yuan)).toBe('¥1,234.50');
    expect(formatMoney(0, yuan)).toBe('¥0.00');
    expect(formatMoney(5, yuan)).toBe('¥0.05');
    expect(formatMoney(-158928, yuan)).toBe('−¥1,589.28');
    expect(formatMoney(1234567, { code: 'JPY', exponent: 0 })).toBe('¥1,234,567');
    expect(formatMoney(9_000_000_000_000_000, yuan)).toBe('¥90,000,000,000,000.00');
  });

  it('is read as staff type it', () => {
    for (const [text, minor] of [['12.5', 1250], ['12.50', 1250], ['12', 1200], ['.5', 50], ['0', 0], ['12.', 1200], ['￥１，２３４．５', 123450], ['1,234.56元', 123456], ['12。5', 1250], ['12.500', 1250], ['-3', -300]] as const) {
      expect(parseAmount(text, 2), text).toBe(minor);
    }
  });

  it('is refused when it is no amount of the currency', () => {
    for (const text of ['', ' ', '.', '-', 'abc', '1.234', '1.2.3', '1e5', '99999999999999999', '十二']) expect(parseAmount(text, 2), text).toBeUndefined();
    expect(parseAmount('1.5', 0)).toBeUndefined();
  });

  it('comes back to the same number through text', () => {
    for (const minor of [0, 1, 99, 100, 101, 123456789, -1, -100]) expect(parseAmount(plainAmount(minor, 2), 2)).toBe(minor);
  });
});

describe('days and instants', () => {
  it('writes a day as people do', () => {
    expect(formatDay('2026-03-05')).toBe('2026年3月5日 周四');
    expect(formatShortDay('2026-03-05', '2026-07-01')).toBe('3月5日');
    expect(formatShortDay('2025-03-05', '2026-07-01')).toBe('2025年3月5日');
  });

  it("shows instants in the shop's zone whatever this computer's is", () => {
    expect(formatTime('2026-03-05T16:30:00Z', 'Asia/Shanghai')).toBe('00:30');
    expect(formatInstant('2026-03-05T16:30:00Z', 'Asia/Shanghai', '2026-03-06')).toBe('00:30');
    expect(formatInstant('2026-03-05T16:30:00Z', 'Asia/Shanghai', '2026-03-09')).toBe('3月6日 00:30');
  });

  it('counts days over the end of summer time', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2);
  });

  it('says ages in one unit', () => {
    const today = '2026-03-05';
    expect(['2026-03-05', '2026-03-04', '2026-03-06', '2026-03-01', '2026-01-01', '2025-09-01', '2020-01-01'].map((day) => formatAge(day, today))).toEqual(['今天', '昨天', '明天', '4 天前', '2 个月前', '6 个月前', '6 年前']);
  });

  it('tells open time in hours, never in days', () => expect(formatSpan(51 * 3_600_000, true)).toBe('51 小时 00 分'));

  it('says spans in at most two units', () => {
    expect([5_000, 23 * 60_000, 65 * 60_000, 51 * 3_600_000].map((span) => formatSpan(span))).toEqual(['5 秒', '23 分', '1 小时 05 分', '2 天 3 小时']);
  });
});

describe('other figures', () => {
  it('are written as read aloud', () => {
    expect(formatPhone('13812345678')).toBe('138 1234 5678');
    expect(formatPhone('+8613812345678')).toBe('138 1234 5678');
    expect(formatPhone('0571-88886666')).toBe('0571-88886666');
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatBasisPoints(7130)).toBe('71.3%');
    expect(formatBasisPoints(5000)).toBe('50%');
  });
});
