"""Days in Japanese text: `words` one by one, put together in `phrases`, `resolving` each, tied by `ranges`."""
