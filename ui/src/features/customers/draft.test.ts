import { describe, expect, it } from 'vitest';
import { hasPhone, newDraft, readTags, toNewCustomer, withEmail, withoutPhoneInName } from './draft.ts';

describe("a customer's form", () => {
  it('begins with what was typed into the search box', () => {
    expect(newDraft('张三').name).toBe('张三');
    expect(newDraft('138 1234 5678')).toMatchObject({ name: '', contacts: [{ kind: 'mobile', value: '138 1234 5678' }, { kind: 'wechat', value: '' }] });
  });

  it('takes name and phone apart where both were typed or copied', () => {
    const parts = (asked: string) => [newDraft(asked).name, newDraft(asked).contacts[0]?.value];
    expect(parts('姓名：张三 电话：138-1234-5678')).toEqual(['张三', '138-1234-5678']);
    expect(parts('欧阳锋13812345678')).toEqual(['欧阳锋', '13812345678']);
    expect(parts('+852 9123 4567，Mary Lee')).toEqual(['Mary Lee', '+852 9123 4567']);
    expect(parts('买买提·艾力')).toEqual(['买买提·艾力', '']);
    expect(parts('2号楼老王')).toEqual(['2号楼老王', '']);
  });

  it('notices a whole phone number in a name, and no table, year or day', () => {
    for (const name of ['王芳13812345678', '王芳 138 1234 5678', '王芳１３８１２３４５６７８', '老李 0571-8812 3456', '+852 9123 4567 Mary']) expect(hasPhone(name)).toBe(true);
    for (const name of ['王芳', '2号楼老王', '1990年生的小李', '王芳 5678', '李雷 2026-3-5']) expect(hasPhone(name)).toBe(false);
  });

  it('moves the number out of the name to where there is room for it', () => {
    const named = (contacts: string[]) => ({ ...newDraft('王芳'), name: '王芳 138 1234 5678', contacts: contacts.map((value) => ({ kind: 'mobile' as const, value })) });
    expect(withoutPhoneInName(named(['']), true)).toMatchObject({ name: '王芳', contacts: [{ value: '138 1234 5678' }] });
    expect(withoutPhoneInName(named(['13812345678']), true)).toEqual({ name: '王芳' });
    expect(withoutPhoneInName(named(['13900000000']), true)).toBeUndefined();
    expect(withoutPhoneInName(named(['13900000000']), false)).toMatchObject({ name: '王芳', contacts: [{ value: '13900000000' }, { kind: 'mobile', value: '138 1234 5678' }] });
  });

  it('reads tags however they are separated, each once', () => {
    expect(readTags('团购、附近上班，团购 无糖')).toEqual(['团购', '附近上班', '无糖']);
  });

  it('leaves out what was not filled in', () => {
    const input = toNewCustomer(newDraft('张三'), 'key', false);
    expect(input).toMatchObject({ name: '张三', phone: null, wechat: null, birthday: null, tags: [], member_no: null });
  });

  it('asks for a mail address where the shop wants one, and sends it', () => {
    expect(withEmail(newDraft('张三'), [])).toEqual(newDraft('张三'));
    const asked = withEmail(newDraft('张三'), ['email']);
    const filled = { ...asked, contacts: asked.contacts.map((contact) => (contact.kind === 'email' ? { ...contact, value: 'z@shop.cn' } : contact)) };
    expect(toNewCustomer(withEmail(filled, ['email']), 'key', true)).toMatchObject({ email: 'z@shop.cn', at_counter: true });
  });

  it('keeps a lunar birthday without its year', () => {
    const draft = { ...newDraft('张三'), birthday: { calendar: 'lunar' as const, year: '', month: '8', day: '3', leap: true } };
    expect(toNewCustomer(draft, 'key', false).birthday).toEqual({ calendar: 'lunar', year: null, month: 8, day: 3, leap: true });
  });
});
