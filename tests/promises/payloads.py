"""What somebody types who wants the pages to run their words, and what a page has become by it in a browser's eyes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

PAYLOADS: Final = (
    "<script>window.__pwned=1</script>",
    '"><img src=x onerror="window.__pwned=1" pwned>',
    "'><svg onload='window.__pwned=1' pwned>",
    '" onfocus="window.__pwned=1" autofocus pwned="',
    "' onmouseover='window.__pwned=1' pwned='",
    "` onclick=`window.__pwned=1` pwned=`",
    "x onclick=window.__pwned=1 pwned",
    "javascript:window.__pwned=1//",
    "JaVa\tScRiPt:window.__pwned=1//",
    "data:text/html,<script>window.__pwned=1</script>",
    "vbscript:msgbox(1)//pwned",
    "{{ ''.__class__ }}{% print 7*7 %}${7*7}<%= 7*7 %>#{7*7}",
    "<noscript><p title=\"</noscript><img src=x onerror='window.__pwned=1' pwned>\">",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__pwned=1 pwned&gt;">',
    "</title></textarea></option></select></script></style></noscript></svg><pwned-el pwned>",
    "<!--><img src=x onerror=window.__pwned=1 pwned>--><![CDATA[<pwned-el pwned>]]>",
    "&lt;img src=x onerror=window.__pwned=1 pwned&gt;&#60;pwned-el pwned&#62;",
    "\u2028\u2029;window.__pwned=1;\u2028//</script>\\u003cpwned-el pwned\\u003e",
    "'-(window.__pwned=1)-'\\';window.__pwned=1;//\"}];window.__pwned=1;//",
    '<b hx-get="/logout" hx-trigger="load" hx-on:htmx:load="window.__pwned=1" pwned>',
    '" hx-on::load="window.__pwned=1" hx-post="/logout" hx-trigger="load" hx-vals="js:{a:__pwned=1}" pwned="',
    "<style>@import '//evil.example/pwned.css';</style><link rel=stylesheet href=//evil.example/pwned pwned>",
    "<base href=//evil.example/pwned pwned><meta http-equiv=refresh content='0;//evil.example/pwned' pwned>",
    "<form action=//evil.example/pwned pwned><iframe srcdoc='<script>parent.__pwned=1</script>' pwned>",
    "＜script＞window.__pwned=1＜/script＞ﾊﾟ\u202e<img src=x onerror=window.__pwned=1 pwned>",
)
"""Each of another kind: elements, attributes in each quoting, addresses, templates, comments, entities, ends of lines
of JavaScript, breaks out of scripts and of what holds text alone, htmx, styles, addresses of the base, wide letters."""

MARK: Final = "pwned"
"""Stands in each of them but templates of servers."""


def turned(by: int) -> str:
    """All of them, another first: where a page shows the beginning alone, it is not always the same."""
    by = by * 4 % len(PAYLOADS)
    return " ".join((PAYLOADS * 2)[by : by + 4])


BORN: Final = """
pages => Object.fromEntries(Object.entries(pages).map(([name, html]) => {
  const page = new DOMParser().parseFromString(html, 'text/html'), found = [];
  const reaches = new Set(['href', 'src', 'action', 'formaction', 'srcset', 'data', 'poster', 'background',
    'xlink:href', 'srcdoc', 'ping', 'manifest']);
  const runs = /^[\\s\\u0000-\\u0020]*(java\\s*script|vb\\s*script|data)\\s*:/i;
  const all = page.createTreeWalker(page, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  for (let each = all.nextNode(); each; each = all.nextNode()) {
    if (each.nodeType === Node.COMMENT_NODE) {
      if (each.data.includes('pwned')) found.push(`comment ${each.data.slice(0, 80)}`);
      continue;
    }
    const tag = each.localName, is = why => found.push(`<${tag}> ${why}`);
    if (tag.includes('pwned')) is('was born');
    if (['iframe', 'object', 'embed', 'base', 'math', 'style', 'noscript', 'mglyph'].includes(tag)) is('was born');
    if (tag === 'script' && each.textContent.trim()) is(`holds ${each.textContent.slice(0, 80)}`);
    if (tag === 'meta' && each.httpEquiv) is('http-equiv');
    for (const {name, value} of each.attributes) {
      if (name.includes('pwned') || name.startsWith('on') || name.startsWith('hx-on') || name === 'style')
        is(`attribute ${name}=${value.slice(0, 80)}`);
      if (reaches.has(name) && (runs.test(value) || value.includes('//evil')
          && !value.startsWith(location.origin) && !/^[/?]/.test(value) && !/^https?:\\/\\/[^/]*[/?]/.test(value)))
        is(`leads by ${name} to ${value.slice(0, 80)}`);
      if ((name.startsWith('hx-') || name.startsWith('data-hx')) && /pwned/.test(value) && !/^[/#?{]/.test(value))
        is(`htmx does ${name}=${value.slice(0, 80)}`);
    }
  }
  return [name, found];
}).filter(([, found]) => found.length))
"""
"""What a browser's own parser makes of pages, by name, that none of our templates writes."""


def born(browser: Any, pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Of pages by name: elements, attributes and addresses that came of a payload. `browser`: a page in Chromium."""
    found: dict[str, list[str]] = {}
    for some in _in_parts(list(pages), 40):
        found |= browser.evaluate(BORN, {name: pages[name] for name in some})
    return found


def _in_parts(names: Sequence[str], most: int) -> Iterable[Sequence[str]]:
    return (names[at : at + most] for at in range(0, len(names), most))
