import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname);
const languages = ['zh-Hans', 'zh-Hant', 'en'] as const;
type Words = Map<string, string>;

function flatten(value: unknown, path: string, into: Words): Words {
  if (typeof value === 'string') into.set(path, value);
  else for (const [key, inner] of Object.entries(value as object)) flatten(inner, path ? `${path}.${key}` : key, into);
  return into;
}

const files = (language: string) => readdirSync(join(folder, language)).filter((f) => f.endsWith('.json')).sort();
const words = (language: string, file: string) => flatten(JSON.parse(readFileSync(join(folder, language, file), 'utf8')), '', new Map());

/** English says one and many; the Chinese of both is the same key. */
const base = (key: string) => key.replace(/_(one|other)$/, '');
/** A date is put together differently in every language, so its month and weekday are free. */
const free = new Set(['month', 'monthName', 'weekday']);
const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').filter((slot) => !free.has(slot)).sort();

// The characters of this window's trade whose traditional form differs; the left one never stands in 繁 text,
// the right one never in 简 text.
const pairs = '会會 员員 客客 户戶 诉訴 层層 设設 置置 贝貝 储儲 额額 单單 积積 买買 卖賣 货貨 钱錢 账帳 号號 码碼 机機 电電 话話 时時 间間 开開 关關 门門 营營 业業 务務 处處 理理 办辦 结結 级級 银銀 钻鑽 优優 减減 满滿 还還 过過 这這 进進 边邊 达達 运運 动動 应應 复復 补補 偿償 备備 份份 录錄 导導 档檔 读讀 写寫 错錯 误誤 试試 验驗 证證 确確 认認 无無 点點 击擊 选選 择擇 显顯 隐隱 颜顏 体體 简簡 语語 为為 与與 从從 来來 对對 称稱 样樣 机機 传傳 统統 总總 数數 据據 览覽 页頁 题題 预預 约約 颗顆 顾顧 见見 观觀 欢歡 迟遲 远遠 变變 换換 图圖 团團 东東 车車 华華 国國 岁歲 历歷 鲜鮮 龄齡 龙龍 马馬 鸟鳥 鱼魚 书書 习習 乡鄉 们們 个個 伤傷 价價 众眾 两兩 条條 项項 须須 张張 长長 够夠 够夠 带帶 师師 归歸 当當 忆憶 怀懷 态態 怜憐 爱愛 战戰 护護 报報 拟擬 择擇 损損 换換 据據 搜搜 权權 极極 构構 标標 栏欄 检檢 气氣 没沒 泪淚 浅淺 测測 济濟 润潤 涨漲 温溫 灭滅 灯燈 热熱 爷爺 状狀 独獨 环環 现現 画畫 异異 疗療 盘盤 监監 码碼 础礎 离離 种種 称稱 笔筆 签簽 类類 紧緊 红紅 级級 纪紀 纯純 纸紙 线線 练練 组組 细細 终終 经經 绑綁 给給 络絡 续續 维維 缓緩 编編 缩縮 罗羅 联聯 职職 胜勝 脑腦 节節 药藥 获獲 虑慮 虚虛 虽雖 补補 装裝 规規 视視 觉覺 计計 订訂 让讓 议議 记記 讲講 许許 论論 访訪 评評 识識 词詞 译譯 该該 详詳 请請 谁誰 调調 谈談 谢謝 负負 责責 败敗 质質 购購 费費 资資 赠贈 赢贏 转轉 轮輪 软軟 轻輕 载載 较較 输輸 边邊 连連 递遞 邮郵 释釋 针針 钟鐘 铁鐵 铺鋪 链鏈 销銷 锁鎖 镜鏡 闭閉 问問 闲閒 阅閱 队隊 阳陽 阶階 际際 险險 随隨 难難 静靜 项項 顺順 频頻 风風 饮飲 馆館 驻駐 骤驟'
  .split(' ')
  .filter((pair) => pair[0] !== pair[1]);
const simplified = new Set(pairs.map((pair) => pair[0] ?? ''));
const traditional = new Set(pairs.map((pair) => pair[1] ?? ''));
/** The names of languages are written in themselves. */
const inOwnScript = new Set(['actions.language_hans', 'actions.language_hant']);

describe('the words of the window', () => {
  it('has the same files in every language', () => {
    for (const language of languages) expect(files(language)).toEqual(files('zh-Hans'));
  });

  for (const file of files('zh-Hans')) {
    const source = words('zh-Hans', file);
    it(`${file}: no language misses a key or has one too many`, () => {
      const keys = new Set([...source.keys()].map(base));
      for (const language of languages) expect(new Set([...words(language, file).keys()].map(base)), language).toEqual(keys);
    });

    it(`${file}: nothing is blank and every slot is kept`, () => {
      for (const language of languages) {
        for (const [key, text] of words(language, file)) {
          expect(text.trim(), `${language} ${key}`).not.toBe('');
          const expected = slots(source.get(base(key)) ?? source.get(key) ?? '');
          expect(slots(text), `${language} ${key}`).toEqual(expected);
        }
      }
    });

    it(`${file}: no 繁 character in a 简 text and none the other way round`, () => {
      for (const [language, foreign] of [['zh-Hans', traditional], ['zh-Hant', simplified]] as const) {
        for (const [key, text] of words(language, file)) {
          if (inOwnScript.has(key)) continue;
          const strays = [...text].filter((character) => foreign.has(character));
          expect(strays, `${language} ${key}: ${text}`).toEqual([]);
        }
      }
    });
  }
});
