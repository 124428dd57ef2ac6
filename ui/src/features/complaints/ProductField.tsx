// What leaves the stock: a product of the shop, found by name, initials or number. Left empty, nothing does.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindBox } from '@/shared/parts/FindBox.tsx';
import { useProductSearch, type ProductHit } from './queries.ts';

export function ProductField({ product, onChange, error }: { product: ProductHit | undefined; onChange: (product: ProductHit | undefined) => void; error?: string }) {
  const { t } = useTranslation('complaints');
  const [text, setText] = useState('');
  const search = useProductSearch(text);
  const stock = (hit: ProductHit) => hit.stock !== null && <span className="quiet figures">{t('given.stock', { n: hit.stock })}</span>;
  const shown = product && (
    <>
      <strong>{product.name}</strong>
      {stock(product)}
    </>
  );
  return (
    <FindBox
      label={t('given.product')}
      optional
      error={error}
      help={t('given.product_help')}
      text={text}
      onText={setText}
      hits={search.data?.rows ?? []}
      keyOf={(hit) => hit.id}
      renderLine={(hit) => (
        <>
          <strong>{hit.name}</strong>
          <span className="quiet figures">{hit.sku}</span>
          {stock(hit)}
        </>
      )}
      onTake={(hit) => {
        setText('');
        onChange(hit);
      }}
      found={shown && { shown, other: t('given.other_product'), onOther: () => onChange(undefined) }}
    />
  );
}
