//! How Chinese surnames are read where a dictionary of characters would say something else, and which surnames
//! have two or more characters.
//!
//! Gathered from the readings that dictionaries of the standard language mark as "surname". Where families differ
//! (覃 Qin or Tan, 牟 Mu or Mou) the more frequent one stands here; the other is still found, because search knows
//! every reading. Simplified forms only: names are folded before they are looked up.

use std::collections::HashMap;

/// One-character surnames whose reading differs from the character's usual one, or is often got wrong.
/// The tone stands at the end.
const SINGLE: &[(char, &str)] = &[
    ('万', "wan4"),
    ('么', "yao1"),
    ('乐', "yue4"),
    ('乜', "nie4"),
    ('亓', "qi2"),
    ('仇', "qiu2"),
    ('令', "ling2"),
    ('任', "ren2"),
    ('会', "gui4"),
    ('伯', "bo2"),
    ('佘', "she2"),
    ('佴', "nai4"),
    ('俞', "yu2"),
    ('冼', "xian3"),
    ('冯', "feng2"),
    ('区', "ou1"),
    ('华', "hua4"),
    ('单', "shan4"),
    ('卜', "bu3"),
    ('占', "zhan1"),
    ('厍', "she4"),
    ('参', "shen1"),
    ('句', "gou1"),
    ('召', "shao4"),
    ('台', "tai2"),
    ('叶', "ye4"),
    ('员', "yun4"),
    ('哈', "ha3"),
    ('呙', "guo1"),
    ('咎', "jiu4"),
    ('契', "xie4"),
    ('妫', "gui1"),
    ('娄', "lou2"),
    ('宓', "mi4"),
    ('宿', "su4"),
    ('寻', "xun2"),
    ('少', "shao4"),
    ('尉', "wei4"),
    ('尹', "yin3"),
    ('庄', "zhuang1"),
    ('应', "ying1"),
    ('强', "qiang2"),
    ('戴', "dai4"),
    ('折', "she2"),
    ('拓', "tuo4"),
    ('撒', "sa3"),
    ('撖', "han4"),
    ('教', "jiao4"),
    ('晁', "chao2"),
    ('晟', "cheng2"),
    ('曲', "qu1"),
    ('曾', "zeng1"),
    ('朝', "chao2"),
    ('朴', "piao2"),
    ('柏', "bai3"),
    ('查', "zha1"),
    ('校', "jiao4"),
    ('桓', "huan2"),
    ('殷', "yin1"),
    ('沈', "shen3"),
    ('洗', "xian3"),
    ('涂', "tu2"),
    ('浣', "huan4"),
    ('游', "you2"),
    ('溥', "pu3"),
    ('澹', "tan2"),
    ('炅', "gui4"),
    ('燕', "yan1"),
    ('牟', "mu4"),
    ('瞿', "qu2"),
    ('盖', "ge3"),
    ('盛', "sheng4"),
    ('相', "xiang4"),
    ('眭', "sui1"),
    ('睢', "sui1"),
    ('祭', "zhai4"),
    ('秘', "bi4"),
    ('种', "chong2"),
    ('笪', "da2"),
    ('粘', "nian2"),
    ('繁', "po2"),
    ('纪', "ji3"),
    ('缪', "miao4"),
    ('翟', "zhai2"),
    ('能', "nai4"),
    ('臧', "zang1"),
    ('菅', "jian1"),
    ('莘', "shen1"),
    ('葛', "ge3"),
    ('蒙', "meng2"),
    ('蕃', "pi2"),
    ('薄', "bo2"),
    ('藏', "zang4"),
    ('蹇', "jian3"),
    ('要', "yao1"),
    ('覃', "qin2"),
    ('角', "jue2"),
    ('解', "xie4"),
    ('訾', "zi1"),
    ('谌', "chen2"),
    ('谷', "gu3"),
    ('谯', "qiao2"),
    ('贠', "yun4"),
    ('贾', "jia3"),
    ('费', "fei4"),
    ('车', "che1"),
    ('过', "guo1"),
    ('逄', "pang2"),
    ('逯', "lu4"),
    ('那', "na1"),
    ('郇', "xun2"),
    ('郄', "qie4"),
    ('郗', "xi1"),
    ('郝', "hao3"),
    ('都', "du1"),
    ('钭', "tou3"),
    ('镡', "tan2"),
    ('长', "chang2"),
    ('阙', "que1"),
    ('阚', "kan4"),
    ('陆', "lu4"),
    ('隗', "wei3"),
    ('隽', "juan4"),
    ('颉', "xie2"),
    ('风', "feng1"),
    ('黎', "li2"),
    ('黑', "he4"),
    ('䶮', "yan3"),
];

/// Surnames of two and more characters with their readings, longest first where one begins another.
const COMPOUND: &[(&str, &str)] = &[
    ("爱新觉罗", "ai4 xin1 jue2 luo2"),
    ("叶赫那拉", "ye4 he4 na4 la1"),
    ("博尔济吉特", "bo2 er3 ji4 ji2 te4"),
    ("钮祜禄", "niu3 hu4 lu4"),
    ("赫舍里", "he4 she4 li3"),
    ("瓜尔佳", "gua1 er3 jia1"),
    ("尉迟", "yu4 chi2"),
    ("万俟", "mo4 qi2"),
    ("长孙", "zhang3 sun1"),
    ("令狐", "ling2 hu2"),
    ("澹台", "tan2 tai2"),
    ("皇甫", "huang2 fu3"),
    ("宇文", "yu3 wen2"),
    ("慕容", "mu4 rong2"),
    ("司马", "si1 ma3"),
    ("上官", "shang4 guan1"),
    ("欧阳", "ou1 yang2"),
    ("诸葛", "zhu1 ge3"),
    ("东方", "dong1 fang1"),
    ("独孤", "du2 gu1"),
    ("南宫", "nan2 gong1"),
    ("西门", "xi1 men2"),
    ("端木", "duan1 mu4"),
    ("百里", "bai3 li3"),
    ("呼延", "hu1 yan2"),
    ("公孙", "gong1 sun1"),
    ("轩辕", "xuan1 yuan2"),
    ("钟离", "zhong1 li2"),
    ("濮阳", "pu2 yang2"),
    ("淳于", "chun2 yu2"),
    ("太叔", "tai4 shu1"),
    ("太史", "tai4 shi3"),
    ("申屠", "shen1 tu2"),
    ("公冶", "gong1 ye3"),
    ("公羊", "gong1 yang2"),
    ("公西", "gong1 xi1"),
    ("公良", "gong1 liang2"),
    ("公输", "gong1 shu1"),
    ("宗政", "zong1 zheng4"),
    ("夏侯", "xia4 hou2"),
    ("闻人", "wen2 ren2"),
    ("赫连", "he4 lian2"),
    ("鲜于", "xian1 yu2"),
    ("闾丘", "lv2 qiu1"),
    ("司徒", "si1 tu2"),
    ("司空", "si1 kong1"),
    ("司寇", "si1 kou4"),
    ("亓官", "qi2 guan1"),
    ("仉督", "zhang3 du1"),
    ("子车", "zi3 ju1"),
    ("颛孙", "zhuan1 sun1"),
    ("巫马", "wu1 ma3"),
    ("漆雕", "qi1 diao1"),
    ("乐正", "yue4 zheng4"),
    ("壤驷", "rang3 si4"),
    ("拓跋", "tuo4 ba2"),
    ("夹谷", "jia2 gu3"),
    ("宰父", "zai3 fu3"),
    ("谷梁", "gu3 liang2"),
    ("榖梁", "gu3 liang2"),
    ("段干", "duan4 gan1"),
    ("东郭", "dong1 guo1"),
    ("东门", "dong1 men2"),
    ("南门", "nan2 men2"),
    ("羊舌", "yang2 she2"),
    ("微生", "wei1 sheng1"),
    ("梁丘", "liang2 qiu1"),
    ("左丘", "zuo3 qiu1"),
    ("第五", "di4 wu3"),
    ("纳兰", "na4 lan2"),
    ("完颜", "wan2 yan2"),
    ("耶律", "ye1 lv4"),
    ("哥舒", "ge1 shu1"),
    ("谯笪", "qiao2 da2"),
    ("佟佳", "tong2 jia1"),
    ("达奚", "da2 xi1"),
    ("贺兰", "he4 lan2"),
    ("斛律", "hu2 lv4"),
    ("屈突", "qu1 tu1"),
    ("豆卢", "dou4 lu2"),
    ("阿史那", "a1 shi3 na4"),
    ("叔孙", "shu1 sun1"),
    ("仲孙", "zhong4 sun1"),
    ("季孙", "ji4 sun1"),
    ("孟孙", "meng4 sun1"),
    ("相里", "xiang4 li3"),
    ("费莫", "fei4 mo4"),
    ("那拉", "na4 la1"),
    ("郁久闾", "yu4 jiu3 lv2"),
];

/// The compound surname that a folded name begins with and its readings (letters and tone, `yu4`), provided that
/// at least one more character follows: 司马 alone may be a surname 司 with the name 马.
pub fn compound(name: &str) -> Option<(&'static str, impl Iterator<Item = &'static str>)> {
    COMPOUND
        .iter()
        .filter(|(surname, _)| name.strip_prefix(surname).is_some_and(|given| !given.is_empty()))
        .max_by_key(|(surname, _)| surname.len())
        .map(|(surname, readings)| (*surname, readings.split(' ')))
}

/// The reading (letters and tone) of a one-character surname where it is not the character's usual one.
pub fn single(c: char) -> Option<&'static str> {
    SINGLE.iter().find(|(surname, _)| *surname == c).map(|(_, reading)| *reading)
}

/// The readings that each character has in some surname, so that search accepts them wherever it stands.
pub fn readings_by_character() -> HashMap<char, Vec<&'static str>> {
    let in_compounds = COMPOUND.iter().flat_map(|(surname, readings)| surname.chars().zip(readings.split(' ')));
    let mut by_character: HashMap<char, Vec<&'static str>> = HashMap::new();
    for (c, reading) in SINGLE.iter().copied().chain(in_compounds) {
        by_character.entry(c).or_default().push(letters(reading));
    }
    by_character
}

/// A reading without its tone.
pub fn letters(reading: &'static str) -> &'static str {
    reading.trim_end_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::fold::simplified;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_surname_is_listed_once_in_simplified_form_with_one_reading_a_character() {
        let mut seen = BTreeSet::new();
        for (c, reading) in SINGLE {
            assert!(seen.insert(c.to_string()), "{c} stands twice");
            assert!(simplified(*c) == *c, "{c} is not the folded form");
            assert!(reading.ends_with(|t: char| ('1'..='4').contains(&t)), "{c} {reading}");
        }
        for (surname, readings) in COMPOUND {
            assert!(seen.insert((*surname).to_owned()), "{surname} stands twice");
            assert_eq!(surname.chars().count(), readings.split(' ').count(), "{surname}");
            assert!(surname.chars().all(|c| simplified(c) == c), "{surname} is not the folded form");
        }
    }

    #[test]
    fn a_compound_surname_needs_a_given_name() {
        assert_eq!(compound("司马光").map(|(surname, _)| surname), Some("司马"));
        assert_eq!(compound("司马").map(|(surname, _)| surname), None);
        assert_eq!(compound("叶赫那拉兰").map(|(surname, _)| surname), Some("叶赫那拉"));
    }
}
