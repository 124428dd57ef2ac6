// Whose complaint it is: a customer of the book, found as anywhere else, or words for somebody unknown.
import { useTranslation } from 'react-i18next';
import { FindBox } from '@/shared/parts/FindBox.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { useCustomerSearch, type CustomerHit } from './queries.ts';

interface Props {
  customer: CustomerHit | undefined;
  text: string;
  onCustomer: (customer: CustomerHit | undefined) => void;
  onText: (text: string) => void;
  error?: string;
}

export function CustomerField({ customer, text, onCustomer, onText, error }: Props) {
  const { t } = useTranslation('complaints');
  const search = useCustomerSearch(customer ? '' : text);
  const shown = customer && (
    <>
      <strong>{customer.name}</strong>
      {customer.salutation && <span className="quiet">{customer.salutation}</span>}
      <TierMark name={customer.tier.name} step={customer.tier.rank} of={customer.tier.of} />
      <span className="quiet figures">{customer.phone}</span>
    </>
  );
  return (
    <FindBox
      label={t('form.customer')}
      optional={!customer}
      wordsDo
      error={error}
      help={t('form.customer_help')}
      placeholder={t('form.customer_example')}
      text={text}
      onText={onText}
      hits={search.data?.rows ?? []}
      keyOf={(hit) => hit.id}
      renderLine={(hit) => (
        <>
          <strong>{hit.name}</strong>
          <span className="quiet">{hit.salutation}</span>
          <span className="quiet figures">{hit.phone}</span>
        </>
      )}
      onTake={(hit) => {
        onCustomer(hit);
        onText('');
      }}
      found={shown && { shown, other: t('form.other_customer'), onOther: () => onCustomer(undefined) }}
    />
  );
}
