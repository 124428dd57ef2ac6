import { describe, expect, it } from 'vitest';
import { asMinor } from '@/backend/index.ts';
import { readTrial, trialText } from './trial.ts';

describe('the fields of a trial', () => {
  it('says what was read, and reads what it said', () => {
    const trial = { after_days: 90, orders: 2, net_minor: asMinor(12_350), next_class: 'b' };
    const text = trialText(trial, 'c', 2);
    expect(text).toEqual({ days: '90', orders: '2', net: '123.50', next: 'b' });
    expect(readTrial(text, 2)).toEqual(trial);
  });

  it('is no trial without days, and cannot be read with letters', () => {
    expect(readTrial({ days: ' ', orders: '2', net: '', next: 'b' }, 2)).toBeNull();
    expect(readTrial({ days: '90', orders: 'x', net: '', next: 'b' }, 2)).toBeUndefined();
    expect(readTrial({ days: '90', orders: '', net: 'viel', next: 'b' }, 2)).toBeUndefined();
    expect(readTrial({ days: '90', orders: '', net: '', next: 'b' }, 2)).toEqual({ after_days: 90, orders: 0, net_minor: 0, next_class: 'b' });
  });
});
