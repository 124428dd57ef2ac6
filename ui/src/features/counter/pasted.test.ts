import { describe, expect, it } from 'vitest';
import { readPasted } from './pasted.ts';

const read = (text: string) => readPasted(text).map(({ what, quantity, price }) => [what, quantity, price]);

describe('an order that was pasted', () => {
  it('is read as people write it into a chat', () => {
    const chat = '牛角包 3\n拿铁×2\n吐司x1 18.00\n蛋挞 6个 @5.5\n曲奇礼盒：２\n\n3个菠萝包\n肉松面包4个\n生日蛋糕';
    expect(read(chat)).toEqual([
      ['牛角包', '3', ''],
      ['拿铁', '2', ''],
      ['吐司', '1', '18.00'],
      ['蛋挞', '6', '5.5'],
      ['曲奇礼盒', '2', ''],
      ['菠萝包', '3', ''],
      ['肉松面包', '4', ''],
      ['生日蛋糕', '1', ''],
    ]);
  });

  it('leaves to a name the number that belongs to it', () => {
    expect(read('可乐330\n生日蛋糕6寸\nA4纸 2\nbox 3')).toEqual([
      ['可乐330', '1', ''],
      ['生日蛋糕6寸', '1', ''],
      ['A4纸', '2', ''],
      ['box', '3', ''],
    ]);
  });

  it('is read from a list with marks and from the cells of a sheet', () => {
    expect(read('1. 牛角包 2\n2）拿铁\n- 吐司 1')).toEqual([
      ['牛角包', '2', ''],
      ['拿铁', '1', ''],
      ['吐司', '1', ''],
    ]);
    expect(read('牛角包\t3\t¥12.00\n拿铁\t\t\n')).toEqual([
      ['牛角包', '3', '12.00'],
      ['拿铁', '1', ''],
    ]);
  });
});
