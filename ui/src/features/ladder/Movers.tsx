// Some of those who would move, so that the owner sees faces and not only numbers.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Go } from '@/shared/router.tsx';
import type { Preview } from './queries.ts';
import styles from './ladder.module.css';

const SHOWN = 12;

export function Movers({ movers, all }: { movers: Preview['movers']; all: number }) {
  const shown = movers.slice(0, SHOWN);
  const { t } = useTranslation('ladder');
  return (
    <ul className={styles.movers} aria-label={t('editor.movers')}>
      {shown.map((mover) => (
        <li key={mover.id} className={styles.mover}>
          <Go to={`/customers/${mover.id}`}>{mover.name}</Go>
          <span className="quiet">{mover.from}</span>
          <Icon name="next" />
          <span>{mover.to}</span>
        </li>
      ))}
      {all > shown.length && <li className="quiet small figures">{t('editor.more_movers', { n: formatCount(all - shown.length) })}</li>}
    </ul>
  );
}
