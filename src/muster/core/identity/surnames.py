"""Surnames whose reading a dictionary gets wrong: the right one first, then what people type."""

from collections.abc import Mapping

POLYPHONIC: Mapping[str, tuple[str, ...]] = {
    surname: tuple(readings.split())
    for surname, readings in {
        "单": "shan dan chan", "曾": "zeng ceng", "解": "xie jie", "仇": "qiu chou",
        "区": "ou qu", "盖": "ge gai", "查": "zha cha", "朴": "piao pu", "翟": "zhai di",
        "尉": "wei yu", "乐": "yue le", "员": "yun yuan", "任": "ren", "华": "hua",
        "缪": "miao mou miu", "覃": "qin tan", "秘": "bi mi", "折": "she zhe", "洗": "xian xi",
        "冼": "xian sheng", "那": "na", "宿": "su xiu", "隗": "wei kui", "牟": "mou mu",
        "繁": "po fan", "褚": "chu zhe", "种": "chong zhong", "祭": "zhai ji", "逄": "pang",
        "召": "shao zhao", "会": "gui hui kuai", "撒": "sa", "盛": "sheng cheng", "哈": "ha",
        "宓": "mi fu", "贾": "jia gu", "柏": "bai bo", "晟": "cheng sheng", "葛": "ge",
        "句": "gou ju", "郇": "xun huan", "长": "chang zhang", "谌": "chen shen", "纪": "ji",
        "过": "guo", "应": "ying", "车": "che ju", "令": "ling", "相": "xiang", "於": "yu",
        "乜": "nie mie", "幺": "yao", "黑": "he hei", "佴": "nai er", "适": "kuo shi",
        "亓": "qi", "钭": "tou dou", "麴": "qu", "阚": "kan han", "庹": "tuo", "眭": "sui",
        "筰": "zuo", "仝": "tong", "芈": "mi", "臧": "zang",
        "藏": "zang cang", "璩": "qu", "瞿": "qu ju", "郗": "xi chi", "戚": "qi", "舍": "she",
        "佘": "she", "卜": "bu", "薄": "bo bao", "鲍": "bao", "费": "fei bi", "万": "wan",
        "叶": "ye xie", "沈": "shen chen", "吕": "lv lu lyu", "闾": "lv lu lyu",
        "律": "lv lu lyu", "郄": "qie xi", "石": "shi", "强": "qiang jiang",
        "能": "nai neng", "洪": "hong", "炅": "gui jiong", "妫": "gui", "晁": "chao",
        "朝": "chao zhao", "重": "chong zhong", "暨": "ji", "冒": "mao mo", "都": "du dou",
        "行": "xing hang", "和": "he", "居": "ju",
        "塔": "ta", "粘": "nian zhan", "占": "zhan", "拓": "tuo ta", "角": "jue jiao",
        "尉迟": "yuchi weichi", "万俟": "moqi wansi", "单于": "chanyu danyu shanyu",
        "长孙": "zhangsun changsun", "澹台": "tantai dantai", "令狐": "linghu", "宰父": "zaifu",
        "鲜于": "xianyu", "呼延": "huyan", "夏侯": "xiahou", "诸葛": "zhuge", "尔朱": "erzhu",
        "贺若": "heruo", "可朱浑": "kezhuhun", "纥干": "hegan gegan", "吐谷浑": "tuyuhun tuguhun",
        "先贤掸": "xianxiandan", "独孤": "dugu", "拓跋": "tuoba taba", "乐正": "yuezheng lezheng",
        "子车": "ziju ziche", "车非": "chefei jufei", "亓官": "qiguan", "濮阳": "puyang",
        "淳于": "chunyu", "公冶": "gongye", "漆雕": "qidiao", "夹谷": "jiagu", "谷梁": "guliang",
        "百里": "baili", "东郭": "dongguo", "南宫": "nangong", "欧阳": "ouyang", "司马": "sima",
        "上官": "shangguan", "东方": "dongfang", "皇甫": "huangfu", "慕容": "murong",
        "公孙": "gongsun", "轩辕": "xuanyuan", "钟离": "zhongli", "宇文": "yuwen",
        "司徒": "situ", "司空": "sikong", "闻人": "wenren", "赫连": "helian", "申屠": "shentu",
        "太叔": "taishu", "仲孙": "zhongsun", "端木": "duanmu", "西门": "ximen", "第五": "diwu",
    }.items()
}  # fmt: skip

GIVEN: Mapping[str, tuple[str, ...]] = {
    char: tuple(readings.split())
    for char, readings in {
        "乐": "le yue", "长": "chang zhang", "行": "xing hang", "重": "chong zhong",
        "朝": "chao zhao", "曾": "zeng", "盛": "sheng cheng", "茜": "qian xi", "藏": "cang zang",
        "晟": "sheng cheng", "柏": "bai bo", "单": "dan shan", "解": "jie xie", "传": "chuan zhuan",
        "参": "can shen", "还": "huan hai", "调": "tiao diao", "都": "du dou", "盖": "gai ge",
        "弹": "tan dan", "翟": "zhai di", "葛": "ge", "率": "shuai lv", "宿": "su xiu",
        "石": "shi", "车": "che", "角": "jiao jue", "合": "he", "会": "hui", "大": "da",
        "娜": "na", "蔚": "wei yu", "铭": "ming", "澄": "cheng deng", "漂": "piao", "浚": "jun xun",
        "绿": "lv lu", "女": "nv nu", "律": "lv lu", "吕": "lv lu", "旅": "lv lu",
        "尉": "wei yu", "折": "zhe she", "薄": "bo bao", "强": "qiang", "降": "jiang xiang",
        "祭": "ji", "令": "ling", "万": "wan", "俟": "si qi", "洗": "xi xian", "颉": "jie xie",
        "芸": "yun", "奇": "qi", "贾": "jia gu", "系": "xi", "臭": "xiu chou", "缪": "miao mou",
    }.items()
}  # fmt: skip
"""Characters of given names that are read in two ways, the commoner first."""
