// What the offer would have cost in the last thirty days, in one sentence.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Notice } from '@/shared/parts/States.tsx';
import type { Trial } from './queries.ts';

export function TrialNotice({ trial }: { trial: Trial }) {
  const { t } = useTranslation('entry');
  const money = useMoney();
  const said = trial.sales === 0 ? t('trial.none', { seen: formatCount(trial.seen) }) : t('trial.some', { n: formatCount(trial.sales), seen: formatCount(trial.seen), cost: money(trial.cost_minor), sold: money(trial.sold_minor) });
  return (
    <Notice tone="info">
      <strong>{trial.text}</strong>
      <br />
      {trial.terms}
      <br />
      {said} {trial.held_back > 0 && t('trial.held_back', { n: formatCount(trial.held_back) })}
    </Notice>
  );
}
