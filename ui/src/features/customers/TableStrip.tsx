// The line below the table: who is chosen and what can be done with them, the last edit with its way back, else the keys.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { countSelected, type Selection } from '@/shared/parts/grid/selection.ts';
import type { Cells } from './useCells.ts';
import styles from './table.module.css';

interface Props {
  selection: Selection;
  total: number;
  cells: Cells;
  onTags: () => void;
  onExport: () => void;
  onNone: () => void;
}

export function TableStrip({ selection, total, cells, onTags, onExport, onNone }: Props) {
  const { t } = useTranslation('table');
  const chosen = countSelected(selection, total);
  const { last } = cells;
  return (
    <div className={styles.strip} role="status">
      {chosen > 0 ? (
        <>
          <strong className="figures">{t(chosen === total ? 'selected_all' : 'selected', { n: formatCount(chosen) })}</strong>
          <Button kind="plain" icon="note" hint="F7" onClick={onTags}>
            {t('tag_selected')}
          </Button>
          <Button kind="plain" icon="export" onClick={onExport}>
            {t('export')}
          </Button>
          <Button kind="plain" icon="close" onClick={onNone}>
            {t('select_none')}
          </Button>
        </>
      ) : (
        <span className="quiet small">{t('strip')}</span>
      )}
      {last && (
        <span className={styles.last}>
          {last.error ?? t(last.isUndone ? 'undone_edit' : 'edited', { name: last.edit.name, column: last.edit.word })}
          {cells.canUndo && (
            <Button kind="plain" hint="Ctrl+Z" onClick={cells.undo}>
              {t('undo_edit')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
