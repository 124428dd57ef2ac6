// 积分: what the shop owes in points, whose points end soon, the rules, the gifts; or one member's statement.
import { useTranslation } from 'react-i18next';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState, LoadingState } from '@/shared/parts/States.tsx';
import { usePlace } from '@/shared/router.tsx';
import { Gifts } from './Gifts.tsx';
import { Giveaways } from './Giveaways.tsx';
import { MemberPage } from './MemberPage.tsx';
import { Notices } from './Notices.tsx';
import { Liability } from './Liability.tsx';
import { ReferralCard } from './ReferralCard.tsx';
import { RulesCard } from './RulesCard.tsx';
import { useOverview } from './queries.ts';
import styles from './points.module.css';

export default function PointsScreen() {
  const [, , , which] = usePlace().path.split('/');
  const id = Number(which);
  return which && Number.isSafeInteger(id) ? <MemberPage key={id} id={id} /> : <PointsPage />;
}

function PointsPage() {
  const { t } = useTranslation('points');
  const { data, error } = useOverview();
  return (
    <Screen title={t('title')}>
      {error && <ErrorState message={error.message} />}
      {!data && !error && <LoadingState />}
      {data && (
        <>
          <Liability overview={data} />
          <div className={styles.columns}>
            <div className={styles.stack}>
              <RulesCard />
              <ReferralCard />
            </div>
            <Gifts />
          </div>
          <Giveaways />
          <Notices overview={data} />
        </>
      )}
    </Screen>
  );
}
