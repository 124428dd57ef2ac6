// 客户: the table, one profile, or the form, as the place says.
import { usePlace } from '@/shared/router.tsx';
import { CustomerTable } from './CustomerTable.tsx';
import { EditCustomer } from './EditCustomer.tsx';
import { NewCustomerForm } from './NewCustomerForm.tsx';
import { ProfilePage } from './ProfilePage.tsx';

export default function CustomersScreen() {
  const { path, query } = usePlace();
  const [, , which, what] = path.split('/');
  if (which === 'new') return <NewCustomerForm key={query.toString()} />;
  const id = Number(which);
  if (which && Number.isSafeInteger(id)) return what === 'edit' ? <EditCustomer key={id} id={id} /> : <ProfilePage key={id} id={id} />;
  return <CustomerTable />;
}
