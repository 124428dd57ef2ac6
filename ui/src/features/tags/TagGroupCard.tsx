// The tags of one group, or those that stand in none.
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { TagMark } from '@/shared/parts/TagMark.tsx';
import { Go } from '@/shared/router.tsx';
import type { Group, Tag } from './queries.ts';
import type { TagTask } from './TagDialog.tsx';
import styles from './tags.module.css';

interface Props {
  group: Group | undefined;
  tags: readonly Tag[];
  onTask: (task: TagTask) => void;
  onEdit?: () => void;
}

export function TagGroupCard({ group, tags, onTask, onEdit }: Props) {
  const { t } = useTranslation('tags');
  const { t: word } = useTranslation('common');
  return (
    <Card
      title={group?.name ?? t('no_group')}
      side={
        onEdit && (
          <Button kind="plain" icon="edit" onClick={onEdit}>
            {t('edit_group')}
          </Button>
        )
      }
    >
      {tags.length === 0 && <p className="quiet">{t('group_empty')}</p>}
      <ul className={styles.tags}>
        {tags.map((tag) => (
          <li key={tag.id} className={styles.tag}>
            <TagMark name={tag.name} color={group?.color} />
            <Go to={`/customers?tag=${encodeURIComponent(tag.name)}`} className={`${styles.people} figures`}>
              {word('people', { n: formatCount(tag.people) })}
            </Go>
            <span className={styles.acts}>
              <Button kind="plain" icon="edit" aria-label={t('rename_of', { tag: tag.name })} onClick={() => onTask({ kind: 'rename', tag })} />
              <Button kind="plain" onClick={() => onTask({ kind: 'merge', tag })}>
                {t('merge')}
              </Button>
              <Button kind="plain" onClick={() => onTask({ kind: 'delete', tag })}>
                {t('delete')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
