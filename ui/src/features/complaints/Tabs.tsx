// The faces of 投诉: what is open, what is over, what will be different, how promises were kept, when people sit down with it.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { settle } from '@/shared/router.tsx';

const places = { open: '/complaints', closed: '/complaints?show=closed', improvements: '/complaints/improvements', report: '/complaints/report', assessments: '/complaints/assessments' } as const;
type Tab = keyof typeof places;

export function Tabs({ at }: { at: Tab }) {
  const { t } = useTranslation('complaints');
  return <Choice label={t('show.label')} value={at} onChange={(tab) => settle(places[tab])} options={(Object.keys(places) as Tab[]).map((tab) => ({ value: tab, word: t(`show.${tab}`) }))} />;
}
