import { describe, expect, it } from 'vitest';
import { scanReader } from './scanner.ts';

function feed(codes: readonly string[], pace: number) {
  const reader = scanReader();
  const found = codes.map((code, n) => reader.key(code, false, 1000 + n * pace)).find((code) => code !== undefined);
  return found ?? reader.silence();
}
const digits = (text: string) => [...text].map((d) => `Digit${d}`);

describe('a scan', () => {
  it('is read from the keys and keeps its leading zeros', () => {
    expect(feed([...digits('00123456'), 'Enter'], 8)).toBe('00123456');
    expect(feed([...digits('1000017'), 'Tab'], 8)).toBe('1000017');
  });

  it('needs no end key', () => {
    expect(feed(digits('6901234567892'), 8)).toBe('6901234567892');
  });

  it('is not made of what a person types', () => {
    expect(feed([...digits('13812345678'), 'Enter'], 120)).toBeUndefined();
    expect(feed([...digits('5678'), 'Enter'], 8)).toBeUndefined();
  });

  it('begins anew after a pause in front of it', () => {
    const reader = scanReader();
    reader.key('Digit9', false, 0);
    digits('1000017').forEach((code, n) => reader.key(code, false, 500 + n * 8));
    expect(reader.key('Enter', false, 560)).toBe('1000017');
  });
});
