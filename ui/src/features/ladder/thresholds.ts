// Thresholds in words: 满 ¥1,000, 满 12 次, 满 3,000 积分.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';

export function useThresholds(spend: number | null, visits: number | null, points: number | null, money: (minor: number) => string): string[] {
  const { t } = useTranslation('ladder');
  return [spend != null && t('spend', { amount: money(spend) }), visits != null && t('visits', { n: formatCount(visits) }), points != null && t('points_earned', { n: formatCount(points) })].filter((words) => words !== false);
}
