// The causes that come back most, each with the way to an improvement that begins with it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBasisPoints } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { ImprovementDialog } from './ImprovementDialog.tsx';
import { useImprovements, type Report } from './queries.ts';
import styles from './report.module.css';

const MOST = 5;

export function ReportCauses({ causes }: { causes: Report['causes'] }) {
  const { t } = useTranslation('complaints');
  const [cause, setCause] = useState<string>();
  const people = useImprovements(false).data?.people ?? [];
  return (
    <>
      <table className={styles.small}>
        <tbody>
          {causes.slice(0, MOST).map((each) => (
            <tr key={each.cause}>
              <th scope="row">{each.cause}</th>
              <td className="figures">{t('report.times', { n: each.times, share: formatBasisPoints(each.up_to_here_bp) })}</td>
              <td>
                <Button kind="plain" icon="plus" aria-label={t('report.improve', { cause: each.cause })} onClick={() => setCause(each.cause)}>
                  {t('improve.title')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cause !== undefined && <ImprovementDialog improvement={undefined} begin={cause} people={people} onClose={() => setCause(undefined)} />}
    </>
  );
}
