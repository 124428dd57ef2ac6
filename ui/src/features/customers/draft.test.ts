import { describe, expect, it } from 'vitest';
import { newDraft, readTags, toNewCustomer } from './draft.ts';

describe("a customer's form", () => {
  it('begins with what was typed into the search box', () => {
    expect(newDraft('张三').name).toBe('张三');
    expect(newDraft('138 1234 5678')).toMatchObject({ name: '', contacts: [{ kind: 'mobile', value: '138 1234 5678' }, { kind: 'wechat', value: '' }] });
  });

  it('reads tags however they are separated, each once', () => {
    expect(readTags('团购、附近上班，团购 无糖')).toEqual(['团购', '附近上班', '无糖']);
  });

  it('leaves out what was not filled in', () => {
    const input = toNewCustomer(newDraft('张三'), 'key');
    expect(input).toMatchObject({ name: '张三', phone: null, wechat: null, birthday: null, tags: [], member_no: null });
  });

  it('keeps a lunar birthday without its year', () => {
    const draft = { ...newDraft('张三'), birthday: { calendar: 'lunar' as const, year: '', month: '8', day: '3', leap: true } };
    expect(toNewCustomer(draft, 'key').birthday).toEqual({ calendar: 'lunar', year: null, month: 8, day: 3, leap: true });
  });
});
