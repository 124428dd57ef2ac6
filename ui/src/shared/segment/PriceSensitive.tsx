// 价格敏感: the label of somebody who buys nearly only what is discounted, and the sentence that explains it with the
// margin beside where a cost is known and the person may see it.
import { useTranslation } from 'react-i18next';
import type { Output } from '@/backend/index.ts';
import { useSentence } from '../book.tsx';
import { formatBasisPoints } from '../format/index.ts';
import { SegmentTag } from '../parts/SegmentTag.tsx';

type View = Output<'service_card'>['price_sensitive'];

export function PriceMark({ view }: { view: View | undefined }) {
  const { t } = useTranslation('segmentation');
  const say = useSentence();
  return view ? <SegmentTag name={t('promotion.label')} reason={say(view.text)} /> : null;
}

export function PriceLine({ view }: { view: View }) {
  const { t } = useTranslation('segmentation');
  const say = useSentence();
  if (!view) return null;
  return (
    <p className="small selectable">
      <SegmentTag name={t('promotion.label')} /> {say(view.text)}
      {view.margin_bp != null && <span className="figures"> · {t('promotion.margin', { margin: formatBasisPoints(view.margin_bp) })}</span>}
    </p>
  );
}
