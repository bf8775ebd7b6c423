"""What pages, front matter and letterheads say about a document: date, source, number."""

from __future__ import annotations

import re

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "O": "0", "◯": "0"}
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-年/.·]\s*(\d{1,2})\s*[-月/.·]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE = re.compile(
    r"([一二][〇○零ＯO◯一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_ENGLISH = re.compile(
    r"(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\.?,?\s+((?:19|20)\d{2})|"
    r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2}),?\s+((?:19|20)\d{2})"
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年-]\s*(\d{1,2})(?:\s*月|(?!\d))")
_YEAR = re.compile(r"^\s*((?:19|20)\d{2})\s*年?\s*$")

NUMBER = re.compile(
    r"[一-鿿]{1,14}\s*(?:[发办字函规电令][一-鿿]{0,4})?\s*[〔\[［(（【]\s*(?:19|20)\d{2}\s*[〕\]］)）】]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|(?:第\s*\d{1,4}\s*号)(?:令)|[一-鿿]{2,12}令\s*第\s*\d{1,4}\s*号"
)
_SOURCE = re.compile(
    r"(?:消息|文章|信息|稿件|新闻|内容|数据)?(?:来\s*源|稿源|转载自|转自)\s*[：:]\s*([^\s|｜<>，。；;【】\[\]]{2,30})"
)
_TIME = re.compile(
    r"(?:发布|发文|公开|公布|印发|更新|刊发|发表|颁布|录入|上传)?(?:时\s*间|日\s*期|发布)\s*[：:]\s*"
    r"((?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})"
)
_REPOST = re.compile(
    r"((?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?)[^。）)]{0,30}(?:发布|转发|刊发|刊登|发表)"
)
_MEDIUM = r"(?:网|日报|晚报|时报|商报|早报|都市报|周报|报|社|电视台|广播电视台|电台|新闻|周刊|杂志|客户端|在线|观察|财经)"
_ATTRIBUTED = re.compile(
    rf"据?\s*《?([一-鿿A-Za-z0-9]{{2,18}}?{_MEDIUM})》?(?=$|[）)（(，、\s]|记者|通讯员|消息|报道|讯|电|\d|综合|整理|编写|刊发)"
)
_NOISE = re.compile(r"[（(].*$|[)）]+$|(?:消息|报道|讯)?(?:综合|整理|编辑|编写|编译|转载)*$")
_UNNAMED = re.compile(
    r"^(?:本网|本站|本报|网络|互联网|综合|未知|原创|本文|未注明|佚名|不详|admin|administrator|editor|root|匿名|作者|编辑|管理员)"
)
_DESK = re.compile(r"(?:处|科|室|股|部门)$")


def iso_date(text: str | None) -> str | None:
    """ISO date of the first date in ``text`` (digits, Chinese numerals or English), its year-month, its year, or None."""
    if not text:
        return None
    for pattern in (_DATE, _COMPACT):
        match = pattern.search(text)
        if match:
            found = _iso(*(int(g) for g in match.groups()))
            if found:
                return found
    match = _CHINESE.search(text)
    if match:
        year = int("".join(_DIGITS.get(c, "0") for c in match.group(1)))
        return _iso(year, _small(match.group(2)), _small(match.group(3)) if match.group(3) else None)
    match = _ENGLISH.search(text)
    if match:
        day, month, year_text = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
        number = _MONTHS.get(month.lower())
        return _iso(int(year_text), number, int(day)) if number else None
    match = _MONTH.search(text)
    if match:
        return _iso(int(match.group(1)), int(match.group(2)), None)
    match = _YEAR.match(text)
    return match.group(1) if match else None


def _iso(year: int, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")


def _small(text: str) -> int:
    """Number of 一 … 三十一."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_DIGITS[text])
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)


def document_number(text: str) -> str | None:
    """The first document number (渝经信电子〔2023〕9号) in ``text``, without spaces."""
    match = NUMBER.search(text)
    return re.sub(r"\s", "", match.group()) if match else None


def own_number(line: str) -> str | None:
    """The number of a line that is nothing else: 渝府发〔2021〕29号, (黔府办发〔2022〕17号), 文号：…; None for any other."""
    line = re.sub(r"^(?:发文字号|发文文号|文\s*号|文件编号|发布文号)\s*[：:]?", "", line.strip())
    match = NUMBER.search(line)
    rest = line.replace(match.group(), "") if match else ""
    return re.sub(r"\s", "", match.group()) if match and not re.sub(r"[\s()（）〔〕【】\[\]*　]|签发人.*$", "", rest) else None


def source(text: str, site: str | None = None) -> str | None:
    """The medium after 来源：, without tails such as 综合; the site's own name where the text says 本网."""
    match = _SOURCE.search(text)
    return publisher(match.group(1), site) if match else None


def publisher(name: str | None, site: str | None = None) -> str | None:
    """A publisher's name from a source field, ``site`` where the field names none, None where nothing is sure."""
    if not name or not name.strip():
        return site
    name = re.sub(r"^(?:据|转载自|转自)", "", name.strip().strip("《》“”\"'"))
    name = re.split(r"(?:发布|更新)?(?:时间|日期)|阅读|浏览|点击|责任?编辑|编辑[：:]|作者|记者|字号|分享", name)[0]
    short = _NOISE.sub("", name).strip(" 　:：")
    if len(short) < 2 or _UNNAMED.match(short) or _DESK.search(short):
        return site
    if site and len(short) >= 3 and site.endswith(short):
        return site
    return short


def attributed(line: str) -> tuple[str | None, str | None]:
    """(publisher, date) of a closing remark such as （据江西网络广播电视台2017年2月27日消息编写） or （中国日报网）."""
    match = re.search(r"[（(]([^（）()]{0,40}(?:[（(][^（）()]{0,20}[）)])?[^（）()]{0,40})[）)]\s*$", line)
    if not match:
        return None, None
    remark = match.group(1)
    named = _ATTRIBUTED.match(remark.strip())
    if not named:
        return None, None
    name = re.sub(r"((?:日|晚|时|商|早|都市)报).{2,}$", r"\1", named.group(1))
    return publisher(name), iso_date(remark)


def publication_time(text: str) -> str | None:
    """The date after 发布时间： and the like."""
    match = _TIME.search(text)
    return iso_date(match.group(1)) if match else None


def repost_time(line: str) -> str | None:
    """The date of a remark such as （本文于2016年5月9日转发）."""
    match = _REPOST.search(line)
    return iso_date(match.group(1)) if match else None
