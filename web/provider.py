"""The city's identity provider, as its administrator registered the helpdesk there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider and who we are to it."""

    issuer: str
    """Exactly as the provider writes it, with or without a slash at the end."""
    client_id: str
    client_secret: str = field(repr=False)
    second_factor: bool = True
    """Whether the provider asks for a second factor itself; where not, ours is asked for besides."""
