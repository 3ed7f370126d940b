"""What a city is promised, each with the control that fails without the guard: `docs/promises.md` lists them."""
