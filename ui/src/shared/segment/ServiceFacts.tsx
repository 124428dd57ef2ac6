// How a customer's class is served: care, rhythm, channel and promise in one line, the next contact, what to do, what to
// ask, and what to write with everything filled in. A message is copied here; only a person says that it went out.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '@/backend/index.ts';
import { useBook, useSentence } from '../book.tsx';
import { formatAge, formatShortDay } from '../format/index.ts';
import { Icon } from '../icons/Icon.tsx';
import { Button } from '../parts/Button.tsx';
import styles from './SegmentCard.module.css';

export type Service = NonNullable<Output<'service_card'>['service']>;

export function ServiceFacts({ service }: { service: Service }) {
  const { t } = useTranslation('segmentation');
  const say = useSentence();
  const said = [
    t(`service.care.${service.care}`),
    service.interval_days == null ? t('service.no_plan') : t('service.every', { n: service.interval_days }),
    service.channel ? t(`service.channel.${service.channel as 'phone'}`) : '',
    service.interval_days == null ? '' : t('service.minutes', { n: service.minutes_per_contact }),
    service.complaint_response_minutes == null ? '' : t('service.complaint', { n: service.complaint_response_minutes }),
  ];
  return (
    <div className={styles.part}>
      <p>
        <span className="quiet">{t('card.service')}</span> {said.filter(Boolean).join(' · ')}
      </p>
      {service.promising && <p className="small selectable">{say(service.promising)}</p>}
      <NextContact service={service} />
      {service.strategy && <p className="small">{service.strategy}</p>}
      {service.questions.length > 0 && (
        <p className="small">
          <span className="quiet">{t('card.questions')} </span>
          {service.questions.join(' / ')}
        </p>
      )}
      {service.messages.map((message) => (
        <Message key={message.text} message={message} />
      ))}
    </div>
  );
}

function NextContact({ service }: { service: Service }) {
  const { t } = useTranslation('segmentation');
  const { today } = useBook();
  const { next_contact_on: next, last_contact_on: last, review_on: review } = service;
  if (!next && !last && !review) return null;
  return (
    <p className="small">
      {next && (
        <span className={service.is_due ? styles.due : undefined}>
          {service.is_due && <Icon name="clock" />} {t(service.is_due ? 'card.contact_due' : 'card.contact_next', { day: formatShortDay(next, today) })}
        </span>
      )}{' '}
      {review && <span>{t('card.review', { day: formatShortDay(review, today) })} </span>}
      {last && <span className="quiet">{t('card.contact_last', { when: formatAge(last, today) })}</span>}
    </p>
  );
}

function Message({ message }: { message: Service['messages'][number] }) {
  const { t } = useTranslation('segmentation');
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(message.text).then(() => setCopied(true));
  return (
    <div className={styles.message}>
      <p className="small selectable">{message.text}</p>
      {message.missing.length > 0 && <p className={`${styles.due} small`}>{t('card.missing', { what: message.missing.join(t('card.and')) })}</p>}
      <Button kind="plain" icon={copied ? 'check' : 'note'} onClick={copy}>
        {copied ? t('card.copied') : t('card.copy')}
      </Button>
    </div>
  );
}
