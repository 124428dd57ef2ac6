// A customer to whom nothing may be sold now, because a complaint is not over; the mark names the case.
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons/Icon.tsx';
import styles from './SparedMark.module.css';

export function SparedMark({ caseNo }: { caseNo: string | null }) {
  const { t } = useTranslation('common');
  if (caseNo === null) return null;
  return (
    <span className={styles.mark} title={t('spared_why', { case_no: caseNo })}>
      <Icon name="complaints" />
      {t('spared')}
    </span>
  );
}
