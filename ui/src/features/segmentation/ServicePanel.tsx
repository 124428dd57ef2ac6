// How each class is served and what that asks of the week: minutes needed against the hours there are, and what to
// change when it does not fit.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount } from '@/shared/format/index.ts';
import { Card, Figure } from '@/shared/parts/Card.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { EffectCard } from './Effect.tsx';
import { ServiceDialog } from './ServiceDialog.tsx';
import { useService, type ClassService, type Service } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

export function ServicePanel({ schemeKey }: { schemeKey: string }) {
  const { t } = useTranslation('segmentation');
  const { data, error } = useService(schemeKey);
  const [edited, setEdited] = useState<ClassService>();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  return (
    <div className={styles.page}>
      <Card title={t('service.title')} side={t('service.help')} flush>
        <ul>
          {data.classes.map((service) => (
            <ServiceRow key={service.tag.key} service={service} onEdit={() => setEdited(service)} />
          ))}
        </ul>
      </Card>
      <Week view={data} />
      {edited && <ServiceDialog scheme={data.scheme} service={edited} others={data.classes.filter((one) => one.tag.key !== edited.tag.key)} shareBp={data.share_bp} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

function ServiceRow({ service, onEdit }: { service: ClassService; onEdit: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { policy } = service;
  const said = [
    t(`service.care.${policy.care}`),
    policy.interval_days == null ? t('service.no_plan') : t('service.every', { n: policy.interval_days }),
    policy.channel ? t(`service.channel.${policy.channel as 'phone'}`) : '',
    policy.interval_days == null ? '' : t('service.minutes', { n: policy.minutes_per_contact }),
    policy.complaint_response_minutes == null ? '' : t('service.complaint', { n: policy.complaint_response_minutes }),
    policy.trial == null ? '' : t('trial.days', { n: policy.trial.after_days }),
  ];
  const passed = () => openPeople({ kind: 'trial', class: service.tag.key }, t('trial.list', { name: service.tag.name }));
  return (
    <li>
      <button type="button" className={styles.service} onClick={onEdit} title={t('service.edit', { name: service.tag.name })}>
        <span className={styles.class}>
          <strong className={styles.face} data-color={service.tag.color}>
            {service.tag.name}
          </strong>
          <span className="quiet small">{said.filter(Boolean).join(' · ')}</span>
          {service.strategy && <span className="small">{service.strategy}</span>}
        </span>
        <span className={`${styles.figures} figures`}>
          <span>{word('people', { n: formatCount(service.people) })}</span>
          <span className="quiet small">{t('service.weekly', { n: formatCount(service.minutes) })}</span>
        </span>
      </button>
      {service.passed > 0 && (
        <button type="button" className={`${styles.linked} ${styles.passed}`} onClick={passed}>
          {t('trial.waiting', { n: formatCount(service.passed) })}
        </button>
      )}
    </li>
  );
}

function Week({ view }: { view: Service }) {
  const { t } = useTranslation('segmentation');
  const money = useMoney();
  const share = view.available_minutes === 0 ? 100 : Math.round((view.needed_minutes / view.available_minutes) * 100);
  const fits = view.missing_minutes === 0;
  return (
    <div className={styles.stack}>
      <Card title={t('service.week')}>
        <Figure large word={t('service.needed')} note={t('service.of', { n: formatCount(view.available_minutes), share: formatBasisPoints(view.share_bp), open: formatCount(Math.round(view.open_minutes / 60)) })}>
          {t('service.weekly', { n: formatCount(view.needed_minutes) })}
        </Figure>
        <Meter share={share} label={t('service.week')} />
        <Notice tone={fits ? 'done' : 'soon'}>{fits ? t('service.fits') : t('service.missing', { n: formatCount(view.missing_minutes) })}</Notice>
        {view.advice.length > 0 && (
          <ul className={styles.advice}>
            {view.advice.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('service.by_money')} side={t('service.by_money_help')}>
        <ul>
          {view.classes
            .filter((one) => one.by_money_minutes > 0 || one.minutes > 0 || one.logged_minutes > 0)
            .map((one) => (
              <li key={one.tag.key} className={styles.pair}>
                <span>
                  {one.tag.name}
                  <span className="quiet small">{money(one.net_minor)}</span>
                </span>
                <span className="figures">
                  {t('service.weekly', { n: formatCount(one.minutes) })} <span className="quiet">/ {t('service.suggested', { n: formatCount(one.by_money_minutes) })}</span>
                  {one.logged_minutes > 0 && <span className="quiet small">{t('service.logged', { n: formatCount(one.logged_minutes) })}</span>}
                </span>
              </li>
            ))}
        </ul>
      </Card>
      <EffectCard />
    </div>
  );
}
