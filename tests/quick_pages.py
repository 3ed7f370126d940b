"""Applications that are made by the thousand: what each would do anew, and all of them alike, is done once."""

from collections.abc import Callable
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from bot.app import Application


class _InMemory(BytecodeCache):
    """Templates as they were compiled for another application; Jinja itself looks whether their text is the same."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


class _Later:
    """What builds the addresses of a route, compiled when the first is asked for: a test asks for few of them."""

    def __init__(self, compile_now: Callable[[], Callable[..., Any]]) -> None:
        self._compile = compile_now
        self._built: Callable[..., Any] | None = None

    def __get__(self, rule: Rule, _: type[Rule] | None = None) -> Callable[..., Any]:
        return lambda **values: self._builder()(rule, **values)

    def _builder(self) -> Callable[..., Any]:
        if self._built is None:
            self._built = self._compile()
        return self._built


def _once(compile_rule: Callable[[Rule], None]) -> Callable[[Rule], None]:
    """Reads a route once: that of another application with the same converters is the same but for its map."""
    read: dict[tuple[object, ...], Rule] = {}

    def compile_once(rule: Rule) -> None:
        key = rule.rule, rule.subdomain, rule.merge_slashes, frozenset(rule.map.converters.items())
        if rule.defaults or rule.map.host_matching:
            compile_rule(rule)
        elif (same := read.get(key)) is None:
            compile_rule(rule)
            read[key] = rule
        else:
            rule._parts, rule._trace, rule._converters = same._parts, same._trace, same._converters
            rule._build, rule._build_unknown = same._build, same._build_unknown
            rule.arguments = same.arguments

    return compile_once


def make_them_quick() -> None:
    """For the rest of the process."""
    Rule.compile = _once(Rule.compile)  # type: ignore[assignment, method-assign]
    Application.jinja_options = {**Application.jinja_options, "bytecode_cache": _InMemory()}
    compile_builder = Rule._compile_builder
    Rule._compile_builder = lambda rule, unknown=True: _Later(lambda: compile_builder(rule, unknown))  # type: ignore[assignment, method-assign, return-value]
