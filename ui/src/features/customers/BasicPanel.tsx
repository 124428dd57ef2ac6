// 基础属性: who the customer is, how to reach them, who belongs to them.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatAge, formatCount, formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card, Facts } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { Go } from '@/shared/router.tsx';
import { fieldText } from './field-text.ts';
import { useDedicated, useReveal, type Person, type Profile } from './queries.ts';
import people from './people.module.css';
import styles from './customers.module.css';

export function BasicPanel({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const { customer, details } = profile;
  const rows: [string, ReactNode][] = customer.contacts.map((contact) => [t(`contact.${contact.kind}`), <Handle key={contact.id} customer={customer.id} contact={contact} />]);
  const add = (name: string, value: ReactNode) => value && rows.push([name, value]);
  add(t('contact.retired'), customer.retired_contacts.length > 0 && <Retired profile={profile} />);
  add(p('reach.title'), <ReachWords profile={profile} />);
  const dedicated = useDedicated(profile.row.id).data;
  add(p('more.dedicated'), dedicated?.contact && [dedicated.contact.name, dedicated.deputy && p('dedicated.deputy', { name: dedicated.deputy.name })].filter(Boolean).join(' · '));
  if (customer.birthday_text) add(t('field.birthday'), <Birthday profile={profile} />);
  add(t('field.gender'), customer.gender && t(`gender.${customer.gender}`));
  add(p('ties.guardian'), details.guardian);
  add(t('field.company'), customer.company);
  add(p('ties.person_of'), details.person_of.length > 0 && <Names all={details.person_of} />);
  add(p('ties.parent'), details.parent && <Names all={[details.parent]} />);
  add(p('ties.group'), details.group && <Sum {...details.group} />);
  add(p('persons.title'), details.persons.length > 0 && <Persons all={details.persons} />);
  add(p('ties.referrer'), details.referrer && <Names all={[details.referrer]} />);
  add(p('ties.referrals'), details.referred && <Sum {...details.referred} />);
  for (const day of details.anniversaries) add(day.name ?? p(`anniversary.${day.kind}`), day.next_on && `${formatShortDay(day.next_on, today)} · ${formatAge(day.next_on, today)}${day.years == null ? '' : ` · ${p('days.years', { n: day.years })}`}`);
  add(t('field.address'), customer.address);
  add(t('field.source'), customer.source);
  for (const field of details.fields) if (!field.is_preference) add(field.name, fieldText(field, word));
  add(t('field.member_no'), <span className="figures">{customer.member_no}</span>);
  add(t('field.mnemonic'), customer.mnemonic);
  add(t('field.joined_on'), `${formatShortDay(customer.joined_on, today)} · ${formatAge(customer.joined_on, today)}`);
  add(t('field.note'), customer.note);
  add(p('consent.title'), <ConsentWords profile={profile} />);
  return (
    <Card
      title={t('panel.basic')}
      side={
        <span className={styles.complete} title={details.missing.map((key) => p(`missing.${key}`, { defaultValue: key })).join('、')}>
          {t('completeness', { n: customer.completeness })}
          <Meter share={customer.completeness} label={t('completeness', { n: customer.completeness })} />
        </span>
      }
    >
      <Facts rows={rows} />
      {details.missing.length > 0 && <p className="quiet small">{p('missing.title', { what: details.missing.map((key) => p(`missing.${key}`, { defaultValue: key })).join(p('missing.and')) })}</p>}
    </Card>
  );
}

/** Handles of before: they still find the customer, and nobody writes to them. */
function Retired({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  return (
    <span className="quiet figures">{profile.customer.retired_contacts.map((contact) => `${t(`contact.${contact.kind}`)} ${contact.shown}`).join(' · ')}</span>
  );
}

/** A handle; one that is shown in part can be shown whole, which is noted. */
function Handle({ customer, contact }: { customer: Profile['customer']['id']; contact: Profile['customer']['contacts'][number] }) {
  const { t } = useTranslation('people');
  const reveal = useReveal();
  const [shown, setShown] = useState<string>();
  const isMasked = contact.shown.includes('*') && shown === undefined;
  return (
    <span className={people.handle}>
      <span className="figures">{shown ?? contact.shown}</span>
      {isMasked && <Button kind="plain" icon="eye" busy={reveal.isPending} aria-label={t('reveal')} title={t('reveal')} onClick={() => reveal.mutate({ customer_id: customer, contact_id: contact.id }, { onSuccess: (answer) => setShown(answer.shown) })} />}
    </span>
  );
}

function ReachWords({ profile }: { profile: Profile }) {
  const { t } = useTranslation('people');
  const { reach } = profile.details;
  if (reach.do_not_contact) return <strong className={people.never}>{[t('reach.never'), reach.do_not_contact_why].filter(Boolean).join(' · ')}</strong>;
  const quiet = reach.quiet_from && reach.quiet_to ? t('reach.quiet', { from: reach.quiet_from, to: reach.quiet_to }) : '';
  return (
    <>
      {t(`channel.${reach.channel}`)}
      {quiet && <span className={reach.is_quiet ? people.soon : 'quiet'}> · {quiet}</span>}
    </>
  );
}

function Names({ all }: { all: readonly { id: number; name: string }[] }) {
  return all.map((one) => (
    <Go key={one.id} to={`/customers/${one.id}`} className={styles.other}>
      {one.name}
    </Go>
  ));
}

function Sum({ customers, orders, net_minor: net }: { customers: number; orders: number; net_minor: number }) {
  const { t: word } = useTranslation('common');
  const money = useMoney();
  return <span className="figures">{[word('people', { n: formatCount(customers) }), word('orders', { n: formatCount(orders) }), money(net)].join(' · ')}</span>;
}

function Persons({ all }: { all: readonly Person[] }) {
  const { t } = useTranslation('people');
  return (
    <ul className={people.persons}>
      {all.map((person) => (
        <li key={`${person.name}-${person.role}-${person.phone}`}>
          {person.person_id == null ? <strong>{person.name}</strong> : <Go to={`/customers/${person.person_id}`}>{person.name}</Go>} <span className="quiet">{[person.role, t(`influence.${person.influence}`), person.relation].filter(Boolean).join(' · ')}</span> <span className="figures">{person.phone}</span>
        </li>
      ))}
    </ul>
  );
}

function ConsentWords({ profile }: { profile: Profile }) {
  const { t } = useTranslation('people');
  const given = profile.details.consents.filter((consent) => consent.is_given).map((consent) => t(`purpose.${consent.purpose}`));
  const taken = profile.details.consents.filter((consent) => !consent.is_given).map((consent) => t('consent.not', { purpose: t(`purpose.${consent.purpose}`) }));
  return given.length + taken.length === 0 ? <span className="quiet">{t('consent.never')}</span> : [...given, ...taken].join(' · ');
}

function Birthday({ profile }: { profile: Profile }) {
  const { t } = useTranslation('people');
  const { today } = useBook();
  const { birthday_text: text, next_birthday_on: next } = profile.customer;
  const { animal, star, age } = profile.details;
  const signs = [age != null && t('age', { n: age }), animal && t(`animal.${animal}`, { defaultValue: animal }), star && t(`star.${star}`, { defaultValue: star })].filter(Boolean).join(' · ');
  return (
    <>
      {text}
      {signs && <span className="quiet"> · {signs}</span>}
      {next && (
        <span className={`${people.said} quiet`}>
          {t('next_birthday', { day: formatShortDay(next, today), age: formatAge(next, today) })}
        </span>
      )}
    </>
  );
}
