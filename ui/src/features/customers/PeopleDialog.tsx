// The sheet of one short form about a customer: whatever is wrong with any field stands on top.
import type { ReactNode } from 'react';
import type { ApiError } from '@/backend/index.ts';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';

interface Props {
  title: string;
  onClose: () => void;
  onSave: () => void;
  busy: boolean;
  error: ApiError | null;
  wide?: boolean;
  children: ReactNode;
}

export function PeopleDialog({ error, ...form }: Props) {
  const problem = error && (error.fields.length > 0 ? error.fields.map((field) => <p key={field.field + field.problem}>{field.message}</p>) : error.message);
  return <FormDialog problem={problem} {...form} />;
}
