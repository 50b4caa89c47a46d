"""The electronic seal of papers: keys, sealing, checking. docs/signing.md tells what it is worth."""
