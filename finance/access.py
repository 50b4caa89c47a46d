"""Who may do what in the books beyond looking."""

from __future__ import annotations

from tenants.permissions import Permission

# Closing a month of the commission is the head's, like everything agreed with the platform itself.
CLOSE_FEE = Permission.PLATFORM_CONTRACT_SIGN
