// How many are left out of a list, and why.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Notice } from '@/shared/parts/States.tsx';
import type { LeftOut } from './queries.ts';

export function LeftOutNotice({ rows, action }: { rows: readonly LeftOut[]; action?: React.ReactNode }) {
  const { t } = useTranslation('members');
  if (rows.length === 0) return null;
  const reasons = rows.map(({ why, people }) => t(`why.${why}`, { n: formatCount(people) })).join(t('and'));
  return (
    <Notice tone="info" action={action}>
      {t('left_out', { reasons })}
    </Notice>
  );
}
