import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { LoadingRows } from '../../components/states';

export function MessagesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.messages')}>
      <LoadingRows />
    </Page>
  );
}
