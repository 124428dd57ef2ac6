// The faces of 投诉: what is open, what is over, what will be different, how promises were kept, when people sit down with it.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { settle } from '@/shared/router.tsx';
import { Shortcut } from './Shortcut.tsx';

const places = { open: '/complaints', closed: '/complaints?show=closed', improvements: '/complaints/improvements', report: '/complaints/report', assessments: '/complaints/assessments' } as const;
type Tab = keyof typeof places;

export function Tabs({ at }: { at: Tab }) {
  const { t } = useTranslation('complaints');
  const tabs = Object.keys(places) as Tab[];
  return (
    <>
      <Choice label={t('show.label')} value={at} onChange={(tab) => settle(places[tab])} options={tabs.map((tab) => ({ value: tab, word: t(`show.${tab}`) }))} />
      {tabs.map((tab, n) => (
        <Shortcut key={tab} name={`Ctrl+${n + 1}`} run={() => settle(places[tab])} />
      ))}
    </>
  );
}
