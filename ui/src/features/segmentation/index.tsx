// 分层: a scheme with its classes and shapes, what customers are worth, lists, people behind a shape, SWOT, as the
// place says.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { settle, usePlace } from '@/shared/router.tsx';
import { Lists } from './Lists.tsx';
import { People } from './People.tsx';
import { SchemePage } from './SchemePage.tsx';
import { SwotPage } from './SwotPage.tsx';
import { Value } from './Value.tsx';
import { SchemeEditor } from './editor/SchemeEditor.tsx';

export default function SegmentationScreen() {
  const { path, query } = usePlace();
  const [, , which, key] = path.split('/');
  if (which === 'people') return <People key={query.toString()} />;
  if (which === 'edit' && key) return <SchemeEditor key={path + query.toString()} schemeKey={key} copy={query.get('copy') === '1'} />;
  if (which === 'value') return <Value nav={<Sections at="value" />} />;
  if (which === 'lists') return <Lists nav={<Sections at="lists" />} />;
  if (which === 'swot') return <SwotPage nav={<Sections at="swot" />} />;
  return <SchemePage nav={<Sections at="schemes" />} />;
}

const sections = { schemes: '/segmentation', value: '/segmentation/value', lists: '/segmentation/lists', swot: '/segmentation/swot' } as const;

function Sections({ at }: { at: keyof typeof sections }) {
  const { t } = useTranslation('segmentation');
  const all = ['schemes', 'value', 'lists', 'swot'] as const;
  return <Choice label={t('title')} value={at} options={all.map((value) => ({ value, word: t(`sections.${value}`) }))} onChange={(to) => settle(sections[to])} />;
}
