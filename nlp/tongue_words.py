"""Words by which short messages in Latin letters, and in Chinese characters that several languages share, are told."""

from typing import Final

ENGLISH: Final = frozenset(
    """
    a about after all am an and any anyone are as at be because been before but by can cannot can't could did do does
    doesn't don't english every for from get give go got had has have he help her here him his how i i'd i'll i'm if
    in is isn't it its it's just know like lost made make many may me moved must my need new no not now of on or our
    out please should so some than that that's the their them there these they this to today tomorrow until up want
    was we were what what's when where where's which who whose why will with without would yes yesterday you your
    """.split()
)
"""What holds English sentences together."""

ENGLISH_MATTERS: Final = frozenset(
    """
    address allowance ambulance apartment apply appointment baby bank bath bicycle bill birth booking born bottles
    building bulky burnable bus cancel cardboard certificate change child childcare children city clinic close closed
    collection company consultation copy cost counter country credit daughter day daycare deadline death dental
    disability disaster divorce doctor document documents dog driving earthquake elderly electricity emergency
    evacuation expired family fee fees fill fire flood foreign foreigner form forms free fridge furniture garbage gas
    hall health hospital hour hours house husband immigration income injured insurance interpreter japanese job
    kindergarten language large late law lawyer leave leaving letter license live living loan mail marriage married
    maternity medical mother move moving name near nearest newborn notebook number nursery office officer old open
    opening pay payment pension permit pet phone pickup plastic police postpone pregnant procedure proof public pull
    receive record recycle recycling refrigerator refund register registration renew renewal rent reservation
    reserve residence resident return school seal service shelter sick sofa son speak speaking staff stamp station
    student tax taxes teacher telephone throw ticket time translation trash typhoon understand university vaccination
    vaccine vaccines visa ward washing waste water weekend welfare where wife work working year
    """.split()
)
"""What people ask a city hall about, in English; none is written so by who speaks Japanese."""

COURTESIES: Final = frozenset(
    """
    bye cool dear email good goodbye great happy hello help hey hi id line mail menu no nice ok okay please plz sorry
    start stop test thank thanks thx tel very web welcome wifi wow yeah yes you
    """.split()
)
"""Written in Latin letters by anybody: a message that has nothing else decides nothing."""

ROMAJI: Final = frozenset(
    """
    arigato arigatou arimasu arimasen chigau dare deshou deshouka desu desuka dekimasu dekimasuka dekiru doko dou
    doushite douyatte doyatte gomen gomennasai gozaimasu hai hoshii iie ikura imasu irimasu itsu itte kara konnichiwa
    konbanwa kudasai made madeni masen masu mitai moraemasu moshi nai naku nan nande nani nanji naze ni nihongo ohayou
    ohayo onegai onegaishimasu oshiete shimasu shimasuka shitai sumimasen sugu tai toremasu wa wakaranai wakarimasen
    wakarimasu watashi wo yo yoroshiku
    """.split()
)
"""What holds Japanese sentences together, in Latin letters."""
ROMAJI_BESIDES: Final = frozenset("ga de e hi ka ko mo na ne no o to".split())
"""Particles that other languages have too: they count beside others."""

VIETNAMESE: Final = frozenset(
    """
    anh ban bao bi biet cach cam can chao cho chua chung chuyen con cua dang dau day de den di dia dien do doi duoc
    em gap giay gio giup hay hoi hom khai kham khi khong khong ky lai lam loi may mo moi mua muon nao nay ngay nghi
    nguoi nha nhan nhat nhieu nhu nop o oi phai phi quan rac sao so tai thang the thi thue tien tieng toi tra trai
    truong tu uy va vao ve vi viec viet vut voi xin y yeu
    """.split()
)
"""What holds Vietnamese sentences together and what people ask a city hall about, without its marks."""
VIETNAMESE_ALONE: Final = frozenset(
    """
    biet chuyen cua dau duoc giay giup hoi khong muon ngay nghi nguoi nhieu nhu phai rac tieng toi thue truong viec
    vut xin
    """.split()
)
"""Those that are no word of English and no Japanese syllables."""

OTHERS: Final = frozenset(
    """
    ako ang apa aku bagaimana como con cuando da das de della di dia dimana donde do dos e el em en est et faço fica
    gdzie ich ist ito je kailan kapan kantor kaya ke kung la las le les los mana mga mon na ng nasa nous no o onde où
    os ou para po por pour qual quand quando que quiero saan sa saya se sind sobre uma um una und untuk voglio von wo
    yang yung zu
    """.split()
)
"""What holds sentences of languages together that are not spoken here and share words with these."""

CHINESE: Final = tuple(
    """
    我想 我要 我的 我在 我是 请问 請問 怎么 怎麼 怎样 怎樣 什么 什麼 为什么 為什麼 哪里 哪裡 哪裏 在哪
    哪个 哪個 哪天 可以 可不可以 不能 不会 不會 没有 沒有 是不是 有没有 有沒有 你们 你們 几点 幾點 谢谢
    謝謝 你好 您好 早安 早上好 晚上好 多少钱 多少錢 太贵 太貴 小孩 孩子 几号 幾號 办理 辦理 垃圾 是吗
    是嗎 点样 點樣 唔該 邊度 帮我 幫我 告诉 必须 如果 但是 因为 因為 还是 還是 怎 哪 吗 嗎 你 您 她 它
    们 們 这 這 呢 吧 了 的
    """.split()
)
"""What holds Chinese sentences together; the longer first."""

SURNAMES: Final = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉"
    "程魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱江尹薛阎閻段雷侯龙龍黎史陶贺賀毛郝顾顧龚龔"
)
"""Chinese; a name alone says nothing of what its bearer reads."""
VIETNAMESE_SURNAMES: Final = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly".split()
)
