// The last run as a table of everybody: the class before at the left, the class since at the top. Who stayed stands on
// the diagonal. Every cell opens its people; the arrow keys walk from cell to cell.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import type { Charts } from './queries.ts';
import styles from './segmentation.module.css';
import { shadeOf, useCellKeys } from './useCellKeys.ts';
import { openPeople } from './who.ts';

type Matrix = NonNullable<Charts['matrix']>;

export function MoveMatrix({ scheme, matrix }: { scheme: string; matrix: Matrix }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const keys = useCellKeys();
  return (
    <div className={styles.matrixBox}>
      <p className="figures">{t('matrix.course', { up: formatCount(matrix.up), down: formatCount(matrix.down), new: formatCount(matrix.new), lost: formatCount(matrix.lost) })}</p>
      <table {...keys} className={styles.matrix}>
        <caption className={styles.matrixCaption}>{t('matrix.help')}</caption>
        <thead>
          <tr>
            <th scope="col" className="quiet small">
              {t('matrix.corner')}
            </th>
            {matrix.to.map((tag) => (
              <th key={tag.key} scope="col">
                {tag.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row, y) => {
            const all = row.people.reduce((sum, people) => sum + people, 0);
            const from = row.from?.name ?? t('moves.first');
            return (
              <tr key={row.from?.key ?? 'none'}>
                <th scope="row">
                  {from} <span className="quiet small figures">{formatCount(all)}</span>
                </th>
                {matrix.to.map((tag, x) => {
                  const people = row.people[x] ?? 0;
                  const stayed = row.from?.key === tag.key;
                  const open = () => (stayed ? openPeople({ kind: 'class', scheme, class: tag.key }, tag.name) : openPeople({ kind: 'moved', scheme, from: row.from?.key ?? null, to: tag.key }, `${from} → ${tag.name}`));
                  return (
                    <td key={tag.key}>
                      <button
                        type="button"
                        className={`${styles.matrixCell} figures`}
                        data-cell={`${y} ${x}`}
                        data-shade={people === 0 ? undefined : shadeOf(people, all)}
                        data-stayed={stayed || undefined}
                        aria-disabled={people === 0}
                        aria-label={t(stayed ? 'matrix.stayed' : 'matrix.moved', { from, to: tag.name, people: word('people', { n: formatCount(people) }) })}
                        onClick={people === 0 ? undefined : open}
                      >
                        {people === 0 ? '–' : formatCount(people)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
