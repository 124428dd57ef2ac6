// A customer among the hits of the search: enough to choose without opening.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatAge } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import type { CustomerHit } from './queries.ts';
import styles from './HitRow.module.css';

export function HitRow({ hit }: { hit: CustomerHit }) {
  const { t } = useTranslation('common');
  const { today } = useBook();
  return (
    <span className={styles.row}>
      <span className={styles.name}>
        {hit.name}
        {hit.salutation && <span className={styles.also}>{hit.salutation}</span>}
      </span>
      <span className={`${styles.phone} figures`}>{hit.phone}</span>
      <span className={styles.marks}>
        {hit.open_complaints > 0 && (
          <span className={styles.complaint} title={t('open_complaints', { n: hit.open_complaints })}>
            <Icon name="complaints" />
            {hit.open_complaints}
          </span>
        )}
        {hit.segment && <SegmentTag name={hit.segment.name} />}
        <TierMark name={hit.tier.name} step={hit.tier.rank} of={hit.tier.of} />
      </span>
      <span className={`${styles.age} figures`}>{hit.last_on ? formatAge(hit.last_on, today) : t('no_visit')}</span>
    </span>
  );
}
