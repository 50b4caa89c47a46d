"""How passwords and PINs are hashed."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP's Password Storage Cheat Sheet asks: 19 MiB, two passes, one lane.

    Django's default takes 100 MiB and eight lanes: 130 ms and more of two processors for each
    login, and a stranger who guesses at many logins at once takes the server's memory.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
