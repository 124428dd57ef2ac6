// 需求偏好: what the customer said and what the purchases show, kept apart. Habits stand on top of everything.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { useFitting } from '@/shared/offers/fitting.ts';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { fieldText } from './field-text.ts';
import { Months } from './Months.tsx';
import type { Profile } from './queries.ts';
import people from './people.module.css';
import styles from './customers.module.css';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Days with a purchase that a season needs to be worth drawing. */
const SEASON = 6;

export function PreferencePanel({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { preferences, details } = profile;
  const fields = details.fields.filter((field) => field.is_preference);
  const isEmpty = preferences.declared.length === 0 && !preferences.habits && fields.length === 0 && details.wishes.length === 0 && preferences.purchase_days === 0;
  return (
    <Card title={t('panel.preferences')}>
      {preferences.habits && <p className={styles.habits}>{preferences.habits}</p>}
      {isEmpty && <p className="quiet">{t('preferences.none')}</p>}
      <Declared profile={profile} fields={fields} />
      <Fits profile={profile} />
      <Computed profile={profile} />
    </Card>
  );
}

/** What the tags call for; at the counter one key puts it into the sale. */
function Fits({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const rows = useFitting(profile.row.id).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>{t('preferences.fits')}</h3>
      <Facts rows={rows.map((row) => [row.tag, [`${row.product}（${t(`preferences.gives.${row.gives}`)}）`, row.reason].filter(Boolean).join(' · ')])} />
    </div>
  );
}

function Declared({ profile, fields }: { profile: Profile; fields: Profile['details']['fields'] }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { preferences, details } = profile;
  if (preferences.declared.length + fields.length + details.wishes.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>{t('preferences.declared')}</h3>
      {preferences.declared.length > 0 && (
        <div className={styles.tags}>
          {preferences.declared.map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </div>
      )}
      {fields.length > 0 && <Facts rows={fields.map((field) => [field.name, fieldText(field, word)])} />}
      {details.wishes.length > 0 && <Facts rows={[[p('wish.title'), details.wishes.map((wish) => wish.what).join('、')]]} />}
    </div>
  );
}

function Computed({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { preferences: seen } = profile;
  if (seen.purchase_days === 0) return null;
  const weekday = seen.usual_weekday ? weekdays[seen.usual_weekday - 1] : undefined;
  const usual = [weekday && word(`weekday.${weekday}`), seen.usual_hour != null && t('preferences.hour', { n: seen.usual_hour })].filter(Boolean).join(' ');
  const rows: [string, string][] = [];
  if (usual) rows.push([t('preferences.usual'), usual]);
  if (seen.usual_payment) rows.push([p('seen.payment'), seen.usual_payment]);
  if (seen.band_from_minor != null && seen.band_to_minor != null) rows.push([p('seen.band'), `${money(seen.band_from_minor)} – ${money(seen.band_to_minor)}`]);
  return (
    <div className={styles.block}>
      <h3>{p('seen.title')}</h3>
      {rows.length === 0 && <p className="quiet small">{p('seen.too_few', { n: seen.purchase_days })}</p>}
      {rows.length > 0 && <Facts rows={rows} />}
      <Shares title={t('preferences.categories')} rows={seen.top_categories} />
      <Shares title={t('preferences.items')} rows={seen.top_items} />
      {seen.purchase_days >= SEASON && (
        <div className={people.season}>
          <h4>{p('seen.months')}</h4>
          <Months counts={seen.months} />
        </div>
      )}
    </div>
  );
}

function Shares({ title, rows }: { title: string; rows: Profile['preferences']['top_items'] }) {
  const { t: word } = useTranslation('common');
  const money = useMoney();
  if (rows.length === 0) return null;
  return (
    <div>
      <h4>{title}</h4>
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
