// The priority of a customer, 1 first to 5 last: a figure in a frame, fuller the earlier they come.
import { useTranslation } from 'react-i18next';
import styles from './PriorityMark.module.css';

export function PriorityMark({ level, why }: { level: number; why?: readonly string[] }) {
  const { t } = useTranslation('segmentation');
  const words = t('priority.level', { n: level });
  return (
    <span className={`${styles.mark} figures`} data-level={level} role="img" aria-label={words} title={[words, ...(why ?? [])].join('\n')}>
      {level}
    </span>
  );
}
