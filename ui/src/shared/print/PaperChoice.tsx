// On which paper a sheet is printed, where it knows several.
import { useTranslation } from 'react-i18next';
import { Choice } from '../parts/Choice.tsx';
import type { Paper } from './paper.ts';

export function PaperChoice({ papers, paper, onChoose }: { papers: readonly Paper[]; paper: Paper; onChoose: (paper: Paper) => void }) {
  const { t } = useTranslation('print');
  if (papers.length < 2) return null;
  return <Choice label={t('paper')} value={paper} onChange={onChoose} options={papers.map((each) => ({ value: each, word: t(`papers.${each}`) }))} />;
}
