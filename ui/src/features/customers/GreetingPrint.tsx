// 贺卡: a greeting in the shop's own words, written before it is printed. It wishes and sells nothing.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { TextArea } from '@/shared/parts/Field.tsx';
import { Greeting, PrintDialog } from '@/shared/print/index.ts';
import type { Profile } from './queries.ts';

/** As much as a card bears. */
const MOST = 200;

export function GreetingPrint({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { shopName } = useBook();
  const { customer } = profile;
  const [text, setText] = useState(() => t('print.wish'));
  return (
    <PrintDialog title={t('print.greeting')} kind="greeting" papers={['A4', 'A5', '80', '58']} form={<TextArea label={t('print.words')} value={text} maxLength={MOST} rows={3} onChange={(event) => setText(event.target.value)} />} onClose={onClose}>
      {(paper) => <Greeting paper={paper} to={t('print.dear', { name: customer.salutation ?? customer.name })} text={text} from={shopName} />}
    </PrintDialog>
  );
}
