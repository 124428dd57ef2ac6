// Imports that were done, the newest first, each with the way back.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatCount, formatInstant } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { ErrorState } from '@/shared/parts/States.tsx';
import { useImports, type Import } from './queries.ts';
import { UndoDialog } from './UndoDialog.tsx';
import styles from './imports.module.css';

export function History() {
  const { t } = useTranslation('imports');
  const { zone, today } = useBook();
  const { data, error } = useImports();
  const [chosen, setChosen] = useState<Import>();
  if (error) return <ErrorState message={error.message} />;
  if (!data || data.rows.length === 0) return null;
  return (
    <Card title={t('history.title')} flush>
      <ul className={styles.history}>
        {data.rows.map((row) => (
          <li key={row.id} className={styles.done} data-undone={row.undone_at !== null || undefined}>
            <span className="figures quiet">{formatInstant(row.imported_at, zone, today)}</span>
            <span className={styles.fileName}>
              <span className="selectable">{row.file_name}</span>
              <span className="quiet small">
                {t(`kind.${row.kind}`)}
                {row.staff && ` · ${row.staff}`}
              </span>
            </span>
            <span className="figures">{t('history.counts', { created: formatCount(row.created), updated: formatCount(row.updated) })}</span>
            <span className={styles.way}>
              {row.undone_at !== null && <span className="quiet">{t('history.undone', { at: formatInstant(row.undone_at, zone, today) })}</span>}
              {row.can_undo && (
                <Button icon="refund" onClick={() => setChosen(row)}>
                  {t('undo.button')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {chosen && <UndoDialog row={chosen} onClose={() => setChosen(undefined)} />}
    </Card>
  );
}
