// The notice that a customer reads and signs, on the screen and on paper.
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { LoadingState } from '@/shared/parts/States.tsx';
import { useConsentNotice } from './queries.ts';
import styles from './people.module.css';

export function ConsentNotice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const { data } = useConsentNotice();
  return (
    <Dialog
      wide
      title={t('consent.notice')}
      onClose={onClose}
      footer={
        <Button kind="main" icon="file" onClick={() => window.print()}>
          {t('consent.print')}
        </Button>
      }
    >
      {data ? (
        <article className={styles.notice} data-print>
          <h3>{data.title}</h3>
          {data.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {data.purposes.map((purpose) => (
            <p key={purpose} className={styles.tick}>
              <span className={styles.box} aria-hidden />
              {purpose}
            </p>
          ))}
          <p className={styles.sign}>{data.signature}</p>
        </article>
      ) : (
        <LoadingState lines={6} />
      )}
    </Dialog>
  );
}
