// The codes of a batch with how each stands, to be copied or written on slips.
import { useTranslation } from 'react-i18next';
import { Facts } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { useCodes, type Batch } from './queries.ts';

export function Codes({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { t } = useTranslation('offers');
  const { data, error } = useCodes(batch.id);
  return (
    <Dialog title={batch.name} onClose={onClose}>
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && data.total > data.rows.length && <p className="quiet">{t('first', { n: data.rows.length, of: data.total })}</p>}
      {data && <Facts rows={data.rows.map((row) => [row.code, [t(`state.${row.state}`), row.customer_name, row.sale_no].filter(Boolean).join(' · ')] as const)} />}
    </Dialog>
  );
}
