// The fields of a trial as text, and what they say.
import { asMinor } from '@/backend/index.ts';
import { parseAmount, plainAmount } from '@/shared/format/index.ts';
import type { Policy } from './queries.ts';

export interface TrialText {
  days: string;
  orders: string;
  net: string;
  next: string;
}

type Trial = NonNullable<Policy['trial']>;

export function trialText(trial: Policy['trial'], next: string, exponent: number): TrialText {
  if (!trial) return { days: '', orders: '', net: '', next };
  return { days: String(trial.after_days), orders: trial.orders === 0 ? '' : String(trial.orders), net: trial.net_minor === 0 ? '' : plainAmount(trial.net_minor, exponent), next: trial.next_class };
}

/** Without days there is no trial; undefined when something cannot be read. */
export function readTrial(text: TrialText, exponent: number): Trial | null | undefined {
  if (text.days.trim() === '') return null;
  const net = text.net.trim() === '' ? 0 : parseAmount(text.net, exponent);
  const isWhole = [text.days, text.orders].every((digits) => /^\d{0,6}$/.test(digits.trim()));
  if (!isWhole || net === undefined) return undefined;
  return { after_days: Number(text.days), orders: Number(text.orders.trim() || '0'), net_minor: asMinor(net), next_class: text.next };
}
