// What a customer's form holds while it is being filled in, and how it becomes an input.
import { toPlainDigits } from '@/shared/format/index.ts';
import { birthdayDraft, emptyBirthday, readBirthday, type BirthdayDraft } from './BirthdayField.tsx';
import type { ContactKind, Customer, CustomerChange, NewCustomer, RequiredField } from './queries.ts';

export interface Draft {
  name: string;
  salutation: string;
  kind: Customer['kind'];
  contacts: { kind: ContactKind; value: string }[];
  gender: '' | NonNullable<Customer['gender']>;
  birthday: BirthdayDraft;
  company: string;
  address: string;
  source: string;
  habits: string;
  tags: string;
  note: string;
  mnemonic: string;
  member_no: string;
}

/** Words between commas, 、 or spaces are tags. */
export const readTags = (text: string): string[] => [...new Set(text.split(/[,，、\s]+/).filter(Boolean))];

const orNull = (text: string): string | null => text.trim() || null;

/** What stands before a name or a phone where somebody copied both. */
const LABELS = /(姓名|名字|客户|電話|电话|手机号?码?|手機號?碼?|聯繫方式|联系方式|name|phone|mobile|tel)\s*[:：]/gi;
const PHONE = /[+＋]?[\d０-９][\d０-９\s－-]{3,}[\d０-９]/;
const digitsOf = (text: string): string => toPlainDigits(text).replaceAll(/\D/g, '');

/** Digits are a phone, the rest is a name. */
function takeApart(text: string): { name: string; phone: string } {
  const phone = PHONE.exec(text)?.[0].trim() ?? '';
  const name = text.replace(LABELS, ' ').replace(phone, ' ');
  return { name: name.replaceAll(/[\s,，;；、]+/g, ' ').trim(), phone };
}

/** Shorter numbers in a name are a table, a house or a year. */
const WHOLE_PHONE = 10;

/** Whether a whole phone number stands in a name, where everybody who may not see numbers can read it. */
export const hasPhone = (name: string): boolean => digitsOf(takeApart(name).phone).length >= WHOLE_PHONE;

/**
 * The form with the number out of its name and in the first free line for a mobile phone; a number that is there already
 * only goes out of the name. A new form has one line for each kind: without a free one nothing is moved.
 */
export function withoutPhoneInName(draft: Draft, isNew: boolean): Partial<Draft> | undefined {
  const { name, phone } = takeApart(draft.name);
  if (draft.contacts.some((contact) => digitsOf(contact.value) === digitsOf(phone))) return { name };
  const free = draft.contacts.findIndex((contact) => contact.kind === 'mobile' && contact.value.trim() === '');
  if (free >= 0) return { name, contacts: draft.contacts.map((contact, n) => (n === free ? { ...contact, value: phone } : contact)) };
  return isNew ? undefined : { name, contacts: [...draft.contacts, { kind: 'mobile', value: phone }] };
}

/** A form begun from what was typed into the search box. */
export function newDraft(asked: string): Draft {
  const { name, phone } = takeApart(asked);
  return {
    name,
    salutation: '',
    kind: 'person',
    contacts: [
      { kind: 'mobile', value: phone },
      { kind: 'wechat', value: '' },
    ],
    gender: '',
    birthday: emptyBirthday,
    company: '',
    address: '',
    source: '',
    habits: '',
    tags: '',
    note: '',
    mnemonic: '',
    member_no: '',
  };
}

/** A mail address has a line of its own in a new form only where the shop wants one. */
export function withEmail(draft: Draft, required: readonly RequiredField[]): Draft {
  if (!required.includes('email') || draft.contacts.some((contact) => contact.kind === 'email')) return draft;
  return { ...draft, contacts: [...draft.contacts, { kind: 'email', value: '' }] };
}

export function draftOf(customer: Customer): Draft {
  return {
    name: customer.name,
    salutation: customer.salutation ?? '',
    kind: customer.kind,
    contacts: customer.contacts.length > 0 ? customer.contacts.map(({ kind, value }) => ({ kind, value })) : [{ kind: 'mobile', value: '' }],
    gender: customer.gender ?? '',
    birthday: birthdayDraft(customer.birthday),
    company: customer.company ?? '',
    address: customer.address ?? '',
    source: customer.source ?? '',
    habits: customer.habits ?? '',
    tags: customer.tags.join('、'),
    note: customer.note ?? '',
    mnemonic: customer.mnemonic,
    member_no: customer.member_no,
  };
}

const contactOf = (draft: Draft, kinds: readonly ContactKind[]): string | null => orNull(draft.contacts.find((contact) => kinds.includes(contact.kind) && contact.value.trim() !== '')?.value ?? '');

/** The contact fields that a new customer has; further ones are added to the profile afterwards. */
export const newContactKinds: readonly ContactKind[] = ['mobile', 'wechat', 'email'];

export function toNewCustomer(draft: Draft, clientKey: string, atCounter: boolean): NewCustomer {
  return {
    client_key: clientKey,
    at_counter: atCounter,
    name: draft.name.trim(),
    salutation: orNull(draft.salutation),
    kind: draft.kind,
    phone: contactOf(draft, ['mobile', 'landline']),
    wechat: contactOf(draft, ['wechat']),
    email: contactOf(draft, ['email']),
    member_no: orNull(draft.member_no),
    mnemonic: orNull(draft.mnemonic),
    company: orNull(draft.company),
    gender: draft.gender || null,
    birthday: readBirthday(draft.birthday),
    address: orNull(draft.address),
    source: orNull(draft.source),
    note: orNull(draft.note),
    habits: orNull(draft.habits),
    tags: readTags(draft.tags),
  };
}

export function toChange(draft: Draft, customer: Customer, clientKey: string): CustomerChange {
  return {
    id: customer.id,
    client_key: clientKey,
    name: draft.name.trim(),
    salutation: orNull(draft.salutation),
    kind: draft.kind,
    contacts: draft.contacts.filter((contact) => contact.value.trim() !== ''),
    mnemonic: orNull(draft.mnemonic),
    company: orNull(draft.company),
    gender: draft.gender || null,
    birthday: readBirthday(draft.birthday),
    address: orNull(draft.address),
    source: orNull(draft.source),
    note: orNull(draft.note),
    habits: orNull(draft.habits),
    tags: readTags(draft.tags),
  };
}
