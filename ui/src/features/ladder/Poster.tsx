// The ladder as a poster for the shop (店内公示): the same for everybody on a step.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatMoney } from '@/shared/format/index.ts';
import { Lines, Part, PrintDialog, SheetHead } from '@/shared/print/index.ts';
import type { Ladder } from './queries.ts';

export function Poster({ ladder, onClose }: { ladder: Ladder; onClose: () => void }) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  return (
    <PrintDialog title={t('poster.title')} kind="ladder" papers={['A4']} onClose={onClose}>
      {() => (
        <>
          <SheetHead title={t('poster.title')} note={ladder.sentence} />
          {ladder.steps.map((step) => {
            const enter = [
              step.enter_spend_minor != null && t('spend', { amount: formatMoney(step.enter_spend_minor, currency) }),
              step.enter_visits != null && t('visits', { n: step.enter_visits }),
              step.enter_points != null && t('points_earned', { n: step.enter_points }),
            ].filter(Boolean);
            return (
              <Part key={step.tier.rank} title={step.tier.name}>
                <Lines>{enter.length > 0 ? enter.join(ladder.combine === 'all' ? t('and') : t('or')) : t('start')}</Lines>
                {step.benefits.map((benefit) => (
                  <Lines key={benefit.key}>· {benefit.words}</Lines>
                ))}
              </Part>
            );
          })}
          <Lines small>{t('poster.equal')}</Lines>
        </>
      )}
    </PrintDialog>
  );
}
