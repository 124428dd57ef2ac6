// A class on trial: what was seen since it began, and, when its day has come and it was enough, the next class that one
// key confirms.
import { useTranslation } from 'react-i18next';
import { useAct } from '@/backend/index.ts';
import { useBook, useMoney } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { useKey } from '../hooks/keys.ts';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/States.tsx';
import type { Id } from './card.ts';
import type { Service } from './ServiceFacts.tsx';

export function TrialPart({ customer, service }: { customer: Id; service: Service }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const money = useMoney();
  const confirm = useAct('trial_confirm');
  const { trial } = service;
  const isSuggested = trial !== null && trial.is_due && trial.is_met;
  const act = () => confirm.mutate({ id: customer });
  useKey('F8', act, isSuggested && !confirm.isPending);
  if (!trial) return null;
  const seen = [trial.orders_needed > 0 && t('trial.orders', { n: trial.orders, of: trial.orders_needed }), trial.net_needed_minor > 0 && t('trial.net', { n: money(trial.net_minor), of: money(trial.net_needed_minor) })];
  return (
    <>
      <p className="small">{t('trial.state', { day: formatShortDay(trial.since, today), seen: seen.filter(Boolean).join(' · ') })}</p>
      {trial.is_due && !trial.is_met && <p className="small quiet">{t('trial.failed')}</p>}
      {isSuggested && (
        <Notice
          tone={confirm.error ? 'late' : 'soon'}
          action={
            <Button kind="plain" icon="check" hint="F8" busy={confirm.isPending} onClick={act}>
              {t('trial.confirm', { name: trial.next.name })}
            </Button>
          }
        >
          {confirm.error?.message ?? t('trial.passed', { name: trial.next.name })}
        </Notice>
      )}
    </>
  );
}
