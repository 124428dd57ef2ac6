// 需求偏好: what the customer said and what the purchases show, kept apart.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import type { Profile } from './queries.ts';
import styles from './customers.module.css';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export function PreferencePanel({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: word } = useTranslation('common');
  const { preferences } = profile;
  const weekday = preferences.usual_weekday ? weekdays[preferences.usual_weekday - 1] : undefined;
  const isEmpty = preferences.declared.length === 0 && !preferences.habits && preferences.top_items.length === 0;
  return (
    <Card title={t('panel.preferences')}>
      {isEmpty && <p className="quiet">{t('preferences.none')}</p>}
      {(preferences.habits || preferences.declared.length > 0) && (
        <div className={styles.block}>
          <h3>{t('preferences.declared')}</h3>
          {preferences.habits && <p className={styles.habits}>{preferences.habits}</p>}
          <div className={styles.tags}>
            {preferences.declared.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
          </div>
        </div>
      )}
      <Shares title={t('preferences.categories')} rows={preferences.top_categories} />
      <Shares title={t('preferences.items')} rows={preferences.top_items} />
      {(weekday !== undefined || preferences.usual_hour !== null) && (
        <Facts rows={[[t('preferences.usual'), [weekday && word(`weekday.${weekday}`), preferences.usual_hour != null && t('preferences.hour', { n: preferences.usual_hour })].filter(Boolean).join(' ')]]} />
      )}
    </Card>
  );
}

function Shares({ title, rows }: { title: string; rows: Profile['preferences']['top_items'] }) {
  const { t: word } = useTranslation('common');
  const money = useMoney();
  if (rows.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>{title}</h3>
      <ul>
        {rows.slice(0, 5).map((row) => (
          <li key={row.name} className={styles.share}>
            <span className={styles.shareName}>{row.name}</span>
            <span className="quiet figures">{word('times', { n: row.times })}</span>
            <span className="figures">{money(row.net_minor)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
