// What the definition would do: people per class now and then, who would move, and what that costs in minutes a week.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { LoadingState } from '@/shared/parts/States.tsx';
import { MoveList } from '../Moves.tsx';
import type { Preview } from '../queries.ts';
import styles from '../segmentation.module.css';

const MOST_MOVES = 8;

export function PreviewPanel({ preview, stale, isNew }: { preview: Preview | undefined; stale: boolean; isNew: boolean }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  if (!preview) return <LoadingState />;
  const minutes = preview.minutes_after - preview.minutes_before;
  return (
    <div className={`${styles.stack} ${styles.sticky}`} data-stale={stale || undefined}>
      <Card title={t('editor.people')}>
        <ul>
          {preview.classes.map((one) => {
            const by = one.before == null ? 0 : one.people - one.before;
            return (
              <li key={one.tag.key} className={styles.count} title={one.rule}>
                <span className={styles.face} data-color={one.tag.color}>
                  {one.tag.name}
                </span>
                <strong className="figures">{word('people', { n: formatCount(one.people) })}</strong>
                <span className={`${styles.by} figures`} data-by={by > 0 ? 'more' : by < 0 ? 'less' : undefined}>
                  {by === 0 ? '' : by > 0 ? `+${formatCount(by)}` : `−${formatCount(-by)}`}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
      {!isNew && (
        <Card title={t('editor.moves')} side={<span className="figures">{word('people', { n: formatCount(preview.moved) })}</span>}>
          {preview.moves.length === 0 ? <p className="quiet">{t('moves.nobody')}</p> : <MoveList moves={preview.moves.slice(0, MOST_MOVES)} />}
          {minutes !== 0 && <p className="quiet small">{minutes > 0 ? t('editor.minutes_more', { n: formatCount(minutes) }) : t('editor.minutes_less', { n: formatCount(-minutes) })}</p>}
        </Card>
      )}
    </div>
  );
}
