// The notice that a customer reads and signs, as a sheet for the printer.
import { useTranslation } from 'react-i18next';
import { Lines, PrintDialog, SheetHead } from '@/shared/print/index.ts';
import { useConsentNotice } from './queries.ts';
import styles from './people.module.css';

export function ConsentNotice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const { data } = useConsentNotice();
  return (
    <PrintDialog title={t('consent.notice')} kind="consent" papers={['A4', 'A5', '80']} isReady={data !== undefined} onClose={onClose}>
      {() =>
        data && (
          <article className={styles.notice}>
            <SheetHead title={data.title} />
            {data.paragraphs.map((paragraph) => (
              <Lines key={paragraph}>{paragraph}</Lines>
            ))}
            {data.purposes.map((purpose) => (
              <Lines key={purpose}>
                {'□ '}
                {purpose}
              </Lines>
            ))}
            <p className={styles.sign}>{data.signature}</p>
          </article>
        )
      }
    </PrintDialog>
  );
}
