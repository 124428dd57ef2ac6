// What the last run moved: from which class to which, the largest first.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import type { Run } from './queries.ts';
import styles from './segmentation.module.css';

export function Moves({ run }: { run: Run }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  if (run.moves.length === 0) return <Notice tone="done">{t('moves.none')}</Notice>;
  const most = Math.max(...run.moves.map((move) => move.people));
  return (
    <Card title={t('moves.title')} side={word('people', { n: formatCount(run.moves.reduce((sum, move) => sum + move.people, 0)) })}>
      <ul className={styles.moves}>
        {[...run.moves]
          .sort((a, b) => b.people - a.people)
          .map((move) => (
            <li key={`${move.from?.key ?? 'none'}-${move.to.key}`}>
              <button type="button" className={styles.move} onClick={() => go(`/customers?segment=${encodeURIComponent(move.to.key)}`)}>
                {move.from ? <SegmentTag name={move.from.name} /> : <span className="quiet small">{t('moves.first')}</span>}
                <Icon name="next" />
                <SegmentTag name={move.to.name} />
                <svg viewBox="0 0 100 4" preserveAspectRatio="none" className={styles.flow} aria-hidden>
                  <rect className={styles.people} width={(move.people / most) * 100} height="4" />
                </svg>
                <span className="figures">{word('people', { n: formatCount(move.people) })}</span>
              </button>
            </li>
          ))}
      </ul>
    </Card>
  );
}
