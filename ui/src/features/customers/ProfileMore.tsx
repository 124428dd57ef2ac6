// What is done less often with a customer, behind one button; each opens one short sheet.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu } from '@/shared/parts/Menu.tsx';
import { go } from '@/shared/router.tsx';
import { ConsentDialog } from './ConsentDialog.tsx';
import { DaysDialog } from './DaysDialog.tsx';
import { DedicatedDialog } from './DedicatedDialog.tsx';
import { FilesDialog } from './FilesDialog.tsx';
import { PersonsDialog } from './PersonsDialog.tsx';
import { CopyDialog, EraseDialog } from './PrivacyDialogs.tsx';
import type { Profile } from './queries.ts';
import { ReachDialog } from './ReachDialog.tsx';
import { TiesDialog } from './TiesDialog.tsx';
import { WishDialog } from './WishDialog.tsx';

const dialogs = { dedicated: DedicatedDialog, reach: ReachDialog, persons: PersonsDialog, ties: TiesDialog, days: DaysDialog, wish: WishDialog, consent: ConsentDialog, files: FilesDialog, copy: CopyDialog, erase: EraseDialog };
type Which = keyof typeof dialogs;

export function ProfileMore({ profile }: { profile: Profile }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { t: customer } = useTranslation('customers');
  const [open, setOpen] = useState<Which>();
  const shown = (Object.keys(dialogs) as Which[]).filter((which) => which !== 'persons' || profile.row.kind === 'company');
  const Sheet = open && dialogs[open];
  return (
    <>
      <Menu label={word('more')} shortcut="F7" actions={[...shown.map((value) => ({ value, word: t(`more.${value}`) })), { value: 'merge' as const, word: customer('profile.merge') }]} onChoose={(value) => (value === 'merge' ? go(`/customers/${profile.row.id}/merge`) : setOpen(value))} />
      {Sheet && <Sheet profile={profile} onClose={() => setOpen(undefined)} />}
    </>
  );
}
