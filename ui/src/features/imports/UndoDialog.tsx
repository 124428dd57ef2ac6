// Before an import is taken back: what goes and what comes back, in numbers; or what stands in the way.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { LoadingState, Notice } from '@/shared/parts/States.tsx';
import { useUndo, useUndoPreview, type Import, type UndoPreview } from './queries.ts';
import styles from './imports.module.css';

export function UndoDialog({ row, onClose }: { row: Import; onClose: () => void }) {
  const { t } = useTranslation('imports');
  const { t: word } = useTranslation('common');
  const preview = useUndoPreview(row.id);
  const undo = useUndo();
  const obstacles = preview.data?.obstacles ?? [];
  const isOpen = preview.data !== undefined && obstacles.length === 0;
  const refusal = undo.error ?? preview.error;
  return (
    <Dialog
      title={t('undo.title', { file: row.file_name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{isOpen ? word('cancel') : word('close')}</Button>
          {isOpen && (
            <Button kind="danger" icon="refund" busy={undo.isPending} onClick={() => undo.mutate({ id: row.id }, { onSuccess: onClose })}>
              {t('undo.confirm')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.result}>
        {!preview.data && !refusal && <LoadingState lines={3} />}
        {refusal && <Notice tone="late">{refusal.message}</Notice>}
        {preview.data && isOpen && (
          <>
            <Counts title={t('undo.removes')} counts={preview.data.removes} />
            <Counts title={t('undo.restores')} counts={preview.data.restores} />
            <p className="quiet">{t('undo.again')}</p>
          </>
        )}
        {obstacles.length > 0 && (
          <>
            <Notice tone="soon">{t('undo.blocked')}</Notice>
            <ul className={styles.obstacles}>
              {obstacles.map((obstacle) => (
                <li key={`${obstacle.what}-${obstacle.of}`}>{obstacle.message}</li>
              ))}
            </ul>
            <p className="quiet">{t('undo.how')}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Counts({ title, counts }: { title: string; counts: UndoPreview['removes'] }) {
  if (counts.length === 0) return null;
  return (
    <section className={styles.counts}>
      <h3>{title}</h3>
      <ul>
        {counts.map((count) => (
          <li key={count.what}>
            <span>{count.word}</span>
            <span className="figures">{formatCount(count.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
