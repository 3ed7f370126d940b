"""The simulated month as a picture: what questions that nobody attached gain, week by week."""

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 300, 90, 20, 30, 50
LOWEST, HIGHEST, STEP = -0.004, 0.012, 0.004
"""Of the gain in hit@1 that the picture has room for."""

Interval = tuple[float, float, float]
"""The mean, and between what it lies."""


def plot(gains: Sequence[Interval], title: str) -> str:
    """An SVG with the mean gain after each week, from week 0, and its 95 % interval."""
    each = (WIDTH - LEFT - RIGHT) / max(1, len(gains) - 1)
    places = [LEFT + each * week for week in range(len(gains))]
    band = [(x, low) for x, (_, low, _) in zip(places, gains, strict=True)]
    band += [(x, high) for x, (_, _, high) in reversed(list(zip(places, gains, strict=True)))]
    means = [(x, mean) for x, (mean, _, _) in zip(places, gains, strict=True)]
    steps = round((HIGHEST - LOWEST) / STEP)
    ticks = [LOWEST + STEP * step for step in range(steps + 1)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' font-family="sans-serif" font-size="14" fill="#1a1a1a">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            *(_tick(value) for value in ticks),
            *(_week(x, week) for week, x in enumerate(places)),
            f'<polygon points="{_points(band)}" fill="#0017c1" fill-opacity="0.15"/>',
            f'<polyline points="{_points(means)}" fill="none" stroke="#0017c1" stroke-width="3"/>',
            *(f'<circle cx="{x:.0f}" cy="{_height(mean):.1f}" r="5" fill="#0017c1"/>' for x, mean in means),
            "</svg>\n",
        )
    )


def _height(gain: float) -> float:
    return TOP + (HIGHEST - gain) / (HIGHEST - LOWEST) * (HEIGHT - TOP - BOTTOM)


def _points(of: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{_height(gain):.1f}" for x, gain in of)


def _tick(gain: float) -> str:
    y, width = _height(gain), 2 if abs(gain) < STEP / 2 else 1
    line = (
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#767676" stroke-width="{width}" opacity="0.6"/>'
    )
    return f'{line}<text x="{LEFT - 10}" y="{y + 5:.1f}" text-anchor="end">{gain:+.3f}</text>'


def _week(x: float, week: int) -> str:
    says = "before" if week == 0 else f"week {week}"
    return f'<text x="{x:.0f}" y="{HEIGHT - 18}" text-anchor="{"end" if week else "start"}">{says}</text>'
