// Two schemes crossed: the classes of this one at the left, those of another at the top; how many people stand in both, or
// what they spent. Every cell opens its people; the arrow keys walk from cell to cell.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { EmptyState, ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { usePivot, useSchemes, type Pivot } from './queries.ts';
import styles from './segmentation.module.css';
import { TableButton } from './TableButton.tsx';
import { shadeOf, useCellKeys } from './useCellKeys.ts';
import { openPeople } from './who.ts';

type Shown = 'people' | 'money';

export function PivotCard({ scheme }: { scheme: string }) {
  const { t } = useTranslation('segmentation');
  const others = (useSchemes().data?.schemes ?? []).filter((other) => other.key !== scheme);
  const [picked, setPicked] = useState<string>();
  const [shown, setShown] = useState<Shown>('people');
  const other = picked ?? others[0]?.key;
  const { data, error } = usePivot(scheme, other);
  if (other === undefined) return null;
  return (
    <Card
      title={t('pivot.title')}
      side={
        <>
          <Pick label={t('pivot.with')} value={other} options={others.map((one) => ({ value: one.key, word: one.name }))} onChange={setPicked} />
          <Choice label={t('pivot.show')} value={shown} options={(['people', 'money'] as const).map((value) => ({ value, word: t(`pivot.${value}`) }))} onChange={setShown} />
          <TableButton chart={{ kind: 'pivot', rows: scheme, columns: other }} />
        </>
      }
    >
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && (data.rows.length === 0 ? <EmptyState drawing="cards" title={t('never.title')} text={t('never.text')} /> : <PivotTable scheme={scheme} other={other} pivot={data} shown={shown} />)}
    </Card>
  );
}

type Cell = Pivot['rows'][number]['cells'][number];

function PivotTable({ scheme, other, pivot, shown }: { scheme: string; other: string; pivot: Pivot; shown: Shown }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const keys = useCellKeys();
  const value = (cell: Cell) => (shown === 'people' ? cell.people : cell.net_minor);
  const text = (n: number) => (shown === 'people' ? formatCount(n) : money(n));
  const sum = (cells: readonly Cell[]) => cells.reduce((all, cell) => all + value(cell), 0);
  const all = pivot.rows.reduce((before, row) => before + sum(row.cells), 0);
  const most = Math.max(1, ...pivot.rows.flatMap((row) => row.cells.map(value)));
  return (
    <div className={styles.matrixBox}>
      <table {...keys} className={styles.matrix}>
        <caption className={styles.matrixCaption}>{t('pivot.help')}</caption>
        <thead>
          <tr>
            <td />
            {pivot.columns.map((tag) => (
              <th key={tag.key} scope="col">
                {tag.name}
              </th>
            ))}
            <th scope="col" className="quiet small">
              {t('pivot.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pivot.rows.map((row, y) => (
            <tr key={row.tag.key}>
              <th scope="row">{row.tag.name}</th>
              {pivot.columns.map((tag, x) => {
                const cell = row.cells[x] ?? { people: 0, net_minor: 0 };
                const name = t('pivot.cell', { one: row.tag.name, other: tag.name });
                const open = () => openPeople({ kind: 'both', scheme, class: row.tag.key, other, other_class: tag.key }, name);
                return (
                  <td key={tag.key}>
                    <button
                      type="button"
                      className={`${styles.matrixCell} figures`}
                      data-cell={`${y} ${x}`}
                      data-shade={cell.people === 0 ? undefined : shadeOf(value(cell), most)}
                      aria-disabled={cell.people === 0}
                      aria-label={`${name}: ${word('people', { n: formatCount(cell.people) })}, ${money(cell.net_minor)}`}
                      onClick={cell.people === 0 ? undefined : open}
                    >
                      {cell.people === 0 ? '–' : text(value(cell))}
                    </button>
                  </td>
                );
              })}
              <td className="figures quiet">{text(sum(row.cells))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="quiet small">
              {t('pivot.sum')}
            </th>
            {pivot.columns.map((tag, x) => (
              <td key={tag.key} className="figures quiet">
                {text(pivot.rows.reduce((before, row) => before + (row.cells[x] ? value(row.cells[x]) : 0), 0))}
              </td>
            ))}
            <td className="figures">{text(all)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
