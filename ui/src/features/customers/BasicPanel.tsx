// 基础属性: who the customer is and how to reach them.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatAge, formatShortDay } from '@/shared/format/index.ts';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import type { Profile } from './queries.ts';
import styles from './customers.module.css';

export function BasicPanel({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { today } = useBook();
  const { customer } = profile;
  const rows: [string, ReactNode][] = customer.contacts.map((contact) => [t(`contact.${contact.kind}`), <span className="figures">{contact.shown}</span>]);
  const add = (word: string, value: ReactNode) => value && rows.push([word, value]);
  if (customer.birthday_text) add(t('field.birthday'), <Birthday profile={profile} />);
  add(t('field.gender'), customer.gender && t(`gender.${customer.gender}`));
  add(t('field.company'), customer.company);
  add(t('field.address'), customer.address);
  add(t('field.source'), customer.source);
  add(t('field.member_no'), <span className="figures">{customer.member_no}</span>);
  add(t('field.mnemonic'), customer.mnemonic);
  add(t('field.joined_on'), `${formatShortDay(customer.joined_on, today)} · ${formatAge(customer.joined_on, today)}`);
  add(t('field.note'), customer.note);
  return (
    <Card
      title={t('panel.basic')}
      side={
        <span className={styles.complete}>
          {t('completeness', { n: customer.completeness })}
          <Meter share={customer.completeness} label={t('completeness', { n: customer.completeness })} />
        </span>
      }
    >
      <Facts rows={rows} />
    </Card>
  );
}

function Birthday({ profile }: { profile: Profile }) {
  const { today } = useBook();
  const { birthday_text: text, next_birthday_on: next } = profile.customer;
  return (
    <>
      {text}
      {next && <span className="quiet"> · {formatAge(next, today)}</span>}
    </>
  );
}
