//! What the demo shops are called and sell. Invented for the demo.

use crate::api::books::Trade;

/// A product of a demo shop: name, category, price in 分.
pub(super) type Product = (&'static str, &'static str, i64);

/// The words of one trade.
pub(super) struct Words {
    pub shop: &'static str,
    pub products: &'static [Product],
    pub habits: &'static [&'static str],
    pub tags: &'static [&'static str],
    /// What goes wrong in this trade: category, one line.
    pub troubles: &'static [(&'static str, &'static str)],
    /// Mean days between two visits of a regular.
    pub rhythm_days: i64,
    /// Share of companies among the customers, in percent.
    pub companies: i64,
}

pub(super) const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "韩", "冯", "曹", "曾", "单", "仇", "解", "区", "尉迟", "欧阳",
    "上官",
];
pub(super) const GIVEN: &[&str] = &[
    "婷", "静", "敏", "丽", "芳", "燕", "娟", "霞", "雪", "琳", "晓华", "佳怡", "思雨", "雨桐", "梓涵", "子轩", "浩然",
    "伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "明", "超", "建国", "志强", "文博", "嘉欣", "诗涵", "欣怡", "若曦",
];
pub(super) const COMPANY_FRONTS: &[&str] =
    &["晨光", "启明", "瑞丰", "海澜", "青禾", "云帆", "恒信", "蓝田", "锦绣", "百川"];
pub(super) const COMPANY_ENDS: &[&str] = &["科技", "贸易", "文化传播", "餐饮", "教育", "物业", "建材", "服饰"];
pub(super) const SOURCES: &[&str] = &["路过", "朋友介绍", "大众点评", "小红书", "老客户", "朋友圈"];
pub(super) const PAYMENTS: &[&str] = &["微信", "支付宝", "现金", "银行卡"];

/// The words of a trade.
pub(super) fn of(trade: Trade) -> &'static Words {
    match trade {
        Trade::Bakery => &BAKERY,
        Trade::Print => &PRINT,
        Trade::Design => &DESIGN,
        Trade::Beauty => &BEAUTY,
        Trade::Yoga => &YOGA,
        Trade::Trade => &TRADE,
    }
}

static BAKERY: Words = Words {
    shop: "麦香烘焙（演示）",
    products: &[
        ("原味吐司", "面包", 1800),
        ("全麦吐司", "面包", 2200),
        ("牛角包", "面包", 1200),
        ("肉松面包", "面包", 1000),
        ("菠萝包", "面包", 900),
        ("生日蛋糕六寸", "蛋糕", 16800),
        ("生日蛋糕八寸", "蛋糕", 22800),
        ("提拉米苏", "蛋糕", 3200),
        ("芝士蛋糕切块", "蛋糕", 2800),
        ("蛋挞", "点心", 600),
        ("曲奇礼盒", "礼盒", 8800),
        ("中秋月饼礼盒", "礼盒", 19800),
        ("美式咖啡", "饮品", 1800),
        ("拿铁", "饮品", 2400),
        ("低糖戚风", "蛋糕", 4800),
        ("坚果欧包", "面包", 2600),
    ],
    habits: &["要无糖，坐窗边", "爱坚果，不要葡萄干", "蛋糕要少奶油", "每周六上午取吐司", "给孩子买，不放酒"],
    tags: &["低糖", "坚果", "家庭", "企业下午茶", "咖啡"],
    troubles: &[
        ("quality", "蛋糕里吃到硬物"),
        ("delivery", "生日蛋糕晚送了一小时"),
        ("service", "订单口味做错了"),
        ("allergy", "吃了坚果面包起疹子"),
    ],
    rhythm_days: 14,
    companies: 6,
};

static PRINT: Words = Words {
    shop: "快印坊（演示）",
    products: &[
        ("名片一盒", "名片", 3800),
        ("高档名片一盒", "名片", 8800),
        ("A4 彩印", "打印", 200),
        ("A4 黑白", "打印", 50),
        ("三折页", "宣传品", 68000),
        ("海报", "宣传品", 5800),
        ("画册设计加印刷", "画册", 680000),
        ("标书装订", "装订", 4500),
        ("胶装", "装订", 1500),
        ("横幅", "广告", 6000),
        ("易拉宝", "广告", 9800),
        ("不干胶", "标签", 12000),
        ("信封", "办公", 32000),
    ],
    habits: &["名片要圆角", "开专票，抬头已存", "要送到前台", "月结，每月五号对账"],
    tags: &["企业", "月结", "加急", "开专票"],
    troubles: &[
        ("quality", "名片颜色偏红"),
        ("delivery", "标书没有按时送到"),
        ("price", "报价和结账不一致"),
        ("service", "改稿没有改全"),
    ],
    rhythm_days: 30,
    companies: 60,
};

static DESIGN: Words = Words {
    shop: "一木设计（演示）",
    products: &[
        ("标志设计", "品牌", 680000),
        ("VI 手册", "品牌", 1280000),
        ("画册设计", "平面", 480000),
        ("海报设计", "平面", 120000),
        ("包装设计", "包装", 560000),
        ("公众号首图", "新媒体", 30000),
        ("门头设计", "空间", 380000),
        ("修改一次", "服务", 20000),
        ("品牌全案", "品牌", 3800000),
        ("咨询一小时", "服务", 60000),
    ],
    habits: &["喜欢国风", "只看手机，图要小", "每周一开会", "预算有限，先报价"],
    tags: &["品牌全案", "单项服务", "国风", "企业"],
    troubles: &[
        ("delivery", "初稿晚了三天"),
        ("quality", "画册有错别字"),
        ("service", "改稿沟通不顺"),
        ("price", "增加了没说好的费用"),
    ],
    rhythm_days: 60,
    companies: 75,
};

static BEAUTY: Words = Words {
    shop: "悦己美妆（演示）",
    products: &[
        ("氨基酸洁面", "洁面", 12800),
        ("保湿水", "水乳", 16800),
        ("补水面霜", "面霜", 26800),
        ("防晒霜", "防晒", 15800),
        ("精华液", "精华", 38800),
        ("口红", "彩妆", 19800),
        ("气垫", "彩妆", 25800),
        ("面膜一盒", "面膜", 9900),
        ("卸妆油", "洁面", 13800),
        ("眼霜", "面霜", 32800),
        ("护手霜", "身体", 4900),
        ("香水小样", "香氛", 6800),
    ],
    habits: &["敏感肌，不用酒精", "户外工作，防晒常备", "只用无香", "喜欢小样"],
    tags: &["敏感肌", "油皮", "户外工作", "彩妆"],
    troubles: &[
        ("allergy", "用了面霜脸上发红"),
        ("quality", "口红断了"),
        ("service", "导购一直推销"),
        ("delivery", "快递压坏了盒子"),
    ],
    rhythm_days: 35,
    companies: 3,
};

static YOGA: Words = Words {
    shop: "静心瑜伽（演示）",
    products: &[
        ("单次小班课", "课程", 8800),
        ("十次卡", "课程", 78000),
        ("私教课", "私教", 38000),
        ("私教十次", "私教", 340000),
        ("肩颈修复课", "课程", 12800),
        ("年卡", "课程", 368000),
        ("瑜伽垫", "用品", 19800),
        ("瑜伽服", "用品", 29800),
        ("孕产修复", "私教", 42000),
    ],
    habits: &["久坐，肩颈紧", "晚上七点后有空", "膝盖旧伤，少跪姿", "喜欢靠窗的位置"],
    tags: &["久坐", "产后", "私教", "晚课"],
    troubles: &[
        ("service", "约好的课被取消"),
        ("quality", "教室太冷"),
        ("price", "扣错了一次课"),
        ("allergy", "练习时拉伤"),
    ],
    rhythm_days: 9,
    companies: 2,
};

static TRADE: Words = Words {
    shop: "海风外贸（演示）",
    products: &[
        ("陶瓷杯一箱", "家居", 96000),
        ("棉麻桌布", "家居", 4800),
        ("圣诞装饰", "节庆", 38000),
        ("剪纸礼品", "节庆", 2600),
        ("帆布袋一百只", "包装", 58000),
        ("竹制餐具", "家居", 3200),
        ("样品单", "样品", 15000),
        ("蜡烛一箱", "家居", 72000),
        ("明信片", "文具", 1200),
    ],
    habits: &["报价要含运费", "邮件为主，下午回复", "样品先寄", "付款三十天"],
    tags: &["欧洲", "东南亚", "样品", "月结"],
    troubles: &[
        ("delivery", "货期晚了一周"),
        ("quality", "两箱杯子有破损"),
        ("price", "发票金额不符"),
        ("service", "邮件三天没有回"),
    ],
    rhythm_days: 40,
    companies: 85,
};
