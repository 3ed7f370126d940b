"""A person at the keyboard, without a mouse."""

from dataclasses import dataclass
from typing import Any

FOCUSED = """
() => {
  const at = document.activeElement;
  if (at === document.body) return '';
  const label = at.labels && at.labels[0] ? at.labels[0].innerText : at.innerText;
  return (at.getAttribute('aria-label') || label || at.tagName).replace(/\\s+/g, ' ').trim();
}
"""
OUTLINE = """
() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}
"""
MOST = 80
"""Presses of Tab after which something counts as out of reach."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Their hands on a page."""

    page: Any

    @property
    def at(self) -> str:
        """What has the focus: the words of its label."""
        return str(self.page.evaluate(FOCUSED))

    def to(self, words: str) -> None:
        """Presses Tab until the focus is on what is called so, and sees it there."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if words in self.at:
                assert self.page.evaluate(OUTLINE), f"the focus on {words} cannot be seen"
                return
        raise AssertionError(f"{words} is out of reach")

    def type(self, field: str, text: str) -> None:
        """Types into the field with this label."""
        self.to(field)
        self.page.keyboard.type(text)

    def led_to(self, field: str) -> None:
        """Waits until the page itself has put the focus into a field, and sees that it is the one with this label."""
        self.page.locator("input:focus, textarea:focus").wait_for()
        assert field in self.at

    def press(self, words: str) -> None:
        """Presses the button, or follows the link, with these words."""
        self.to(words)
        self.enter()

    def enter(self) -> None:
        """Presses Enter and waits for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def heading(self) -> str:
        """What the page says that it is."""
        return str(self.page.locator("h1").inner_text())
