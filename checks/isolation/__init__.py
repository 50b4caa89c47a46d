"""The proof behind `manage.py verify_isolation`: two resellers full of marked words, every address
called by everyone.

`world/` fills two resellers through the real acts, each text with a canary word that names its
reseller and its owner; `matrix` calls every URL pattern of every tree as every kind of person;
`verdicts` reads the answers.
"""
