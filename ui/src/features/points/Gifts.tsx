// The catalogue of gifts: what it takes, what is there; a new one, a changed one, pieces that came in.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { GiftForm } from './GiftForm.tsx';
import { useGifts, type Gift } from './queries.ts';
import styles from './points.module.css';

export function Gifts() {
  const { t } = useTranslation('points');
  const { data } = useGifts();
  const [editing, setEditing] = useState<Gift | 'new'>();
  if (!data) return null;
  return (
    <Card
      title={t('gifts.title')}
      side={
        <Button icon="plus" onClick={() => setEditing('new')}>
          {t('gifts.new')}
        </Button>
      }
    >
      {data.gifts.length === 0 && <p className="quiet">{t('gifts.none')}</p>}
      {data.gifts.length > 0 && (
        <table className={styles.table}>
          <tbody>
            {data.gifts.map((gift) => (
              <tr key={gift.id} className={gift.is_active ? undefined : 'quiet'}>
                <td>
                  <button type="button" className={styles.name} onClick={() => setEditing(gift)}>
                    {gift.name}
                  </button>
                  {!gift.is_active && <span className="small"> · {t('gifts.off')}</span>}
                </td>
                <td className={`${styles.number} figures`}>{t('gifts.points', { n: formatCount(gift.points) })}</td>
                <td className={`${styles.number} figures`}>{t('gifts.stock', { n: formatCount(gift.stock) })}</td>
                <td className={`${styles.number} quiet figures`}>{t('gifts.given', { n: formatCount(gift.given) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && <GiftForm gift={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Card>
  );
}
