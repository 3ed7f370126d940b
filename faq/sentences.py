"""What staff are told about their files, all of it: faults, and what came of an import or export.

These sentences are not in `data/wording`, which belongs to one city and is found by the settings that this package
does not know.
"""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong, and what to do about it; braces are filled in with `format`."""

    # The file as a whole
    NO_FILE = "ファイルが見つかりません。場所と名前を確かめてください。"
    A_DIRECTORY = "フォルダーが指定されています。中のファイルを1つ指定してください。"
    NOT_A_FILE = (
        "ふつうのファイルではありません。CSV・TSV・JSON・Excel（.xlsx）のファイルを指定してください。"
    )
    NOT_READABLE = (
        "ファイルを開けません（{error}）。ほかのソフトで開いていれば閉じ、読み取りの権限を確かめてください。"
    )
    TOO_LARGE = "ファイルが大きすぎます（{size}MB）。{limit}MB以下に分けてください。"
    EMPTY_FILE = "ファイルが空です。1行目に見出し、2行目からデータを入れてください。"
    OLD_EXCEL = (
        "古い形式のExcelファイル（.xls）か、パスワードの付いたファイルです。"
        "Excelで開いてパスワードを外し、「Excel ブック（.xlsx）」として保存し直してください。"
    )
    NOT_A_WORKBOOK = (
        "Excelファイルとして読めません。壊れているか、別の種類のファイルです。"
        "Excelで開き、「Excel ブック（.xlsx）」として保存し直してください。"
    )
    BOOK_TOO_LARGE = (
        "Excelファイルの中身が大きすぎます（{size}MB）。"
        "使っていない行・列や画像を消すか、{limit}MB以下に分けてください。"
    )
    TOO_MANY_CELLS = (
        "表が大きすぎます。{columns}列以内、あわせて{cells}万マス以内に分けてください。"
        "使っていない行と列は、消してください。"
    )
    NO_SHEET = "Excelファイルに表のシートがありません。1枚目のシートに表を入れてください。"
    NOT_TEXT = "文字のファイルではありません。CSV・TSV・JSON・Excel（.xlsx）のファイルを指定してください。"
    NOT_DECODABLE = (
        "文字コードを読み取れません（試したもの：{tried}）。"
        "Excelで開き、「CSV UTF-8（コンマ区切り）」として保存し直してください。"
    )
    AMBIGUOUS = (
        "文字コードがUTF-8かシフトJISか決められません。"
        "Excelで開き、「CSV UTF-8（コンマ区切り）」として保存し直してください。"
    )
    BAD_JSON = "JSONとして読めません。この行の近くの、かっこ・引用符・コンマを確かめてください。"
    NOT_A_LIST = "JSONは、全体を［ ］で囲んだオブジェクトの並びにしてください。"
    NOT_AN_OBJECT = "JSONの並びの中には、列名と値の組（｛ ｝で囲んだもの）だけを入れてください。"
    DOUBLE_KEY = "1つのオブジェクトに同じ列名が2つあります。どちらかを消してください。"
    OPEN_QUOTE = (
        '引用符（"）の閉じ忘れか余りがあり、ここから先を読めません。'
        '値の中の引用符は2つ重ね（""）、値全体を引用符で囲んでください。'
    )
    WRONG_ENDING = "書き出せるのは {endings} です。ファイル名の終わりを直してください。"
    NO_FOLDER = "書き出す先のフォルダーがありません。フォルダーを作るか、場所を確かめてください。"
    NOT_ALLOWED = "ここに書き出す権限がありません。ほかの場所を指定するか、権限を確かめてください。"
    DISK_FULL = "空き容量が足りません。不要なファイルを消すか、ほかの場所を指定してください。"
    IS_FOLDER = "同じ名前のフォルダーがあります。ファイルの名前を変えてください。"
    NOT_WRITABLE = "ファイルを書き出せません（{error}）。場所と名前を確かめ、開いていれば閉じてください。"

    # The heading
    OTHER_KIND = (
        "{found} のファイルの見出しです。{given} のファイルかどうか、種類の指定とファイルを確かめてください。"
    )
    UNKNOWN_COLUMN = "知らない列です。列を消すか、次の列名に直してください：{allowed}"
    DID_YOU_MEAN = "知らない列です。「{guess}」ではありませんか。列名を直してください。"
    MISSING_COLUMN = "見出しの行にこの列がありません。列を加えてください（値のない列も、見出しは残します）。"
    DOUBLE_COLUMN = "同じ見出しの列が2つあります。どちらかを消してください。"
    UNNAMED_COLUMN = (
        "見出しのない列（左から{position}列目）に値があります。見出しを付けるか、値を消してください。"
    )

    # A row
    WRONG_WIDTH = (
        "列の数が合いません（見出しは{expected}列、この行は{found}列）。"
        '値の中に区切り文字や改行があれば、値全体を引用符（"）で囲んでください。'
    )
    DUPLICATE = "{first}行目と{second}行目が同じです。どちらかを消すか、別の値にしてください。"
    DOUBLE_PHRASING = (
        "同じ聞き方が{first}行目（{id}）にもあります。どちらの項目で答えるかを決め、一方から消してください。"
    )

    # A cell
    EMPTY = "空です。値を入れてください（Excelでセルを結合しているときは、結合を解除してください）。"
    NOT_A_CHOICE = "使えない値です。次のどれかを入れてください：{allowed}"
    BAD_DATE = (
        "日付として読めません。2026-11-22 のように入れてください（2026/11/22、令和8年11月22日も使えます）。"
        "46348 のような数になっているときは、Excelでセルの書式を「日付」にしてください。"
    )
    REVERSED_DATES = "期限（valid_until）が公表日（published_on）より前です。どちらかの日付を直してください。"
    BAD_TIME = (
        "時刻として読めません。0:00から23:59までの、9:00 のような形で入れてください（9時30分も使えます）。"
        "0.375 のような数になっているときは、Excelでセルの書式を「時刻」にしてください。"
    )
    BECAME_A_TIME = (
        "Excelが時刻に変えています。セルの書式を「文字列」にしてから、もとの文字を入れ直してください。"
    )
    BAD_MINUTES = "分の数を、0から1439までの数字だけで入れてください（例：30）。"
    BAD_TELEPHONE = "電話番号は、数字とハイフンだけで1つ入れてください（例：03-1234-5678）。"
    LOST_ZERO = (
        "電話番号の先頭の0がありません。Excelが数値として扱うと0が消えます。"
        "セルの書式を「文字列」にしてから、市外局番の0から入れ直してください。"
    )
    BAD_URL = "URLは http:// か https:// で始まる形で1つ入れてください（空白は使えません）。"
    BAD_SLUG = "半角の英小文字・数字・ハイフンで64字以内にしてください（例：moving-in）。"
    BAD_HIRAGANA = "ひらがなで100字以内にしてください（例：くわみず）。"
    BAD_CODE = "空白のない64字以内の番号や記号にしてください。"
    BAD_MUNICIPALITY = (
        "全国地方公共団体コードは6桁の数字です（例：131016）。"
        "先頭の0が消えているときは、セルの書式を「文字列」にして入れ直してください。"
    )
    BAD_LATITUDE = (
        "緯度は20から46までの数です（例：32.8031）。経度と入れ違いになっていないか、確かめてください。"
    )
    BAD_LONGITUDE = (
        "経度は122から154までの数です（例：130.7079）。緯度と入れ違いになっていないか、確かめてください。"
    )
    HALF_PLACE = "緯度と経度は、両方入れるか、両方空にしてください。"
    BAD_WEIGHT = "重みは0から1までの数にしてください（例：0.8）。"
    BAD_RELEVANCE = "0、1、2 のどれかにしてください（2＝答えがある、1＝関係がある）。"
    LONE_WORD = "同じ意味の言葉を2つ以上、「|」で区切って入れてください。"
    TOO_LONG = "長すぎます（{length}字）。{limit}字以内にしてください。"
    LONG_ITEM = "1つが長すぎるものがあります（{length}字）。「|」で区切り、1つを{limit}字以内にしてください。"
    FORBIDDEN = "使えない文字（制御文字や、文字化けの「�」）が入っています。文字を打ち直してください。"
    FORMULA = "数式が入っています。コピーして「値の貼り付け」をし、計算結果の文字にしてください。"
    EXCEL_ERROR = "Excelのエラー値が入っています。正しい値を入れてください。"
    BECAME_A_DATE = (
        "Excelが日付に変えています。セルの書式を「文字列」にしてから、もとの文字を入れ直してください。"
    )
    NESTED = "JSONの値は、文字・数・null か、文字の並びにしてください。"
    UNKNOWN_OFFICE = "このIDの施設はありません。IDの間違いを直すか、先に offices に施設を登録してください。"
    UNKNOWN_SECTION = "このIDの課はありません。IDの間違いを直すか、先に sections に課を登録してください。"
    UNKNOWN_PROGRAMME = (
        "このIDの相談はありません。IDの間違いを直すか、先に programmes に相談を登録してください。"
    )
    UNKNOWN_COUNTER = (
        "施設の種別にもIDにも「{value}」はありません。"
        "間違いを直すか、先に offices に登録してください（種別：{allowed}）。"
    )
    SECTION_ELSEWHERE = (
        "この課は、別の施設（{office}）の課です。"
        "課IDか施設IDを直してください（課のIDは sections にあります）。"
    )
    SECTION_WITHOUT_OFFICE = "課IDを入れた行には、施設IDも入れてください。"
    OWN_SUCCESSOR = "課が自分自身の後継になっています。後継の課のIDを入れ直してください。"
    SUCCESSOR_WHEN = "後継の課を入れたときは、この課の最後の日を valid_to に入れてください。"
    REVERSED_PERIOD = "終わりの日が始まりの日より前です。どちらかの日付を直してください。"
    REVERSED_TIMES = "終わりの時刻が始まりの時刻より後になっていません。どちらかの時刻を直してください。"
    HALF_TIME = "開始時刻と終了時刻は、両方入れるか、両方空にしてください。"
    OPEN_WHEN = "臨時開庁の行には、開始時刻と終了時刻を入れてください。"
    SEASON_WHEN = "期間限定の行には、valid_from と valid_to の両方を入れてください。"
    DONE_AND_NOT = "「{value}」が、できる施設とできない施設の両方にあります。どちらかから消してください。"
    NEVER_ADMITTED = (
        "最終受付（終わりの{minutes}分前）が、開いている時間（{shortest}分）以上です。"
        "どちらかを直してください。"
    )
    HOURS_CLASH = (
        "同じ施設・課・サービス・区分で、期間の重なる行があります（{id}）。"
        "どちらかの valid_from・valid_to を直すか、要らない行を消してください。"
    )
    CLOSURES_CLASH = (
        "{day} は、同じところに「{kind}」の行もあり（{id}）、時間が重なります。"
        "どちらかの日付・時刻を直すか、要らない行を消してください。"
    )
    STORED_MISFIT = (
        "取り込むと、登録済みの {kind} の「{id}」が合わなくなります（列「{column}」：{value}）。"
        "先に {kind} のほうを直すか、このファイルにもとの行を残してください。"
    )
    AMENDED_MISFIT = (
        "公開すると、登録済みの {kind} の「{id}」が合わなくなります（列「{column}」：{value}）。"
        "先に直すか、同じ案の中でいっしょに直してください。"
    )
    DOUBLE_ELSEWHERE = (
        "同じ聞き方が「{id}」にもあります。どちらの項目で答えるかを決め、一方から消してください。"
    )
    BAD_WEEKLY = "営業時間として読めません。Mo-Fr 09:00-16:30; PH off のように、OpenStreetMapの書き方で入れてください。"
    BAD_WEEKLY_TIME = (
        "「{value}」という時刻はありません。00:00から24:00まで、09:00-16:30 のように入れてください。"
    )
    REVERSED_WEEKLY = (
        "「{value}」は、終わりが始まりより後になっていません。"
        "日をまたぐときは、17:15-24:00,00:00-08:30 のように分けてください。"
    )
    UNTIMED_WEEKLY = (
        "「{value}」に時刻がありません。09:00-16:30 のような時刻か、休みなら off を入れてください。"
    )
    UNSURE_WEEKLY = (
        "「{value}」は使えません。開いている曜日と時刻だけを入れ、条件や説明は備考に書いてください。"
    )
    BAD_RULE = (
        "繰り返しとして読めません。FREQ=WEEKLY;BYDAY=MO,WE,FR や FREQ=MONTHLY;BYDAY=1TH,3TH のように入れてください。"
        "日にちが決まっていないときは空にしてください。"
    )
    RULE_PART = (
        "繰り返しに「{value}」は使えません（使えるもの：{allowed}）。"
        "始まりと終わりの日は valid_from・valid_to に、時刻は開始時刻・終了時刻に入れてください。"
    )
    RULE_WITHOUT_DAY = (
        "繰り返しから日が決まりません。何曜日か何日かを、BYDAY か BYMONTHDAY で入れてください。"
    )
    RULE_ORDINAL = (
        "第何曜日か・何日か（1TH、BYMONTHDAY、BYSETPOS）は、FREQ=MONTHLY か FREQ=YEARLY のときだけ使えます。"
    )
    RULE_NEVER = "繰り返しにあてはまる日がありません。月と日の組み合わせを直してください。"
    RULE_SINCE_WHEN = (
        "INTERVAL で間を空けるときは、valid_from に最初の日を入れてください"
        "（どの週から数えるかが決まりません）。"
    )
    NOT_CHOICES = "使えない値があります。次の中から選び、いくつかあるときは「|」で区切ってください：{allowed}"
    BAD_COUNT = "{least}から{most}までの数を、数字だけで入れてください。"
    BAD_BEFORE = (
        "いつかが読めません。前日17:00、3日前12:00、当日13:00 のように、"
        "実施日から数えた日（400日前まで）と時刻を入れてください。"
    )
    BAD_AGES = (
        "年齢として読めません。"
        "75歳以上、39歳以下、40歳から74歳まで、20歳 のように、年度末の年齢を入れてください。"
    )
    BAD_LIMIT = "回数として読めません。年度に1回、月に2回、日に1回、通算1回 のように入れてください。"
    OPEN_HOW = "受付が「有」の行には、方法（来所、電話、オンライン）を入れてください。"
    HEARING_WHEN = "日付が分からないときは、日程に「平成27年8月」のように書いてください。"
    OPEN_SEATS = (
        "受付が「有」の行には、同じ時刻に何人まで受けられるかを入れてください。"
        "わからないあいだは、受付を「無」にしてください。"
    )
    OPEN_MINUTES = (
        "受付が「有」の相談には、1人あたりの時間（分）を入れてください。"
        "わからないあいだは、受付を「無」にしてください。"
    )
    OPEN_AHEAD = "何日先まで予約の枠を作るかを、受付開始の日数以上、1以上で入れてください（例：60）。"
    NO_TIMES = "申込みには日時の枠がありません。空にするか、種類を「相談」か「催し」にしてください。"
    LOTTERY_WHEN = "決め方が「抽選」の行には、いつ抽選するかを入れてください（例：7日前10:00）。"
    DRAW_WITHOUT_LOTTERY = "決め方が「先着」の行では、抽選を空にしてください。"
    SHUT_BEFORE_OPEN = "締切が受付開始より前です。どちらかを直してください。"
    DRAWN_BEFORE_SHUT = "抽選が締切より前です。どちらかを直してください。"
    UNKNOWN_LINE = (
        "このIDの連絡先はありません。IDの間違いを直すか、先に danger-lines に連絡先を登録してください。"
    )
    LINE_WITHOUT_WAY = "電話番号（number）かページ（url）の、どちらかを入れてください。"
    LINE_WITHOUT_SOURCE = "番号を確かめたページのURLを入れてください。"
    DANGER_WITHOUT_TEXT = (
        "危険の種類「{danger}」の「{severity}」の案内文がなくなります。"
        "すべての種類に now と talk の文が要ります。文を直すときは、行を残して書きかえてください。"
    )
    STILL_BOOKED = (
        "{programme} に予約が{count}件残っています。行は残して「受付」を「無」にし、"
        "予約がすべて終わってから消してください。"
    )
    SLOT_TOO_LONG = (
        "1枠（{minutes}分）が、{programme} の開始から終了まで（{span}分）より長く、枠が1つも作れません。"
        "どちらかを直してください。"
    )
    UNKNOWN_REFERENCE = "このIDの項目はありません。IDの間違いを直すか、先に項目を登録してください。"
    ANSWERER_NEEDS_ENTRY = "handler が question の行には、答える項目のIDを入れてください。"
    ANSWERER_BARS_ENTRY = "handler が question でない行では、faq_id を空にしてください。"


class Notice(StrEnum):
    """What came of a file, and what staff should know about one that was read all the same."""

    SEVERAL_SHEETS = "シートが{count}枚あります。「{used}」だけを読みました。ほかのシートは読んでいません。"
    REFUSED = "エラー {total} 件。何も変更していません。"
    CHECKED = "{file}：{rows}行を点検しました。取り込むと：{changes}（まだ何も変えていません）"
    TAKEN_IN = "{file}：{rows}行を取り込みました。{changes}"
    CHANGES = "新規 {new}、変更 {changed}、同じ {same}、削除 {removed}"
    FROM_FILE = "ファイル（{file}）の取り込み"
    WRITTEN = "{file}：{rows}行を書き出しました。"
    LOST_LETTERS = (
        "文字コードはシフトJISでした。{count}か所に半角の「?」があります。Excelがこの形式で保存すると、"
        "〜（波ダッシュ）や絵文字などが「?」に変わります。もとの文字が「?」でなければ、"
        "Excelブック（.xlsx）か「CSV UTF-8」で保存し直してください。"
    )
    NO_ROWS = "見出しだけで、データの行がありません。"
    ENTRY_GONE = (
        "procedures の「{id}」の faq_id（{value}）の項目がなくなります。持ち物などを案内できなくなるので、"
        "procedures の faq_id も直してください。"
    )
