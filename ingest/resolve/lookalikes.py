"""Characters that clerks take for one another: other forms, and forms that look alike.

The table is our own: a group stands for itself, its first character represents it.
"""

from typing import Final

_OTHER_FORMS: Final = (
    "陳陈 張张 劉刘 黃黄 趙赵 吳吴 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 馮冯 鄧邓 蕭肖萧 "
    "葉叶 蘇苏 盧卢 鍾钟鐘 譚谭 陸陆 賈贾 韋韦 鄒邹 閻闫阎 龍龙 賀贺 顧顾 龔龚 萬万 錢钱 "
    "嚴严 湯汤 呂吕 蔣蒋 閔闵 莊庄 滿满 關关 華华 國国囯 強强彊 偉伟 軍军 東东 興兴 輝辉 "
    "傑杰 鵬鹏 濤涛 剛刚 勝胜 義义 禮礼 書书 學学 榮荣 貴贵 財财 發发 壽寿 長长 進进 鳳凤 "
    "蘭兰 蓮莲 麗丽 紅红 雲云 愛爱 靜静 豔艳艷 瓊琼 綉绣 繡绣 寶宝 順顺 鋒锋 銀银 鐵铁 "
    "鋼钢 錦锦 銘铭 曉晓 曄晔 昇升陞 桿杆 樹树 權权 歡欢 澤泽 潔洁 潤润 煥焕 瑩莹 穎颖頴 "
    "紹绍 維维 蔭荫 衛卫 裏里裡 詩诗 誠诚 賢贤 連连 運运 達达 鄉乡 雙双 霧雾 韻韵 飛飞 "
    "駿骏 鴻鸿 齊齐 峯峰 喆哲 堃坤 淼渺 氷冰 翺翱 並并竝 彥彦 啓启啟 敍叙敘 眞真 鎭镇 塩盐 "
    "沢泽 辺边邊 桜樱櫻 広广廣 斉齐 浜滨濱 竜龙 恵惠 栄荣 気气氣 県县縣 実实實 鉄铁 区区區 "
    "斎斋齋 髙高 﨑崎碕 遠远 業业 築筑 設设 備备 電电 機机 園园 農农 務务 會会 協协 聯联 "
    "環环 術术 貿贸 經经 濟济 開开 產产産 個个 門门 責责 團团 總总 廠厂 織织 紡纺 飾饰 "
    "飲饮 館馆 場场 測测 計计 劃划 顯显 憲宪 勳勋 鑑鉴 諾诺 謙谦 諒谅 賓宾 賴赖 趙赵 鄔邬 "
    "鄺邝 鈞钧 銳锐 鎧铠 閏闰 陽阳 際际 雋隽 靈灵 頌颂 顏颜 駱骆 魯鲁 鮑鲍 鳴鸣 麥麦 黨党 "
    "傳传 億亿 優优 儀仪 凱凯 創创 動动 勞劳 喬乔 嘯啸 壯壮 夢梦 奮奋 寧宁 尋寻 嶺岭 巖岩 "
    "師师 廟庙 張张 後后 從从 愷恺 應应 懷怀 戰战 揚扬 擁拥 於于 時时 暉晖 曠旷 東东 標标 "
    "橋桥 檢检 沖冲冲 淵渊 溫温 滄沧 漢汉 灣湾 為为爲 爾尔 獻献 現现 瑪玛 畢毕 監监 禎祯 "
    "稅税 穩稳 競竞 筆笔 紀纪 純纯 統统 絲丝 緒绪 緯纬 縱纵 羣群 聖圣 聲声 聰聪 職职 肅肃 "
    "膽胆 臨临 舊旧 薩萨 藝艺 藍蓝 號号 裝装 見见 親亲 覺觉 訓训 調调 講讲 豐丰 貝贝 軒轩 "
    "輪轮 轉转 農农 遙遥 遷迁 選选 鄒邹 醫医 鄰邻 錄录 鏡镜 閣阁 雜杂 鷹鹰 齡龄 龐庞"
)
_ALIKE: Final = (
    "己已巳 未末 土士 人入 日曰 大太犬 天夭夫 千干于 午牛 王玉主 自目 田由甲申 木本术 "
    "戊戌戍 晴睛清情请 洋样祥详 伟玮炜纬韦 辉晖挥珲 杨扬 淑椒 芬纷汾 芳坊妨 娟捐绢 莲涟 "
    "风凤 桂佳娃 萍苹坪 丽俪 亨享亭 宏弘 玲铃伶岭 琳林淋霖 瑜愉渝榆 瑶遥摇 婷停 浩洁皓 "
    "晨辰震 涵函 轩轻 宇字 博搏傅 梓锌 萱宣喧 菲非霏 悦锐 妍研 恒桓 恺凯 锋峰烽蜂 斌彬 "
    "涛祷 勇湧 磊蕾 刚钢纲 鹏棚 贵责 财材 根恨 富福副 秀季 英莫 珍诊 菊鞠 妹味 金全 素索 "
    "建健键 明朋 文丈 平乎 志忠 德徳 仁仨 永水冰 良艮 光尖 正止 才寸 小少 中串 海梅侮 洪供 "
    "波坡 江红 河何 泽译 源原 润闰 立位 军车 民氏 国囯 华毕 荣菜 花化 香杳 兴六 家冢 安按 "
    "定宁 实宾 宝玉 云去 雨两 雪雷 霞霜 露霖 春舂 夏复 秋耿 冬尽 东车 西酉 南楠 北比 生仝 "
    "友发 成戍 有右 元无 兰三 莉利 荷河 茂戊 苗田 强弦 超起 杰杏 松枫 柏拍 权杈 树村 栋拣 "
    "梁粱 森林 楚焚 欣欤 武斌 毅殷 法去 洲州 济齐 浪朗 淼森 清青 渊洲 湘相 滨宾 炎淡 烈列 "
    "然燃 熙照 燕蒸 爱受 玥钥 珊删 珠株 琪棋琦淇 琴芩 瑞端 璐路 盛威 睿容 硕顾 祖租 禄绿 "
    "程呈 立竖 竹行 红虹 维唯惟 翔羊 胜性 芝艺 苏办 茹如 蓉容 薇微 裕俗 诚城 谦兼 赫赤 "
    "跃妖 达迖 迪油 逸免 邦帮 郁都 钰玉 铁铗 银根 锦绵 镇填 长张 阳阴 颖颍 馨声 骏俊 鑫金 "
    "静净 庆床 彦产 彤丹 怡恰 恩思 慧惠 敏每 斯期 旭旮 昊吴 昌冒 昕听 晓绕 晖晕 晟成 景影"
)


def _representatives(groups: str) -> dict[str, str]:
    """Map every character of a group to the group's first; the first group of a character wins."""
    found: dict[str, str] = {}
    for group in groups.split():
        first = found.get(group[0], group[0])
        for character in group:
            found.setdefault(character, first)
    return found


def _standard_forms() -> dict[int, str]:
    """Map other forms to the simplified one, which stands second in its group."""
    pairs: dict[int, str] = {}
    for group in _OTHER_FORMS.split():
        for character in group:
            if character != group[1]:
                pairs[ord(character)] = group[1]
    return pairs


STANDARD_FORMS: Final = _standard_forms()
"""For `str.translate`: traditional, Japanese and other forms of characters that names use."""

_ALIKE_FORMS: Final = {ord(k): v for k, v in _representatives(_ALIKE).items()}


def standard_form(text: str) -> str:
    """Write other forms of characters as the simplified one.

    >>> standard_form("陳國強")
    '陈国强'
    """
    return text.translate(STANDARD_FORMS)


def shape_key(text: str) -> str:
    """Return a key that is equal for names whose characters look alike, place by place.

    >>> shape_key("李己明") == shape_key("李已明")
    True
    """
    return text.translate(_ALIKE_FORMS)
