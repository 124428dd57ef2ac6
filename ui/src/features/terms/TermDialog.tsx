// One agreement as it was written down, and its end.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Facts } from '@/shared/parts/Card.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { useEndTerm, type Term } from './queries.ts';

export function TermDialog({ term, onClose }: { term: Term; onClose: () => void }) {
  const { t } = useTranslation('terms');
  const { today } = useBook();
  const money = useMoney();
  const key = useRef(newClientKey());
  const end = useEndTerm();
  const day = (value: string) => formatShortDay(value, today);
  return (
    <Dialog
      title={term.customer_name}
      onClose={onClose}
      footer={
        <>
          <Button kind="danger" busy={end.isPending} onClick={() => end.mutate({ client_key: key.current, id: term.id }, { onSuccess: onClose })}>
            {t('end')}
          </Button>
          <Button kind="main" icon="person" onClick={() => go(`/customers/${term.customer_id}`)} data-autofocus>
            {t('profile')}
          </Button>
        </>
      }
    >
      <Facts
        rows={[
          [t('text'), term.text],
          ...(term.discount_bp == null ? [] : [[t('percent'), `${term.discount_bp / 100}%`] as const]),
          [t('agreed_by'), term.agreed_by],
          [t('approver'), term.approver],
          [t('days'), t('from_until', { from: day(term.from_on), until: day(term.until_on) })],
          ...(term.cost_minor == null ? [] : [[t('cost'), money(term.cost_minor)] as const]),
          ...(term.review_on ? [[t('review'), day(term.review_on)] as const, [t('criteria'), term.criteria] as const] : []),
        ]}
      />
      {end.error && <Notice tone="late">{end.error.message}</Notice>}
    </Dialog>
  );
}
