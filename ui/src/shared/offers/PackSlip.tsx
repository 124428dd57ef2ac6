// The slip of a use, to be signed: what was used, what is left, until when.
import { useTranslation } from 'react-i18next';
import { useBook } from '../book.tsx';
import { dayOf, formatDay, formatShortDay, formatTime } from '../format/index.ts';
import { Pair, PrintDialog, Rule, SheetHead, Sign } from '../print/index.ts';
import type { Pack, PackEntry } from './held.ts';

export function PackSlip({ pack, entry, onClose }: { pack: Pack; entry: PackEntry; onClose: () => void }) {
  const { t } = useTranslation('packs');
  const { zone, today } = useBook();
  const { until_on } = pack.standing;
  return (
    <PrintDialog title={t('slip')} kind="pack" papers={['58', '80', 'A4', 'A5']} onClose={onClose}>
      {(paper) => (
        <>
          <SheetHead title={t('sheet.title')} note={`${formatDay(dayOf(entry.at, zone))} ${formatTime(entry.at, zone)}`} />
          <Pair paper={paper} left={t('sheet.no')} right={`#${entry.id}`} />
          <Pair paper={paper} left={t('owner')} right={pack.customer_name} />
          <Pair paper={paper} left={t('sheet.pack')} right={pack.name} />
          <Rule />
          <Pair paper={paper} left={t('sheet.used')} right={t('times', { n: entry.sessions })} strong />
          <Pair paper={paper} left={t('sheet.left')} right={`${entry.left} / ${pack.sessions}`} strong />
          <Rule />
          <Pair paper={paper} left={t('until')} right={until_on ? formatShortDay(until_on, today) : t('no_end')} />
          <Pair paper={paper} left={t('sheet.staff')} right={entry.staff} />
          {entry.note && <Pair paper={paper} left={t('note')} right={entry.note} />}
          <Sign label={t('sheet.sign')} />
        </>
      )}
    </PrintDialog>
  );
}
