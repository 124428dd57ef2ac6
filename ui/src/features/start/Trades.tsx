// The six trades that come with presets, as a row of words.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { trades, type Trade } from './queries.ts';

export function Trades({ value, onChange }: { value: Trade; onChange: (trade: Trade) => void }) {
  const { t } = useTranslation('start');
  return <Choice label={t('trade')} value={value} onChange={onChange} options={trades.map((trade) => ({ value: trade, word: t(`trades.${trade}`) }))} />;
}
