// 服务卡: the class of the customer in front of the counter, why, and how this class is served.
import { useTranslation } from 'react-i18next';
import { useSentence } from '@/shared/book.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { ServiceFacts } from '@/shared/segment/ServiceFacts.tsx';
import { useServiceCard, type CustomerId } from './queries.ts';

export function ServiceGlance({ customer }: { customer: CustomerId }) {
  const { t } = useTranslation('counter');
  const say = useSentence();
  const { data } = useServiceCard(customer);
  if (!data?.class || !data.service) return null;
  const { class: held, service } = data;
  // Without a plan, a strategy or a promise there is nothing that the head of the card does not say.
  const says = service.interval_days != null || service.strategy || service.questions.length > 0 || service.messages.length > 0 || service.care !== 'standard' || service.complaint_response_minutes != null;
  if (!says) return null;
  return (
    <Card title={t('service_card')} side={<SegmentTag name={[held.tag.name, held.sub_kind].filter(Boolean).join(' · ')} reason={say(held.reason)} />}>
      <ServiceFacts service={service} />
    </Card>
  );
}
