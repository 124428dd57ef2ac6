// The top bar: the one search box, the most urgent clock, the age of the last backup, whether the book is
// locked, and who is at the counter.
import { useTranslation } from 'react-i18next';
import { useClockWords } from '@/shared/parts/Clock.tsx';
import { formatSince } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { go } from '@/shared/router.tsx';
import { useNow } from '@/shared/clock.ts';
import { useAppearance } from '@/shared/appearance.ts';
import { useRevealsSeen, type FrameAnswer } from './queries.ts';
import { SearchBox } from './SearchBox.tsx';
import styles from './TopBar.module.css';

export function TopBar({ frame }: { frame: FrameAnswer | undefined }) {
  const { t } = useTranslation('frame');
  const { hideAmounts } = useAppearance();
  return (
    <header className={styles.bar}>
      <SearchBox />
      <div className={styles.chips}>
        {hideAmounts && (
          <span className={styles.chip}>
            <Icon name="hidden" />
            <span className={styles.text}>{t('chip.hidden')}</span>
          </span>
        )}
        {frame?.clock_went_back_s != null && (
          <span className={styles.chip} data-tone="late">
            <Icon name="warn" />
            {t('chip.clock_back')}
          </span>
        )}
        {frame?.unusual_reveals.map((each) => (
          <RevealChip key={each.staff_id} told={each} />
        ))}
        {frame?.urgent && <UrgentChip urgent={frame.urgent} />}
        {frame?.promised_due && <PromisedChip due={frame.promised_due} />}
        {frame?.assessment_due && <AssessmentChip due={frame.assessment_due} />}
        {frame?.is_demo && (
          <span className={styles.chip} data-tone="info">
            {t('chip.demo')}
          </span>
        )}
        {frame && <BackupChip frame={frame} />}
        {frame?.operator && (
          <span className={styles.operator} title={t('operator')}>
            <Icon name="person" />
            <span className={styles.text}>{frame.operator.name}</span>
          </span>
        )}
      </div>
    </header>
  );
}

/** Somebody looked at more numbers than a counter needs; read with a click. */
function RevealChip({ told }: { told: FrameAnswer['unusual_reveals'][number] }) {
  const { t } = useTranslation('frame');
  const seen = useRevealsSeen();
  const now = useNow(60_000);
  return (
    <button type="button" className={styles.chip} data-tone="late" title={`${t('chip.reveals_why', { who: told.staff, n: told.in_hour, age: formatSince(told.at, now) })}`} onClick={() => seen.mutate({})}>
      <Icon name="eye" />
      <span className={styles.text}>{t('chip.reveals', { who: told.staff, n: told.in_hour })}</span>
      <Icon name="close" />
    </button>
  );
}

function UrgentChip({ urgent }: { urgent: NonNullable<FrameAnswer['urgent']> }) {
  const { t } = useTranslation('frame');
  const { words, tone } = useClockWords(urgent.clock);
  return (
    <button type="button" className={`${styles.chip} ${styles.urgent} figures`} data-tone={tone} title={urgent.clock.why} onClick={() => go(`/complaints/${urgent.id}`)}>
      <Icon name={tone === 'late' ? 'warn' : 'clock'} />
      <span className={styles.text}>{t('chip.complaint', { no: urgent.case_no })}</span>
      <span>{words}</span>
    </button>
  );
}

/** Something promised is for today, or was for a day before. One leads to its case, several to the list of them. */
function PromisedChip({ due }: { due: NonNullable<FrameAnswer['promised_due']> }) {
  const { t } = useTranslation('frame');
  const words = due.late > 0 ? t('chip.promised_late', { n: due.due, late: due.late }) : t('chip.promised', { n: due.due });
  return (
    <button type="button" className={`${styles.chip} figures`} data-tone={due.late > 0 ? 'late' : 'soon'} title={`${words} · ${t('chip.promised_why')}`} onClick={() => go(due.due === 1 ? `/complaints/${due.first}` : '/complaints')}>
      <Icon name={due.late > 0 ? 'warn' : 'clock'} />
      <span className={styles.text}>{words}</span>
    </button>
  );
}

/** The day has come to sit down with the numbers. */
function AssessmentChip({ due }: { due: NonNullable<FrameAnswer['assessment_due']> }) {
  const { t } = useTranslation('frame');
  const words = due.days_late === 0 ? t('chip.assessment') : t('chip.assessment_late', { n: due.days_late });
  return (
    <button type="button" className={`${styles.chip} figures`} data-tone="soon" title={words} onClick={() => go('/complaints/assessments')}>
      <Icon name="insights" />
      <span className={styles.text}>{words}</span>
    </button>
  );
}

function BackupChip({ frame }: { frame: FrameAnswer }) {
  const { t } = useTranslation('frame');
  const now = useNow(60_000);
  const words = frame.last_backup_at ? t('chip.backup', { age: formatSince(frame.last_backup_at, now) }) : t('chip.never');
  const needsCare = !frame.last_backup_at || frame.operations_since_backup > 200;
  return (
    <button type="button" className={styles.chip} data-tone={needsCare ? 'soon' : undefined} title={`${words} · ${t('chip.operations', { n: frame.operations_since_backup })}`} onClick={() => go('/settings?section=book')}>
      <Icon name={frame.is_unarmed ? 'unlocked' : 'lock'} />
      {frame.is_unarmed && (
        <span className={styles.text} title={t('chip.unarmed_why')}>
          {t('chip.unarmed')} ·
        </span>
      )}
      <span className={styles.age}>{words}</span>
    </button>
  );
}
