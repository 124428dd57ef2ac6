// The ladder as a poster for the shop (店内公示): the same for everybody on a step.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatMoney } from '@/shared/format/index.ts';
import { Lines, Part, PrintDialog, SheetHead } from '@/shared/print/index.ts';
import type { Ladder, Step } from './queries.ts';
import { useThresholds } from './thresholds.ts';

export function Poster({ ladder, onClose }: { ladder: Ladder; onClose: () => void }) {
  const { t } = useTranslation('ladder');
  return (
    <PrintDialog title={t('poster.title')} kind="ladder" papers={['A4']} onClose={onClose}>
      {() => (
        <>
          <SheetHead title={t('poster.title')} note={ladder.sentence} />
          {ladder.steps.map((step) => (
            <PosterStep key={step.tier.rank} step={step} joint={ladder.combine === 'all' ? 'and' : 'or'} />
          ))}
          <Lines small>{t('poster.equal')}</Lines>
        </>
      )}
    </PrintDialog>
  );
}

function PosterStep({ step, joint }: { step: Step; joint: 'and' | 'or' }) {
  const { t } = useTranslation('ladder');
  const { currency } = useBook();
  const enter = useThresholds(step.enter_spend_minor, step.enter_visits, step.enter_points, (minor) => formatMoney(minor, currency));
  return (
    <Part title={step.tier.name}>
      <Lines>{enter.length > 0 ? enter.join(t(joint)) : t('start')}</Lines>
      {step.benefits.map((benefit) => (
        <Lines key={benefit.key}>· {benefit.words}</Lines>
      ))}
    </Part>
  );
}
