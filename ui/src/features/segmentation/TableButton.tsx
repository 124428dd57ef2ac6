// What a chart shows, as a table in a file that the person chooses.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { pickTableFile, useExportChart, type ChartOf } from './queries.ts';

export function TableButton({ chart }: { chart: ChartOf }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('charts');
  const { mutate, data, error, isPending } = useExportChart();
  const keep = () =>
    void pickTableFile().then((file) => {
      if (file !== null) mutate({ chart, file });
    });
  return (
    <>
      <span className="small quiet" role="status">
        {error?.message ?? (data && t('table_kept', { file: data.file_name, n: formatCount(data.rows) }))}
      </span>
      <Button kind="plain" icon="export" busy={isPending} onClick={keep}>
        {word('keep_table')}
      </Button>
    </>
  );
}
