// What must be seen before anything else on a case: that nobody may sell to this customer, what it waits for, that it
// repeats another one, that the customer is still unhappy.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatInstant, formatSpan } from '@/shared/format/index.ts';
import { Notice } from '@/shared/parts/States.tsx';
import { Go } from '@/shared/router.tsx';
import type { Case } from './queries.ts';

export function CaseNotices({ view }: { view: Case }) {
  const { t } = useTranslation('complaints');
  const { zone, today } = useBook();
  const { desk } = view;
  return (
    <>
      {desk.duplicate_of && (
        <Notice action={<Go to={`/complaints/${desk.duplicate_of.id}`}>{t('notice.open_other')}</Go>}>{t('notice.duplicate', { case_no: desk.duplicate_of.case_no })}</Notice>
      )}
      {desk.waiting_for && (
        <Notice tone="soon">
          {desk.waits_until
            ? t('notice.waiting_until', { why: desk.waiting_for, at: formatInstant(desk.waits_until, zone, today), total: formatSpan(view.paused_s * 1000, true) })
            : t('notice.waiting', { why: desk.waiting_for, total: formatSpan(view.paused_s * 1000, true) })}
        </Notice>
      )}
      {desk.still_unhappy && <Notice tone="late">{t('notice.still_unhappy')}</Notice>}
      {desk.approvals.map((given) => (
        <Notice key={given.approved_at}>{t('notice.approved', { who: given.approved_by, asker: given.asked_by, what: given.what, reason: given.reason })}</Notice>
      ))}
      {desk.do_not_disturb && <Notice>{t('notice.do_not_disturb')}</Notice>}
    </>
  );
}
