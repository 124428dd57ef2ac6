// Who moved: from which class to which, the largest first.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import type { Moves } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

export function MovesCard({ moves, title, scheme }: { moves: Moves; title: string; scheme: string }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  if (moves.length === 0) return <Notice tone="done">{t('moves.none')}</Notice>;
  return (
    <Card title={title} side={word('people', { n: formatCount(moves.reduce((sum, move) => sum + move.people, 0)) })}>
      <MoveList moves={moves} onOpen={scheme ? (move) => openPeople({ kind: 'moved', scheme, from: move.from?.key ?? null, to: move.to.key }, `${move.from?.name ?? t('moves.first')} → ${move.to.name}`) : undefined} />
    </Card>
  );
}

/** The moves as lines; a line opens those who went that way. */
export function MoveList({ moves, onOpen }: { moves: Moves; onOpen?: (move: Moves[number]) => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const most = Math.max(1, ...moves.map((move) => move.people));
  return (
    <ul className={styles.moves}>
      {[...moves]
        .sort((a, b) => b.people - a.people)
        .map((move) => (
          <li key={`${move.from?.key ?? 'none'}-${move.to.key}`}>
            <button type="button" className={styles.move} disabled={!onOpen} onClick={() => onOpen?.(move)}>
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
  );
}
