// 客户: the table, one profile, or the form, as the place says.
import { usePlace } from '@/shared/router.tsx';
import { CustomerTable } from './CustomerTable.tsx';
import { DuplicatesPage } from './DuplicatesPage.tsx';
import { EditCustomer } from './EditCustomer.tsx';
import { MergePage } from './MergePage.tsx';
import { MergePicker } from './MergePicker.tsx';
import { NewCustomerForm } from './NewCustomerForm.tsx';
import { ProfilePage } from './ProfilePage.tsx';

export default function CustomersScreen() {
  const { path, query } = usePlace();
  const [, , which, what] = path.split('/');
  if (which === 'new') return <NewCustomerForm key={query.toString()} />;
  if (which === 'duplicates') return <DuplicatesPage />;
  const id = Number(which);
  if (which && Number.isSafeInteger(id) && what === 'merge') {
    const other = Number(query.get('with'));
    return other > 0 ? <MergePage key={`${id}-${other}`} survivor={id} absorbed={other} /> : <MergePicker key={id} id={id} />;
  }
  if (which && Number.isSafeInteger(id)) return what === 'edit' ? <EditCustomer key={id} id={id} /> : <ProfilePage key={id} id={id} />;
  return <CustomerTable />;
}
