// The shapes of a scheme: the grid of steps, the four groups around a cross, the last run as flows and as a table, and
// the sizes of the classes over time. Every shape opens its people.
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { GridChart } from './GridChart.tsx';
import { FlowChart, HistoryChart } from './HistoryChart.tsx';
import { MoveMatrix } from './MoveMatrix.tsx';
import { PivotCard } from './Pivot.tsx';
import { QuadrantCard } from './QuadrantCard.tsx';
import { useCharts } from './queries.ts';
import styles from './segmentation.module.css';
import { TableButton } from './TableButton.tsx';

export function Shapes({ schemeKey }: { schemeKey: string }) {
  const { t } = useTranslation('segmentation');
  const { data, error } = useCharts(schemeKey);
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  return (
    <div className={styles.stack}>
      {data.grid && (
        <Card title={t('grid.title')} side={t('grid.help')}>
          <GridChart scheme={schemeKey} grid={data.grid} />
        </Card>
      )}
      {data.quadrants && <QuadrantCard scheme={schemeKey} quadrants={data.quadrants} />}
      {data.moves.length > 0 && (
        <Card title={t('moves.last')}>
          <FlowChart scheme={schemeKey} moves={data.moves} />
        </Card>
      )}
      {data.matrix && (
        <Card title={t('matrix.title')} side={<TableButton chart={{ kind: 'matrix', scheme: schemeKey }} />}>
          <MoveMatrix scheme={schemeKey} matrix={data.matrix} />
        </Card>
      )}
      <PivotCard scheme={schemeKey} />
      {data.history.length > 0 && (
        <Card title={t('history.title')} side={t('history.help')}>
          <HistoryChart scheme={schemeKey} history={data.history} />
        </Card>
      )}
    </div>
  );
}
