// 设置: what the shop and this computer decide once.
import { useTranslation } from 'react-i18next';
import { Screen } from '@/shared/parts/Screen.tsx';
import { Look } from './Look.tsx';

export default function SettingsScreen() {
  const { t } = useTranslation('settings');
  return (
    <Screen title={t('title')}>
      <Look />
    </Screen>
  );
}
