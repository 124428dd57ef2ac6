// What is sold most often, on Ctrl+1 to Ctrl+9, and the customer's last order on F6.
import { useTranslation } from 'react-i18next';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { KeyHint } from '@/shared/parts/KeyHint.tsx';
import { useFavourites, type Product } from './queries.ts';
import styles from './till.module.css';

interface Props {
  onAdd: (product: Product) => void;
  onRepeat?: () => void;
  /** Opens the customer's usual orders. */
  onUsual?: () => void;
}

export function Favourites({ onAdd, onRepeat, onUsual }: Props) {
  const { t } = useTranslation('counter');
  const favourites = useFavourites();
  const rows = favourites.data?.rows ?? [];
  if (rows.length === 0 && !onRepeat) return null;
  return (
    <div className={styles.favourites} role="group" aria-label={t('favourites')}>
      {rows.map((product) => (
        <Favourite key={product.id} product={product} onAdd={onAdd} />
      ))}
      {onRepeat && (
        <Button kind="plain" icon="repeat" hint="F6" onClick={onRepeat}>
          {t('repeat.action')}
        </Button>
      )}
      {onUsual && (
        <Button kind="plain" icon="star" hint="Shift+F6" onClick={onUsual}>
          {t('usual.action')}
        </Button>
      )}
    </div>
  );
}

function Favourite({ product, onAdd }: { product: Product; onAdd: (product: Product) => void }) {
  useKey(`Ctrl+${product.favourite ?? 0}`, () => onAdd(product));
  return (
    <button type="button" className={styles.favourite} title={product.name} onClick={() => onAdd(product)}>
      <span className={styles.cut}>{product.name}</span>
      <KeyHint keys={`Ctrl+${product.favourite ?? 0}`} />
    </button>
  );
}
