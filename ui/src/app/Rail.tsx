// The left rail: the screens of the program, with the shop's name on top.
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/icons/Icon.tsx';
import { startAt, usePlace } from '@/shared/router.tsx';
import { entryOf, screenOf, screens } from './screens.ts';
import { Seal } from '@/shared/parts/Seal.tsx';
import styles from './Rail.module.css';

/** A larger number has no room beside the word; the page says it. */
const MOST = 99;

export function Rail({ shopName, late }: { shopName: string; late: number }) {
  const { t } = useTranslation('frame');
  const shown = screenOf(usePlace().path);
  const here = shown && entryOf(shown);
  return (
    <nav className={styles.rail} aria-label={t('rail')}>
      <div className={styles.shop} title={shopName}>
        <Seal />
        <span className={styles.name}>{shopName || t('app', { ns: 'common' })}</span>
      </div>
      <ul className={styles.list}>
        {screens.filter((screen) => !screen.offRail).map((screen) => (
          <li key={screen.id} className={screen.id === 'settings' ? styles.last : undefined}>
            <button type="button" className={styles.entry} aria-current={screen.id === here ? 'page' : undefined} title={t(`screens.${screen.id}`)} onClick={() => startAt(screen.path)}>
              <Icon name={screen.icon} />
              <span className={styles.word}>{t(`screens.${screen.id}`)}</span>
              {screen.id === 'complaints' && late > 0 && <span className={`${styles.count} figures`}>{late > MOST ? `${MOST}+` : late}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
