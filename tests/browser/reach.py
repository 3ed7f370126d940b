"""What a keyboard reaches on a page, and how: looked at in the page itself, so that it costs each page a moment."""

from typing import Any

REACHED = """
() => {
  const wrong = [];
  const tell = (what, at) => wrong.push(`${what}: ${at.outerHTML.slice(0, 120)}`);
  const isSeen = at => at.checkVisibility({visibilityProperty: true});
  const controls = 'a, button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], ' +
    '[role=tab], [role=checkbox], [role=menuitem], [contenteditable=true], [onclick]';
  const before = document.activeElement;
  const dialog = document.querySelector('dialog:modal');
  const all = [...(dialog ?? document).querySelectorAll(controls)].filter(at => isSeen(at) && !at.disabled)
    .filter(at => !at.closest('.unseen'));
  for (const at of document.querySelectorAll('[tabindex]')) if (at.tabIndex > 0) tell('out of order', at);
  for (const at of all) {
    if (at.tabIndex < 0 && !at.matches('[role=option]')) { tell('out of reach', at); continue; }
    at.focus({preventScroll: true});
    if (document.activeElement !== at) { tell('takes no focus', at); continue; }
    if (!at.matches(':focus-visible')) continue; // somebody has used a mouse here
    const style = getComputedStyle(at);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) tell('focus unseen', at);
  }
  for (const at of document.querySelectorAll('main *')) {
    const style = getComputedStyle(at);
    if (style.order !== '0' || /reverse/.test(style.flexDirection)) tell('shown in another order', at);
  }
  if (!dialog && all.length && !all[0].matches('.skip')) tell('before the skip link', all[0]);
  if (before && before !== document.body) before.focus({preventScroll: true}); else document.activeElement.blur();
  return wrong;
}
"""
"""Controls that cannot be reached or seen when they are, that Tab reaches in another order than eyes do, or that come
before the way past the menu."""

SPOKEN = """
() => {
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || at.closest('script, style, template, textarea, option')) continue;
    const lang = at.closest('[lang]').lang.split('-')[0];
    const tell = letters => wrong.push(`${letters} as ${lang}: ${text.slice(0, 60)}`);
    if (lang !== 'ja' && /[\\u3041-\\u3096\\u30a1-\\u30fa]/.test(text)) tell('kana');
    if (lang !== 'ko' && /[\\uac00-\\ud7a3]/.test(text)) tell('hangul');
    if (lang !== 'vi' && /[ăđơưạảấầẩẫậ]/i.test(text)) tell('Vietnamese');
  }
  return wrong;
}
"""
"""Words in letters of one language that stand as another's, so that a screen reader speaks them wrongly (3.1.2)."""


def unreachable(page: Any) -> list[str]:
    """What is wrong for who has a keyboard, or hears the page."""
    return [*page.evaluate(REACHED), *page.evaluate(SPOKEN)]
