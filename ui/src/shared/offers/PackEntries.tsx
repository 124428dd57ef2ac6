// What happened to a pack, newest first: every use with its slip, and a way to take it back.
import { useTranslation } from 'react-i18next';
import { useBook } from '../book.tsx';
import { formatInstant } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import type { Pack, PackEntry } from './held.ts';
import styles from './offers.module.css';

export function PackEntries({ pack, onPrint, onTakeBack }: { pack: Pack; onPrint: (entry: PackEntry) => void; onTakeBack: (entry: PackEntry) => void }) {
  const { t } = useTranslation('packs');
  const { zone, today } = useBook();
  if (pack.entries.length === 0) return <p className="quiet">{t('unused')}</p>;
  return (
    <table className={styles.table}>
      <tbody>
        {pack.entries.map((entry) => (
          <tr key={entry.id} data-gone={entry.is_taken_back || undefined}>
            <td className="figures">{formatInstant(entry.at, zone, today)}</td>
            <td>
              {t(`events.${entry.event}`)} {entry.sessions > 0 && <span className="figures">{t('times', { n: entry.sessions })}</span>} <span className="quiet">{[entry.note, entry.is_taken_back && t('was_taken_back')].filter(Boolean).join(' · ')}</span>
            </td>
            <td className="quiet figures">{t('left_after', { n: entry.left })}</td>
            <td className="quiet">{entry.staff}</td>
            <td className={styles.acts}>
              {entry.event === 'used' && !entry.is_taken_back && (
                <>
                  <Button kind="plain" icon="print" aria-label={t('slip')} title={t('slip')} onClick={() => onPrint(entry)} />
                  {!pack.standing.is_closed && (
                    <Button kind="plain" icon="refund" aria-label={t('take_back')} title={t('take_back')} onClick={() => onTakeBack(entry)} />
                  )}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
