// 投诉: the inbox, one case, or the form, as the place says.
import { usePlace } from '@/shared/router.tsx';
import { Assessments } from './Assessments.tsx';
import { CasePage } from './CasePage.tsx';
import { Improvements } from './Improvements.tsx';
import { Inbox } from './Inbox.tsx';
import { OpenComplaint } from './OpenComplaint.tsx';
import { ReportScreen } from './Report.tsx';

export default function ComplaintsScreen() {
  const { path, query } = usePlace();
  const which = path.split('/')[2];
  if (which === 'improvements') return <Improvements />;
  if (which === 'report') return <ReportScreen />;
  if (which === 'assessments') return <Assessments />;
  if (which === 'new') return <OpenComplaint key={query.toString()} />;
  const id = Number(which);
  if (which && Number.isSafeInteger(id)) return <CasePage key={id} id={id} />;
  return <Inbox />;
}
