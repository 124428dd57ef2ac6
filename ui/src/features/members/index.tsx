// Lists of the membership: who buys often and is no member (高频未入会), and whom a new product is told first (新品优先).
import { usePlace } from '@/shared/router.tsx';
import { Invites } from './Invites.tsx';
import { NewFirst } from './NewFirst.tsx';

export default function MembersScreen() {
  return usePlace().path.endsWith('/first') ? <NewFirst /> : <Invites />;
}
